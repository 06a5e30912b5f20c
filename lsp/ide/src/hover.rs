//! What stands at the cursor, in words.

use crate::Document;
use velox_diagnostics::Span;

/// Words on what stands at an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What they are about.
    pub span: Span,
    /// Markdown.
    pub markdown: String,
}

/// Words on what stands at an offset.
#[must_use]
pub fn hover(document: Document<'_>, offset: u32) -> Option<Hover> {
    let _ = (document, offset);
    None
}
