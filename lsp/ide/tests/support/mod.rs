//! What the tests of all features share: fixtures with a cursor, and changes that are tried before they are believed.
//!
//! A fixture is that of `tests/README.md` (`//- /path` begins a file), with `$0` where the cursor stands; two of them are the ends of
//! a selection. The file with the cursor is the one that is asked about; without a cursor it is the first.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::disallowed_methods, reason = "fixtures are read from disk")]

pub(crate) mod everywhere;

pub(crate) mod acting;
pub(crate) mod completing;

use std::collections::BTreeMap;
use velox_db::{Database, MemoryFiles, Project, load_project};
use velox_diagnostics::{Diagnostic, Span};
use velox_ide::change::applied;
use velox_ide::{Change, Document, FileChange};
use velox_tests::Fixture;

/// A project in memory, with a cursor in one of its files.
pub(crate) struct World {
    db: Database,
    project: Project,
    path: String,
    /// The cursor, or the selection.
    pub(crate) selection: Span,
}

impl World {
    /// Reads a fixture.
    pub(crate) fn new(text: &str) -> Self {
        let fixture = Fixture::parse(text);
        let mut files = BTreeMap::new();
        let mut path = fixture.files.first().map(|file| file.path.clone()).unwrap_or_default();
        let mut selection = Span::at(0);
        for file in fixture.files {
            let parts: Vec<&str> = file.text.split("$0").collect();
            if parts.len() > 1 {
                assert!(parts.len() <= 3, "a fixture has one cursor, or two ends of a selection");
                path.clone_from(&file.path);
                let start = parts[0].len() as u32;
                let end = if parts.len() == 3 { start + parts[1].len() as u32 } else { start };
                selection = Span::new(start, end);
            }
            files.insert(file.path, parts.concat());
        }
        Self::with_files(files, path, selection)
    }

    /// The same for files that are at hand.
    pub(crate) fn with_files(files: BTreeMap<String, String>, path: String, selection: Span) -> Self {
        let db = Database::default();
        let project = load_project(&db, &MemoryFiles(files)).project;
        Self { db, project, path, selection }
    }

    /// The database.
    pub(crate) fn db(&self) -> &Database {
        &self.db
    }

    /// The project.
    pub(crate) fn project(&self) -> Project {
        self.project
    }

    /// The file with the cursor.
    pub(crate) fn document(&self) -> Document<'_> {
        self.other(&self.path)
    }

    /// Another file.
    pub(crate) fn other(&self, path: &str) -> Document<'_> {
        let file = self.project.files(&self.db).sources.get(path).copied();
        Document::new(&self.db, self.project, file.unwrap_or_else(|| panic!("there is no file {path}")))
    }

    /// The cursor.
    pub(crate) fn offset(&self) -> u32 {
        self.selection.start
    }

    /// What is wrong in the file with the cursor.
    pub(crate) fn diagnostics(&self) -> Vec<Diagnostic> {
        velox_db::check_file(&self.db, self.project, self.document().file).to_vec()
    }

    /// Texts of all files.
    pub(crate) fn files(&self) -> BTreeMap<String, String> {
        let sources = &self.project.files(&self.db).sources;
        sources.iter().map(|(path, file)| (path.clone(), file.text(&self.db).to_string())).collect()
    }

    /// The project after a change that the gate admits; the cursor stays where it was.
    pub(crate) fn after(&self, change: &Change) -> Self {
        if let Err(reason) = velox_ide::gate::admit(&self.db, self.project, change) {
            panic!("the gate refuses the change: {reason}\n{change:#?}");
        }
        let mut files = self.files();
        for (path, edits) in &change.edits {
            let text = applied(&files[path], edits).expect("edits that fit");
            files.insert(path.clone(), text);
        }
        let mut at = self.path.clone();
        for file in &change.files {
            match file {
                FileChange::Create(path, text) => {
                    files.insert(path.clone(), text.clone());
                }
                FileChange::Rename(from, to) => {
                    if let Some(text) = files.remove(from) {
                        files.insert(to.clone(), text);
                    }
                    if at == *from {
                        at.clone_from(to);
                    }
                }
            }
        }
        let end = files.get(&at).map_or(0, |text| text.len() as u32);
        let selection = Span::new(self.selection.start.min(end), self.selection.end.min(end));
        Self::with_files(files, at, selection)
    }

    /// The files that differ from those of another state, as a text for a snapshot.
    pub(crate) fn changed_since(&self, before: &Self) -> String {
        let old = before.files();
        let mut out = String::new();
        for (path, text) in self.files() {
            if old.get(&path) != Some(&text) {
                out.push_str(&format!("//- /{path}\n{text}"));
                if !text.ends_with('\n') {
                    out.push('\n');
                }
            }
        }
        for path in old.keys().filter(|path| !self.files().contains_key(*path)) {
            out.push_str(&format!("//- /{path} is gone\n"));
        }
        out
    }
}

/// A text with a stretch of it marked: `<p>«name»</p>`.
pub(crate) fn marked(text: &str, spans: &[Span]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for span in spans {
        out.push_str(&text[at..span.start as usize]);
        out.push('«');
        out.push_str(span.text(text));
        out.push('»');
        at = span.end as usize;
    }
    out.push_str(&text[at..]);
    out
}

/// The line of a text that a span begins in, trimmed, with the span marked.
pub(crate) fn line_with(text: &str, span: Span) -> String {
    let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = text[span.end as usize..].find('\n').map_or(text.len(), |at| span.end as usize + at);
    let line = &text[start..end];
    let inner = Span::new(span.start - start as u32, span.end - start as u32);
    marked(line, &[inner]).trim().to_owned()
}

/// Projects to try things at every place of: each fixture of `tests/cases`, each site of `tests/corpus` and `examples`, as files by
/// their paths.
pub(crate) fn projects() -> Vec<BTreeMap<String, String>> {
    let root = velox_tests::repository();
    let read = |path: std::path::PathBuf| std::fs::read_to_string(path).unwrap_or_default();
    let cases = root.join("tests/cases");
    let mut found: Vec<BTreeMap<String, String>> = velox_tests::files_under(&cases, ".velox")
        .into_iter()
        .map(|path| {
            let fixture = Fixture::parse(&read(cases.join(path)));
            fixture.files.into_iter().map(|file| (file.path, file.text)).collect()
        })
        .collect();
    for folder in ["tests/corpus", "examples"] {
        let mut sites: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for ending in [".velox", ".ts", ".tsx"] {
            for path in velox_tests::files_under(&root.join(folder), ending) {
                if path.contains("node_modules/") || path.contains("/.velox/") {
                    continue;
                }
                let Some((site, name)) = path.split_once('/') else { continue };
                let text = read(root.join(folder).join(&path));
                sites.entry(site.to_owned()).or_default().insert(name.to_owned(), text);
            }
        }
        found.extend(sites.into_values());
    }
    found
}
