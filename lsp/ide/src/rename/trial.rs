//! Whether all names mean the same after a rename: each touched file is read again, and compared name by name.

use crate::change::applied;
use crate::symbol::names::{FileNames, Meaning};
use crate::{Change, Document};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use velox_db::{Database, SourceFile};

/// Refuses a change after which a name would mean something else.
///
/// # Errors
/// One line that says what is in the way.
pub(super) fn keeps_meaning(document: Document<'_>, change: &Change, name: &str) -> Result<(), String> {
    // One for all files: nothing of it outlives the trial.
    let scratch = Database::default();
    for (path, edits) in &change.edits {
        let Some(before) = document.at(path) else { continue };
        let Some(text) = applied(before.text(), edits) else {
            return Err(format!("the places to rename in {path} overlap"));
        };
        let file = SourceFile::new(&scratch, path.clone(), Arc::from(&*text));
        let after = FileNames::of(&scratch, file);
        if let Some(meaning) = first_difference(&FileNames::of(before.db, before.file), &after) {
            return Err(match meaning {
                Meaning::Free(text) if text != name => {
                    format!("`{name}` would change what `{text}` means in {path}")
                }
                _ => format!("`{name}` already means something else in {path}"),
            });
        }
    }
    Ok(())
}

/// The first name that means something else afterwards. Meanings are compared by who shares them, since one of them has another name.
fn first_difference(before: &FileNames<'_>, after: &FileNames<'_>) -> Option<Meaning> {
    let mut there: FxHashMap<Meaning, Meaning> = FxHashMap::default();
    let mut back: FxHashMap<Meaning, Meaning> = FxHashMap::default();
    let (mut old, mut new) = (before.all(), after.all());
    loop {
        match (old.next(), new.next()) {
            (None, None) => return None,
            (Some(a), Some(b)) => {
                let outside = matches!(a.meaning, Meaning::Free(_)) || matches!(b.meaning, Meaning::Free(_));
                let same = a.role == b.role
                    && (!outside || a.meaning == b.meaning)
                    && *there.entry(a.meaning.clone()).or_insert_with(|| b.meaning.clone()) == b.meaning
                    && *back.entry(b.meaning.clone()).or_insert_with(|| a.meaning.clone()) == a.meaning;
                if !same {
                    return Some(a.meaning);
                }
            }
            (Some(a), None) => return Some(a.meaning),
            (None, Some(b)) => return Some(b.meaning),
        }
    }
}
