//! Files under `routes/` that stand in each other's way.

use super::alike::{Alike, alike};
use super::hidden::{Hidden, hidden};
use super::pattern::Segment;
use super::table::Route;
use rustc_hash::FxHashMap;

/// All files of a project that stand in each other's way, each list in the order of the reported files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflicts {
    /// Files that answer the same URLs.
    pub same: Vec<Conflict>,
    /// Routes that others hide.
    pub hidden: Vec<Hidden>,
    /// Names that some file systems take for one.
    pub alike: Vec<Alike>,
}

impl Conflicts {
    /// Finds those among `routes`, which are sorted, the more specific first, and among the names of `files` under `directory`.
    #[must_use]
    pub fn find<'a>(routes: &[Route], files: impl IntoIterator<Item = &'a str>, directory: &str) -> Self {
        Self { same: conflicts(routes.iter()), hidden: hidden(routes), alike: alike(files, directory) }
    }
}

/// Two files that answer the same URLs (language.md R3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The file that is reported: the later one in the order of names.
    pub file: String,
    /// The file that it conflicts with.
    pub other: String,
    /// The reported file's pattern.
    pub pattern: String,
}

/// Finds files that answer the same URLs.
#[must_use]
pub fn conflicts<'a>(routes: impl IntoIterator<Item = &'a Route>) -> Vec<Conflict> {
    let mut routes: Vec<&Route> = routes.into_iter().collect();
    routes.sort_by(|a, b| a.file.cmp(&b.file));
    let mut seen: FxHashMap<Vec<Segment>, &Route> = FxHashMap::default();
    let mut found = Vec::new();
    for route in routes {
        let shape = route.pattern.shape();
        match seen.get(&shape) {
            Some(other) => found.push(Conflict {
                file: route.file.clone(),
                other: other.file.clone(),
                pattern: route.pattern.text(),
            }),
            None => {
                seen.insert(shape, route);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::RouteFiles;

    #[test]
    fn what_no_request_can_tell_apart_conflicts() {
        let pairs = |files: &[&str]| -> Vec<String> {
            let names = RouteFiles { directory: "routes", base: "/" };
            let routes: Vec<Route> =
                files.iter().filter_map(|file| names.route(&format!("routes/{file}"))).collect();
            conflicts(&routes).into_iter().map(|c| format!("{} = {}", c.file, c.other)).collect()
        };
        assert_eq!(pairs(&["[id].velox", "[slug].velox"]), ["routes/[slug].velox = routes/[id].velox"]);
        assert_eq!(pairs(&["(a)/x.velox", "(b)/x.velox"]), ["routes/(b)/x.velox = routes/(a)/x.velox"]);
        assert_eq!(pairs(&["x.velox", "x+server.ts"]).len(), 1);
        assert!(pairs(&["blog/index.velox", "blog/[[page]].velox", "blog/[id].velox"]).is_empty());
    }
}
