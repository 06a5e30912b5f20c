//! Finds the project that a command is about (language.md P1), and which of its files the command line names.
//!
//! It looks at names alone: no file is read here.

use crate::failure::Failure;
use std::path::{Component, Path, PathBuf};
use velox_disk::relative;
pub(crate) use velox_disk::{find_root, is_project};

/// Which files of a project are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Selection {
    /// All of them.
    All,
    /// These files and folders, relative to the root, with `/`.
    Some(Vec<String>),
}

impl Selection {
    /// Whether a file is meant.
    pub(crate) fn holds(&self, file: &str) -> bool {
        match self {
            Self::All => true,
            Self::Some(paths) => paths.iter().any(|path| is_below(file, path)),
        }
    }
}

/// Whether a file is `path`, or lies in the folder `path`.
pub(crate) fn is_below(file: &str, path: &str) -> bool {
    path.is_empty() || file.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// What the command line names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The project's root, absolute.
    pub(crate) root: PathBuf,
    /// Which of its files.
    pub(crate) selection: Selection,
}

/// Finds the project of `paths`, or of the current folder where there are none. `root` is what `--root` says.
///
/// # Errors
/// There is no project, a path does not exist, or the paths belong to several projects.
pub(crate) fn locate(root: Option<&Path>, paths: &[PathBuf]) -> Result<Target, Failure> {
    let paths = paths.iter().map(|path| existing(path)).collect::<Result<Vec<_>, _>>()?;
    let root = match (root, paths.first()) {
        (Some(root), _) => given_root(root)?,
        (None, Some(first)) => project_of(first)?,
        (None, None) => project_of(&absolute(Path::new("."))?)?,
    };
    if paths.is_empty() {
        return Ok(Target { root, selection: Selection::All });
    }
    let mut chosen = Vec::new();
    for path in &paths {
        let path = &respelled(&root, path);
        if !path.starts_with(&root) {
            // The root itself may be named by a folder inside of which it is not: `--root app check .`
            return Err(Failure::new(format!(
                "{} does not belong to the project {}",
                shown(path),
                shown(&root)
            ))
            .help("name paths of one project at a time"));
        }
        chosen.push(
            relative(&root, path)
                .map_err(|path| Failure::new(format!("{path}: its name is not UTF-8 text")))?,
        );
    }
    let all = chosen.iter().any(String::is_empty);
    Ok(Target { root, selection: if all { Selection::All } else { Selection::Some(chosen) } })
}

/// A path as one below the root, where a link leads to it from elsewhere: both name the same folder.
fn respelled(root: &Path, path: &Path) -> PathBuf {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let rest = || Some(real(path)?.strip_prefix(real(root)?).ok()?.to_owned());
    match path.starts_with(root) {
        true => path.to_owned(),
        false => rest().map_or_else(|| path.to_owned(), |rest| root.join(rest).components().collect()),
    }
}

/// Finds the project of a file that need not exist. Gives the root, and the file's path from there.
///
/// # Errors
/// There is no project around it, or the file lies outside of `--root`.
pub(crate) fn locate_unwritten(root: Option<&Path>, file: &Path) -> Result<(PathBuf, String), Failure> {
    let path = absolute(file)?;
    if path.is_dir() {
        let message = format!("{} is a folder", file.display());
        return Err(Failure::new(message).help("--stdin-filename names a file, which need not exist"));
    }
    let root = match root {
        Some(root) => given_root(root)?,
        None => {
            let there = path.ancestors().find(|path| path.exists()).unwrap_or(Path::new("/"));
            project_of(there)?
        }
    };
    if !path.starts_with(&root) || path == root {
        let message = format!("{} does not belong to the project {}", file.display(), shown(&root));
        return Err(Failure::new(message).help("--stdin-filename names a file of the project"));
    }
    let name =
        relative(&root, &path).map_err(|path| Failure::new(format!("{path}: its name is not UTF-8 text")))?;
    Ok((root, name))
}

/// The project's path from the current folder, with `/` at its end; empty where the project is no part of it.
pub(crate) fn prefix(root: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    match root.strip_prefix(&here) {
        Ok(rest) if !rest.as_os_str().is_empty() => relative(&here, root).unwrap_or_else(|lossy| lossy) + "/",
        _ => String::new(),
    }
}

/// A folder given by `--root`.
///
/// # Errors
/// It is no folder.
pub(crate) fn given_root(root: &Path) -> Result<PathBuf, Failure> {
    let root = existing(root)?;
    if root.is_dir() {
        Ok(root)
    } else {
        Err(Failure::new(format!("--root names a folder, but {} is a file", shown(&root))))
    }
}

fn project_of(path: &Path) -> Result<PathBuf, Failure> {
    find_root(path).ok_or_else(|| {
        Failure::new(format!("there is no Velox project in {} or in a folder above it", shown(path))).help(
            "looked for velox.config.ts, velox.config.js, package.json and a routes folder (routes, src/routes);\n\
             make a project with `veloxc init my-app`, name one with --root, or check single files with --syntax-only",
        )
    })
}

/// A path made absolute, if there is something.
///
/// # Errors
/// There is nothing.
pub(crate) fn existing(path: &Path) -> Result<PathBuf, Failure> {
    let found = absolute(path)?;
    match std::fs::metadata(&found) {
        Ok(_) => Ok(found),
        Err(error) => {
            let failure = Failure::new(format!("{}: {}", path.display(), velox_disk::reason(&error)));
            // The shell left it as it was.
            let is_glob = path.to_string_lossy().contains('*');
            Err(if is_glob { failure.help("name a folder: all below it is meant") } else { failure })
        }
    }
}

/// A path made absolute, without `.` and `..`, links not resolved: files keep the names that the user gave them.
///
/// # Errors
/// The current folder is gone, or the path is empty.
pub(crate) fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    let path =
        std::path::absolute(path).map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    Ok(out)
}

/// A path as people would type it here: relative where it lies below the current folder.
pub(crate) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    match path.strip_prefix(&here) {
        Ok(rest) if rest.as_os_str().is_empty() => "this folder".to_owned(),
        Ok(rest) => rest.display().to_string(),
        Err(_) => path.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_holds_files_and_folders() {
        let selection = Selection::Some(vec!["routes/a".to_owned(), "lib/x.ts".to_owned()]);
        assert!(selection.holds("routes/a/b.velox") && selection.holds("lib/x.ts"));
        assert!(!selection.holds("routes/ab.velox") && !selection.holds("lib/x.tsx"));
    }
}
