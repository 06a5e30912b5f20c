//! A project, loaded and checked: what every command that looks into a project begins with.
//!
//! It prints nothing and decides on no exit code but its own report's.

mod again;
mod checked;

pub(crate) use again::{Changes, Taken};
pub(crate) use checked::Checked;

use crate::crash::{self, Trouble, guarded};
use crate::failure::Failure;
use crate::project::Selection;
use crate::report::{FileSources, Report};
use crate::timings::Timings;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use salsa::Setter;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use velox_core::emit::FileKind;
use velox_db::{
    Database, Db, FileRole, FileSet, FileSystem, LoadProblem, Project, SourceFile, file_role, is_source,
    load_project, new_source, set_source,
};
use velox_diagnostics::{Code, Diagnostic, Levels, Span};
use velox_disk::{DiskFiles, read_text};

/// A loaded project.
pub(crate) struct Session {
    /// The database that holds it.
    pub(crate) db: Database,
    /// Its input.
    pub(crate) project: Project,
    /// Its root, absolute.
    pub(crate) root: PathBuf,
    /// What could not be read.
    problems: Vec<LoadProblem>,
    /// The folders of the project, relative to its root.
    folders: Vec<String>,
    /// Every file that there ever was, by its path: one that comes back is the same input.
    known: FxHashMap<String, SourceFile>,
    /// Files that are there only because something imports them: ignored ones, and links. They are not checked.
    imported: BTreeSet<String>,
    keep: Keep,
    /// Where the time went.
    pub(crate) timings: Timings,
}

/// How many files' trees and facts stay in memory when they have been read: a project may be larger than the memory for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Those of files that are asked again, for a check, which asks most of them once.
    Few,
    /// For what comes back to the files: emission, and edits.
    Many,
}

impl Keep {
    fn files(self) -> usize {
        match self {
            Self::Few => 64,
            Self::Many => 512,
        }
    }
}

/// So many files that are no pages are read before pages' modes are asked; the trees of all of them stay until then.
const AT_ONCE: usize = 512;

/// Loads the project at `root`. `selection` is what will be checked: to read it for that at once is cheaper than reading it twice.
///
/// # Errors
/// The folder cannot be read.
pub(crate) fn open(root: &Path, selection: &Selection, keep: Keep) -> Result<Session, Failure> {
    if let Err(error) = std::fs::read_dir(root) {
        return Err(Failure::new(format!("{}: {}", crate::project::shown(root), velox_disk::reason(&error))));
    }
    Ok(load(root, &DiskFiles::new(root), selection, keep))
}

/// Loads the project at `root`, with `text` in the place of what the disk holds of the file `path`.
pub(crate) fn open_with(root: &Path, path: &str, text: String) -> Session {
    let files = DiskFiles::with_text(root, path.to_owned(), text);
    let mut session = load(root, &files, &Selection::Some(vec![path.to_owned()]), Keep::Few);
    // It was asked for, whoever ignores it.
    session.imported.remove(path);
    session
}

/// Loads one file of a folder as a project of its own, with what it imports.
pub(crate) fn open_alone(root: &Path, file: &str) -> Session {
    load(root, &DiskFiles::only(root, vec![file.to_owned()]), &Selection::All, Keep::Many)
}

fn load(root: &Path, files: &DiskFiles, selection: &Selection, keep: Keep) -> Session {
    let mut db = Database::default();
    velox_db::keep_trees(&mut db, keep.files());
    let mut timings = Timings::default();
    let begun = Instant::now();
    let loaded = load_project(&db, files as &dyn FileSystem);
    let read = files.took();
    timings.phase("read", read);
    timings.phase("load", begun.elapsed().saturating_sub(read));
    let mut problems = files.take_problems();
    problems.extend(loaded.problems);
    let mut session = Session {
        db,
        project: loaded.project,
        root: root.to_owned(),
        problems,
        folders: files.take_folders(),
        known: FxHashMap::default(),
        imported: BTreeSet::new(),
        keep,
        timings,
    };
    let begun = Instant::now();
    session.add_imported(selection);
    session.timings.phase("parse", begun.elapsed());
    session
}

impl Session {
    /// The file at a path relative to the root.
    pub(crate) fn file(&self, path: &str) -> Option<SourceFile> {
        self.project.files(&self.db).sources.get(path).copied()
    }

