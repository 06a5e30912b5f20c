//! Keys and values of `config`, `meta` and `velox.config.ts`, in words. What they mean is the compiler's knowledge; a test holds
//! that this table names what it knows.

/// A key.
#[derive(Debug)]
pub(crate) struct Setting {
    /// Where it stands: `config.render`, `default.app.trailingSlash` (of `velox.config.ts`).
    pub(crate) path: &'static str,
    /// What is written for its value, as a snippet.
    pub(crate) value: &'static str,
    /// Its type, in short.
    pub(crate) shape: &'static str,
    /// Markdown.
    pub(crate) words: &'static str,
}

/// A value of a key.
#[derive(Debug)]
pub(crate) struct Choice {
    /// The key's path.
    pub(crate) path: &'static str,
    /// As code; with single quotes where it is a string.
    pub(crate) code: &'static str,
    /// Markdown.
    pub(crate) words: &'static str,
}

const fn key(path: &'static str, value: &'static str, shape: &'static str, words: &'static str) -> Setting {
    Setting { path, value, shape, words }
}

const fn choice(path: &'static str, code: &'static str, words: &'static str) -> Choice {
    Choice { path, code, words }
}

/// All keys, in the order in which they are offered.
pub(crate) const SETTINGS: &[Setting] = &[
    key(
        "config.render",
        "'$1'",
        "'ssr' | 'ssg' | 'isr' | 'csr'",
        "When the page is rendered. Without it the mode is inferred: `ssr` where the page or a layout awaits or needs the request, else `ssg`.",
    ),
    key(
        "config.revalidate",
        "${1:60}",
        "number | false",
        "For how many seconds a page of `isr` is fresh; with `false` until it is revalidated by hand. An error in any other mode.",
    ),
    key(
        "config.stream",
        "'$1'",
        "'ordered' | 'off'",
        "How a page with `<Suspense>` leaves: as boundaries come unless it is set.",
    ),
    key(
        "config.edge",
        "${1:true}",
        "boolean",
        "Whether the route runs on the edge: modules of Node are then errors, with the chain of imports that leads there.",
    ),
    key("meta.title", "'$1'", "string", "The page's title."),
    key(
        "meta.description",
        "'$1'",
        "string",
        "What the page is about, in a sentence or two: `<meta name=\"description\">`.",
    ),
    key("meta.keywords", "['$1']", "string | string[]", "Keywords of the page."),
    key("meta.author", "'$1'", "string", "Who wrote the page."),
    key(
        "meta.canonical",
        "'$1'",
        "string",
        "The URL under which the page should be known: `<link rel=\"canonical\">`.",
    ),
    key(
        "meta.robots",
        "'${1:noindex}'",
        "string | { index?: boolean, follow?: boolean }",
        "What search engines may do with the page, as text or as switches.",
    ),
    key(
        "meta.viewport",
        "'${1:width=device-width, initial-scale=1}'",
        "string | object",
        "How the page fits the screen.",
    ),
    key("meta.themeColor", "'$1'", "string", "The colour of the browser's own parts around the page."),
    key(
        "meta.openGraph",
        "{ $1 }",
        "object",
        "What is shown where the page is shared: tags of the Open Graph protocol.",
    ),
    key("meta.openGraph.title", "'$1'", "string", "The title where the page is shared."),
    key("meta.openGraph.description", "'$1'", "string", "The description where the page is shared."),
    key(
        "meta.openGraph.image",
        "'$1'",
        "string | string[]",
        "The URL of the image that is shown along, or of several.",
    ),
    key("meta.openGraph.url", "'$1'", "string", "The URL under which the page is shared."),
    key("meta.openGraph.type", "'$1'", "string", "What the page is: `website`, `article`, ..."),
    key("meta.openGraph.siteName", "'$1'", "string", "The name of the site."),
    key("meta.twitter", "{ $1 }", "object", "The card that X shows of the page."),
    key("meta.twitter.card", "'$1'", "string", "The kind of card."),
    key("meta.twitter.title", "'$1'", "string", "The card's title."),
    key("meta.twitter.description", "'$1'", "string", "The card's description."),
    key("meta.twitter.image", "'$1'", "string", "The URL of the card's image."),
    key(
        "meta.alternates",
        "{ ${1:en}: '$2' }",
        "{ [language]: string }",
        "The page in other languages: language codes with URLs.",
    ),
    key(
        "default.site",
        "'${1:https://example.com}'",
        "string",
        "The origin that the site is served from. URLs in `<head>` are made absolute with it, and links to it count as links of this site.",
    ),
    key("default.app", "{ $1 }", "object", "Settings of the application."),
    key(
        "default.app.trailingSlash",
        "'$1'",
        "'never' | 'always' | 'ignore'",
        "Whether page URLs end with a slash; the other form is redirected. `never` unless it is set.",
    ),
    key(
        "default.app.csp",
        "${1:true}",
        "boolean | string",
        "The content security policy of pages: `true` for a strict one, or directives. The framework's scripts are let through.",
    ),
    key("default.routes", "{ $1 }", "object", "Settings of routing."),
    key(
        "default.routes.base",
        "'/$1'",
        "string",
        "The path that all routes are under; `/` unless it is set.",
    ),
    key(
        "default.routes.exclude",
        "['$1']",
        "string[]",
        "Globs, relative to the routes directory, of files that are no routes.",
    ),
    key("default.server", "{ $1 }", "object", "Settings of the server."),
    key(
        "default.server.allowedHosts",
        "['$1']",
        "string[]",
        "Hosts that may be asked for where `site` is not set; `*.example.com` stands for subdomains.",
    ),
    key(
        "default.server.trustProxy",
        "${1:1}",
        "number",
        "How many proxies stand in front and may be believed; 0 unless it is set.",
    ),
    key(
        "default.server.bodyLimit",
        "${1:1048576}",
        "number",
        "The longest request body in bytes; 1 MiB unless it is set.",
    ),
    key(
        "default.server.streamTimeout",
        "${1:10}",
        "number",
        "Seconds that the content of a `<Suspense>` may take; 10 unless it is set.",
    ),
    key(
        "default.cache",
        "{ $1 }",
        "RedisConfig | object",
        "Where `isr` pages and kept data are: `redis({ ... })`, or an object with more. Files in `.velox/cache/isr` unless it is set.",
    ),
    key(
        "default.cache.store",
        "'$1'",
        "'files' | 'memory' | RedisConfig",
        "Where entries are kept; files unless it is set.",
    ),
    key("default.cache.folder", "'$1'", "string", "Folder of the store of files, relative to the project."),
    key("default.cache.memoryBytes", "${1:67108864}", "number", "Bytes of entries held in each process."),
    key("default.cache.maxEntries", "${1:10000}", "number", "About how many entries are kept in all."),
    key(
        "default.cache.cdn",
        "${1:true}",
        "boolean",
        "Whether a shared cache stands in front and may keep `isr` pages.",
    ),
    key(
        "default.cache.purge",
        "'${1:https://cdn.example.com/purge}'",
        "string",
        "Address to which invalidations are posted for that cache.",
    ),
    key(
        "default.format",
        "{ $1 }",
        "object",
        "What may be chosen about formatting, in `veloxc fmt` and in the editor.",
    ),
    key(
        "default.format.lineWidth",
        "${1:100}",
        "number",
        "Columns that a line should not exceed, from 20 to 400; 100 unless it is set.",
    ),
    key(
        "default.format.indent",
        "${1:2}",
        "number | 'tab'",
        "Spaces a level, from 1 to 8, or a tab; 2 unless it is set.",
    ),
    key(
        "default.format.quotes",
        "'$1'",
        "'single' | 'double'",
        "Quotes of strings in TypeScript; single unless it is set.",
    ),
    key(
        "default.format.semicolons",
        "${1:true}",
        "boolean",
        "Whether statements end with `;`; they do unless it is set.",
    ),
    key("default.check", "{ $1 }", "object", "Settings of `veloxc check` and of the editor."),
    key(
        "default.check.severity",
        "{ $1 }",
        "object",
        "Levels of codes: which diagnostics are errors, warnings or hints, and which are off.",
    ),
];

