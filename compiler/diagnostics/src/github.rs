//! Prints diagnostics as workflow commands of GitHub Actions, which become annotations in the changed files.

use crate::place::{Places, in_order};
use crate::{Diagnostic, Severity, Sources};
use std::fmt::Write;

/// `::error file=...,line=...,col=...,title=...::message`, a line each. `prefix` stands before every file: the project's path
/// from the folder that paths are relative to, empty or with `/` at its end.
#[must_use]
pub fn github(diagnostics: &[Diagnostic], sources: &dyn Sources, prefix: &str) -> String {
    let places = Places::new(sources);
    let mut out = String::new();
    for diagnostic in in_order(diagnostics) {
        let start = places.of(&diagnostic.file, diagnostic.span.start);
        let end = places.of(&diagnostic.file, diagnostic.span.end);
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "notice",
        };
        let file = property(&format!("{prefix}{}", diagnostic.file));
        let _ =
            write!(out, "::{command} file={file},line={},endLine={}", start.line, end.line.max(start.line));
        // Columns of a place of several lines would be taken for those of the first.
        if end.line == start.line {
            let _ = write!(out, ",col={},endColumn={}", start.column, end.column.max(start.column));
        }
        let title = format!("{} ({})", diagnostic.code, diagnostic.code.name());
        let mut message = diagnostic.message.clone();
        if let Some(help) = &diagnostic.help {
            let _ = write!(message, "\nhelp: {help}");
        }
        let _ = writeln!(out, ",title={}::{}", property(&title), data(&message));
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