    /// Adds a file that the walk left out, because it is ignored, to be looked at like any other.
    pub(crate) fn add(&mut self, path: &str) {
        if self.file(path).is_none() && self.add_files(&BTreeSet::from([path.to_owned()])) {
            self.add_imported(&Selection::All);
        }
    }

    /// Sets the levels that win over those of the configuration.
    pub(crate) fn set_levels(&mut self, levels: Levels) {
        if !levels.is_empty() {
            self.project.set_levels(&mut self.db).to(levels);
        }
    }

    /// Replaces the text of a file in memory.
    pub(crate) fn set_text(&mut self, path: &str, text: Arc<str>) {
        if let Some(file) = self.file(path)
            && **file.text(&self.db) != *text
        {
            set_source(&mut self.db, file, text);
        }
    }

    /// Checks all files.
    pub(crate) fn check_all(&self) -> Report {
        self.check(&Selection::All)
    }

    /// Checks the files of a selection; all others are loaded, and not reported on.
    pub(crate) fn check(&self, selection: &Selection) -> Report {
        let mut report = self.check_without_lines(selection);
        report.sources = self.sources(&report.diagnostics);
        report
    }

    /// As [`Self::check`], without the sources: of many findings few are printed, and lines are counted for those alone.
    pub(crate) fn check_without_lines(&self, selection: &Selection) -> Report {
        self.check_files(&self.checked_files(selection), self.unread(selection))
    }

    /// Gives a report the sources of its first `limit` findings: those that will be printed.
    pub(crate) fn add_sources(&self, report: &mut Report, limit: usize) {
        report.sources = match report.first(limit) {
            Some(shown) => self.sources(&shown),
            None => self.sources(&report.diagnostics),
        };
    }

    /// What cannot be read of a selection.
    fn unread(&self, selection: &Selection) -> Vec<Diagnostic> {
        self.problems
            .iter()
            .filter(|problem| selection.holds(&problem.path))
            .map(|problem| {
                let message = format!("{} cannot be read: {}", problem.path, problem.reason);
                Diagnostic::new(Code::UNREADABLE_FILE, &problem.path, Span::at(0), message)
            })
            .collect()
    }

    /// Checks these files. `diagnostics` is what is known already, of files that could not be read. The report has no sources yet.
    fn check_files(&self, files: &[(String, SourceFile)], mut diagnostics: Vec<Diagnostic>) -> Report {
        let unread = diagnostics.len();
        let project = self.project;
        let routes = self.project.routes_directory(&self.db);
        let timings = &self.timings;
        let found = check_each(&self.db, files, &|db, file| {
            let kind = timings.kind(file_role(file.path(db), routes), true);
            let found = velox_db::check_file(db, project, file).to_vec();
            drop(kind);
            found
        });
        diagnostics.extend(found.diagnostics);
        let files_checked = files.len() + unread;
        Report { diagnostics, files_checked, crashed: found.crashed, ..Report::default() }
    }

    /// The files of a selection that there is something to say about, by path.
    fn checked_files(&self, selection: &Selection) -> Vec<(String, SourceFile)> {
        let routes = self.project.routes_directory(&self.db);
        let is_checked = |path: &str| {
            selection.holds(path)
                && !self.imported.contains(path)
                && !matches!(file_role(path, routes), FileRole::Json | FileRole::Other)
        };
        let sources = &self.project.files(&self.db).sources;
        let mut files: Vec<(String, SourceFile)> = sources
            .iter()
            .filter(|(path, _)| is_checked(path))
            .map(|(path, file)| (path.clone(), *file))
            .collect();
        files.sort_by(|a, b| a.0.cmp(&b.0));
        files
    }

    /// Whether a selected path names anything that can be checked or that could not be read.
    pub(crate) fn knows(&self, path: &str) -> bool {
        let selection = Selection::Some(vec![path.to_owned()]);
        !self.checked_files(&selection).is_empty()
            || self.problems.iter().any(|problem| selection.holds(&problem.path))
    }

    /// The texts that diagnostics point into, for the printers.
    pub(crate) fn sources(&self, diagnostics: &[Diagnostic]) -> FileSources {
        FileSources::new(diagnostics, |path| Some(Arc::clone(self.file(path)?.text(&self.db))))
    }

