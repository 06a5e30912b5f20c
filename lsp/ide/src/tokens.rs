//! Semantic tokens: what a grammar cannot tell. Components from elements, names of the server block from globals, params, slots.

use crate::Document;
use velox_diagnostics::Span;

/// What a token is; the order is that of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenKind {
    /// A component's name.
    Component,
    /// A name of the server block or of an import.
    Variable,
    /// A name that a template's function declares.
    Parameter,
    /// A function.
    Function,
    /// A member of a name.
    Property,
    /// A type.
    Type,
    /// A class.
    Class,
    /// A namespace: `import * as x`.
    Namespace,
    /// A directive: `client:load`, `velox:slot`.
    Directive,
    /// A param of the route: `params.slug`.
    Param,
    /// An ambient name of Velox: `request`, `params`, `url`.
    Ambient,
    /// A fence.
    Fence,
}

impl TokenKind {
    /// The legend: names of the protocol where it has one.
    pub const LEGEND: [&'static str; 12] = [
        "component",
        "variable",
        "parameter",
        "function",
        "property",
        "type",
        "class",
        "namespace",
        "decorator",
        "enumMember",
        "macro",
        "keyword",
    ];
}

/// What else is said of a token, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Modifiers(pub u32);

impl Modifiers {
    /// The legend, in the order of the bits.
    pub const LEGEND: [&'static str; 5] = ["declaration", "readonly", "async", "defaultLibrary", "unused"];
    /// It declares the name.
    pub const DECLARATION: Self = Self(1);
    /// It never changes.
    pub const READONLY: Self = Self(2);
    /// It is asynchronous.
    pub const ASYNC: Self = Self(4);
    /// The framework brings it.
    pub const DEFAULT_LIBRARY: Self = Self(8);
    /// Nothing uses it.
    pub const UNUSED: Self = Self(16);

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A token; never over a line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// What else is said of it.
    pub modifiers: Modifiers,
}

/// The tokens of a file (of `range`, where one is given), in order, disjoint.
#[must_use]
pub fn tokens(document: Document<'_>, range: Option<Span>) -> Vec<Token> {
    let _ = (document, range);
    Vec::new()
}
