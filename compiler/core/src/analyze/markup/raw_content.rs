//! Raw HTML beside children, which would be lost (language.md T5).

use super::Markup;
use crate::emit::is_white_space;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_syntax::{Element, NodeKind};

/// An element whose content is raw HTML has no children of its own.
pub(crate) fn check(markup: &mut Markup<'_>, element: &Element) {
    let content = element.children.iter().map(|id| markup.tree.node(*id)).find(|child| match &child.kind {
        NodeKind::Text => !is_white_space(markup.text(child.span)),
        NodeKind::Hole(code) => !code.empty,
        NodeKind::Comment(_) => false,
        _ => true,
    });
    let Some(child) = content else { return };
    let tag = markup.text(element.name);
    let children = element.close.map_or(element.open.end, |close| close.start);
    let children = Span::new(element.open.end, children.max(element.open.end));
    for attribute in &element.attributes {
        if markup.text(attribute.name) != "innerHTML" {
            continue;
        }
        let diagnostic = Diagnostic::new(
            Code::CHILDREN_OF_RAW,
            markup.path,
            markup.at(attribute.name),
            format!("`<{tag}>` has `innerHTML`, so its children would be lost"),
        )
        .related(markup.path, markup.at(child.span), "this is never printed")
        .help("remove the children, or the attribute")
        .fix("remove the children", false, vec![(markup.at(children), String::new())]);
        markup.found.push(diagnostic);
    }
}
