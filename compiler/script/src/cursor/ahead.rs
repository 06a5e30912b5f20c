//! What stands behind the offset: keys of the object that it is in, what a pattern takes apart, the specifier of an import.
//! No more than a stretch of it is looked at.

use crate::scan::{Kind, Scanner};

/// How many tokens are looked at.
const TOKENS: usize = 2_000;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Ahead {
    /// Words that stand where keys do, up to the closing bracket.
    pub(super) keys: Vec<String>,
    /// The chain of names behind `=`.
    pub(super) of: Vec<String>,
    /// The string behind `from`.
    pub(super) specifier: Option<String>,
}

/// Reads on from `from`, which is at the end of a token in the braces that are read; `colons` tells whether a key needs one.
pub(super) fn look(bytes: &[u8], from: usize, colons: bool) -> Ahead {
    let mut scanner = Scanner::new(bytes, from, bytes.len());
    let mut ahead = Ahead::default();
    let mut word: Option<String> = None;
    let mut at_key = false;
    for _ in 0..TOKENS {
        let depth = scanner.open.len();
        let token = scanner.next();
        let text = &bytes[token.start..token.end];
        match token.kind {
            Kind::End => return ahead,
            _ if depth > 0 => {}
            Kind::Word if at_key => word = Some(String::from_utf8_lossy(text).into_owned()),
            // What is typed now may lack its comma: a statement begins.
            Kind::Word if token.newline && matches!(text, b"const" | b"export" | b"import" | b"function") => {
                return ahead;
            }
            Kind::String if at_key && text.len() >= 2 => {
                word = Some(String::from_utf8_lossy(&text[1..text.len() - 1]).into_owned());
            }
            Kind::Punctuator => match text {
                b"," => {
                    if let Some(word) = word.take().filter(|_| at_key && !colons) {
                        ahead.keys.push(word);
                    }
                    at_key = true;
                    continue;
                }
                b":" => ahead.keys.extend(word.take()),
                b"}" => {
                    if let Some(word) = word.take().filter(|_| at_key && !colons) {
                        ahead.keys.push(word);
                    }
                    behind(bytes, &mut scanner, &mut ahead);
                    return ahead;
                }
                _ => word = None,
            },
            _ => word = None,
        }
        at_key = at_key && word.is_some();
    }
    ahead
}

/// Reads what follows the closing brace: `= params.x`, `from 'x'`.
fn behind(bytes: &[u8], scanner: &mut Scanner<'_>, ahead: &mut Ahead) {
    let token = scanner.next();
    match &bytes[token.start..token.end] {
        b"from" => {
            let token = scanner.next();
            let text = &bytes[token.start..token.end];
            if token.kind == Kind::String && token.closed && text.len() >= 2 {
                ahead.specifier = Some(String::from_utf8_lossy(&text[1..text.len() - 1]).into_owned());
            }
        }
        b"=" => loop {
            let token = scanner.next();
            if token.kind != Kind::Word || ahead.of.len() > 8 {
                ahead.of.clear();
                return;
            }
            ahead.of.push(String::from_utf8_lossy(&bytes[token.start..token.end]).into_owned());
            let mut dot = scanner.clone();
            let next = dot.next();
            match &bytes[next.start..next.end] {
                b"." | b"?." => *scanner = dot,
                b"(" | b"[" | b"`" => {
                    ahead.of.clear();
                    return;
                }
                _ => return,
            }
        },
        _ => {}
    }
}
