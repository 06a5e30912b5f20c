//! One walk over a file's elements in the order of the text, with what is known of the place of each: what is open around it, what
//! it is rendered with, and under which conditions.
//!
//! Elements in code count as standing where the code stands only if the expression gives them: in `?:`, `&&` and `.map`. Any other
//! is a beginning of its own, and so is what a component is given.

use super::Markup;
use super::ids::{Seen, duplicate, fixed_id};
use super::names::{Kind, kind};
use super::nesting::Nesting;
use super::scene::{Scene, Tag};
use super::slots::{self, Fills};
use crate::emit::is_white_space;
use velox_diagnostics::{Diagnostic, Span};
use velox_script::{MapBody, Shape};
use velox_syntax::{AttributeValue, Code, Element, ElementKind, NodeId, NodeKind};

/// Under which conditions a place is rendered: a chain, the innermost first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Condition {
    /// The next outer one.
    pub(crate) outer: Option<u32>,
    /// The code that decides: a test, a list, a boundary.
    pub(crate) test: Span,
    /// Which of its alternatives this is; two of them are never rendered together.
    pub(crate) branch: u32,
    /// How many there are outside of it.
    pub(crate) depth: u32,
}

/// Where a node stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// Index of what is open around it in [`Walk::scenes`]; 0 where nothing is known.
    scene: u32,
    /// What is rendered together has one number; nothing in `<template>`, which is never rendered where it stands.
    together: Option<u32>,
    condition: Option<u32>,
    /// What a `<velox:slot>` here would fill.
    fills: Fills,
}

pub(crate) struct Walk<'m, 'a> {
    markup: &'m Markup<'a>,
    work: Vec<(NodeId, Place)>,
    /// A place is copied for each node, so scenes lie beside it.
    scenes: Vec<Scene>,
    conditions: Vec<Condition>,
    groups: u32,
    nesting: Nesting,
    ids: Seen<'a>,
    fills: Seen<'a>,
    /// Elements that an expression gives, with their conditions; empty between two of them, and kept for its memory.
    given: Vec<(Span, Option<u32>)>,
    shapes: Vec<(&'a Shape, Option<u32>)>,
}

/// Walks over the whole tree and reports what is wrong with the places of elements and the uses of ids.
pub(crate) fn walk(markup: &mut Markup<'_>) {
    let mut found = std::mem::take(&mut markup.found);
    let mut walk = Walk {
        markup,
        work: Vec::with_capacity(32),
        scenes: Vec::with_capacity(markup.tree.nodes.len() / 4 + 1),
        conditions: Vec::new(),
        groups: 1,
        nesting: Nesting::default(),
        ids: Seen::default(),
        fills: Seen::default(),
        given: Vec::new(),
        shapes: Vec::new(),
    };
    walk.scenes.push(Scene::UNKNOWN);
    let root = Place { scene: 0, together: Some(0), condition: None, fills: Fills::Layout };
    walk.work.extend(markup.tree.roots.iter().rev().map(|id| (*id, root)));
    while let Some((id, place)) = walk.work.pop() {
        walk.node(id, place, &mut found);
    }
    markup.found = found;
}

impl<'m, 'a> Walk<'m, 'a> {
    fn node(&mut self, id: NodeId, place: Place, found: &mut Vec<Diagnostic>) {
        let markup = self.markup;
        let node = markup.tree.node(id);
        match &node.kind {
            NodeKind::Element(element) => self.element(id, element, place, found),
            NodeKind::Hole(code) => {
                if let Some(facts) = markup.facts(code)
                    && let Shape::Constant { value, .. } = &facts.shape
                    && !is_white_space(value)
                {
                    self.text(node.span, place, found);
                }
                self.code(code, Place { fills: place.fills.nested(), ..place });
            }
            NodeKind::Text if !is_white_space(markup.text(node.span)) => self.text(node.span, place, found),
            _ => {}
        }
    }

    fn text(&mut self, span: Span, place: Place, found: &mut Vec<Diagnostic>) {
        if let Some(misplaced) = self.scenes[place.scene as usize].text() {
            let text = self.markup.text(span);
            let from = text.len() - text.trim_start().len();
            let span = Span::new(span.start + from as u32, span.start + text.trim_end().len() as u32);
            found.extend(self.nesting.text(self.markup, span, misplaced));
        }
    }

