//! Tests of the tree as a whole, and the one way in which they print it.
//!
//! A tree is printed on one line: `"text"`, `<!--comment-->`, `{code}` with the elements in it after a bar, `name(attributes)[children]`;
//! `/` after a name is a self-closing tag, `!` a missing end. Each problem follows on a line of its own, with the underlined
//! text, and the place where a closer would mend it as `‸` in that place's line.

mod code;
mod comments;
mod limits;
mod markup;
mod properties;
mod quick;
mod recovery;
mod samples;
mod tsx;
mod unterminated;

use crate::tree::{AttributeValue, Code, NodeId, NodeKind, Tree};
use crate::{SyntaxProblem, SyntaxProblemKind as Kind, elements, parse_template};
use velox_diagnostics::Span;

/// Checks what a template parses to.
#[track_caller]
pub(crate) fn check(text: &str, expected: &str) {
    compare(text, &show(text, &parse_template(text)), expected);
}

/// Compares what was printed with what was expected, indentation and blank lines aside.
#[track_caller]
pub(crate) fn compare(text: &str, found: &str, expected: &str) {
    let lines = |text: &str| {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    };
    let (found, expected) = (lines(found), lines(expected));
    assert!(found == expected, "parsing {text:?}\n gives\n{found}\n but should give\n{expected}\n");
}

/// Prints a tree and its problems.
pub(crate) fn show(text: &str, tree: &Tree) -> String {
    let mut out = nodes(text, tree, &tree.roots);
    for problem in &tree.problems {
        out.push('\n');
        out.push_str(&show_problem(text, problem));
    }
    out
}

/// Prints a problem on one line.
pub(crate) fn show_problem(text: &str, problem: &SyntaxProblem) -> String {
    let more = match &problem.kind {
        Kind::UnclosedElement { insert_at, .. }
        | Kind::UnclosedBrace { insert_at }
        | Kind::UnclosedTag { insert_at }
        | Kind::UnclosedQuote { insert_at } => format!(", mended {}", mended(text, *insert_at)),
        Kind::StrayClosingTag { open: Some((name, _)), .. } => format!(", in {name:?}"),
        Kind::StrayClosingTag { open: None, .. } => ", in nothing".to_owned(),
        Kind::DuplicateAttribute { first, .. } => format!(", first at {}", first.start),
        _ => String::new(),
    };
    let debug = format!("{:?}", problem.kind);
    let name = debug.split([' ', '{']).next().unwrap_or_default();
    format!("{name} {:?}{more}", problem.span.text(text))
}

/// The line of `at`, with a mark there.
fn mended(text: &str, at: u32) -> String {
    let (before, after) = text.split_at(at as usize);
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = after.find(['\n', '\r']).unwrap_or(after.len());
    format!("{}‸{}", &before[start..], &after[..end])
}

fn nodes(text: &str, tree: &Tree, ids: &[NodeId]) -> String {
    ids.iter().map(|id| node(text, tree, *id)).collect::<Vec<_>>().join(" ")
}

fn node(text: &str, tree: &Tree, id: NodeId) -> String {
    let node = tree.node(id);
    let source = node.span.text(text);
    match &node.kind {
        NodeKind::Text => format!("{source:?}"),
        NodeKind::RawText => format!("raw{source:?}"),
        NodeKind::Comment(inner) => format!("<!--{}-->", inner.text(text)),
        NodeKind::Doctype => "doctype".to_owned(),
        NodeKind::Hole(code) => {
            let unclosed = if source.len() as u32 == code.span.len() + 2 { "" } else { "!" };
            format!("{{{}}}{unclosed}", show_code(text, tree, code))
        }
        NodeKind::Element(element) => {
            let name = element.name.text(text);
            let mut out = if name.is_empty() { "<>".to_owned() } else { name.to_owned() };
            if element.self_closing {
                out.push('/');
            } else if element.close.is_none() && !elements::is_void(name) {
                out.push('!');
            }
            if !element.attributes.is_empty() {
                let attributes = element.attributes.iter().map(|attribute| {
                    let name = attribute.name.text(text);
                    match &attribute.value {
                        AttributeValue::Bare => name.to_owned(),
                        AttributeValue::Text(value) => format!("{name}={:?}", value.text(text)),
                        AttributeValue::Expr(code) => format!("{name}={{{}}}", show_code(text, tree, code)),
                        AttributeValue::Template(code) => format!("{name}={}", show_code(text, tree, code)),
                        AttributeValue::Shorthand(code) => format!("{{{}}}", show_code(text, tree, code)),
                        AttributeValue::Spread(code) => format!("{{...{}}}", show_code(text, tree, code)),
                    }
                });
                out.push_str(&format!("({})", attributes.collect::<Vec<_>>().join(" ")));
            }
            if !element.children.is_empty() {
                out.push_str(&format!("[{}]", nodes(text, tree, &element.children)));
            }
            out
        }
    }
}

fn show_code(text: &str, tree: &Tree, code: &Code) -> String {
    let mut out = code.span.text(text).escape_debug().to_string().replace("\\'", "'").replace("\\\"", "\"");
    if code.empty {
        out.push_str(" (empty)");
    }
    if !code.elements.is_empty() {
        out.push_str(&format!(" | {}", nodes(text, tree, &code.elements)));
    }
    out
}

/// Puts the closer where a problem says that it would mend the text.
pub(crate) fn mend(text: &str, problem: &SyntaxProblem) -> Option<String> {
    let (at, closer) = match &problem.kind {
        Kind::UnclosedElement { name, insert_at } => (*insert_at, format!("</{name}>")),
        Kind::UnclosedBrace { insert_at } => (*insert_at, "}".to_owned()),
        Kind::UnclosedTag { insert_at } => (*insert_at, ">".to_owned()),
        Kind::UnclosedQuote { insert_at } => (*insert_at, problem.span.text(text).to_owned()),
        _ => return None,
    };
    let (before, after) = text.split_at(at as usize);
    Some(format!("{before}{closer}{after}"))
}

/// Where `needle` stands in `text`.
pub(crate) fn span_of(text: &str, needle: &str) -> Span {
    let start = text.find(needle).expect("the needle is in the text");
    Span::new(start as u32, (start + needle.len()) as u32)
}
