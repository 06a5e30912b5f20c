//! Names in scope, names that an import would bring, globals of JavaScript, and a few keywords.

use super::{Details, Item, ItemKind};
use crate::Document;
use crate::ambient;
use crate::code::CodeAt;
use crate::framework;
use crate::imports::{ImportAs, import_edits, specifier_for};
use std::collections::HashSet;
use velox_core::analyze::names::server_globals;
use velox_db::{FileRole, exporters};
use velox_script::cursor::{EnclosingKind, LocalKind};
use velox_script::{ExportKind, Item as ScriptItem, ItemKind as ScriptKind};

/// How many names of other modules are listed at once; typing on brings the rest.
const IMPORTED: usize = 200;

/// Lists names; whether typing on may bring others.
pub(super) fn complete(document: Document<'_>, code: &CodeAt<'_>, items: &mut Vec<Item>) -> bool {
    let cursor = &code.cursor;
    let word = cursor.word.text(code.text);
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let mut names = Names { items, seen: HashSet::new() };
    for local in cursor.locals.iter().chain(&code.outer).rev().filter(|local| local.inner || code.in_template)
    {
        let detail = match local.kind {
            LocalKind::Parameter => "parameter",
            LocalKind::Variable => "local",
            LocalKind::Function => "function",
            LocalKind::Class => "class",
        };
        names.add(&local.name, kind_of(local.kind), '1', Some(detail.to_owned()), None);
    }
    let facts = document.module_facts();
    for item in &facts.items {
        for (name, _) in &item.declares {
            let (kind, detail) = declared(document, item, name);
            names.add(name, kind, '2', Some(detail), None);
        }
    }
    for import in &facts.imports {
        for name in import.names.iter().filter(|name| !name.type_only) {
            let kind = if name.local.starts_with(char::is_uppercase) {
                ItemKind::Component
            } else {
                ItemKind::Variable
            };
            names.add(&name.local, kind, '2', Some(format!("from {}", import.specifier)), None);
        }
    }
    // What the parser lost in code that is broken.
    for local in cursor.locals.iter().filter(|_| !code.in_template) {
        names.add(&local.name, kind_of(local.kind), '2', None, None);
    }
    for ambient in ambient::names(document) {
        let words = Some(format!("```ts\n{}\n```\n\n{}", ambient.signature, ambient.words));
        names.add(
            ambient.name,
            ItemKind::Variable,
            '3',
            Some("in scope without an import".to_owned()),
            words,
        );
    }
    let has_server_names = ambient::has_server_names(document);
    if has_server_names {
        for name in velox_core::ambient::SERVER_NAMES {
            if let Some(entry) = framework::export("velox/server", name) {
                names.framework("velox/server", entry, '4');
            }
        }
    }
    let in_object = matches!(cursor.inside(), Some(EnclosingKind::Object { key: None, .. }));
    if in_object {
        return false;
    }
    if !word.is_empty() {
        bring(document, word, has_server_names, &mut names);
    }
    for name in server_globals().filter(|name| !word.is_empty() && name.starts_with(&word[..first(word)])) {
        names.add(name, ItemKind::Variable, '8', None, None);
    }
    keywords(code, &mut names);
    true
}

/// The length of the first character of a word.
fn first(word: &str) -> usize {
    word.chars().next().map_or(0, char::len_utf8)
}

fn kind_of(kind: LocalKind) -> ItemKind {
    match kind {
        LocalKind::Parameter | LocalKind::Variable => ItemKind::Variable,
        LocalKind::Function => ItemKind::Function,
        LocalKind::Class => ItemKind::Component,
    }
}

fn declared(document: Document<'_>, item: &ScriptItem, name: &str) -> (ItemKind, String) {
    let facts = document.module_facts();
    let export = facts.exports.iter().find(|export| export.name == name && export.from.is_none());
    let is_function = item.kind == ScriptKind::Function
        || export.is_some_and(|export| export.kind == ExportKind::Function)
        || arrow(document, item);
    match item.kind {
        _ if is_function => (ItemKind::Function, "function".to_owned()),
        ScriptKind::Class => (ItemKind::Component, "class".to_owned()),
        ScriptKind::Enum => (ItemKind::Variable, "enum".to_owned()),
        _ => {
            let keyword = item.declarator.as_ref().map_or("const", |declarator| declarator.keyword);
            (ItemKind::Variable, keyword.to_owned())
        }
    }
}

/// Whether a declarator's value is written as an arrow function.
fn arrow(document: Document<'_>, item: &ScriptItem) -> bool {
    let code = document.script().map_or("", |script| script.text(document.text()));
    let Some(declarator) = &item.declarator else { return false };
    let Some((_, value)) = declarator.span.text(code).split_once('=') else { return false };
    let value = value.trim_start();
    let value = value.strip_prefix("async").map_or(value, str::trim_start);
    value.starts_with("function") || value.starts_with('(') && value.contains("=>")
}

