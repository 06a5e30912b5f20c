//! Slots: where layouts and components declare them, and who fills them (language.md T6).

use super::modules::{self, Origin, origin_of};
use super::styles::unquoted;
use crate::Document;
use velox_core::holes::facts_of;
use velox_db::SourceFile;
use velox_diagnostics::Span;
use velox_script::{Shape, Value};
use velox_syntax::{AttributeValue, Element, ElementKind, NodeKind};

/// A `<slot>` or `<velox:slot>`.
struct SlotAt {
    /// Its name: `default` where it has none.
    name: String,
    /// Where the name is written; the tag's name where it is not.
    span: Span,
    /// The name of the tag.
    tag: Span,
    /// Whether it is a `<slot>`.
    declares: bool,
}

fn slots_in(document: Document<'_>) -> Vec<SlotAt> {
    if !document.is_velox() {
        return Vec::new();
    }
    let (tree, text, base) = (document.tree(), document.template(), document.template_start());
    let elements = tree.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Element(element) if element.kind == ElementKind::Slot => Some(element),
        _ => None,
    });
    elements
        .map(|element| {
            let (name, span) = name_of(document, element);
            SlotAt {
                name,
                span: span.shift(base),
                tag: element.name.shift(base),
                declares: element.name.text(text) == "slot",
            }
        })
        .collect()
}

/// The fixed name of a slot, and its place in the template.
fn name_of(document: Document<'_>, element: &Element) -> (String, Span) {
    let text = document.template();
    let named = element.attributes.iter().find(|attribute| attribute.name.text(text) == "name");
    match named.map(|attribute| &attribute.value) {
        Some(AttributeValue::Text(span)) => (span.text(text).to_owned(), *span),
        Some(AttributeValue::Expr(code) | AttributeValue::Template(code)) => {
            match facts_of(&document.template_facts().holes, code).map(|facts| &facts.shape) {
                Some(Shape::Constant { value, span }) => (value.clone(), unquoted(*span, text)),
                _ => ("default".to_owned(), element.name),
            }
        }
        _ => ("default".to_owned(), element.name),
    }
}

/// The slot at an offset: its place, the files that declare it, its name.
pub(super) fn slot_at(document: Document<'_>, offset: u32) -> Option<(Span, Vec<SourceFile>, String)> {
    let all = slots_in(document);
    let slot = all.into_iter().find(|slot| slot.span.touches(offset) || slot.tag.touches(offset))?;
    let owners = if slot.declares { vec![document.file] } else { owners(document, &slot) };
    let span = if slot.span.touches(offset) { slot.span } else { slot.tag };
    Some((span, owners, slot.name))
}

/// The files whose slot a `<velox:slot>` fills.
fn owners(document: Document<'_>, slot: &SlotAt) -> Vec<SourceFile> {
    let Document { db, project, file } = document;
    let page = document.page();
    let here = |span: Span| span.touches(slot.span.start);
    if let Some((component, _, _)) = page.component_fills.iter().find(|(_, _, span)| here(*span)) {
        return component_file(document, component).into_iter().collect();
    }
    if !page.fills.iter().any(|(_, span)| here(*span)) {
        return Vec::new();
    }
    let layouts = velox_db::layouts_of(db, project, file).iter().copied();
    layouts.filter(|layout| velox_db::page(db, project, *layout).slots.contains(&slot.name)).collect()
}

fn component_file(document: Document<'_>, component: &str) -> Option<SourceFile> {
    match origin_of(document.db, document.project, document.file, component) {
        Origin::Default(file) => Some(file),
        _ => None,
    }
}

/// Where a layout or component declares a slot: `<slot name="x">`, `slots = ['x']`.
pub(super) fn declared(owner: Document<'_>, name: &str) -> Vec<Span> {
    let slots = slots_in(owner).into_iter().filter(|slot| slot.declares && slot.name == name);
    let mut found: Vec<Span> = slots.map(|slot| slot.span).collect();
    let exports = &owner.module_facts().exports;
    if let Some(export) = exports.iter().find(|export| export.name == "slots" && export.from.is_none())
        && let Some(Value::Array(items, _)) = &export.value
    {
        for item in items {
            if let Value::String(text, span) = item
                && text == name
            {
                found.push(unquoted(span.shift(owner.script_start()), owner.text()));
            }
        }
    }
    found.sort_by_key(|span| span.start);
    found
}

/// Where a slot of a layout or component is filled.
pub(super) fn fills(owner: Document<'_>, name: &str) -> Vec<(SourceFile, Span)> {
    let Document { db, project, file } = owner;
    let mut found = Vec::new();
    for user in super::site::project_files(owner).into_iter().filter(|user| user.is_velox()) {
        let page = user.page();
        let here = page.fills.iter().filter(|(slot, _)| slot == name).map(|(_, span)| *span);
        let here: Vec<Span> = here.collect();
        if !here.is_empty() && velox_db::layouts_of(db, project, user.file).contains(&file) {
            found.extend(here.into_iter().map(|span| (user.file, unquoted(span, user.text()))));
        }
    }
    for (user, _) in modules::importers(db, project, file) {
        let user = owner.with(user);
        if !user.is_velox() {
            continue;
        }
        for (component, slot, span) in &user.page().component_fills {
            if slot == name && component_file(user, component) == Some(file) {
                found.push((user.file, unquoted(*span, user.text())));
            }
        }
    }
    found
}
