//! Attributes: what an opening tag could have that it has not.

use super::components::value_form;
use super::{Details, Item, ItemKind, Items, closing};
use crate::ancestry::namespace_of;
use crate::components::{Component, component_of, prop_signature};
use crate::html::{self, Attr, EVENTS, Namespace, attribute_words, handler_name};
use crate::{Document, ElementAt, directives};
use velox_core::analyze::Mode;
use velox_diagnostics::Span;
use velox_script::Prop;
use velox_syntax::{AttributeValue, ElementKind};

/// Attributes that most elements are written with, before all others.
const USUAL: [&str; 4] = ["class", "id", "style", "title"];

/// What could be an attribute: a new one at the offset, or another name for the one with this index.
pub(super) fn complete(
    document: Document<'_>,
    offset: u32,
    at: ElementAt<'_>,
    index: Option<usize>,
) -> Option<Items> {
    let element = at.element()?;
    let edited = index.and_then(|index| element.attributes.get(index));
    let (span, has_value) = match edited {
        Some(attribute) => (attribute.name.shift(at.base), !matches!(attribute.value, AttributeValue::Bare)),
        None => {
            let before = document.text().get(..offset as usize)?.chars().next_back()?;
            if !before.is_whitespace() {
                return None;
            }
            (Span::at(offset), false)
        }
    };
    let mut place = Place { document, at, names: Vec::new(), has_value, items: Vec::new() };
    for (nth, attribute) in element.attributes.iter().enumerate() {
        if Some(nth) != index {
            place.names.push(canonical(at.attribute_name(attribute)));
        }
    }
    match element.kind {
        ElementKind::Component => place.component(),
        ElementKind::Fragment => return None,
        ElementKind::Slot => place.slot(),
        ElementKind::Html | ElementKind::Custom => place.element(),
    }
    if edited.is_none() {
        place.items.extend(closing::ends(at, offset));
    }
    (!place.items.is_empty()).then_some(Items { span, items: place.items, incomplete: false })
}

/// A name as HTML has it, for comparison.
fn canonical(name: &str) -> String {
    match name {
        "className" => "class".to_owned(),
        "htmlFor" => "for".to_owned(),
        _ => name.to_ascii_lowercase(),
    }
}

struct Place<'a> {
    document: Document<'a>,
    at: ElementAt<'a>,
    /// The attributes that are there already.
    names: Vec<String>,
    /// Whether a value follows the name.
    has_value: bool,
    items: Vec<Item>,
}

