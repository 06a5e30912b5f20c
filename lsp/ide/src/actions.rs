//! Code actions: fixes of diagnostics, source actions and refactorings.
//!
//! [`actions`] lists what can be done without making the edits; [`resolve`] makes those of one.

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

/// What can be done at a selection. `diagnostics` are those of the file, as they are shown now.
#[must_use]
pub fn actions(document: Document<'_>, selection: Span, diagnostics: &[Diagnostic]) -> Vec<Action> {
    let _ = (document, selection, diagnostics);
    Vec::new()
}

/// The edits of an action, by its id.
#[must_use]
pub fn resolve(
    document: Document<'_>,
    selection: Span,
    diagnostics: &[Diagnostic],
    id: &str,
) -> Option<Change> {
    let _ = (document, selection, diagnostics, id);
    None
}
