//! Reads what `gen-corpus.mjs` wrote. Everything is in memory before a clock starts.

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the files that it measures")]

use std::collections::BTreeMap;
use std::path::Path;
use velox_db::MemoryFiles;

/// A set of inputs that is measured as one.
pub struct Set {
    /// `routes`, or `large-5000`.
    pub name: String,
    /// The project around the files, which holds them too.
    pub project: MemoryFiles,
    /// Paths in the project of the files that are compiled.
    pub paths: Vec<String>,
}

impl Set {
    /// The files that are compiled, with their texts.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.paths.iter().filter_map(|path| Some((path.as_str(), self.project.0.get(path)?.as_str())))
    }

    /// Bytes of all files that are compiled.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.files().map(|(_, text)| text.len()).sum()
    }
}

/// The sets of a corpus: its routes, and the large files of these numbers of lines that it has.
///
/// # Errors
/// A file or folder that cannot be read.
pub fn sets(corpus: &Path, large: &[u32]) -> Result<Vec<Set>, String> {
    let mut project = MemoryFiles::default();
    read(&corpus.join("velox"), "", &mut project.0)?;
    let is_route = |path: &String| path.starts_with("src/routes/") && path.ends_with(".velox");
    let paths: Vec<String> = project.0.keys().filter(|path| is_route(path)).cloned().collect();
    if paths.is_empty() {
        return Err(format!("{}: no routes in it", corpus.display()));
    }
    let mut around = project.clone();
    around.0.retain(|path, _| !is_route(path));
    let mut sets = vec![Set { name: "routes".to_owned(), project, paths }];
    for lines in large {
        let from = corpus.join(format!("large/large-{lines}.velox"));
        let Ok(text) = std::fs::read_to_string(from) else { continue };
        let mut project = around.clone();
        let path = format!("src/routes/large-{lines}.velox");
        project.0.insert(path.clone(), text);
        sets.push(Set { name: format!("large-{lines}"), project, paths: vec![path] });
    }
    Ok(sets)
}

/// Reads the texts of a folder, by their paths below it.
fn read(folder: &Path, below: &str, texts: &mut BTreeMap<String, String>) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        if name == "node_modules" {
            continue;
        }
        if entry.path().is_dir() {
            read(&entry.path(), &path, texts)?;
        } else if velox_db::is_source(&path) {
            texts.insert(path, std::fs::read_to_string(entry.path()).map_err(failed)?);
        }
    }
    Ok(())
}
