//! A file in its project, as one value: what most queries are about.

use crate::Db;
use crate::inputs::{Project, SourceFile};
use salsa::Id;
use salsa::plumbing::{AsId, FromId};
use std::cell::Cell;

/// A file in a project. Never forgotten: there are as many as files.
#[salsa::interned(revisions = usize::MAX)]
pub(crate) struct Place<'db> {
    pub(crate) project: Project,
    pub(crate) file: SourceFile,
}

impl<'db> Place<'db> {
    /// The one value for a file in a project.
    pub(crate) fn of(db: &'db dyn Db, project: Project, file: SourceFile) -> Self {
        let recent = db.recent_places().slot(file);
        if let Some((of, known, id)) = recent.get()
            && of == project
            && known == file
        {
            return Self::from_id(id);
        }
        let place = Self::new(db, project, file);
        recent.set(Some((project, file, place.as_id())));
        place
    }
}

/// The last files that a handle of the database was asked about: nearly all questions are about the same few, and to look one up in
/// the table of all takes a lock.
#[derive(Clone, Default)]
pub struct RecentPlaces([Cell<Option<(Project, SourceFile, Id)>>; SLOTS]);

const SLOTS: usize = 16;

impl RecentPlaces {
    fn slot(&self, file: SourceFile) -> &Cell<Option<(Project, SourceFile, Id)>> {
        &self.0[file.as_id().index() as usize % SLOTS]
    }
}
