//! Import paths, and the names between the braces of an import.

use super::{Item, ItemKind};
use crate::Document;
use crate::code::CodeAt;
use crate::framework;
use std::collections::BTreeMap;
use velox_core::resolve::{Resolution, normalize, resolve};
use velox_db::{all_exports, project_facts};
use velox_diagnostics::Span;
use velox_script::cursor::EnclosingKind;

/// Paths between the quotes of an import.
pub(super) fn paths(document: Document<'_>, inside: Span, offset: u32) -> Vec<Item> {
    let typed =
        document.text().get(inside.start as usize..offset.min(inside.end) as usize).unwrap_or_default();
    let (folder, _) = typed.rsplit_once('/').map_or(("", typed), |(folder, name)| (folder, name));
    let aliases = &project_facts(document.db, document.project).aliases;
    let own = document.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found = Vec::new();
    if typed.starts_with('.') {
        if typed.contains('/') {
            if let Some(path) = normalize(&format!("{own}/{folder}")) {
                found.extend(entries(document, &path, inside.start + folder.len() as u32 + 1, inside));
            }
        } else {
            found.extend(["./", "../"].into_iter().map(|start| again(start, inside)));
        }
        return found;
    }
    let in_alias = aliases.iter().find_map(|alias| {
        let (before, _) = alias.pattern.split_once('*')?;
        let rest = typed.strip_prefix(before)?;
        let target = alias.targets.first()?.split_once('*')?.0;
        let below = rest.rsplit_once('/').map_or("", |(below, _)| below);
        let start = before.len() + below.len() + usize::from(!below.is_empty());
        Some((normalize(&format!("{target}/{below}"))?, start))
    });
    if let Some((path, start)) = in_alias {
        return entries(document, &path, inside.start + start as u32, inside);
    }
    let mut add = |name: &str, detail: &str, rank: &str| {
        let mut item = Item::new(name, ItemKind::File);
        item.detail = Some(detail.to_owned());
        item.sort = Some(format!("{rank}{name}"));
        item.span = Some(inside);
        found.push(item);
    };
    for module in framework::modules() {
        add(&module.specifier, "framework", "1");
    }
    for package in packages(document) {
        if framework::module(&package).is_none() {
            add(&package, "package", "2");
        }
    }
    for alias in aliases {
        if let Some((before, _)) = alias.pattern.split_once('*').filter(|(before, _)| !before.is_empty()) {
            let mut item = again(before, inside);
            item.detail = alias.targets.first().cloned();
            item.sort = Some(format!("0{before}"));
            found.push(item);
        }
    }
    if typed.is_empty() {
        found.extend(["./", "../"].into_iter().map(|start| again(start, inside)));
    }
    found
}

/// A beginning that is typed on from.
fn again(start: &str, inside: Span) -> Item {
    let mut item = Item::new(start, ItemKind::Folder);
    item.span = Some(inside);
    item.sort = Some(format!("3{start}"));
    item.again = true;
    item
}

/// Folders and files of a folder of the project. `start` is where the name begins in the file.
fn entries(document: Document<'_>, folder: &str, start: u32, inside: Span) -> Vec<Item> {
    let files = document.project.files(document.db);
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut names: BTreeMap<&str, bool> = BTreeMap::new();
    for path in files.sources.keys().chain(files.assets.keys()) {
        let Some(rest) = path.strip_prefix(&*prefix) else { continue };
        match rest.split_once('/') {
            Some((below, _)) => {
                names.entry(below).or_insert(true);
            }
            None if path != document.path() && !rest.ends_with(".d.ts") => {
                names.insert(rest, false);
            }
            None => {}
        }
    }
    let span = Span::new(start.min(inside.end), inside.end);
    let aliases = &project_facts(document.db, document.project).aliases;
    let before = document.text().get(inside.start as usize..start as usize).unwrap_or_default();
    let leads = |written: &str, path: &str| {
        let found = resolve(document.path(), written, aliases, &|path| files.contains(path));
        found == Resolution::File(path.to_owned())
    };
    let keeps_ending = keeps_ending(document);
    let mut found = Vec::new();
    for (name, is_folder) in names {
        if is_folder {
            let mut item = Item::new(format!("{name}/"), ItemKind::Folder);
            item.span = Some(span);
            item.sort = Some(format!("1{name}"));
            item.again = true;
            found.push(item);
            continue;
        }
        let path = format!("{prefix}{name}");
        let stem = name
            .rsplit_once('.')
            .filter(|(_, ending)| matches!(*ending, "ts" | "tsx" | "js" | "jsx" | "mjs"));
        let short = stem
            .map(|(stem, _)| stem)
            .filter(|stem| !keeps_ending && leads(&format!("{before}{stem}"), &path));
        let mut item = Item::new(short.unwrap_or(name), ItemKind::File);
        item.detail = Some(path);
        item.span = Some(span);
        item.sort = Some(format!("0{name}"));
        found.push(item);
    }
    found
}

