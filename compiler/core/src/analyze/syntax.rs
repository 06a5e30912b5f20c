//! Words the problems of the two parsers as diagnostics, with the edits that mend them.

use crate::ambient::SPECIAL_EXPORTS;
use rustc_hash::FxHashSet;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::{ScriptProblem, ScriptProblemKind, Unterminated};
use velox_syntax::{SyntaxProblem, SyntaxProblemKind};

/// The problems of a region, worded. A closing tag with a wrong name is one mistake: the element that it should have closed is not
/// reported a second time.
#[must_use]
pub fn syntax_diagnostics(
    file: &str,
    base: u32,
    region: &str,
    problems: &[SyntaxProblem],
) -> Vec<Diagnostic> {
    use SyntaxProblemKind as Kind;
    let unclosed: FxHashSet<Span> = problems
        .iter()
        .filter(|problem| matches!(problem.kind, Kind::UnclosedElement { .. }))
        .map(|problem| problem.span)
        .collect();
    let mistaken: FxHashSet<Span> = problems
        .iter()
        .filter_map(|problem| match &problem.kind {
            Kind::StrayClosingTag { open: Some((_, at)), .. } if unclosed.contains(at) => Some(*at),
            _ => None,
        })
        .collect();
    let mut found = Vec::new();
    for problem in problems {
        match &problem.kind {
            Kind::UnclosedElement { .. } if mistaken.contains(&problem.span) => {}
            Kind::StrayClosingTag { name, open: Some((open, at)) } if mistaken.contains(at) => {
                let span = problem.span.shift(base);
                let right = format!("</{open}>");
                found.push(
                    Diagnostic::new(
                        Code::STRAY_CLOSING_TAG,
                        file,
                        span,
                        format!("`</{name}>` does not close `<{open}>`"),
                    )
                    .related(file, at.shift(base), format!("`<{open}>` is open here"))
                    .help(format!("write `{right}`"))
                    .fix(format!("write `{right}`"), false, vec![(span, right)]),
                );
            }
            _ => found.push(syntax_diagnostic(file, base, region, problem)),
        }
    }
    found
}

