//! One project in the database, as its owner holds it: the disk under the open buffers.

use crate::listing::Listing;
use crate::snapshot::{ProjectView, State};
use rustc_hash::{FxHashMap, FxHashSet};
use salsa::{Durability, Setter};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use velox_db::{
    Database, FileSet, LoadProblem, Project, SourceFile, is_source, new_source, open_source,
    routes_directory_of, set_source,
};

/// A project, with what only its owner needs to know.
pub(crate) struct Held {
    /// What readers see of it.
    pub(crate) view: ProjectView,
    /// Every file that there ever was, by path: one that comes back is the same input.
    known: FxHashMap<String, SourceFile>,
    /// Paths of open buffers: what the disk says of them does not count.
    open: FxHashSet<String>,
    /// Folders to watch, relative to the root.
    pub(crate) folders: Vec<String>,
    /// What cannot be read.
    pub(crate) problems: Vec<LoadProblem>,
    /// Files that are there only because something imports them: ignored ones, and links.
    pub(crate) imported: BTreeSet<String>,
    /// Paths that changed and have not been looked at.
    pub(crate) changed: BTreeSet<PathBuf>,
    /// Whether a thread is looking at the folder now.
    pub(crate) looking: bool,
    /// Whether the folder has to be listed anew once it is done.
    pub(crate) list_again: bool,
    /// Files that have not been read ahead yet, the next one last.
    pub(crate) unread: Vec<SourceFile>,
    /// Whether a thread is reading ahead now.
    pub(crate) reading: bool,
    /// Whether what the first answers need of the whole project is known.
    pub(crate) prepared: bool,
}

impl Held {
    /// A project of which nothing is known yet.
    pub(crate) fn new(db: &Database, root: &Path, loose: bool) -> Self {
        let routes = ["routes", "src/routes"].into_iter().find(|folder| root.join(folder).is_dir());
        let project = Project::builder(Arc::default(), routes.unwrap_or("routes").to_owned())
            .durability(Durability::MEDIUM)
            .new(db);
        let state = if loose { State::Ready } else { State::Listing };
        Self {
            view: ProjectView { root: root.to_owned(), project, state, loose },
            known: FxHashMap::default(),
            open: FxHashSet::default(),
            folders: Vec::new(),
            problems: Vec::new(),
            imported: BTreeSet::new(),
            changed: BTreeSet::new(),
            looking: false,
            list_again: false,
            unread: Vec::new(),
            reading: false,
            prepared: false,
        }
    }

    /// The file at a path.
    pub(crate) fn file(&self, db: &Database, path: &str) -> Option<SourceFile> {
        self.view.project.files(db).sources.get(path).copied()
    }

    /// Takes over the text of an open buffer, which need not exist on the disk.
    pub(crate) fn open(&mut self, db: &mut Database, path: &str, text: Arc<str>) -> SourceFile {
        let opened = self.open.insert(path.to_owned());
        let file = self.put(db, path, text);
        if opened {
            open_source(db, file);
        }
        if self.file(db, path).is_none() {
            let mut files = FileSet::clone(self.view.project.files(db));
            files.assets.remove(path);
            files.sources.insert(path.to_owned(), file);
            self.view.project.set_files(db).to(Arc::new(files));
        }
        file
    }

    /// A buffer is closed: the disk counts again.
    pub(crate) fn close(&mut self, path: &str) {
        self.open.remove(path);
        self.changed.insert(self.view.root.join(path));
    }

    /// The input of a path with this text.
    fn put(&mut self, db: &mut Database, path: &str, text: Arc<str>) -> SourceFile {
        match self.known.get(path) {
            Some(file) => {
                if **file.text(db) != *text {
                    set_source(db, *file, text);
                }
                *file
            }
            None => {
                let file = new_source(db, path.to_owned(), text);
                self.known.insert(path.to_owned(), file);
                file
            }
        }
    }

    /// Takes over what the folder holds. Gives whether anything is another.
    pub(crate) fn take_listing(&mut self, db: &mut Database, listing: Listing) -> bool {
        let mut files = FileSet::default();
        let mut changed = false;
        let before = self.view.project.files(db).clone();
        files.assets.extend(listing.assets.into_iter().map(|path| (path, ())));
        for (path, text) in listing.texts {
            let file = if self.open.contains(&path) {
                self.known.get(&path).copied().unwrap_or_else(|| self.put(db, &path, text))
            } else {
                changed |= self.known.get(&path).is_none_or(|file| **file.text(db) != *text);
                self.put(db, &path, text)
            };
            files.sources.insert(path, file);
        }
        for path in &self.open {
            if let Some(file) = self.known.get(path) {
                files.assets.remove(path);
                files.sources.insert(path.clone(), *file);
            }
        }
        let routes = routes_directory_of(files.sources.keys()).to_owned();
        if routes != self.view.project.routes_directory(db) {
            self.view.project.set_routes_directory(db).to(routes);
        }
        self.folders = listing.folders;
        self.problems = listing.problems;
        self.imported.clear();
        if files != *before {
            changed = true;
            self.view.project.set_files(db).to(Arc::new(files));
        }
        changed
    }

    /// Takes over texts that the disk holds now. Gives whether anything is another.
    pub(crate) fn take_texts(&mut self, db: &mut Database, texts: Vec<(String, Arc<str>)>) -> bool {
        let mut changed = false;
        for (path, text) in texts {
            if self.open.contains(&path) || self.file(db, &path).is_none_or(|file| **file.text(db) == *text) {
                continue;
            }
            self.put(db, &path, text);
            changed = true;
        }
        changed
    }

    /// Adds files that something imports although the walk left them out.
    pub(crate) fn take_imported(
        &mut self,
        db: &mut Database,
        found: Vec<(String, Option<Arc<str>>)>,
    ) -> Vec<SourceFile> {
        let mut files = FileSet::clone(self.view.project.files(db));
        let mut added = Vec::new();
        for (path, text) in found {
            if files.contains(&path) {
                continue;
            }
            match text {
                Some(text) if is_source(&path) => {
                    let file = self.put(db, &path, text);
                    files.sources.insert(path.clone(), file);
                    added.push(file);
                }
                _ => {
                    files.assets.insert(path.clone(), ());
                }
            }
            self.imported.insert(path);
        }
        if files != **self.view.project.files(db) {
            self.view.project.set_files(db).to(Arc::new(files));
        }
        added
    }
}