    /// The names of the files in `layouts/`, without their ending, sorted.
    pub(crate) fn layout_names(&self) -> Vec<String> {
        let source = self.project.routes_directory(&self.db).strip_suffix("routes").unwrap_or("");
        let folder = format!("{source}layouts/");
        let name = |path: &String| Some(path.strip_prefix(&folder)?.strip_suffix(".velox")?.to_owned());
        let mut names: Vec<String> = self.project.files(&self.db).sources.keys().filter_map(name).collect();
        names.sort();
        names
    }

    /// Loads what files import although the walk left it out: generated code that is ignored, and linked files.
    fn add_imported(&mut self, selection: &Selection) {
        let mut pending: Vec<SourceFile> = self.project.files(&self.db).sources.values().copied().collect();
        pending.sort_by_cached_key(|file| file.path(&self.db).to_owned());
        loop {
            let missing = self.read_all(&pending, selection);
            if missing.is_empty() || !self.add_files(&missing) {
                return;
            }
            self.imported.extend(missing.iter().cloned());
            pending = missing.iter().filter_map(|path| self.file(path)).collect();
        }
    }

    /// Asks of each file all that needs its tree, and gives the files that they import and that are not loaded.
    fn read_all(&self, files: &[SourceFile], selection: &Selection) -> BTreeSet<String> {
        let routes = self.project.routes_directory(&self.db).to_owned();
        let is_page =
            |file: &&SourceFile| file_role(file.path(&self.db), &routes) == FileRole::Velox(FileKind::Page);
        let (pages, others): (Vec<SourceFile>, Vec<SourceFile>) = files.iter().partition(is_page);
        let mut missing = self.read_ahead(&pages, Some(selection));
        // What is said of other files may ask for the modes of all pages, and these for what the other files do. One thread would
        // work all of it out while the rest wait, so it is asked before.
        if others.len() <= AT_ONCE {
            missing.extend(self.read_ahead(&others, None));
            let (db, project) = (self.db.clone(), self.project);
            pages.par_iter().for_each_with(db, |db, page| {
                let _ = guarded(|| velox_db::read_mode(db, project, *page));
            });
        }
        missing.extend(self.read_ahead(&others, Some(selection)));
        missing
    }

    /// Asks of each file all that needs its tree, and gives the files that they import and that are not loaded. Without a selection
    /// nothing is checked yet, and the trees stay.
    fn read_ahead(&self, files: &[SourceFile], selection: Option<&Selection>) -> BTreeSet<String> {
        let (project, root, timings) = (self.project, &self.root, &self.timings);
        let routes = project.routes_directory(&self.db);
        let keep = selection.is_none() || self.keep == Keep::Many;
        let read = |db: &mut Database, file: &SourceFile| {
            let _kind = timings.kind(file_role(file.path(db), routes), false);
            let missing = velox_disk::missing_imports(db, project, root, *file);
            let check = selection.is_some_and(|selection| selection.holds(file.path(db)));
            velox_db::read_ahead(db, project, *file, check, keep);
            missing
        };
        let files = files.par_iter().with_min_len(CHUNK);
        // A panic comes again, and is told, when the file is checked.
        let missing =
            files.map_with(self.db.clone(), |db, file| guarded(|| read(db, file)).unwrap_or_default());
        missing.flatten_iter().collect()
    }

    /// Reads files and adds them to the project. Gives whether there was any.
    fn add_files(&mut self, paths: &BTreeSet<String>) -> bool {
        let mut files = FileSet::clone(self.project.files(&self.db));
        let before = files.sources.len() + files.assets.len();
        for path in paths {
            if !is_source(path) {
                files.assets.insert(path.clone(), ());
                continue;
            }
            match read_text(&self.root.join(path)) {
                Ok(text) => {
                    let file = new_source(&self.db, path.clone(), Arc::from(text));
                    files.sources.insert(path.clone(), file);
                }
                Err(reason) => self.problems.push(LoadProblem { path: path.clone(), reason }),
            }
        }
        let added = files.sources.len() + files.assets.len() > before;
        self.project.set_files(&mut self.db).to(Arc::new(files));
        added
    }
}

/// How many files a processor is given at least: each time costs a copy of the database.
const CHUNK: usize = 16;

/// What checking gave.
pub(crate) struct Found {
    /// All diagnostics, file by file.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Whether a check panicked.
    pub(crate) crashed: bool,
}

