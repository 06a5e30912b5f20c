//! Draws the lines of code that a diagnostic points into, through ariadne.
//!
//! Ariadne gets an excerpt that holds nothing but the marked lines, made safe and cut to a readable width, and its
//! margin is rewritten with the lines' real numbers. So the cost of a frame does not depend on the size of the
//! file, and what ariadne holds for a line end or a column does not matter. Nothing here reads a file.

use crate::visible::{Shown, shown};
use crate::{LineIndex, Span};
use ariadne::{Color, Config, IndexType, Label, Report, ReportKind, Source};
use std::collections::BTreeMap;

/// Lines of at most this many bytes are shown whole.
const WHOLE: usize = 120;
/// How many characters of a longer line are shown, and how many of them before the marked place.
const WINDOW: usize = 90;
const BEFORE: usize = 30;

/// A place to be marked in a frame.
pub(crate) struct Mark<'a> {
    pub(crate) span: Span,
    pub(crate) text: &'a str,
    pub(crate) color: Color,
}

/// A printed row of a frame: what stands left and right of the bar.
pub(crate) struct Row {
    /// Line number, where the row is a line of the source.
    pub(crate) number: Option<usize>,
    /// Whether lines were left out here.
    pub(crate) gap: bool,
    /// Code, underline or label.
    pub(crate) body: String,
}

/// Whether one frame can show both places: they are not far from one another in one long line.
pub(crate) fn fit_together(a: Span, b: Span, text: &str, lines: &LineIndex) -> bool {
    let (a, b) = (fit(a, text), fit(b, text));
    let ends = |span: Span| [span.start, last_byte(span)];
    ends(a).into_iter().all(|a| {
        ends(b).into_iter().all(|b| {
            let line = lines.line_of(a);
            line != lines.line_of(b)
                || (lines.line_start(line + 1) - lines.line_start(line)) as usize <= WHOLE
                || (a.min(b)..a.max(b)).len() <= WINDOW - 2 * BEFORE
        })
    })
}

