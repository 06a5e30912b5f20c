//! The one gate that every edit passes before it is offered: it must fit the texts, and must not break a file that parses.
//!
//! It repairs nothing: what does not pass is dropped whole, with a reason for the log. A rename may touch thousands of files, so what is
//! seen to keep a file's syntax without reading it again (`plain.rs`) is not read again, and the rest is read on all cores.

mod plain;

use crate::change::{Change, FileChange, applied};
use rayon::prelude::*;
use std::sync::Arc;
use velox_db::{Db, Project, SourceFile};

/// Files that are read between two looks at whether the answer is still wanted.
pub(crate) const BATCH: usize = 64;

/// Whether a change may be offered.
///
/// # Errors
/// One line that says which file would be damaged, and how.
pub fn admit(db: &dyn Db, project: Project, change: &Change) -> Result<(), String> {
    let files = project.files(db);
    let mut read: Vec<(&str, &str, String)> = Vec::new();
    for (path, edits) in &change.edits {
        let Some(file) = files.sources.get(path) else {
            return Err(format!("{path} is no file of the project"));
        };
        let before = file.text(db);
        let Some(after) = applied(before, edits) else {
            return Err(format!("the edits of {path} overlap, or lie outside of its text"));
        };
        if !plain::keep_syntax(db, *file, edits) {
            read.push((path, before, after));
        }
    }
    for batch in read.chunks(BATCH) {
        db.unwind_if_revision_cancelled();
        let broken = batch.par_iter().find_first(|(path, before, after)| breaks(path, before, after));
        if let Some((path, ..)) = broken {
            return Err(format!("the edits of {path} would leave it with a syntax error"));
        }
    }
    for file in &change.files {
        match file {
            FileChange::Create(path, text) => {
                if files.contains(path) {
                    return Err(format!("{path} exists already"));
                }
                if syntax_errors(path, text) > 0 {
                    return Err(format!("{path} would be made with a syntax error"));
                }
            }
            FileChange::Rename(from, to) => {
                if files.contains(to) {
                    return Err(format!("{from} cannot be renamed: {to} exists already"));
                }
            }
        }
    }
    Ok(())
}

/// Whether a text has more syntax errors after an edit than before.
#[must_use]
pub fn breaks(path: &str, before: &str, after: &str) -> bool {
    let errors = syntax_errors(path, after);
    errors > 0 && errors > syntax_errors(path, before)
}

/// Number of syntax errors of a text. It is read outside of the project's database, so nothing of it is remembered.
fn syntax_errors(path: &str, text: &str) -> usize {
    let db = velox_db::Database::default();
    let file = SourceFile::new(&db, path.to_owned(), Arc::from(text));
    if path.ends_with(".velox") {
        return velox_db::check_syntax(&db, file)
            .iter()
            .filter(|found| found.severity == velox_diagnostics::Severity::Error)
            .count();
    }
    if !velox_db::is_source(path) || path.ends_with(".json") {
        return 0;
    }
    let script = velox_db::parse_script(&db, file);
    let tree = script.tree.as_ref().map_or(0, |tree| tree.problems.len());
    tree + script.facts.problems.iter().filter(|problem| problem.kind.is_syntax()).count()
}
