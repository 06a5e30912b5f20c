//! Puts edits into a text. Knows nothing of what they are for.

use crate::{Edit, Span};
use std::borrow::Cow;

/// A text that files may begin with and that nothing stands before.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// `text` with the edits applied; nothing where they overlap, lie outside of it or cut a character in two.
///
/// What is inserted takes over the line ends of the text, and nothing is inserted before a byte-order mark.
#[must_use]
pub fn edited<'a>(text: &str, edits: impl IntoIterator<Item = &'a Edit>) -> Option<String> {
    let mut edits: Vec<(Span, &str)> =
        edits.into_iter().map(|edit| (placed(text, edit.span), &*edit.text)).collect();
    // Stable: what is inserted at one place stays in the order in which it was given.
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let crlf = has_crlf(text);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (span, insert) in edits {
        out.push_str(text.get(at..span.start as usize)?);
        text.get(span.range())?;
        out.push_str(&if crlf { with_crlf(insert) } else { Cow::Borrowed(insert) });
        at = span.end as usize;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// Whether an edit can be applied to a text at all.
pub(super) fn fits(text: &str, edit: &Edit) -> bool {
    text.get(edit.span.range()).is_some()
}

/// An insertion at the very beginning comes after the byte-order mark.
fn placed(text: &str, span: Span) -> Span {
    let mark = BYTE_ORDER_MARK.len() as u32;
    if span.start == 0 && text.starts_with(BYTE_ORDER_MARK) && (span.is_empty() || span.end >= mark) {
        return Span::new(mark, span.end.max(mark));
    }
    span
}

/// Whether the first line ends with `\r\n`.
fn has_crlf(text: &str) -> bool {
    text.find('\n').is_some_and(|at| text[..at].ends_with('\r'))
}

fn with_crlf(text: &str) -> Cow<'_, str> {
    if !text.contains('\n') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\n', "\r\n"))
}