/// The rows that show `marks` in `text`.
pub(crate) fn frame(text: &str, lines: &LineIndex, marks: &[Mark<'_>], color: bool) -> Vec<Row> {
    let excerpt = Excerpt::new(text, lines, marks);
    let mut labels: Vec<(usize, Label)> = marks
        .iter()
        .map(|mark| {
            let (range, last_line) = excerpt.place(fit(mark.span, text), lines);
            let message = if mark.text.is_empty() { "here" } else { mark.text };
            (last_line, Label::new(range).with_message(message).with_color(mark.color))
        })
        .collect();
    // Ariadne starts its file again where a label ends above the one before it.
    labels.sort_by_key(|(last_line, _)| *last_line);
    let mut printed = Vec::new();
    let report = Report::build(ReportKind::Error, 0..0)
        .with_config(Config::default().with_color(color).with_index_type(IndexType::Byte))
        .with_labels(labels.into_iter().map(|(_, label)| label))
        .finish();
    // A vector takes every byte.
    let _ = report.write(Source::from(excerpt.text.as_str()), &mut printed);
    rows(&String::from_utf8_lossy(&printed), &excerpt.numbers)
}

/// Takes ariadne's picture apart: its title, its place and its last rule are printed by `pretty` instead.
fn rows(printed: &str, numbers: &[Option<usize>]) -> Vec<Row> {
    let body: Vec<&str> = printed.lines().collect();
    let body = body.get(3..body.len().saturating_sub(1)).unwrap_or_default();
    body.iter()
        .filter_map(|line| {
            let bar = line.find(['│', '┆'])?;
            let (margin, rest) = line.split_at(bar);
            let gap = rest.starts_with('┆');
            let rest = rest.trim_start_matches(['│', '┆']);
            let rest = rest.strip_prefix("\u{1b}[0m").unwrap_or(rest);
            let body = merge_colors(rest.trim_end());
            let row = margin.rsplit('m').next().and_then(|digits| digits.trim().parse::<usize>().ok());
            let number = row.and_then(|row| numbers.get(row - 1).copied().flatten());
            Some(Row { number, gap: gap || (row.is_none() && body.is_empty()), body })
        })
        .collect()
}

/// Ariadne colours every character by itself; neighbours of one colour are joined.
fn merge_colors(text: &str) -> String {
    const RESET: &str = "\u{1b}[0m";
    let mut out = String::with_capacity(text.len() / 4);
    let mut open = "";
    let mut rest = text;
    while let Some(at) = rest.find('\u{1b}') {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let code = &from[..from.find('m').map_or(from.len(), |end| end + 1)];
        rest = &from[code.len()..];
        if code != RESET {
            open = code;
            out.push_str(code);
        } else if let Some(same) = rest.strip_prefix(open).filter(|_| !open.is_empty()) {
            rest = same;
        } else {
            out.push_str(code);
        }
    }
    out.push_str(rest);
    out
}

/// `span` inside `text` and on character boundaries.
fn fit(span: Span, text: &str) -> Span {
    let boundary = |offset: u32| {
        let mut at = (offset as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at as u32
    };
    let start = boundary(span.start);
    Span::new(start, boundary(span.end).max(start))
}

/// The last byte that a span covers; of an empty one, the place itself.
fn last_byte(span: Span) -> u32 {
    span.end.saturating_sub(1).max(span.start)
}

/// The marked lines, as they are shown.
struct Excerpt {
    text: String,
    /// Line numbers in the file, from 1; nothing for lines that stand for those left out.
    numbers: Vec<Option<usize>>,
    lines: BTreeMap<usize, Line>,
}

/// One line of an excerpt. Each shown character of the source has an entry in `map`, and so has the end.
struct Line {
    /// Offset in the file, offset in the excerpt; both rise.
    map: Vec<(u32, usize)>,
}

impl Excerpt {
    fn new(text: &str, lines: &LineIndex, marks: &[Mark<'_>]) -> Self {
        // Per line, the place that must be seen.
        let mut wanted: BTreeMap<usize, u32> = BTreeMap::new();
        for mark in marks {
            let span = fit(mark.span, text);
            wanted.entry(lines.line_of(span.start)).or_insert(span.start);
            let last = last_byte(span);
            wanted.entry(lines.line_of(last)).or_insert(last);
        }
        let mut excerpt = Self { text: String::new(), numbers: Vec::new(), lines: BTreeMap::new() };
        let mut before = None;
        for (line, focus) in wanted {
            if before.is_some_and(|before| before + 1 < line) {
                excerpt.text.push_str(" \n");
                excerpt.numbers.push(None);
            }
            before = Some(line);
            let shown =
                excerpt.push(text, Span::new(lines.line_start(line), lines.line_start(line + 1)), focus);
            excerpt.numbers.push(Some(line + 1));
            excerpt.lines.insert(line, shown);
        }
        excerpt
    }

    /// Appends one line of the source, cut around `focus` where it is long.
    fn push(&mut self, text: &str, line: Span, focus: u32) -> Line {
        let body = line.text(text).trim_end_matches(['\n', '\r']);
        let (from, to) = window(body, (focus - line.start) as usize);
        let mut map = Vec::new();
        if from > 0 {
            self.text.push('…');
        }
        for (at, character) in body[from..to].char_indices() {
            map.push((line.start + (from + at) as u32, self.text.len()));
            if let Shown::As(character) = shown(character) {
                self.text.push(character);
            }
        }
        map.push((line.start + to as u32, self.text.len()));
        if to < body.len() {
            self.text.push('…');
        }
        // A place at the end of the line needs something to stand under; ariadne does not print this space.
        self.text.push_str(" \n");
        Line { map }
    }

    /// The range of the excerpt that shows `span`, never empty, and the line on which it ends.
    fn place(&self, span: Span, lines: &LineIndex) -> (std::ops::Range<usize>, usize) {
        let last = last_byte(span);
        let last_line = lines.line_of(last);
        let find = |offset: u32, line: usize| self.lines.get(&line).map_or(0, |line| line.find(offset));
        let start = find(span.start, lines.line_of(span.start));
        let end = find(span.end.max(span.start), last_line);
        // At least one character of the last line, or an empty span and one that holds only a line end vanish.
        let least = self.after(find(last, last_line));
        (start..end.max(least), last_line)
    }

    /// The end of the character that stands at `at`.
    fn after(&self, at: usize) -> usize {
        at + self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    }
}

impl Line {
    /// Where the excerpt shows an offset of the file; places that were cut away are at the nearer end.
    fn find(&self, offset: u32) -> usize {
        let after = self.map.partition_point(|(source, _)| *source <= offset);
        self.map.get(after.saturating_sub(1)).map_or(0, |(_, shown)| *shown)
    }
}

/// The bytes of `line` that are shown.
fn window(line: &str, focus: usize) -> (usize, usize) {
    if line.len() <= WHOLE {
        return (0, line.len());
    }
    let focus = focus.min(line.len());
    let from = line[..focus].char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let to = line[from..].char_indices().nth(WINDOW).map_or(line.len(), |(at, _)| from + at);
    (from, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_of_one_colour_are_painted_once() {
        let red = "\u{1b}[31m";
        let off = "\u{1b}[0m";
        assert_eq!(merge_colors(&format!("{red}a{off}{red}b{off} c")), format!("{red}ab{off} c"));
        assert_eq!(merge_colors("plain"), "plain");
    }

    #[test]
    fn a_span_that_fits_nothing_is_brought_inside() {
        assert_eq!(fit(Span::new(1, 99), "é"), Span::new(0, 2));
        assert_eq!(fit(Span::new(50, 99), "é"), Span::at(2));
    }
}
