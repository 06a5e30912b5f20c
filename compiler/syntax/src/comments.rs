//! Finds every comment of a text: in markup, in tags, in the code between braces, in scripts and styles.
//!
//! What only looks like a comment, in a string, an attribute's text, a template literal or among the text of elements, is none.
//! Refuses to read what a comment says.

use crate::regions::scan::{brackets_of, comments_of, literals_of};
use crate::tree::{Code, Element, NodeKind, Tree};
use velox_diagnostics::Span;

/// A comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// All of it, delimiters included; for one that stands alone between braces, `{/* ... */}`, the braces too.
    pub span: Span,
    /// How it is written.
    pub kind: CommentKind,
}

/// How a comment is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentKind {
    /// `// ...`, to the end of the line.
    Line,
    /// `/* ... */`
    Block,
    /// `{/* ... */}` among children.
    Braces,
    /// `<!-- ... -->`
    Html,
}

/// A pair of brackets in code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bracket {
    /// From the opening to behind the closing one; to the end of what is around it where that is missing.
    pub span: Span,
    /// Whether it has its closing one.
    pub closed: bool,
}

/// The brackets of a stretch of TypeScript, in the order of their openings: those in strings, comments, regular expressions, the
/// text of template literals and in `elements` (the spans of those that stand in the code, in order) left out.
#[must_use]
pub fn code_brackets(text: &str, code: Span, elements: &[Span]) -> Vec<Bracket> {
    brackets_of(text, code, elements)
}

/// The comments of TypeScript without elements, in order.
#[must_use]
pub fn code_comments(text: &str) -> Vec<Comment> {
    comments_of(text, Span::new(0, text.len() as u32), &[])
}

/// The template literals in a stretch of TypeScript, the outermost ones alone, in order: tags left out, backticks included. Those in
/// `elements`, which stand in the code, are left out.
#[must_use]
pub fn template_literals(text: &str, code: Span, elements: &[Span]) -> Vec<Span> {
    literals_of(text, code, elements)
}

/// The comments of a template or of a TSX module, in order. `tree` is what parsing `text` gave.
#[must_use]
pub fn comments(text: &str, tree: &Tree) -> Vec<Comment> {
    let mut found = Vec::new();
    let add = |code: &Code| {
        let elements: Vec<Span> = code.elements.iter().map(|id| tree.node(*id).span).collect();
        comments_of(text, code.span, &elements)
    };
    for node in &tree.nodes {
        match &node.kind {
            NodeKind::Comment(_) => found.push(Comment { span: node.span, kind: CommentKind::Html }),
            NodeKind::Hole(code) => match add(code).as_slice() {
                [only] if stands_alone(text, node.span, code, only) => {
                    found.push(Comment { span: node.span, kind: CommentKind::Braces });
                }
                several => found.extend(several),
            },
            NodeKind::Element(element) => {
                tag_comments(text, element, &mut found);
                for code in element.attributes.iter().filter_map(|attribute| attribute.value.code()) {
                    found.extend(add(code));
                }
                match element.name.text(text) {
                    "style" => raw(tree, element, |span| style_comments(text, span, &mut found)),
                    "script" => raw(tree, element, |span| found.extend(comments_of(text, span, &[]))),
                    _ => {}
                }
            }
            NodeKind::Text | NodeKind::Doctype | NodeKind::RawText => {}
        }
    }
    found.sort_by_key(|comment| (comment.span.start, comment.span.end));
    found
}

/// Whether a hole holds nothing but this comment.
fn stands_alone(text: &str, hole: Span, code: &Code, comment: &Comment) -> bool {
    code.empty
        && comment.kind == CommentKind::Block
        && code.span.text(text).trim().len() == comment.span.len() as usize
        && hole.text(text).starts_with('{')
        && hole.text(text).ends_with('}')
}

fn raw(tree: &Tree, element: &Element, mut visit: impl FnMut(Span)) {
    for child in element.children.iter().map(|id| tree.node(*id)) {
        if child.kind == NodeKind::RawText {
            visit(child.span);
        }
    }
}

/// `/* ... */` and `// ...` between the attributes of a tag.
fn tag_comments(text: &str, element: &Element, found: &mut Vec<Comment>) {
    let mut at = element.name.end.max(element.open.start);
    let ends = element.attributes.iter().map(|attribute| (attribute.span.start, attribute.span.end));
    for (start, end) in ends.chain([(element.open.end, element.open.end)]) {
        let gap = Span::new(at.min(start), start);
        if gap.len() > 2 && gap.text(text).contains("/") {
            found.extend(comments_of(text, gap, &[]));
        }
        at = at.max(end);
    }
}

/// `/* ... */` of CSS, not those in its strings.
fn style_comments(text: &str, span: Span, found: &mut Vec<Comment>) {
    let (css, bytes) = (span.text(text), span.text(text).as_bytes());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            quote @ (b'"' | b'\'') => {
                at += 1;
                while let Some(byte) = bytes.get(at) {
                    at += if *byte == b'\\' { 2 } else { 1 };
                    if byte == quote || *byte == b'\n' {
                        break;
                    }
                }
            }
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                let Some(length) = css.get(at + 2..).and_then(|rest| rest.find("*/")) else { return };
                let end = at + 2 + length + 2;
                found.push(Comment { span: Span::from(at..end).shift(span.start), kind: CommentKind::Block });
                at = end;
            }
            _ => at += 1,
        }
    }
}
