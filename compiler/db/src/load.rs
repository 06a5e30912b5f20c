//! Loads a project into the database through a [`FileSystem`], so that disk, open buffers and tests look alike.

use crate::Db;
use crate::inputs::{FileSet, Project, new_source};
use rustc_hash::FxHashMap;
use salsa::Durability;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The only door to files. Paths are relative to the project root, with `/`.
pub trait FileSystem {
    /// Every file of the project that is not ignored, in any order.
    fn walk(&self) -> Vec<String>;

    /// The text of a file.
    ///
    /// # Errors
    /// One line that says why it cannot be read: it is gone, not permitted, or no UTF-8.
    fn read(&self, path: &str) -> Result<String, String>;
}

/// Files in memory, for tests.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles(pub BTreeMap<String, String>);

impl FileSystem for MemoryFiles {
    fn walk(&self) -> Vec<String> {
        self.0.keys().cloned().collect()
    }

    fn read(&self, path: &str) -> Result<String, String> {
        self.0.get(path).cloned().ok_or_else(|| "it does not exist".to_owned())
    }
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadProblem {
    /// Its path.
    pub path: String,
    /// Why, in one line.
    pub reason: String,
}

/// A loaded project.
#[derive(Debug)]
pub struct Loaded {
    /// The project's input.
    pub project: Project,
    /// Files that could not be read.
    pub problems: Vec<LoadProblem>,
}

/// Whether a file is read as text when a project is loaded.
#[must_use]
pub fn is_source(path: &str) -> bool {
    let ending = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    matches!(ending, Some("velox" | "ts" | "tsx" | "mts" | "js" | "jsx" | "mjs" | "json"))
}

/// The routes directory of a project: `routes`, else `src/routes`.
#[must_use]
pub fn routes_directory_of<'a>(paths: impl IntoIterator<Item = &'a String>) -> &'static str {
    let mut in_source = false;
    for path in paths {
        if path.starts_with("routes/") {
            return "routes";
        }
        in_source |= path.starts_with("src/routes/");
    }
    if in_source { "src/routes" } else { "routes" }
}

/// Reads a project.
#[must_use]
pub fn load_project(db: &dyn Db, files: &dyn FileSystem) -> Loaded {
    let mut paths = files.walk();
    paths.sort();
    let routes = routes_directory_of(&paths);
    let mut set = FileSet { sources: FxHashMap::default(), assets: FxHashMap::default() };
    let mut problems = Vec::new();
    for path in paths {
        if !is_source(&path) || path.starts_with("public/") {
            set.assets.insert(path, ());
            continue;
        }
        match files.read(&path) {
            Ok(text) => {
                let file = new_source(db, path.clone(), Arc::from(text));
                set.sources.insert(path, file);
            }
            Err(reason) => problems.push(LoadProblem { path, reason }),
        }
    }
    let project = Project::builder(Arc::new(set), routes.to_owned()).durability(Durability::MEDIUM).new(db);
    Loaded { project, problems }
}
