//! Words syntax errors for people: what was found, and what was expected.
//!
//! Refuses to pass the parser's own jargon on where a cause is known; what is left is its message, cleaned up.

use crate::{
    ScriptProblem, ScriptProblemKind, Unterminated, parse,
    scan::{Kind, Open, Scanner, skip_trivia},
};
use swc_common::Spanned;
use swc_ecma_parser::error::{Error, SyntaxError};
use velox_diagnostics::Span;

/// Where code stands that is wrong.
pub(crate) struct Place<'a> {
    /// The source.
    pub(crate) text: &'a str,
    /// The code in it: a hole, a statement, or all.
    pub(crate) region: Span,
    /// Whether it is a hole, which holds one expression.
    pub(crate) hole: bool,
}

/// A message and, where an obvious edit mends it, that edit as a sentence.
type Words = (String, Option<String>);

pub(crate) fn syntax(span: Span, message: impl Into<String>, help: Option<&str>) -> ScriptProblem {
    let kind = ScriptProblemKind::Syntax { message: message.into(), help: help.map(str::to_owned) };
    ScriptProblem { span, kind }
}

/// The token at a place, and how to name it.
pub(crate) fn token(place: &Place<'_>, at: u32) -> (Span, String) {
    let end = place.region.end;
    let bytes = place.text.as_bytes();
    let (at, _) = skip_trivia(bytes, at as usize, end as usize);
    let at = at as u32;
    if at >= end {
        return if place.hole {
            let close = Span::new(end, end + 1);
            match close.text(place.text) {
                "}" => (close, "the closing `}`".to_owned()),
                _ => (Span::at(end), "the end of the expression".to_owned()),
            }
        } else {
            let last = place.text[end as usize..].trim().is_empty();
            (Span::at(end), if last { "the end" } else { "the end of the statement" }.to_owned())
        };
    }
    let mut scanner = Scanner::new(bytes, at as usize, end as usize);
    let token = scanner.next();
    let mut stop = token.end;
    while !place.text.is_char_boundary(stop) {
        stop += 1;
    }
    let span = Span::new(token.start as u32, stop as u32);
    let text = span.text(place.text);
    let name = match token.kind {
        Kind::String => "a string".to_owned(),
        Kind::Template => "a template literal".to_owned(),
        Kind::Regex => "a regular expression".to_owned(),
        _ if text.len() > 40 => "a long name".to_owned(),
        _ => format!("`{text}`"),
    };
    let span = if matches!(token.kind, Kind::Template | Kind::String) && text.contains('\n') {
        Span::new(span.start, span.start + 1)
    } else {
        span
    };
    (span, name)
}

/// Says what is wrong. `at` is the error's place in the source; `open` are the brackets that are open there.
pub(crate) fn problem(error: &Error, place: &Place<'_>, at: u32, open: &[Open]) -> ScriptProblem {
    let kind = innermost(error.kind());
    let (span, found) = token(place, at);
    if let Some(problem) = awaiting(kind, place, at) {
        return problem;
    }
    let ended = span.start >= place.region.end;
    if ended
        && !unterminated(kind)
        && let Some(last) = open.last()
    {
        return never_closed(last.byte, last.at as u32);
    }
    let opening = || {
        let at = parse::offset(error.span_lo()).clamp(place.region.start, place.region.end);
        Span::new(at, (at + 1).min(place.region.end.max(at)))
    };
    let span = match kind {
        SyntaxError::UnterminatedBlockComment => {
            let start = place.region.text(place.text).rfind("/*").unwrap_or(0) as u32 + place.region.start;
            let span = Span::new(start, (start + 2).min(place.region.end));
            return unterminated_at(Unterminated::Comment, span);
        }
        SyntaxError::UnterminatedStrLit => return unterminated_at(Unterminated::String, opening()),
        SyntaxError::UnterminatedTpl => return unterminated_at(Unterminated::Template, opening()),
        SyntaxError::UnterminatedRegExp => opening(),
        _ => span,
    };
    let (message, help) = words(kind, &found, place, open);
    syntax(span, message, help.as_deref())
}

/// Code that is not parsed for its nesting.
pub(crate) fn too_deep(at: u32) -> ScriptProblem {
    let help = "give a part of it a name of its own; a cast can be written `x as T`";
    syntax(Span::new(at, at + 1), "this is nested too deeply to be read", Some(help))
}

/// What is never closed, at its opening.
pub(crate) fn unterminated_at(what: Unterminated, span: Span) -> ScriptProblem {
    ScriptProblem { span, kind: ScriptProblemKind::Unterminated(what) }
}

