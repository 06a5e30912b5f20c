//! Edits to files of a project: what fixes, rename and refactorings give. Values only; whoever owns the files applies them.

use std::collections::BTreeMap;
use velox_diagnostics::{Fix, Span};

/// Replaces the bytes of `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TextEdit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl TextEdit {
    /// Replaces a span.
    #[must_use]
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Inserts at an offset.
    #[must_use]
    pub fn insert(offset: u32, text: impl Into<String>) -> Self {
        Self::new(Span::at(offset), text)
    }
}

/// Something that happens to a whole file. Paths are relative to the project's root, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileChange {
    /// A file that must not exist yet, with its text.
    Create(String, String),
    /// A file gets another path.
    Rename(String, String),
}

/// Edits that belong together: all of them are applied, or none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What happens to whole files; before the edits.
    pub files: Vec<FileChange>,
    /// Edits by file (by its path before [`Self::files`]), disjoint, in the order of their places.
    pub edits: BTreeMap<String, Vec<TextEdit>>,
}

impl Change {
    /// A change of one file.
    #[must_use]
    pub fn of(path: &str, edits: Vec<TextEdit>) -> Self {
        let mut change = Self::default();
        change.add(path, edits);
        change
    }

    /// Adds edits of a file, and keeps them in order; of equal ones one is kept.
    pub fn add(&mut self, path: &str, edits: Vec<TextEdit>) {
        if edits.is_empty() {
            return;
        }
        let all = self.edits.entry(path.to_owned()).or_default();
        all.extend(edits);
        all.sort();
        all.dedup();
    }

    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.edits.is_empty()
    }
}

impl From<&Fix> for Change {
    fn from(fix: &Fix) -> Self {
        let mut change = Self::default();
        for edit in &fix.edits {
            change.add(&edit.file, vec![TextEdit::new(edit.span, edit.text.clone())]);
        }
        change
    }
}

/// A text with edits applied; nothing where they overlap, or do not lie on character boundaries of the text.
#[must_use]
pub fn applied(text: &str, edits: &[TextEdit]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if start < at || end < start {
            return None;
        }
        out.push_str(text.get(at..start)?);
        text.get(start..end)?;
        out.push_str(&edit.text);
        at = end;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}
