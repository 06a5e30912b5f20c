//! What can be folded away: the server block, elements, styles, imports, comments and `#region`s.

use crate::Document;
use velox_diagnostics::Span;

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FoldKind {
    /// Code or markup.
    Code,
    /// A comment.
    Comment,
    /// The imports.
    Imports,
    /// Between `#region` and `#endregion`.
    Region,
}

/// A stretch that can be folded: from the end of the line where it starts to the line where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fold {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// What can be folded in a file, in order.
#[must_use]
pub fn folds(document: Document<'_>) -> Vec<Fold> {
    let _ = document;
    Vec::new()
}
