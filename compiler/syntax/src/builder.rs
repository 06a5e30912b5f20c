//! Builds the tree: items into nodes, group after group, with a list of what is still to do instead of recursion.
//!
//! Refuses to match names (the lexer has) and to report what lexer and grammar report.

use crate::grammar::{self, Item, OpenTag, RawAttribute};
use crate::lexer::scan;
use crate::lexer::token::{GroupId, Kind, Lexed, Token};
use crate::tree::{
    Attribute, AttributeValue, Code, Element, ElementKind, Node, NodeId, NodeKind, Tree, TreeIndex,
};
use crate::{SyntaxProblem, SyntaxProblemKind, elements};
use std::borrow::Cow;
use std::collections::HashMap;
use velox_diagnostics::Span;

/// With more attributes than this, duplicates are looked up rather than searched.
const FEW_ATTRIBUTES: usize = 12;

/// What the nodes of a group, those without a parent in it, belong to.
#[derive(Clone, Copy)]
enum Owner {
    Roots,
    /// The code of a hole.
    Hole(NodeId),
    /// The code of an element's attribute.
    Attribute(NodeId, usize),
}

/// Builds the tree of a template.
pub(crate) fn build_template(text: &str, lexed: Lexed) -> Tree {
    let mut lexed = lexed;
    let problems = std::mem::take(&mut lexed.problems);
    Builder::new(text, &lexed).build(Owner::Roots, problems)
}

/// Builds the tree of a module: one hole that covers it.
pub(crate) fn build_module(text: &str, lexed: Lexed) -> Tree {
    let mut lexed = lexed;
    let problems = std::mem::take(&mut lexed.problems);
    let mut builder = Builder::new(text, &lexed);
    let span = Span::new(0, text.len() as u32);
    let code = Code { span, empty: lexed.blank, elements: Box::default() };
    let root = builder.add(span, NodeKind::Hole(code));
    builder.tree.roots.push(root);
    builder.build(Owner::Hole(root), problems)
}

struct Builder<'t> {
    text: &'t str,
    lexed: &'t Lexed,
    tree: Tree,
    work: Vec<(GroupId, Owner)>,
    /// Elements of the group whose end has not come, the innermost last, and where their children begin in `nested`.
    open: Vec<(NodeId, usize)>,
    /// Nodes of the group that belong to no other yet, those of the innermost element last: a list of children is made once, and no
    /// larger than it has to be.
    nested: Vec<NodeId>,
    problems: Vec<SyntaxProblem>,
}

impl<'t> Builder<'t> {
    fn new(text: &'t str, lexed: &'t Lexed) -> Self {
        let nodes = lexed.tokens.iter().filter(|token| grammar::is_node(token.kind)).count();
        let tree = Tree { nodes: Vec::with_capacity(nodes), ..Tree::default() };
        Self {
            text,
            lexed,
            tree,
            work: Vec::new(),
            open: Vec::new(),
            nested: Vec::new(),
            problems: Vec::new(),
        }
    }

    fn build(mut self, root: Owner, problems: Vec<SyntaxProblem>) -> Tree {
        self.problems = problems;
        if let Some(last) = self.lexed.groups.len().checked_sub(1) {
            self.work.push((GroupId(last as u32), root));
        }
        while let Some((group, owner)) = self.work.pop() {
            self.group(group, owner);
        }
        self.problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        self.tree.problems = self.problems;
        self.tree.index = TreeIndex::of(&self.tree.nodes);
        self.tree
    }

    fn add(&mut self, span: Span, kind: NodeKind) -> NodeId {
        let id = NodeId(self.tree.nodes.len() as u32);
        self.tree.nodes.push(Node { span, kind });
        id
    }

