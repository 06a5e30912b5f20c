//! What a misspelt name probably means: near misses, and names that inner scopes seem to declare, read off the text around a use.
//!
//! Guesses for suggestions, never for a verdict.

use velox_diagnostics::nearest;

/// The candidate nearest to a name. Of several as near, one that begins with the same letter in the same case.
pub(super) fn nearest_alike<'a, I: Iterator<Item = &'a str>>(
    name: &str,
    candidates: &dyn Fn() -> I,
) -> Option<&'a str> {
    let alike = |other: &&str| other.as_bytes().first() == name.as_bytes().first();
    nearest(name, candidates().filter(alike).chain(candidates().filter(|other| !alike(other))))
}

/// Words of the code that stand where a parameter, pattern or declaration has its names; in order, some more than once.
pub(super) fn binders(code: &str) -> impl Iterator<Item = &str> {
    let bytes = code.as_bytes();
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$') || byte >= 0x80;
    let mut at = 0;
    let mut declares = false;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            if !is_word(bytes[at]) {
                at += 1;
                continue;
            }
            let start = at;
            while at < bytes.len() && is_word(bytes[at]) {
                at += 1;
            }
            let word = &code[start..at];
            let declared = std::mem::replace(
                &mut declares,
                matches!(word, "const" | "let" | "var" | "function" | "class" | "catch"),
            );
            let after = code[at..].trim_start();
            let before = code[..start].trim_end().as_bytes().last().copied();
            let opens = declared || matches!(before, None | Some(b'(' | b'{' | b'[' | b','));
            let closes = matches!(after.as_bytes().first(), Some(b',' | b')' | b'}' | b']' | b'=' | b':'))
                || after.starts_with("of ")
                || after.starts_with("in ")
                || declared;
            if opens && closes && !declares && !word.as_bytes()[0].is_ascii_digit() {
                return Some(word);
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::binders;

    #[test]
    fn parameters_patterns_and_declarations() {
        let code = "const { a, b: c } = x; list.map((post, at) => post.title); for (const key of keys) { let deep; }";
        let found: Vec<&str> = binders(code).collect();
        for name in ["a", "b", "post", "at", "key", "deep"] {
            assert!(found.contains(&name), "{name} in {found:?}");
        }
        for name in ["title", "map", "const", "of"] {
            assert!(!found.contains(&name), "{name} in {found:?}");
        }
    }
}
