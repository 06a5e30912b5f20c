//! All routes of a project together: their order, and the special files around each.

use super::pattern::{Pattern, RouteKind, RouteProblem, Segment, route_name};
use std::cmp::Ordering;

/// A route, as far as file names tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Path under the routes directory without its ending: `blog/[slug]`.
    pub id: String,
    /// Path relative to the project root.
    pub file: String,
    /// Page or endpoint.
    pub kind: RouteKind,
    /// Its pattern, the configured base included.
    pub pattern: Pattern,
    /// What is wrong with its name.
    pub problems: Vec<RouteProblem>,
}

/// A special file that surrounds or replaces a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// `_layout.velox`.
    Layout,
    /// `_error.velox`.
    Error,
    /// `_loading.velox`.
    Loading,
}

impl Layer {
    /// The file's name.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Layout => "_layout.velox",
            Self::Error => "_error.velox",
            Self::Loading => "_loading.velox",
        }
    }
}

/// The files of a project that routing looks at, by path relative to the project root.
#[derive(Clone, Copy, Debug)]
pub struct RouteFiles<'a> {
    /// The routes directory, relative to the root, without a slash at the end: `routes`, `src/routes`.
    pub directory: &'a str,
    /// The base that every pattern begins with: `/` or `/docs`.
    pub base: &'a str,
}

impl RouteFiles<'_> {
    /// The route that a file is, if it is one.
    #[must_use]
    pub fn route(&self, file: &str) -> Option<Route> {
        let path = file.strip_prefix(self.directory)?.strip_prefix('/')?;
        let mut name = route_name(path)?;
        let base = self.base.split('/').filter(|part| !part.is_empty());
        let mut segments: Vec<Segment> = base.map(|part| Segment::Static(part.to_owned())).collect();
        segments.append(&mut name.pattern.segments);
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        Some(Route {
            id: stem.strip_suffix("+server").unwrap_or(stem).to_owned(),
            file: file.to_owned(),
            kind: name.kind,
            pattern: Pattern { segments },
            problems: name.problems,
        })
    }

    /// Special files of one kind for a file under the routes directory that exist, outermost first.
    #[must_use]
    pub fn layers(&self, file: &str, layer: Layer, exists: &dyn Fn(&str) -> bool) -> Vec<String> {
        let Some(path) = file.strip_prefix(self.directory).and_then(|rest| rest.strip_prefix('/')) else {
            return Vec::new();
        };
        let name = layer.file_name();
        let mut candidate = String::with_capacity(file.len() + name.len() + 1);
        candidate.push_str(self.directory);
        let mut found = Vec::new();
        let mut parts = path.split('/').peekable();
        loop {
            let folder = candidate.len();
            candidate.push('/');
            candidate.push_str(name);
            if candidate != file && exists(&candidate) {
                found.push(candidate.clone());
            }
            match parts.next() {
                Some(part) if parts.peek().is_some() => {
                    candidate.truncate(folder + 1);
                    candidate.push_str(part);
                }
                _ => return found,
            }
        }
    }
}

/// The files that `routes.exclude` leaves out (language.md R6), by globs relative to the routes directory. What is no glob is
/// passed over; the configuration's own check reports it.
#[must_use]
pub fn exclusion(globs: &[String]) -> globset::GlobSet {
    if globs.is_empty() {
        return globset::GlobSet::empty();
    }
    let mut set = globset::GlobSetBuilder::new();
    for glob in
        globs.iter().filter_map(|glob| globset::GlobBuilder::new(glob).literal_separator(true).build().ok())
    {
        set.add(glob);
    }
    set.build().unwrap_or_else(|_| globset::GlobSet::empty())
}

/// Orders routes so that the more specific pattern comes first (language.md R2); equal ones by file name.
#[must_use]
pub fn by_specificity(a: &Route, b: &Route) -> Ordering {
    a.pattern.segments.cmp(&b.pattern.segments).then_with(|| a.file.cmp(&b.file))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: RouteFiles<'static> = RouteFiles { directory: "routes", base: "/" };

    fn routes(files: &[&str]) -> Vec<Route> {
        files.iter().filter_map(|file| FILES.route(&format!("routes/{file}"))).collect()
    }

    #[test]
    fn more_specific_patterns_come_first_whatever_the_order_on_disk() {
        let mut table = routes(&[
            "[[...all]].velox",
            "[...all].velox",
            "[[page]].velox",
            "[id].velox",
            "about.velox",
            "[id]/edit.velox",
            "index.velox",
        ]);
        table.sort_by(by_specificity);
        let order: Vec<String> = table.iter().map(|route| route.pattern.text()).collect();
        assert_eq!(order, ["/", "/about", "/:id", "/:id/edit", "/:page?", "/:all+", "/:all*"]);
    }

    #[test]
    fn layers_are_found_from_the_root_down() {
        let exists = |path: &str| matches!(path, "routes/_layout.velox" | "routes/a/b/_layout.velox");
        let layers = FILES.layers("routes/a/b/c.velox", Layer::Layout, &exists);
        assert_eq!(layers, ["routes/_layout.velox", "routes/a/b/_layout.velox"]);
        assert!(FILES.layers("routes/_error.velox", Layer::Error, &|_| true).is_empty());
    }
}