    fn element(&mut self, id: NodeId, element: &'a Element, place: Place, found: &mut Vec<Diagnostic>) {
        let markup = self.markup;
        let name = markup.text(element.name);
        let mut inside = Place { fills: place.fills.nested(), ..place };
        match element.kind {
            ElementKind::Html | ElementKind::Custom => {
                let tag = tag(markup, id, element, name);
                let around = &self.scenes[place.scene as usize];
                let misplaced = around.misplaced(tag);
                // Of an element with nothing in it nobody asks what is open there.
                let scene = (!element.children.is_empty()).then(|| around.enter(tag, misplaced));
                if let Some(misplaced) = misplaced {
                    found.extend(self.nesting.element(markup, element, misplaced));
                }
                if let Some(together) = place.together
                    && let Some((id, span)) = fixed_id(markup, element)
                {
                    let at = (together, place.condition);
                    let first = self.ids.see(markup, (id, span), at, &self.conditions);
                    found.extend(first.map(|first| duplicate(markup, id, span, first)));
                }
                if let Some(scene) = scene {
                    inside.scene = self.scene(scene);
                }
                if tag.kind == Kind::Template {
                    inside.together = None;
                }
            }
            ElementKind::Fragment => {}
            // A layout's slot shows its own children only where nothing fills it.
            ElementKind::Slot if name == "slot" => {
                found.extend(slots::declared(markup, element, place.together.is_some()));
                inside.condition = Some(self.condition(place, element.open, 0));
                inside.fills = Fills::Nothing(id);
            }
            ElementKind::Slot => {
                self.fill(element, place, found);
                inside = self.beginning(inside);
            }
            ElementKind::Component if markup.suspense == Some(name) => {
                inside.condition = Some(self.condition(place, element.open, 0));
                inside.fills = Fills::Nothing(id);
            }
            ElementKind::Component if markup.head == Some(name) => inside.scene = self.scene(Scene::head(id)),
            ElementKind::Component => {
                if is_island(markup, element) {
                    let tag =
                        Tag { name: "velox-island", kind: Kind::Ordinary, ..tag(markup, id, element, name) };
                    let around = &self.scenes[place.scene as usize];
                    found.extend(self.nesting.island(markup, element, around.misplaced(tag)));
                    found.extend(self.nesting.island_in_drawing(markup, element, around.drawing()));
                }
                inside = Place { fills: Fills::Component(id), ..self.beginning(place) };
                found.extend(slots::filled_twice(markup, element));
            }
        }
        self.children(element, inside);
        for attribute in element.attributes.iter().rev() {
            let place = Place { fills: place.fills.nested(), ..place };
            let Some(code) = attribute.value.code().filter(|code| !code.elements.is_empty()) else {
                continue;
            };
            let boundary = element.kind == ElementKind::Component && markup.suspense == Some(name);
            let branch = match markup.text(attribute.name) {
                "fallback" if boundary => 1,
                "error" if boundary => 2,
                _ => {
                    self.beginnings(code, place);
                    continue;
                }
            };
            let condition = Some(self.condition(place, element.open, branch));
            self.code(code, Place { condition, ..place });
        }
    }

    /// Puts the children of an element aside that there may be something to say about, which is few of the texts and holes.
    fn children(&mut self, element: &Element, inside: Place) {
        let markup = self.markup;
        let takes_text = self.scenes[inside.scene as usize].text().is_none();
        // The last is pushed first, so that the order is that of the text.
        for child in element.children.iter().rev() {
            let counts = match &markup.tree.node(*child).kind {
                NodeKind::Element(_) => true,
                NodeKind::Hole(code) => !takes_text || !code.elements.is_empty(),
                NodeKind::Text => !takes_text,
                NodeKind::Comment(_) | NodeKind::Doctype | NodeKind::RawText => false,
            };
            if counts {
                self.work.push((*child, inside));
            }
        }
    }

    /// Keeps what is open around the content of an element.
    fn scene(&mut self, scene: Scene) -> u32 {
        self.scenes.push(scene);
        self.scenes.len() as u32 - 1
    }

    /// Content for a slot of the layout.
    fn fill(&mut self, element: &'a Element, place: Place, found: &mut Vec<Diagnostic>) {
        let markup = self.markup;
        if markup.dialect == super::Dialect::Tsx {
            return;
        }
        match slots::fill(markup, element, place.fills) {
            Ok(Some((name, span))) if place.fills == Fills::Layout => {
                let Some(together) = place.together else { return };
                let at = (together, place.condition);
                let first = self.fills.see(markup, (name, span), at, &self.conditions);
                found.extend(first.map(|first| slots::twice(markup, name, span, first)));
            }
            Ok(_) => {}
            Err(diagnostic) => found.push(*diagnostic),
        }
    }