/// Checks files in parallel. A check that panics becomes a diagnostic; the others go on.
pub(crate) fn check_each(
    db: &Database,
    files: &[(String, SourceFile)],
    check: &(dyn Fn(&dyn Db, SourceFile) -> Vec<Diagnostic> + Sync),
) -> Found {
    let results = ask_each(db, files, check);
    let mut crashed = false;
    let mut diagnostics = Vec::new();
    for (result, (path, _)) in results.into_iter().zip(files) {
        match result {
            Ok(found) => diagnostics.extend(found),
            Err(trouble) => {
                crashed = true;
                diagnostics.push(crash::diagnostic(path, &trouble));
            }
        }
    }
    Found { diagnostics, crashed }
}

/// Asks something of each of these files, in parallel.
pub(crate) fn ask_each<T: Send>(
    db: &Database,
    files: &[(String, SourceFile)],
    ask: &(dyn Fn(&dyn Db, SourceFile) -> T + Sync),
) -> Vec<Result<T, Trouble>> {
    let asked = files.par_iter().with_min_len(CHUNK);
    let mut results: Vec<Result<T, Trouble>> =
        asked.map_with(db.clone(), |db, (_, file)| guarded(|| ask(db, *file))).collect();
    // Which of two files met the mistake first is chance: those that only waited for it are asked again, one by one.
    for (result, (_, file)) in results.iter_mut().zip(files) {
        if matches!(result, Err(Trouble::OfAnother)) {
            *result = guarded(|| ask(db, *file));
        }
    }
    results
}

/// Files by their paths, for a check outside of a project.
pub(crate) fn loose_files(db: &Database, texts: BTreeMap<String, String>) -> Vec<(String, SourceFile)> {
    texts.into_iter().map(|(path, text)| (path.clone(), SourceFile::new(db, path, Arc::from(text)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(db: &Database, names: &[&str]) -> Vec<(String, SourceFile)> {
        loose_files(db, names.iter().map(|name| ((*name).to_owned(), "<p>x".to_owned())).collect())
    }

    #[test]
    fn a_check_that_panics_is_told_and_the_others_are_reported() {
        crash::install();
        let db = Database::default();
        let files = files(&db, &["a.velox", "b.velox", "c.velox"]);
        let found = check_each(&db, &files, &|db, file| {
            assert!(file.path(db) != "b.velox", "no such thing as b");
            velox_db::check_syntax(db, file)
        });
        // Other tests of this process may want to say why they failed.
        drop(std::panic::take_hook());
        assert!(found.crashed);
        let told: Vec<_> = found.diagnostics.iter().map(|found| (&*found.file, found.code)).collect();
        let expected = [
            ("a.velox", Code::UNCLOSED_ELEMENT),
            ("b.velox", Code::INTERNAL),
            ("c.velox", Code::UNCLOSED_ELEMENT),
        ];
        assert_eq!(told, expected);
        let internal = &found.diagnostics[1];
        assert!(internal.message.contains("no such thing as b"), "{}", internal.message);
        assert!(internal.message.contains("session.rs:"), "{}", internal.message);
        assert!(internal.help.as_deref().is_some_and(|help| help.contains("please report it")));
        let (diagnostics, crashed) = (found.diagnostics, found.crashed);
        let report = Report { diagnostics, crashed, files_checked: 3, ..Report::default() };
        assert_eq!(report.exit(), crate::Exit::Internal);
    }

    #[test]
    fn files_that_are_imported_though_ignored_are_loaded_and_not_checked() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write(".gitignore", "generated/\n");
        write("generated/client.ts", "import { y } from './inner';\nexport const x = y;\nconst x = 1;\n");
        write("generated/inner.ts", "export const y = 1;\n");
        write("generated/unused.ts", "export const z = 1;\n");
        write("routes/index.velox", "---\nimport { x } from '../generated/client';\n---\n<p>{x}</p>\n");
        let session = open(folder.path(), &Selection::All, Keep::Few).unwrap();
        assert!(session.file("generated/inner.ts").is_some());
        assert!(session.file("generated/unused.ts").is_none());
        let report = session.check_all();
        assert_eq!(report.diagnostics, []);
        assert_eq!(report.files_checked, 1);
    }
}
