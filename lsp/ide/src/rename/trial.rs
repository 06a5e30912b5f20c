//! Whether all names mean the same after a rename: each touched file is read again, and compared name by name. Where the new name
//! stands nowhere in a file, and all places that mean the same get it, nothing can mean anything else, and it is not read again.

use crate::change::applied;
use crate::gate::BATCH;
use crate::symbol::names::{FileNames, Meaning};
use crate::{Change, Document, TextEdit};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use velox_db::{Database, SourceFile};

/// Refuses a change after which a name would mean something else.
///
/// # Errors
/// One line that says what is in the way.
pub(super) fn keeps_meaning(document: Document<'_>, change: &Change, name: &str) -> Result<(), String> {
    let mut read: Vec<(&str, FileNames<'_>, String)> = Vec::new();
    for (path, edits) in &change.edits {
        let Some(before) = document.at(path) else { continue };
        let names = FileNames::of(before.db, before.file);
        if is_new_everywhere(before.text(), &names, edits, name) {
            continue;
        }
        let Some(text) = applied(before.text(), edits) else {
            return Err(format!("the places to rename in {path} overlap"));
        };
        read.push((path, names, text));
    }
    for batch in read.chunks(BATCH) {
        document.db.unwind_if_revision_cancelled();
        // A database for each thread: nothing of it outlives the trial.
        let refused = batch.par_iter().map_init(Database::default, |scratch, (path, before, text)| {
            let file = SourceFile::new(scratch, (*path).to_owned(), Arc::from(&**text));
            let meaning = first_difference(before, &FileNames::of(scratch, file))?;
            Some(match meaning {
                Meaning::Free(text) if text != name => {
                    format!("`{name}` would change what `{text}` means in {path}")
                }
                _ => format!("`{name}` already means something else in {path}"),
            })
        });
        if let Some(reason) = refused.find_map_first(|found| found) {
            return Err(reason);
        }
    }
    Ok(())
}

/// Whether a name that the text does not hold takes the place of all names with the same meanings, and of nothing that is not one of
/// them or stands beside the file's names. The names are of one kind: of components, or not (language.md T3).
fn is_new_everywhere(text: &str, names: &FileNames<'_>, edits: &[TextEdit], name: &str) -> bool {
    if text.contains(name) || edits.iter().any(|edit| edit.text != name) {
        return false;
    }
    let edited: FxHashSet<u32> = edits.iter().map(|edit| edit.span.start).collect();
    let mut meanings: Vec<Meaning> = Vec::new();
    for edit in edits {
        let Some(found) = names.at(edit.span.start).filter(|found| found.span == edit.span) else {
            return false;
        };
        let is_component = |name: &str| name.starts_with(char::is_uppercase);
        if matches!(found.meaning, Meaning::Free(_))
            || is_component(name) != is_component(edit.span.text(text))
        {
            return false;
        }
        if !meanings.contains(&found.meaning) {
            meanings.push(found.meaning);
        }
    }
    meanings.iter().flat_map(|meaning| names.with(meaning)).all(|found| edited.contains(&found.span.start))
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