    fn group(&mut self, group: GroupId, owner: Owner) {
        let lexed = self.lexed;
        let Some(range) = lexed.groups.get(group.0 as usize) else { return };
        let tokens = &lexed.tokens[range.clone()];
        let mut siblings = Siblings::default();
        if grammar::is_right(tokens) {
            self.right_group(tokens, &mut siblings);
        } else {
            for item in grammar::parse(tokens, &mut self.problems) {
                match item {
                    Item::Leaf(token) => self.leaf(token, &mut siblings),
                    Item::Open(OpenTag { start, attributes, end }) => {
                        self.open_tag(start, attributes.len(), attributes.into_iter(), end, &mut siblings);
                    }
                    Item::Close(token) => self.close_tag(token, &mut siblings),
                }
            }
        }
        while self.end_element().is_some() {}
        self.attach(owner);
        if !matches!(owner, Owner::Roots) {
            self.report_siblings(siblings.take());
        }
    }

    /// Reads a group that holds no mistake, without making a list of its items first.
    fn right_group(&mut self, tokens: &[Token], siblings: &mut Siblings) {
        let mut rest = tokens;
        while let Some((token, behind)) = rest.split_first() {
            rest = behind;
            match token.kind {
                Kind::TagStart => {
                    let length = rest.iter().position(|token| grammar::is_tag_end(token.kind));
                    let Some((inside, [end, behind @ ..])) = length.map(|length| rest.split_at(length))
                    else {
                        return;
                    };
                    let attributes = grammar::attributes(inside);
                    let count = if inside.is_empty() { 0 } else { grammar::attributes(inside).count() };
                    self.open_tag(*token, count, attributes, *end, siblings);
                    rest = behind;
                }
                Kind::CloseTag | Kind::MissingCloseTag => self.close_tag(*token, siblings),
                _ => self.leaf(*token, siblings),
            }
        }
    }

    fn leaf(&mut self, token: Token, siblings: &mut Siblings) {
        if self.open.is_empty() && token.kind == Kind::Code {
            self.report_siblings(siblings.take());
        }
        if let Some(kind) = leaf_kind(&token) {
            let id = self.add(token.span(), kind);
            self.nested.push(id);
            if token.group != GroupId::NONE {
                self.work.push((token.group, Owner::Hole(id)));
            }
        }
    }

    fn open_tag(
        &mut self,
        start: Token,
        count: usize,
        attributes: impl Iterator<Item = RawAttribute>,
        end: Token,
        siblings: &mut Siblings,
    ) {
        let id = self.element(start, count, attributes, end);
        self.nested.push(id);
        if end.kind == Kind::TagEnd {
            self.open.push((id, self.nested.len()));
        } else if self.open.is_empty() {
            siblings.add(self.tree.node(id).span);
        }
    }

    fn close_tag(&mut self, token: Token, siblings: &mut Siblings) {
        let Some(id) = self.end_element() else { return };
        let node = &mut self.tree.nodes[id.0 as usize];
        node.span.end = token.end;
        if let NodeKind::Element(element) = &mut node.kind
            && token.kind == Kind::CloseTag
        {
            element.close = Some(token.span());
        }
        if self.open.is_empty() {
            siblings.add(node.span);
        }
    }

    /// Ends the innermost open element: what came since it began are its children.
    fn end_element(&mut self) -> Option<NodeId> {
        let (id, from) = self.open.pop()?;
        if self.nested.len() > from
            && let NodeKind::Element(element) = &mut self.tree.nodes[id.0 as usize].kind
        {
            element.children = self.nested[from..].into();
            self.nested.truncate(from);
        }
        Some(id)
    }

    /// Gives the nodes that have no parent in their group to what the group belongs to.
    fn attach(&mut self, owner: Owner) {
        if self.nested.is_empty() {
            return;
        }
        let nodes = self.nested.drain(..);
        match owner {
            Owner::Roots => self.tree.roots.extend(nodes),
            Owner::Hole(hole) => {
                if let NodeKind::Hole(code) = &mut self.tree.nodes[hole.0 as usize].kind {
                    code.elements = nodes.collect();
                }
            }
            Owner::Attribute(element, index) => {
                if let NodeKind::Element(element) = &mut self.tree.nodes[element.0 as usize].kind
                    && let Some(attribute) = element.attributes.get_mut(index)
                    && let Some(code) = code_of_value(&mut attribute.value)
                {
                    code.elements = nodes.collect();
                }
            }
        }
    }

