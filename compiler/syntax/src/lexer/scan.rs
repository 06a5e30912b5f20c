//! Short walks over bytes that the modes need: where a name, a string, a regular expression, a fence line ends.
//!
//! Refuses to hold state or report anything. Each walk is bounded by a line, by a limit, or by what it consumes.

use super::bytes;

/// How far type arguments may reach; a longer `<...>` is not taken for them.
const TYPE_ARGUMENTS_LIMIT: usize = 1024;
/// How far the parameters of an arrow function may reach.
const PARAMETERS_LIMIT: usize = 2048;
/// How deep type arguments may nest.
const TYPE_ARGUMENTS_DEPTH: usize = 16;

/// Whether a tag name begins at `at`.
pub(crate) fn is_name_start(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$'),
        Some(_) => text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic),
        None => false,
    }
}

/// The end of the tag name that begins at `at`; `at` where none does.
pub(crate) fn name_end(text: &str, at: usize) -> usize {
    if !is_name_start(text, at) {
        return at;
    }
    bytes::run_end(text.as_bytes(), at, bytes::NAME)
}

/// The first place at or after `at` that is no white space.
pub(crate) fn skip_space(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().position(|byte| !byte.is_ascii_whitespace()).map_or(bytes.len(), |length| at + length)
}

/// The end of what stands before `at`, white space left out, but not before `from`.
pub(crate) fn trim_end(bytes: &[u8], from: usize, at: usize) -> usize {
    bytes[from..at].iter().rposition(|byte| !byte.is_ascii_whitespace()).map_or(from, |last| from + last + 1)
}

/// The end of the line that holds `at`, its line break left out.
pub(crate) fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes[at..]
        .iter()
        .position(|byte| matches!(byte, b'\n' | b'\r'))
        .map_or(bytes.len(), |length| at + length)
}

/// How many blanks stand between the beginning of the line and `at`; nothing where anything else does.
pub(crate) fn indentation(bytes: &[u8], at: usize) -> Option<usize> {
    let blanks = bytes[..at].iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let start = at - blanks;
    (start == 0 || matches!(bytes[start - 1], b'\n' | b'\r')).then_some(blanks)
}

/// The start of the line after `end`, where `end` is what [`line_end`] gave.
pub(crate) fn after_line_break(bytes: &[u8], end: usize) -> usize {
    match bytes.get(end) {
        Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => end + 2,
        Some(b'\r' | b'\n') => end + 1,
        _ => end,
    }
}

/// Whether the line that begins at `at` is a fence: `---`, then blanks at most. `at` must be the start of a line.
pub(crate) fn is_fence_line(bytes: &[u8], at: usize) -> bool {
    bytes[at..].starts_with(b"---")
        && bytes[at + 3..]
            .iter()
            .find(|byte| !matches!(byte, b' ' | b'\t'))
            .is_none_or(|byte| matches!(byte, b'\n' | b'\r'))
}

/// Where a quoted string of TypeScript ends.
pub(crate) struct StringEnd {
    /// After the quote, or the line's end where there is none.
    pub(crate) end: usize,
    /// Whether the quote was there.
    pub(crate) closed: bool,
    /// Whether it holds a `}` that no `{` in it opened, and then a `{` or `<`: what a string swallows whose own quote is
    /// missing.
    pub(crate) suspicious: bool,
}

/// Walks over the string whose opening quote stands at `start`.
pub(crate) fn string_end(bytes: &[u8], start: usize) -> StringEnd {
    let quote = bytes[start];
    let mut at = start + 1;
    let mut depth = 0i32;
    let mut suspicious = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if bytes.get(at + 1) == Some(&b'\r') && bytes.get(at + 2) == Some(&b'\n') => at += 2,
            b'\\' => at += 1,
            b'\n' | b'\r' => return StringEnd { end: at, closed: false, suspicious },
            b'{' if depth >= 0 => depth += 1,
            b'}' if depth >= 0 => depth -= 1,
            b'{' | b'<' => suspicious |= depth < 0,
            byte if *byte == quote => return StringEnd { end: at + 1, closed: true, suspicious },
            _ => {}
        }
        at += 1;
    }
    StringEnd { end: bytes.len(), closed: false, suspicious }
}

/// Where a literal or comment that nothing closes is taken to end: at the first `}` or `</` on its line, else with the line;
/// in a tag at its end as well.
pub(crate) fn strict_end(bytes: &[u8], from: usize, in_tag: bool) -> usize {
    let stops = |at: &usize| match bytes[*at] {
        b'}' | b'\n' | b'\r' => true,
        b'<' => bytes.get(at + 1) == Some(&b'/'),
        b'>' => in_tag && !matches!(bytes[at - 1], b'=' | b' '),
        _ => false,
    };
    let end = (from..bytes.len()).find(stops).unwrap_or(bytes.len());
    let self_closing = bytes.get(end) == Some(&b'>') && end > from && bytes[end - 1] == b'/';
    if self_closing { end - 1 } else { end }
}

