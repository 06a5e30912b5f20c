//! What stands at the cursor, in words.

mod code;
mod markup;
mod route;
mod strings;

use crate::{Context, Document, context_at};
use velox_diagnostics::Span;

/// Words on what stands at an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What they are about.
    pub span: Span,
    /// Markdown.
    pub markdown: String,
}

/// Words on what stands at an offset. What is wrong there is not among them: editors show diagnostics themselves.
#[must_use]
pub fn hover(document: Document<'_>, offset: u32) -> Option<Hover> {
    let context = context_at(document, offset);
    match context {
        Context::Fence | Context::Script | Context::Hole { .. } => code::hover(document, offset, context),
        _ => markup::hover(document, offset, context),
    }
}
