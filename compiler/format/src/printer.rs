//! Prints a tree: what fits stands on one line, anything else is broken where the language drops a line break (language.md T13).
//!
//! From the outside in: whether a node fits is known from widths that are measured first, so that each node is printed once. Lines
//! that the writer broke between nodes stay broken. Tags are printed in `tag.rs`, what stands side by side in `flow.rs`.

use crate::FormatOptions;
use crate::children::{Atom, Children, Joint, children, keeps_white_space, wants_line};
use crate::code::CodeFormatter;
use crate::hole::{Inner, Layouts, Piece, Place};
use crate::width;
use std::collections::HashMap;
use std::rc::Rc;
use velox_diagnostics::Span;
use velox_syntax::{Code, Comment, Element, NodeId, NodeKind, Tree, comments};

/// Code that was laid out without a limit of width.
struct Wide {
    /// Nothing where it cannot be formatted.
    pieces: Option<Vec<Piece>>,
    /// Its width with what stands around it, if it is one line.
    flat: Option<u32>,
}

/// Prints one tree.
pub(crate) struct Printer<'a> {
    pub(crate) text: &'a str,
    pub(crate) tree: &'a Tree,
    pub(crate) options: &'a FormatOptions,
    /// All comments of the tree.
    pub(crate) comments: Vec<Comment>,
    layouts: Layouts<'a>,
    /// Widths of nodes on one line; nothing for what must be broken.
    flat: HashMap<NodeId, Option<u32>>,
    wide: HashMap<u32, Rc<Wide>>,
    pub(crate) out: String,
}

impl<'a> Printer<'a> {
    pub(crate) fn new(
        text: &'a str,
        tree: &'a Tree,
        options: &'a FormatOptions,
        code: &'a CodeFormatter,
    ) -> Self {
        Self {
            text,
            tree,
            options,
            comments: comments(text, tree),
            layouts: Layouts::new(text, code, options),
            flat: HashMap::new(),
            wide: HashMap::new(),
            out: String::new(),
        }
    }

    /// A template: its roots, each line at the margin.
    pub(crate) fn template(mut self) -> String {
        let tree = self.tree;
        let mut roots = children(self.text, tree, &tree.roots);
        if let Some((joint, _)) = roots.list.first_mut() {
            *joint = Joint::None;
        }
        roots.end = Joint::None;
        self.flow(&roots, 0);
        self.out
    }

    /// A module: TypeScript with elements in it. Nothing where it cannot be formatted.
    pub(crate) fn module(mut self, code: &Code, tsx: bool) -> Option<String> {
        let inner = self.inner(code);
        let pieces = self.layouts.narrow(code, Place::Module { tsx }, &inner, 0)?;
        self.pieces(&pieces);
        Some(self.out)
    }

    /// The text of a script, its lines indented. Nothing where it cannot be formatted.
    pub(crate) fn script(&mut self, span: Span, level: u32) -> bool {
        let code = Code { span, empty: false, elements: Box::default() };
        let Some(pieces) = self.layouts.narrow(&code, Place::Module { tsx: false }, &[], level) else {
            return false;
        };
        self.pieces(&pieces);
        true
    }

    // Measuring.

