//! Names that a list of parameters or a destructuring pattern declares, by tokens alone.

use crate::scan::{Kind, Scanner, skip_trivia};

/// The places of the names that `bytes[start..end]`, a pattern or parameters without their brackets, declares.
pub(super) fn names(bytes: &[u8], start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut scanner = Scanner::new(bytes, start, end);
    let mut found = Vec::new();
    // A default or a type is passed over until its comma: the depth that it ends at, and how many `<` are open in it.
    let mut passing: Option<(usize, i32)> = None;
    loop {
        let depth = scanner.open.len();
        let in_braces = scanner.open.last().is_some_and(|open| open.byte == b'{');
        let token = scanner.next();
        if token.kind == Kind::End {
            return found;
        }
        let text = &bytes[token.start..token.end];
        if let Some((until, angles)) = &mut passing {
            match text {
                b"<" => *angles += 1,
                b">" => *angles -= 1,
                b">>" => *angles -= 2,
                _ => {}
            }
            let over = depth == *until && text == b"," && *angles <= 0 || scanner.open.len() < *until;
            let is_default = depth == *until && text == b"=" && *angles <= 0;
            if over {
                passing = None;
            } else if is_default {
                *angles = 0;
            }
            continue;
        }
        match (token.kind, text) {
            (Kind::Word, b"this" | b"public" | b"private" | b"protected" | b"readonly") => {}
            (Kind::Word, _) => {
                let (next, _) = skip_trivia(bytes, token.end, end);
                let is_key = in_braces && next < end && bytes[next] == b':';
                if !is_key {
                    found.push((token.start, token.end));
                }
            }
            (_, b"=") => passing = Some((depth, 0)),
            (_, b":") if !in_braces => passing = Some((depth, 0)),
            _ => {}
        }
    }
}
