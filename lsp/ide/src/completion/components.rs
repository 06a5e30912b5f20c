//! Components as tags: those in scope, and those that an import would bring into it.

use super::{Details, Item, ItemKind};
use crate::Document;
use crate::components::{
    Component, FRAMEWORK, FrameworkComponent, Known, component_words, framework_component, framework_words,
};
use crate::imports::{ImportAs, import_edits, specifier_for};
use crate::symbol::modules::{Origin, origin_of, target_of};
use rustc_hash::FxHashSet;
use velox_db::{ProjectComponent, project_components};
use velox_script::Prop;

/// The components that could be the name of a tag. With `whole` the tag's end comes along.
pub(super) fn items(document: Document<'_>, whole: bool) -> Vec<Item> {
    let mut items = Vec::new();
    let mut taken: FxHashSet<&str> = FxHashSet::default();
    let mut imported: FxHashSet<(&str, bool, &str)> = FxHashSet::default();
    let Document { db, project, file } = document;
    let facts = document.module_facts();
    for import in &facts.imports {
        for name in &import.names {
            taken.insert(&name.local);
            if name.type_only || import.type_only {
                continue;
            }
            if let Some(target) = target_of(db, project, file, &import.specifier) {
                imported.insert((target.path(db), name.imported == "default", &name.imported));
            }
            if is_component_name(&name.local) && name.imported != "*" {
                items.push(in_scope(document, &name.local, &import.specifier, whole));
            }
        }
    }
    for (name, _) in facts.items.iter().flat_map(|item| &item.declares) {
        if taken.insert(name) && is_component_name(name) && !document.is_velox() {
            items.push(in_scope(document, name, "this file", whole));
        }
    }
    for component in project_components(db, project) {
        let export = if component.is_default { "default" } else { &*component.name };
        let is_there = imported.contains(&(&*component.path, component.is_default, export));
        if is_there || taken.contains(&*component.name) || component.path == document.path() {
            continue;
        }
        items.push(to_import(component, whole));
    }
    for component in &FRAMEWORK {
        let may_stand = component.specifier != "velox/client" || !document.is_velox();
        if may_stand && !taken.contains(component.name) {
            items.push(of_framework(component, whole));
        }
    }
    items
}

/// `Card`, and neither `card` nor `MAX_SIZE`.
fn is_component_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && (name.len() == 1 || name.chars().any(|letter| letter.is_ascii_lowercase()))
}

fn in_scope(document: Document<'_>, name: &str, from: &str, whole: bool) -> Item {
    let mut item = Item::new(name, ItemKind::Component);
    item.detail = Some(from.to_owned());
    item.sort = Some(format!("30{name}"));
    let found = named(document, name);
    if whole {
        item.text = match found {
            Some(Component::Project(known)) => {
                let needed = known.own_props().filter(|prop| !prop.optional);
                tag(name, needed.map(|prop| (&*prop.name, value_form(prop))), known.takes_content())
            }
            Some(Component::Framework(component)) => framework_tag(component, name),
            None => tag(name, std::iter::empty(), false),
        };
        item.snippet = true;
    }
    item.id = found.map(|_| format!("template:component:s:{name}:"));
    item
}

/// What a name in scope means as a component.
fn named<'a>(document: Document<'a>, name: &str) -> Option<Component<'a>> {
    if let Some(component) = framework_component(document, name) {
        return Some(Component::Framework(component));
    }
    match origin_of(document.db, document.project, document.file, name) {
        Origin::Default(file) => Some(Component::Project(Known::of(document.with(file), "default"))),
        Origin::Top(file, name) => Some(Component::Project(Known::of(document.with(file), &name))),
        Origin::Module(_) => None,
    }
}

fn to_import(component: &ProjectComponent, whole: bool) -> Item {
    let name = &*component.name;
    let mut item = Item::new(name, ItemKind::Component);
    item.detail = Some(component.path.clone());
    item.sort = Some(format!("40{name}"));
    item.imports = true;
    let kind = if component.is_default { 'd' } else { 'n' };
    item.id = Some(format!("template:component:{kind}:{name}:{}", component.path));
    if whole {
        item.text = tag(name, std::iter::empty(), false);
        item.snippet = true;
    }
    item
}

fn of_framework(component: &FrameworkComponent, whole: bool) -> Item {
    let mut item = Item::new(component.name, ItemKind::Component);
    item.detail = Some(component.specifier.to_owned());
    item.sort = Some(format!("45{}", component.name));
    item.imports = true;
    item.id = Some(format!("template:component:f:{}:", component.name));
    if whole {
        item.text = framework_tag(component, component.name);
        item.snippet = true;
    }
    item
}

fn framework_tag(component: &FrameworkComponent, name: &str) -> String {
    let needed = component.props.iter().filter(|(_, needed)| *needed);
    tag(name, needed.map(|(name, _)| (*name, if *name == "href" { '"' } else { '{' })), true)
}

/// How the value of a prop is written: in quotes, in braces, or not at all (a blank).
pub(crate) fn value_form(prop: &Prop) -> char {
    match prop.annotation.as_deref() {
        None | Some("string") => '"',
        Some(_) if !prop.values.is_empty() => '"',
        Some("boolean") => ' ',
        Some(annotation) if annotation.starts_with("string |") || annotation.ends_with("| string") => '"',
        Some(_) => '{',
    }
}

/// A tag without its `<`.
fn tag<'a>(name: &str, needed: impl Iterator<Item = (&'a str, char)>, content: bool) -> String {
    let mut out = name.to_owned();
    for (at, (prop, form)) in needed.enumerate() {
        let place = at + 1;
        match form {
            '"' => out.push_str(&format!(" {prop}=\"${place}\"")),
            _ => out.push_str(&format!(" {prop}={{${place}}}")),
        }
    }
    if content {
        out.push_str(&format!(">$0</{name}>"));
    } else {
        out.push_str(" $0/>");
    }
    out
}

/// Words on a component and the edits that import it, by what stands behind `template:component:`.
pub(super) fn resolve(document: Document<'_>, id: &str) -> Option<Details> {
    let mut parts = id.splitn(3, ':');
    let (kind, name, path) = (parts.next()?, parts.next()?, parts.next()?);
    let words = |component: Component<'_>| match component {
        Component::Project(known) => component_words(name, known),
        Component::Framework(component) => framework_words(component),
    };
    match kind {
        "s" => Some(Details { documentation: named(document, name).map(words), also: Vec::new() }),
        "f" => {
            let component = FRAMEWORK.iter().find(|one| one.name == name)?;
            let also = import_edits(document, name, ImportAs::Named, component.specifier);
            Some(Details { documentation: Some(framework_words(component)), also })
        }
        _ => {
            let file = document.at(path)?;
            let (export, import) =
                if kind == "d" { ("default", ImportAs::Default) } else { (name, ImportAs::Named) };
            let also = import_edits(document, name, import, &specifier_for(document, path));
            Some(Details { documentation: Some(component_words(name, Known::of(file, export))), also })
        }
    }
}
