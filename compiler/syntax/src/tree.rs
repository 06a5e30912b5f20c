//! The tree that the parser gives: a flat arena of nodes, all positions relative to the parsed text.
//!
//! A tree always covers the whole text, however broken. It holds spans, not strings; whoever reads it has the text.
//! TypeScript inside braces is opaque here but for the elements that stand in it.

use velox_diagnostics::Span;

/// Index of a node in [`Tree::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// What parsing gave: nodes, and what was wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// All nodes, a parent always after its children or before them, never twice.
    pub nodes: Vec<Node>,
    /// Nodes that have no parent, in the order of the text.
    pub roots: Vec<NodeId>,
    /// Problems, in the order of their places.
    pub problems: Vec<crate::SyntaxProblem>,
    /// Those of the nodes that much is asked about, and of which a file has few.
    pub index: TreeIndex,
}

/// The nodes of a few kinds, each in the order of [`Tree::nodes`]: who wants these alone need not look at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TreeIndex {
    /// Elements that are components.
    pub components: Vec<NodeId>,
    /// `<slot>` and `<velox:slot>`.
    pub slots: Vec<NodeId>,
    /// Nodes that are [`NodeKind::RawText`].
    pub raw_texts: Vec<NodeId>,
}

impl TreeIndex {
    /// Looks at all nodes of a tree, once, when it has been made.
    pub(crate) fn of(nodes: &[Node]) -> Self {
        let mut index = Self::default();
        for (at, node) in nodes.iter().enumerate() {
            let list = match &node.kind {
                NodeKind::Element(element) if element.kind == ElementKind::Component => &mut index.components,
                NodeKind::Element(element) if element.kind == ElementKind::Slot => &mut index.slots,
                NodeKind::RawText => &mut index.raw_texts,
                _ => continue,
            };
            list.push(NodeId(at as u32));
        }
        index
    }
}

impl Tree {
    /// The node with this index.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The components, in the order of the nodes, each with its node.
    pub fn components(&self) -> impl Iterator<Item = (&Node, &Element)> {
        self.index.components.iter().filter_map(|id| {
            let node = self.node(*id);
            match &node.kind {
                NodeKind::Element(element) => Some((node, element)),
                _ => None,
            }
        })
    }
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// All of it, delimiters and children included.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Text, entities included as written; so is a closing tag that closes nothing, which is reported.
    Text,
    /// `<!-- ... -->`; the span inside the delimiters.
    Comment(Span),
    /// `<!DOCTYPE html>`.
    Doctype,
    /// An element, component, custom element or fragment.
    Element(Element),
    /// `{expr}` among children.
    Hole(Code),
    /// The text of `<script>` and `<style>`; `<textarea>` and `<title>` hold text and holes like any element.
    RawText,
}

/// An element with its attributes and children.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// What its name makes of it (language.md T3).
    pub kind: ElementKind,
    /// The name in the opening tag; empty for a fragment.
    pub name: Span,
    /// The opening tag, from `<` to `>`.
    pub open: Span,
    /// The closing tag, where there is one.
    pub close: Option<Span>,
    /// Whether the opening tag ends with `/>`.
    pub self_closing: bool,
    /// Attributes, in the order of the text.
    pub attributes: Box<[Attribute]>,
    /// Children, in the order of the text.
    pub children: Box<[NodeId]>,
}

/// What an element's name makes of it (language.md T3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ElementKind {
    /// Lower case: an HTML or SVG element.
    Html,
    /// A name with `-`: a custom element.
    Custom,
    /// Upper case or dotted: a component.
    Component,
    /// `<>...</>`.
    Fragment,
    /// `<slot>` or `<velox:slot>`: told apart by the name's text.
    Slot,
}

/// One attribute of an opening tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// All of it, from the name to the end of the value.
    pub span: Span,
    /// The name; for a shorthand `{name}` the identifier; empty for a spread.
    pub name: Span,
    /// Its value.
    pub value: AttributeValue,
}

/// How an attribute's value is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeValue {
    /// No value: `disabled`.
    Bare,
    /// `"text"` or `'text'` (or an unquoted value, reported): the text inside the quotes.
    Text(Span),
    /// `{expr}`.
    Expr(Code),
    /// A template literal without braces: ``name=`text ${x}` ``; the code spans the backticks.
    Template(Code),
    /// `{name}`: the code is the identifier.
    Shorthand(Code),
    /// `{...expr}`: the code is `expr`, without the dots.
    Spread(Code),
}

impl AttributeValue {
    /// The code that the value holds, if any.
    #[must_use]
    pub fn code(&self) -> Option<&Code> {
        match self {
            Self::Bare | Self::Text(_) => None,
            Self::Expr(code) | Self::Template(code) | Self::Shorthand(code) | Self::Spread(code) => {
                Some(code)
            }
        }
    }
}

/// A stretch of TypeScript, with the elements that stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code without its braces (and, in a spread, without the dots).
    pub span: Span,
    /// Whether it holds nothing but white space and comments.
    pub empty: bool,
    /// Elements and HTML comments directly in the code (those nested in them are their children), in the order of the text.
    pub elements: Box<[NodeId]>,
}
