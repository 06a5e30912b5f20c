//! A project that is edited over and over, and the same files in a database that knows of no edit.
//!
//! What a watcher or an editor does to a database is done here, in memory: files come, go and come back as the inputs that they
//! were, texts are set, trees are dropped.

use salsa::{Database as _, Setter};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use velox_db::{
    Database, FileRole, FileSet, MemoryFiles, Project, SourceFile, check_file, emit, emit_client, file_role,
    is_source, keep_trees, load_project, page_scripts, read_ahead, route_table, routes_directory_of,
    style_sheets,
};
use velox_diagnostics::{Level, Levels, Severity, Span};
use velox_tests::Fixture;

/// What is asked of a project between edits.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Look {
    /// Nothing: the next edit comes together with this one.
    Away,
    /// All files are checked.
    All,
    /// One file is checked, by its place.
    File(usize),
    /// Files are read ahead, the trees of all but a few are dropped, and half of the files are checked.
    Ahead,
    /// Clean files are emitted.
    Emit,
}

/// A project with its files.
pub(crate) struct World {
    db: Database,
    project: Project,
    /// The files as they are on the disk, by path.
    pub(crate) texts: BTreeMap<String, String>,
    /// Every source file that there ever was.
    known: BTreeMap<String, SourceFile>,
    levels: Levels,
    /// What was told last of each file, with lines and columns as they were then.
    pub(crate) heard: BTreeMap<String, Vec<String>>,
}

impl World {
    /// The files of a fixture.
    pub(crate) fn new(fixture: &str) -> Self {
        let files = Fixture::parse(fixture).files;
        Self::of(files.into_iter().map(|file| (file.path, file.text)).collect(), Levels::new())
    }

    fn of(texts: BTreeMap<String, String>, levels: Levels) -> Self {
        let mut db = Database::default();
        let project = load_project(&db, &MemoryFiles(texts.clone())).project;
        project.set_levels(&mut db).to(levels.clone());
        let known = project.files(&db).sources.iter().map(|(path, file)| (path.clone(), *file)).collect();
        Self { db, project, texts, known, levels, heard: BTreeMap::new() }
    }

    /// The same files in a fresh database.
    pub(crate) fn fresh(&self) -> Self {
        Self::of(self.texts.clone(), self.levels.clone())
    }

    /// Sets the level of a code over that of the configuration, or takes it back.
    pub(crate) fn set_level(&mut self, code: velox_diagnostics::Code, on: bool) {
        if on {
            self.levels.insert(code, Level::Report(Severity::Hint));
        } else {
            self.levels.remove(&code);
        }
        self.project.set_levels(&mut self.db).to(self.levels.clone());
    }

    /// Takes over what `texts` holds.
    pub(crate) fn take_over(&mut self) {
        let mut files = FileSet::default();
        for (path, text) in &self.texts {
            if !is_source(path) || path.starts_with("public/") {
                files.assets.insert(path.clone(), ());
                continue;
            }
            let file = match self.known.get(path) {
                Some(file) => {
                    if **file.text(&self.db) != **text {
                        file.set_text(&mut self.db).to(Arc::from(&**text));
                    }
                    *file
                }
                None => SourceFile::new(&self.db, path.clone(), Arc::from(&**text)),
            };
            self.known.insert(path.clone(), file);
            files.sources.insert(path.clone(), file);
        }
        let routes = routes_directory_of(self.texts.keys());
        if routes != self.project.routes_directory(&self.db) {
            self.project.set_routes_directory(&mut self.db).to(routes.to_owned());
        }
        if files != **self.project.files(&self.db) {
            self.project.set_files(&mut self.db).to(Arc::new(files));
        }
    }

    /// Tells what is wrong in all files, with lines and columns as they are now.
    pub(crate) fn tell(&mut self) {
        let line = |file: &str, span: Span| {
            let place = |at: u32| {
                let before =
                    self.texts.get(file).and_then(|text| text.get(..at as usize)).unwrap_or_default();
                (before.matches('\n').count(), before.len() - before.rfind('\n').map_or(0, |at| at + 1))
            };
            format!("{file} {:?}-{:?}", place(span.start), place(span.end))
        };
        let told = self.files().into_iter().map(|file| {
            let mut lines = Vec::new();
            for found in check_file(&self.db, self.project, file).iter() {
                lines.push(format!("{} {} {}", found.code, line(&found.file, found.span), found.message));
                lines.extend(found.related.iter().map(|one| line(&one.file, one.span) + &one.message));
                let edits = found.fixes.iter().flat_map(|fix| &fix.edits);
                lines.extend(edits.map(|one| line(&one.file, one.span) + &one.text));
            }
            (file.path(&self.db).to_owned(), lines)
        });
        self.heard = told.collect();
    }

    /// Asks something.
    pub(crate) fn look(&mut self, look: Look) {
        let files = self.files();
        match look {
            Look::Away => {}
            Look::All => {
                for file in files {
                    check_file(&self.db, self.project, file);
                }
            }
            Look::File(at) => {
                if let Some(file) = files.get(at % files.len().max(1)) {
                    check_file(&self.db, self.project, *file);
                }
            }
            Look::Ahead => {
                for file in &files {
                    let length = file.path(&self.db).len();
                    read_ahead(&self.db, self.project, *file, length % 2 == 0, length % 3 == 0);
                }
                keep_trees(&mut self.db, 1);
                self.evict();
                for file in files.iter().step_by(2) {
                    check_file(&self.db, self.project, *file);
                }
                self.evict();
            }
            Look::Emit => drop(self.answers()),
        }
    }

    /// Drops the trees that are more than the database keeps.
    pub(crate) fn evict(&mut self) {
        self.db.trigger_lru_eviction();
    }

    fn files(&self) -> Vec<SourceFile> {
        let mut files: Vec<SourceFile> = self.project.files(&self.db).sources.values().copied().collect();
        files.sort_by(|a, b| a.path(&self.db).cmp(b.path(&self.db)));
        files
    }

    /// All that the compiler says of the project: diagnostics and routes, and the code of files without an error.
    pub(crate) fn answers(&self) -> String {
        let (db, project) = (&self.db, self.project);
        let routes = project.routes_directory(db);
        let mut out = String::new();
        for file in self.files() {
            let path = file.path(db);
            let found = check_file(db, project, file);
            let _ = writeln!(out, "{path}: {found:#?}");
            let role = file_role(path, routes);
            if found.iter().any(|found| found.severity == Severity::Error)
                || matches!(role, FileRole::Config | FileRole::Json | FileRole::Other)
            {
                continue;
            }
            let _ = writeln!(out, "{:?}", emit(db, project, file));
            if matches!(role, FileRole::Velox(_) | FileRole::Module) {
                let _ = writeln!(out, "{:?}", emit_client(db, project, file));
            }
            if matches!(role, FileRole::Velox(_)) {
                let scripts = page_scripts(db, project, file);
                let _ = writeln!(out, "{:?} {scripts:?}", style_sheets(db, project, file));
            }
        }
        let table = route_table(db, project);
        for entry in &table.entries {
            let layouts: Vec<&str> = entry.layouts.iter().map(|layout| layout.path(db)).collect();
            let _ = writeln!(
                out,
                "{:?} {:?} {:?} {layouts:?} {}",
                entry.route, entry.mode, entry.cause, entry.has_paths
            );
        }
        let _ = writeln!(out, "{:?}", table.conflicts);
        out
    }
}