/// ``"`(` is never closed"``.
pub(crate) fn never_closed(byte: u8, at: u32) -> ScriptProblem {
    let (span, name, close) = match byte {
        b'(' => (Span::new(at, at + 1), "`(`", "add `)`"),
        b'[' => (Span::new(at, at + 1), "`[`", "add `]`"),
        b'`' => return unterminated_at(Unterminated::Template, Span::new(at, at + 1)),
        b'$' => (Span::new(at - 1, at + 1), "`${`", "add `}`"),
        _ => (Span::new(at, at + 1), "`{`", "add `}`"),
    };
    syntax(span, format!("{name} is never closed"), Some(close))
}

fn innermost(kind: &SyntaxError) -> &SyntaxError {
    match kind {
        SyntaxError::WithLabel { inner, .. } => innermost(inner.kind()),
        kind => kind,
    }
}

fn unterminated(kind: &SyntaxError) -> bool {
    matches!(
        kind,
        SyntaxError::UnterminatedStrLit
            | SyntaxError::UnterminatedTpl
            | SyntaxError::UnterminatedRegExp
            | SyntaxError::UnterminatedBlockComment
    )
}

/// `await` where no function is async: the parser then takes it for a name.
fn awaiting(kind: &SyntaxError, place: &Place<'_>, at: u32) -> Option<ScriptProblem> {
    let before = place.text.get(place.region.start as usize..at as usize)?.trim_end();
    let here = place.text.get(at as usize..)?;
    let misplaced = matches!(kind, SyntaxError::AwaitInFunction)
        || matches!(kind, SyntaxError::Expected(token, _) if token == "(" && before.ends_with("for"));
    let start = if misplaced && here.starts_with("await") {
        at
    } else {
        let word = before.strip_suffix("await")?;
        if word.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | '$' | '.')) {
            return None;
        }
        if matches!(kind, SyntaxError::TS1109 | SyntaxError::Eof) {
            return None;
        }
        place.region.start + word.len() as u32
    };
    Some(syntax(
        Span::new(start, start + 5),
        "`await` needs an `async` function",
        Some("write `async` before the function around it"),
    ))
}

fn words(kind: &SyntaxError, found: &str, place: &Place<'_>, open: &[Open]) -> Words {
    let plain = |message: String| (message, None);
    let expected = |what: &str| (format!("expected {what}, found {found}"), None);
    let inside = open.last().map(|open| open.byte);
    // What may come after a complete expression, by the bracket it stands in.
    let after = match inside {
        Some(b'(') => "`)`, `,` or an operator",
        Some(b'[') => "`]`, `,` or an operator",
        Some(b'$') => "`}` or an operator",
        None if place.hole => "`}` or an operator",
        _ => "`;`, a new line or an operator",
    };
    match kind {
        SyntaxError::TS1109 | SyntaxError::InvalidExpr | SyntaxError::EmptyParenExpr => {
            expected("an expression")
        }
        SyntaxError::TS1110 => expected("a type"),
        SyntaxError::ExpectedIdent | SyntaxError::TS1003 => expected("a name"),
        SyntaxError::TS1005 if place.region.text(place.text).trim_start().starts_with("try") => {
            plain("`try` needs a `catch` or a `finally`".to_owned())
        }
        SyntaxError::ExpectedSemi | SyntaxError::ExpectedSemiForExprStmt { .. } | SyntaxError::TS1005 => {
            expected(after)
        }
        SyntaxError::Expected(token, _) => match (token.as_str(), inside) {
            (",", Some(b'{')) => expected("`,` or `}`"),
            (",", None) if place.region.text(place.text).trim_start().starts_with("import") => {
                expected("`from`")
            }
            ("," | ")" | "]", Some(_)) if is_value(found) => expected(after),
            ("," | "]", Some(_)) if found == "`;`" => expected(after),
            ("," | ")", None) if place.hole => expected(after),
            (";", _) => expected(after),
            ("ident" | "identifier", _) => expected("a name"),
            ("eof" | "<eof>", _) => expected(after),
            (other, _) => expected(&format!("`{other}`")),
        },
        SyntaxError::Unexpected { expected: what, .. } => {
            let what = what.trim();
            if what.starts_with("an identifier, void") {
                expected("a type")
            } else if what.starts_with("yield, an identifier") {
                expected("a name")
            } else if what.starts_with("...") {
                expected("`,`, `:` or `}`")
            } else if what.starts_with("* for generator") {
                expected("`;`, a new line or `(`")
            } else if what == "a string literal" {
                expected("a string")
            } else if what.contains("identifier, string literal") {
                expected("a name, a string or a number")
            } else if what.contains("expression") || what == "this" || what.contains("import.meta") {
                expected("an expression")
            } else if !what.is_empty() && what.len() < 30 {
                let list = what.replace('`', "").replace(" or ", "` or `").replace(", ", "`, `");
                expected(&format!("`{list}`"))
            } else {
                plain(format!("{found} cannot stand here"))
            }
        }
        SyntaxError::UnexpectedTokenWithSuggestions { candidate_list } => {
            let list: Vec<String> = candidate_list.iter().map(|one| format!("`{one}`")).collect();
            expected(&list.join(" or "))
        }
        SyntaxError::Eof => plain("the code ends before it is complete".to_owned()),
        SyntaxError::UnterminatedRegExp => {
            ("the regular expression is never closed".to_owned(), Some("add `/`".to_owned()))
        }
        SyntaxError::ReturnNotAllowed => ("`return` stands outside of a function".to_owned(), None),
        SyntaxError::SpreadInParenExpr => (
            "`...` cannot stand here".to_owned(),
            Some("spread into an element (`<p {...props}>`), an array, an object or a call".to_owned()),
        ),
        SyntaxError::NotSimpleAssign | SyntaxError::InvalidAssignTarget | SyntaxError::TS2406 => {
            ("this cannot be assigned to".to_owned(), Some("to compare, write `===`".to_owned()))
        }
        SyntaxError::InvalidPat => plain(format!("{found} cannot be assigned to")),
        SyntaxError::ConstDeclarationsRequireInitialization => {
            ("a `const` needs a value".to_owned(), Some("write `= value` after it, or use `let`".to_owned()))
        }
        SyntaxError::PatVarWithoutInit => ("a destructuring declaration needs a value".to_owned(), None),
        SyntaxError::NullishCoalescingWithLogicalOp => (
            "`??` cannot be mixed with `&&` or `||` without parentheses".to_owned(),
            Some("put one of the two in parentheses".to_owned()),
        ),
        SyntaxError::UnaryInExp { .. } => (
            "the left side of `**` has a sign".to_owned(),
            Some("put the left side or the whole in parentheses".to_owned()),
        ),
        SyntaxError::NonTopLevelImportExport => {
            plain("`import` and `export` stand only at the top level".to_owned())
        }
        SyntaxError::ReservedWordInImport => plain(format!("{found} is a reserved word")),
        SyntaxError::LegacyOctal | SyntaxError::LegacyDecimal | SyntaxError::TS1085 => (
            "a number cannot begin with `0`".to_owned(),
            Some("write `0o` before an octal number".to_owned()),
        ),
        SyntaxError::TS1102 => plain("`delete` takes a property, not a name".to_owned()),
        SyntaxError::LineBreakBeforeArrow if !place.region.text(place.text).contains("=>") => {
            plain("expected `=>` after the parameters".to_owned())
        }
        SyntaxError::LineBreakBeforeArrow => {
            plain("`=>` must stand on the line of the parameters".to_owned())
        }
        SyntaxError::LineBreakInThrow => plain("the value of `throw` must stand on its line".to_owned()),
        SyntaxError::TsAssertionBinaryOp => (
            "without the type, these operators would group differently".to_owned(),
            Some("put the part with the type in parentheses".to_owned()),
        ),
        other => plain(cleaned(&other.msg())),
    }
}

