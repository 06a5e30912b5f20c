//! Prints diagnostics as SARIF 2.1.0, the format that code scanning services read.
//!
//! Columns count UTF-16 code units, as `columnKind` says. A byte-order mark is no column there.

use crate::fingerprint::Fingerprints;
use crate::place::{Places, in_order};
use crate::{Code, Diagnostic, Fix, LineColumn, Severity, Sources, Span};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// One log with one run, on one line, without a line end. `version` is the program's; `prefix` stands before every file: the
/// project's path from the folder that paths are relative to, empty or with `/` at its end.
#[must_use]
pub fn sarif(diagnostics: &[Diagnostic], sources: &dyn Sources, prefix: &str, version: &str) -> String {
    let codes: BTreeSet<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let codes: Vec<Code> = codes.into_iter().collect();
    let mut printer =
        Printer { places: Places::new(sources), sources, prefix, fingerprints: Fingerprints::default() };
    let results: Vec<Value> = in_order(diagnostics)
        .into_iter()
        .map(|diagnostic| {
            let index = codes.binary_search(&diagnostic.code).unwrap_or_default();
            printer.result(diagnostic, index)
        })
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "veloxc",
                "version": version,
                "rules": codes.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            } },
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    })
    .to_string()
}

fn rule(code: Code) -> Value {
    let page = code.page();
    // The first paragraph below the title says what it is.
    let full = page.split("\n\n").nth(1).unwrap_or(code.title()).replace('\n', " ");
    json!({
        "id": code.to_string(),
        "name": code.name(),
        "shortDescription": { "text": code.title() },
        "fullDescription": { "text": full },
        "help": { "text": format!("veloxc explain {code}"), "markdown": page },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

struct Printer<'a> {
    places: Places<'a>,
    sources: &'a dyn Sources,
    prefix: &'a str,
    fingerprints: Fingerprints,
}

impl<'a> Printer<'a> {
    fn result(&mut self, diagnostic: &'a Diagnostic, rule: usize) -> Value {
        let _ = self.places.of(&diagnostic.file, diagnostic.span.start);
        let mut message = diagnostic.message.clone();
        if let Some(help) = &diagnostic.help {
            message.push_str("\nhelp: ");
            message.push_str(help);
        }
        let mut result = json!({
            "ruleId": diagnostic.code.to_string(),
            "ruleIndex": rule,
            "level": level(diagnostic.severity),
            "message": { "text": message },
            "locations": [{ "physicalLocation": self.location(&diagnostic.file, diagnostic.span) }],
            "partialFingerprints": { "velox/v1": self.fingerprints.next(diagnostic, self.sources) },
        });
        if !diagnostic.related.is_empty() {
            let related = diagnostic.related.iter().enumerate().map(|(nth, related)| {
                json!({
                    "id": nth + 1,
                    "message": { "text": related.message },
                    "physicalLocation": self.location(&related.file, related.span),
                })
            });
            result["relatedLocations"] = related.collect();
        }
        let fixes: Vec<Value> =
            diagnostic.fixes.iter().filter(|fix| !fix.edits.is_empty()).map(|fix| self.fix(fix)).collect();
        if !fixes.is_empty() {
            result["fixes"] = fixes.into();
        }
        result
    }

    /// Edits of one file stand together.
    fn fix(&self, fix: &Fix) -> Value {
        let files: BTreeSet<&str> = fix.edits.iter().map(|edit| &*edit.file).collect();
        let changes = files.into_iter().map(|file| {
            let replacements = fix.edits.iter().filter(|edit| edit.file == file).map(|edit| {
                json!({
                    "deletedRegion": self.region(file, edit.span),
                    "insertedContent": { "text": edit.text },
                })
            });
            json!({
                "artifactLocation": self.artifact(file),
                "replacements": replacements.collect::<Vec<_>>(),
            })
        });
        json!({ "description": { "text": fix.title }, "artifactChanges": changes.collect::<Vec<_>>() })
    }

    fn location(&self, file: &str, span: Span) -> Value {
        json!({ "artifactLocation": self.artifact(file), "region": self.region(file, span) })
    }

    fn artifact(&self, file: &str) -> Value {
        json!({ "uri": uri(&format!("{}{file}", self.prefix)), "uriBaseId": "%SRCROOT%" })
    }

    fn region(&self, file: &str, span: Span) -> Value {
        let start = self.place(file, span.start);
        let end = self.place(file, span.end.max(span.start));
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    }

    fn place(&self, file: &str, offset: u32) -> LineColumn {
        let mut place = self.places.of(file, offset);
        let marked = self.sources.source(file).is_some_and(|(text, _)| text.starts_with('\u{feff}'));
        if marked && place.line == 1 {
            place.column = place.column.saturating_sub(1).max(1);
        }
        place
    }
}

/// A relative reference: what may not stand in a path of a URI is written in percent.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z'
            | b'a'..=b'z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b'/'
            | b'@'
            | b'+'
            | b'('
            | b')' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
