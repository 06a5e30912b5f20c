//! Prints diagnostics for machines: one JSON object with a version.
//!
//! The field names, their order and their units are an interface that other tools read: a change that is not an
//! addition raises `version`. Lines and columns count from 1, columns in UTF-16 code units, offsets in bytes.

use crate::place::{Places, in_order};
use crate::{Diagnostic, LineColumn, Severity, Sources, Span};
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
struct Output<'a> {
    version: u32,
    diagnostics: Vec<Finding<'a>>,
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    timings: Option<&'a Value>,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    errors: usize,
    warnings: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_shown: Option<usize>,
}

/// What there is to say beside the findings.
#[derive(Clone, Debug, Default)]
pub struct Extras {
    /// `summary.fixed`: number of findings that were mended and are not in the list.
    pub fixed: Option<usize>,
    /// `summary.not_shown`: number of findings that are counted but left out of the list.
    pub not_shown: Option<usize>,
    /// `summary.errors` and `summary.warnings`, where the list does not hold all of them.
    pub counts: Option<(usize, usize)>,
    /// `timings`: where the time went.
    pub timings: Option<Value>,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: String,
    severity: &'static str,
    message: &'a str,
    file: &'a str,
    range: Range,
    related: Vec<Place<'a>>,
    help: Option<&'a str>,
    url: String,
    fixes: Vec<Fix<'a>>,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    end: Position,
}

#[derive(Serialize)]
struct Position {
    line: u32,
    column: u32,
    offset: u32,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    range: Range,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    file: &'a str,
    range: Range,
    text: &'a str,
}

/// All of `diagnostics` as one JSON object on one line, without a line end; `files` is the number of files that
/// were looked at.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], sources: &dyn Sources, files: usize) -> String {
    json_with(diagnostics, sources, files, &Extras::default())
}

/// What [`json`] gives, with more in it.
#[must_use]
pub fn json_with(diagnostics: &[Diagnostic], sources: &dyn Sources, files: usize, extras: &Extras) -> String {
    let places = Places::new(sources);
    let count = |severity| diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let output = Output {
        version: 1,
        diagnostics: in_order(diagnostics)
            .into_iter()
            .map(|diagnostic| finding(diagnostic, &places))
            .collect(),
        summary: Summary {
            files,
            errors: extras.counts.map_or_else(|| count(Severity::Error), |(errors, _)| errors),
            warnings: extras.counts.map_or_else(|| count(Severity::Warning), |(_, warnings)| warnings),
            fixed: extras.fixed,
            not_shown: extras.not_shown,
        },
        timings: extras.timings.as_ref(),
    };
    // Strings, numbers and lists alone: nothing here can fail to be written as JSON.
    serde_json::to_string(&output).unwrap_or_default()
}

fn finding<'a>(diagnostic: &'a Diagnostic, places: &Places<'a>) -> Finding<'a> {
    let start = places.of(&diagnostic.file, diagnostic.span.start);
    let end = places.of(&diagnostic.file, diagnostic.span.end);
    Finding {
        code: diagnostic.code.to_string(),
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        file: &diagnostic.file,
        range: between(diagnostic.span, start, end),
        related: diagnostic
            .related
            .iter()
            .map(|related| Place {
                file: &related.file,
                range: range(&related.file, related.span, places),
                message: &related.message,
            })
            .collect(),
        help: diagnostic.help.as_deref(),
        url: format!("docs/diagnostics/{}.md", diagnostic.code),
        fixes: diagnostic.fixes.iter().map(|fix| fix_of(fix, places)).collect(),
    }
}

fn fix_of<'a>(fix: &'a crate::Fix, places: &Places<'a>) -> Fix<'a> {
    Fix {
        title: &fix.title,
        safe: fix.safe,
        edits: fix
            .edits
            .iter()
            .map(|edit| Edit {
                file: &edit.file,
                range: range(&edit.file, edit.span, places),
                text: &edit.text,
            })
            .collect(),
    }
}

fn range(file: &str, span: Span, places: &Places<'_>) -> Range {
    between(span, places.of(file, span.start), places.of(file, span.end))
}

fn between(span: Span, start: LineColumn, end: LineColumn) -> Range {
    Range {
        start: Position { line: start.line, column: start.column, offset: span.start },
        end: Position { line: end.line, column: end.column, offset: span.end },
    }
}
