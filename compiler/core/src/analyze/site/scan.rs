//! Reads of code what facts do not hold: whether a call has more arguments, and which strings look like paths.
//!
//! Knows brackets, strings and nothing else of TypeScript. Whoever asks is silent where the answer is wrong.

use super::glob::Glob;
use velox_diagnostics::Span;

/// Whether the call of the name that ends at `at` has a second argument, or a spread.
pub(crate) fn has_more_arguments(text: &str, at: u32) -> bool {
    let Some(rest) = text.get(at as usize..) else { return true };
    let Some(open) = rest.find('(') else { return true };
    let bytes = &rest.as_bytes()[open + 1..];
    let code = rest[open + 1..].trim_start();
    if code.starts_with("...") {
        return true;
    }
    let mut depth = 0u32;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\'' | b'"' | b'`' => at = after_string(bytes, at).saturating_sub(1),
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' if depth == 0 => return false,
            b')' | b']' | b'}' => depth -= 1,
            b',' if depth == 0 => {
                let rest = rest[open + 1 + at + 1..].trim_start();
                return !rest.starts_with(')');
            }
            _ => {}
        }
        at += 1;
    }
    true
}

/// Where the string that begins at `at` ends: after its quote.
fn after_string(bytes: &[u8], at: usize) -> usize {
    let quote = bytes[at];
    let mut at = at + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            byte if *byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

/// Strings of this length at most are looked at.
const LONGEST: usize = 400;

/// Strings that look like absolute paths, those in comments and in `quiet` places aside. Sorted, each once.
pub(super) fn mentions(text: &str, quiet: &[Span]) -> Vec<Glob> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut quiet: Vec<Span> = quiet.to_vec();
    quiet.sort_unstable_by_key(|span| span.start);
    let mut passed = 0;
    let mut quiet_until = 0;
    for at in quotes(bytes) {
        while let Some(span) = quiet.get(passed).filter(|span| span.start as usize <= at) {
            quiet_until = quiet_until.max(span.end as usize);
            passed += 1;
        }
        let quote = bytes[at];
        if at < quiet_until
            || bytes.get(at + 1) != Some(&b'/')
            || bytes.get(at + 2) == Some(&b'/')
            || in_comment(text, at)
        {
            continue;
        }
        found.extend(string(text, at + 1, quote));
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn quotes(bytes: &[u8]) -> impl Iterator<Item = usize> {
    memchr::memchr3_iter(b'\'', b'"', b'`', bytes)
}

/// Whether a place is behind `//`, or in a line of a `/* */` comment. Lines of minified code are too long to hold comments.
fn in_comment(text: &str, at: usize) -> bool {
    let window = &text.as_bytes()[at.saturating_sub(LONGEST)..at];
    let start = window.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    let before = window[start..].trim_ascii_start();
    let begins = |mark: &[u8]| before.starts_with(mark);
    begins(b"* ") || begins(b"/*") || begins(b"//") || before.windows(3).any(|bytes| bytes == b" //")
}

/// The string whose text begins at `start`, up to its quote.
fn string(text: &str, start: usize, quote: u8) -> Option<Glob> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut piece = start;
    let mut at = start;
    while at < start + LONGEST {
        match bytes.get(at)? {
            byte if *byte == quote => {
                pieces.push(text.get(piece..at)?.to_owned());
                return Some(Glob::new(pieces));
            }
            b'\\' | b'\n' | b'\r' | b'<' => return None,
            b'$' if quote == b'`' && bytes.get(at + 1) == Some(&b'{') => {
                pieces.push(text.get(piece..at)?.to_owned());
                let mut depth = 0u32;
                at += 1;
                loop {
                    match bytes.get(at)? {
                        b'{' => depth += 1,
                        b'}' if depth == 1 => break,
                        b'}' => depth = depth.checked_sub(1)?,
                        _ => {}
                    }
                    at += 1;
                    if at > start + LONGEST {
                        return None;
                    }
                }
                piece = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_counted_over_brackets_and_strings() {
        let table = [
            ("fetch(url)", false),
            ("fetch(url,)", false),
            ("fetch(url, options)", true),
            ("fetch(a(b, c))", false),
            ("fetch(`x,${y}` + ',')", false),
            ("fetch<A>(u([1, 2]), x)", true),
            ("fetch(...all)", true),
            ("fetch(", true),
        ];
        for (text, more) in table {
            assert_eq!(has_more_arguments(text, 5), more, "{text}");
        }
    }

    #[test]
    fn strings_that_look_like_paths_are_mentions() {
        let check = |text: &str| mentions(text, &[]).iter().map(Glob::shown).collect::<Vec<_>>().join(" ");
        assert_eq!(check("{ href: '/about', x: \"/b\" }"), "/about /b");
        assert_eq!(check("`/blog/${post({ a: 1 }).slug}/edit`"), "/blog/${…}/edit");
        assert_eq!(check("// see '/about'\n * '/b'\nconst x = '//host/c';"), "");
        assert_eq!(check("<a href=\"/x\">it's</a> '/never\n closed"), "/x");
    }
}
