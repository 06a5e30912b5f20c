//! What stands side by side in an element: words, nodes, and what lies between them (language.md T13).
//!
//! Refuses to print.

use crate::IGNORE;
use velox_syntax::{Element, ElementKind, NodeId, NodeKind, Tree};

/// What lies between two children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    /// Nothing.
    None,
    /// White space that is rendered, beside a tag or a hole: a line break in its place would drop it.
    Space,
    /// White space between words: a line break in its place is white space too.
    Word,
    /// A line break that is not rendered.
    Line,
    /// A line break and an empty line.
    Blank,
}

impl Joint {
    /// The joint that two are together.
    fn and(self, next: Self) -> Self {
        match (self, next) {
            (Self::None, other) | (other, Self::None) => other,
            (Self::Space, _) | (_, Self::Space) => Self::Space,
            (Self::Blank, _) | (_, Self::Blank) => Self::Blank,
            (Self::Line, _) | (_, Self::Line) => Self::Line,
            (Self::Word, Self::Word) => Self::Word,
        }
    }

    /// Whether the writer broke the line here.
    pub(crate) fn is_break(self) -> bool {
        matches!(self, Self::Line | Self::Blank)
    }
}

/// A child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Atom<'a> {
    /// A word of text.
    Word(&'a str),
    /// Anything but text.
    Node(NodeId),
    /// A node after a comment that says to leave it alone.
    Verbatim(NodeId),
}

/// The children of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Children<'a> {
    /// Each with what lies before it.
    pub(crate) list: Vec<(Joint, Atom<'a>)>,
    /// What lies behind the last.
    pub(crate) end: Joint,
    /// Whether there are words among them.
    pub(crate) words: bool,
}

/// HTML's white space.
pub(crate) fn is_white(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

/// Reads children. `text` is what the tree was parsed from.
pub(crate) fn children<'a>(text: &'a str, tree: &Tree, ids: &[NodeId]) -> Children<'a> {
    let mut list: Vec<(Joint, Atom<'a>)> = Vec::new();
    let mut joint = Joint::None;
    let mut leave_next = false;
    for id in ids {
        let node = tree.node(*id);
        match &node.kind {
            NodeKind::Text => {
                let source = node.span.text(text);
                let words = source.trim_matches(is_white);
                let lead = &source[..source.len() - source.trim_start_matches(is_white).len()];
                joint = joint.and(edge(lead));
                if words.is_empty() {
                    continue;
                }
                for (index, (before, word)) in split(words).enumerate() {
                    let between = if index == 0 { joint } else { inside(before) };
                    list.push((between, Atom::Word(word)));
                }
                joint = edge(&source[source.trim_end_matches(is_white).len()..]);
            }
            NodeKind::Hole(code) if is_space(code.span.text(text)) => joint = joint.and(Joint::Space),
            kind => {
                let atom = if leave_next { Atom::Verbatim(*id) } else { Atom::Node(*id) };
                list.push((joint, atom));
                joint = Joint::None;
                let is_comment = match kind {
                    NodeKind::Comment(_) => true,
                    NodeKind::Hole(code) => code.empty,
                    _ => false,
                };
                leave_next = is_comment && says_to_ignore(node.span.text(text));
            }
        }
    }
    let words = list.iter().any(|(_, atom)| matches!(atom, Atom::Word(_)));
    Children { list, end: joint, words }
}

/// Whether a hole stands for a space, so that a line can break there: `{' '}`.
pub(crate) fn is_space(code: &str) -> bool {
    matches!(code.trim(), "' '" | "\" \"")
}

fn says_to_ignore(comment: &str) -> bool {
    let inside = comment.trim_start_matches(['<', '!', '-', '{', '/', '*', ' ', '\t', '\n']);
    inside
        .strip_prefix(IGNORE)
        .is_some_and(|rest| !rest.starts_with("-file") && !rest.starts_with(char::is_alphanumeric))
}

/// White space at the edge of a text.
fn edge(white: &str) -> Joint {
    match white.matches('\n').count() {
        0 if white.is_empty() => Joint::None,
        0 => Joint::Space,
        1 => Joint::Line,
        _ => Joint::Blank,
    }
}

/// White space inside a text.
fn inside(white: &str) -> Joint {
    if white.matches('\n').count() > 1 { Joint::Blank } else { Joint::Word }
}

/// The words of a text that begins and ends with one, each with the white space before it.
fn split(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let word = rest.trim_start_matches(is_white);
        let white = &rest[..rest.len() - word.len()];
        let end = word.find(is_white).unwrap_or(word.len());
        rest = &word[end..];
        Some((white, &word[..end]))
    })
}

/// Whether an element stands among words: one that CSS displays inline unless it is told otherwise (HTML standard, 15.3).
pub(crate) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "audio"
            | "b"
            | "bdi"
            | "bdo"
            | "button"
            | "canvas"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "map"
            | "mark"
            | "meter"
            | "object"
            | "output"
            | "picture"
            | "progress"
            | "q"
            | "ruby"
            | "s"
            | "samp"
            | "select"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "svg"
            | "textarea"
            | "time"
            | "u"
            | "var"
            | "video"
            | "wbr"
    )
}

/// Whether a node has a line of its own where nothing keeps it beside others.
pub(crate) fn wants_line(text: &str, tree: &Tree, id: NodeId) -> bool {
    match &tree.node(id).kind {
        NodeKind::Element(element) => match element.kind {
            ElementKind::Html => !is_inline(element.name.text(text)),
            _ => true,
        },
        NodeKind::Hole(code) => !code.elements.is_empty() || code.empty,
        NodeKind::Text => false,
        NodeKind::Comment(_) | NodeKind::Doctype | NodeKind::RawText => true,
    }
}

/// Whether the white space in an element is what its writer made it (language.md T13), also where a style says so.
pub(crate) fn keeps_white_space(text: &str, element: &Element) -> bool {
    let name = element.name.text(text);
    if velox_core::emit::keeps_white_space(name) {
        return true;
    }
    element.attributes.iter().any(|attribute| {
        attribute.name.text(text) == "style" && attribute.span.text(text).contains("white-space")
    })
}
