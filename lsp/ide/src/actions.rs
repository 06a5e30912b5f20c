//! Code actions: fixes of diagnostics, source actions and refactorings.
//!
//! [`actions`] lists what can be done without making the edits; [`resolve`] makes those of one.

mod ambient;
mod desk;
mod extract;
mod fixes;
mod markup;
mod missing;
mod organize;
mod silence;
mod together;
mod wrap;

use crate::{Change, Document};
use velox_diagnostics::{Diagnostic, Span};

/// What kind of action it is, by its name in the editor protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// `quickfix`: mends a diagnostic.
    QuickFix,
    /// `refactor.extract`.
    Extract,
    /// `refactor.rewrite`.
    Rewrite,
    /// `source.fixAll`.
    FixAll,
    /// `source.organizeImports`.
    OrganizeImports,
    /// `source`, with a name of its own: `source.writeImports.velox`.
    Source(&'static str),
}

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Tells it from the others at this place; stable as long as the text is: what [`resolve`] is asked with.
    pub id: String,
    /// What it does, in the imperative.
    pub title: String,
    /// What kind it is.
    pub kind: ActionKind,
    /// Whether it is the one that an editor may apply by a single key.
    pub preferred: bool,
    /// The diagnostic that it mends.
    pub mends: Option<Diagnostic>,
}

impl Action {
    fn new(id: impl Into<String>, title: impl Into<String>, kind: ActionKind) -> Self {
        Self { id: id.into(), title: title.into(), kind, preferred: false, mends: None }
    }
}

/// What can be done at a selection. `diagnostics` are those of the file, as they are shown now.
#[must_use]
pub fn actions(document: Document<'_>, selection: Span, diagnostics: &[Diagnostic]) -> Vec<Action> {
    let mut found = Vec::new();
    let imported = missing::list(document, selection, diagnostics, &mut found);
    fixes::list(document, selection, diagnostics, imported, &mut found);
    silence::list(document, selection, diagnostics, &mut found);
    together::list(document, selection, diagnostics, &mut found);
    wrap::list(document, selection, &mut found);
    markup::list(document, selection, &mut found);
    extract::list(document, selection, diagnostics, &mut found);
    fixes::list_all(document, diagnostics, &mut found);
    organize::list(document, diagnostics, &mut found);
    ambient::list(document, &mut found);
    missing::list_all(document, diagnostics, &mut found);
    found
}

/// The edits of an action, by its id.
#[must_use]
pub fn resolve(
    document: Document<'_>,
    selection: Span,
    diagnostics: &[Diagnostic],
    id: &str,
) -> Option<Change> {
    let (kind, rest) = id.split_once(':').unwrap_or((id, ""));
    let change = match kind {
        "fix" => fixes::one(diagnostics, rest),
        "all" => fixes::of_code(document, rest),
        "fix-all" => fixes::safe(document),
        "silence" => silence::silence(document, diagnostics, rest),
        "organize" => organize::organize(document, diagnostics),
        "sort-imports" => organize::organize(document, &[]),
        "remove-unused" => fixes::unused_imports(document),
        "write-imports" => ambient::write(document),
        "import" => missing::one(document, selection, rest),
        "import-all" => missing::all(document, diagnostics),
        "together" => together::together(document, selection),
        "fragment" => wrap::fragment(document, selection),
        "wrap" => wrap::wrap(document, selection),
        "extract" => extract::extract(document, selection),
        "island" => markup::island(document, selection),
        "paths" => markup::paths(document),
        _ => None,
    };
    change.filter(|change| !change.is_empty())
}

/// Whether a diagnostic of this file touches the selection.
fn is_at(document: Document<'_>, selection: Span, diagnostic: &Diagnostic) -> bool {
    diagnostic.file == document.path()
        && diagnostic.span.start <= selection.end
        && selection.start <= diagnostic.span.end
}

/// A title of an action: the sentence of a fix begins with a small letter.
fn titled(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
