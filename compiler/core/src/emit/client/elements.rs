//! Turns trees into calls of preact's `h`: elements, components, slots, text.
//!
//! Properties are written in `props.rs`. Nothing here decides whether something is allowed.

use super::ClientEmitter;
use super::names::Function;
use crate::emit::code::{CodeEmitter, Region, collapse, elements_at};
use crate::emit::components::{has_content, split_slots, static_attribute, take_out};
use crate::emit::html;
use crate::holes::facts_of;
use std::borrow::Cow;
use velox_diagnostics::Span;
use velox_script::Shape;
use velox_syntax::{Code, Element, ElementKind, NodeId, NodeKind};

/// A child: constant text, adjacent pieces joined, or a node that becomes an expression.
enum Child {
    Text(String),
    Node(NodeId),
}

impl<'a> ClientEmitter<'a> {
    /// Writes a node as one expression.
    pub(crate) fn node(&mut self, region: Region<'a>, id: NodeId) {
        let node = region.tree.node(id);
        match &node.kind {
            NodeKind::Element(element) => {
                stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || {
                    self.element(region, element, node.span);
                });
            }
            NodeKind::Hole(code) => self.hole(region, code),
            NodeKind::Text | NodeKind::RawText => self.out.string(&line_ends(region.text(node.span))),
            NodeKind::Comment(_) | NodeKind::Doctype => self.out.text("null"),
        }
    }

    fn hole(&mut self, region: Region<'a>, code: &'a Code) {
        let Some((snippet, facts)) = region.snippet(code) else { return self.out.text("null") };
        match facts.shape {
            Shape::Element(span) => self.one(region, elements_at(region, snippet, span)),
            _ => self.argument(region, code),
        }
    }

    /// Writes a hole's code between commas. A hole with a comma of its own does not parse, unless it is in parentheses.
    pub(crate) fn argument(&mut self, region: Region<'a>, code: &'a Code) {
        match region.snippet(code) {
            Some((snippet, facts)) => self.code(region, snippet, facts.shape.span(), &[]),
            None => self.out.text("undefined"),
        }
    }

    fn element(&mut self, region: Region<'a>, element: &'a Element, span: Span) {
        match element.kind {
            ElementKind::Slot if self.is_velox => self.slot(region, element),
            _ if self.is_velox && take_out(region, element, &mut self.extracted) => self.out.text("null"),
            ElementKind::Fragment => {
                self.call(region, span);
                let fragment = self.names.function(Function::Fragment);
                self.out.text(&fragment);
                self.out.text(", null");
                self.arguments(region, &element.children, None);
                self.out.text(")");
            }
            ElementKind::Component => self.component(region, element, span),
            ElementKind::Html | ElementKind::Custom | ElementKind::Slot => {
                self.html_element(region, element, span);
            }
        }
    }

    /// Writes `$$h(`, which stands for the beginning of an element.
    fn call(&mut self, region: Region<'a>, span: Span) {
        let h = self.names.function(Function::H);
        self.out.mapped(region.source.base + span.start, &h);
        self.out.text("(");
    }

    fn html_element(&mut self, region: Region<'a>, element: &'a Element, span: Span) {
        let name = region.text(element.name);
        self.call(region, span);
        self.out.map(region.source.base + element.name.start);
        self.out.string(name);
        self.out.text(", ");
        let has_content = self.attributes(region, element, name);
        if !has_content && !velox_syntax::is_void(name) {
            let (in_head, keep) = (self.in_head, self.keep_white_space);
            self.in_head |= name == "head";
            self.keep_white_space |= html::keeps_white_space(name);
            self.arguments(region, &element.children, Some(name));
            (self.in_head, self.keep_white_space) = (in_head, keep);
        }
        self.out.text(")");
    }

    fn component(&mut self, region: Region<'a>, element: &'a Element, span: Span) {
        self.call(region, span);
        self.out.copy(region.source, element.name);
        self.out.text(", ");
        let fills = std::mem::take(&mut self.fills_layout);
        let (named, children) = split_slots(region, &element.children);
        self.component_props(region, element, &named);
        self.arguments(region, &children, None);
        self.fills_layout = fills;
        self.out.text(")");
    }

    /// Writes children as further arguments. `parent` is the element whose beginning they stand at.
    fn arguments(&mut self, region: Region<'a>, nodes: &[NodeId], parent: Option<&str>) {
        for child in self.children(region, nodes, parent) {
            self.out.text(", ");
            self.child(region, child);
        }
    }

    /// Writes nodes as one value.
    pub(crate) fn one(&mut self, region: Region<'a>, nodes: &[NodeId]) {
        let mut children = self.children(region, nodes, None);
        match (children.pop(), children.is_empty()) {
            (None, _) => self.out.text("null"),
            (Some(Child::Node(id)), true) => match &region.tree.node(id).kind {
                // After `return` and `??` an operand is needed.
                NodeKind::Hole(code) if !is_element(region, code) => self.value(region, code),
                _ => self.node(region, id),
            },
            (Some(only), true) => self.child(region, only),
            (Some(last), false) => {
                let (h, fragment) =
                    (self.names.function(Function::H), self.names.function(Function::Fragment));
                self.out.text(&format!("{h}({fragment}, null"));
                for child in children.into_iter().chain([last]) {
                    self.out.text(", ");
                    self.child(region, child);
                }
                self.out.text(")");
            }
        }
    }

    fn child(&mut self, region: Region<'a>, child: Child) {
        match child {
            Child::Text(text) => self.out.string(&text),
            Child::Node(id) => self.node(region, id),
        }
    }

    /// What among the nodes becomes a child: comments and empty holes are none, constants are joined.
    fn children(&mut self, region: Region<'a>, nodes: &[NodeId], parent: Option<&str>) -> Vec<Child> {
        let mut children = Vec::new();
        let mut text = String::new();
        for (at, id) in nodes.iter().enumerate() {
            let node = region.tree.node(*id);
            match &node.kind {
                NodeKind::Text => {
                    let first = at == 0 && parent.is_some_and(html::keeps_white_space);
                    text.push_str(&self.text(region.text(node.span), first));
                    continue;
                }
                NodeKind::Comment(_) | NodeKind::Doctype => continue,
                NodeKind::Hole(code) => match region.snippet(code).map(|(_, facts)| &facts.shape) {
                    None | Some(Shape::Nothing(_)) => continue,
                    Some(Shape::Constant { value, .. }) => {
                        text.push_str(value);
                        continue;
                    }
                    Some(_) => {}
                },
                NodeKind::Element(element) => {
                    if self.is_velox && take_out(region, element, &mut self.extracted) {
                        continue;
                    }
                }
                NodeKind::RawText => {}
            }
            if !text.is_empty() {
                children.push(Child::Text(std::mem::take(&mut text)));
            }
            children.push(Child::Node(*id));
        }
        if !text.is_empty() {
            children.push(Child::Text(text));
        }
        children
    }

    /// Text as the browser would read it: white space after language.md T13, line ends and entities as HTML has them. At the
    /// beginning of `<pre>` and `<textarea>` HTML drops a line break.
    fn text(&self, text: &'a str, first_in_pre: bool) -> String {
        let text = line_ends(if self.keep_white_space { text } else { collapse(text) });
        let text = if first_in_pre { text.strip_prefix('\n').unwrap_or(&text) } else { &text };
        htmlize::unescape(text).into_owned()
    }

    /// `<slot>` in a layout or component, `<velox:slot>` in a page.
    fn slot(&mut self, region: Region<'a>, element: &'a Element) {
        let name = static_attribute(region, element, "name").unwrap_or("default");
        let props = self.names.name("props");
        if region.text(element.name) == "velox:slot" {
            if !self.fills_layout {
                return self.out.text("null");
            }
            self.out.text(&format!("({props}.fill?.("));
            self.out.string(name);
            self.out.text(", ");
            self.one(region, &element.children);
            return self.out.text("), null)");
        }
        let fallback = has_content(region, &element.children);
        self.out.text(if fallback { "(" } else { "" });
        self.out.text(&props);
        if name == "default" {
            self.out.text(".children");
        } else if super::props::is_identifier(name) {
            self.out.text(&format!(".slots?.{name}"));
        } else {
            self.out.text(".slots?.[");
            self.out.string(name);
            self.out.text("]");
        }
        if fallback {
            self.out.text(" ?? ");
            let fills = std::mem::take(&mut self.fills_layout);
            self.one(region, &element.children);
            self.fills_layout = fills;
            self.out.text(")");
        }
    }
}

fn is_element(region: Region<'_>, code: &Code) -> bool {
    facts_of(region.holes, code).is_some_and(|facts| matches!(facts.shape, Shape::Element(_)))
}

/// Text with the line ends that HTML makes of any (a string of JavaScript would keep `\r`).
pub(crate) fn line_ends(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}
