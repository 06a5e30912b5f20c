//! Reads what a project's folder holds, away from the owner's thread.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use velox_db::{FileSystem, LoadProblem, is_source};
use velox_disk::{DiskFiles, is_never_read, read_text, relative};

/// How long a file may be empty between being opened and being written.
const SETTLE: Duration = Duration::from_millis(40);

/// What a folder holds.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// Texts of sources, by path relative to the root.
    pub(crate) texts: Vec<(String, Arc<str>)>,
    /// Other files.
    pub(crate) assets: Vec<String>,
    /// Folders, relative to the root.
    pub(crate) folders: Vec<String>,
    /// What cannot be read.
    pub(crate) problems: Vec<LoadProblem>,
}

/// Walks over a project and reads its sources.
pub(crate) fn list(root: &Path) -> Listing {
    let disk = DiskFiles::new(root);
    let mut listing = Listing::default();
    for path in disk.walk() {
        if !is_source(&path) || path.starts_with("public/") {
            listing.assets.push(path);
            continue;
        }
        match disk.read(&path) {
            Ok(text) => listing.texts.push((path, Arc::from(text))),
            // It went away between the walk and now: its event is on the way.
            Err(_) if !root.join(&path).exists() => {}
            Err(reason) => listing.problems.push(LoadProblem { path, reason }),
        }
    }
    listing.folders = disk.take_folders();
    listing.problems.extend(disk.take_problems());
    listing
}

/// What became of single paths.
#[derive(Debug)]
pub(crate) enum Changed {
    /// Files whose texts are these now; nothing came or went.
    Texts(Vec<(String, Arc<str>)>),
    /// Files or folders may have come or gone: the folder has to be listed again.
    Folder,
}

/// What is known of a path of the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// It is a source.
    Source,
    /// It is another file, or a folder: what is in it does not matter.
    Other,
    /// Nothing.
    Nothing,
}

/// Reads the files behind paths that changed.
pub(crate) fn changed(root: &Path, paths: &BTreeSet<PathBuf>, known: &dyn Fn(&str) -> Known) -> Changed {
    let mut texts = Vec::new();
    for path in paths {
        let Ok(name) = relative(root, path) else { continue };
        if !path.starts_with(root) || is_never_read(&name) {
            continue;
        }
        // What an ignore file says decides on what is listed.
        let ignores = matches!(name.rsplit('/').next(), Some(".gitignore" | ".ignore"));
        match known(&name) {
            Known::Source => match read_settled(path) {
                Ok(text) => texts.push((name, Arc::from(text))),
                Err(_) => return Changed::Folder,
            },
            Known::Other if path.exists() && !ignores => {}
            Known::Nothing if !path.exists() => {}
            _ => return Changed::Folder,
        }
    }
    Changed::Texts(texts)
}

/// The text of a file. One that is empty may be on its way: whoever saves empties it first.
fn read_settled(path: &Path) -> Result<String, String> {
    let text = read_text(path)?;
    if text.is_empty() {
        std::thread::sleep(SETTLE);
        return read_text(path);
    }
    Ok(text)
}

/// How deep projects are looked for in a folder of a workspace.
const DEPTH: usize = 5;

/// The roots of the projects in a folder: the folder itself, or what lies below it, as in a repository of several sites.
pub(crate) fn projects_in(folder: &Path) -> Vec<PathBuf> {
    if let Some(root) = velox_disk::find_root(folder).filter(|root| velox_disk::is_project(root)) {
        return vec![root];
    }
    let mut found = Vec::new();
    let mut pending = vec![(folder.to_owned(), 0)];
    while let Some((at, depth)) = pending.pop() {
        if depth > 0 && velox_disk::is_project(&at) {
            found.push(at);
            continue;
        }
        if depth == DEPTH {
            continue;
        }
        for entry in std::fs::read_dir(&at).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder
                && !is_never_read(&name.to_string_lossy())
                && !name.to_string_lossy().starts_with('.')
            {
                pending.push((entry.path(), depth + 1));
            }
        }
    }
    found.sort();
    found
}
