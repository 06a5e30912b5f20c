//! A project in memory, as fixtures make it.

use crate::fixture::Fixture;
use crate::marks::compare;
use velox_db::{Database, MemoryFiles, Project, SourceFile, check_file, load_project};
use velox_diagnostics::{Diagnostic, LineIndex, Sources};

/// A project in memory with its database.
pub struct TestProject {
    /// The database.
    pub db: Database,
    /// The project.
    pub project: Project,
    /// Text and lines of its files, for printing.
    pub sources: Vec<(String, String, LineIndex)>,
}

impl TestProject {
    /// Loads a fixture.
    #[must_use]
    pub fn new(fixture: &Fixture) -> Self {
        Self::with_database(fixture, Database::with_log())
    }

    /// Loads a fixture into this database.
    #[must_use]
    pub fn with_database(fixture: &Fixture, db: Database) -> Self {
        let files = fixture.files.iter().map(|file| (file.path.clone(), file.text.clone())).collect();
        let project = load_project(&db, &MemoryFiles(files)).project;
        let sources = fixture
            .files
            .iter()
            .map(|file| (file.path.clone(), file.text.clone(), LineIndex::new(&file.text)))
            .collect();
        Self { db, project, sources }
    }

    /// A file by its path.
    ///
    /// # Panics
    /// Where the fixture has no such file.
    #[must_use]
    pub fn file(&self, path: &str) -> SourceFile {
        self.project.files(&self.db).sources[path]
    }

    /// All source files, sorted by path.
    #[must_use]
    pub fn files(&self) -> Vec<SourceFile> {
        let mut files: Vec<SourceFile> = self.project.files(&self.db).sources.values().copied().collect();
        files.sort_by(|a, b| a.path(&self.db).cmp(b.path(&self.db)));
        files
    }

    /// What is wrong in a file.
    #[must_use]
    pub fn check(&self, file: SourceFile) -> Vec<Diagnostic> {
        check_file(&self.db, self.project, file).to_vec()
    }
}

impl Sources for TestProject {
    fn source(&self, file: &str) -> Option<(&str, &LineIndex)> {
        self.sources.iter().find(|(path, ..)| path == file).map(|(_, text, lines)| (&**text, lines))
    }
}

/// Runs a fixture and compares what was found with its marks. Gives one line for each difference.
#[must_use]
pub fn check(text: &str) -> Vec<String> {
    let fixture = Fixture::parse(text);
    let project = TestProject::new(&fixture);
    let mut failures = Vec::new();
    for file in &fixture.files {
        let found = match project.project.files(&project.db).sources.get(&file.path) {
            Some(source) => project.check(*source),
            None => Vec::new(),
        };
        failures.extend(compare(&file.path, &file.text, &file.marks, &found));
    }
    failures
}
