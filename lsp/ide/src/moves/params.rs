//! Params that get other names: what a route's own code reads of them.

use super::Moves;
use super::links::route_files;
use crate::symbol::names::FileNames;
use crate::symbol::site::uses_of_param;
use crate::{Change, Document, TextEdit};
use velox_script::NameForm;

/// Edits `params.slug`, `const { slug } = params` and the keys of `paths` of the routes whose params are renamed.
pub(super) fn follow(moves: &Moves<'_>, documents: &[Document<'_>], change: &mut Change) {
    let files = route_files(moves);
    for document in documents {
        let Some(path) = moves.new_path(document.path()) else { continue };
        let (Some(old), Some(new)) = (files.route(document.path()), files.route(path)) else { continue };
        if !new.problems.is_empty() || old.pattern.params().count() != new.pattern.params().count() {
            continue;
        }
        let pairs: Vec<_> = old.pattern.params().zip(new.pattern.params()).collect();
        // Params of other kinds have other values, and those that change places are others.
        if pairs.iter().any(|(old, new)| old.1 != new.1) {
            continue;
        }
        let swapped =
            pairs.iter().any(|(old, new)| old.0 != new.0 && pairs.iter().any(|(other, _)| other.0 == new.0));
        if swapped {
            continue;
        }
        for ((old, _), (new, _)) in pairs.iter().filter(|(old, new)| old.0 != new.0) {
            change.add(document.path(), edits(*document, old, new));
        }
    }
}

/// The edits that make code of a route read a param by another name.
pub(crate) fn edits(document: Document<'_>, old: &str, new: &str) -> Vec<TextEdit> {
    let names = FileNames::of(document.db, document.file);
    if names.declares("params") {
        return Vec::new();
    }
    uses_of_param(document, old)
        .into_iter()
        .map(|(span, _)| {
            // A key that is the name of a variable too: the variable keeps it.
            let both = names.at(span.start).is_some_and(|name| name.form == NameForm::Property);
            TextEdit::new(span, if both { format!("{new}: {old}") } else { new.to_owned() })
        })
        .collect()
}
