//! Parses a broken module statement by statement, so that one broken statement hurts no other.
//!
//! Cuts only where a statement surely begins: at the start of a line, outside of brackets, after a token that can end a
//! statement. Refuses to repair code.

use crate::{
    ScriptProblem,
    messages::{self, Place},
    parse::{self, Parsed},
    scan::{Kind, Open, Scanner},
    unclosed::culprit,
};
use swc_common::Spanned;
use swc_ecma_parser::error::Error;
use velox_diagnostics::Span;

/// Words that begin a statement, and stand at the start of a line only if they do: a bracket left open before them is
/// closed for good.
const STARTS: &[&str] = &[
    "import",
    "export",
    "const",
    "let",
    "var",
    "function",
    "class",
    "interface",
    "type",
    "enum",
    "async",
    "declare",
    "namespace",
    "abstract",
    "return",
    "if",
    "for",
    "throw",
    "try",
    "switch",
];

/// Words with which a line goes on with the statement before it.
const CONTINUES: &[&str] = &[
    "else",
    "catch",
    "finally",
    "while",
    "of",
    "in",
    "instanceof",
    "as",
    "satisfies",
    "extends",
    "implements",
    "from",
];

/// What could be parsed, and one problem for each piece that could not. `whole` is the attempt to parse all at once.
pub(crate) fn parse_pieces(code: &str, text: &str, whole: &Parsed) -> (Vec<Parsed>, Vec<ScriptProblem>) {
    let cuts = cuts(code);
    let mut good = Vec::new();
    let mut problems = Vec::new();
    let mut index = 0;
    while index + 1 < cuts.len() {
        let (start, end) = (cuts[index], cuts[index + 1]);
        index += 1;
        let parsed = parse::parse(&code[start..end], start as i64);
        if parsed.module.is_some() {
            good.push(parsed);
            continue;
        }
        // The cut may have been wrong: then the piece is good together with the next one.
        if let Some(&further) = cuts.get(index + 1)
            && further - start < 20_000
        {
            let both = parse::parse(&code[start..further], start as i64);
            if both.module.is_some() && both.errors.is_empty() {
                good.push(both);
                index += 1;
                continue;
            }
        }
        problems.extend(problem(&parsed, code, text, start, end));
    }
    // Cut in pieces all may be well: then what is wrong is what the pieces were to each other.
    if problems.is_empty()
        && good.iter().all(|piece| piece.errors.is_empty())
        && let Some(error) = whole.errors.last()
    {
        problems.push(explain(error, code, text, Span::new(0, text.len() as u32)));
    }
    (good, problems)
}

/// The problem of a piece that could not be parsed.
fn problem(parsed: &Parsed, code: &str, text: &str, start: usize, end: usize) -> Option<ScriptProblem> {
    if let Some(at) = parsed.too_deep {
        return Some(messages::too_deep(at));
    }
    parsed.errors.last().map(|error| explain(error, code, text, Span::new(start as u32, end as u32)))
}

/// Words an error of a module, with the brackets that are open where it stands.
pub(crate) fn explain(error: &Error, code: &str, text: &str, region: Span) -> ScriptProblem {
    let (start, end) = (region.start as usize, region.end as usize);
    let at = (parse::offset(error.span_lo()) as usize).clamp(start, end);
    let trimmed = start + code[start..end].trim_end().len();
    if let Some((what, span)) = culprit(code, start, end, at) {
        return messages::unterminated_at(what, span);
    }
    let mut scanner = Scanner::new(code.as_bytes(), start, trimmed);
    loop {
        let token = scanner.next();
        if token.kind == Kind::End {
            break;
        }
        if let Some(stray) = scanner.stray
            && stray <= at
        {
            let place = Span::new(stray as u32, stray as u32 + 1);
            let message = format!("`{}` closes nothing", &code[stray..=stray]);
            return messages::syntax(place, message, Some("leave it out"));
        }
        if let Some(skipped) = scanner.skipped
            && token.start <= at
        {
            return messages::never_closed(skipped.byte, skipped.at as u32);
        }
        if token.start >= at {
            break;
        }
    }
    let mut open: Vec<Open> = scanner.open;
    open.retain(|one| one.at < at);
    let place = Place { text, region: Span::new(start as u32, trimmed as u32), hole: false };
    messages::problem(error, &place, at.min(trimmed) as u32, &open)
}

/// Where pieces begin, and the end of the last.
fn cuts(code: &str) -> Vec<usize> {
    let bytes = code.as_bytes();
    let mut scanner = Scanner::new(bytes, 0, bytes.len());
    let mut cuts = vec![0];
    let mut ended = true;
    loop {
        let token = scanner.next();
        if token.kind == Kind::End {
            break;
        }
        if token.kind == Kind::Template && !token.closed {
            // It would swallow all that follows: take it to end with its line.
            let line = code[token.start..].find('\n').map_or(code.len(), |length| token.start + length);
            scanner.continue_at(line);
            continue;
        }
        let word = &code[token.start..floor(code, token.end)];
        // Words that can begin nothing but a statement: what stood before is broken off.
        let surely = matches!(
            word,
            "const"
                | "let"
                | "var"
                | "export"
                | "return"
                | "if"
                | "for"
                | "throw"
                | "try"
                | "switch"
                | "interface"
        );
        let first_column = token.start == 0 || matches!(bytes[token.start - 1], b'\n' | b'\r');
        if token.newline
            && first_column
            && !scanner.open.is_empty()
            && token.kind == Kind::Word
            && STARTS.contains(&word)
        {
            scanner.resynchronise();
            ended = true;
        }
        ended |= surely && token.newline && first_column;
        // An opener that has just been read is open already.
        let outside = scanner.open.iter().all(|open| open.at >= token.start);
        let goes_on = match token.kind {
            Kind::Word => CONTINUES.contains(&word),
            Kind::Punctuator => !matches!(word, "{" | "@" | ";" | "++" | "--" | "!" | "~"),
            Kind::Template => true,
            _ => false,
        };
        if token.newline && outside && ended && !goes_on && token.start > 0 {
            cuts.push(token.start);
        }
        ended = match token.kind {
            Kind::Punctuator => matches!(word, ")" | "]" | "}" | ";" | "++" | "--" | "!"),
            Kind::Word => !matches!(
                word,
                "export"
                    | "default"
                    | "const"
                    | "let"
                    | "var"
                    | "import"
                    | "type"
                    | "extends"
                    | "implements"
                    | "new"
                    | "typeof"
                    | "await"
                    | "else"
                    | "as"
                    | "satisfies"
                    | "async"
                    | "function"
                    | "class"
                    | "interface"
                    | "enum"
            ),
            _ => true,
        };
    }
    cuts.push(code.len());
    cuts
}

fn floor(code: &str, mut at: usize) -> usize {
    while !code.is_char_boundary(at) {
        at -= 1;
    }
    at
}
