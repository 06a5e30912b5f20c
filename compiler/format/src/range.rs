//! Formats the lines that a selection touches, and as little else as can be.

use crate::edits::edits;
use crate::{FormatOptions, FormatRefusal, format};
use velox_diagnostics::Span;

/// The edits that format the lines which `span` touches. What is formatted is the whole file; of its edits those are taken that touch
/// the lines. Where these alone would leave the file broken or change what it means, as half of a pair of parentheses would, their
/// neighbours are taken too, as many as it needs.
///
/// # Errors
/// As [`format`].
pub fn format_range(
    path: &str,
    text: &str,
    span: Span,
    options: &FormatOptions,
) -> Result<Vec<(Span, String)>, FormatRefusal> {
    let formatted = format(path, text, options)?;
    let all = edits(text, &formatted);
    let lines = lines_around(text, span);
    let mut first = all.partition_point(|(edit, _)| edit.end < lines.start);
    let mut last = all.partition_point(|(edit, _)| edit.start < lines.end.max(lines.start + 1));
    if first >= last {
        return Ok(Vec::new());
    }
    let mut step = 1;
    while (first > 0 || last < all.len()) && !is_whole(path, text, &all[first..last]) {
        first = first.saturating_sub(step);
        last = (last + step).min(all.len());
        step *= 2;
    }
    Ok(all[first..last].to_vec())
}

/// The lines that a span touches, their line breaks included.
fn lines_around(text: &str, span: Span) -> Span {
    let start = text.get(..span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    // A selection that ends where a line begins does not touch that line.
    let end = if span.end > span.start { span.end - 1 } else { span.end };
    let end = text
        .get(end as usize..)
        .and_then(|rest| rest.find('\n'))
        .map_or(text.len(), |at| end as usize + at + 1);
    Span::new(start as u32, end.max(start) as u32)
}

/// Whether a text means the same with these edits.
fn is_whole(path: &str, text: &str, edits: &[(Span, String)]) -> bool {
    let mut after = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in edits {
        after.push_str(&text[at..span.start as usize]);
        after.push_str(new);
        at = span.end as usize;
    }
    after.push_str(&text[at..]);
    let before = crate::with_line_feeds(text.trim_start_matches('\u{feff}'));
    let after = crate::with_line_feeds(after.trim_start_matches('\u{feff}'));
    let Ok(parsed) = crate::parsed::parse(path, &before) else { return false };
    crate::difference(path, &parsed, &after).is_none()
}
