//! Joins the two parsers: tells the script parser where a tree holds code, and finds the facts of a piece of code again.
//!
//! Knows positions only. What a hole means is decided in `analyze` and `emit`.

use velox_script::{ElementInput, HoleFacts, HoleInput};
use velox_syntax::{AttributeValue, Code, NodeId, NodeKind, Tree};

/// The holes of a whole template, in the order of the text, for [`velox_script::parse_holes`].
#[must_use]
pub fn template_holes(tree: &Tree) -> Vec<HoleInput> {
    let mut holes = Vec::new();
    for root in &tree.roots {
        collect(tree, *root, &mut holes);
    }
    holes
}

/// The elements that stand in a module parsed by [`velox_syntax::parse_tsx`], for [`velox_script::parse_module`].
#[must_use]
pub fn module_elements(tree: &Tree) -> Vec<ElementInput> {
    match tree.roots.first().map(|root| &tree.node(*root).kind) {
        Some(NodeKind::Hole(code)) => elements_of(tree, code),
        _ => Vec::new(),
    }
}

fn elements_of(tree: &Tree, code: &Code) -> Vec<ElementInput> {
    code.elements
        .iter()
        .map(|id| {
            let mut holes = Vec::new();
            collect(tree, *id, &mut holes);
            ElementInput { span: tree.node(*id).span, holes }
        })
        .collect()
}

fn collect(tree: &Tree, id: NodeId, holes: &mut Vec<HoleInput>) {
    match &tree.node(id).kind {
        NodeKind::Hole(code) => holes.push(hole(tree, code, false)),
        NodeKind::Element(element) => {
            for attribute in &element.attributes {
                let spread = matches!(attribute.value, AttributeValue::Spread(_));
                if let Some(code) = attribute.value.code() {
                    holes.push(hole(tree, code, spread));
                }
            }
            if !element.children.is_empty() {
                guarded(|| {
                    for child in &element.children {
                        collect(tree, *child, holes);
                    }
                });
            }
        }
        NodeKind::Text | NodeKind::Comment(_) | NodeKind::Doctype | NodeKind::RawText => {}
    }
}

fn hole(tree: &Tree, code: &Code, spread: bool) -> HoleInput {
    let elements = if code.elements.is_empty() { Vec::new() } else { guarded(|| elements_of(tree, code)) };
    HoleInput { span: code.span, spread, elements }
}

/// Goes one level deeper, on a new stretch of stack where little is left.
fn guarded<T>(work: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(64 * 1024, 1024 * 1024, work)
}

/// The facts of a piece of code. `facts` are in pre-order, hence sorted by their starts.
#[must_use]
pub fn facts_of<'a>(facts: &'a [HoleFacts], code: &Code) -> Option<&'a HoleFacts> {
    let at = facts.binary_search_by_key(&code.span.start, |facts| facts.span.start).ok()?;
    Some(&facts[at]).filter(|facts| facts.span == code.span && facts.valid)
}
