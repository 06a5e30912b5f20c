//! Which names are there in every module: JavaScript's own, Node's, the browser's.
//!
//! The names come from a maintained data set; only what it does not say is written here.

use javascript_globals::{GLOBALS, GLOBALS_BUILTIN};

/// Where a global name exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Global {
    /// In Node.
    Node,
    /// In the browser alone.
    Browser,
    /// In CommonJS modules, which modules of a project never are.
    CommonJs,
    /// In a tool or a library that a project may load.
    Elsewhere,
    /// Nowhere.
    Unknown,
}

/// Web storage is in newer Nodes than the runtime asks for (20.12), and never what a page means.
const BROWSER_STORAGE: &[&str] = &["localStorage", "sessionStorage"];

/// What only CommonJS modules have.
const COMMON_JS: &[&str] = &["__dirname", "__filename", "exports", "module", "require"];

/// Globals of the browser whose names are words that people give to their own data: used without a declaration, they are far
/// likelier a mistake.
const EVERYDAY_WORDS: &[&str] = &[
    "blur", "close", "closed", "event", "external", "find", "focus", "frames", "history", "length",
    "location", "name", "open", "origin", "parent", "print", "screen", "scroll", "status", "stop", "top",
];

fn has(environment: &str, name: &str) -> bool {
    GLOBALS.get(environment).is_some_and(|set| set.contains_key(name))
}

/// Where a name exists.
pub(super) fn global(name: &str) -> Global {
    if GLOBALS_BUILTIN.contains_key(name) {
        Global::Node
    } else if COMMON_JS.contains(&name) {
        Global::CommonJs
    } else if has("node", name) && !BROWSER_STORAGE.contains(&name) {
        Global::Node
    } else if has("browser", name) || BROWSER_STORAGE.contains(&name) {
        Global::Browser
    } else if GLOBALS.entries().any(|(_, set)| set.contains_key(name)) {
        Global::Elsewhere
    } else {
        Global::Unknown
    }
}

/// Whether a global of the browser has the name of everyday data.
pub(super) fn is_everyday_word(name: &str) -> bool {
    EVERYDAY_WORDS.contains(&name)
}

/// Names that are there in server code, to find near misses in, and to be offered.
pub fn server_globals() -> impl Iterator<Item = &'static str> {
    let node = GLOBALS.get("node").into_iter().flat_map(|set| set.keys());
    GLOBALS_BUILTIN.keys().chain(node).copied().filter(|name| global(name) == Global::Node)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_by_where_they_exist() {
        let cases = [
            ("Math", Global::Node),
            ("globalThis", Global::Node),
            ("process", Global::Node),
            ("Buffer", Global::Node),
            ("fetch", Global::Node),
            ("structuredClone", Global::Node),
            ("global", Global::Node),
            ("URLPattern", Global::Node),
            ("window", Global::Browser),
            ("localStorage", Global::Browser),
            ("name", Global::Browser),
            ("require", Global::CommonJs),
            ("module", Global::CommonJs),
            ("__dirname", Global::CommonJs),
            ("describe", Global::Elsewhere),
            ("jQuery", Global::Elsewhere),
            ("titel", Global::Unknown),
        ];
        for (name, expected) in cases {
            assert_eq!(global(name), expected, "{name}");
        }
    }

    #[test]
    fn near_misses_are_looked_for_among_names_of_the_server() {
        assert!(server_globals().any(|name| name == "JSON"));
        assert!(!server_globals().any(|name| name == "window" || name == "require"));
    }
}
