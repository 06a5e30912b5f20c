//! Reads a project ahead, so that what one file says of others is known when it is asked: in batches, on other threads, given up at
//! each edit and gone on with after it.

use crate::outgoing::Word;
use crate::panics::{Trouble, caught};
use crate::snapshot::State;
use crate::world::World;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use velox_core::emit::FileKind;
use velox_db::{Database, FileRole, Project, SourceFile, file_role, is_source};

/// Files that are read between two looks at the queue.
const BATCH: usize = 128;

/// A batch that takes longer than a moment is worth a progress bar; a project with fewer files is not.
const MANY: usize = 4 * BATCH;

/// The files of a project in the order in which they are read, the first one last: pages first, since layouts ask for them.
pub(crate) fn order(
    db: &Database,
    project: Project,
    files: impl Iterator<Item = SourceFile>,
) -> Vec<SourceFile> {
    let routes = project.routes_directory(db);
    let mut files: Vec<SourceFile> = files
        .filter(|file| !matches!(file_role(file.path(db), routes), FileRole::Json | FileRole::Other))
        .collect();
    files.sort_by_cached_key(|file| {
        let path = file.path(db);
        (file_role(path, routes) == FileRole::Velox(FileKind::Page), std::cmp::Reverse(path.to_owned()))
    });
    files
}

/// What a batch brought.
struct Batch {
    /// Files that are imported and not listed, with their texts.
    imported: Vec<(String, Option<Arc<str>>)>,
}

impl World {
    /// Goes on reading projects ahead, where none of their batches is on its way.
    pub(crate) fn read_ahead(&mut self) {
        for at in 0..self.projects.len() {
            let held = &self.projects[at];
            if held.view.loose || held.view.state == State::Listing || held.reading {
                continue;
            }
            if held.unread.is_empty() {
                if held.view.state == State::Listed {
                    self.progress_end(at);
                    self.set_state(at, State::Ready, false);
                    self.diagnose();
                }
                continue;
            }
            self.read_batch(at);
        }
    }

    /// Makes what the first completion would wait for: the data once something is open, what it asks of a project once that is read.
    pub(crate) fn prepare(&mut self) {
        if !self.data && !self.view.open.is_empty() {
            self.data = true;
            rayon::spawn(velox_ide::prepare::read_data);
        }
        for at in 0..self.projects.len() {
            let held = &mut self.projects[at];
            if held.view.loose || held.view.state != State::Ready || held.prepared || held.reading {
                continue;
            }
            held.reading = true;
            let (db, project, owner) = (self.db.clone(), held.view.project, self.owner.clone());
            rayon::spawn(move || {
                let result = caught(|| velox_ide::prepare::project(&db, project));
                drop(db);
                owner.write(move |world| {
                    let held = &mut world.projects[at];
                    held.reading = false;
                    held.prepared = !matches!(result, Err(Trouble::Cancelled));
                });
            });
        }
    }

    fn read_batch(&mut self, at: usize) {
        self.progress(at);
        let held = &mut self.projects[at];
        held.reading = true;
        let from = held.unread.len().saturating_sub(BATCH);
        let files: Vec<SourceFile> = held.unread[from..].to_vec();
        let project = held.view.project;
        let root = held.view.root.clone();
        let db = self.db.clone();
        let owner = self.owner.clone();
        let outgoing = self.outgoing.clone();
        // The global pool of rayon, so that requests find the readers' pool empty.
        rayon::spawn(move || {
            let result = caught(|| read_files(&db, project, &root, &files));
            drop(db);
            owner.write(move |world| {
                world.projects[at].reading = false;
                match result {
                    Ok(batch) => world.take_batch(at, &files, batch),
                    // It is begun again when the queue is empty; what was computed is remembered.
                    Err(Trouble::Cancelled) => {}
                    Err(Trouble::Panic(said)) => {
                        outgoing.log_error(format!("reading ahead failed: {said}"));
                        world.take_batch(at, &files, Batch { imported: Vec::new() });
                    }
                }
            });
        });
    }

    fn take_batch(&mut self, at: usize, files: &[SourceFile], batch: Batch) {
        let World { projects, db, .. } = self;
        let held = &mut projects[at];
        // A new listing may have put others in their place.
        let read: FxHashSet<SourceFile> = files.iter().copied().collect();
        held.unread.retain(|file| !read.contains(file));
        if !batch.imported.is_empty() {
            let added = held.take_imported(db, batch.imported);
            held.unread.extend(added);
        }
    }

    fn progress(&mut self, at: usize) {
        let held = &self.projects[at];
        if !self.view.client.progress {
            return;
        }
        let all = held.view.project.files(&self.db).sources.len();
        if all < MANY || held.view.state == State::Ready {
            return;
        }
        let token = token(at);
        let done = all.saturating_sub(held.unread.len());
        if self.told.begin_progress(&token) {
            self.outgoing.say(Word::Begin(token, "Velox: reading the project".to_owned()));
        } else {
            let hundredths = (done * 100 / all.max(1)) as u32;
            self.outgoing.say(Word::Report(token, hundredths, format!("{done} of {all} files")));
        }
    }

    fn progress_end(&mut self, at: usize) {
        if self.told.end_progress(&token(at)) {
            self.outgoing.say(Word::End(token(at)));
        }
    }
}

fn token(at: usize) -> String {
    format!("velox/reading/{at}")
}

fn read_files(db: &Database, project: Project, root: &Path, files: &[SourceFile]) -> Batch {
    let missing: BTreeSet<String> = files
        .par_iter()
        .map_with(db.clone(), |db, file| {
            let missing = velox_disk::missing_imports(db, project, root, *file);
            velox_db::read_ahead(db, project, *file, false, false);
            missing
        })
        .flatten_iter()
        .collect();
    let text = |path: &String| {
        let text = is_source(path).then(|| velox_disk::read_text(&root.join(path)).ok()).flatten();
        (path.clone(), text.map(Arc::from))
    };
    Batch { imported: missing.iter().map(text).collect() }
}
