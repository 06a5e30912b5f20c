//! Files on disk: walks a project and reads its texts. The only implementation of [`FileSystem`] that does IO.
//!
//! It decides nothing about what files mean. Ignore files (`.gitignore`, `.ignore`) are honoured, in a git repository
//! and outside of one; symbolic links are not followed, so that a loop of them ends nothing but itself.

use ignore::{DirEntry, WalkBuilder, WalkState};
use rayon::prelude::*;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use velox_db::{FileSystem, LoadProblem, is_source};

/// Folders that are never entered: what Velox, package managers and version control keep for themselves.
const NEVER_ENTERED: [&str; 6] = [".velox", "node_modules", ".git", ".hg", ".svn", ".jj"];

/// A file's text, or the reason why there is none.
type Text = Result<String, String>;

/// The files of a folder, as [`FileSystem`] sees them.
#[derive(Debug)]
pub struct DiskFiles {
    root: PathBuf,
    /// When set, the only files there are.
    only: Option<Vec<String>>,
    problems: Mutex<Vec<LoadProblem>>,
    /// Texts that the walk read ahead, in parallel; each is taken out once.
    texts: Mutex<HashMap<String, Text>>,
    /// A file whose text is not what the disk holds.
    instead: Option<(String, String)>,
    /// The folders that the walk entered.
    folders: Mutex<Vec<String>>,
    /// How long walking and reading took.
    took: Mutex<Duration>,
}

impl DiskFiles {
    /// All files of a folder.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            only: None,
            problems: Mutex::default(),
            texts: Mutex::default(),
            instead: None,
            folders: Mutex::default(),
            took: Mutex::default(),
        }
    }

    /// All files of a folder, with another text for one of them, which need not exist.
    pub fn with_text(root: &Path, path: String, text: String) -> Self {
        Self { instead: Some((path, text)), ..Self::new(root) }
    }

    /// The folders that the walk entered. Empties the list.
    pub fn take_folders(&self) -> Vec<String> {
        std::mem::take(&mut *lock(&self.folders))
    }

    /// How long walking and reading took.
    pub fn took(&self) -> Duration {
        *lock(&self.took)
    }

    /// Some files of a folder, as if there were no others.
    pub fn only(root: &Path, files: Vec<String>) -> Self {
        Self { only: Some(files), ..Self::new(root) }
    }

    /// What the walk could not make sense of. Empties the list.
    pub fn take_problems(&self) -> Vec<LoadProblem> {
        let mut problems = std::mem::take(&mut *lock(&self.problems));
        problems.sort_by(|a, b| (&a.path, &a.reason).cmp(&(&b.path, &b.reason)));
        problems
    }
}

impl FileSystem for DiskFiles {
    fn walk(&self) -> Vec<String> {
        let begun = Instant::now();
        // Reading is what loading a project waits for, so it is done before anyone asks, on all cores.
        let instead = self.instead.as_ref().map(|(path, _)| path);
        let is_read =
            |path: &String| is_source(path) && !path.starts_with("public/") && instead != Some(path);
        let mut texts: HashMap<String, Text> = HashMap::default();
        let mut paths = match &self.only {
            Some(files) => {
                let sources: Vec<&String> = files.iter().filter(|path| is_read(path)).collect();
                let read = |path: &String| (path.clone(), read_text(&self.root.join(path)));
                texts.par_extend(sources.into_par_iter().map(read));
                files.clone()
            }
            None => {
                let read: Mutex<Vec<(String, Text)>> = Mutex::default();
                let found = walk_with(&self.root, &|path, place| {
                    if is_read(path) {
                        let text = read_regular(place);
                        lock(&read).push((path.clone(), text));
                    }
                });
                texts.extend(read.into_inner().unwrap_or_else(PoisonError::into_inner));
                lock(&self.problems).extend(found.problems);
                *lock(&self.folders) = found.folders;
                found.files
            }
        };
        if let Some((path, text)) = &self.instead {
            if !paths.contains(path) {
                paths.push(path.clone());
            }
            texts.insert(path.clone(), Ok(text.clone()));
            lock(&self.problems).retain(|problem| problem.path != *path);
        }
        *lock(&self.texts) = texts;
        *lock(&self.took) = begun.elapsed();
        paths
    }

