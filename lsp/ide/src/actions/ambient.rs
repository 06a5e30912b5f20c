//! Writes out the imports that the compiler makes by itself (language.md S2): names of `velox/server` that are used without one.

use super::{Action, ActionKind};
use crate::imports::{ImportAs, Style, import_edits, insertion};
use crate::{Change, Document};
use std::collections::BTreeSet;
use velox_core::ambient::SERVER_NAMES;
use velox_core::analyze::Mode;
use velox_core::analyze::names::FrameworkModule;
use velox_db::FileRole;

const MODULE: &str = "velox/server";

pub(super) fn list(document: Document<'_>, found: &mut Vec<Action>) {
    if !names(document).is_empty() {
        let kind = ActionKind::Source("source.writeImports.velox");
        found.push(Action::new("write-imports", "Write out the imports of velox/server", kind));
    }
}

/// Imports every ambient name of `velox/server` that the file uses.
pub(super) fn write(document: Document<'_>) -> Option<Change> {
    let names: Vec<&str> = names(document).into_iter().collect();
    let facts = document.module_facts();
    let joins = |name: &&str| {
        let edits = import_edits(document, name, ImportAs::Named, MODULE);
        let import = facts.imports.iter().any(|import| {
            edits.iter().all(|edit| import.span.shift(document.script_start()).contains(edit.span))
        });
        (import && !edits.is_empty()).then_some(edits)
    };
    if let Some(joined) = names.iter().map(joins).collect::<Option<Vec<_>>>() {
        let mut change = Change::default();
        for edits in joined {
            change.add(document.path(), edits);
        }
        return Some(change);
    }
    let code = document.script().map_or("", |script| script.text(document.text()));
    let Style { quote, end } = Style::of(document, code);
    let statement = format!("import {{ {} }} from {quote}{MODULE}{quote}{end}", names.join(", "));
    Some(Change::of(document.path(), vec![insertion(document, &statement)]))
}

/// The names of `velox/server` that are used, and neither declared nor imported.
fn names(document: Document<'_>) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    if !matches!(document.role(), FileRole::Velox(_) | FileRole::Endpoint) {
        return found;
    }
    // What is rendered in the browser has none of it (language.md M5).
    if document.page().render.is_some_and(|(mode, _)| mode == Mode::Csr) {
        return found;
    }
    let facts = document.module_facts();
    // Where code does not parse, what uses a name is not known.
    let fences = document.is_velox() && !document.regions().problems.is_empty();
    if fences || facts.problems.iter().any(|problem| problem.kind.is_syntax()) {
        return found;
    }
    let in_block =
        facts.items.iter().flat_map(|item| &item.uses).chain(facts.holes.iter().flat_map(|hole| &hole.uses));
    let holes = if document.is_velox() { document.template_facts().holes.as_slice() } else { &[] };
    for used in in_block.chain(holes.iter().flat_map(|hole| &hole.uses)) {
        let ambient = SERVER_NAMES.iter().find(|name| **name == used.name);
        found.extend(ambient.filter(|name| {
            // `fetch` is there in any case, and is this one only in a server block (language.md S2).
            FrameworkModule::find(MODULE).is_some_and(|module| module.values.contains(name))
        }));
    }
    found.retain(|name| {
        let declared = facts.items.iter().flat_map(|item| &item.declares).any(|(other, _)| other == name);
        let imported =
            facts.imports.iter().flat_map(|import| &import.names).any(|other| other.local == **name);
        !declared && !imported
    });
    found
}