impl Place<'_> {
    fn element(&mut self) {
        let namespace = namespace_of(self.at);
        let name = self.at.name();
        let own = html::tag(namespace, name).map_or(0, |tag| tag.attributes.len());
        let handlers = self.has_handlers();
        for (nth, attr) in html::attributes(namespace, name).enumerate() {
            let is_handler = attr.name.starts_with("on");
            if &*attr.mark == "d" || is_handler && !handlers {
                continue;
            }
            let place = if nth < own { "10" } else { order_of(&attr.name) };
            if is_handler {
                self.handler(&handler_name(&attr.name), Some((namespace, attr)));
            } else {
                self.add(
                    &attr.name,
                    attr.is_bare(),
                    place,
                    Some(format!("{}:{name}:{}", namespace.letter(), attr.name)),
                );
                if let Some(item) = self.items.last_mut()
                    && !attr.values().is_empty()
                {
                    item.again = item.snippet;
                }
            }
        }
        if handlers {
            for name in EVENTS {
                self.handler(name, None);
            }
        }
        self.data_attribute();
        self.own("innerHTML", "{$1}", "70");
        if self.document.is_velox() {
            match name {
                "style" => self.own("is:global", "", "05"),
                "script" => self.own("is:inline", "", "05"),
                _ => {}
            }
        } else {
            self.own("ref", "{$1}", "70");
            self.own("key", "{$1}", "70");
        }
    }

    fn component(&mut self) {
        let component = component_of(self.document, self.at);
        let mut is_velox = false;
        match component {
            Some(Component::Project(known)) => {
                is_velox = known.file.is_velox();
                for prop in known.own_props() {
                    self.prop(prop);
                }
            }
            Some(Component::Framework(component)) => {
                for (name, _) in component.props {
                    let value = if *name == "href" { "\"$1\"" } else { "{$1}" };
                    self.own(name, value, "05");
                }
            }
            None => {}
        }
        let is_island = self.names.iter().any(|name| name.starts_with("client:"));
        let is_framework = matches!(component, Some(Component::Framework(_)));
        if self.document.is_velox() && !is_velox && !is_island && !is_framework {
            for (nth, name) in directives::CLIENT.iter().enumerate() {
                let value = if *name == "client:media" { "\"$1\"" } else { "" };
                self.own(name, value, &format!("2{nth}"));
            }
        }
        self.own("key", "{$1}", "70");
    }

    fn prop(&mut self, prop: &Prop) {
        if self.is_there(&prop.name) {
            return;
        }
        let mut item = Item::new(&*prop.name, ItemKind::Property);
        if !self.has_value {
            let form = value_form(prop);
            if form != ' ' {
                let value = if form == '"' { "\"$1\"" } else { "{$1}" };
                item.text = format!("{}={value}", prop.name);
                item.snippet = true;
                item.again = form == '"' && (!prop.values.is_empty() || prop.name == "href");
            }
        }
        item.detail = Some(prop_signature(prop));
        item.documentation.clone_from(&prop.documentation);
        item.sort = Some(format!("{}{}", if prop.optional { "10" } else { "05" }, prop.name));
        self.items.push(item);
    }

    fn slot(&mut self) {
        if self.at.name() == "slot" || self.at.name() == "velox:slot" {
            self.own("name", "\"$1\"", "10");
        }
    }

    /// Whether handlers of this element run (language.md T9).
    fn has_handlers(&self) -> bool {
        !self.document.is_velox() || self.document.page().render.is_some_and(|(mode, _)| mode == Mode::Csr)
    }

    fn is_there(&self, name: &str) -> bool {
        self.names.contains(&canonical(name))
    }

    fn add(&mut self, name: &str, bare: bool, place: &str, id: Option<String>) {
        if self.is_there(name) {
            return;
        }
        let mut item = Item::new(name, ItemKind::Attribute);
        if !bare && !self.has_value {
            item.text = format!("{name}=\"$1\"");
            item.snippet = true;
            item.again =
                matches!(name, "class" | "id" | "for" | "href" | "src" | "action" | "formaction" | "style");
        }
        item.sort = Some(format!("{place}{name}"));
        item.id = id.map(|id| format!("template:attribute:{id}"));
        self.items.push(item);
    }

    fn handler(&mut self, name: &str, attr: Option<(Namespace, &Attr)>) {
        if self.is_there(name) {
            return;
        }
        let mut item = Item::new(name, ItemKind::Attribute);
        if !self.has_value {
            item.text = format!("{name}={{$1}}");
            item.snippet = true;
        }
        item.sort = Some(format!("60{name}"));
        item.id = attr.map(|(namespace, attr)| {
            format!("template:attribute:{}:{}:{}", namespace.letter(), self.at.name(), attr.name)
        });
        self.items.push(item);
    }

    fn data_attribute(&mut self) {
        let mut item = Item::new("data-", ItemKind::Attribute);
        if !self.has_value {
            item.text = "data-$1=\"$2\"".to_owned();
            item.snippet = true;
        }
        item.sort = Some("75data-".to_owned());
        self.items.push(item);
    }

    /// An attribute of Velox; `value` is what follows the `=`, if anything does.
    fn own(&mut self, name: &str, value: &str, place: &str) {
        if self.is_there(name) {
            return;
        }
        let mut item =
            Item::new(name, if name.contains(':') { ItemKind::Directive } else { ItemKind::Attribute });
        if !self.has_value && !value.is_empty() {
            item.text = format!("{name}={value}");
            item.snippet = true;
            item.again = value.contains('"');
        }
        item.sort = Some(format!("{place}{name}"));
        item.id = Some(format!("template:attribute:v::{name}"));
        self.items.push(item);
    }
}

fn order_of(name: &str) -> &'static str {
    if USUAL.contains(&name) {
        "20"
    } else if name == "role" || name.starts_with("aria-") {
        "50"
    } else {
        "40"
    }
}

/// Words on an attribute, by what stands behind `template:attribute:`.
pub(super) fn resolve(id: &str) -> Option<Details> {
    let mut parts = id.splitn(3, ':');
    let (letter, tag, name) = (parts.next()?, parts.next()?, parts.next()?);
    let documentation = match Namespace::of_letter(letter) {
        Some(namespace) => {
            html::attribute(namespace, tag, name).map(|attr| attribute_words(namespace, tag, attr))
        }
        None => directives::words(name).map(str::to_owned),
    };
    Some(Details { documentation, also: Vec::new() })
}
