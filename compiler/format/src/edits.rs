//! The smallest edits that make one text of another, so that cursors and folds stay where they are.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use velox_diagnostics::Span;

/// Edits from `before` to `after`: spans in `before`, in order, apart from each other. Lines are compared first, and then, within
/// the lines that differ, words and what lies between them.
#[must_use]
pub fn edits(before: &str, after: &str) -> Vec<(Span, String)> {
    if before == after {
        return Vec::new();
    }
    let old = lines(before);
    let new = lines(after);
    let mut found = Vec::new();
    for op in capture_diff_slices(Algorithm::Histogram, &texts(before, &old), &texts(after, &new)) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (from, to) = (op.old_range(), op.new_range());
        let old_span = cover(&old, from.start, from.end, before.len());
        let new_span = cover(&new, to.start, to.end, after.len());
        words(old_span, old_span.text(before), new_span.text(after), &mut found);
    }
    found
}

/// Edits within lines that differ.
fn words(place: Span, before: &str, after: &str, found: &mut Vec<(Span, String)>) {
    let (old, new) = (tokens(before), tokens(after));
    let mut at = place.start;
    for op in capture_diff_slices(Algorithm::Histogram, &old, &new) {
        let length: usize = old[op.old_range()].iter().map(|token| token.len()).sum();
        let span = Span::new(at, at + length as u32);
        at = span.end;
        if !matches!(op, DiffOp::Equal { .. }) {
            found.push((span, new[op.new_range()].concat()));
        }
    }
}

/// Words, runs of blanks, and each other character by itself.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |character: char| match character {
        ' ' | '\t' => 1,
        _ if character.is_alphanumeric() || matches!(character, '_' | '$') => 2,
        _ => 0,
    };
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let same = |next: &char| kind(first) != 0 && kind(*next) == kind(first);
        let run = rest.chars().take_while(same).map(char::len_utf8).sum::<usize>();
        let (token, after) = rest.split_at(run.max(first.len_utf8()));
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// The lines of a text, line breaks included.
pub(crate) fn lines(text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('\n') {
        lines.push(Span::new(start, at as u32 + 1));
        start = at as u32 + 1;
    }
    if (start as usize) < text.len() {
        lines.push(Span::new(start, text.len() as u32));
    }
    lines
}

fn texts<'t>(text: &'t str, lines: &[Span]) -> Vec<&'t str> {
    lines.iter().map(|line| line.text(text)).collect()
}

fn cover(lines: &[Span], from: usize, to: usize, end: usize) -> Span {
    let start = lines.get(from).map_or(end as u32, |line| line.start);
    let stop = if to > from { lines[to - 1].end } else { start };
    Span::new(start, stop)
}
