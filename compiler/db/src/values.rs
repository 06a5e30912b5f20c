//! What some queries give that no crate below has a type for.

use rustc_hash::FxHashMap;
use velox_script::ModuleFacts;
use velox_syntax::Tree;

/// A parsed server block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// Its facts.
    pub facts: ModuleFacts,
    /// The elements in it, where it is TSX (language.md S1).
    pub tree: Option<Tree>,
}

/// A parsed `.ts` or `.tsx` module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// Its facts.
    pub facts: ModuleFacts,
    /// The elements in it, in a `.tsx` file.
    pub tree: Option<Tree>,
}

/// The params of a page, by name: one text each, of a catch-all one for each segment.
pub type Params = FxHashMap<String, Vec<String>>;

/// A style sheet that a `.velox` file brings along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StyleSheet {
    /// CSS, scoped unless it is global.
    pub css: String,
}