/// Names of the project's modules and of the framework that are not in scope.
fn bring(document: Document<'_>, word: &str, has_server_names: bool, names: &mut Names<'_>) {
    let fits = |name: &str| is_subsequence(word, name);
    let mut found: Vec<(&String, &(String, bool))> = Vec::new();
    for (name, modules) in exporters(document.db, document.project) {
        if fits(name) && velox_core::route::is_identifier(name) {
            let others =
                modules.iter().filter(|(path, _)| path != document.path() && may_import(document, path));
            found.extend(others.map(|module| (name, module)));
        }
    }
    found.sort();
    for (name, (path, default)) in found.into_iter().take(IMPORTED) {
        if names.seen.contains(name) {
            continue;
        }
        let kind =
            if name.starts_with(char::is_uppercase) { ItemKind::Component } else { ItemKind::Function };
        let mut item = Item::new(name.clone(), kind);
        item.detail = Some(path.clone());
        item.sort = Some(format!("5{name}"));
        item.id = Some(format!("script:import:{}:{name}:{path}", if *default { "default" } else { "named" }));
        names.items.push(item);
    }
    for module in framework::modules() {
        if has_server_names && module.specifier == "velox/server" {
            continue;
        }
        for entry in module.exports.iter().filter(|entry| !entry.is_type() && fits(&entry.name)) {
            names.framework(&module.specifier, entry, '6');
        }
    }
}

/// Whether a file may import a module: tests and configuration are nothing to import.
fn may_import(document: Document<'_>, path: &str) -> bool {
    // Server code that the browser would be sent is reported where it happens; here the name alone is told.
    document.role() != FileRole::Config && !path.is_empty()
}

/// Whether the letters of a word stand in a name in their order, the first one at its start.
pub(super) fn is_subsequence(word: &str, name: &str) -> bool {
    let mut letters = name.chars();
    let mut wanted = word.chars();
    let Some(first) = wanted.next() else { return true };
    let starts = letters.next().is_some_and(|letter| letter.eq_ignore_ascii_case(&first));
    starts && wanted.all(|wanted| letters.any(|letter| letter.eq_ignore_ascii_case(&wanted)))
}

fn keywords(code: &CodeAt<'_>, names: &mut Names<'_>) {
    let (statement, expression): (&[(&str, &str)], &[&str]) = (
        &[
            ("const", "const ${1:name} = $0;"),
            ("if", "if ($1) {\n\t$0\n}"),
            ("for", "for (const ${1:item} of ${2:items}) {\n\t$0\n}"),
            ("function", "function ${1:name}($2) {\n\t$0\n}"),
            ("throw", "throw $0;"),
            ("import", "import { $1 } from '$2';"),
            ("export", "export "),
        ],
        &["await", "new", "null", "undefined", "true", "false", "typeof"],
    );
    if code.cursor.starts_statement && !code.in_template {
        for (label, text) in statement {
            if matches!(*label, "import" | "export") && !code.cursor.around.is_empty() {
                continue;
            }
            let mut item = Item::new(*label, ItemKind::Keyword);
            item.sort = Some(format!("9{label}"));
            item.text = (*text).to_owned();
            item.snippet = true;
            names.items.push(item);
        }
    }
    for label in expression {
        names.add(label, ItemKind::Keyword, '9', None, None);
    }
}

/// Names that are listed, each once: what comes first hides the rest.
struct Names<'a> {
    items: &'a mut Vec<Item>,
    seen: HashSet<String>,
}

impl Names<'_> {
    fn add(&mut self, name: &str, kind: ItemKind, rank: char, detail: Option<String>, words: Option<String>) {
        if !self.seen.insert(name.to_owned()) {
            return;
        }
        let mut item = Item::new(name, kind);
        item.detail = detail;
        item.documentation = words;
        item.sort = Some(format!("{rank}{name}"));
        self.items.push(item);
    }

    fn framework(&mut self, module: &str, entry: &framework::Entry, rank: char) {
        if self.seen.contains(&*entry.name) {
            return;
        }
        self.seen.insert(entry.name.to_string());
        let kind = if entry.kind == "function" { ItemKind::Function } else { ItemKind::Component };
        let mut item = Item::new(&*entry.name, kind);
        item.detail = Some(module.to_owned());
        item.sort = Some(format!("{rank}{}", entry.name));
        let way = if rank == '4' { "words" } else { "framework" };
        item.id = Some(format!("script:{way}:{module}:{}", entry.name));
        self.items.push(item);
    }
}

/// More on an item, by what stands behind `script:` in its id.
pub(super) fn resolve(document: Document<'_>, id: &str) -> Option<Details> {
    let (way, rest) = id.split_once(':')?;
    match way {
        "words" | "framework" => {
            let (module, name) = rest.rsplit_once(':')?;
            let entry = framework::export(module, name)?;
            let also = match way {
                "framework" => import_edits(document, name, ImportAs::Named, module),
                _ => Vec::new(),
            };
            Some(Details { documentation: Some(entry.markdown(module)), also })
        }
        "import" => {
            let mut parts = rest.splitn(3, ':');
            let kind = if parts.next()? == "default" { ImportAs::Default } else { ImportAs::Named };
            let (name, path) = (parts.next()?, parts.next()?);
            let target = document.at(path)?;
            let specifier = specifier_for(document, path);
            let words = crate::declarations::export_words(
                target,
                if kind == ImportAs::Default { "default" } else { name },
            );
            let documentation =
                Some(format!("{}from `{specifier}`", words.map_or(String::new(), |words| words + "\n\n")));
            Some(Details { documentation, also: import_edits(document, name, kind, &specifier) })
        }
        _ => None,
    }
}