/// Values of keys.
pub(crate) const CHOICES: &[Choice] = &[
    choice(
        "config.render",
        "'ssr'",
        "Rendered on every request. The only mode in which `request` and `response` may be used.",
    ),
    choice("config.render", "'ssg'", "Rendered at build, once. A route with params needs `paths`."),
    choice(
        "config.render",
        "'isr'",
        "Rendered at build or at the first request, kept, and made again after `revalidate` seconds or when it is revalidated. Needs `revalidate`.",
    ),
    choice(
        "config.render",
        "'csr'",
        "The server sends layouts and `_loading.velox`; the template renders in the browser.",
    ),
    choice("config.revalidate", "60", "A minute."),
    choice("config.revalidate", "3600", "An hour."),
    choice("config.revalidate", "86400", "A day."),
    choice(
        "config.revalidate",
        "false",
        "Until it is revalidated by hand, with `revalidatePath` or `revalidateTag`.",
    ),
    choice(
        "config.stream",
        "'ordered'",
        "In the order of the document, so that it is whole without a script in the browser.",
    ),
    choice("config.stream", "'off'", "All at once, when everything is there."),
    choice("config.edge", "true", "Runs on the edge, without modules of Node."),
    choice("config.edge", "false", "Runs in Node."),
    choice("meta.robots", "'noindex'", "Not in the results of search engines."),
    choice("meta.robots", "'noindex, nofollow'", "Not in the results, and its links are not followed."),
    choice("meta.robots", "'index, follow'", "In the results; its links are followed."),
    choice("meta.openGraph.type", "'website'", "A page of a site."),
    choice("meta.openGraph.type", "'article'", "An article."),
    choice("meta.openGraph.type", "'profile'", "A person."),
    choice("meta.openGraph.type", "'book'", "A book."),
    choice("meta.twitter.card", "'summary'", "A small image beside title and description."),
    choice("meta.twitter.card", "'summary_large_image'", "A large image above title and description."),
    choice("default.app.trailingSlash", "'never'", "`/about`; `/about/` is redirected there."),
    choice("default.app.trailingSlash", "'always'", "`/about/`; `/about` is redirected there."),
    choice("default.app.trailingSlash", "'ignore'", "Both are answered."),
    choice("default.cache.store", "'files'", "In a folder."),
    choice("default.cache.store", "'memory'", "In the memory of each process."),
    choice("default.cache.cdn", "true", "A shared cache stands in front."),
    choice("default.cache.cdn", "false", "None does."),
    choice("default.format.indent", "2", "Two spaces."),
    choice("default.format.indent", "4", "Four spaces."),
    choice("default.format.indent", "'tab'", "A tab."),
    choice("default.format.quotes", "'single'", "Single quotes."),
    choice("default.format.quotes", "'double'", "Double quotes."),
    choice("default.format.semicolons", "true", "Statements end with semicolons."),
    choice("default.format.semicolons", "false", "They do not."),
    choice("default.check.severity.*", "'error'", "Fails `veloxc check` and the build."),
    choice("default.check.severity.*", "'warning'", "Is reported, and fails nothing."),
    choice("default.check.severity.*", "'hint'", "Is shown in the editor."),
    choice("default.check.severity.*", "'off'", "Is not reported."),
];

