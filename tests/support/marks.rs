//! Marks of expected diagnostics, and their comparison with what was found.

use velox_diagnostics::{Diagnostic, LineIndex};

/// A mark: `^^^ VX0401 text` under the place, or `VX0501 text` for the line (at the top of a file: for its start).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Line, from 1.
    pub line: usize,
    /// Column of the first caret and their number, in characters, from 0; nothing where the whole line is meant.
    pub columns: Option<(usize, usize)>,
    /// The code.
    pub code: String,
    /// Text that the message holds.
    pub text: String,
}

impl Mark {
    /// Reads what follows `//~`; `above` is the number of source lines so far.
    #[must_use]
    pub fn parse(mark: &str, above: usize) -> Self {
        // The three characters of `//~` stand under the line's first three.
        let start = mark.find(|c: char| c != ' ').unwrap_or(0);
        let carets = mark[start..].chars().take_while(|c| *c == '^').count();
        let rest = mark[start + carets..].trim();
        let (code, text) = rest.split_once(' ').unwrap_or((rest, ""));
        Self {
            line: above.max(1),
            columns: (carets > 0).then_some((start + 3, carets)),
            code: code.to_owned(),
            text: text.trim().to_owned(),
        }
    }

    fn fits(&self, diagnostic: &Diagnostic, text: &str, lines: &LineIndex) -> bool {
        let place = |offset: u32| {
            let line = lines.line_of(offset);
            let start = lines.line_start(line) as usize;
            (line + 1, text[start..offset as usize].chars().count())
        };
        let (line, column) = place(diagnostic.span.start);
        let columns = match self.columns {
            None => true,
            Some((first, length)) => {
                let (end_line, end) = place(diagnostic.span.end);
                column == first && (end_line > line || diagnostic.span.is_empty() || end - column == length)
            }
        };
        line == self.line
            && columns
            && diagnostic.code.to_string() == self.code
            && diagnostic.message.contains(&self.text)
    }
}

/// Compares marks and diagnostics of one file: a diagnostic without a mark is a failure, and so is a mark without a diagnostic.
#[must_use]
pub fn compare(path: &str, text: &str, marks: &[Mark], diagnostics: &[Diagnostic]) -> Vec<String> {
    let lines = LineIndex::new(text);
    let mut left: Vec<&Mark> = marks.iter().collect();
    let mut failures = Vec::new();
    for diagnostic in diagnostics {
        match left.iter().position(|mark| mark.fits(diagnostic, text, &lines)) {
            Some(at) => {
                left.remove(at);
            }
            None => {
                let place = lines.line_column(text, diagnostic.span.start);
                let end = lines.line_column(text, diagnostic.span.end);
                failures.push(format!(
                    "not expected: {path}:{}:{}-{}:{} {} {}",
                    place.line, place.column, end.line, end.column, diagnostic.code, diagnostic.message
                ));
            }
        }
    }
    failures.extend(
        left.iter().map(|mark| format!("not found: {path}:{} {} {}", mark.line, mark.code, mark.text)),
    );
    failures
}
