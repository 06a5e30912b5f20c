//! Which functions only read, as far as code and names tell: such calls may start together.
//!
//! Errs on the side of writing. A function is said to read only where nothing in sight of it writes, guards or ends a page.

mod words;

pub use words::{acts, ends_page, is_written, reads, writes_in_text};
pub(super) use words::{end_of, method_acts, methods, words};

use rustc_hash::FxHashMap;
use velox_script::{Item, ItemKind, ModuleFacts, NameUse};

/// What a top-level declaration of a module does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Whether something in it writes, guards or ends a page.
    pub acts: bool,
    /// Top-level names of its module that it uses, its own aside.
    pub local: Vec<String>,
    /// What it uses of other modules: the specifier, and the name there.
    pub imported: Vec<(String, String)>,
    /// Names that look like methods or properties in it.
    pub members: Vec<String>,
}

/// What the declarations of a module do, and under which names others know them. Holds no positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// By the name in the module.
    pub declared: FxHashMap<String, Effect>,
    /// By the exported name: the name in the module.
    pub exported: FxHashMap<String, String>,
    /// By the exported name: the specifier, and the name there.
    pub passed_on: FxHashMap<String, (String, String)>,
}

/// Reads a module; `text` is what its spans count in.
#[must_use]
pub fn effects(facts: &ModuleFacts, text: &str) -> Effects {
    let imported: FxHashMap<&str, (&str, &str)> = facts
        .imports
        .iter()
        .flat_map(|import| import.names.iter().map(move |name| (import, name)))
        .filter(|(_, name)| !name.type_only)
        .map(|(import, name)| (&*name.local, (&*import.specifier, &*name.imported)))
        .collect();
    let mut found = Effects::default();
    for item in &facts.items {
        let effect = effect(item, text, &imported);
        for (name, _) in &item.declares {
            found.declared.insert(name.clone(), effect.clone());
        }
    }
    for export in facts.exports.iter().filter(|export| !export.type_only) {
        let local = export.local.clone().unwrap_or_else(|| export.name.clone());
        match &export.from {
            Some((specifier, _)) => {
                found.passed_on.insert(export.name.clone(), (specifier.clone(), local));
            }
            None => match imported.get(&*local) {
                Some((specifier, name)) => {
                    let target = ((*specifier).to_owned(), (*name).to_owned());
                    found.passed_on.insert(export.name.clone(), target);
                }
                None => {
                    found.exported.insert(export.name.clone(), local);
                }
            },
        }
    }
    found
}

fn effect(item: &Item, text: &str, imported: &FxHashMap<&str, (&str, &str)>) -> Effect {
    let place = item.declarator.as_ref().map_or(item.span, |declarator| declarator.span);
    let code = place.text(text);
    let mut effect = Effect {
        acts: writes_in_text(code) || methods(code).any(method_acts) || !is_plain(item, code),
        ..Effect::default()
    };
    for used in &item.uses {
        effect.acts |= use_acts(used, text);
        match imported.get(&*used.name) {
            Some(("velox/server", name)) => effect.acts |= ends_page(name) || acts(name),
            Some((specifier, name)) => {
                effect.acts |= acts(name) && used.called;
                effect.imported.push(((*specifier).to_owned(), (*name).to_owned()));
            }
            None => {
                effect.acts |= ends_page(&used.name);
                effect.local.push(used.name.clone());
            }
        }
    }
    effect.local.sort_unstable();
    effect.local.dedup();
    effect.imported.sort_unstable();
    effect.imported.dedup();
    if item.kind == ItemKind::Variable
        && code.split_once('=').is_some_and(|(_, value)| value.trim_start().starts_with('{'))
    {
        effect.members = keys(code);
    }
    effect
}

/// Whether a declaration is one that can be looked into.
fn is_plain(item: &Item, code: &str) -> bool {
    // What a module computes once it computes before anything is called.
    matches!(item.kind, ItemKind::Variable | ItemKind::Function | ItemKind::Class)
        && !code.contains("await import")
}

/// Whether a use of a name does more than read.
pub(super) fn use_acts(used: &NameUse, text: &str) -> bool {
    let called = used.members.last().map_or(&used.name, |(member, _)| member);
    used.assigned || (used.called && method_acts(called)) || (!used.called && is_written(text, end_of(used)))
}

/// Names before `(` and `:` in an object.
fn keys(code: &str) -> Vec<String> {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut keys: Vec<String> = code
        .match_indices(['(', ':', ','])
        .filter_map(|(at, _)| {
            let before = code[..at].trim_end();
            let start = before
                .rfind(|c| !part(c))
                .map_or(0, |end| end + before[end..].chars().next().map_or(1, char::len_utf8));
            let name = &before[start..];
            (!name.is_empty() && !before[..start].ends_with('.')).then(|| name.to_owned())
        })
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use velox_script::{Dialect, parse_module};

    fn check(code: &str) -> String {
        let effects = effects(&parse_module(code, Dialect::TypeScript, &[], false), code);
        let mut names: Vec<&String> =
            effects.declared.iter().filter(|(_, effect)| effect.acts).map(|(name, _)| name).collect();
        names.sort();
        names.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_writes_guards_or_ends_a_page_acts() {
        assert_eq!(
            check("export const a = async (id) => { const r = await fetch(`/x/${id}`); return r.json(); };"),
            ""
        );
        assert_eq!(check("const seen = {}; export const a = async (id) => { seen[id] = 1; };"), "a");
        assert_eq!(check("const state = { n: 0 }; export function a() { state.n += 1; }"), "a");
        assert_eq!(check("let n = 0; export function a() { n++; }"), "a");
        assert_eq!(check("let n = 0; export function a() { return n <= 1 && n == 2 && n >= 3; }"), "");
        assert_eq!(check("export const a = () => sql`INSERT INTO x VALUES (1)`;"), "a");
        assert_eq!(check("export const a = () => fetch('/x', { method: 'POST' });"), "a");
        assert_eq!(
            check("import { notFound } from 'velox/server'; export const a = () => { throw notFound(); };"),
            "a"
        );
        assert_eq!(check("import db from 'sqlite'; export const a = () => db.prepare('x').run();"), "a");
        assert_eq!(check("import db from 'sqlite'; export const a = () => db.query('select 1').all();"), "");
    }
}
