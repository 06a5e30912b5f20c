//! Words shown in the text that are not in it: mode and cause at the fence, the URL.
//!
//! One hint for each route, behind the opening fence, or at the top of a file without one. Files that are no route have none.

use crate::Document;
use crate::summary::route_summary;
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
    let Some(summary) = route_summary(document) else { return Vec::new() };
    let server = if document.is_velox() { document.regions().server } else { None };
    // An opening fence that is missing is reported, and has no place.
    let fence = server.filter(|server| !server.open.is_empty()).map(|server| server.open.end);
    let offset = fence.unwrap_or(if document.text().starts_with('\u{feff}') { 3 } else { 0 });
    if !range.touches(offset) {
        return Vec::new();
    }
    let mode = match summary.mode {
        Some(mode) => format!("**{}**: {}", mode.name(), summary.cause),
        None => "An endpoint runs on every request.".to_owned(),
    };
    vec![Hint {
        offset,
        label: summary.line(),
        tooltip: Some(format!("`{}`\n\n{mode}", summary.pattern)),
        padding_left: fence.is_some(),
        padding_right: fence.is_none(),
    }]
}
