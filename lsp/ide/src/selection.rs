//! Selections that grow: word, expression, statement, attribute, tag, element, parent, region, file.
//!
//! Everything that could be selected around the offset is gathered, from the trees of both parsers, from brackets and from the
//! structure of styles; then the smallest is taken, and the next that holds it, and so on. So broken text has its steps too.

use crate::Document;
use crate::parts::{Part, parts};
use velox_core::holes::{module_elements, template_holes};
use velox_diagnostics::Span;
use velox_script::Dialect;
use velox_syntax::{
    AttributeValue, Comment, CommentKind, Element, NodeKind, code_brackets, code_comments, comments,
};

/// The spans around an offset, the smallest first, each inside the next; the last is the whole file.
#[must_use]
pub fn selections(document: Document<'_>, offset: u32) -> Vec<Span> {
    let text = document.text();
    let mut around = Around { text, offset, found: Vec::new() };
    around.word();
    for part in parts(document) {
        if !Span::new(part.base, part.base + part.source.len() as u32).touches(offset) {
            continue;
        }
        around.tree(&part);
        around.code(&part);
        around.styles(&part);
        around.comments(&part);
        around.add_trimmed(Span::new(0, part.source.len() as u32), part.base);
    }
    if document.is_velox()
        && let Some(server) = document.regions().server
    {
        around.add(server.body, 0);
        around.add(server.open.cover(server.body).cover(server.close), 0);
    }
    around.finish()
}

struct Around<'a> {
    text: &'a str,
    offset: u32,
    found: Vec<Span>,
}

