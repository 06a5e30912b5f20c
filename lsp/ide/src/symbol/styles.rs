//! Classes and ids within a file: in its `<style>` elements and in its tags.
//!
//! Knows of a style sheet where selectors stand, and nothing else of CSS.

use crate::Document;
use velox_core::holes::facts_of;
use velox_diagnostics::Span;
use velox_script::{HoleFacts, Shape, Value};
use velox_syntax::{AttributeValue, Code, NodeKind};

/// A class or an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum StyleKind {
    /// `.name`.
    Class,
    /// `#name`.
    Id,
}

/// A class or id at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StyleName {
    /// What it is.
    pub(crate) kind: StyleKind,
    /// Its place in the file, without `.` or `#`.
    pub(crate) span: Span,
    /// Whether it is a key of an object in code, without quotes.
    pub(crate) is_key: bool,
    /// Whether it stands in a style sheet; of an id, whether it is the `id` attribute.
    pub(crate) declares: bool,
}

/// All classes and ids that a `.velox` file writes out, in order.
pub(crate) fn style_names(document: Document<'_>) -> Vec<StyleName> {
    let mut found = Vec::new();
    if !document.is_velox() {
        return found;
    }
    let (tree, text, base) = (document.tree(), document.template(), document.template_start());
    let holes = &document.template_facts().holes;
    for node in &tree.nodes {
        let NodeKind::Element(element) = &node.kind else { continue };
        if element.name.text(text) == "style" {
            for child in &element.children {
                if tree.node(*child).kind == NodeKind::RawText {
                    in_sheet(
                        tree.node(*child).span.text(text),
                        tree.node(*child).span.start + base,
                        &mut found,
                    );
                }
            }
        }
        for attribute in &element.attributes {
            let (kind, declares) = match attribute.name.text(text) {
                "class" | "className" => (StyleKind::Class, false),
                "id" => (StyleKind::Id, true),
                "for" | "htmlFor" | "aria-labelledby" | "aria-describedby" | "aria-controls" | "list"
                | "popovertarget" => (StyleKind::Id, false),
                "href" => {
                    if let AttributeValue::Text(span) = attribute.value
                        && span.len() > 1
                        && span.text(text).starts_with('#')
                    {
                        let span = Span::new(span.start + 1, span.end).shift(base);
                        found.push(StyleName { kind: StyleKind::Id, span, declares: false, is_key: false });
                    }
                    continue;
                }
                _ => continue,
            };
            match &attribute.value {
                AttributeValue::Text(span) => words(*span, text, base, &mut |span| {
                    found.push(StyleName { kind, span, declares, is_key: false });
                }),
                AttributeValue::Expr(code) | AttributeValue::Template(code) => {
                    in_code(holes, code, text, &mut |span, is_key| {
                        words(span, text, base, &mut |span| {
                            found.push(StyleName { kind, span, declares, is_key });
                        });
                    });
                }
                _ => {}
            }
        }
    }
    found.sort_by_key(|name| name.span.start);
    found.dedup_by_key(|name| name.span);
    found
}

/// The words of a stretch of text.
fn words(span: Span, text: &str, base: u32, each: &mut dyn FnMut(Span)) {
    let mut at = span.start;
    for word in span.text(text).split(|character: char| character.is_ascii_whitespace()) {
        let end = at + word.len() as u32;
        if !word.is_empty() {
            each(Span::new(at, end).shift(base));
        }
        at = end + 1;
    }
}

/// Strings in the code of a `class` attribute: `{a ? 'x' : 'y'}`, `{['x', { y: on }]}`. Spans without quotes.
fn in_code(holes: &[HoleFacts], code: &Code, text: &str, each: &mut dyn FnMut(Span, bool)) {
    let Some(facts) = facts_of(holes, code) else { return };
    let mut work = vec![&facts.shape];
    while let Some(shape) = work.pop() {
        match shape {
            Shape::Conditional { yes, no, .. } => work.extend([&**no, &**yes]),
            Shape::And { right, .. } => work.push(right),
            Shape::Constant { span, .. } => each(unquoted(*span, text), false),
            _ => {}
        }
    }
    let mut work: Vec<&Value> = facts.value.as_deref().into_iter().collect();
    while let Some(value) = work.pop() {
        match value {
            Value::String(_, span) => each(unquoted(*span, text), false),
            Value::Array(items, _) => work.extend(items),
            Value::Object(properties, _) => {
                for property in properties.iter().filter(|property| !property.key.is_empty()) {
                    let key = unquoted(property.key_span, text);
                    each(key, key == property.key_span);
                }
            }
            _ => {}
        }
    }
}

/// A string's text between its quotes.
pub(crate) fn unquoted(span: Span, text: &str) -> Span {
    let written = span.text(text);
    let quoted = written.len() >= 2
        && ['"', '\'', '`'].iter().any(|quote| written.starts_with(*quote) && written.ends_with(*quote));
    if quoted { Span::new(span.start + 1, span.end - 1) } else { span }
}

/// Classes and ids in the selectors of a style sheet.
fn in_sheet(css: &str, base: u32, found: &mut Vec<StyleName>) {
    let bytes = css.as_bytes();
    let mut at = 0;
    let mut start = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = css[at + 2..].find("*/").map_or(bytes.len(), |end| at + 2 + end + 2);
                continue;
            }
            b'"' | b'\'' => at = after_string(bytes, at),
            b'{' => {
                in_selector(css, start, at, base, found);
                start = at + 1;
            }
            b'}' | b';' => start = at + 1,
            _ => {}
        }
        at += 1;
    }
}

/// The place of the quote that ends a string, or of the end.
fn after_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' => return at,
            byte if *byte == bytes[start] => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

fn in_selector(css: &str, start: usize, end: usize, base: u32, found: &mut Vec<StyleName>) {
    let bytes = css.as_bytes();
    let mut at = start;
    if css[start..end].trim_start().starts_with('@') && !css[start..end].trim_start().starts_with("@scope") {
        return;
    }
    while at < end {
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = css[at + 2..].find("*/").map_or(end, |close| at + 2 + close + 2);
                continue;
            }
            b'"' | b'\'' => at = after_string(bytes, at),
            mark @ (b'.' | b'#') => {
                let rest = &css[at + 1..end];
                let is_part = |character: char| {
                    character.is_alphanumeric() || matches!(character, '-' | '_') || !character.is_ascii()
                };
                let length = rest.find(|character: char| !is_part(character)).unwrap_or(rest.len());
                if rest.starts_with(|first: char| !first.is_ascii_digit()) && length > 0 {
                    let kind = if mark == b'.' { StyleKind::Class } else { StyleKind::Id };
                    let place = base + at as u32 + 1;
                    let span = Span::new(place, place + length as u32);
                    found.push(StyleName { kind, span, declares: kind == StyleKind::Class, is_key: false });
                }
                at += length;
            }
            _ => {}
        }
        at += 1;
    }
}