    fn read(&self, path: &str) -> Text {
        let ahead = lock(&self.texts).remove(path);
        ahead.unwrap_or_else(|| read_text(&self.root.join(path)))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// Files relative to the folder, with `/`, sorted.
    pub files: Vec<String>,
    /// Folders that were entered, relative to the folder, with `/`, in any order; not the folder itself.
    pub folders: Vec<String>,
    /// What could not be entered or named.
    pub problems: Vec<LoadProblem>,
}

/// Whether a path relative to a project lies in a folder that is never entered.
pub fn is_never_read(path: &str) -> bool {
    path.split('/').any(|part| NEVER_ENTERED.contains(&part))
}

/// Every file below a folder that is not ignored.
pub fn walk(root: &Path) -> Walk {
    walk_with(root, &|_, _| ())
}

/// The same. `each` is told of every file, by its path in the folder and its whole path, from several threads.
fn walk_with(root: &Path, each: &(dyn Fn(&String, &Path) + Sync)) -> Walk {
    let found = Mutex::new(Walk::default());
    WalkBuilder::new(root)
        // A name with a dot may be part of a site: `public/.well-known`.
        .hidden(false)
        .require_git(false)
        // What is found must not depend on settings of one machine.
        .git_global(false)
        .git_exclude(false)
        // Without a repository around it, a `.gitignore` further up (of a home folder, say) says nothing about the project.
        .parents(in_repository(root))
        .follow_links(false)
        .filter_entry(|entry| entry.depth() == 0 || !is_never_entered(entry))
        .build_parallel()
        .run(|| {
            Box::new(|entry| {
                match entry {
                    Ok(entry) => visit(root, &entry, &found, each),
                    Err(error) => failed(root, &error, &found),
                }
                WalkState::Continue
            })
        });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.files.sort();
    found.problems.sort_by(|a, b| (&a.path, &a.reason).cmp(&(&b.path, &b.reason)));
    found
}

fn in_repository(root: &Path) -> bool {
    root.ancestors().any(|folder| folder.join(".git").exists() || folder.join(".jj").is_dir())
}

fn is_never_entered(entry: &DirEntry) -> bool {
    let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
    is_folder && NEVER_ENTERED.iter().any(|name| entry.file_name() == OsStr::new(name))
}

fn visit(root: &Path, entry: &DirEntry, found: &Mutex<Walk>, each: &dyn Fn(&String, &Path)) {
    let Some(kind) = entry.file_type() else { return };
    if entry.depth() == 0 || kind.is_symlink() {
        return;
    }
    let problem = |path: String, reason: &str| {
        lock(found).problems.push(LoadProblem { path, reason: reason.to_owned() });
    };
    match relative(root, entry.path()) {
        Ok(path) if kind.is_file() => {
            each(&path, entry.path());
            lock(found).files.push(path);
        }
        Ok(path) if kind.is_dir() => {
            if path.ends_with(".velox") {
                problem(path.clone(), "it is a directory, but has the name of a file");
            }
            lock(found).folders.push(path);
        }
        // A stray file that no one would read is no one's problem.
        Err(path) if kind.is_file() && (is_source(&path) || path.starts_with("public/")) => {
            problem(path, "its name is not UTF-8 text");
        }
        _ => {}
    }
}

/// A folder that cannot be read. Mistakes in ignore files and links that lead nowhere are passed over.
fn failed(root: &Path, error: &ignore::Error, found: &Mutex<Walk>) {
    let mut inner = error;
    let mut path = root;
    loop {
        match inner {
            ignore::Error::WithPath { path: at, err } => {
                path = at;
                inner = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => inner = err,
            ignore::Error::Io(error) if error.kind() != ErrorKind::NotFound => {
                let path = relative(root, path).unwrap_or_else(|lossy| lossy);
                let path = if path.is_empty() { ".".to_owned() } else { path };
                lock(found).problems.push(LoadProblem { path, reason: reason(error) });
                return;
            }
            _ => return,
        }
    }
}

/// A path below `root`, with `/`; as near as can be where it is not UTF-8.
pub fn relative(root: &Path, path: &Path) -> Result<String, String> {
    let rest = path.strip_prefix(root).unwrap_or(path);
    let mut out = String::new();
    let mut exact = true;
    for part in rest.components() {
        let part = part.as_os_str();
        if !out.is_empty() {
            out.push('/');
        }
        exact &= part.to_str().is_some();
        out.push_str(&part.to_string_lossy());
    }
    if exact { Ok(out) } else { Err(out) }
}

/// The text of a file. A pipe, a socket or a device is none: reading one might never end.
pub fn read_text(path: &Path) -> Text {
    let data = std::fs::metadata(path).map_err(|error| reason(&error))?;
    if !data.is_file() && !data.is_dir() {
        return Err("it is not a regular file".to_owned());
    }
    read_regular(path)
}

/// The text of a file that is known to be a regular one.
fn read_regular(path: &Path) -> Text {
    let bytes = std::fs::read(path).map_err(|error| reason(&error))?;
    if u32::try_from(bytes.len()).is_err() {
        return Err("it is larger than 4 GB".to_owned());
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        format!("it is not UTF-8 text (byte {at})")
    })
}

/// Why something cannot be read, in words that follow a file's name.
pub fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "it does not exist".to_owned(),
        ErrorKind::PermissionDenied => "reading it is not permitted".to_owned(),
        ErrorKind::IsADirectory => "it is a directory".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is not a directory".to_owned(),
        _ => error.to_string(),
    }
}
