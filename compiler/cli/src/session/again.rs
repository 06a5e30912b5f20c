//! A project that is looked at again: what changed on the disk is taken over, and no more than that is computed anew.
//!
//! It watches nothing by itself; whoever does says which paths may have changed.

use super::{Checked, FileRole, Session, ask_each, file_role};
use crate::crash::guarded;
use crate::project::Selection;
use crate::report::{Choice, Report};
use salsa::Setter;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use velox_db::{FileSet, FileSystem, SourceFile, is_source, new_source, routes_directory_of, set_source};
use velox_disk::{DiskFiles, is_never_read, read_text};

/// How long a file may be empty between being opened and being written.
const SETTLE: Duration = Duration::from_millis(40);

/// What may have changed on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Changes {
    /// These files and folders, by their absolute paths.
    Paths(BTreeSet<PathBuf>),
    /// Nobody can tell.
    Anything,
}

/// What taking over changes gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Whether the text of a file is another, or files came or went.
    pub(crate) changed: bool,
    /// Whether files or folders came or went.
    pub(crate) listing: bool,
}

/// The text of a file. One that is suddenly empty is most likely being written: whoever saves empties it first.
fn read_settled(path: &Path, was_empty: bool) -> Result<String, String> {
    let text = read_text(path)?;
    if text.is_empty() && !was_empty {
        std::thread::sleep(SETTLE);
        return read_text(path);
    }
    Ok(text)
}

impl Session {
    /// Takes over what changed.
    pub(crate) fn take_over(&mut self, changes: &Changes, selection: &Selection) -> Taken {
        let begun = Instant::now();
        let none = BTreeSet::new();
        let (paths, listing) = match changes {
            Changes::Paths(paths) => (paths, false),
            Changes::Anything => (&none, true),
        };
        let mut taken = Taken { changed: false, listing };
        let mut edited = Vec::new();
        for path in paths {
            let Some(name) = self.name_of(path) else { continue };
            match self.file(&name) {
                Some(file) => match read_settled(path, file.text(&self.db).is_empty()) {
                    Ok(text) if *text == **file.text(&self.db) => {}
                    Ok(text) => {
                        set_source(&mut self.db, file, Arc::from(text));
                        edited.push(file);
                    }
                    Err(_) => taken.listing = true,
                },
                // A file that is no source is as it was, whatever is in it now; of a folder its files tell.
                None => taken.listing |= !self.is_listed(&name, path),
            }
        }
        self.timings.phase("read", begun.elapsed());
        taken.changed = !edited.is_empty();
        if taken.listing {
            taken.changed |= self.list_again(selection);
        } else {
            self.import_again(&edited, selection);
        }
        taken
    }

    /// Whether something that is no source is there and was before, or is not and was not: the file beside, that an editor writes
    /// to put it in the place of another.
    fn is_listed(&self, name: &str, path: &Path) -> bool {
        if path.symlink_metadata().is_err() {
            let is_folder = self.folders.iter().any(|folder| folder == name);
            let is_problem = self.problems.iter().any(|problem| problem.path == name);
            return !is_folder && !is_problem && !self.project.files(&self.db).assets.contains_key(name);
        }
        if self.project.files(&self.db).assets.contains_key(name) {
            // What an ignore file says decides on what is listed.
            return path.is_file() && !matches!(name.rsplit('/').next(), Some(".gitignore" | ".ignore"));
        }
        path.is_dir() && (name.is_empty() || self.folders.iter().any(|folder| folder == name))
    }

    /// A path in the project; nothing for what is never read.
    fn name_of(&self, path: &Path) -> Option<String> {
        let name = velox_disk::relative(&self.root, path).ok()?;
        (path.starts_with(&self.root) && !is_never_read(&name)).then_some(name)
    }

    /// What edited files import although the walk left it out.
    fn import_again(&mut self, edited: &[SourceFile], selection: &Selection) {
        let project = self.project;
        let missing: BTreeSet<String> = edited
            .iter()
            .filter_map(|file| {
                guarded(|| velox_disk::missing_imports(&self.db, project, &self.root, *file)).ok()
            })
            .flatten()
            .collect();
        if !missing.is_empty() && self.add_files(&missing) {
            self.imported.extend(missing);
            self.add_imported(selection);
        }
    }

