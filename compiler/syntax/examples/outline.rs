//! Prints where the parts of `.velox` files lie, for tools that are not written in Rust: a JSON array of texts on standard input
//! gives a JSON array of outlines on standard output. All positions are byte offsets in the file.
//!
//! Refuses to know files, and what anything means.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "it talks to whoever started it")]

use serde::Serialize;
use std::io::Read;
use velox_diagnostics::Span;
use velox_syntax::{
    Attribute, AttributeValue, Code, CommentKind, Element, NodeKind, Tree, code_comments, comments,
    parse_template, parse_tsx, regions,
};

/// What a file consists of.
#[derive(Serialize)]
struct Outline {
    /// The opening fence, the code between the fences, the closing fence; none without a server block.
    server: Option<[(u32, u32); 3]>,
    /// The template.
    template: (u32, u32),
    /// Whether fences and template are well formed.
    sound: bool,
    /// Parts of the server block (where it reads as TSX) and of the template, a part before those that lie in it; behind those of
    /// either its comments, as `note`, those in code among them.
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Part {
    kind: &'static str,
    start: u32,
    end: u32,
    /// For the text of a raw element its name, and its attributes as `name=value`.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<Vec<String>>,
    /// Whether it stands in an element that stands in code.
    code: bool,
}

struct Walk<'a> {
    text: &'a str,
    tree: &'a Tree,
    base: u32,
    parts: Vec<Part>,
}

fn main() {
    let mut input = String::new();
    let read = std::io::stdin().read_to_string(&mut input).map_err(|error| error.to_string());
    let texts =
        read.and_then(|_| serde_json::from_str::<Vec<String>>(&input).map_err(|error| error.to_string()));
    let printed = texts.map(|texts| texts.iter().map(|text| outline(text)).collect::<Vec<_>>());
    match printed.and_then(|outlines| serde_json::to_string(&outlines).map_err(|error| error.to_string())) {
        Ok(json) => println!("{json}"),
        Err(message) => {
            println!("standard input has to be a JSON array of texts: {message}");
            std::process::exit(2);
        }
    }
}

fn outline(text: &str) -> Outline {
    let cut = regions(text);
    let mut parts = Vec::new();
    if let Some(server) = &cut.server {
        let block = server.body.text(text);
        let tree = parse_tsx(block);
        // What reads as TSX holds elements; what does not holds casts.
        if tree.problems.is_empty() {
            parts.extend(Walk::parts(block, &tree, server.body.start));
        } else {
            parts.extend(code_comments(block).iter().map(|comment| {
                let (start, end) =
                    (comment.span.start + server.body.start, comment.span.end + server.body.start);
                Part { kind: "note", start, end, of: None, code: true }
            }));
        }
    }
    let template = cut.template.text(text);
    let tree = parse_template(template);
    parts.extend(Walk::parts(template, &tree, cut.template.start));
    let pair = |span: Span| (span.start, span.end);
    Outline {
        server: cut.server.map(|server| [pair(server.open), pair(server.body), pair(server.close)]),
        template: pair(cut.template),
        sound: cut.problems.is_empty() && tree.problems.is_empty(),
        parts,
    }
}

impl Walk<'_> {
    /// The parts of a template, or of a server block, of which `tree` has one hole that covers it.
    fn parts(text: &str, tree: &Tree, base: u32) -> Vec<Part> {
        let mut walk = Walk { text, tree, base, parts: Vec::new() };
        walk.nodes();
        walk.parts
    }

    /// An explicit stack: elements may nest as deep as they like.
    fn nodes(&mut self) {
        let mut rest: Vec<_> = self.tree.roots.iter().rev().map(|id| (*id, None, false)).collect();
        while let Some((id, around, code)) = rest.pop() {
            let node = self.tree.node(id);
            match &node.kind {
                NodeKind::Text => self.push("text", node.span, code),
                NodeKind::Comment(_) => self.push("comment", node.span, code),
                NodeKind::Doctype => self.push("doctype", node.span, code),
                NodeKind::RawText => {
                    self.push("raw", node.span, code);
                    let of = around.map(|element: &Element| self.attributes(element));
                    if let Some(part) = self.parts.last_mut() {
                        part.of = of;
                    }
                }
                NodeKind::Hole(hole) => {
                    if hole.span != node.span {
                        self.push("hole", node.span, code);
                    }
                    rest.extend(hole.elements.iter().rev().map(|id| (*id, None, true)));
                }
                NodeKind::Element(element) => {
                    self.push("open", element.open, code);
                    self.push("name", element.name, code);
                    for attribute in &element.attributes {
                        self.attribute(attribute, code);
                    }
                    if let Some(close) = element.close {
                        self.push("close", close, code);
                    }
                    rest.extend(element.children.iter().rev().map(|id| (*id, Some(element), code)));
                    let values = element.attributes.iter().filter_map(|attribute| attribute.value.code());
                    rest.extend(values.flat_map(|code: &Code| &code.elements).map(|id| (*id, None, true)));
                }
            }
        }
        for comment in comments(self.text, self.tree) {
            let mut span = comment.span;
            if comment.kind == CommentKind::Braces {
                let text = span.text(self.text);
                let (begin, end) =
                    (text.find("/*").unwrap_or(0), text.rfind("*/").map_or(text.len(), |at| at + 2));
                span = Span::new(span.start + begin as u32, span.start + end as u32);
            }
            self.push("note", span, false);
        }
    }

    fn attribute(&mut self, attribute: &Attribute, code: bool) {
        match &attribute.value {
            AttributeValue::Bare => self.push("attribute", attribute.name, code),
            AttributeValue::Text(span) => {
                self.push("attribute", attribute.name, code);
                self.push("quoted", *span, code);
            }
            AttributeValue::Expr(value) | AttributeValue::Template(value) => {
                self.push("attribute", attribute.name, code);
                self.push("value", value.span, code);
            }
            AttributeValue::Shorthand(value) | AttributeValue::Spread(value) => {
                self.push("value", value.span, code);
            }
        }
    }

    fn attributes(&self, element: &Element) -> Vec<String> {
        let value = |attribute: &Attribute| match &attribute.value {
            AttributeValue::Text(span) => span.text(self.text).to_owned(),
            _ => String::new(),
        };
        let mut found = vec![element.name.text(self.text).to_owned()];
        found.extend(
            element.attributes.iter().map(|one| format!("{}={}", one.name.text(self.text), value(one))),
        );
        found
    }

    fn push(&mut self, kind: &'static str, span: Span, code: bool) {
        if span.start < span.end {
            let (start, end) = (span.start + self.base, span.end + self.base);
            self.parts.push(Part { kind, start, end, of: None, code });
        }
    }
}