    /// The width of a node on one line.
    pub(crate) fn flat(&mut self, id: NodeId) -> Option<u32> {
        if let Some(known) = self.flat.get(&id) {
            return *known;
        }
        let measured = stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || self.measure(id));
        let measured = measured.filter(|wide| *wide <= self.options.line_width);
        self.flat.insert(id, measured);
        measured
    }

    fn measure(&mut self, id: NodeId) -> Option<u32> {
        let (tree, text) = (self.tree, self.text);
        let node = tree.node(id);
        match &node.kind {
            NodeKind::Doctype => Some(width("<!doctype html>")),
            NodeKind::Text | NodeKind::Comment(_) | NodeKind::RawText => self.one_line(node.span),
            NodeKind::Hole(code) => self.wide(code, Place::Child).flat,
            NodeKind::Element(element) => {
                let open = self.flat_tag(element)?;
                let close = element.close.map_or(0, |_| 3 + width(element.name.text(text)));
                let inside = self.flat_inside(element)?;
                Some(open + inside + close)
            }
        }
    }

    /// The width of an element's content on one line.
    fn flat_inside(&mut self, element: &Element) -> Option<u32> {
        if keeps_white_space(self.text, element) {
            return self.one_line(inside_span(element));
        }
        if is_raw(self.tree, element) {
            let blank = inside_span(element).text(self.text).trim().is_empty();
            return blank.then_some(0);
        }
        let children = children(self.text, self.tree, &element.children);
        self.flat_children(&children)
    }

    fn flat_children(&mut self, children: &Children<'_>) -> Option<u32> {
        if children.end.is_break() || children.list.iter().any(|(joint, _)| joint.is_break()) {
            return None;
        }
        let wants = |atom: &Atom<'_>| match atom {
            Atom::Node(id) | Atom::Verbatim(id) => {
                matches!(self.tree.node(*id).kind, NodeKind::Element(_))
                    && wants_line(self.text, self.tree, *id)
            }
            Atom::Word(_) => false,
        };
        let crowded = children
            .list
            .windows(2)
            .any(|pair| pair[1].0 == Joint::None && wants(&pair[0].1) && wants(&pair[1].1));
        if crowded {
            return None;
        }
        let mut sum = u32::from(children.end == Joint::Space);
        for (joint, atom) in &children.list {
            sum += u32::from(*joint != Joint::None) + self.flat_atom(*atom)?;
            if sum > self.options.line_width {
                return None;
            }
        }
        Some(sum)
    }

    pub(crate) fn flat_atom(&mut self, atom: Atom<'_>) -> Option<u32> {
        match atom {
            Atom::Word(word) => Some(width(word)),
            Atom::Node(id) => self.flat(id),
            Atom::Verbatim(id) => self.one_line(self.tree.node(id).span),
        }
    }

    /// The width of a piece of the source that is copied.
    pub(crate) fn one_line(&self, span: Span) -> Option<u32> {
        let text = span.text(self.text);
        (!text.contains('\n')).then(|| width(text))
    }

    fn inner(&mut self, code: &Code) -> Vec<Inner> {
        let inner = |id: &NodeId| Inner { node: *id, span: self.tree.node(*id).span, flat: self.flat(*id) };
        code.elements.iter().map(inner).collect()
    }

    fn wide(&mut self, code: &Code, place: Place<'_>) -> Rc<Wide> {
        if let Some(known) = self.wide.get(&code.span.start) {
            return known.clone();
        }
        let text = code.span.text(self.text);
        let wide = if code.empty || is_plain(text.trim()) {
            let (before, after) = around(place);
            let text = if code.empty { text } else { text.trim() };
            let text = format!("{before}{text}{after}");
            let flat = (!text.contains('\n')).then(|| width(&text));
            Wide { pieces: flat.map(|_| vec![Piece::Text(text)]), flat }
        } else {
            let inner = self.inner(code);
            let pieces = self.layouts.wide(code, place, &inner);
            let flat = match &pieces {
                Some(pieces) => self.flat_pieces(pieces),
                None => {
                    let (before, after) = around(place);
                    self.one_line(code.span).map(|wide| wide + width(&before) + width(after))
                }
            };
            Wide { pieces, flat }
        };
        let wide = Rc::new(wide);
        self.wide.insert(code.span.start, wide.clone());
        wide
    }

    pub(crate) fn flat_code(&mut self, code: &Code, place: Place<'_>) -> Option<u32> {
        self.wide(code, place).flat
    }

    fn flat_pieces(&mut self, pieces: &[Piece]) -> Option<u32> {
        let mut sum = 0;
        for piece in pieces {
            sum += match piece {
                Piece::Text(text) => (!text.contains('\n')).then(|| width(text))?,
                Piece::Element { broken: true, .. } => return None,
                Piece::Element { node, .. } => self.flat(*node)?,
                Piece::Source(span) => self.one_line(*span)?,
            };
        }
        Some(sum)
    }

    // Printing.

    /// The column at which the next character stands.
    pub(crate) fn column(&self) -> u32 {
        let line = self.out.rfind('\n').map_or(0, |at| at + 1);
        let tabs = self.out[line..].bytes().take_while(|byte| *byte == b'\t').count() as u32;
        width(&self.out[line..]) + tabs * (self.options.indent.width().saturating_sub(1))
    }

    pub(crate) fn fits(&self, wide: u32) -> bool {
        self.column() + wide <= self.options.line_width
    }

    /// The level at which the current line begins.
    fn level(&self) -> u32 {
        let line = &self.out[self.out.rfind('\n').map_or(0, |at| at + 1)..];
        let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
        (blanks / self.options.indent.unit().len().max(1)) as u32
    }

    pub(crate) fn new_line(&mut self, level: u32) {
        let kept = self.out.trim_end_matches([' ', '\t']).len();
        self.out.truncate(kept);
        self.out.push('\n');
        self.indent(level);
    }

    pub(crate) fn indent(&mut self, level: u32) {
        let unit = self.options.indent.unit();
        for _ in 0..level {
            self.out.push_str(&unit);
        }
    }

    pub(crate) fn copy(&mut self, span: Span) {
        self.out.push_str(span.text(self.text));
    }

    /// A node on one line.
    pub(crate) fn print_flat(&mut self, id: NodeId) {
        stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || {
            let tree = self.tree;
            let node = tree.node(id);
            match &node.kind {
                NodeKind::Doctype => self.doctype(node.span),
                NodeKind::Text | NodeKind::Comment(_) | NodeKind::RawText => self.copy(node.span),
                NodeKind::Hole(code) => self.print_flat_code(code, Place::Child),
                NodeKind::Element(element) => {
                    self.print_flat_tag(element);
                    if keeps_white_space(self.text, element) {
                        self.copy(inside_span(element));
                    } else if !is_raw(tree, element) {
                        let children = children(self.text, tree, &element.children);
                        for (joint, atom) in &children.list {
                            if *joint != Joint::None {
                                self.out.push(' ');
                            }
                            self.print_flat_atom(*atom);
                        }
                        if children.end == Joint::Space {
                            self.out.push(' ');
                        }
                    }
                    self.close(element);
                }
            }
        });
    }

    pub(crate) fn print_flat_atom(&mut self, atom: Atom<'_>) {
        match atom {
            Atom::Word(word) => self.out.push_str(word),
            Atom::Node(id) => self.print_flat(id),
            Atom::Verbatim(id) => self.copy(self.tree.node(id).span),
        }
    }

    pub(crate) fn print_flat_code(&mut self, code: &Code, place: Place<'_>) {
        let wide = self.wide(code, place);
        match &wide.pieces {
            Some(pieces) => self.pieces(pieces),
            None => self.as_written(code, place),
        }
    }

    fn as_written(&mut self, code: &Code, place: Place<'_>) {
        let (before, after) = around(place);
        self.out.push_str(&before);
        self.copy(code.span);
        self.out.push_str(after);
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.out.push_str(text),
                Piece::Source(span) => self.copy(*span),
                Piece::Element { node, broken: false } => self.print_flat(*node),
                Piece::Element { node, broken: true } => {
                    let level = self.level();
                    self.print(*node, level);
                }
            }
        }
    }

    /// Code, on as many lines as it needs.
    pub(crate) fn print_code(&mut self, code: &Code, place: Place<'_>, level: u32) {
        let wide = self.wide(code, place);
        if wide.flat.is_some_and(|flat| self.fits(flat)) {
            return self.print_flat_code(code, place);
        }
        if wide.pieces.is_none() {
            return self.as_written(code, place);
        }
        let inner = self.inner(code);
        match self.layouts.narrow(code, place, &inner, level) {
            Some(pieces) => self.pieces(&pieces),
            None => self.as_written(code, place),
        }
    }

    /// A node that does not fit on the line, in lines of `level`.
    pub(crate) fn print(&mut self, id: NodeId, level: u32) {
        stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || {
            let tree = self.tree;
            let node = tree.node(id);
            match &node.kind {
                NodeKind::Doctype => self.doctype(node.span),
                NodeKind::Text | NodeKind::Comment(_) | NodeKind::RawText => self.copy(node.span),
                NodeKind::Hole(code) => self.print_code(code, Place::Child, level),
                NodeKind::Element(element) => self.element(element, level),
            }
        });
    }

    fn element(&mut self, element: &Element, level: u32) {
        let tree = self.tree;
        self.tag(element, level);
        if element.close.is_none() {
            return;
        }
        if keeps_white_space(self.text, element) {
            self.copy(inside_span(element));
        } else if is_raw(tree, element) {
            self.raw(element, level);
        } else {
            let children = children(self.text, tree, &element.children);
            if !children.list.is_empty() || children.end == Joint::Space {
                self.new_line(level + 1);
                self.flow(&children, level + 1);
                self.new_line(level);
            }
        }
        self.close(element);
    }

    fn doctype(&mut self, span: Span) {
        // Told apart by case alone, and each is written as often.
        let written = span.text(self.text);
        let inside = written.trim_start_matches("<!").trim_end_matches('>');
        let words: Vec<&str> = inside.split_whitespace().collect();
        self.out.push_str("<!");
        self.out.push_str(&words.join(" "));
        self.out.push('>');
    }

    fn close(&mut self, element: &Element) {
        if element.close.is_some() {
            self.out.push_str("</");
            self.copy(element.name);
            self.out.push('>');
        }
    }
}

/// What stands around code.
fn around(place: Place<'_>) -> (String, &'static str) {
    match place {
        Place::Child => ("{".to_owned(), "}"),
        Place::Attribute(name) => (format!("{name}={{"), "}"),
        Place::Spread => ("{...".to_owned(), "}"),
        Place::Module { .. } => (String::new(), ""),
    }
}

/// What lies between the tags.
pub(crate) fn inside_span(element: &Element) -> Span {
    match element.close {
        Some(close) => Span::new(element.open.end, close.start),
        None => Span::at(element.open.end),
    }
}

/// Whether the element holds raw text: a script or a style.
pub(crate) fn is_raw(tree: &Tree, element: &Element) -> bool {
    element.children.iter().any(|id| tree.node(*id).kind == NodeKind::RawText)
}

/// Names and paths of names: most code in templates, and always laid out as it should be.
fn is_plain(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.first().is_some_and(|first| first.is_ascii_alphabetic() || matches!(first, b'_' | b'$'))
        && bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.'))
        && !code.ends_with('.')
}