/// Whether a value was found: then what is missing stands before it.
fn is_value(found: &str) -> bool {
    let first = found.trim_start_matches('`').chars().next();
    found.starts_with("a ")
        || first.is_some_and(|first| first.is_alphanumeric() || matches!(first, '_' | '$'))
}

/// A message of the parser: lower case, no full stop.
fn cleaned(message: &str) -> String {
    let message = message.trim().trim_end_matches('.').replace('\'', "`");
    let mut characters = message.chars();
    match characters.next() {
        Some(first) if characters.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(characters).collect()
        }
        _ => message,
    }
}

/// A statement where an expression is expected: names the statement and says what to write.
pub(crate) fn statement_in_hole(place: &Place<'_>) -> Option<ScriptProblem> {
    let mut scanner =
        Scanner::new(place.text.as_bytes(), place.region.start as usize, place.region.end as usize);
    let token = scanner.next();
    let word = place.text.get(token.start..token.end)?;
    let help = match word {
        "if" => "write `condition ? yes : no`, or `condition && yes`",
        "for" | "while" | "do" => "write `list.map((item) => ...)`",
        "switch" => "write `condition ? yes : no`, or choose in the server block",
        "const" | "let" | "var" => "declare it in the server block, between the `---` lines",
        "return" => "leave out `return`",
        "throw" => "throw in the server block, between the `---` lines",
        "try" => "put the `try` into a function of the server block",
        "import" | "export" | "interface" | "enum" => "put it in the server block, between the `---` lines",
        _ => return None,
    };
    let next = scanner.next();
    let after = place.text.get(next.start..next.end).unwrap_or("");
    let statement = match word {
        "import" => after != "(" && after != ".",
        "interface" | "let" => next.kind == Kind::Word || after == "{" || after == "[",
        _ => true,
    };
    let span = Span::new(token.start as u32, token.end as u32);
    statement.then(|| {
        syntax(span, format!("`{word}` begins a statement, and an expression is expected here"), Some(help))
    })
}
