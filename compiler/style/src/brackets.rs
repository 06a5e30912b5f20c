//! Looks at the brackets of a style sheet before it is parsed.
//!
//! The parser closes what is open at the end without a word, as CSS has it, and it recurses into brackets: so an
//! unclosed `{` and a nesting without end are found here. Nothing is parsed.

use crate::StyleProblem;
use velox_diagnostics::Span;

/// How deep brackets may be nested. Written CSS stays below ten; the parser's frames are large.
pub(crate) const LIMIT: usize = 64;

/// What the brackets of a text say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Brackets {
    /// They close.
    Closed,
    /// Something is open at the end of the text.
    Open(StyleProblem),
    /// They are nested too deeply to be parsed.
    TooDeep(StyleProblem),
}

/// Strings and comments are left out, escapes are honoured, and a bracket is closed by its own kind alone.
pub(crate) fn look(css: &str) -> Brackets {
    let bytes = css.as_bytes();
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 1,
            b'/' if bytes.get(at + 1) == Some(&b'*') => match css[at + 2..].find("*/") {
                Some(length) => at += 2 + length + 1,
                None => return Brackets::Open(problem(at, 2, "this comment is never closed with `*/`")),
            },
            quote @ (b'"' | b'\'') => at = after_string(bytes, at, quote),
            bracket @ (b'{' | b'(' | b'[') => {
                open.push((at, bracket));
                if open.len() > LIMIT {
                    let message = format!("brackets are nested more than {LIMIT} levels deep");
                    return Brackets::TooDeep(problem(at, 1, &message));
                }
            }
            bracket @ (b'}' | b')' | b']')
                if open.last().is_some_and(|(_, open)| closing(*open) == bracket) =>
            {
                open.pop();
            }
            _ => {}
        }
        at += 1;
    }
    match open.last() {
        Some((at, bracket)) => {
            let message =
                format!("this `{}` is never closed with `{}`", *bracket as char, closing(*bracket) as char);
            Brackets::Open(problem(*at, 1, &message))
        }
        None => Brackets::Closed,
    }
}

fn problem(at: usize, length: usize, message: &str) -> StyleProblem {
    StyleProblem { span: Span::from(at..at + length), message: message.to_owned() }
}

fn closing(bracket: u8) -> u8 {
    match bracket {
        b'{' => b'}',
        b'(' => b')',
        _ => b']',
    }
}

/// The place of the closing quote, or of the line end that ends a broken string.
fn after_string(bytes: &[u8], open: usize, quote: u8) -> usize {
    let mut at = open + 1;
    while at < bytes.len() && bytes[at] != quote && !matches!(bytes[at], b'\n' | b'\r' | b'\x0c') {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_brackets_that_count_are_counted() {
        let (opened, closed) = ("(".repeat(LIMIT), ")".repeat(LIMIT));
        assert_eq!(look(&format!("{opened}{closed}")), Brackets::Closed);
        assert!(
            matches!(look(&format!("{opened}[")), Brackets::TooDeep(found) if found.span.start == LIMIT as u32)
        );
        assert_eq!(look(&format!("/*{opened}{opened}*/ '{opened}' \\({opened}{closed}")), Brackets::Closed);
        assert_eq!(look(&"{}".repeat(1000)), Brackets::Closed);
        for odd in ["'", "\\", "'\\", "\"é\\é", "}", "a'\n'b"] {
            assert_eq!(look(odd), Brackets::Closed, "{odd}");
        }
    }

    #[test]
    fn the_innermost_open_bracket_is_named() {
        let open = |css| match look(css) {
            Brackets::Open(problem) => (problem.span.start, problem.message),
            other => panic!("{css}: {other:?}"),
        };
        assert_eq!(open("a { b { c: d }"), (2, "this `{` is never closed with `}`".to_owned()));
        assert_eq!(open("a { b: rgb(1 } c {}"), (10, "this `(` is never closed with `)`".to_owned()));
        assert_eq!(open("a {} /* é"), (5, "this comment is never closed with `*/`".to_owned()));
    }
}
