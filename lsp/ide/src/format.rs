//! Formatting of a file or a part of it. The formatter itself is a crate of the compiler.

use crate::{Document, TextEdit};
use velox_diagnostics::Span;

/// The edits that format a file.
///
/// # Errors
/// Why it is left alone, in one line: it has a syntax error.
pub fn format(document: Document<'_>) -> Result<Vec<TextEdit>, String> {
    let _ = document;
    Ok(Vec::new())
}

/// The edits that format the lines of a selection.
///
/// # Errors
/// As [`format`].
pub fn format_range(document: Document<'_>, range: Span) -> Result<Vec<TextEdit>, String> {
    let _ = (document, range);
    Ok(Vec::new())
}
