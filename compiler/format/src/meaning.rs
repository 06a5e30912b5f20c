//! Tells whether a formatted text means what it meant: the guard that every result passes before anyone gets it.
//!
//! Compares trees, not texts: the same elements with the same attributes, the same text but for how much white space stands between
//! words, the same white space beside tags (language.md T13), the same programs, styles and comments.

use crate::children::{is_space, is_white, keeps_white_space};
use crate::parsed::{Parsed, Region};
use crate::printer::{inside_span, is_raw};
use crate::raw::is_javascript;
use velox_diagnostics::Span;
use velox_script::{ElementInput, HoleInput, same_holes, same_module};
use velox_syntax::{AttributeValue, Code, Element, NodeId, NodeKind, Tree, code_comments, comments};

/// What is different; nothing where the two mean the same.
pub(crate) fn difference(before: &Parsed<'_>, after: &Parsed<'_>) -> Option<&'static str> {
    if before.regions.len() != after.regions.len() {
        return Some("the fences");
    }
    before.regions.iter().zip(&after.regions).find_map(|(before, after)| region(before, after))
}

fn region(before: &Region<'_>, after: &Region<'_>) -> Option<&'static str> {
    match (before, after) {
        (Region::Prologue(before), Region::Prologue(after)) => {
            (before.trim() != after.trim()).then_some("what stands before the fence")
        }
        (Region::Module(before, None), Region::Module(after, None)) => {
            if !same_module((before, &[]), (after, &[])) {
                return Some("code");
            }
            let notes =
                |text: &str| code_comments(text).iter().map(|note| bare(note.span.text(text))).collect();
            let (before, after): (Vec<String>, Vec<String>) = (notes(before), notes(after));
            (before != after).then_some("comments")
        }
        (Region::Module(before, Some(tree)), Region::Module(after, Some(other))) => {
            let (left, right) = (read(before, tree), read(after, other));
            if left.stream != right.stream {
                return Some("elements");
            }
            let elements = |holes: Vec<HoleInput>| -> Vec<ElementInput> {
                holes.into_iter().flat_map(|mut hole| std::mem::take(&mut hole.elements)).collect()
            };
            if !same_module((before, &elements(left.holes)), (after, &elements(right.holes))) {
                return Some("code");
            }
            notes_differ((before, tree), (after, other))
        }
        (Region::Template(before, tree), Region::Template(after, other)) => {
            let (left, right) = (read(before, tree), read(after, other));
            if left.stream != right.stream {
                return Some("elements");
            }
            if !same_holes((before, &left.holes), (after, &right.holes)) {
                return Some("code");
            }
            let scripts = left.scripts.iter().zip(&right.scripts);
            for (left, right) in scripts {
                let (left, right) = (left.text(before), right.text(after));
                if left.trim() != right.trim() && !same_module((left, &[]), (right, &[])) {
                    return Some("a script");
                }
            }
            for (left, right) in left.styles.iter().zip(&right.styles) {
                let (left, right) = (left.text(before), right.text(after));
                if left.trim() != right.trim() && !same_style(left, right) {
                    return Some("a style");
                }
            }
            notes_differ((before, tree), (after, other))
        }
        _ => Some("the fences"),
    }
}

fn same_style(before: &str, after: &str) -> bool {
    let (left, problems) = velox_style::global(before, false);
    let (right, others) = velox_style::global(after, false);
    problems.len() == others.len() && (left == right || words(&left.code) == words(&right.code))
}

/// CSS with each run of white space as one space, and none inside parentheses and behind commas: where a value holds `var()` it is
/// printed as it was written.
fn words(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    for character in css.chars() {
        let space = character.is_ascii_whitespace();
        if !space && character == ')' && out.ends_with(' ') {
            out.pop();
        }
        if !space {
            out.push(character);
        } else if !out.ends_with([' ', '(', ',']) {
            out.push(' ');
        }
    }
    out
}

/// Comments as they are, but for white space in them.
fn notes_differ(before: (&str, &Tree), after: (&str, &Tree)) -> Option<&'static str> {
    let notes = |(text, tree): (&str, &Tree)| -> Vec<String> {
        comments(text, tree).iter().map(|note| bare(note.span.text(text))).collect()
    };
    (notes(before) != notes(after)).then_some("comments")
}

/// A text without its white space.
fn bare(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

/// What a tree says.
#[derive(Default)]
struct Reading {
    /// Everything but code, in order.
    stream: Vec<String>,
    holes: Vec<HoleInput>,
    scripts: Vec<Span>,
    styles: Vec<Span>,
}

struct Reader<'a> {
    text: &'a str,
    tree: &'a Tree,
    reading: Reading,
}

