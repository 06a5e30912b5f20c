//! Prints diagnostics one to a line, and the summary line.

use crate::place::{Places, in_order};
use crate::visible::one_line;
use crate::{Diagnostic, Severity, Sources};
use std::fmt::Write;

/// `file:line:column: error[VX0401]: message`, a line each, by file and place.
#[must_use]
pub fn concise(diagnostics: &[Diagnostic], sources: &dyn Sources) -> String {
    let places = Places::new(sources);
    let mut out = String::new();
    for diagnostic in in_order(diagnostics) {
        let place = places.of(&diagnostic.file, diagnostic.span.start);
        let _ = writeln!(
            out,
            "{}:{}:{}: {}[{}]: {}",
            one_line(&diagnostic.file),
            place.line,
            place.column,
            diagnostic.severity.name(),
            diagnostic.code,
            one_line(&diagnostic.message),
        );
    }
    out
}

/// `2 errors and 1 warning in 12 files`. Hints are no problems, but are named where there are some.
#[must_use]
pub fn summary(diagnostics: &[Diagnostic], files: usize) -> String {
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    summary_of(count(Severity::Error), count(Severity::Warning), count(Severity::Hint), files)
}

/// The same of findings that are counted.
#[must_use]
pub fn summary_of(errors: usize, warnings: usize, hints: usize, files: usize) -> String {
    let mut parts: Vec<String> = [(errors, "error"), (warnings, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| counted(count, noun))
        .collect();
    if parts.is_empty() {
        parts.push("no problems".to_owned());
    }
    if hints > 0 {
        parts.push(counted(hints, "hint"));
    }
    let last = parts.pop().unwrap_or_default();
    let found = if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) };
    format!("{found} in {}", counted(files, "file"))
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
