//! What a file and a project consist of: an outline, and names to search for.
//!
//! The outline holds what people navigate by: declarations, components, landmarks, headings, lists, forms, tables, slots, elements
//! with an id, rules of styles. Other elements leave what they hold to the element around them.

mod code;
mod search;
mod style;
mod template;

use crate::Document;
use velox_diagnostics::Span;

pub use search::search;

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

/// The outline of a file: fences, server block, template, styles, as one tree. A template without a server block, and a module, are
/// not wrapped: what they hold are the roots.
#[must_use]
pub fn outline(document: Document<'_>) -> Vec<Symbol> {
    if !document.is_velox() {
        return code::declarations(document);
    }
    let Some(server) = document.regions().server else { return template::elements(document) };
    let block = Symbol {
        name: "server block".to_owned(),
        detail: document.route().map(|route| route.mode.name().to_owned()),
        kind: SymbolKind::Module,
        span: server.open.cover(server.body).cover(server.close),
        focus: server.open,
        children: code::declarations(document),
    };
    let inside = document.regions().template;
    let template = Symbol {
        name: "template".to_owned(),
        detail: document.route().map(|route| route.route.pattern.text()),
        kind: SymbolKind::Module,
        span: inside,
        focus: Span::at(inside.start),
        children: template::elements(document),
    };
    let mut found = vec![block];
    if !inside.text(document.text()).trim().is_empty() {
        found.push(template);
    }
    found
}

/// A symbol before it is put into its parent: that one's index in the same list, where it has one.
struct Entry {
    symbol: Symbol,
    parent: Option<usize>,
}

/// Deeper than this, symbols are put beside each other: nobody sees more, and readers of a tree recurse.
const DEEPEST: usize = 40;

/// Puts symbols (each after its parent) together to trees.
fn assemble(mut entries: Vec<Entry>) -> Vec<Symbol> {
    let mut roots = Vec::new();
    while let Some(Entry { mut symbol, parent }) = entries.pop() {
        symbol.children.reverse();
        match parent {
            Some(parent) => entries[parent].symbol.children.push(symbol),
            None => roots.push(symbol),
        }
    }
    roots.reverse();
    roots
}