impl Around<'_> {
    fn add(&mut self, span: Span, base: u32) {
        let span = span.shift(base);
        if span.touches(self.offset) && !span.is_empty() {
            self.found.push(span);
        }
    }

    /// A span, and before it the same without the blanks at its ends.
    fn add_trimmed(&mut self, span: Span, base: u32) {
        let text = span.shift(base).text(self.text);
        let lead = (text.len() - text.trim_start().len()) as u32;
        let end = span.start + text.trim_end().len() as u32;
        self.add(Span::new((span.start + lead).min(end.max(span.start)), end.max(span.start)), base);
        self.add(span, base);
    }

    /// What lies between delimiters: selected where the offset is between them.
    fn add_inside(&mut self, span: Span, base: u32, before: u32, after: u32) {
        if span.len() < before + after {
            return;
        }
        let inside = Span::new(span.start + before, span.end - after);
        if inside.shift(base).touches(self.offset) {
            self.add_trimmed(inside, base);
        }
        self.add(span, base);
    }

    fn word(&mut self) {
        let is_word = |next: &char| next.is_alphanumeric() || matches!(next, '_' | '$');
        let at = self.offset as usize;
        let (Some(before), Some(after)) = (self.text.get(..at), self.text.get(at..)) else { return };
        let start = before.chars().rev().take_while(is_word).map(char::len_utf8).sum::<usize>();
        let end = after.chars().take_while(is_word).map(char::len_utf8).sum::<usize>();
        self.add(Span::from(at - start..at + end), 0);
    }

    fn tree(&mut self, part: &Part<'_>) {
        let Some(tree) = part.tree else { return };
        for node in &tree.nodes {
            if !node.span.shift(part.base).touches(self.offset) {
                continue;
            }
            match &node.kind {
                NodeKind::Element(element) => self.element(part, element, node.span),
                NodeKind::Text | NodeKind::RawText => self.add_trimmed(node.span, part.base),
                NodeKind::Hole(code) => {
                    self.add_trimmed(code.span, part.base);
                    self.add(node.span, part.base);
                }
                // With the other comments.
                NodeKind::Comment(_) => {}
                NodeKind::Doctype => self.add(node.span, part.base),
            }
        }
    }

    fn element(&mut self, part: &Part<'_>, element: &Element, span: Span) {
        self.add(span, part.base);
        self.add(element.open, part.base);
        self.add(element.name, part.base);
        if let Some(close) = element.close {
            self.add(close, part.base);
            let inside = Span::new(element.open.end.min(close.start), close.start);
            self.add_trimmed(inside, part.base);
        }
        for attribute in &element.attributes {
            if !attribute.span.shift(part.base).touches(self.offset) {
                continue;
            }
            self.add(attribute.span, part.base);
            self.add(attribute.name, part.base);
            match &attribute.value {
                AttributeValue::Bare => {}
                AttributeValue::Text(text) => {
                    self.add(*text, part.base);
                    let quoted = Span::new(text.start.saturating_sub(1), text.end + 1);
                    if attribute.name.end < quoted.start && attribute.span.contains(quoted) {
                        self.add(quoted, part.base);
                    }
                    if attribute.name.text(part.source) == "style" {
                        for node in velox_style::declarations(text.text(part.source)) {
                            self.add(node.span, part.base + text.start);
                            self.add(node.head, part.base + text.start);
                            self.add(node.body.unwrap_or(node.head), part.base + text.start);
                        }
                    }
                }
                AttributeValue::Expr(code)
                | AttributeValue::Template(code)
                | AttributeValue::Shorthand(code)
                | AttributeValue::Spread(code) => {
                    self.add_trimmed(code.span, part.base);
                    let braces = Span::new(code.span.start.saturating_sub(1), code.span.end + 1);
                    if attribute.span.contains(braces) && braces.text(part.source).starts_with('{') {
                        self.add(braces, part.base);
                    }
                }
            }
        }
    }

    /// Expressions and statements, and what lies in brackets.
    fn code(&mut self, part: &Part<'_>) {
        let Some(offset) = self.offset.checked_sub(part.base) else { return };
        if part.template {
            let Some(tree) = part.tree else { return };
            for hole in template_holes(tree).iter().filter(|hole| hole.span.touches(offset)) {
                for span in velox_script::enclosing_in_hole(part.source, hole, offset) {
                    self.add(span, part.base);
                }
            }
        } else {
            let dialect = if part.tree.is_some() { Dialect::Tsx } else { Dialect::TypeScript };
            let elements = part.tree.map(module_elements).unwrap_or_default();
            for span in velox_script::enclosing_in_module(part.source, dialect, &elements, offset) {
                self.add(span, part.base);
            }
        }
        for stretch in part.stretches() {
            if !stretch.span.touches(offset) {
                continue;
            }
            if stretch.raw {
                let source = stretch.span.text(part.source);
                let within = offset - stretch.span.start;
                for span in velox_script::enclosing_in_module(source, Dialect::TypeScript, &[], within) {
                    self.add(span, part.base + stretch.span.start);
                }
            }
            for bracket in code_brackets(part.source, stretch.span, &stretch.elements) {
                self.add_inside(bracket.span, part.base, 1, u32::from(bracket.closed));
            }
        }
    }

    fn styles(&mut self, part: &Part<'_>) {
        for style in part.styles() {
            if !style.shift(part.base).touches(self.offset) {
                continue;
            }
            let base = part.base + style.start;
            for node in velox_style::structure(style.text(part.source)) {
                self.add(node.span, base);
                self.add(node.head, base);
                match node.body {
                    Some(body) if body.text(style.text(part.source)).starts_with('{') => {
                        self.add_inside(body, base, 1, u32::from(node.closed));
                    }
                    Some(value) => self.add(value, base),
                    None => {}
                }
            }
        }
    }

    fn comments(&mut self, part: &Part<'_>) {
        let found = match part.tree {
            Some(tree) => comments(part.source, tree),
            None => code_comments(part.source),
        };
        for Comment { span, kind } in found {
            let closed = |end: &str| u32::from(span.text(part.source).ends_with(end)) * end.len() as u32;
            let (before, after) = match kind {
                CommentKind::Line => (2, 0),
                CommentKind::Block => (2, closed("*/")),
                CommentKind::Html => (4, closed("-->")),
                CommentKind::Braces => (1, 1),
            };
            self.add_inside(span, part.base, before, after);
        }
    }

    fn finish(mut self) -> Vec<Span> {
        let all = Span::new(0, self.text.len() as u32);
        self.found.retain(|span| self.text.get(span.range()).is_some());
        self.found.sort_by_key(|span| (span.len(), span.start));
        let mut chain: Vec<Span> = Vec::new();
        for span in self.found {
            if chain.last().is_none_or(|last| span.contains(*last) && span != *last) {
                chain.push(span);
            }
        }
        if chain.last() != Some(&all) {
            chain.push(all);
        }
        chain
    }
}
