//! Imports of names that nothing declares: one for each module that gives such a name, and all at once where there is no choice.
//!
//! Says nothing of names that are in scope by themselves, and of types.

use super::{Action, ActionKind, is_at};
use crate::framework;
use crate::imports::{ImportAs, Style, import_edits, insertion, newline, specifier_for};
use crate::symbol::names::{FileNames, Meaning};
use crate::{Change, Document, ambient};
use std::collections::BTreeMap;
use velox_core::analyze::names::server_globals;
use velox_db::FileRole;
use velox_diagnostics::{Code, Diagnostic, Span};

/// How many modules are offered for one name; the nearest.
const OFFERED: usize = 8;

/// A module that gives a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Giver {
    /// A package of the framework.
    Framework(&'static str),
    /// A file of the project, by how far away it is and its path; and whether the name is its default export.
    File(usize, String, bool),
}

impl Giver {
    fn specifier(&self, document: Document<'_>) -> String {
        match self {
            Self::Framework(specifier) => (*specifier).to_owned(),
            Self::File(_, path, _) => specifier_for(document, path),
        }
    }

    fn kind(&self) -> ImportAs {
        match self {
            Self::File(_, _, true) => ImportAs::Default,
            _ => ImportAs::Named,
        }
    }
}

/// Lists the imports for the name at the selection. Gives whether there are any: they are better than the one that a finding carries,
/// as they join the imports that are there.
pub(super) fn list(
    document: Document<'_>,
    selection: Span,
    diagnostics: &[Diagnostic],
    found: &mut Vec<Action>,
) -> bool {
    let Some((name, span)) = name_at(document, selection) else { return false };
    let givers = givers(document, &name);
    let mends = diagnostics.iter().find(|shown| is_about(shown) && shown.span.touches(span.start));
    let mends = mends.filter(|shown| is_at(document, selection, shown));
    for (nth, giver) in givers.iter().enumerate() {
        let title = format!("Import `{name}` from `{}`", giver.specifier(document));
        found.push(Action {
            preferred: givers.len() == 1 && mends.is_some(),
            mends: mends.cloned(),
            ..Action::new(format!("import:{nth}"), title, ActionKind::QuickFix)
        });
    }
    !givers.is_empty()
}

/// `source.addMissingImports`, where a name that is missing comes from one module alone.
pub(super) fn list_all(document: Document<'_>, diagnostics: &[Diagnostic], found: &mut Vec<Action>) {
    if !single(document, diagnostics).is_empty() {
        let kind = ActionKind::Source("source.addMissingImports.velox");
        found.push(Action::new("import-all", "Add all missing imports", kind));
    }
}

/// Imports the name at the selection, by the place of the module in the list.
pub(super) fn one(document: Document<'_>, selection: Span, id: &str) -> Option<Change> {
    let (name, _) = name_at(document, selection)?;
    let giver = givers(document, &name).into_iter().nth(id.parse().ok()?)?;
    let edits = import_edits(document, &name, giver.kind(), &giver.specifier(document));
    Some(Change::of(document.path(), edits))
}

/// Imports all that are missing and come from one module alone.
pub(super) fn all(document: Document<'_>, diagnostics: &[Diagnostic]) -> Option<Change> {
    let mut change = Change::default();
    // What no import that is there can take, by specifier: the default and the other names.
    let mut rest: BTreeMap<String, (Option<String>, Vec<String>)> = BTreeMap::new();
    let facts = document.module_facts();
    let mut joined: Vec<Span> = Vec::new();
    for (name, giver) in single(document, diagnostics) {
        let specifier = giver.specifier(document);
        let edits = import_edits(document, &name, giver.kind(), &specifier);
        let import = facts.imports.iter().map(|import| import.span.shift(document.script_start()));
        let import = import.into_iter().find(|import| edits.iter().all(|edit| import.contains(edit.span)));
        match import.filter(|import| !edits.is_empty() && !joined.contains(import)) {
            Some(import) => {
                joined.push(import);
                change.add(document.path(), edits);
            }
            None => {
                let (default, named) = rest.entry(specifier).or_default();
                match giver.kind() {
                    ImportAs::Default => *default = Some(name),
                    _ => named.push(name),
                }
            }
        }
    }
    let code = document.script().map_or("", |script| script.text(document.text()));
    let Style { quote, end } = Style::of(document, code);
    let statements: Vec<String> = rest
        .into_iter()
        .map(|(specifier, (default, named))| {
            let named = (!named.is_empty()).then(|| format!("{{ {} }}", named.join(", ")));
            let clause: Vec<String> = default.into_iter().chain(named).collect();
            format!("import {} from {quote}{specifier}{quote}{end}", clause.join(", "))
        })
        .collect();
    if !statements.is_empty() {
        let statements = statements.join(newline(document.text()));
        change.add(document.path(), vec![insertion(document, &statements)]);
    }
    Some(change)
}

