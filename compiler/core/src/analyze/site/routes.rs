//! All routes and public files by their segments: what a path leads to, what a path with holes can lead to, what was meant.
//!
//! A path costs its own length, not the number of routes. Made of the names of files alone: what is in them changes nothing here, so
//! modes, and the pages that `paths` gives, are asked for where a path leads.

mod near;

pub(crate) use near::near_page;

use super::path::{LinkPath, path_text};
use crate::route::{ParamKind, Pattern, RouteKind, Segment};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use velox_diagnostics::Names;

/// A route, as far as links and revalidations care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteRoute {
    /// Its file, relative to the project root.
    pub file: String,
    /// Page or endpoint.
    pub kind: RouteKind,
    /// Its pattern, the configured base included.
    pub pattern: Pattern,
}

/// The pages of a route.
pub type Pages = FxHashSet<Vec<String>>;

/// The pages of an `ssg` route, by its file, where the code shows all of them.
pub type ShownPages<'a> = dyn Fn(&str) -> Option<&'a Pages> + 'a;

/// Where a path leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// To this route.
    Route(&'a SiteRoute),
    /// To this `ssg` route, which has no page for it but these.
    NoPage(&'a SiteRoute, &'a Pages),
    /// To a file of `public/`.
    File,
    /// Nowhere.
    Nothing,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Node {
    fixed: BTreeMap<String, u32>,
    param: Option<u32>,
    optional: Option<u32>,
    rest: Option<u32>,
    optional_rest: Option<u32>,
    leaf: Option<u32>,
    /// The names of `fixed`, for what is near them.
    names: Names,
}

/// Routes and files by their segments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteIndex {
    routes: Vec<SiteRoute>,
    nodes: Vec<Node>,
    /// Files of `public/` by folder: `` for the root, `img`, `img/teas`.
    files: BTreeMap<String, Vec<String>>,
    base: Vec<String>,
}

/// How many steps the search for one path may take; only many optional segments in a row can come near.
const STEPS: u32 = 10_000;
/// How many names are compared with a misspelt one.
const COMPARED: usize = 2_000;

