//! Places that a name leads to and places that use it: what navigation answers with.

use velox_diagnostics::Span;

/// Where a name leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Target {
    /// File, relative to the project's root.
    pub path: String,
    /// All of what is declared there.
    pub span: Span,
    /// The part of it to put the cursor on: the name.
    pub focus: Span,
    /// What was asked about, in the file that was asked: underlined while the key is held.
    pub origin: Option<Span>,
}

/// What a use of a name does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UseKind {
    /// It declares it.
    Declaration,
    /// It assigns to it.
    Write,
    /// It reads it, or names it.
    Read,
}

/// A use of a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Use {
    /// File, relative to the project's root.
    pub path: String,
    /// The name in it, as it would be renamed.
    pub span: Span,
    /// What it does.
    pub kind: UseKind,
}