fn read(text: &str, tree: &Tree) -> Reading {
    let mut reader = Reader { text, tree, reading: Reading::default() };
    let mut holes = Vec::new();
    reader.side_by_side(&tree.roots, true, false, &mut holes);
    reader.reading.holes = holes;
    reader.reading
}

impl Reader<'_> {
    /// Nodes side by side. White space at the edges of a whole template is nobody's.
    fn side_by_side(&mut self, ids: &[NodeId], root: bool, keep: bool, holes: &mut Vec<HoleInput>) {
        let mut text = String::new();
        for (at, id) in ids.iter().enumerate() {
            let node = self.tree.node(*id);
            match &node.kind {
                NodeKind::Text if keep => text.push_str(node.span.text(self.text)),
                NodeKind::Text => {
                    let mut rendered = collapsed(node.span.text(self.text));
                    if root && at == 0 {
                        rendered = rendered.trim_start_matches(is_white);
                    }
                    if root && at + 1 == ids.len() {
                        rendered = rendered.trim_end_matches(is_white);
                    }
                    text.push_str(rendered);
                }
                NodeKind::Hole(code) if !keep && is_space(code.span.text(self.text)) => text.push(' '),
                _ => {
                    self.flush(&mut text, keep);
                    stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || self.node(*id, keep, holes));
                }
            }
        }
        self.flush(&mut text, keep);
    }

    fn flush(&mut self, text: &mut String, keep: bool) {
        if text.is_empty() {
            return;
        }
        let text = std::mem::take(text);
        if keep {
            return self.reading.stream.push(text);
        }
        let mut words = String::with_capacity(text.len() + 1);
        words.push('"');
        for character in text.chars() {
            let character = if is_white(character) { ' ' } else { character };
            if character != ' ' || !words.ends_with(' ') {
                words.push(character);
            }
        }
        self.reading.stream.push(words);
    }

    fn node(&mut self, id: NodeId, keep: bool, holes: &mut Vec<HoleInput>) {
        let (text, tree) = (self.text, self.tree);
        let node = tree.node(id);
        match &node.kind {
            NodeKind::Text => {}
            NodeKind::Comment(_) => self.reading.stream.push(node.span.text(text).to_owned()),
            NodeKind::Doctype => {
                let words: Vec<&str> = node.span.text(text).split_whitespace().collect();
                self.reading.stream.push(words.join(" "));
            }
            NodeKind::RawText => {}
            NodeKind::Hole(code) => self.code("{}", code, false, holes),
            NodeKind::Element(element) => self.element(element, keep, holes),
        }
    }

    fn element(&mut self, element: &Element, keep: bool, holes: &mut Vec<HoleInput>) {
        let (text, tree) = (self.text, self.tree);
        let name = element.name.text(text);
        self.reading.stream.push(format!("<{name}"));
        for attribute in &element.attributes {
            let name = attribute.name.text(text);
            match &attribute.value {
                AttributeValue::Bare => self.reading.stream.push(format!(" {name}")),
                AttributeValue::Text(value) => {
                    self.reading.stream.push(format!(" {name}={:?}", value.text(text)));
                }
                AttributeValue::Expr(code) => self.code(&format!(" {name}={{}}"), code, false, holes),
                AttributeValue::Template(code) => self.code(&format!(" {name}=``"), code, false, holes),
                AttributeValue::Shorthand(code) => self.code(&format!(" {{{name}}}"), code, false, holes),
                AttributeValue::Spread(code) => self.code(" ...", code, true, holes),
            }
        }
        self.reading.stream.push(">".to_owned());
        let inside = inside_span(element);
        if is_raw(tree, element) {
            if name == "style" {
                self.reading.styles.push(inside);
            } else if is_javascript(text, element) {
                self.reading.scripts.push(inside);
            } else {
                self.reading.stream.push(inside.text(text).to_owned());
            }
        } else {
            let keep = keep || keeps_white_space(text, element);
            self.side_by_side(&element.children, false, keep, holes);
        }
        self.reading.stream.push(format!("</{name}>"));
    }

    fn code(&mut self, shown: &str, code: &Code, spread: bool, holes: &mut Vec<HoleInput>) {
        self.reading.stream.push(shown.to_owned());
        let mut elements = Vec::with_capacity(code.elements.len());
        for id in &code.elements {
            let mut inner = Vec::new();
            self.side_by_side(&[*id], false, false, &mut inner);
            elements.push(ElementInput { span: self.tree.node(*id).span, holes: inner });
        }
        holes.push(HoleInput { span: code.span, spread, elements });
    }
}

/// Text without the white space at its edges that holds a line break (language.md T13).
fn collapsed(text: &str) -> &str {
    let start = text.trim_start_matches(is_white);
    let text = if text[..text.len() - start.len()].contains('\n') { start } else { text };
    let end = text.trim_end_matches(is_white);
    if text[end.len()..].contains('\n') { end } else { text }
}
