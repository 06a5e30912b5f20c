//! What comes from outside: files, and the project that they make. Set by whoever owns the database, read by queries.

#![allow(missing_docs, reason = "salsa makes getters and setters without doc comments; the fields have them")]

use crate::Db;
use rustc_hash::FxHashMap;
use salsa::{Durability, Setter};
use std::sync::Arc;
use velox_diagnostics::Levels;

/// A text file of the project. A path keeps its input for the life of the database; when a file vanishes it leaves the
/// project's list, and when it comes back the input is used again.
#[salsa::input(debug)]
pub struct SourceFile {
    /// Path relative to the project root, with `/`.
    #[returns(deref)]
    pub path: String,
    /// Its text. Compare before setting: a setter always starts a new revision.
    #[returns(ref)]
    pub text: Arc<str>,
}

/// The files of a project, by path relative to its root, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSet {
    /// Files that are read as text: `.velox`, `.ts`, `.tsx`, `.js`, `.json`, ...
    pub sources: FxHashMap<String, SourceFile>,
    /// Other files that an import or a page may name: images, styles, fonts.
    pub assets: FxHashMap<String, ()>,
}

impl FileSet {
    /// Whether a file is there.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        self.sources.contains_key(path) || self.assets.contains_key(path)
    }
}

/// A project. There is one input for each project that is open.
#[salsa::input(debug)]
pub struct Project {
    /// Its files.
    #[returns(ref)]
    pub files: Arc<FileSet>,
    /// The routes directory, relative to the root: `routes`, `src/routes`.
    #[returns(deref)]
    pub routes_directory: String,
    /// Levels of codes that win over those of the configuration.
    #[default]
    #[returns(ref)]
    pub levels: Levels,
}

/// A file as it was read. Its text is not likely to change: what is computed of such files alone is known to hold after an edit of
/// another one without a look at it. Its path never changes, so that nothing need remember to have asked for it.
#[must_use]
pub fn new_source(db: &dyn Db, path: String, text: Arc<str>) -> SourceFile {
    SourceFile::builder(path, text)
        .durability(Durability::MEDIUM)
        .path_durability(Durability::NEVER_CHANGE)
        .new(db)
}

/// Says that a file will be edited, as one that an editor opens: what an edit of another kind of file costs the first time is paid
/// when the next question is asked, and not by the first edit.
pub fn open_source(db: &mut dyn Db, file: SourceFile) {
    let text = Arc::clone(file.text(db));
    set_source(db, file, text);
}

/// Gives a file another text. From then on it counts as one that is being edited. The first edit of a file costs more than those that
/// follow, unless it was opened: all that is computed of others that do not count so is looked at once.
pub fn set_source(db: &mut dyn Db, file: SourceFile, text: Arc<str>) {
    file.set_text(db).with_durability(Durability::LOW).to(text);
}