impl RouteIndex {
    /// Indexes routes, and files of `public/` by their paths relative to it. `base` is `routes.base`.
    #[must_use]
    pub fn new<'a>(
        routes: impl IntoIterator<Item = SiteRoute>,
        files: impl IntoIterator<Item = &'a str>,
        base: &str,
    ) -> Self {
        let mut index = Self { nodes: vec![Node::default()], ..Self::default() };
        index.base = base.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        for route in routes {
            index.insert(route);
        }
        for file in files {
            let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
            index.files.entry(folder.to_owned()).or_default().push(name.to_owned());
        }
        for names in index.files.values_mut() {
            names.sort_unstable();
        }
        for node in &mut index.nodes {
            node.names = Names::new(node.fixed.keys().cloned());
        }
        index
    }

    fn insert(&mut self, route: SiteRoute) {
        let id = self.routes.len() as u32;
        let mut at = 0usize;
        for segment in &route.pattern.segments {
            let count = self.nodes.len() as u32;
            let node = &mut self.nodes[at];
            let next = match segment {
                Segment::Static(text) => *node.fixed.entry(text.clone()).or_insert(count),
                Segment::Param(ParamKind::Param, _) => *node.param.get_or_insert(count),
                Segment::Param(ParamKind::Optional, _) => *node.optional.get_or_insert(count),
                Segment::Param(ParamKind::Rest, _) => {
                    node.rest.get_or_insert(id);
                    self.routes.push(route);
                    return;
                }
                Segment::Param(ParamKind::OptionalRest, _) => {
                    node.optional_rest.get_or_insert(id);
                    self.routes.push(route);
                    return;
                }
            };
            if next == count {
                self.nodes.push(Node::default());
            }
            at = next as usize;
        }
        self.nodes[at].leaf.get_or_insert(id);
        self.routes.push(route);
    }

    /// The routes, in the order in which they were given.
    #[must_use]
    pub fn routes(&self) -> &[SiteRoute] {
        &self.routes
    }

    /// The configured base as a path, `/` for none.
    #[must_use]
    pub fn base(&self) -> String {
        path_text(&self.base)
    }

    /// Whether a path lies below the configured base.
    #[must_use]
    pub fn in_base(&self, segments: &[String]) -> bool {
        segments.starts_with(&self.base)
    }

    /// Where a path leads: to the most specific route (language.md R2), else to a file.
    #[must_use]
    pub fn target(&self, segments: &[String]) -> Target<'_> {
        self.page(segments, &|_| None)
    }

    /// The same for whoever knows which pages there are of `ssg` routes.
    #[must_use]
    pub fn page<'a>(&'a self, segments: &[String], pages: &ShownPages<'a>) -> Target<'a> {
        // Files are looked up before routes.
        if self.has_file(segments) {
            return Target::File;
        }
        match self.find(0, segments, &mut 0) {
            None => Target::Nothing,
            Some(id) => {
                let route = &self.routes[id as usize];
                match pages(&route.file) {
                    Some(pages) if !pages.contains(segments) => Target::NoPage(route, pages),
                    _ => Target::Route(route),
                }
            }
        }
    }

    fn has_file(&self, segments: &[String]) -> bool {
        let holds = |folder: &str, name: &str| {
            self.files
                .get(folder)
                .is_some_and(|names| names.binary_search_by(|other| other.as_str().cmp(name)).is_ok())
        };
        // Other hosts than Velox's own answer for a folder with its `index.html`.
        holds(&segments.join("/"), "index.html")
            || segments.split_last().is_some_and(|(name, folder)| holds(&folder.join("/"), name))
    }

    /// As the router of the runtime does: with a way back where a promising branch ends in nothing.
    fn find(&self, at: u32, segments: &[String], steps: &mut u32) -> Option<u32> {
        *steps += 1;
        if *steps > STEPS {
            return None;
        }
        let node = &self.nodes[at as usize];
        if let [first, rest @ ..] = segments {
            let next = [node.fixed.get(first).copied(), node.param, node.optional];
            if let Some(found) = next.into_iter().flatten().find_map(|next| self.find(next, rest, steps)) {
                return Some(found);
            }
        } else if node.leaf.is_some() {
            return node.leaf;
        }
        if let Some(found) = node.optional.and_then(|next| self.find(next, segments, steps)) {
            return Some(found);
        }
        node.rest.filter(|_| !segments.is_empty()).or(node.optional_rest)
    }

    /// Whether a path with holes can lead anywhere, whatever stands in them: what is before the first hole decides.
    #[must_use]
    pub fn can_reach(&self, path: &LinkPath) -> bool {
        let start = path.hole.as_deref().unwrap_or_default();
        let prefix = path.segments.join("/");
        let in_files = |folder: &str| {
            folder.starts_with(&*prefix)
                && (prefix.is_empty()
                    || folder.len() == prefix.len()
                    || folder.as_bytes()[prefix.len()] == b'/')
        };
        let files = || {
            // A folder below, or a file of this one, that begins as the hole's segment does.
            let below = format!("{prefix}{}{start}", if prefix.is_empty() { "" } else { "/" });
            self.files.range(below.clone()..).next().is_some_and(|(folder, _)| folder.starts_with(&below))
                || self.files.get(&prefix).is_some_and(|names| {
                    names.iter().any(|name| in_files(&prefix) && name.starts_with(start))
                })
        };
        let (nodes, taken) = self.walk(&path.segments);
        taken.is_some()
            || nodes.iter().any(|node| {
                let node = &self.nodes[*node as usize];
                start.is_empty()
                    || node.param.is_some()
                    || node.optional.is_some()
                    || node.rest.is_some()
                    || node.optional_rest.is_some()
                    || beginning(&node.fixed, start).next().is_some()
            })
            || files()
    }

    /// The nodes that these segments lead to, and a catch-all that has taken them.
    fn walk(&self, segments: &[String]) -> (Vec<u32>, Option<u32>) {
        let mut taken = None;
        let mut alive = vec![0u32];
        for segment in segments {
            self.skip_optional(&mut alive);
            let mut next = Vec::new();
            for node in alive.iter().map(|at| &self.nodes[*at as usize]) {
                taken = taken.or(node.rest).or(node.optional_rest);
                next.extend(node.fixed.get(segment));
                next.extend(node.param);
                next.extend(node.optional);
            }
            next.sort_unstable();
            next.dedup();
            alive = next;
        }
        self.skip_optional(&mut alive);
        (alive, taken)
    }

    fn skip_optional(&self, alive: &mut Vec<u32>) {
        let mut at = 0;
        while at < alive.len() {
            if let Some(optional) = self.nodes[alive[at] as usize].optional
                && !alive.contains(&optional)
            {
                alive.push(optional);
            }
            at += 1;
        }
    }

    /// The routes that a link is meant to reach: of a path without holes the one that answers it, else all that fit when a hole
    /// takes one segment, and the last one any number of them. Indices into [`Self::routes`].
    #[must_use]
    pub fn meant(&self, path: &LinkPath) -> Vec<u32> {
        if path.is_literal() {
            return self.find(0, &path.segments, &mut 0).into_iter().collect();
        }
        let (mut alive, taken) = self.walk(&path.segments);
        let mut found: Vec<u32> = taken.into_iter().collect();
        for (number, glob) in path.rest.iter().enumerate() {
            if number + 1 == path.rest.len() && glob.pieces().last().is_some_and(String::is_empty) {
                let start = glob.prefix();
                let mut below = Vec::new();
                for node in alive.iter().map(|at| &self.nodes[*at as usize]) {
                    found.extend([node.rest, node.optional_rest].into_iter().flatten());
                    below.extend(beginning(&node.fixed, start).map(|(_, next)| *next));
                    below.extend([node.param, node.optional].into_iter().flatten());
                }
                let mut work = if start.is_empty() { alive } else { below };
                while let Some(at) = work.pop() {
                    let node = &self.nodes[at as usize];
                    found.extend([node.leaf, node.rest, node.optional_rest].into_iter().flatten());
                    work.extend(node.fixed.values());
                    work.extend([node.param, node.optional].into_iter().flatten());
                }
                found.sort_unstable();
                found.dedup();
                return found;
            }
            let mut next = Vec::new();
            for node in alive.iter().map(|at| &self.nodes[*at as usize]) {
                found.extend([node.rest, node.optional_rest].into_iter().flatten());
                next.extend(node.fixed.iter().filter(|(text, _)| glob.matches(text)).map(|(_, next)| *next));
                next.extend([node.param, node.optional].into_iter().flatten());
            }
            next.sort_unstable();
            next.dedup();
            alive = next;
            self.skip_optional(&mut alive);
        }
        for node in alive.iter().map(|at| &self.nodes[*at as usize]) {
            found.extend([node.leaf, node.optional_rest].into_iter().flatten());
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The children whose names begin with this text.
fn beginning<'a>(
    fixed: &'a BTreeMap<String, u32>,
    start: &'a str,
) -> impl Iterator<Item = (&'a String, &'a u32)> {
    fixed.range(start.to_owned()..).take_while(move |(text, _)| text.starts_with(start))
}

/// The segments of a pattern with these params; nothing where one is missing.
#[must_use]
pub fn page_segments(pattern: &Pattern, params: &FxHashMap<String, Vec<String>>) -> Option<Vec<String>> {
    let mut segments = Vec::new();
    for segment in &pattern.segments {
        match segment {
            Segment::Static(text) => segments.push(text.clone()),
            Segment::Param(ParamKind::Param | ParamKind::Rest, name) => {
                segments.extend(params.get(name)?.iter().cloned())
            }
            Segment::Param(_, name) => segments.extend(params.get(name).into_iter().flatten().cloned()),
        }
    }
    Some(segments)
}

#[cfg(test)]
mod tests {
    use super::super::glob::Glob;
    use super::super::path::read_link;
    use super::*;
    use crate::route::RouteFiles;

    fn index(files: &[&str], public: &[&str], base: &str) -> RouteIndex {
        let folder = RouteFiles { directory: "routes", base };
        let routes = files
            .iter()
            .filter_map(|file| folder.route(&format!("routes/{file}")))
            .map(|route| SiteRoute { file: route.file, kind: route.kind, pattern: route.pattern });
        RouteIndex::new(routes, public.iter().copied(), base)
    }

    fn link(text: &str) -> LinkPath {
        read_link(&Glob::new(text.split('*').map(str::to_owned).collect()), None, None).unwrap().path
    }

    /// What a link leads to, and what is said of one that leads nowhere.
    fn check(index: &RouteIndex, text: &str) -> String {
        let path = link(text);
        if !path.is_literal() {
            let reaches = if index.can_reach(&path) { "may reach" } else { "reaches nothing of" };
            let meant = index.meant(&path).into_iter().map(|id| index.routes[id as usize].pattern.text());
            return format!("{reaches} {}", meant.collect::<Vec<_>>().join(" "));
        }
        match index.target(&path.segments) {
            Target::Route(route) => route.pattern.text(),
            Target::NoPage(route, _) => format!("no page of {}", route.pattern.text()),
            Target::File => "file".to_owned(),
            Target::Nothing => {
                format!("nothing, near {}", index.near(&path.segments, &|_| None).unwrap_or_default())
            }
        }
    }

    const FILES: [&str; 9] = [
        "index.velox",
        "about.velox",
        "blog/index.velox",
        "blog/[slug].velox",
        "blog/[slug]/comments.velox",
        "archive/[[page]].velox",
        "docs/intro.velox",
        "files/[...path].velox",
        "api/users+server.ts",
    ];

    #[test]
    fn a_path_leads_where_a_request_would() {
        let index = index(&FILES, &["logo.svg", "img/teas/green.webp", "old/index.html"], "/");
        let table = [
            ("/", "/"),
            ("/about", "/about"),
            ("/about/", "/about"),
            ("/About", "nothing, near /about"),
            ("/abuot", "nothing, near /about"),
            ("/about.html", "nothing, near /about"),
            ("/index.html", "nothing, near /"),
            ("/blog/a", "/blog/:slug"),
            ("/blog/a/comments", "/blog/:slug/comments"),
            ("/blog/a/coments", "nothing, near /blog/a/comments"),
            ("/blgo/a/comments", "nothing, near /blog/a/comments"),
            ("/archive", "/archive/:page?"),
            ("/archive/2", "/archive/:page?"),
            ("/archive/2/3", "nothing, near "),
            ("/files", "nothing, near "),
            ("/files/a/b", "/files/:path+"),
            ("/api/users", "/api/users"),
            ("/docs", "nothing, near "),
            ("/logo.svg", "file"),
            ("/logo.png", "nothing, near /logo.svg"),
            ("/public/logo.svg", "nothing, near /logo.svg"),
            ("/img/tea/green.webp", "nothing, near /img/teas/green.webp"),
            ("/old", "file"),
            ("/blog/*", "may reach /blog /blog/:slug /blog/:slug/comments"),
            ("/blog/*/comments", "may reach /blog/:slug/comments"),
            ("/docs/in*", "may reach /docs/intro"),
            ("/docs/x*", "reaches nothing of "),
            ("/post/*", "reaches nothing of "),
            ("/ab*", "may reach /about"),
            ("/img/teas/*", "may reach "),
            ("/img/*", "may reach "),
            ("/imgs/*", "reaches nothing of "),
            ("/files/*", "may reach /files/:path+"),
            ("/archive/*", "may reach /archive/:page?"),
        ];
        for (text, expected) in table {
            assert_eq!(check(&index, text), expected, "{text}");
        }
    }

    #[test]
    fn the_base_stands_before_routes_and_not_before_files() {
        let index = index(&["index.velox", "about.velox"], &["logo.svg"], "/shop");
        assert_eq!(check(&index, "/shop/about"), "/shop/about");
        assert_eq!(check(&index, "/shop"), "/shop");
        assert_eq!(check(&index, "/about"), "nothing, near /shop/about");
        assert_eq!(check(&index, "/shop/logo.svg"), "nothing, near /logo.svg");
        assert_eq!(check(&index, "/logo.svg"), "file");
    }
}
