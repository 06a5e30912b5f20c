//! Which modules a file loads when it runs, and which of its components come alive in the browser. Without positions.
//!
//! Imports of types, and imports whose names nothing uses, are erased by TypeScript and load nothing.

use super::environment::{asks_where_it_runs, edge_place, is_ambient_server_name, private_env};
use super::occurrences::{Occurrence, Source, occurrences};
use crate::ambient::is_server_name;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::collections::BTreeSet;
use velox_diagnostics::Span;
use velox_script::{Import, ImportedName, ItemKind};

/// Facts of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileLinks {
    /// Modules that run before it does, sorted.
    pub loads: Vec<Load>,
    /// Names that it declares and exports, sorted.
    pub own: Vec<String>,
    /// Names that it exports from other modules: the name, the specifier, the name there (`*` for all); sorted.
    pub from: Vec<(String, String, String)>,
    /// Specifiers of `export * from`, sorted.
    pub stars: Vec<String>,
    /// Components with a `client:` directive: how the tag is written, and where it comes from; sorted.
    pub islands: Vec<(String, Load)>,
    /// Whether it imports `server-only`, which says that it never leaves the server.
    pub server_only: bool,
    /// Whether its `config` says `edge: true`.
    pub edge: bool,
    /// Whether it reads private names of the environment, or names that `velox/server` gives without an import.
    pub server_names: bool,
}

/// A module that a file loads.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Load {
    /// The specifier.
    pub specifier: String,
    /// Exports of it that are used, sorted; `*` for any.
    pub names: Vec<String>,
    /// Whether it is loaded by `import()`, and so perhaps never.
    pub dynamic: bool,
}

const DIRECTIVES: [&str; 5] = ["client:load", "client:idle", "client:visible", "client:media", "client:only"];

type Imports<'a> = FxHashMap<&'a str, (&'a Import, &'a ImportedName)>;

fn imported_names<'a>(source: &Source<'a>) -> Imports<'a> {
    let count = source.facts.imports.iter().map(|import| import.names.len()).sum();
    let mut imports = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
    for import in source.facts.imports.iter().filter(|import| !import.type_only) {
        for name in import.names.iter().filter(|name| !name.type_only) {
            imports.insert(&*name.local, (import, name));
        }
    }
    imports
}

/// The export of the other module that a use means; `*` where it is the module as a whole.
fn used_export<'a>(name: &'a ImportedName, used: &Occurrence<'a>) -> &'a str {
    if name.imported == "*" { used.path.iter().next().unwrap_or("*") } else { &name.imported }
}

/// Reads a file.
#[must_use]
pub fn read_links(source: &Source<'_>) -> FileLinks {
    let facts = source.facts;
    let imports = imported_names(source);
    let is_velox = source.is_velox();
    let found = occurrences(source, &|name| imports.contains_key(name) || (is_velox && is_server_name(name)));
    let mut links = FileLinks::default();
    // Specifiers with names that are used; names that are only handed on, by `export { x }`, are followed by name.
    let mut loads: Vec<(&str, Option<&str>)> = Vec::with_capacity(found.len());
    for used in &found {
        let Some((import, name)) = imports.get(used.name) else {
            links.server_names = links.server_names || is_ambient_server_name(source, used);
            continue;
        };
        let handed_on = used.path.is_empty()
            && !used.called
            && used.item.is_some_and(|item| facts.items[item].kind == ItemKind::Export)
            && facts.exports.iter().any(|one| one.from.is_none() && one.local.as_deref() == Some(used.name));
        if !handed_on {
            loads.push((&import.specifier, Some(used_export(name, used))));
        }
        if used.tag && used.directive.is_some_and(|directive| DIRECTIVES.contains(&directive)) {
            let load = Load {
                specifier: import.specifier.clone(),
                names: vec![used_export(name, used).to_owned()],
                dynamic: false,
            };
            links.islands.push((tag_text(used), load));
        }
    }
    for import in facts.imports.iter().filter(|import| !import.type_only && import.names.is_empty()) {
        loads.push((&import.specifier, None));
        links.server_only |= import.specifier == "server-only";
    }
    loads.sort_unstable();
    loads.dedup();
    links.loads = loads
        .chunk_by(|one, other| one.0 == other.0)
        .map(|chunk| Load {
            specifier: chunk[0].0.to_owned(),
            names: chunk.iter().filter_map(|(_, name)| name.map(str::to_owned)).collect(),
            dynamic: false,
        })
        .collect();
    let in_template = source.template.map(|(.., facts)| facts.dynamic_imports.as_slice()).unwrap_or_default();
    let dynamic = facts.dynamic_imports.iter().chain(in_template);
    let specifiers: BTreeSet<&str> = dynamic.map(|(specifier, _)| &**specifier).collect();
    if !specifiers.is_empty() && !asks_where_it_runs(source) {
        links.loads.extend(specifiers.into_iter().map(|specifier| Load {
            specifier: specifier.to_owned(),
            names: vec!["*".to_owned()],
            dynamic: true,
        }));
    }
    for export in facts.exports.iter().filter(|export| !export.type_only) {
        let local = export.local.as_deref().unwrap_or(&export.name);
        match &export.from {
            Some((specifier, _)) if export.name == "*" => links.stars.push(specifier.clone()),
            Some((specifier, _)) => {
                links.from.push((export.name.clone(), specifier.clone(), local.to_owned()));
            }
            None => match imports.get(local) {
                Some((import, name)) => {
                    let there = name.imported.clone();
                    links.from.push((export.name.clone(), import.specifier.clone(), there));
                }
                None => links.own.push(export.name.clone()),
            },
        }
    }
    if source.is_velox() {
        links.own.push("default".to_owned());
    }
    links.edge = edge_place(source).is_some();
    links.server_names = links.server_names || !private_env(source).is_empty();
    links.own.sort();
    links.from.sort();
    links.stars.sort();
    links.stars.dedup();
    links.islands.sort();
    links.islands.dedup();
    links
}

fn tag_text(used: &Occurrence<'_>) -> String {
    let mut text = used.name.to_owned();
    for part in used.path.iter() {
        text.push('.');
        text.push_str(part);
    }
    text
}

/// The places of the islands with this tag.
#[must_use]
pub fn island_tags(source: &Source<'_>, tag: &str) -> Vec<Span> {
    let first = tag.split('.').next().unwrap_or(tag);
    let mut found: Vec<Span> = occurrences(source, &|name| name == first)
        .iter()
        .filter(|used| used.tag && used.directive.is_some() && tag_text(used) == tag)
        .map(|used| used.span)
        .collect();
    found.sort();
    found
}
