//! Values of attributes: keywords of HTML, ARIA and SVG, media queries of directives, strings that a prop may be.

use super::{Details, Item, ItemKind, Items, references, slots};
use crate::ancestry::namespace_of;
use crate::components::{Component, component_of};
use crate::html::{self, Namespace, value_words};
use crate::{Document, ElementAt, directives};
use velox_diagnostics::Span;
use velox_syntax::ElementKind;

/// What could stand between the quotes of an attribute. `inside` is the text between them.
pub(super) fn complete(
    document: Document<'_>,
    offset: u32,
    at: ElementAt<'_>,
    index: usize,
    inside: Span,
) -> Option<Items> {
    let element = at.element()?;
    let name = at.attribute_name(element.attributes.get(index)?);
    match element.kind {
        ElementKind::Component => {
            return references::complete(document, offset, at, name, inside)
                .filter(|_| name == "href")
                .or_else(|| of_component(document, at, name, inside));
        }
        ElementKind::Slot if name == "name" => {
            let items = slots::items(document, at);
            return (!items.is_empty()).then_some(Items { span: inside, items, incomplete: false });
        }
        ElementKind::Slot | ElementKind::Fragment => return None,
        ElementKind::Html | ElementKind::Custom => {}
    }
    if let Some(items) = references::complete(document, offset, at, name, inside) {
        return Some(items);
    }
    let namespace = namespace_of(at);
    let attr = html::attribute(namespace, at.name(), name)?;
    let is_list = is_list(&attr.name);
    let span = if is_list { html::word_at(document.text(), inside, offset) } else { inside };
    let present: Vec<&str> = if is_list {
        let others = [Span::new(inside.start, span.start), Span::new(span.end, inside.end)];
        others.iter().flat_map(|span| span.text(document.text()).split_whitespace()).collect()
    } else {
        Vec::new()
    };
    let items: Vec<Item> = attr
        .values()
        .iter()
        .filter(|word| !present.contains(&&*word.name))
        .enumerate()
        .map(|(nth, word)| {
            let mut item = Item::new(&*word.name, ItemKind::Value);
            item.sort = Some(format!("{nth:03}"));
            item.id = value_words(attr, word).map(|_| {
                format!("template:value:{}:{}:{}:{}", namespace.letter(), at.name(), attr.name, word.name)
            });
            item
        })
        .collect();
    (!items.is_empty()).then_some(Items { span, items, incomplete: false })
}

/// Media queries of `client:media`, and the strings that a prop may be.
fn of_component(document: Document<'_>, at: ElementAt<'_>, name: &str, inside: Span) -> Option<Items> {
    let mut items = Vec::new();
    if name == "client:media" {
        for (nth, (query, words)) in directives::MEDIA.iter().enumerate() {
            let mut item = Item::new(*query, ItemKind::Value);
            item.detail = Some((*words).to_owned());
            item.sort = Some(format!("{nth}"));
            items.push(item);
        }
    } else if let Some(Component::Project(known)) = component_of(document, at) {
        let prop = known.own_props().find(|prop| prop.name == name)?;
        for (nth, value) in prop.values.iter().enumerate() {
            let mut item = Item::new(value, ItemKind::Value);
            item.sort = Some(format!("{nth:03}"));
            items.push(item);
        }
    }
    (!items.is_empty()).then_some(Items { span: inside, items, incomplete: false })
}

/// Whether the attribute takes several keywords with blanks between them.
fn is_list(name: &str) -> bool {
    matches!(name, "rel" | "sandbox" | "class" | "blocking" | "aria-relevant" | "role" | "autocomplete")
}

/// Words on a value, by what stands behind `template:value:`.
pub(super) fn resolve(id: &str) -> Option<Details> {
    let mut parts = id.splitn(4, ':');
    let namespace = Namespace::of_letter(parts.next()?)?;
    let tag = parts.next()?;
    let attr = html::attribute(namespace, tag, parts.next()?)?;
    let name = parts.next()?;
    let word = attr.values().iter().find(|word| word.name == name)?;
    Some(Details { documentation: value_words(attr, word), also: Vec::new() })
}
