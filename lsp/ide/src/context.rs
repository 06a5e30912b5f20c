//! What stands at an offset: which region, which part of which tag, which code.
//!
//! The one place that walks the tree down to a cursor; features match on its answer. It reads trees alone, so it answers on broken
//! text too: a tag that is being typed is an element whose closing bracket is missing.

use crate::Document;
use velox_diagnostics::Span;
use velox_syntax::{Attribute, AttributeValue, Code, Element, Node, NodeId, NodeKind, Tree};

/// The region of a file that an offset lies in (language.md section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// On a line of a fence, or before the opening one.
    Fence,
    /// In the server block's code, or anywhere in a module.
    Script,
    /// In the template.
    Template,
}

/// An element, in the tree that it belongs to: the template's, or that of TSX code.
#[derive(Clone, Copy, Debug)]
pub struct ElementAt<'a> {
    /// The tree.
    pub tree: &'a Tree,
    /// Where the tree's text begins in the file: add it to each span of the tree.
    pub base: u32,
    /// The text that the tree was made of.
    pub source: &'a str,
    /// The element.
    pub id: NodeId,
}

impl<'a> ElementAt<'a> {
    /// The element itself; spans count from [`Self::base`].
    #[must_use]
    pub fn element(self) -> Option<&'a Element> {
        match &self.tree.node(self.id).kind {
            NodeKind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Its name as written; empty for a fragment.
    #[must_use]
    pub fn name(self) -> &'a str {
        self.element().map_or("", |element| element.name.text(self.source))
    }

    /// All of it, in the file.
    #[must_use]
    pub fn span(self) -> Span {
        self.tree.node(self.id).span.shift(self.base)
    }

    /// The name of an attribute as written.
    #[must_use]
    pub fn attribute_name(self, attribute: &Attribute) -> &'a str {
        attribute.name.text(self.source)
    }
}

/// Which part of an attribute an offset touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributePlace {
    /// Its name.
    Name,
    /// The text between its quotes; the span in the file, without the quotes.
    Text(Span),
}

