//! Scripts that run and stand in a `<Suspense>`: its content is put into the page by a script when it has come, and whether a
//! script that is moved runs, and when, is not for a page to rely on (runtime.md section 5).
//!
//! Only what stands in the boundary itself is looked at. Data blocks, and scripts that leave for the page's module, are fine.

use super::Markup;
use velox_diagnostics::{Code, Diagnostic};
use velox_syntax::{Element, ElementKind, NodeId, NodeKind};

/// Looks into every boundary of the region.
pub(crate) fn check(markup: &mut Markup<'_>) {
    let Some(suspense) = markup.suspense else { return };
    let is_boundary =
        |element: &Element| element.kind == ElementKind::Component && markup.text(element.name) == suspense;
    let mut work: Vec<NodeId> = Vec::new();
    for (_, element) in markup.tree.components() {
        if is_boundary(element) {
            work.extend(&element.children);
            // What is shown of an error comes in the content's place.
            work.extend(elements_of(markup, element, |name| name == "error"));
        }
    }
    let mut found: Vec<Diagnostic> = Vec::new();
    while let Some(id) = work.pop() {
        match &markup.tree.node(id).kind {
            // One in another is looked into by itself, but for what it shows at once.
            NodeKind::Element(element) if is_boundary(element) => {
                work.extend(elements_of(markup, element, |name| name == "fallback"));
            }
            NodeKind::Element(element) => {
                if runs_in_place(markup, element) {
                    found.push(diagnostic(markup, element));
                }
                work.extend(&element.children);
                work.extend(elements_of(markup, element, |_| true));
            }
            NodeKind::Hole(code) => work.extend(&code.elements),
            _ => {}
        }
    }
    found.sort_by_key(|diagnostic| diagnostic.span);
    markup.found.extend(found);
}

/// Elements in the values of those attributes that are asked for.
fn elements_of<'t>(
    markup: &Markup<'t>,
    element: &'t Element,
    wanted: impl Fn(&str) -> bool,
) -> impl Iterator<Item = NodeId> {
    let names = element.attributes.iter().filter(|attribute| wanted(markup.text(attribute.name)));
    let elements: Vec<NodeId> = names
        .filter_map(|attribute| attribute.value.code())
        .flat_map(|code| code.elements.to_vec())
        .collect();
    elements.into_iter()
}

/// Whether an element is a script that stays where it is written, and runs.
fn runs_in_place(markup: &Markup<'_>, element: &Element) -> bool {
    // One without attributes becomes a part of the page's module.
    if !markup.text(element.name).eq_ignore_ascii_case("script") || element.attributes.is_empty() {
        return false;
    }
    let kind = element.attributes.iter().find(|attribute| markup.text(attribute.name) == "type");
    let spread = element.attributes.iter().any(|attribute| attribute.name.is_empty());
    match kind {
        None => !spread,
        Some(kind) => markup.fixed_value(&kind.value).is_some_and(|(value, _)| {
            let value = value.trim().to_ascii_lowercase();
            value.is_empty()
                || value == "module"
                || value.ends_with("/javascript")
                || value.ends_with("/ecmascript")
        }),
    }
}

fn diagnostic(markup: &Markup<'_>, element: &Element) -> Diagnostic {
    Diagnostic::new(
        Code::SCRIPT_IN_BOUNDARY,
        markup.path,
        markup.at(element.name),
        "a script that stands in a `<Suspense>` is moved into the page later, and may never run",
    )
    .help("move it out of the boundary, or write it as a `<script>` without attributes, which runs once for the page")
}
