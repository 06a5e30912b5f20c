//! Checks of the template that need no other file: raw HTML beside children, values where no escaping is safe (language.md T5).

use crate::emit::{is_event_handler, is_white_space};
use crate::holes::facts_of;
use crate::unit::VeloxFile;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::{HoleFacts, Shape};
use velox_syntax::{Element, ElementKind, NodeKind, Tree};

/// Checks every element of a file.
#[must_use]
pub fn check_template(file: &VeloxFile<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let template = file.template_source();
    check_tree(file.path, file.template, &file.facts.holes, template.text, template.base, &mut found);
    if let Some(tree) = file.block_tree {
        let block = file.block_source();
        check_tree(file.path, tree, &file.block.holes, block.text, block.base, &mut found);
    }
    found
}

fn check_tree(
    path: &str,
    tree: &Tree,
    holes: &[HoleFacts],
    text: &str,
    base: u32,
    found: &mut Vec<Diagnostic>,
) {
    for node in &tree.nodes {
        let NodeKind::Element(element) = &node.kind else { continue };
        if !matches!(element.kind, ElementKind::Html | ElementKind::Custom) {
            continue;
        }
        for attribute in &element.attributes {
            let name = attribute.name.text(text);
            if name == "innerHTML" {
                inner_html(path, tree, element, attribute.name, text, base, found);
            } else if is_event_handler(name)
                && let Some(code) = attribute.value.code()
                && let Some(facts) = facts_of(holes, code)
            {
                found.extend(handler(&facts.shape, name, path, attribute.span.shift(base)));
            }
        }
    }
}

/// The value of an event handler: fixed text is the only one that is safe, and the only one that ever runs (language.md T5, T9).
fn handler(shape: &Shape, name: &str, path: &str, span: Span) -> Option<Diagnostic> {
    let (message, help) = match shape {
        Shape::Constant { .. } | Shape::Nothing(_) => return None,
        Shape::Function(_) => (
            format!("`{name}` would never run: an element of a template has no code in the browser"),
            "move the element into a component, and make that an island with `client:load`",
        ),
        _ => (
            format!("`{name}` is code, and no escaping makes a value safe in it"),
            "make the element an island with a real handler, or put the value into a `data-` attribute and read it there",
        ),
    };
    Some(Diagnostic::new(Code::UNSAFE_INTERPOLATION, path, span, message).help(help))
}

/// An element whose content is raw HTML has no children of its own.
fn inner_html(
    path: &str,
    tree: &Tree,
    element: &Element,
    name: Span,
    text: &str,
    base: u32,
    found: &mut Vec<Diagnostic>,
) {
    let content = element.children.iter().map(|id| tree.node(*id)).find(|child| match &child.kind {
        NodeKind::Text => !is_white_space(child.span.text(text)),
        NodeKind::Hole(code) => !code.empty,
        NodeKind::Comment(_) => false,
        _ => true,
    });
    if let Some(child) = content {
        let tag = element.name.text(text);
        found.push(
            Diagnostic::new(
                Code::CHILDREN_OF_RAW,
                path,
                name.shift(base),
                format!("`<{tag}>` has `innerHTML`, so its children would be lost"),
            )
            .related(path, child.span.shift(base), "this is never printed")
            .help("remove the children, or the attribute"),
        );
    }
}
