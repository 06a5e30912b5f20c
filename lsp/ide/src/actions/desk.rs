//! A copy of the project in memory, in which one file is edited and checked again: for fixes that are applied until none is left.

use crate::{Change, Document, TextEdit};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeMap;
use std::sync::Arc;
use velox_db::{Database, MemoryFiles, Project, SourceFile, load_project, set_source};
use velox_diagnostics::{Diagnostic, Span, Trust, Workspace, mend};

/// The copy.
struct Desk {
    db: Database,
    project: Project,
    path: String,
}

impl Desk {
    fn new(document: Document<'_>) -> Self {
        let files = document.project.files(document.db);
        let texts =
            files.sources.iter().map(|(path, file)| (path.clone(), file.text(document.db).to_string()));
        let assets = files.assets.keys().map(|path| (path.clone(), String::new()));
        let memory = MemoryFiles(texts.chain(assets).collect::<BTreeMap<_, _>>());
        let db = Database::default();
        let project = load_project(&db, &memory).project;
        Self { db, project, path: document.path().to_owned() }
    }

    fn file(&self) -> Option<SourceFile> {
        self.project.files(&self.db).sources.get(&self.path).copied()
    }
}

impl Workspace for Desk {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        // What others hold is theirs to mend.
        (file == self.path).then(|| self.file().map(|file| Arc::clone(file.text(&self.db)))).flatten()
    }

    fn set_text(&mut self, file: &str, text: Arc<str>) {
        if file == self.path
            && let Some(source) = self.file()
            && **source.text(&self.db) != *text
        {
            set_source(&mut self.db, source, text);
        }
    }

    fn check(&mut self) -> Vec<Diagnostic> {
        self.file()
            .map(|file| velox_db::check_file(&self.db, self.project, file).to_vec())
            .unwrap_or_default()
    }
}

/// Applies the fixes of the diagnostics of a file that are wanted, until none is left: the edits that lead there.
pub(super) fn mended(
    document: Document<'_>,
    trust: Trust,
    wanted: &dyn Fn(&Diagnostic) -> bool,
) -> Option<Change> {
    let mut desk = Desk::new(document);
    let path = desk.path.clone();
    let mended = mend(&mut desk, trust, &|found| found.file == path && wanted(found));
    let change = mended.changes.get(&path)?;
    Some(Change::of(&path, difference(document.text(), &change.after)))
}

/// Edits that make one text of another, by whole lines.
pub(super) fn difference(before: &str, after: &str) -> Vec<TextEdit> {
    let (old, new): (Vec<&str>, Vec<&str>) = (lines(before).collect(), lines(after).collect());
    let starts = |lines: &[&str]| -> Vec<u32> {
        let ends = lines.iter().scan(0, |at, line| {
            *at += line.len() as u32;
            Some(*at)
        });
        std::iter::once(0).chain(ends).collect()
    };
    let (old_starts, new_starts) = (starts(&old), starts(&new));
    let mut edits = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if matches!(op, DiffOp::Equal { .. }) {
            continue;
        }
        let (from, to) = (op.old_range(), op.new_range());
        let span = Span::new(old_starts[from.start], old_starts[from.end]);
        let text = Span::new(new_starts[to.start], new_starts[to.end]).text(after);
        edits.push(TextEdit::new(span, text));
    }
    edits
}

/// The lines of a text, each with its line break.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = match rest.find(['\n', '\r']) {
            Some(at) if rest[at..].starts_with("\r\n") => at + 2,
            Some(at) => at + 1,
            None => rest.len(),
        };
        let (line, after) = rest.split_at(end);
        rest = after;
        Some(line)
    })
}
