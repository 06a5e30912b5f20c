//! What an offset stands in where it is no code, and texts with their elements blanked out.

use super::Place;
use crate::scan::{Kind, Token};
use velox_diagnostics::Span;

/// The text with each element replaced by a number and blanks of the same length; nothing where there are none.
pub(super) fn without_elements(text: &str, elements: &[Span]) -> Option<String> {
    if elements.is_empty() {
        return None;
    }
    let mut bytes = text.as_bytes().to_vec();
    for element in elements {
        let range = element.start as usize..(element.end as usize).min(bytes.len());
        let Some(stretch) = bytes.get_mut(range) else { continue };
        for byte in stretch.iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')) {
            *byte = b' ';
        }
        if let Some(first) = stretch.first_mut() {
            *first = b'0';
        }
    }
    String::from_utf8(bytes).ok()
}

/// The comment that an offset stands in, where only white space and comments are between these places.
pub(super) fn in_comment(bytes: &[u8], from: usize, to: usize, offset: usize) -> Option<Place> {
    let mut at = from;
    while at + 1 < to && at < offset {
        if &bytes[at..at + 2] == b"//" {
            let end =
                bytes[at..to].iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(to, |n| at + n);
            if offset >= at + 2 && offset <= end {
                return Some(Place::Comment(Span::from(at + 2..end), true));
            }
            at = end;
        } else if &bytes[at..at + 2] == b"/*" {
            let close = bytes[at + 2..to].windows(2).position(|pair| pair == b"*/").map(|n| at + 2 + n);
            let end = close.unwrap_or(to);
            if offset >= at + 2 && offset <= end {
                return Some(Place::Comment(Span::from(at + 2..end), false));
            }
            at = end + 2;
        } else {
            at += 1;
        }
    }
    None
}

/// What an offset stands in that lies in a token, and is not before it.
pub(super) fn in_token(bytes: &[u8], token: Token, offset: usize, literal: Option<usize>) -> Option<Place> {
    let Token { kind, start, end, closed, .. } = token;
    let within = start < offset && (offset < end || offset == end && !closed);
    match kind {
        Kind::String if within && closed => Some(Place::String(Span::from(start + 1..end - 1))),
        Kind::String if within => {
            let part = |byte: &u8| {
                byte.is_ascii_alphanumeric()
                    || matches!(byte, b'_' | b'$' | b'/' | b':' | b'.' | b'-' | b'@' | b'[' | b']')
                    || *byte >= 0x80
            };
            let rest = bytes[offset..end].iter().take_while(|byte| part(byte)).count();
            Some(Place::String(Span::from(start + 1..offset + rest)))
        }
        Kind::Template => {
            let delimiter = match (closed, bytes[end - 1]) {
                (false, _) => 0,
                (true, b'`') => 1,
                (true, _) => 2,
            };
            // The end of a literal that a backtick closes is behind it.
            let last = end.saturating_sub(delimiter).max(start + 1);
            (start < offset && offset <= last)
                .then(|| Place::Template(Span::from(start + 1..last), literal.unwrap_or(start) as u32))
        }
        Kind::Regex | Kind::Number if start < offset && offset <= end => Some(Place::Literal),
        _ => None,
    }
}
