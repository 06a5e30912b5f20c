//! Keys and values of `config`, `meta` and `velox.config.ts`, where the cursor stands in their object.

use super::{Item, ItemKind};
use crate::Document;
use crate::code::CodeAt;
use crate::settings::{Choice, Setting, below, choices};
use velox_core::analyze::Mode;
use velox_db::FileRole;
use velox_diagnostics::{Code, Span};
use velox_script::cursor::ObjectPath;

/// Whether anything else could stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Only {
    /// Nothing else: it is a key.
    These,
    /// Names could.
    AndOthers,
}

/// The path of settings that the cursor is at; nothing where it is in no object of settings.
pub(crate) fn path_at(document: Document<'_>, code: &CodeAt<'_>) -> Option<(String, ObjectPath)> {
    if code.in_template {
        return None;
    }
    let path = code.cursor.object_path()?;
    let is_ours = match document.role() {
        FileRole::Config => path.owner == "default",
        FileRole::Velox(_) | FileRole::TsxPage => path.exported && matches!(&*path.owner, "config" | "meta"),
        FileRole::Endpoint => path.exported && path.owner == "config",
        _ => false,
    };
    is_ours.then(|| {
        let keys = path.keys.iter().fold(path.owner.clone(), |text, key| format!("{text}.{key}"));
        (keys, path)
    })
}

/// Keys or values at the cursor.
pub(super) fn complete(document: Document<'_>, code: &CodeAt<'_>, items: &mut Vec<Item>) -> Only {
    let Some((path, object)) = path_at(document, code) else { return Only::AndOthers };
    let Some(siblings) = &object.siblings else {
        items.extend(
            choices(&path).enumerate().map(|(nth, choice)| value(document, choice, nth, choice.code)),
        );
        return Only::AndOthers;
    };
    if path == "default.check.severity" {
        items.extend(
            Code::ALL.iter().filter(|code| code.is_adjustable()).flat_map(|code| severity(*code, siblings)),
        );
        return Only::These;
    }
    // A key that stands before its colon keeps its value.
    let rest = code.text.get(code.cursor.word.end as usize..).unwrap_or_default();
    let has_value = rest.trim_start().starts_with(':');
    let word = code.cursor.word.text(code.text);
    let keys = below(&path).filter(|setting| {
        has_value && setting.name() == word || !siblings.iter().any(|key| key == setting.name())
    });
    let list: Vec<Item> = keys
        .filter(|setting| fits(document, setting, siblings))
        .enumerate()
        .map(|(nth, setting)| key(setting, nth, has_value))
        .collect();
    let known = !list.is_empty() || path == "config" || path.starts_with("default");
    items.extend(list);
    if known { Only::These } else { Only::AndOthers }
}

/// The values of a key between quotes.
pub(super) fn in_string(document: Document<'_>, path: &str, inside: Span) -> Vec<Item> {
    let strings = choices(path).filter(|choice| choice.code.starts_with('\''));
    let list = strings.enumerate().map(|(nth, choice)| {
        let mut item = value(document, choice, nth, choice.code.trim_matches('\''));
        item.span = Some(inside);
        item
    });
    list.collect()
}

/// Whether a key makes sense in this file, beside the keys that are there.
fn fits(document: Document<'_>, setting: &Setting, siblings: &[String]) -> bool {
    if setting.path != "config.revalidate" {
        return true;
    }
    let mode = document.page().render.map(|(mode, _)| mode);
    // While a mode is being typed it cannot be told.
    document.role() != FileRole::Endpoint
        && (mode == Some(Mode::Isr) || mode.is_none() && !siblings.iter().any(|key| key == "render"))
        || siblings.iter().any(|key| key == "render") && mode.is_none()
}

fn key(setting: &Setting, nth: usize, has_value: bool) -> Item {
    let mut item = Item::new(setting.name(), ItemKind::Property);
    item.detail = Some(setting.shape.to_owned());
    item.documentation = Some(setting.markdown());
    item.sort = Some(format!("0{nth:02}"));
    if !has_value {
        item.text = format!("{}: {}", setting.name(), setting.value);
        item.snippet = true;
        item.again = choices(setting.path).next().is_some();
    }
    item
}

fn value(document: Document<'_>, choice: &Choice, nth: usize, text: &str) -> Item {
    let mut item = Item::new(text, ItemKind::Value);
    item.documentation = Some(choice.words.to_owned());
    item.sort = Some(format!("0{nth:02}"));
    // What the route would be without being told.
    let inferred =
        document.page().render.is_none().then(|| document.route()).flatten().map(|entry| entry.mode);
    if choice.path == "config.render" && inferred.is_some_and(|mode| text.trim_matches('\'') == mode.name()) {
        item.detail = Some("as it is now, without being told".to_owned());
    }
    item
}

/// A code by its number and by its name.
fn severity(code: Code, siblings: &[String]) -> Vec<Item> {
    let (number, name) = (code.to_string(), code.name());
    if siblings.iter().any(|key| *key == number || key == name) {
        return Vec::new();
    }
    let make = |label: String, written: String, other: &str| {
        let mut item = Item::new(label, ItemKind::Code);
        item.detail = Some(other.to_owned());
        item.documentation = Some(code.title().to_owned());
        item.text = format!("{written}: '$1'");
        item.snippet = true;
        item.again = true;
        item
    };
    vec![make(number.clone(), number.clone(), name), make(name.to_owned(), format!("'{name}'"), &number)]
}
