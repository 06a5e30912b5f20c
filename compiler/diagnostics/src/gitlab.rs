//! Prints diagnostics as a Code Quality report of GitLab: a JSON array.

use crate::fingerprint::Fingerprints;
use crate::place::{Places, in_order};
use crate::{Diagnostic, LineColumn, Severity, Sources};
use serde::Serialize;

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    positions: Positions,
}

#[derive(Serialize)]
struct Positions {
    begin: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
}

/// The report on one line, without a line end. `prefix` stands before every file: the project's path from the folder that
/// paths are relative to, empty or with `/` at its end. Fingerprints stay as they are when lines move.
#[must_use]
pub fn gitlab(diagnostics: &[Diagnostic], sources: &dyn Sources, prefix: &str) -> String {
    let places = Places::new(sources);
    let mut fingerprints = Fingerprints::default();
    let issues: Vec<Issue<'_>> = in_order(diagnostics)
        .into_iter()
        .map(|diagnostic| {
            let begin = places.of(&diagnostic.file, diagnostic.span.start);
            let end = places.of(&diagnostic.file, diagnostic.span.end);
            Issue {
                description: &diagnostic.message,
                check_name: format!("{} {}", diagnostic.code, diagnostic.code.name()),
                fingerprint: fingerprints.next(diagnostic, sources),
                severity: match diagnostic.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Hint => "info",
                },
                location: Location {
                    path: format!("{prefix}{}", diagnostic.file),
                    positions: Positions { begin: position(begin), end: position(end) },
                },
            }
        })
        .collect();
    // Strings, numbers and lists alone: nothing here can fail to be written as JSON.
    serde_json::to_string(&issues).unwrap_or_default()
}

fn position(place: LineColumn) -> Position {
    Position { line: place.line, column: place.column }
}