/// What stands at an offset. Where two things meet, what begins there loses to what ends there, so that a cursor behind a word is in it.
#[derive(Clone, Copy, Debug)]
pub enum Context<'a> {
    /// On a fence, or before it.
    Fence,
    /// In TypeScript of the server block or of a module, outside of elements.
    Script,
    /// In the code of a `{...}`, outside of elements in it. The span is that of the code, in the file; the element that it is an
    /// attribute of, or that it is a child of, comes along.
    Hole {
        /// The code's span in the file, without braces.
        span: Span,
        /// The element around it, the nearest.
        parent: Option<ElementAt<'a>>,
        /// The attribute whose value it is, by its index.
        attribute: Option<usize>,
    },
    /// In text among children, or where text could be.
    Text {
        /// The element around it.
        parent: Option<ElementAt<'a>>,
    },
    /// In the name of an opening tag.
    TagName(ElementAt<'a>),
    /// In a closing tag.
    ClosingTag(ElementAt<'a>),
    /// In an opening tag, between its parts: where an attribute could be.
    InTag(ElementAt<'a>),
    /// In an attribute, by its index.
    Attribute(ElementAt<'a>, usize, AttributePlace),
    /// In the raw text of `<style>` or `<script>`; the text's span in the file.
    RawText(ElementAt<'a>, Span),
    /// In an HTML comment; the span between its delimiters, in the file.
    Comment(Span),
    /// In a doctype.
    Doctype,
}

/// The region of a file that an offset lies in.
#[must_use]
pub fn region_at(document: Document<'_>, offset: u32) -> Region {
    if !document.is_velox() {
        return Region::Script;
    }
    let regions = document.regions();
    match regions.server {
        Some(server)
            if server.body.touches(offset) && offset < server.close.start.max(server.body.start + 1) =>
        {
            Region::Script
        }
        Some(server) if server.body.is_empty() && offset == server.body.start && server.close.is_empty() => {
            Region::Script
        }
        Some(_) if offset >= regions.template.start => Region::Template,
        Some(_) => Region::Fence,
        None => Region::Template,
    }
}

/// What stands at an offset.
#[must_use]
pub fn context_at(document: Document<'_>, offset: u32) -> Context<'_> {
    match region_at(document, offset) {
        Region::Fence => Context::Fence,
        Region::Template => {
            let base = document.template_start();
            let walk = Walk { tree: document.tree(), base, source: document.template() };
            walk.among(&walk.tree.roots, offset, None).unwrap_or(Context::Text { parent: None })
        }
        Region::Script => {
            let Some(span) = document.script() else { return Context::Script };
            let tree = if document.is_velox() {
                document.block().tree.as_ref()
            } else {
                velox_db::parse_script(document.db, document.file).tree.as_ref()
            };
            let Some(tree) = tree else { return Context::Script };
            let walk = Walk { tree, base: span.start, source: span.text(document.text()) };
            // Between elements lies code, not text.
            let inside = |id: &&NodeId| walk.tree.node(**id).span.shift(walk.base).touches(offset);
            let Some(id) = walk.tree.roots.iter().find(inside) else { return Context::Script };
            walk.in_node(*id, offset, None).unwrap_or(Context::Script)
        }
    }
}

/// A walk down one tree.
#[derive(Clone, Copy)]
struct Walk<'a> {
    tree: &'a Tree,
    base: u32,
    source: &'a str,
}

/// Where the walk goes on.
enum Step<'a> {
    Found(Context<'a>),
    Into(&'a [NodeId], Option<ElementAt<'a>>, Context<'a>),
}

impl<'a> Walk<'a> {
    fn at(self, id: NodeId) -> ElementAt<'a> {
        ElementAt { tree: self.tree, base: self.base, source: self.source, id }
    }

    /// What stands at an offset among siblings: the node that ends there before the one that begins there, but an element or a hole
    /// only where the offset is inside of its brackets.
    fn among(self, ids: &'a [NodeId], offset: u32, parent: Option<ElementAt<'a>>) -> Option<Context<'a>> {
        let mut ids = ids;
        let mut parent = parent;
        let mut outside = None;
        loop {
            let Some(id) = ids.iter().copied().find(|id| self.holds(*id, offset)) else { return outside };
            match self.step(id, offset, parent)? {
                Step::Found(context) => return Some(context),
                Step::Into(children, around, otherwise) => {
                    ids = children;
                    parent = around;
                    outside = Some(otherwise);
                }
            }
        }
    }

    fn in_node(self, id: NodeId, offset: u32, parent: Option<ElementAt<'a>>) -> Option<Context<'a>> {
        match self.step(id, offset, parent)? {
            Step::Found(context) => Some(context),
            Step::Into(children, around, otherwise) => {
                Some(self.among(children, offset, around).unwrap_or(otherwise))
            }
        }
    }

    fn holds(self, id: NodeId, offset: u32) -> bool {
        let node = self.tree.node(id);
        let span = node.span.shift(self.base);
        match &node.kind {
            NodeKind::Text | NodeKind::RawText => span.touches(offset),
            NodeKind::Element(element) if self.is_unfinished(element) => {
                span.start < offset && offset <= span.end.max(self.typed_until(element))
            }
            _ => span.start < offset && offset < span.end || self.is_open_ended(node, offset),
        }
    }

    /// Whether an element lacks its end, so that its last offset is still inside.
    fn is_unfinished(self, element: &Element) -> bool {
        if let Some(close) = element.close {
            return !close.text(self.source).ends_with('>');
        }
        if element.self_closing {
            return false;
        }
        !self.is_closed(element) || !velox_syntax::is_void(element.name.text(self.source))
    }

    /// Whether the last opening tag ends with its bracket.
    fn is_closed(self, element: &Element) -> bool {
        element.open.text(self.source).ends_with('>')
    }

    /// Where the blanks behind an opening tag that lacks its bracket end, in the file.
    fn typed_until(self, element: &Element) -> u32 {
        let rest = self.source.get(element.open.end as usize..).unwrap_or("");
        let blanks = rest.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count() as u32;
        self.base + element.open.end + blanks
    }

    /// Whether a comment or hole lacks its end, so that its last offset is still inside.
    fn is_open_ended(self, node: &Node, offset: u32) -> bool {
        let span = node.span.shift(self.base);
        if offset != span.end || span.is_empty() {
            return false;
        }
        match &node.kind {
            NodeKind::Hole(code) => code.span.end == node.span.end,
            NodeKind::Comment(inside) => inside.end == node.span.end,
            _ => false,
        }
    }

    fn step(self, id: NodeId, offset: u32, parent: Option<ElementAt<'a>>) -> Option<Step<'a>> {
        let node = self.tree.node(id);
        let context = match &node.kind {
            NodeKind::Text => Context::Text { parent },
            NodeKind::Comment(inside) => Context::Comment(inside.shift(self.base)),
            NodeKind::Doctype => Context::Doctype,
            NodeKind::RawText => match parent {
                Some(parent) => Context::RawText(parent, node.span.shift(self.base)),
                None => Context::Text { parent },
            },
            NodeKind::Hole(code) => return Some(self.in_code(code, parent, None)),
            NodeKind::Element(element) => return self.in_element(self.at(id), element, offset),
        };
        Some(Step::Found(context))
    }

    fn in_code(self, code: &'a Code, parent: Option<ElementAt<'a>>, attribute: Option<usize>) -> Step<'a> {
        let otherwise = Context::Hole { span: code.span.shift(self.base), parent, attribute };
        Step::Into(&code.elements, parent, otherwise)
    }

    fn in_element(self, at: ElementAt<'a>, element: &'a Element, offset: u32) -> Option<Step<'a>> {
        let open = element.open.shift(self.base);
        let is_closed = self.is_closed(element);
        // A tag that is being typed goes on over the blanks behind it.
        let typing = !is_closed && offset >= open.end && {
            let between = Span::new(open.end - self.base, offset - self.base).text(self.source);
            between.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
        };
        if offset > open.start && (offset < open.end || typing) {
            let name = element.name.shift(self.base);
            if name.touches(offset) && !name.is_empty() || offset == open.start + 1 {
                return Some(Step::Found(Context::TagName(at)));
            }
            for (index, attribute) in element.attributes.iter().enumerate() {
                if attribute.span.shift(self.base).touches(offset) {
                    return Some(self.in_attribute(at, attribute, index, offset));
                }
            }
            return Some(Step::Found(Context::InTag(at)));
        }
        if let Some(close) = element.close {
            let is_whole = close.text(self.source).ends_with('>');
            let close = close.shift(self.base);
            let is_typed = offset == close.end && !is_whole;
            if offset > close.start && (offset < close.end || is_typed) {
                return Some(Step::Found(Context::ClosingTag(at)));
            }
        }
        Some(Step::Into(&element.children, Some(at), Context::Text { parent: Some(at) }))
    }

    fn in_attribute(
        self,
        at: ElementAt<'a>,
        attribute: &'a Attribute,
        index: usize,
        offset: u32,
    ) -> Step<'a> {
        let name = attribute.name.shift(self.base);
        match &attribute.value {
            AttributeValue::Text(span) if span.shift(self.base).touches(offset) => {
                Step::Found(Context::Attribute(at, index, AttributePlace::Text(span.shift(self.base))))
            }
            AttributeValue::Shorthand(code) | AttributeValue::Spread(code)
                if attribute.span.start < offset - self.base && offset - self.base <= code.span.end =>
            {
                self.in_code(code, Some(at), Some(index))
            }
            AttributeValue::Expr(code) | AttributeValue::Template(code)
                if code.span.shift(self.base).touches(offset) =>
            {
                self.in_code(code, Some(at), Some(index))
            }
            _ if name.touches(offset) => Step::Found(Context::Attribute(at, index, AttributePlace::Name)),
            _ => Step::Found(Context::InTag(at)),
        }
    }
}
