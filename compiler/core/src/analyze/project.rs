//! `velox.config.ts` and `tsconfig.json`, read without running them (language.md P2, P3, R6).

mod cache;
mod format;

pub use cache::{CacheSettings, CacheStore};

use super::config::describe;
use crate::formatting::FormatSettings;
use crate::resolve::{Alias, default_aliases, normalize};
use velox_diagnostics::{Code, Diagnostic, Level, Levels, Span, nearest};
use velox_script::{Property, Value};

/// Whether page URLs end with a slash (runtime.md SSG-7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TrailingSlash {
    /// `/a`; the other form is redirected.
    #[default]
    Never,
    /// `/a/`.
    Always,
    /// Both are answered.
    Ignore,
}

impl TrailingSlash {
    /// As the config writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Always => "always",
            Self::Ignore => "ignore",
        }
    }
}

/// The project's configuration.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ProjectConfig {
    /// `site`: the origin that the site is served from.
    pub site: Option<String>,
    /// `routes.base`: begins with `/`, ends without one; `/` alone for none.
    pub base: String,
    /// `routes.exclude`: globs relative to the routes directory.
    pub exclude: Vec<String>,
    /// `app.trailingSlash`.
    pub trailing_slash: TrailingSlash,
    /// `server.allowedHosts`.
    pub allowed_hosts: Vec<String>,
    /// `server.trustProxy`: number of proxies in front.
    pub trust_proxy: u32,
    /// `server.bodyLimit`, in bytes.
    pub body_limit: u64,
    /// `server.streamTimeout`, in milliseconds; nothing where it is not set.
    pub stream_timeout: Option<u32>,
    /// `app.csp`.
    pub csp: ContentPolicy,
    /// `cache`.
    pub cache: CacheSettings,
    /// `check.severity`: levels of codes.
    pub levels: Levels,
    /// `format`.
    pub format: FormatSettings,
}

/// `app.csp`: the content security policy of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum ContentPolicy {
    /// None is sent.
    #[default]
    None,
    /// A strict one.
    Strict,
    /// These directives, with the framework's scripts let through.
    Directives(String),
}

impl Default for ProjectConfig {
    fn default() -> Self {
        Self {
            site: None,
            base: "/".to_owned(),
            exclude: Vec::new(),
            trailing_slash: TrailingSlash::Never,
            allowed_hosts: Vec::new(),
            trust_proxy: 0,
            body_limit: 1024 * 1024,
            stream_timeout: None,
            csp: ContentPolicy::None,
            cache: CacheSettings::default(),
            levels: Levels::new(),
            format: FormatSettings::default(),
        }
    }
}

struct Reader<'a> {
    file: &'a str,
    config: ProjectConfig,
    found: Vec<Diagnostic>,
}

/// Reads the value of the config's default export. `value` is nothing where there is no default export to be seen.
#[must_use]
pub fn project_config(file: &str, value: Option<&Value>) -> (ProjectConfig, Vec<Diagnostic>) {
    let mut reader = Reader { file, config: ProjectConfig::default(), found: Vec::new() };
    match value {
        Some(Value::Object(properties, _)) => reader.section("", properties),
        Some(Value::Unknown(span, reason)) => reader.not_static(*span, reason, "the config"),
        Some(other) => reader.invalid(other, "the config", "an object"),
        None => {
            reader.found.push(
                Diagnostic::new(
                    Code::INVALID_PROJECT_CONFIG,
                    file,
                    Span::at(0),
                    "the config has no default export",
                )
                .help("write `export default defineConfig({ ... });`"),
            );
        }
    }
    (reader.config, reader.found)
}

const SECTIONS: [(&str, &[&str]); 8] = [
    ("", &["site", "app", "routes", "server", "cache", "check", "format"]),
    ("cache", cache::KEYS),
    ("redis", cache::REDIS_KEYS),
    ("format", format::KEYS),
    ("check", &["severity"]),
    ("app", &["trailingSlash", "csp"]),
    ("routes", &["base", "exclude"]),
    ("server", &["allowedHosts", "trustProxy", "bodyLimit", "streamTimeout"]),
];

