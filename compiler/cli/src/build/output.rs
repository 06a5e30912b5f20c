//! Writes the build into a fresh folder and swaps it in: a failed or killed build leaves the last one as it was.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A folder that becomes `.velox/output` when it is complete.
#[derive(Debug)]
pub(crate) struct Staging {
    /// `.velox` of the project.
    home: PathBuf,
    /// The folder that is being written.
    root: PathBuf,
    /// Held for as long as the build runs, so that two builds of one project do not meet.
    _lock: fs::File,
    finished: bool,
}

impl Staging {
    /// Makes an empty folder beside the last output.
    ///
    /// # Errors
    /// One line: another build is running, or the folder cannot be written.
    pub(crate) fn new(project: &Path) -> Result<Self, String> {
        let home = project.join(".velox");
        fs::create_dir_all(&home).map_err(|error| format!("{} cannot be made: {error}", home.display()))?;
        let lock_path = home.join("build.lock");
        let lock = fs::File::create(&lock_path)
            .map_err(|error| format!("{} cannot be made: {error}", lock_path.display()))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                return Err("another build of this project is running".to_owned());
            }
            Err(fs::TryLockError::Error(error)) => {
                return Err(format!("{} cannot be locked: {error}", lock_path.display()));
            }
        }
        let root = home.join("output.next");
        restore(&home);
        remove(&root).map_err(|error| format!("{} cannot be removed: {error}", root.display()))?;
        fs::create_dir_all(&root).map_err(|error| format!("{} cannot be made: {error}", root.display()))?;
        Ok(Self { home, root, _lock: lock, finished: false })
    }

    /// The folder that is being written.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Writes a file of the output; `path` is relative to it, with `/`.
    ///
    /// # Errors
    /// One line with the path.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) -> Result<(), String> {
        let path = self.root.join(path);
        let write = || -> io::Result<()> {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(&path, bytes)
        };
        write().map_err(|error| format!("{} cannot be written: {error}", path.display()))
    }

    /// Puts the folder in the place of the last output.
    ///
    /// # Errors
    /// One line; the last output is then still there.
    pub(crate) fn finish(mut self) -> Result<PathBuf, String> {
        let output = self.home.join("output");
        swap(&self.home, &self.root, &output)
            .map_err(|error| format!("{} cannot be replaced: {error}", output.display()))?;
        self.finished = true;
        Ok(output)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.finished {
            let _ = remove(&self.root);
        }
    }
}

/// After a build that was killed between the two renames of [`swap`], puts the last output back.
fn restore(home: &Path) {
    let (output, last) = (home.join("output"), home.join("output.last"));
    if !output.exists() && last.exists() {
        let _ = fs::rename(&last, &output);
    }
    let _ = remove(&last);
}

#[cfg(target_os = "linux")]
fn swap(home: &Path, next: &Path, output: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    if output.exists() {
        // One step: at no moment is there no output.
        match renameat_with(CWD, next, CWD, output, RenameFlags::EXCHANGE) {
            Ok(()) => return remove(next),
            Err(_) => return swap_by_renames(home, next, output),
        }
    }
    fs::rename(next, output)
}

#[cfg(not(target_os = "linux"))]
fn swap(home: &Path, next: &Path, output: &Path) -> io::Result<()> {
    swap_by_renames(home, next, output)
}

fn swap_by_renames(home: &Path, next: &Path, output: &Path) -> io::Result<()> {
    let last = home.join("output.last");
    remove(&last)?;
    if output.exists() {
        fs::rename(output, &last)?;
    }
    fs::rename(next, output)?;
    remove(&last)
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
