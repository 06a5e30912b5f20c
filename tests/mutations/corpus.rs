//! The files that are broken: every clean fixture, the seeds, the examples, and the sites of `tests/corpus/`.
//!
//! Refuses to take a file that does not check clean by itself.

use std::collections::BTreeMap;
use std::path::Path;
use velox_db::{Database, MemoryFiles, Project, SourceFile, check_file, load_project};
use velox_diagnostics::{Diagnostic, Severity};
use velox_tests::{Fixture, files_under, repository};

/// A project whose `.velox` files are to be broken, one by one.
pub(crate) struct Site {
    /// Its folder or fixture.
    pub(crate) name: String,
    /// Its database.
    pub(crate) db: Database,
    /// Its input.
    pub(crate) project: Project,
}

impl Site {
    fn new(name: String, files: BTreeMap<String, String>) -> Self {
        let db = Database::default();
        let project = load_project(&db, &MemoryFiles(files)).project;
        Self { name, db, project }
    }

    /// Its `.velox` files, sorted by path.
    pub(crate) fn pages(&self) -> Vec<(String, SourceFile)> {
        let sources = self.project.files(&self.db).sources.iter();
        let mut pages: Vec<(String, SourceFile)> = sources
            .filter(|(path, _)| path.ends_with(".velox"))
            .map(|(path, file)| (path.clone(), *file))
            .collect();
        pages.sort_by(|a, b| a.0.cmp(&b.0));
        pages
    }

    /// The errors and warnings of a file.
    pub(crate) fn findings(&self, file: SourceFile) -> Vec<Diagnostic> {
        let found = check_file(&self.db, self.project, file).iter();
        found.filter(|found| matches!(found.severity, Severity::Error | Severity::Warning)).cloned().collect()
    }
}

/// All sites, in a fixed order.
pub(crate) fn sites() -> Vec<Site> {
    let mut sites = Vec::new();
    for folder in ["tests/cases/clean", "tests/cases/seeds"] {
        for path in files_under(&repository().join(folder), ".velox") {
            let text = read(&repository().join(folder).join(&path));
            let files = Fixture::parse(&text).files.into_iter().map(|file| (file.path, file.text)).collect();
            sites.push(Site::new(format!("{folder}/{path}"), files));
        }
    }
    for folder in ["examples", "tests/corpus"] {
        let mut by_site: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for ending in [".velox", ".ts", ".tsx", ".json", ".js", ".css", ".svg"] {
            for path in files_under(&repository().join(folder), ending) {
                let skipped =
                    ["node_modules/", "/.velox/", "/public/"].iter().any(|part| path.contains(part));
                let Some((site, inner)) = path.split_once('/').filter(|_| !skipped) else { continue };
                let text = read(&repository().join(folder).join(&path));
                by_site.entry(site.to_owned()).or_default().insert(inner.to_owned(), text);
            }
        }
        sites.extend(by_site.into_iter().map(|(name, files)| Site::new(format!("{folder}/{name}"), files)));
    }
    sites
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}
