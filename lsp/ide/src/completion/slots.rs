//! Names of slots: what a `<velox:slot>` could fill.

use super::{Item, ItemKind};
use crate::ancestry::ancestors;
use crate::components::{Component, component_of};
use crate::{Document, ElementAt};
use velox_syntax::ElementKind;

/// The slots that a `<velox:slot>` could fill: of the component that it stands in directly, else of the page's layouts (language.md
/// T6). Those that are filled already come last.
pub(super) fn items(document: Document<'_>, at: ElementAt<'_>) -> Vec<Item> {
    if at.name() != "velox:slot" || !document.is_velox() {
        return Vec::new();
    }
    let parent = ancestors(at).into_iter().next();
    let component = parent
        .filter(|parent| parent.element().is_some_and(|element| element.kind == ElementKind::Component))
        .and_then(|parent| component_of(document, parent));
    let mut found: Vec<(&str, &str)> = Vec::new();
    if let Some(Component::Project(known)) = component {
        found.extend(known.slots().iter().map(|slot| (&**slot, known.file.path())));
    } else {
        for layout in velox_db::layouts_of(document.db, document.project, document.file) {
            let layout = document.with(*layout);
            found.extend(layout.page().slots.iter().map(|slot| (&**slot, layout.path())));
        }
    }
    let page = document.page();
    let is_filled = |slot: &str| page.fills.iter().any(|(name, _)| name == slot);
    let mut items: Vec<Item> = Vec::new();
    for (slot, path) in found {
        if slot == "default" || items.iter().any(|item| item.label == slot) {
            continue;
        }
        let mut item = Item::new(slot, ItemKind::Slot);
        item.detail = Some(path.to_owned());
        item.sort = Some(format!("{}{slot}", u8::from(is_filled(slot))));
        items.push(item);
    }
    items
}