/// Names that are missing, with the one module that gives each.
fn single(document: Document<'_>, diagnostics: &[Diagnostic]) -> BTreeMap<String, Giver> {
    let missing = diagnostics.iter().filter(|shown| is_about(shown) && shown.file == document.path());
    missing
        .filter_map(|shown| {
            let (name, _) = name_at(document, Span::at(shown.span.start))?;
            match <[Giver; 1]>::try_from(givers(document, &name)) {
                Ok([giver]) => Some((name, giver)),
                Err(_) => None,
            }
        })
        .collect()
}

/// Whether a finding is about a name that is missing.
pub(super) fn is_about(finding: &Diagnostic) -> bool {
    matches!(finding.code, Code::UNKNOWN_NAME | Code::UNKNOWN_COMPONENT)
}

/// The name at the selection, and its place, where nothing declares it.
fn name_at(document: Document<'_>, selection: Span) -> Option<(String, Span)> {
    if matches!(document.role(), FileRole::Json | FileRole::Other) {
        return None;
    }
    let names = FileNames::of(document.db, document.file);
    let found = [selection.start, selection.end].into_iter().find_map(|offset| names.at(offset))?;
    let Meaning::Free(name) = found.meaning else { return None };
    let is_there = ambient::find(document, &name).is_some() || server_globals().any(|global| global == name);
    (!is_there).then_some((name, found.span))
}

/// The modules that give a name, the nearest first.
fn givers(document: Document<'_>, name: &str) -> Vec<Giver> {
    let Document { db, project, .. } = document;
    let mut found = Vec::new();
    let own = document.path();
    let mut add = |path: &str, default: bool| {
        if path != own {
            found.push(Giver::File(distance(own, path), path.to_owned(), default));
        }
    };
    for (path, default) in velox_db::exporters(db, project).get(name).into_iter().flatten() {
        add(path, *default);
    }
    let components = velox_db::project_components(db, project);
    let from = components.partition_point(|component| &*component.name < name);
    for component in components[from..].iter().take_while(|component| component.name == name) {
        add(&component.path, component.is_default);
    }
    let has_server_names = ambient::has_server_names(document);
    for module in framework::modules() {
        let is_ambient = has_server_names && module.specifier == "velox/server";
        if !is_ambient && framework::export(&module.specifier, name).is_some_and(|entry| !entry.is_type()) {
            found.push(Giver::Framework(&module.specifier));
        }
    }
    found.sort();
    // Where a module gives it under this name, its default export is another thing.
    found.dedup_by(|other, first| match (first, other) {
        (Giver::File(_, one, _), Giver::File(_, other, _)) => one == other,
        (first, other) => first == other,
    });
    found.truncate(OFFERED);
    found
}

/// Number of folders between two files.
fn distance(one: &str, other: &str) -> usize {
    let folders = |path: &str| path.matches('/').count();
    let shared = one
        .split_inclusive('/')
        .zip(other.split_inclusive('/'))
        .take_while(|(one, other)| one == other && one.ends_with('/'))
        .count();
    folders(one) + folders(other) - 2 * shared
}
