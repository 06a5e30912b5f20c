//! Specifiers of imports, re-exports and `import()`: of those who import what moves, and of what moves itself.

use super::Moves;
use crate::symbol::specifiers_in;
use crate::{Change, Document, TextEdit};
use rustc_hash::FxHashMap;
use velox_core::resolve::{Alias, Resolution, resolve, respelled};

/// Edits all specifiers that would lead elsewhere.
pub(super) fn follow(moves: &Moves<'_>, documents: &[Document<'_>], change: &mut Change) {
    let aliases = &velox_db::project_facts(moves.db, moves.project).aliases;
    let exists = |path: &str| moves.exists(path);
    for document in documents {
        let from = moves.path_of(document.path());
        let is_moved = from != document.path();
        let mut spelled: FxHashMap<&str, String> = FxHashMap::default();
        for (specifier, resolution) in velox_db::imports(moves.db, moves.project, document.file) {
            let Resolution::File(target) = resolution else { continue };
            let to = moves.path_of(target);
            if !is_moved && to == target {
                continue;
            }
            if resolve(from, specifier, aliases, &exists) != Resolution::File(to.to_owned())
                && let Some(new) = spelling(from, specifier, to, aliases, &exists)
            {
                spelled.insert(specifier, new);
            }
        }
        if spelled.is_empty() {
            continue;
        }
        let edits = specifiers_in(moves.db, document.file).into_iter().filter_map(|(specifier, span)| {
            let new = spelled.get(specifier)?;
            (span.text(document.text()) == specifier).then(|| TextEdit::new(span, new.clone()))
        });
        change.add(document.path(), edits.collect());
    }
}

/// The specifier that leads to `to`, in the way of the old one if that can lead there, else by another alias, else by a relative path.
fn spelling(
    from: &str,
    specifier: &str,
    to: &str,
    aliases: &[Alias],
    exists: &dyn Fn(&str) -> bool,
) -> Option<String> {
    if let Some(found) = respelled(from, specifier, to, aliases, exists) {
        return Some(found);
    }
    // The ending says whether one is to be written.
    let ending = specifier.rsplit('/').next().and_then(|name| name.rfind('.').map(|at| &name[at..]));
    let ending =
        ending.filter(|_| specifier.rsplit('/').next().is_some_and(|name| name != "." && name != ".."));
    let ending = ending.unwrap_or("");
    let aliased = !specifier.starts_with('.');
    let by_alias = aliases.iter().filter(|alias| aliased && alias.pattern.contains('*')).find_map(|alias| {
        let like = alias.pattern.replacen('*', &format!("_{ending}"), 1);
        respelled(from, &like, to, aliases, exists)
    });
    by_alias.or_else(|| respelled(from, &format!("./_{ending}"), to, aliases, exists))
}