/// Whether imports of this file write the endings of modules.
fn keeps_ending(document: Document<'_>) -> bool {
    let imports = &document.module_facts().imports;
    imports.iter().any(|import| {
        let name = import.specifier.rsplit('/').next().unwrap_or_default();
        import.specifier.starts_with(['.', '$'])
            && [".ts", ".tsx"].iter().any(|ending| name.ends_with(ending))
    })
}

/// The packages that package.json names.
fn packages(document: Document<'_>) -> Vec<String> {
    let Some(manifest) = document.at("package.json") else { return Vec::new() };
    let Some(value) = velox_script::evaluate_json(manifest.text()) else { return Vec::new() };
    let mut found = Vec::new();
    for section in ["dependencies", "devDependencies", "peerDependencies"] {
        let Some(velox_script::Value::Object(properties, _)) = value.get(section).map(|found| &found.value)
        else {
            continue;
        };
        let names = properties.iter().map(|property| property.key.clone());
        found.extend(names.filter(|name| !name.starts_with("@types/") && !name.is_empty()));
    }
    found.sort();
    found.dedup();
    found
}

/// Names between the braces of an import: what its module exports, and is not imported yet.
pub(super) fn names(document: Document<'_>, code: &CodeAt<'_>, items: &mut Vec<Item>) {
    let Some(EnclosingKind::Clause { import, specifier, keys }) = code.cursor.inside() else { return };
    let types = code.cursor.head.iter().any(|word| word == "type") || code.cursor.before == "type";
    let Some(specifier) = specifier else {
        if !import {
            // `export { | }`: what the file declares.
            let declared = document.module_facts().items.iter().flat_map(|item| &item.declares);
            let others = declared.filter(|(name, _)| !keys.contains(name));
            items.extend(others.map(|(name, _)| Item::new(name.clone(), ItemKind::Variable)));
        }
        return;
    };
    let imported = |name: &str| keys.iter().any(|key| key == name);
    if let Some(module) = framework::module(specifier) {
        for entry in module.exports.iter().filter(|entry| !imported(&entry.name)) {
            let kind = if entry.kind == "function" { ItemKind::Function } else { ItemKind::Component };
            let mut item = Item::new(&*entry.name, kind);
            item.detail = Some(entry.kind.to_string());
            item.documentation = Some(entry.markdown(specifier));
            add_type(&mut item, entry.is_type() && !types);
            item.sort = Some(format!("{}{}", u8::from(entry.is_type() != types), entry.name));
            items.push(item);
        }
        return;
    }
    let aliases = &project_facts(document.db, document.project).aliases;
    let files = document.project.files(document.db);
    let resolved = resolve(document.path(), specifier, aliases, &|path| files.contains(path));
    let Resolution::File(path) = resolved else { return };
    let Some(target) = document.at(&path) else { return };
    for (name, type_only) in &all_exports(document.db, document.project, target.file).names {
        if imported(name) || !velox_core::route::is_identifier(name) {
            continue;
        }
        let mut item = Item::new(name.clone(), ItemKind::Variable);
        item.detail = Some(if *type_only { "type" } else { "value" }.to_owned());
        item.documentation = crate::declarations::export_words(target, name);
        add_type(&mut item, *type_only && !types);
        items.push(item);
    }
}

fn add_type(item: &mut Item, is_needed: bool) {
    if is_needed {
        item.text = format!("type {}", item.label);
    }
}
