//! A rough look at TypeScript that is known to be right: where its strings, literals, comments and brackets are.
//!
//! Written apart from the compiler's own lexer, so that the tests do not believe it. Refuses to be clever about a `/`: one that
//! follows a value divides.

use std::ops::Range;

/// Something that can be broken. All offsets count from the start of the file.
#[derive(Debug)]
pub(crate) enum Piece {
    /// A string with its quotes.
    String { start: usize, end: usize },
    /// A template literal with its backticks.
    Backticks { start: usize, end: usize },
    /// `/* ... */`.
    Comment { start: usize, end: usize },
    /// A pair of brackets.
    Brackets { open: usize, close: usize },
}

/// All pieces of the code in `range`, what stands in `holes` left out.
pub(crate) fn pieces(text: &str, range: Range<usize>, holes: &[Range<usize>]) -> Vec<Piece> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    // An opener with its offset; a backtick stands for a literal, and `$` for a substitution in it.
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut value = false;
    let mut at = range.start;
    while at < range.end {
        if let Some(hole) = holes.iter().find(|hole| hole.contains(&at)) {
            at = hole.end;
            value = true;
            continue;
        }
        if matches!(open.last(), Some((b'`', _))) {
            match bytes[at] {
                b'\\' => at += 1,
                b'`' => {
                    let start = open.pop().map_or(at, |(_, start)| start);
                    found.push(Piece::Backticks { start, end: at + 1 });
                    value = true;
                }
                b'$' if bytes.get(at + 1) == Some(&b'{') => {
                    at += 1;
                    open.push((b'$', at));
                    value = false;
                }
                _ => {}
            }
            at += 1;
            continue;
        }
        let byte = bytes[at];
        match byte {
            b'/' if bytes.get(at + 1) == Some(&b'/') => at = find(text, at, "\n").min(range.end),
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let end = find(text, at + 2, "*/") + 2;
                found.push(Piece::Comment { start: at, end });
                at = end - 1;
            }
            b'/' if !value => {
                at = regex_end(bytes, at);
                value = true;
            }
            b'"' | b'\'' => {
                let start = at;
                at += 1;
                while bytes[at] != byte {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
                found.push(Piece::String { start, end: at + 1 });
                value = true;
            }
            b'`' => open.push((b'`', at)),
            b'(' | b'[' | b'{' => {
                open.push((byte, at));
                value = false;
            }
            b')' | b']' | b'}' => {
                if let Some((opener, start)) = open.pop()
                    && opener != b'$'
                {
                    found.push(Piece::Brackets { open: start, close: at });
                }
                value = true;
            }
            byte if byte.is_ascii_whitespace() => {}
            byte if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.') || byte >= 0x80 => {
                let start = at;
                while at + 1 < range.end && (bytes[at + 1].is_ascii_alphanumeric() || bytes[at + 1] == b'_') {
                    at += 1;
                }
                value =
                    !matches!(&text.as_bytes()[start..=at], b"return" | b"typeof" | b"await" | b"of" | b"in");
            }
            _ => value = false,
        }
        at += 1;
    }
    found
}

fn find(text: &str, from: usize, what: &str) -> usize {
    text[from..].find(what).map_or(text.len(), |at| from + at)
}

fn regex_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut class) = (start + 1, false);
    while at < bytes.len() && (class || bytes[at] != b'/') {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => class = true,
            b']' => class = false,
            _ => {}
        }
        at += 1;
    }
    at
}
