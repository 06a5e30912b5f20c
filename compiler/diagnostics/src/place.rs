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

/// Finds lines and columns, and remembers the last start: a file that is one long line, full of findings, would
/// otherwise be counted through from its beginning for each of them.
pub(crate) struct Places<'a> {
    sources: &'a dyn Sources,
    last: Option<Known<'a>>,
}

struct Known<'a> {
    file: &'a str,
    offset: u32,
    place: LineColumn,
}

impl<'a> Places<'a> {
    pub(crate) fn new(sources: &'a dyn Sources) -> Self {
        Self { sources, last: None }
    }

    /// The place where a diagnostic begins.
    pub(crate) fn start(&mut self, file: &'a str, offset: u32) -> LineColumn {
        let place = self.of(file, offset);
        self.last = Some(Known { file, offset, place });
        place
    }

    /// Any other place. A file whose text cannot be had has one known place: its beginning.
    pub(crate) fn of(&self, file: &str, offset: u32) -> LineColumn {
        let Some((text, lines)) = self.sources.source(file) else {
            return LineColumn { line: 1, column: 1 };
        };
        if let Some(known) = &self.last
            && known.file == file
            && known.offset <= offset
            && lines.line_of(offset) + 1 == known.place.line as usize
            && let Some(between) = text.get(known.offset as usize..offset as usize)
        {
            let units = if between.is_ascii() { between.len() } else { between.encode_utf16().count() };
            return LineColumn { line: known.place.line, column: known.place.column + units as u32 };
        }
        lines.line_column(text, offset)
    }
}