    fn report_siblings(&mut self, span: Option<Span>) {
        if let Some(span) = span {
            self.problems.push(SyntaxProblem { span, kind: SyntaxProblemKind::SeveralRoots });
        }
    }

    /// Adds an element. It has `count` attributes, or less where some cannot be read.
    fn element(
        &mut self,
        start: Token,
        count: usize,
        raw: impl Iterator<Item = RawAttribute>,
        end: Token,
    ) -> NodeId {
        let name = Span::new(start.start + 1, start.end);
        let open = Span::new(start.start, end.end);
        let kind = elements::kind_of(name.text(self.text));
        // The next node is this one: attributes hold no nodes of their own yet.
        let id = NodeId(self.tree.nodes.len() as u32);
        let mut attributes = Vec::with_capacity(count);
        for attribute in raw {
            let group = attribute.value.map_or(GroupId::NONE, |value| value.group);
            if let Some(attribute) = self.attribute(attribute) {
                if group != GroupId::NONE {
                    self.work.push((group, Owner::Attribute(id, attributes.len())));
                }
                attributes.push(attribute);
            }
        }
        self.report_duplicates(&attributes, kind);
        let element = Element {
            kind,
            name,
            open,
            close: None,
            self_closing: end.kind == Kind::SelfClosingEnd,
            attributes: attributes.into_boxed_slice(),
            children: Box::default(),
        };
        self.add(open, NodeKind::Element(element))
    }

    fn attribute(&mut self, raw: RawAttribute) -> Option<Attribute> {
        let Some(name) = raw.name else { return self.hole(raw.value?) };
        let Some(value) = raw.value else {
            return Some(Attribute { span: name.span(), name: name.span(), value: AttributeValue::Bare });
        };
        let value_of = match value.kind {
            Kind::Quoted => AttributeValue::Text(Span::new(value.start + 1, value.end - 1)),
            Kind::OpenQuoted => AttributeValue::Text(Span::new(value.start + 1, value.end)),
            Kind::Unquoted => AttributeValue::Text(value.span()),
            Kind::Template => {
                AttributeValue::Template(Code { span: value.span(), empty: false, elements: Box::default() })
            }
            Kind::ElementValue => {
                AttributeValue::Expr(Code { span: value.span(), empty: false, elements: Box::default() })
            }
            _ => AttributeValue::Expr(code_of(&value)),
        };
        Some(Attribute { span: name.span().cover(value.span()), name: name.span(), value: value_of })
    }

    fn hole(&mut self, hole: Token) -> Option<Attribute> {
        let (attribute, right) = hole_attribute(self.text, hole);
        if !right {
            self.problems.push(SyntaxProblem { span: hole.span(), kind: SyntaxProblemKind::UnexpectedInTag });
        }
        Some(attribute)
    }

    fn report_duplicates(&mut self, attributes: &[Attribute], kind: ElementKind) {
        if attributes.len() < 2 {
            return;
        }
        let text = self.text;
        let exact = kind == ElementKind::Component;
        let same = |a: &str, b: &str| if exact { a == b } else { a.eq_ignore_ascii_case(b) };
        let mut seen: HashMap<Cow<'_, str>, Span> = HashMap::new();
        for (index, attribute) in attributes.iter().enumerate() {
            let name = attribute.name.text(text);
            let first = if name.is_empty() {
                None
            } else if attributes.len() <= FEW_ATTRIBUTES {
                let earlier = attributes[..index].iter().find(|earlier| {
                    earlier.name.len() == attribute.name.len() && same(earlier.name.text(text), name)
                });
                earlier.map(|earlier| earlier.name)
            } else {
                let key = if exact { Cow::Borrowed(name) } else { Cow::Owned(name.to_ascii_lowercase()) };
                let first = *seen.entry(key).or_insert(attribute.name);
                (first != attribute.name).then_some(first)
            };
            if let Some(first) = first {
                let kind = SyntaxProblemKind::DuplicateAttribute {
                    name: name.to_owned(),
                    first,
                    attribute: attribute.span,
                };
                self.problems.push(SyntaxProblem { span: attribute.name, kind });
            }
        }
    }
}