    /// A place of which nothing is known, in something that is rendered by itself.
    fn beginning(&mut self, place: Place) -> Place {
        self.groups += 1;
        let together = place.together.map(|_| self.groups);
        Place { scene: 0, together, condition: None, fills: place.fills }
    }

    fn beginnings(&mut self, code: &Code, place: Place) {
        for element in code.elements.iter().rev() {
            let beginning = self.beginning(place);
            self.work.push((*element, beginning));
        }
    }

    fn condition(&mut self, place: Place, test: Span, branch: u32) -> u32 {
        self.nested(place.condition, test, branch)
    }

    fn nested(&mut self, outer: Option<u32>, test: Span, branch: u32) -> u32 {
        let depth = outer.map_or(0, |outer| self.conditions[outer as usize].depth + 1);
        self.conditions.push(Condition { outer, test, branch, depth });
        self.conditions.len() as u32 - 1
    }

    /// The elements in code.
    fn code(&mut self, code: &Code, place: Place) {
        if code.elements.is_empty() {
            return;
        }
        let Some(facts) = self.markup.facts(code) else { return self.beginnings(code, place) };
        let (mut given, mut shapes) = (std::mem::take(&mut self.given), std::mem::take(&mut self.shapes));
        shapes.push((&facts.shape, place.condition));
        while let Some((shape, condition)) = shapes.pop() {
            match shape {
                Shape::Element(span) => given.push((*span, condition)),
                Shape::Conditional { test, yes, no, .. } => {
                    shapes.push((no, Some(self.nested(condition, *test, 1))));
                    shapes.push((yes, Some(self.nested(condition, *test, 0))));
                }
                Shape::And { left, right, .. } => {
                    shapes.push((right, Some(self.nested(condition, *left, 0))));
                }
                Shape::Map { body, span, .. } => {
                    let each = Some(self.nested(condition, *span, 0));
                    match body {
                        MapBody::Expression(shape) => shapes.push((shape, each)),
                        MapBody::Block { returns, block } => {
                            for (branch, (_, shape)) in returns.iter().enumerate() {
                                shapes.push((shape, Some(self.nested(each, *block, branch as u32))));
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        given.sort_unstable_by_key(|(span, _)| *span);
        for element in code.elements.iter().rev() {
            let span = self.markup.tree.node(*element).span;
            let there = match given.binary_search_by_key(&span, |(span, _)| *span) {
                Ok(at) => Place { condition: given[at].1, ..place },
                Err(_) => self.beginning(place),
            };
            self.work.push((*element, there));
        }
        given.clear();
        (self.given, self.shapes) = (given, shapes);
    }
}

/// Whether the component becomes an element of its own, which a browser's parser places as any other.
fn is_island(markup: &Markup<'_>, element: &Element) -> bool {
    markup.dialect == super::Dialect::Velox
        && element.attributes.iter().any(|one| markup.text(one.name).starts_with("client:"))
        && !(markup.in_browser)()
}

fn tag<'a>(markup: &Markup<'_>, id: NodeId, element: &Element, name: &'a str) -> Tag<'a> {
    let has = |names: &[&str]| {
        element.attributes.iter().any(|attribute| {
            let attribute = markup.text(attribute.name);
            names.iter().any(|name| attribute.eq_ignore_ascii_case(name))
        })
    };
    let hidden = || {
        element.attributes.iter().any(|attribute| match &attribute.value {
            AttributeValue::Text(value) => {
                markup.text(attribute.name).eq_ignore_ascii_case("type")
                    && markup.text(*value).eq_ignore_ascii_case("hidden")
            }
            AttributeValue::Spread(_) => true,
            _ => markup.text(attribute.name).eq_ignore_ascii_case("type"),
        })
    };
    let holds_something = || {
        element.children.iter().any(|child| {
            let child = markup.tree.node(*child);
            match &child.kind {
                NodeKind::Text => !is_white_space(markup.text(child.span)),
                NodeKind::Element(_) | NodeKind::RawText => true,
                NodeKind::Hole(_) | NodeKind::Comment(_) | NodeKind::Doctype => false,
            }
        })
    };
    let kind = kind(name);
    let other = kind == Kind::Ordinary;
    Tag {
        id,
        name,
        kind,
        maybe_hidden: kind == Kind::Input && hidden(),
        has_content: kind == Kind::Form && holds_something(),
        styled_font: other && name.eq_ignore_ascii_case("font") && has(&["color", "face", "size"]),
        holds_html: other && name.eq_ignore_ascii_case("annotation-xml") && has(&["encoding"]),
    }
}
