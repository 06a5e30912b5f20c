//! After an edit: which files are to be told of anew, among those that somebody looks at.
//!
//! It does not guess from what was edited: each file is asked, and what salsa can see to hold costs next to nothing to ask for.

use crate::Db;
use crate::inputs::{Project, SourceFile};
use crate::queries::check_file;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use velox_diagnostics::Diagnostic;

/// What was last told of files.
#[derive(Clone, Debug, Default)]
pub struct Told {
    by_file: FxHashMap<SourceFile, Arc<[Diagnostic]>>,
}

impl Told {
    /// Checks these files, and gives those of which something else is to be told than the last time, with their findings: other ones,
    /// or the same that point into an edited file, whose lines may have moved. `edited` are the paths of the files that have
    /// another text since, that came or that went.
    pub fn again(
        &mut self,
        db: &dyn Db,
        project: Project,
        files: &[SourceFile],
        edited: &[&str],
    ) -> Vec<(SourceFile, Arc<[Diagnostic]>)> {
        let mut anew = Vec::new();
        for file in files {
            let found = check_file(db, project, *file);
            let told = self.by_file.get(file);
            let same = told.is_some_and(|told| Arc::ptr_eq(told, found) || told == found);
            if !same || points_into(found, edited) {
                anew.push((*file, Arc::clone(found)));
            }
            self.by_file.insert(*file, Arc::clone(found));
        }
        anew
    }

    /// Forgets a file that nobody looks at any more: what is said of it is news again.
    pub fn forget(&mut self, file: SourceFile) {
        self.by_file.remove(&file);
    }
}

/// Whether findings have a place in one of these files.
fn points_into(found: &[Diagnostic], files: &[&str]) -> bool {
    let named = |file: &String| files.contains(&&**file);
    found.iter().any(|found| {
        named(&found.file)
            || found.related.iter().any(|related| named(&related.file))
            || found.fixes.iter().flat_map(|fix| &fix.edits).any(|edit| named(&edit.file))
    })
}
