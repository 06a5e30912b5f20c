//! What stands around an element: its ancestors, and the language that they make of it.

use crate::ElementAt;
use crate::html::Namespace;
use velox_diagnostics::Span;
use velox_syntax::{NodeId, NodeKind, Tree};

/// The elements around an element, the nearest first; those beyond code that it stands in are among them.
pub(crate) fn ancestors(at: ElementAt<'_>) -> Vec<ElementAt<'_>> {
    let target = at.tree.node(at.id).span;
    let mut found = Vec::new();
    let mut ids: Vec<NodeId> = at.tree.roots.clone();
    loop {
        if ids.contains(&at.id) {
            break;
        }
        let Some(id) = ids.iter().copied().find(|id| at.tree.node(*id).span.contains(target)) else { break };
        ids = below(at.tree, id, target);
        if matches!(at.tree.node(id).kind, NodeKind::Element(_)) {
            found.push(ElementAt { id, ..at });
        }
    }
    found.reverse();
    found
}

/// The nodes directly below a node: children, and elements in its code that may hold `target`.
fn below(tree: &Tree, id: NodeId, target: Span) -> Vec<NodeId> {
    match &tree.node(id).kind {
        NodeKind::Hole(code) => code.elements.to_vec(),
        NodeKind::Element(element) => {
            let code = element.attributes.iter().filter_map(|attribute| attribute.value.code());
            match code.into_iter().find(|code| code.span.contains(target)) {
                Some(code) => code.elements.to_vec(),
                None => element.children.to_vec(),
            }
        }
        _ => Vec::new(),
    }
}

/// The language of what stands in an element.
pub(crate) fn namespace_in(parent: Option<ElementAt<'_>>) -> Namespace {
    let Some(parent) = parent else { return Namespace::Html };
    let names = std::iter::once(parent.name()).chain(ancestors(parent).into_iter().map(ElementAt::name));
    for name in names {
        match name {
            "svg" => return Namespace::Svg,
            "math" => return Namespace::Math,
            "foreignObject" | "annotation-xml" => return Namespace::Html,
            _ => {}
        }
    }
    Namespace::Html
}

/// The language that an element belongs to.
pub(crate) fn namespace_of(at: ElementAt<'_>) -> Namespace {
    match at.name() {
        "svg" => Namespace::Svg,
        "math" => Namespace::Math,
        _ => namespace_in(ancestors(at).first().copied()),
    }
}