impl Reader<'_> {
    fn section(&mut self, section: &str, properties: &[Property]) {
        for property in properties {
            let path =
                if section.is_empty() { property.key.clone() } else { format!("{section}.{}", property.key) };
            if let Value::Unknown(span, reason) = &property.value {
                self.not_static(*span, reason, &format!("`{path}`"));
                continue;
            }
            self.property(&path, section, property);
        }
    }

    fn property(&mut self, path: &str, section: &str, property: &Property) {
        let value = &property.value;
        match (path, value) {
            ("cache", value) => self.cache(value),
            _ if section == "cache" => self.cache_property(&property.key, property),
            ("app" | "routes" | "server" | "check" | "format", Value::Object(properties, _)) => {
                self.section(path, properties);
            }
            ("app" | "routes" | "server" | "check" | "format", other) => {
                self.invalid(other, &format!("`{path}`"), "an object");
            }
            ("check.severity", Value::Object(properties, _)) => {
                for property in properties {
                    self.level(property);
                }
            }
            ("check.severity", other) => {
                self.invalid(other, "`check.severity`", "an object of codes, such as { VX0420: 'off' }");
            }
            ("site", Value::String(site, _)) => match origin(site) {
                Some(origin) => self.config.site = Some(origin),
                None => self.invalid(value, "`site`", "an origin such as 'https://example.com'"),
            },
            ("site", other) => self.invalid(other, "`site`", "an origin such as 'https://example.com'"),
            ("app.trailingSlash", Value::String(text, _))
                if matches!(&**text, "never" | "always" | "ignore") =>
            {
                self.config.trailing_slash = match &**text {
                    "always" => TrailingSlash::Always,
                    "ignore" => TrailingSlash::Ignore,
                    _ => TrailingSlash::Never,
                };
            }
            ("app.trailingSlash", other) => {
                self.invalid(other, "`app.trailingSlash`", "'never', 'always' or 'ignore'")
            }
            ("routes.base", Value::String(text, _))
                if text.starts_with('/') && !text.contains(['?', '#', '\\', '%']) =>
            {
                let trimmed = text.trim_end_matches('/');
                self.config.base = if trimmed.is_empty() { "/".to_owned() } else { trimmed.to_owned() };
            }
            ("routes.base", other) => {
                self.invalid(other, "`routes.base`", "a path that begins with `/`, such as '/docs'")
            }
            ("routes.exclude", value) => {
                if let Some(globs) = self.strings(value, "`routes.exclude`", "an array of globs") {
                    for (glob, span) in &globs {
                        if let Err(error) = globset::Glob::new(glob) {
                            let message = format!("`{glob}` is no glob: {}", error.kind());
                            self.found.push(
                                Diagnostic::new(Code::INVALID_PROJECT_CONFIG, self.file, *span, message)
                                    .help("write a glob such as 'drafts/**'"),
                            );
                        }
                    }
                    self.config.exclude = globs.into_iter().map(|(glob, _)| glob).collect();
                }
            }
            ("server.allowedHosts", value) => {
                if let Some(hosts) = self.strings(value, "`server.allowedHosts`", "an array of host names") {
                    self.config.allowed_hosts = hosts.into_iter().map(|(host, _)| host).collect();
                }
            }
            ("server.trustProxy", Value::Number(number, _)) if is_count(*number) => {
                self.config.trust_proxy = *number as u32;
            }
            ("server.trustProxy", other) => {
                self.invalid(other, "`server.trustProxy`", "the number of proxies in front, 0 or more")
            }
            ("server.bodyLimit", Value::Number(number, _)) if is_count(*number) => {
                self.config.body_limit = *number as u64;
            }
            ("server.bodyLimit", other) => self.invalid(other, "`server.bodyLimit`", "a number of bytes"),
            ("server.streamTimeout", Value::Number(number, _)) if *number > 0.0 && *number <= 3600.0 => {
                self.config.stream_timeout = Some((*number * 1000.0).ceil() as u32);
            }
            ("server.streamTimeout", other) => self.invalid(
                other,
                "`server.streamTimeout`",
                "a number of seconds, more than 0 and at most 3600",
            ),
            ("app.csp", Value::Boolean(strict, _)) => {
                self.config.csp = if *strict { ContentPolicy::Strict } else { ContentPolicy::None };
            }
            ("app.csp", Value::String(text, _))
                if !text.trim().is_empty() && !text.contains(['\n', '\r', ',']) =>
            {
                self.config.csp = ContentPolicy::Directives(text.clone());
            }
            ("app.csp", other) => {
                self.invalid(other, "`app.csp`", "`true`, or directives such as \"default-src 'self'\"")
            }
            _ if self.format(path, value) => {}
            _ => self.unknown(section, property),
        }
    }

    fn strings(&mut self, value: &Value, name: &str, expected: &str) -> Option<Vec<(String, Span)>> {
        let Value::Array(items, _) = value else {
            self.invalid(value, name, expected);
            return None;
        };
        let mut strings = Vec::new();
        for item in items {
            match item {
                Value::String(text, span) => strings.push((text.clone(), *span)),
                Value::Unknown(span, reason) => self.not_static(*span, reason, &format!("an item of {name}")),
                other => self.invalid(other, &format!("an item of {name}"), "a string"),
            }
        }
        Some(strings)
    }

    /// A code and its level in `check.severity`.
    fn level(&mut self, property: &Property) {
        let key = &property.key;
        let Some(code) = Code::parse(key) else {
            self.unknown_code(property);
            return;
        };
        let level = match &property.value {
            Value::Unknown(span, reason) => {
                self.not_static(*span, reason, &format!("`check.severity.{key}`"));
                return;
            }
            Value::String(text, _) => match Level::parse(text) {
                Some(level) => level,
                None => {
                    self.unknown_level(property, text);
                    return;
                }
            },
            other => {
                let name = format!("`check.severity.{key}`");
                self.invalid(other, &name, "'error', 'warning', 'hint' or 'off'");
                return;
            }
        };
        if let Some(reason) = level.refused_for(code) {
            self.found.push(
                Diagnostic::new(
                    Code::INVALID_PROJECT_CONFIG,
                    self.file,
                    property.value.span(),
                    format!("{code} ({}) {reason}", code.name()),
                )
                .help("remove the line; warnings, hints and a few errors can be changed"),
            );
            return;
        }
        if self.config.levels.insert(code, level).is_some() {
            self.found.push(
                Diagnostic::new(
                    Code::INVALID_PROJECT_CONFIG,
                    self.file,
                    property.key_span,
                    format!("`check.severity` names {code} ({}) twice", code.name()),
                )
                .help("keep one of the two"),
            );
        }
    }

    fn unknown_code(&mut self, property: &Property) {
        let diagnostic = Diagnostic::new(
            Code::INVALID_PROJECT_CONFIG,
            self.file,
            property.key_span,
            format!("there is no code `{}`", property.key),
        );
        self.found.push(match Code::near(&property.key) {
            Some(near) => {
                let near = if property.key.to_ascii_lowercase().starts_with("vx") {
                    near.to_string()
                } else {
                    format!("'{}'", near.name())
                };
                diagnostic.help(format!("did you mean {near}?")).fix(
                    format!("write {near}"),
                    false,
                    vec![(property.key_span, near)],
                )
            }
            None => diagnostic.help("`veloxc explain` lists all codes"),
        });
    }

    fn unknown_level(&mut self, property: &Property, text: &str) {
        let diagnostic = Diagnostic::new(
            Code::INVALID_PROJECT_CONFIG,
            self.file,
            property.value.span(),
            format!("there is no severity '{text}': it is 'error', 'warning', 'hint' or 'off'"),
        );
        self.found.push(match Level::near(text) {
            Some(near) => diagnostic.help(format!("did you mean '{near}'?")).fix(
                format!("write '{near}'"),
                false,
                vec![(property.value.span(), format!("'{near}'"))],
            ),
            None => diagnostic.help("write one of the four in quotes"),
        });
    }

    fn not_static(&mut self, span: Span, reason: &str, name: &str) {
        self.found.push(
            Diagnostic::new(
                Code::CONFIG_NOT_STATIC,
                self.file,
                span,
                format!("{name} keeps its default: it cannot be read without running code, since {reason}"),
            )
            .help("write a literal, or a `const` of this file that holds one"),
        );
    }

    fn invalid(&mut self, value: &Value, name: &str, expected: &str) {
        self.found.push(Diagnostic::new(
            Code::INVALID_PROJECT_CONFIG,
            self.file,
            value.span(),
            format!("{name} is {expected}, but this is {}", describe(value)),
        ));
    }

    fn unknown(&mut self, section: &str, property: &Property) {
        let keys = SECTIONS.iter().find(|(name, _)| *name == section).map_or(&[][..], |(_, keys)| keys);
        let place = if section.is_empty() { "the config".to_owned() } else { format!("`{section}`") };
        let diagnostic = Diagnostic::new(
            Code::INVALID_PROJECT_CONFIG,
            self.file,
            property.key_span,
            format!("{place} has no key `{}`", property.key),
        );
        let keys: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        self.found.push(match nearest(&property.key, keys.iter().map(String::as_str)) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(
                format!("write `{near}`"),
                false,
                vec![(property.key_span, near.to_owned())],
            ),
            None => diagnostic.help(format!("its keys are {}", super::route::list(&keys))),
        });
    }
}