/// The end of the regular expression whose `/` stands at `start`, flags left out; where its line does not close it, how much
/// was looked at.
pub(crate) fn regex_end(bytes: &[u8], start: usize) -> Result<usize, usize> {
    let mut class = false;
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\n' | b'\r' => break,
            b'\\' if !matches!(bytes.get(at + 1), Some(b'\n' | b'\r')) => at += 1,
            b'[' => class = true,
            b']' => class = false,
            b'/' if !class => return Ok(at + 1),
            _ => {}
        }
        at += 1;
    }
    Err(at - start)
}

/// The end of the type arguments whose `<` stands at `start`: `<string, Record<'a', () => void>>`.
pub(crate) fn type_arguments_end(bytes: &[u8], start: usize) -> Option<usize> {
    let (mut angles, mut others) = (0usize, 0usize);
    let limit = bytes.len().min(start + TYPE_ARGUMENTS_LIMIT);
    let mut at = start;
    while at < limit {
        match bytes[at] {
            b'<' if matches!(bytes.get(at + 1), Some(b'/' | b'!')) => return None,
            b'<' => angles += 1,
            b'>' if at > start && bytes[at - 1] == b'=' => {}
            b'>' => {
                angles -= 1;
                if angles == 0 {
                    return (others == 0).then_some(at + 1);
                }
            }
            b'(' | b'[' | b'{' => others += 1,
            b')' | b']' | b'}' => others = others.checked_sub(1)?,
            b'"' | b'\'' => {
                let string = string_end(bytes, at);
                if !string.closed {
                    return None;
                }
                at = string.end - 1;
            }
            byte if byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || byte >= 0x80 => {}
            b'_' | b'$' | b',' | b'.' | b'|' | b'&' | b'?' | b':' | b'=' | b'-' | b';' => {}
            _ => return None,
        }
        if angles > TYPE_ARGUMENTS_DEPTH {
            return None;
        }
        at += 1;
    }
    None
}

/// Whether the `<` at `start` begins type parameters rather than an element, as TypeScript decides it where elements may
/// stand: `<T,>`, `<T extends X>`, `<T = X,>`, `<const T,>`.
pub(crate) fn begins_type_parameters(text: &str, start: usize) -> bool {
    let bytes = text.as_bytes();
    let end = name_end(text, start + 1);
    let next = skip_space(bytes, end);
    match bytes.get(next) {
        Some(b',' | b'=') => return true,
        Some(_) if next > end => {}
        _ => return false,
    }
    let word_end = name_end(text, next);
    let after = skip_space(bytes, word_end);
    match &bytes[next..word_end] {
        b"extends" => !matches!(bytes.get(after), Some(b'=' | b'>' | b'/') | None),
        _ if &bytes[start + 1..end] == b"const" => {
            bytes.get(after) == Some(&b',') || (after > word_end && bytes[after..].starts_with(b"extends"))
        }
        _ => false,
    }
}

/// Whether an arrow function goes on at the `(` at `at`: its parameters, perhaps a type, and `=>`. Text of an element never
/// looks like that in a module, where it may hold no `>`.
pub(crate) fn continues_arrow_function(bytes: &[u8], at: usize) -> bool {
    let mut depth = 0usize;
    let mut at = at;
    let limit = bytes.len().min(at + PARAMETERS_LIMIT);
    while at < limit {
        match bytes[at] {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' | b'\'' => at = string_end(bytes, at).end - 1,
            b'<' if bytes.get(at + 1) == Some(&b'/') => return false,
            b';' if depth == 0 => return false,
            b'=' if depth == 0 => return bytes.get(at + 1) == Some(&b'>'),
            _ => {}
        }
        at += 1;
    }
    false
}

/// The attribute-like `name=` (then a quote, brace or backtick) that stands at `at` after white space: where a value that
/// lost its quote most likely ended.
pub(crate) fn begins_attribute(bytes: &[u8], at: usize) -> bool {
    let word =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b':' | b'@' | b'.' | b'-');
    let length = bytes[at..].iter().take_while(|byte| word(byte)).count();
    length > 0
        && bytes.get(at + length) == Some(&b'=')
        && matches!(bytes.get(at + length + 1), Some(b'"' | b'\'' | b'{' | b'`'))
}

/// Whether `value` ends like `... name=`, which is what an attribute value swallows whose own quote is missing.
pub(crate) fn ends_in_attribute(value: &[u8]) -> bool {
    let Some((b'=', rest)) = value.split_last() else { return false };
    let name = rest
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'-'))
        .count();
    name > 0 && rest.len() > name && rest[rest.len() - name - 1].is_ascii_whitespace()
}

/// Whether `bytes` hold a tag: `<` and a letter or `/`.
pub(crate) fn holds_tag(bytes: &[u8]) -> bool {
    bytes.windows(2).any(|pair| pair[0] == b'<' && (pair[1].is_ascii_alphabetic() || pair[1] == b'/'))
}

/// Whether the byte at `at` goes on with a word or begins a literal: what never follows a literal in TypeScript.
pub(crate) fn continues_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|byte| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'_' | b'$' | b'"' | b'\'' | b'{' | b'\\' | b'#' | b'@')
            || *byte >= 0x80
    })
}
