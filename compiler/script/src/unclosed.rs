//! Strings, template literals and comments that are never closed: the one mistake behind an error that the parser reports
//! wherever it stumbles after it.
//!
//! Refuses to look at code that parses.

use crate::{
    Unterminated,
    scan::{Kind, Scanner, Token},
};
use velox_diagnostics::Span;

/// Words that may follow a template literal on its line.
const AFTER_VALUE: &[&str] = &["as", "satisfies", "in", "instanceof", "of", "from"];

/// What is never closed in `code[start..end]` and explains an error at `at`, with the place of its quote, backtick or `/*`.
pub(crate) fn culprit(code: &str, start: usize, end: usize, at: usize) -> Option<(Unterminated, Span)> {
    let mut scanner = Scanner::new(code.as_bytes(), start, end);
    let mut string = None;
    // A template literal over several lines that code follows as if it stood inside: its backtick closes the one before.
    let mut suspect = None;
    let mut template = None;
    let mut before = start;
    let span = |at: usize, length: usize| Span::new(at as u32, (at + length) as u32);
    let unclosed = loop {
        // The backtick of the literal that a `}` goes on with.
        let around = match scanner.open.as_slice() {
            [.., literal, hole] if hole.byte == b'$' => Some(literal.at),
            _ => None,
        };
        let token = scanner.next();
        if let Some(opening) = template.take()
            && !token.newline
            && follows_nothing(code, token)
        {
            suspect = suspect.or(Some(opening));
        }
        match token.kind {
            Kind::End => {
                break open_comment(code.as_bytes(), before, end)
                    .map(|at| (Unterminated::Comment, span(at, 2)));
            }
            Kind::String if !token.closed && token.start <= at => string = Some(token.start),
            Kind::Template if !token.closed => {
                let opening = scanner.open.iter().rfind(|open| open.byte == b'`').map(|open| open.at);
                let opening = suspect.or(opening).unwrap_or(token.start);
                break Some((Unterminated::Template, span(opening, 1)));
            }
            Kind::Template if code.as_bytes()[token.start..token.end].contains(&b'\n') => {
                let opening = if code.as_bytes()[token.start] == b'`' { Some(token.start) } else { around };
                template = opening.filter(|_| code.as_bytes()[token.end - 1] == b'`');
            }
            _ => {}
        }
        before = token.end;
    };
    // A string ends with its line: what is wrong further down has another cause.
    let string =
        string.filter(|from| code.as_bytes()[*from..at.min(end)].iter().filter(|b| **b == b'\n').count() < 2);
    match string {
        Some(from) => Some((Unterminated::String, span(from, 1))),
        None => unclosed.filter(|(_, span)| span.start as usize <= at),
    }
}

/// Whether a token cannot follow a value.
fn follows_nothing(code: &str, token: Token) -> bool {
    match token.kind {
        Kind::Word => !code.get(token.start..token.end).is_some_and(|word| AFTER_VALUE.contains(&word)),
        Kind::Number | Kind::String => true,
        _ => false,
    }
}

/// The `/*` of a comment that is still open at the end, where nothing but white space and comments stands from `from` on.
fn open_comment(bytes: &[u8], from: usize, end: usize) -> Option<usize> {
    let mut at = from;
    while at + 1 < end {
        match &bytes[at..at + 2] {
            b"//" => at += bytes[at..end].iter().position(|byte| *byte == b'\n')?,
            b"/*" => match bytes[at + 2..end].windows(2).position(|two| two == b"*/") {
                Some(length) => at += length + 4,
                None => return Some(at),
            },
            _ => at += 1,
        }
    }
    None
}
