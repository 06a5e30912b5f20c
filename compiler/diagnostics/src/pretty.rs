//! Prints diagnostics for people, with a frame of the code, through ariadne.
//!
//! This file owns what stands around the code: the title, the places, the help. `frame` draws the code itself.

use crate::frame::{Mark, Row, fit_together, frame};
use crate::place::{Places, in_order};
use crate::visible::one_line;
use crate::{Diagnostic, Severity, Sources, Span};
use ariadne::Color;
use std::fmt::Write;

/// ANSI: the frame itself, faint.
const MARGIN: &str = "38;5;246";
/// ANSI: the word `help`.
const HELP: &str = "1;36";
const RELATED: Color = Color::Cyan;

/// All of `diagnostics` as text, with ANSI colours where `color` is set: by file and place, an empty line between
/// two of them, nothing at all where there are none.
#[must_use]
pub fn pretty(diagnostics: &[Diagnostic], sources: &dyn Sources, color: bool) -> String {
    let places = Places::new(sources);
    let mut out = String::new();
    for (nth, diagnostic) in in_order(diagnostics).into_iter().enumerate() {
        if nth > 0 {
            out.push('\n');
        }
        let place = places.of(&diagnostic.file, diagnostic.span.start);
        let sections = sections(diagnostic, sources, color);
        let width = sections
            .iter()
            .flat_map(|section| &section.rows)
            .filter_map(|row| row.number)
            .max()
            .map_or(1, |number| number.to_string().len());
        let mut printer = Printer { out: &mut out, width, color };
        printer.title(diagnostic);
        for (nth, section) in sections.iter().enumerate() {
            let place = match nth {
                0 => place,
                _ => places.of(section.file, section.span.start),
            };
            printer.section(section, nth == 0, sources.source(section.file).map(|_| place));
        }
        if let Some(help) = &diagnostic.help {
            printer.help(help);
        }
        printer.close();
    }
    out
}

/// A piece of one file.
struct Section<'a> {
    file: &'a str,
    /// The place that the section's head names.
    span: Span,
    rows: Vec<Row>,
    /// What to say where there is no code to write it under.
    note: Option<&'a str>,
}

/// The diagnostic's own place first, with the related places that can be shown beside it; then the others.
fn sections<'a>(diagnostic: &'a Diagnostic, sources: &dyn Sources, color: bool) -> Vec<Section<'a>> {
    let label = diagnostic.label.as_deref().unwrap_or_default();
    let mut groups: Vec<(&str, Vec<(Span, &str)>)> = vec![(&diagnostic.file, vec![(diagnostic.span, label)])];
    for related in &diagnostic.related {
        let entry = (related.span, related.message.as_str());
        let group = groups.iter_mut().find(|(file, marks)| {
            *file == related.file
                && sources.source(file).is_some_and(|(text, lines)| {
                    marks.iter().all(|(span, _)| fit_together(*span, related.span, text, lines))
                })
        });
        match group {
            Some((_, marks)) => marks.push(entry),
            None => groups.push((&related.file, vec![entry])),
        }
    }
    let paint = severity_color(diagnostic.severity);
    groups
        .into_iter()
        .enumerate()
        .map(|(group, (file, places))| {
            let (span, note) = places[0];
            let Some((text, lines)) = sources.source(file) else {
                return Section {
                    file,
                    span,
                    rows: Vec::new(),
                    note: Some(note).filter(|note| !note.is_empty()),
                };
            };
            let texts: Vec<String> = places.iter().map(|(_, text)| one_line(text)).collect();
            let marks: Vec<Mark<'_>> = places
                .iter()
                .zip(&texts)
                .enumerate()
                .map(|(nth, ((span, _), text))| Mark {
                    span: *span,
                    text,
                    color: if group == 0 && nth == 0 { paint } else { RELATED },
                })
                .collect();
            Section { file, span, rows: frame(text, lines, &marks, color), note: None }
        })
        .collect()
}

fn severity_color(severity: Severity) -> Color {
    match severity {
        Severity::Error => Color::Red,
        Severity::Warning => Color::Yellow,
        Severity::Hint => Color::Blue,
    }
}

struct Printer<'a> {
    out: &'a mut String,
    /// Digits of the longest line number.
    width: usize,
    color: bool,
}

impl Printer<'_> {
    fn painted(&self, text: &str, ansi: &str) -> String {
        if self.color { format!("\u{1b}[{ansi}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// `error[VX0401]: message`
    fn title(&mut self, diagnostic: &Diagnostic) {
        let ansi = match diagnostic.severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Hint => "1;34",
        };
        let head = self.painted(&format!("{}[{}]", diagnostic.severity.name(), diagnostic.code), ansi);
        let message = self.painted(&one_line(&diagnostic.message), "1");
        let _ = writeln!(self.out, "{head}: {message}");
    }

    /// A line that starts with the margin: nothing, or a line number, then `bar`.
    fn margin(&mut self, number: Option<usize>, bar: char, rest: &str) {
        let number = number.map(|number| number.to_string()).unwrap_or_default();
        let margin = self.painted(&format!(" {number:>width$} {bar}", width = self.width), MARGIN);
        let _ = writeln!(self.out, "{margin}{rest}");
    }

    /// The file and the place (without one for a file that cannot be read), then the code.
    fn section(&mut self, section: &Section<'_>, first: bool, place: Option<crate::LineColumn>) {
        let open = self.painted("─[", MARGIN);
        let close = self.painted("]", MARGIN);
        let file = one_line(section.file);
        let place = place.map_or(file.clone(), |place| format!("{file}:{}:{}", place.line, place.column));
        if !first {
            self.margin(None, '│', "");
        }
        self.margin(None, if first { '╭' } else { '├' }, &format!("{open} {place} {close}"));
        if let Some(note) = section.note {
            self.margin(None, '│', &format!(" {}", one_line(note)));
        }
        if !section.rows.is_empty() {
            self.margin(None, '│', "");
        }
        for row in &section.rows {
            self.margin(row.number, if row.gap { '┆' } else { '│' }, &row.body);
        }
    }

    fn help(&mut self, help: &str) {
        self.margin(None, '│', "");
        for (nth, line) in help.lines().enumerate() {
            let lead = if nth == 0 { self.painted("help:", HELP) } else { "     ".to_owned() };
            self.margin(None, '│', &format!(" {lead} {}", one_line(line)));
        }
    }

    fn close(&mut self) {
        let rule = self.painted(&format!("{}╯", "─".repeat(self.width + 2)), MARGIN);
        let _ = writeln!(self.out, "{rule}");
    }
}
