//! The elements of a template that people navigate by, as symbols.

use super::{DEEPEST, Entry, Symbol, SymbolKind, assemble, style};
use crate::Document;
use velox_diagnostics::Span;
use velox_syntax::{AttributeValue, Code, Element, ElementKind, NodeId, NodeKind, Tree};

/// Elements that are told whatever their attributes.
const TOLD: &[&str] = &[
    "article", "aside", "body", "canvas", "datalist", "details", "dialog", "dl", "fieldset", "figure",
    "footer", "form", "head", "header", "html", "iframe", "main", "menu", "nav", "ol", "script", "search",
    "section", "style", "table", "tbody", "template", "thead", "tfoot", "title", "ul", "video",
];

/// Headings are told by their text.
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary", "title", "caption"];

/// Characters of a text that a symbol is named by.
const NAME_LENGTH: usize = 60;

/// The elements of the template, as trees.
pub(super) fn elements(document: Document<'_>) -> Vec<Symbol> {
    let outline =
        Outline { tree: document.tree(), source: document.template(), base: document.template_start() };
    let mut entries = Vec::new();
    let roots = outline.tree.roots.iter().rev();
    let mut work: Vec<(NodeId, Option<usize>, usize)> = roots.map(|id| (*id, None, 0)).collect();
    while let Some((id, parent, depth)) = work.pop() {
        let (children, parent, depth) = outline.node(id, parent, depth, &mut entries);
        work.extend(children.into_iter().rev().map(|child| (child, parent, depth)));
    }
    assemble(entries)
}

struct Outline<'a> {
    tree: &'a Tree,
    source: &'a str,
    base: u32,
}

impl Outline<'_> {
    /// Adds the symbol of a node, if it has one. Gives the nodes in it, and the symbol that they belong to.
    fn node(
        &self,
        id: NodeId,
        parent: Option<usize>,
        depth: usize,
        entries: &mut Vec<Entry>,
    ) -> (Vec<NodeId>, Option<usize>, usize) {
        let node = self.tree.node(id);
        let element = match &node.kind {
            NodeKind::Hole(code) => return (code.elements.to_vec(), parent, depth),
            NodeKind::Element(element) => element,
            _ => return (Vec::new(), parent, depth),
        };
        let in_attributes = element.attributes.iter().filter_map(|attribute| attribute.value.code());
        let mut children: Vec<NodeId> =
            in_attributes.flat_map(|code: &Code| code.elements.iter().copied()).collect();
        children.extend(&element.children);
        let Some(symbol) = self.symbol(element, node.span) else { return (children, parent, depth) };
        let name = symbol.name.clone();
        let at = if depth < DEEPEST { (Some(entries.len()), depth + 1) } else { (parent, depth) };
        entries.push(Entry { symbol, parent });
        if name == "style" {
            for child in element.children.iter().map(|id| self.tree.node(*id)) {
                if child.kind == NodeKind::RawText {
                    style::add_rules(entries, at.0, at.1, self.source, child.span, self.base);
                }
            }
        }
        (children, at.0, at.1)
    }

    fn symbol(&self, element: &Element, span: Span) -> Option<Symbol> {
        let name = element.name.text(self.source);
        let id = self.text_of(element, "id");
        let heading = HEADINGS.contains(&name);
        let kind = match element.kind {
            ElementKind::Component => SymbolKind::Component,
            ElementKind::Slot => SymbolKind::Slot,
            ElementKind::Custom => SymbolKind::Element,
            ElementKind::Html if heading || id.is_some() || TOLD.contains(&name) => SymbolKind::Element,
            ElementKind::Html | ElementKind::Fragment => return None,
        };
        let mut detail = String::new();
        if let Some(id) = id {
            detail = format!("#{id}");
        }
        for class in self.text_of(element, "class").unwrap_or("").split_whitespace() {
            detail.push('.');
            detail.push_str(class);
        }
        let content = if heading { self.content(element) } else { String::new() };
        let slot = if kind == SymbolKind::Slot { self.text_of(element, "name") } else { None };
        let (name, detail) = match (content.is_empty(), slot) {
            (false, _) => (content, format!("{name}{detail}")),
            (true, Some(slot)) => (format!("{name} {slot}"), detail),
            (true, None) => (name.to_owned(), detail),
        };
        let focus = if element.name.is_empty() { element.open } else { element.name };
        Some(Symbol {
            name,
            detail: Some(detail).filter(|detail| !detail.is_empty()),
            kind,
            span: span.shift(self.base),
            focus: focus.shift(self.base),
            children: Vec::new(),
        })
    }

    /// The text of an attribute that is written as text, and not empty.
    fn text_of(&self, element: &Element, name: &str) -> Option<&str> {
        let attribute =
            element.attributes.iter().find(|attribute| attribute.name.text(self.source) == name)?;
        let AttributeValue::Text(span) = attribute.value else { return None };
        Some(span.text(self.source)).filter(|text| !text.trim().is_empty())
    }

    /// The text that an element shows, holes as they are written, as far as a name goes.
    fn content(&self, element: &Element) -> String {
        let mut out = String::new();
        let mut work: Vec<NodeId> = element.children.iter().rev().copied().collect();
        while let Some(id) = work.pop() {
            let node = self.tree.node(id);
            match &node.kind {
                NodeKind::Text => out.push_str(node.span.text(self.source)),
                NodeKind::Hole(code) if !code.empty => out.push_str(node.span.text(self.source)),
                NodeKind::Element(element) => work.extend(element.children.iter().rev()),
                _ => {}
            }
            if out.len() > 4 * NAME_LENGTH {
                break;
            }
        }
        let words: Vec<&str> = out.split_whitespace().collect();
        let text = words.join(" ");
        match text.char_indices().nth(NAME_LENGTH) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }
}
