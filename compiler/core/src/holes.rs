//! Joins the two parsers: tells the script parser where a tree holds code, and finds the facts of a piece of code again.
//!
//! Knows positions only. What a hole means is decided in `analyze` and `emit`.

use velox_diagnostics::Span;
use velox_script::{ElementInput, HoleFacts, HoleInput};
use velox_syntax::{AttributeValue, Code, Element, ElementKind, NodeId, NodeKind, Tree};

/// The holes of a whole template, in the order of the text, for [`velox_script::parse_holes`].
#[must_use]
pub fn template_holes(tree: &Tree) -> Vec<HoleInput> {
    Collector { tree, names: None, found: Vec::new() }.template()
}

/// The elements that stand in a module parsed by [`velox_syntax::parse_tsx`], for [`velox_script::parse_module`].
#[must_use]
pub fn module_elements(tree: &Tree) -> Vec<ElementInput> {
    Collector { tree, names: None, found: Vec::new() }.module()
}

/// The holes of a template, and the names of components in its tags as if they were holes, for [`velox_script::hole_bindings`].
#[must_use]
pub fn template_names(tree: &Tree, text: &str) -> Vec<HoleInput> {
    Collector { tree, names: Some(text), found: Vec::new() }.template()
}

/// The same for a module, for [`velox_script::module_bindings`].
#[must_use]
pub fn module_names(tree: &Tree, text: &str) -> Vec<ElementInput> {
    Collector { tree, names: Some(text), found: Vec::new() }.module()
}

/// The names of a component in its tags up to the first dot, relative to the tree's text: opening, closing.
#[must_use]
pub fn component_names(element: &Element, text: &str) -> [Option<Span>; 2] {
    if element.kind != ElementKind::Component {
        return [None, None];
    }
    let root = |name: Span| {
        let written = name.text(text);
        let end = written.find(['.', ':', ' ']).unwrap_or(written.len()) as u32;
        (end > 0).then(|| Span::new(name.start, name.start + end))
    };
    [root(element.name), closing_name(element, text).and_then(root)]
}

/// The whole name in the closing tag, where it is the opening one's.
#[must_use]
pub fn closing_name(element: &Element, text: &str) -> Option<Span> {
    let close = element.close?;
    let inner = close.text(text).strip_prefix("</")?;
    let start = close.start + 2 + (inner.len() - inner.trim_start().len()) as u32;
    let name = element.name.text(text);
    let end = start + name.len() as u32;
    (end < close.end && text.get(start as usize..end as usize) == Some(name)).then(|| Span::new(start, end))
}

struct Collector<'t> {
    tree: &'t Tree,
    /// The text, where names of components are asked for too.
    names: Option<&'t str>,
    /// The holes that belong to no element yet, those of the innermost last: an element's list is made once, as long as it is.
    found: Vec<HoleInput>,
}

impl Collector<'_> {
    fn template(mut self) -> Vec<HoleInput> {
        for root in &self.tree.roots {
            self.collect(*root, 0);
        }
        self.found
    }

    fn module(mut self) -> Vec<ElementInput> {
        match self.tree.roots.first().map(|root| &self.tree.node(*root).kind) {
            Some(NodeKind::Hole(code)) => self.elements(code, 0),
            _ => Vec::new(),
        }
    }

    fn elements(&mut self, code: &Code, depth: u32) -> Vec<ElementInput> {
        code.elements
            .iter()
            .map(|id| {
                let from = self.found.len();
                self.collect(*id, depth);
                ElementInput { span: self.tree.node(*id).span, holes: self.found.drain(from..).collect() }
            })
            .collect()
    }

    /// The holes in a node; with the text, names of components too.
    fn collect(&mut self, id: NodeId, depth: u32) {
        match &self.tree.node(id).kind {
            NodeKind::Hole(code) => self.hole(code, false, depth),
            NodeKind::Element(element) => {
                let [opening, closing] =
                    self.names.map_or([None, None], |text| component_names(element, text));
                self.found.extend(opening.map(name));
                for attribute in &element.attributes {
                    let spread = matches!(attribute.value, AttributeValue::Spread(_));
                    if let Some(code) = attribute.value.code() {
                        self.hole(code, spread, depth);
                    }
                }
                if !element.children.is_empty() {
                    deeper(depth, |depth| {
                        for child in &element.children {
                            self.collect(*child, depth);
                        }
                    });
                }
                self.found.extend(closing.map(name));
            }
            NodeKind::Text | NodeKind::Comment(_) | NodeKind::Doctype | NodeKind::RawText => {}
        }
    }

    fn hole(&mut self, code: &Code, spread: bool, depth: u32) {
        let elements = if code.elements.is_empty() {
            Vec::new()
        } else {
            deeper(depth, |depth| self.elements(code, depth))
        };
        self.found.push(HoleInput { span: code.span, spread, elements });
    }
}

fn name(span: Span) -> HoleInput {
    HoleInput { span, spread: false, elements: Vec::new() }
}

/// Goes one level deeper. At each eighth level it is looked whether the stack has room for the next ones, else they get a new stretch.
fn deeper<T>(depth: u32, work: impl FnOnce(u32) -> T) -> T {
    if depth.is_multiple_of(8) {
        stacker::maybe_grow(128 * 1024, 1024 * 1024, || work(depth + 1))
    } else {
        work(depth + 1)
    }
}

/// The facts of a piece of code. `facts` are in pre-order, hence sorted by their starts.
#[must_use]
pub fn facts_of<'a>(facts: &'a [HoleFacts], code: &Code) -> Option<&'a HoleFacts> {
    let at = facts.binary_search_by_key(&code.span.start, |facts| facts.span.start).ok()?;
    Some(&facts[at]).filter(|facts| facts.span == code.span && facts.valid)
}