fn is_count(number: f64) -> bool {
    number >= 0.0 && number.fract() == 0.0 && number <= f64::from(u32::MAX)
}

/// `https://example.com/` → `https://example.com`; nothing where there is a path or another scheme.
fn origin(text: &str) -> Option<String> {
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    (!host.is_empty() && !host.contains(['/', '?', '#', '@', ' ', '\\'])).then(|| text.to_ascii_lowercase())
}

/// `compilerOptions.paths` of a tsconfig.json, over the aliases that every project has (language.md P2).
#[must_use]
pub fn tsconfig_aliases(value: Option<&Value>) -> Vec<Alias> {
    let mut aliases = default_aliases();
    let options = value.and_then(|value| value.get("compilerOptions")).map(|property| &property.value);
    let base = match options.and_then(|options| options.get("baseUrl")).map(|property| &property.value) {
        Some(Value::String(base, _)) => base.clone(),
        _ => ".".to_owned(),
    };
    let Some(Value::Object(paths, _)) =
        options.and_then(|options| options.get("paths")).map(|property| &property.value)
    else {
        return aliases;
    };
    for property in paths {
        let Value::Array(targets, _) = &property.value else { continue };
        let targets: Vec<String> = targets
            .iter()
            .filter_map(|target| match target {
                Value::String(target, _) => normalize(&format!("{base}/{target}")),
                _ => None,
            })
            .collect();
        aliases.retain(|alias| alias.pattern != property.key);
        aliases.push(Alias { pattern: property.key.clone(), targets });
    }
    aliases
}
