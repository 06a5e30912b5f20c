//! The order in which diagnostics are printed, and their lines and columns.
//!
//! Shared by all printers, so that they cannot disagree. It never reads a file itself.

use crate::{Diagnostic, LineColumn, Sources};

/// The diagnostics by file and place; where those are equal, by code, then as they came.
pub(crate) fn in_order(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by(|a, b| {
        (&a.file, a.span.start, a.span.end, a.code).cmp(&(&b.file, b.span.start, b.span.end, b.code))
    });
    sorted
}

/// Finds lines and columns.
pub(crate) struct Places<'a>(&'a dyn Sources);

impl<'a> Places<'a> {
    pub(crate) fn new(sources: &'a dyn Sources) -> Self {
        Self(sources)
    }

    /// The place of an offset. A file whose text cannot be had has one known place: its beginning.
    pub(crate) fn of(&self, file: &str, offset: u32) -> LineColumn {
        self.0
            .source(file)
            .map_or(LineColumn { line: 1, column: 1 }, |(text, lines)| lines.line_column(text, offset))
    }
}
