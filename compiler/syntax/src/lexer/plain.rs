//! Holes without elements, comments and regular expressions, as nearly all are: they are walked over to their `}` at once.
//!
//! A walk that meets anything else, a bracket that nothing opened, or what may be a mistake, changes nothing, and the hole is read
//! as code (`code.rs`). Where it arrives, that would have made one token too, and reported nothing: what code keeps for going
//! back is dropped with the hole. Refuses to tell values from operators.

use super::Lexer;
use super::bytes::{LITERAL, PLAIN, run_end};
use super::frames::Home;
use super::scan;
use super::token::{GroupId, Kind};

/// So many brackets may be open in such a hole.
const DEPTH: usize = 16;

/// An opening that awaits its closing byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opening {
    Parenthesis,
    Bracket,
    Brace,
    Substitution,
}

impl Lexer<'_> {
    /// Reads the hole whose brace stands at `open` and whose code begins at [`Lexer::pos`]. False where it has to be read as code.
    pub(super) fn plain_hole(&mut self, home: Home, open: usize) -> bool {
        let start = self.pos;
        let Some(close) = plain_code_end(self.bytes, start, home == Home::Attribute) else { return false };
        let last = last_in_code(self.bytes, start, close);
        self.code_end = start;
        if let Some(last) = last {
            self.significant = last + 1;
            self.code_end = last + 1;
        }
        self.pos = close + 1;
        let kind = if last.is_some() { Kind::Hole } else { Kind::EmptyHole };
        self.push_hole(kind, home, open, close + 1, GroupId::NONE);
        true
    }
}

/// The last byte of code without comments that is no white space.
pub(crate) fn last_in_code(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c);
    bytes[start..end].iter().rposition(|byte| !is_space(byte)).map(|last| start + last)
}

/// Where the `}` stands that ends the plain code which begins at `start`.
pub(crate) fn plain_code_end(bytes: &[u8], start: usize, in_tag: bool) -> Option<usize> {
    walk(bytes, start, in_tag, &mut [Opening::Brace; DEPTH], 0, false)
}

/// The end of a template literal whose text begins at `start`, behind its backtick, if all code in it is plain.
pub(crate) fn plain_literal_end(bytes: &[u8], start: usize, in_tag: bool) -> Option<usize> {
    let mut openings = [Opening::Brace; DEPTH];
    let (at, depth) = literal(bytes, start, &mut openings, 0)?;
    if depth == 0 { Some(at) } else { walk(bytes, at, in_tag, &mut openings, depth, true) }
}

/// Walks over code, from `at` on, in which `depth` openings await their end: to the `}` that ends it, or, if it stands in a
/// literal, to the end of that.
fn walk(
    bytes: &[u8],
    at: usize,
    in_tag: bool,
    openings: &mut [Opening; DEPTH],
    mut depth: usize,
    in_literal: bool,
) -> Option<usize> {
    let mut at = at;
    loop {
        at = run_end(bytes, at, PLAIN);
        let opening = match *bytes.get(at)? {
            b'}' if depth == 0 => return Some(at),
            // Behind an `=` it may be the value of an attribute, which the hole before lost its brace to.
            b'"' | b'\'' | b'{' | b'`' if in_tag && bytes[at - 1] == b'=' => return None,
            b'"' | b'\'' => {
                let string = scan::string_end(bytes, at);
                if !string.closed || string.suspicious {
                    return None;
                }
                at = string.end;
                continue;
            }
            b'`' => {
                (at, depth) = literal(bytes, at + 1, openings, depth)?;
                continue;
            }
            b'(' => Opening::Parenthesis,
            b'[' => Opening::Bracket,
            b'{' => Opening::Brace,
            closing @ (b')' | b']' | b'}') => {
                depth = depth.checked_sub(1)?;
                at += 1;
                match (closing, openings[depth]) {
                    (b')', Opening::Parenthesis) | (b']', Opening::Bracket) | (b'}', Opening::Brace) => {}
                    (b'}', Opening::Substitution) => {
                        (at, depth) = literal(bytes, at, openings, depth)?;
                        if depth == 0 && in_literal {
                            return Some(at);
                        }
                    }
                    _ => return None,
                }
                continue;
            }
            // In a tag one that is no arrow may be the tag's own.
            b'>' if !in_tag || is_arrow(bytes, at) => {
                at += 1;
                continue;
            }
            b'<' if matches!(bytes.get(at + 1), Some(b' ' | b'\n' | b'=')) => {
                at += 1;
                continue;
            }
            _ => return None,
        };
        *openings.get_mut(depth)? = opening;
        depth += 1;
        at += 1;
    }
}

/// Walks over the text of a template literal from `at` on, behind its backtick or into its next substitution: gives where, and how
/// many openings there are then.
fn literal(bytes: &[u8], at: usize, openings: &mut [Opening; DEPTH], depth: usize) -> Option<(usize, usize)> {
    let mut at = at;
    loop {
        at = run_end(bytes, at, LITERAL);
        match *bytes.get(at)? {
            b'`' => return Some((at + 1, depth)),
            b'$' if bytes.get(at + 1) == Some(&b'{') => {
                *openings.get_mut(depth)? = Opening::Substitution;
                return Some((at + 2, depth + 1));
            }
            b'$' => at += 1,
            b'\\' => at += 2,
            _ => return None,
        }
    }
}

fn is_arrow(bytes: &[u8], at: usize) -> bool {
    bytes[at - 1] == b'=' && !matches!(bytes[at - 2], b'=' | b'<' | b'>' | b'!')
}

#[cfg(test)]
mod tests {
    use crate::lexer::{Dialect, lex};
    use proptest::prelude::*;

    const PIECES: &[&str] = &[
        "a", "b ", ".", " ", "\n", "1", "'s'", "\"t\"", "'", "\"", "`", "${", "{", "}", "(", ")", "[", "]",
        "=", "=>", ">", "< ", "<=", "<", "<b", "\\", "$", "//", "/", ",", ";", "!", "?", ":", "é", "\u{b}",
        "\0", "`x${a}y`", "a=", "-", "'}{'",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(6000))]

        /// A hole that is walked over makes the tokens that its code makes; a comment in front makes it be read as code.
        #[test]
        fn a_plain_hole_is_read_as_its_code_is(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..8),
            around in prop::sample::select(&[("<p>", "}</p>"), ("<p a=", "} b='c'>d"), ("<p ", "}/>")][..]),
        ) {
            let (before, after) = around;
            let code = pieces.concat();
            let plain = format!("{before}{{{code}{after}");
            let commented = format!("{before}{{/**/{code}{after}");
            let inside = before.len() as u32 + 1;
            // Any other is read as code in both.
            if super::plain_code_end(plain.as_bytes(), inside as usize, before != "<p>").is_none() {
                return Ok(());
            }
            let moved = |at: u32| if at < inside { at } else { at + 4 };
            let (plain, commented) = (lex(&plain, Dialect::Template), lex(&commented, Dialect::Template));
            let found: Vec<_> = plain.tokens.iter().map(|token| (token.kind, moved(token.start), moved(token.end))).collect();
            let expected: Vec<_> = commented.tokens.iter().map(|token| (token.kind, token.start, token.end)).collect();
            prop_assert_eq!(found, expected, "{:?}", code);
            prop_assert_eq!(plain.problems.len(), commented.problems.len(), "{:?}", code);
        }
    }
}