/// The node that a token makes which stands by itself; none for code between elements.
fn leaf_kind(token: &Token) -> Option<NodeKind> {
    Some(match token.kind {
        Kind::Comment => {
            let start = token.start + 4;
            NodeKind::Comment(Span::new(start, token.end.saturating_sub(3).max(start)))
        }
        Kind::OpenComment => NodeKind::Comment(Span::new(token.start + 4, token.end)),
        Kind::Doctype => NodeKind::Doctype,
        Kind::RawText => NodeKind::RawText,
        Kind::Hole | Kind::EmptyHole | Kind::OpenHole => NodeKind::Hole(code_of(token)),
        Kind::Text | Kind::Stray => NodeKind::Text,
        _ => return None,
    })
}

/// Elements side by side in code.
#[derive(Default)]
struct Siblings {
    span: Option<Span>,
    several: bool,
}

impl Siblings {
    fn add(&mut self, span: Span) {
        self.several = self.span.is_some();
        self.span = Some(self.span.map_or(span, |earlier| earlier.cover(span)));
    }

    /// What they cover, if they are several; then begins anew.
    fn take(&mut self) -> Option<Span> {
        let Self { span, several } = std::mem::take(self);
        span.filter(|_| several)
    }
}

fn code_of_value(value: &mut AttributeValue) -> Option<&mut Code> {
    match value {
        AttributeValue::Bare | AttributeValue::Text(_) => None,
        AttributeValue::Expr(code)
        | AttributeValue::Template(code)
        | AttributeValue::Shorthand(code)
        | AttributeValue::Spread(code) => Some(code),
    }
}

/// `{name}` or `{...spread}`, and whether it is either.
pub(crate) fn hole_attribute(text: &str, hole: Token) -> (Attribute, bool) {
    let code = code_of(&hole);
    let text = code.span.text(text);
    let trivia = leading_trivia(text);
    let start = code.span.start + trivia as u32;
    if text[trivia..].starts_with("...") {
        let code = Code { span: Span::new(start + 3, code.span.end), ..code };
        let name = Span::at(hole.start);
        return (Attribute { span: hole.span(), name, value: AttributeValue::Spread(code) }, true);
    }
    let word = text[trivia..].find(|c: char| !is_identifier_char(c)).unwrap_or(text.len() - trivia);
    let name = Span::new(start, start + word as u32);
    let rest = &text[trivia + word..];
    let identifier = word > 0 && !text[trivia..].starts_with(|c: char| c.is_ascii_digit());
    let alone = identifier && leading_trivia(rest) == rest.len();
    let code = if alone { Code { span: name, ..code } } else { code };
    let attribute = Attribute { span: hole.span(), name, value: AttributeValue::Shorthand(code) };
    (attribute, alone || hole.kind != Kind::Hole)
}

/// The code of a hole: what stands inside its braces.
fn code_of(hole: &Token) -> Code {
    let end = if hole.kind == Kind::OpenHole { hole.end } else { hole.end - 1 };
    Code {
        span: Span::new(hole.start + 1, end),
        empty: hole.kind == Kind::EmptyHole,
        elements: Box::default(),
    }
}

/// How long the white space and comments are that `code` begins with.
fn leading_trivia(code: &str) -> usize {
    let bytes = code.as_bytes();
    let mut at = 0;
    loop {
        at = scan::skip_space(bytes, at);
        if bytes[at..].starts_with(b"/*") {
            let Some(length) = code[at + 2..].find("*/") else { return at };
            at += length + 4;
        } else if bytes[at..].starts_with(b"//") {
            at = scan::line_end(bytes, at);
        } else {
            return at;
        }
    }
}

fn is_identifier_char(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$' | '\u{200c}' | '\u{200d}')
}
