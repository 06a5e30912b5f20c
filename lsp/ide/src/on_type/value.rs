//! Behind `name=` in a tag: the quotes of its value, or braces where no text can be meant.

use crate::components::{Component, component_of};
use crate::parts::parts;
use crate::{Document, ElementAt};
use velox_syntax::{ElementKind, NodeId, NodeKind, SyntaxProblemKind};

/// Attributes whose value is never a text.
const CODE: &[&str] = &["dangerouslySetInnerHTML", "innerHTML", "key", "ref"];

/// The two characters around the value of the attribute whose `=` ends at the offset; nothing where it has a value, or is none.
pub(super) fn delimiters(document: Document<'_>, offset: u32) -> Option<(char, char)> {
    let rest = document.text().get(offset as usize..)?;
    // What stands right behind it would be taken for the value.
    if !(rest.is_empty() || rest.starts_with(|next: char| next.is_whitespace() || matches!(next, '>' | '/')))
    {
        return None;
    }
    for part in parts(document) {
        let Some(tree) = part.tree else { continue };
        let lacks = tree.problems.iter().any(|problem| {
            problem.kind == SyntaxProblemKind::MissingValue && problem.span.end + part.base == offset
        });
        if !lacks {
            continue;
        }
        for (nth, node) in tree.nodes.iter().enumerate() {
            let NodeKind::Element(element) = &node.kind else { continue };
            let ends_here = |name: velox_diagnostics::Span| {
                let between = document.text().get((name.end + part.base) as usize..offset as usize);
                between.is_some_and(|between| between.trim() == "=")
            };
            if let Some(attribute) = element.attributes.iter().find(|attribute| ends_here(attribute.name)) {
                let name = attribute.name.text(part.source);
                let at = ElementAt { tree, base: part.base, source: part.source, id: NodeId(nth as u32) };
                let code = match element.kind {
                    ElementKind::Component => is_code_of_component(document, at, name),
                    _ => CODE.contains(&name) || is_handler(name),
                };
                return Some(if code { ('{', '}') } else { ('"', '"') });
            }
        }
    }
    None
}

/// `onClick`, and not `once`.
fn is_handler(name: &str) -> bool {
    name.strip_prefix("on").is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()))
}

/// Whether a prop of a component takes something else than a text, as far as that is written down.
fn is_code_of_component(document: Document<'_>, at: ElementAt<'_>, name: &str) -> bool {
    match component_of(document, at) {
        _ if name == "client:media" => false,
        Some(Component::Project(known)) => match known.own_props().find(|prop| prop.name == name) {
            Some(prop) => crate::completion::value_form(prop) != '"',
            None => is_handler(name),
        },
        Some(Component::Framework(component)) => component.specifier != "velox/client" || name != "href",
        None => is_handler(name),
    }
}
