//! Words shown in the text that are not in it: mode and cause at the fence, the URL.

use crate::Document;
use velox_diagnostics::Span;

/// A word shown at an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Where it is shown.
    pub offset: u32,
    /// What is shown.
    pub label: String,
    /// Markdown, shown when the pointer is over it.
    pub tooltip: Option<String>,
    /// Whether a space is shown before it.
    pub padding_left: bool,
    /// Whether a space is shown after it.
    pub padding_right: bool,
}

/// The hints in a range, in order.
#[must_use]
pub fn hints(document: Document<'_>, range: Span) -> Vec<Hint> {
    let _ = (document, range);
    Vec::new()
}