/// A problem of fences or template; `base` is where its region begins in the file, `region` the region's text.
#[must_use]
pub fn syntax_diagnostic(file: &str, base: u32, region: &str, problem: &SyntaxProblem) -> Diagnostic {
    use SyntaxProblemKind as Kind;
    let span = problem.span.shift(base);
    let found = problem.span.text(region);
    let new = |code, message: String| Diagnostic::new(code, file, span, message);
    let insert = |at: u32, text: &str| vec![(Span::at(at + base), text.to_owned())];
    match &problem.kind {
        Kind::UnclosedFence => new(Code::UNCLOSED_FENCE, "the server block is never closed".into())
            .label("it begins here")
            .help("add a line that is exactly `---` where the template begins"),
        Kind::BrokenFence { opening } => {
            let (code, does) =
                if *opening { (Code::TEXT_BEFORE_FENCE, "open") } else { (Code::UNCLOSED_FENCE, "close") };
            new(code, format!("`{found}` does not {does} the server block"))
                .label("a fence is exactly `---`")
                .help("write `---`")
                .fix("write `---`", false, vec![(span, "---".to_owned())])
        }
        Kind::MissingFence => {
            new(Code::TEXT_BEFORE_FENCE, "the server block has no opening `---` fence".into())
                .label("it begins here")
                .help("add a line that is exactly `---` above it")
                .fix("add `---`", false, vec![(Span::at(span.start), "---\n".to_owned())])
        }
        Kind::TextBeforeFence { fence } => {
            new(Code::TEXT_BEFORE_FENCE, "text stands before the opening `---` fence".into())
                .label("only white space and HTML comments may stand here")
                .related(file, fence.shift(base), "the server block begins here")
                .help("move it into the template, below the closing fence")
        }
        Kind::UnterminatedString => unterminated(file, span, Unterminated::String, ""),
        Kind::UnterminatedTemplate => unterminated(file, span, Unterminated::Template, ""),
        Kind::UnterminatedComment => {
            let close = if found.starts_with("<!") { "-->" } else { "*/" };
            unterminated(file, span, Unterminated::Comment, close)
        }
        Kind::UnclosedElement { name, insert_at } => {
            let (tag, close) = (format!("<{name}>"), format!("</{name}>"));
            new(Code::UNCLOSED_ELEMENT, format!("`{tag}` is never closed"))
                .label("opened here")
                .related(file, Span::at(insert_at + base), format!("`{close}` is expected before this"))
                .help(format!("add `{close}`"))
                .fix(format!("add `{close}`"), false, insert(*insert_at, &close))
        }
        Kind::StrayClosingTag { name, open } => {
            let new = new(Code::STRAY_CLOSING_TAG, format!("`</{name}>` closes nothing"));
            let remove = vec![(span, String::new())];
            match open {
                Some((open, at)) => new
                    .related(file, at.shift(base), format!("`<{open}>` is open here"))
                    .help(format!("write `</{open}>`, or remove the tag"))
                    .fix("remove the tag", false, remove),
                None => new.help("remove the tag").fix("remove the tag", false, remove),
            }
        }
        Kind::UnclosedBrace { insert_at } => new(Code::UNCLOSED_BRACE, "this `{` is never closed".into())
            .related(file, Span::at(insert_at + base), "`}` is expected before this")
            .help("add `}` after the expression; a brace that is meant as text is written `&#123;`")
            .fix("add `}`", false, insert(*insert_at, "}")),
        Kind::UnclosedTag { insert_at } => {
            new(Code::UNCLOSED_TAG, format!("`{found}` is never closed with `>`"))
                .help("add `>` after the last attribute")
                .fix("add `>`", false, insert(*insert_at, ">"))
        }
        Kind::UnclosedQuote { insert_at } => new(Code::UNCLOSED_QUOTE, "this quote is never closed".into())
            .help(format!("add `{found}` after the value"))
            .fix(format!("add `{found}`"), false, insert(*insert_at, found)),
        Kind::StrayBrace => new(Code::STRAY_BRACE, "this `}` closes nothing".into())
            .help("a brace that is meant as text is written `&#125;`")
            .fix("write `&#125;`", true, vec![(span, "&#125;".to_owned())]),
        Kind::UnopenedBrace { insert_at } => new(Code::STRAY_BRACE, "this `}` closes nothing".into())
            .related(file, Span::at(insert_at + base), "`{` may be missing here")
            .help("add `{` where the expression begins; a brace that is meant as text is written `&#125;`")
            .fix("add `{`", false, insert(*insert_at, "{")),
        Kind::MissingSlash { name } => {
            let close = format!("</{name}>");
            new(Code::UNCLOSED_ELEMENT, format!("`<{name}>` is never closed"))
                .label(format!("`{close}` may be meant"))
                .help(format!("write `{close}`"))
                .fix(format!("write `{close}`"), false, vec![(span, close)])
        }
        Kind::UnquotedValue => new(Code::UNQUOTED_VALUE, format!("the value `{found}` has no quotes"))
            .help(if is_expression(found) {
                format!("write `\"{found}\"`, or `{{{found}}}` for an expression")
            } else {
                format!("write `\"{found}\"`")
            })
            .fix("quote the value", true, vec![(span, format!("\"{}\"", found.replace('"', "&quot;")))]),
        Kind::DuplicateAttribute { name, first, attribute } => {
            let before = region[..attribute.start as usize].trim_end().len() as u32;
            let whole = Span::new(before, attribute.end).shift(base);
            new(Code::DUPLICATE_ATTRIBUTE, format!("the attribute `{name}` is written twice"))
                .related(file, first.shift(base), "it is first written here")
                .help("keep one of the two")
                .fix("remove the second", false, vec![(whole, String::new())])
        }
        Kind::VoidClosingTag { name } => {
            new(Code::VOID_CLOSING_TAG, format!("`<{name}>` has no content and so no closing tag"))
                .help(format!("remove `{found}`; the element is written `<{name}>` or `<{name} />`"))
                .fix("remove the tag", false, vec![(span, String::new())])
        }
        Kind::MissingValue => {
            let name = found.trim_end_matches('=').trim_end();
            new(Code::MISSING_VALUE, format!("`{name}=` is not followed by a value"))
                .help(format!("write `{name}=\"...\"`, `{name}={{...}}`, or `{name}` alone"))
                .fix(format!("write `{name}` alone"), false, vec![(span, name.to_owned())])
        }
        Kind::SeveralRoots => new(
            Code::SEVERAL_ROOTS,
            "an expression gives one value, but several elements stand side by side".into(),
        )
        .help("wrap them in `<>` and `</>`")
        .fix(
            "wrap in a fragment",
            true,
            vec![(Span::at(span.start), "<>".to_owned()), (Span::at(span.end), "</>".to_owned())],
        ),
        Kind::UnexpectedInTag if in_closing_tag(region, problem.span.start) => {
            new(Code::UNEXPECTED_IN_TAG, "a closing tag holds nothing but its name".into())
                .help(format!("remove `{found}`"))
        }
        Kind::UnexpectedInTag => new(Code::UNEXPECTED_IN_TAG, format!("`{found}` begins no attribute"))
            .label("expected an attribute, `>` or `/>`")
            .help("remove it")
            .fix("remove it", false, vec![(span, String::new())]),
        Kind::EmptyExpression => new(Code::EMPTY_EXPRESSION, "an attribute's expression is empty".into())
            .help("write the value between the braces"),
        Kind::TextAfterExpression => {
            new(Code::TYPESCRIPT_SYNTAX, "a JSON script holds one expression, and nothing after it".into())
                .help(format!("remove `{found}`"))
                .fix(format!("remove `{found}`"), false, vec![(span, String::new())])
        }
    }
}

