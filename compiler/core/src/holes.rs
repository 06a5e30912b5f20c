//! Joins the two parsers: tells the script parser where a tree holds code, and finds the facts of a piece of code again.
//!
//! Knows positions only. What a hole means is decided in `analyze` and `emit`.

use velox_diagnostics::Span;
use velox_script::{ElementInput, HoleFacts, HoleInput};
use velox_syntax::{AttributeValue, Code, Element, ElementKind, NodeId, NodeKind, Tree};

/// The holes of a whole template, in the order of the text, for [`velox_script::parse_holes`].
#[must_use]
pub fn template_holes(tree: &Tree) -> Vec<HoleInput> {
    let mut holes = Vec::new();
    for root in &tree.roots {
        collect(tree, *root, None, 0, &mut holes);
    }
    holes
}

/// The elements that stand in a module parsed by [`velox_syntax::parse_tsx`], for [`velox_script::parse_module`].
#[must_use]
pub fn module_elements(tree: &Tree) -> Vec<ElementInput> {
    match tree.roots.first().map(|root| &tree.node(*root).kind) {
        Some(NodeKind::Hole(code)) => elements_of(tree, code, None, 0),
        _ => Vec::new(),
    }
}

/// The holes of a template, and the names of components in its tags as if they were holes, for [`velox_script::hole_bindings`].
#[must_use]
pub fn template_names(tree: &Tree, text: &str) -> Vec<HoleInput> {
    let mut holes = Vec::new();
    for root in &tree.roots {
        collect(tree, *root, Some(text), 0, &mut holes);
    }
    holes
}

/// The same for a module, for [`velox_script::module_bindings`].
#[must_use]
pub fn module_names(tree: &Tree, text: &str) -> Vec<ElementInput> {
    match tree.roots.first().map(|root| &tree.node(*root).kind) {
        Some(NodeKind::Hole(code)) => elements_of(tree, code, Some(text), 0),
        _ => Vec::new(),
    }
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

fn elements_of(tree: &Tree, code: &Code, names: Option<&str>, depth: u32) -> Vec<ElementInput> {
    code.elements
        .iter()
        .map(|id| {
            let mut holes = Vec::new();
            collect(tree, *id, names, depth, &mut holes);
            ElementInput { span: tree.node(*id).span, holes }
        })
        .collect()
}

/// The holes in a node; with the text, names of components too.
fn collect(tree: &Tree, id: NodeId, names: Option<&str>, depth: u32, holes: &mut Vec<HoleInput>) {
    match &tree.node(id).kind {
        NodeKind::Hole(code) => holes.push(hole(tree, code, false, names, depth)),
        NodeKind::Element(element) => {
            let [opening, closing] = names.map_or([None, None], |text| component_names(element, text));
            holes.extend(opening.map(name));
            for attribute in &element.attributes {
                let spread = matches!(attribute.value, AttributeValue::Spread(_));
                if let Some(code) = attribute.value.code() {
                    holes.push(hole(tree, code, spread, names, depth));
                }
            }
            if !element.children.is_empty() {
                deeper(depth, |depth| {
                    for child in &element.children {
                        collect(tree, *child, names, depth, holes);
                    }
                });
            }
            holes.extend(closing.map(name));
        }
        NodeKind::Text | NodeKind::Comment(_) | NodeKind::Doctype | NodeKind::RawText => {}
    }
}

fn hole(tree: &Tree, code: &Code, spread: bool, names: Option<&str>, depth: u32) -> HoleInput {
    let elements = if code.elements.is_empty() {
        Vec::new()
    } else {
        deeper(depth, |depth| elements_of(tree, code, names, depth))
    };
    HoleInput { span: code.span, spread, elements }
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
