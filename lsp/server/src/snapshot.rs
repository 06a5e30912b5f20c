//! What a request is answered from: a clone of the database, and what was open when it was made.
//!
//! It lives on one worker for one request. As long as it lives, no edit can be taken over.

use crate::positions::{Encoding, Lines};
use crate::settings::Settings;
use crate::uris::{Key, uri_of};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::path::PathBuf;
use std::sync::Arc;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::Url;
use velox_db::{Database, Project, SourceFile};
use velox_ide::Document;

/// What is known of a project, for who reads.
#[derive(Clone, Debug)]
pub(crate) struct ProjectView {
    /// Its root.
    pub(crate) root: PathBuf,
    /// Its input.
    pub(crate) project: Project,
    /// How much of it is known.
    pub(crate) state: State,
    /// Whether it is a single file that belongs to no project: of it the syntax alone is checked.
    pub(crate) loose: bool,
}

/// How much of a project is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    /// Only what is open.
    Listing,
    /// All of its files, unread.
    Listed,
    /// What they say of each other.
    Ready,
}

/// An open document.
#[derive(Clone, Debug)]
pub(crate) struct OpenView {
    /// Its address, as the client writes it.
    pub(crate) uri: Url,
    /// The version of its text.
    pub(crate) version: i32,
    /// Index of its project in [`View::projects`].
    pub(crate) project: usize,
    /// Its file.
    pub(crate) file: SourceFile,
    /// Its text with lines.
    pub(crate) lines: Arc<Lines>,
}

/// What a client sees, in one moment.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    /// Projects, by the order of their coming.
    pub(crate) projects: Vec<ProjectView>,
    /// Open documents.
    pub(crate) open: FxHashMap<Key, OpenView>,
    /// Number of edits of open documents so far.
    pub(crate) edits: u64,
    /// Unit of positions.
    pub(crate) encoding: Encoding,
    /// What the user set.
    pub(crate) settings: Settings,
    /// What the client can do.
    pub(crate) client: Arc<crate::capabilities::ClientCan>,
}

/// A clone of the database with the view of that moment.
pub(crate) struct Snapshot {
    /// The database.
    pub(crate) db: Database,
    /// What was open.
    pub(crate) view: Arc<View>,
    /// Lines of files that are not open, by path, found when they are needed.
    lines: RefCell<FxHashMap<SourceFile, Arc<Lines>>>,
}

/// A document that a request is about.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// The snapshot.
    pub(crate) snapshot: &'a Snapshot,
    /// Its project.
    pub(crate) project: &'a ProjectView,
    /// What is open.
    pub(crate) open: &'a OpenView,
    /// The document as features see it.
    pub(crate) document: Document<'a>,
}

impl Snapshot {
    /// A snapshot.
    pub(crate) fn new(db: Database, view: Arc<View>) -> Self {
        Self { db, view, lines: RefCell::default() }
    }

    /// The open document at an address.
    ///
    /// # Errors
    /// It is not open.
    pub(crate) fn asked(&self, uri: &Url) -> Result<Asked<'_>> {
        let open = self.view.open.get(&Key::of(uri));
        let open = open.ok_or_else(|| Error::invalid_params(format!("{uri} is not open")))?;
        let project = &self.view.projects[open.project];
        let document = Document::new(&self.db, project.project, open.file);
        Ok(Asked { snapshot: self, project, open, document })
    }

    /// The lines of a file of a project.
    pub(crate) fn lines_of(&self, project: &ProjectView, file: SourceFile) -> Arc<Lines> {
        if let Some(lines) = self.lines.borrow().get(&file) {
            return lines.clone();
        }
        let path = project.root.join(file.path(&self.db));
        let lines = match self.view.open.get(&Key::File(path)) {
            Some(open) if open.file == file => open.lines.clone(),
            _ => Arc::new(Lines::new(Arc::clone(file.text(&self.db)), self.view.encoding)),
        };
        self.lines.borrow_mut().insert(file, lines.clone());
        lines
    }

    /// The address of a file of a project: as the client writes it, where it is open.
    pub(crate) fn uri(&self, project: &ProjectView, path: &str) -> Option<Url> {
        match self.view.open.get(&Key::File(project.root.join(path))) {
            Some(open) => Some(open.uri.clone()),
            None => uri_of(&project.root, path),
        }
    }

    /// The lines of a file of a project, by its path.
    pub(crate) fn lines_at(&self, project: &ProjectView, path: &str) -> Option<Arc<Lines>> {
        let file = project.project.files(&self.db).sources.get(path)?;
        Some(self.lines_of(project, *file))
    }
}