/// Says that a string, template literal or comment has no end; `close` is what ends the comment.
fn unterminated(file: &str, span: Span, what: Unterminated, close: &str) -> Diagnostic {
    let new = |code, message: &str| Diagnostic::new(code, file, span, message);
    match what {
        Unterminated::String => new(Code::UNTERMINATED_STRING, "this string is never closed")
            .help("close it on the same line, or write a template literal with backticks"),
        Unterminated::Template => new(Code::UNTERMINATED_TEMPLATE, "this template literal is never closed")
            .help("add the closing backtick"),
        Unterminated::Comment => new(Code::UNTERMINATED_COMMENT, "this comment is never closed")
            .help(format!("add `{close}` where it ends")),
    }
}

/// Whether a place lies in a closing tag; looks back no further than such a tag is long.
fn in_closing_tag(region: &str, at: u32) -> bool {
    let before = &region.as_bytes()[..at as usize];
    let near = &before[before.len().saturating_sub(200)..];
    near.iter().rposition(|byte| *byte == b'<').is_some_and(|open| near.get(open + 1) == Some(&b'/'))
}

/// Whether an unquoted value could also be meant as code: a name, a number, a member of an object.
fn is_expression(value: &str) -> bool {
    value.split('.').all(|part| {
        !part.is_empty() && part.chars().all(|next| next.is_alphanumeric() || matches!(next, '_' | '$'))
    })
}

/// A problem of TypeScript; `base` is where its region begins in the file.
#[must_use]
pub fn script_diagnostic(file: &str, base: u32, problem: &ScriptProblem) -> Diagnostic {
    let span = problem.span.shift(base);
    match &problem.kind {
        ScriptProblemKind::Syntax { message, help } => {
            let diagnostic = Diagnostic::new(Code::TYPESCRIPT_SYNTAX, file, span, message.clone());
            match help {
                Some(help) => diagnostic.help(help.clone()),
                None => diagnostic,
            }
        }
        ScriptProblemKind::Unterminated(what) => unterminated(file, span, *what, "*/"),
        ScriptProblemKind::DuplicateExport { name, first } => {
            exported_twice(Code::TYPESCRIPT_SYNTAX, file, span, name, first.shift(base))
        }
        ScriptProblemKind::DuplicateDeclaration { name, first } => {
            Diagnostic::new(Code::DUPLICATE_DECLARATION, file, span, format!("`{name}` is declared twice"))
                .related(file, first.shift(base), "it is first declared here")
                .help("rename one of the two")
        }
    }
}

/// A problem of a server block, where some exports have a meaning and exist once (language.md S11). Nothing is said here of a
/// second default export: neither may stand there, and each is told so.
#[must_use]
pub fn block_diagnostic(file: &str, base: u32, problem: &ScriptProblem) -> Option<Diagnostic> {
    match &problem.kind {
        ScriptProblemKind::DuplicateExport { name, .. } if name == "default" => None,
        ScriptProblemKind::DuplicateExport { name, first } if SPECIAL_EXPORTS.contains(&&**name) => {
            let span = problem.span.shift(base);
            Some(exported_twice(Code::INVALID_EXPORT, file, span, name, first.shift(base)))
        }
        _ => Some(script_diagnostic(file, base, problem)),
    }
}

fn exported_twice(code: Code, file: &str, span: Span, name: &str, first: Span) -> Diagnostic {
    Diagnostic::new(code, file, span, format!("`{name}` is exported twice"))
        .related(file, first, "it is first exported here")
        .help("keep one of the two")
}