    /// Walks over the project anew. Gives whether anything is another.
    fn list_again(&mut self, selection: &Selection) -> bool {
        let disk = DiskFiles::new(&self.root);
        let begun = Instant::now();
        let mut paths = disk.walk();
        paths.sort();
        self.folders = disk.take_folders();
        let before = FileSet::clone(self.project.files(&self.db));
        let problems_before = std::mem::replace(&mut self.problems, disk.take_problems());
        self.known.extend(before.sources.iter().map(|(path, file)| (path.clone(), *file)));
        let mut files = FileSet::default();
        let mut changed = false;
        for path in &paths {
            if !is_source(path) || path.starts_with("public/") {
                files.assets.insert(path.clone(), ());
                continue;
            }
            match disk.read(path) {
                Ok(text) => {
                    let file = match self.known.get(path) {
                        Some(file) => {
                            if **file.text(&self.db) != *text {
                                set_source(&mut self.db, *file, Arc::from(text));
                                changed = true;
                            }
                            *file
                        }
                        None => new_source(&self.db, path.clone(), Arc::from(text)),
                    };
                    files.sources.insert(path.clone(), file);
                }
                // It went away between the walk and now: its event is on the way.
                Err(_) if !self.root.join(path).exists() => {}
                Err(reason) => self.problems.push(velox_db::LoadProblem { path: path.clone(), reason }),
            }
        }
        changed |= self.problems != problems_before;
        let routes = routes_directory_of(&paths);
        if routes != self.project.routes_directory(&self.db) {
            self.project.set_routes_directory(&mut self.db).to(routes.to_owned());
        }
        self.imported.clear();
        if files != before {
            self.project.set_files(&mut self.db).to(Arc::new(files));
        }
        self.timings.phase("walk", begun.elapsed());
        let begun = Instant::now();
        self.add_imported(selection);
        self.timings.phase("parse", begun.elapsed());
        changed || **self.project.files(&self.db) != before
    }

    /// Checks a selection again, as far as something may have changed; `checked` remembers what was found. The report holds the findings
    /// that are wanted and will be printed, the first `limit`, and the number of the others. It has no sources yet.
    pub(crate) fn check_again(
        &mut self,
        selection: &Selection,
        taken: Taken,
        checked: &mut Checked,
        choice: &Choice,
        limit: usize,
    ) -> Report {
        let begun = Instant::now();
        let listed = self.project.files(&self.db);
        if taken.listing || !checked.is_of(listed) {
            let files = self.checked_files(selection);
            *checked = Checked::new(Arc::clone(listed), files, self.unread(selection), self.count());
        }
        let project = self.project;
        let routes = self.project.routes_directory(&self.db);
        let timings = &self.timings;
        let found = ask_each(&self.db, &checked.files, &|db, file| {
            let _kind = timings.kind(file_role(file.path(db), routes), true);
            Arc::clone(velox_db::check_file(db, project, file))
        });
        checked.take(found, choice);
        let report = checked.report(choice, limit);
        self.timings.phase("check", begun.elapsed());
        report
    }

    /// The folders whose entries matter: those of the project, and those of files that are imported from elsewhere.
    pub(crate) fn folders(&self) -> BTreeSet<PathBuf> {
        let imported =
            self.imported.iter().filter_map(|path| self.root.join(path).parent().map(Path::to_owned));
        let folders = self.folders.iter().map(|folder| self.root.join(folder));
        folders.chain(imported).chain([self.root.clone()]).collect()
    }

    /// Number of files that can be checked.
    pub(crate) fn count(&self) -> usize {
        let routes = self.project.routes_directory(&self.db);
        let sources = &self.project.files(&self.db).sources;
        let is_checked =
            |path: &&String| !matches!(file_role(path, routes), FileRole::Json | FileRole::Other);
        sources.keys().filter(is_checked).count()
    }
}
