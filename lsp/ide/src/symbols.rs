//! What a file and a project consist of: an outline, and names to search for.

use crate::Document;
use velox_db::{Db, Project};
use velox_diagnostics::Span;

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SymbolKind {
    /// A route, or one of a file's two halves.
    Module,
    /// `const`, `let`, `var`.
    Variable,
    /// A constant export with a meaning: `config`, `meta`.
    Constant,
    /// A function.
    Function,
    /// A class.
    Class,
    /// A type or interface.
    Type,
    /// An enum.
    Enum,
    /// An HTML element.
    Element,
    /// A component in the template.
    Component,
    /// A slot.
    Slot,
    /// A CSS rule.
    Rule,
    /// A route of the project.
    Route,
}

/// A node of a file's outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// What it is called.
    pub name: String,
    /// A word beside it: the mode, the id and classes.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub span: Span,
    /// Its name; inside `span`.
    pub focus: Span,
    /// What lies in it.
    pub children: Vec<Symbol>,
}

/// A name of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// What it is called: `/blog/:slug`, `PostCard`.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// File, relative to the project's root.
    pub path: String,
    /// Its place there.
    pub span: Span,
    /// What it lies in: the file, the mode.
    pub container: Option<String>,
}

/// The outline of a file: fences, server block, template, styles, as one tree.
#[must_use]
pub fn outline(document: Document<'_>) -> Vec<Symbol> {
    let _ = document;
    Vec::new()
}

/// Names of the project that hold the letters of `query` in their order: routes, components, exports. The best first.
#[must_use]
pub fn search(db: &dyn Db, project: Project, query: &str) -> Vec<Found> {
    let _ = (db, project, query);
    Vec::new()
}
