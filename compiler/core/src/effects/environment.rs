//! What exists in one place only: modules of Node, files marked for the server, private names of the environment.

use super::occurrences::{Occurrence, Source, occurrences};
use crate::ambient::is_server_name;
use std::cell::LazyCell;
use velox_diagnostics::Span;
use velox_script::{MetaUse, NameUse, Value};

/// Whether a specifier names a module that comes with Node: `node:fs`, `fs`, `fs/promises`.
#[must_use]
pub fn is_node_module(specifier: &str) -> bool {
    specifier.starts_with("node:") || nodejs_built_in_modules::is_nodejs_builtin_module(specifier)
}

/// Whether a file's name says that it never leaves the server: `lib/db.server.ts`, `routes/api/users+server.ts`.
#[must_use]
pub fn is_server_only_path(path: &str) -> bool {
    let Some((stem, ending)) = path.rsplit_once('.') else { return false };
    matches!(ending, "ts" | "tsx" | "js" | "jsx" | "mjs" | "mts")
        && (stem.ends_with(".server") || stem.ends_with("+server"))
}

/// Whether client code may read this name of the environment (language.md P4): `PUBLIC_...`, and what the build itself knows.
#[must_use]
pub fn is_public_env(name: &str) -> bool {
    name.starts_with("PUBLIC_") || matches!(name, "NODE_ENV" | "MODE" | "DEV" | "PROD" | "SSR" | "BASE_URL")
}

/// Reads of private names of the environment, as `process.env.X` or `import.meta.env.X`: how it is written, the name, its place.
///
/// Nothing where the code asks where it runs (`typeof window`, `import.meta.env.SSR`): it may then know what it does.
#[must_use]
pub fn private_env(source: &Source<'_>) -> Vec<(String, String, Span)> {
    let mut found = Vec::new();
    let facts = source.facts;
    let declares_process = || {
        facts.imports.iter().flat_map(|import| &import.names).any(|n| n.local == "process")
            || facts.items.iter().flat_map(|item| &item.declares).any(|(name, _)| name == "process")
    };
    let declares_process = LazyCell::new(declares_process);
    let mut push = |object: &str, key: &(String, Span), base: u32| {
        if !is_public_env(&key.0) {
            found.push((format!("{object}.{}", key.0), key.0.clone(), key.1.shift(base)));
        }
    };
    for (used, base) in name_uses(source) {
        if used.name == "process" && !*declares_process {
            env_keys(&used.members, &used.destructured, &mut |key| push("process.env", key, base));
        }
    }
    for (used, base) in meta_uses(source) {
        env_keys(&used.members, &used.destructured, &mut |key| push("import.meta.env", key, base));
    }
    // Few read any, and only of those it is asked.
    if !found.is_empty() && asks_where_it_runs(source) {
        found.clear();
    }
    found.sort_by_key(|(.., span)| *span);
    found
}

fn env_keys(
    members: &[(String, Span)],
    destructured: &[(String, Span)],
    each: &mut dyn FnMut(&(String, Span)),
) {
    match members {
        [(env, _)] if env == "env" => destructured.iter().for_each(each),
        [(env, _), key, ..] if env == "env" => each(key),
        _ => {}
    }
}

fn name_uses<'a>(source: &Source<'a>) -> impl Iterator<Item = (&'a NameUse, u32)> + use<'a> {
    let base = source.base;
    let block = source.facts.items.iter().flat_map(|item| &item.uses);
    let block = block.chain(source.facts.holes.iter().flat_map(|hole| &hole.uses));
    let template = source.template.into_iter().flat_map(|(.., base, facts)| {
        facts.holes.iter().flat_map(move |hole| hole.uses.iter().map(move |used| (used, base)))
    });
    block.map(move |used| (used, base)).chain(template)
}

fn meta_uses<'a>(source: &Source<'a>) -> impl Iterator<Item = (&'a MetaUse, u32)> + use<'a> {
    let base = source.base;
    let template = source
        .template
        .into_iter()
        .flat_map(|(.., base, facts)| facts.meta.iter().map(move |used| (used, base)));
    source.facts.meta.iter().map(move |used| (used, base)).chain(template)
}

/// Whether code asks whether it is in the browser: what it does only on one side is then its own affair.
pub(crate) fn asks_where_it_runs(source: &Source<'_>) -> bool {
    let asks = |used: &NameUse| {
        used.typeof_operand
            && matches!(&*used.name, "window" | "document" | "process" | "globalThis" | "self")
    };
    let ssr = |used: &MetaUse| matches!(used.members.as_slice(), [(env, _), (name, _), ..] if env == "env" && name == "SSR");
    name_uses(source).any(|(used, _)| asks(used)) || meta_uses(source).any(|(used, _)| ssr(used))
}

/// Names of `velox/server` that a `.velox` file uses without importing them (language.md S2), each with its first place. In the browser
/// `fetch` is the browser's own.
#[must_use]
pub fn ambient_server_names<'a>(source: &Source<'a>) -> Vec<(&'a str, Span)> {
    let mut found: Vec<(&str, Span)> = Vec::new();
    if !source.is_velox() {
        return found;
    }
    for used in occurrences(source, &is_server_name) {
        if !found.iter().any(|(name, _)| *name == used.name) && is_ambient_server_name(source, &used) {
            found.push((used.name, used.span));
        }
    }
    found
}

/// Whether a use of a [name of the server](is_server_name) in a `.velox` file is one of those that [`ambient_server_names`] gives.
pub(super) fn is_ambient_server_name(source: &Source<'_>, used: &Occurrence<'_>) -> bool {
    let facts = source.facts;
    let declared = |name: &str| {
        facts.imports.iter().flat_map(|import| &import.names).any(|one| one.local == name)
            || facts.items.iter().flat_map(|item| &item.declares).any(|(one, _)| one == name)
    };
    !used.tag && used.name != "fetch" && !declared(used.name)
}

/// Where `config` says `edge: true` (language.md M7).
#[must_use]
pub fn edge_place(source: &Source<'_>) -> Option<Span> {
    let mut exports = source.facts.exports.iter();
    let config = exports.find(|export| export.name == "config" && !export.type_only)?;
    let edge = config.value.as_ref()?.get("edge")?;
    let is_set = matches!(edge.value, Value::Boolean(true, _));
    is_set.then(|| edge.key_span.cover(edge.value.span()).shift(source.base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_of_node_with_and_without_the_scheme() {
        for name in
            ["node:fs", "fs", "fs/promises", "path", "node:sqlite", "node:test/reporters", "async_hooks"]
        {
            assert!(is_node_module(name), "{name}");
        }
        for name in ["fsx", "preact", "./fs", "velox/server", "sqlite", "test", "$lib/path"] {
            assert!(!is_node_module(name), "{name}");
        }
    }

    #[test]
    fn names_of_files_for_the_server() {
        for path in ["lib/db.server.ts", "routes/api/users+server.ts", "components/Secret.server.tsx"] {
            assert!(is_server_only_path(path), "{path}");
        }
        for path in
            ["lib/server.ts", "lib/server/db.ts", "lib/db.ts", "components/Server.tsx", "lib/x.server.json"]
        {
            assert!(!is_server_only_path(path), "{path}");
        }
    }
}