/// The key at a path.
pub(crate) fn setting(path: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.path == path)
}

/// The keys directly below a path.
pub(crate) fn below(path: &str) -> impl Iterator<Item = &'static Setting> {
    SETTINGS
        .iter()
        .filter(move |setting| setting.path.rsplit_once('.').is_some_and(|(parent, _)| parent == path))
}

/// The values of the key at a path.
pub(crate) fn choices(path: &str) -> impl Iterator<Item = &'static Choice> {
    let parent = path.rsplit_once('.').map_or("", |(parent, _)| parent);
    CHOICES.iter().filter(move |choice| {
        choice.path == path || choice.path.strip_suffix(".*").is_some_and(|owner| owner == parent)
    })
}

impl Setting {
    /// The last part of its path.
    pub(crate) fn name(&self) -> &'static str {
        self.path.rsplit('.').next().unwrap_or(self.path)
    }

    /// Name, shape and words.
    pub(crate) fn markdown(&self) -> String {
        let values: Vec<String> =
            choices(self.path).map(|choice| format!("- `{}`: {}", choice.code, choice.words)).collect();
        let list = if values.is_empty() { String::new() } else { format!("\n\n{}", values.join("\n")) };
        format!("```ts\n{}: {}\n```\n\n{}{list}", self.name(), self.shape, self.words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use velox_core::analyze::{Mode, project_config};

    /// Names of the keys directly below a path, sorted.
    fn names(path: &str) -> Vec<&'static str> {
        let mut names: Vec<&str> = below(path).map(Setting::name).collect();
        names.sort_unstable();
        names
    }

    /// Names of the members of a type of `velox`, sorted.
    fn members(name: &str) -> Vec<&'static str> {
        let members = &crate::framework::export("velox", name).expect("a type").members;
        let mut names: Vec<&str> = members.iter().map(|member| &*member.name).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn the_keys_are_those_of_the_declared_types() {
        assert_eq!(names("meta"), members("Meta"));
        assert_eq!(names("default"), members("VeloxConfig"));
        assert_eq!(names("default.cache"), members("CacheConfig"));
        for setting in SETTINGS.iter().filter(|setting| setting.path.matches('.').count() == 2) {
            let (parent, name) = setting.path.rsplit_once('.').expect("a parent");
            let (owner, parent) = parent.rsplit_once('.').expect("an owner");
            if parent == "cache" {
                continue;
            }
            let of = crate::framework::export("velox", if owner == "meta" { "Meta" } else { "VeloxConfig" });
            let members = &of.expect("a type").members;
            let declared = members.iter().find(|member| member.name == parent).expect("a member");
            assert!(declared.signature.contains(&format!("{name}?:")), "{}", setting.path);
        }
    }

    #[test]
    fn the_compiler_knows_every_setting_and_value() {
        for setting in SETTINGS.iter().filter(|setting| setting.path.starts_with("default.")) {
            let values: Vec<&str> = choices(setting.path).map(|choice| choice.code).collect();
            let filled = setting.value.replace("${1:", "").replace("$1", "x").replace('}', "");
            let value = match values.first() {
                Some(value) => (*value).to_owned(),
                None if setting.value.starts_with('{') => "{}".to_owned(),
                None => filled,
            };
            let keys: Vec<&str> = setting.path.split('.').skip(1).collect();
            let text = keys.iter().rev().fold(value, |text, key| format!("{{ {key}: {text} }}"));
            let text = format!("export default {text};");
            let value = velox_script::evaluate_config(&text);
            let (_, found) = project_config("velox.config.ts", value.as_ref());
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }

    #[test]
    fn the_modes_are_all_modes() {
        let modes: Vec<&str> =
            choices("config.render").map(|choice| choice.code.trim_matches('\'')).collect();
        assert_eq!(modes, Mode::NAMES);
    }
}
