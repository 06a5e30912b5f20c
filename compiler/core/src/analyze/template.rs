//! Checks of the template that need no other file: raw HTML beside children (language.md T5), and all of `markup/`.

use super::markup::check_markup;
use crate::emit::{FileKind, is_white_space};
use crate::unit::VeloxFile;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_syntax::{Element, ElementKind, NodeKind, Tree};

/// Checks every element of a file. `in_browser` knows whether its template runs in the browser (language.md M5), `is_velox` whether an
/// imported name is a component of a `.velox` file.
#[must_use]
pub fn check_template(
    file: &VeloxFile<'_>,
    kind: FileKind,
    in_browser: &dyn Fn() -> bool,
    is_velox: &dyn Fn(&str) -> bool,
) -> Vec<Diagnostic> {
    let mut found = check_markup(file, kind, in_browser, is_velox);
    let template = file.template_source();
    check_tree(file.path, file.template, template.text, template.base, &mut found);
    if let Some(tree) = file.block_tree {
        let block = file.block_source();
        check_tree(file.path, tree, block.text, block.base, &mut found);
    }
    found
}

fn check_tree(path: &str, tree: &Tree, text: &str, base: u32, found: &mut Vec<Diagnostic>) {
    for node in &tree.nodes {
        let NodeKind::Element(element) = &node.kind else { continue };
        if !matches!(element.kind, ElementKind::Html | ElementKind::Custom) {
            continue;
        }
        for attribute in &element.attributes {
            let name = attribute.name.text(text);
            if name == "innerHTML" {
                inner_html(path, tree, element, attribute.name, text, base, found);
            }
        }
    }
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
        let children = element.close.map_or(element.open.end, |close| close.start);
        let children = Span::new(element.open.end, children.max(element.open.end));
        found.push(
            Diagnostic::new(
                Code::CHILDREN_OF_RAW,
                path,
                name.shift(base),
                format!("`<{tag}>` has `innerHTML`, so its children would be lost"),
            )
            .related(path, child.span.shift(base), "this is never printed")
            .help("remove the children, or the attribute")
            .fix("remove the children", false, vec![(children.shift(base), String::new())]),
        );
    }
}
