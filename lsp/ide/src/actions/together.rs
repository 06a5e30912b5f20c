//! Awaits that need nothing of one another are awaited together: the fix of the finding about them, also where a project silences it, and
//! wherever in their lines the cursor stands.

use super::{Action, ActionKind};
use crate::{Change, Document};
use velox_diagnostics::{Code, Diagnostic, Fix, Span};

pub(super) fn list(
    document: Document<'_>,
    selection: Span,
    diagnostics: &[Diagnostic],
    found: &mut Vec<Action>,
) {
    let Some((_, finding)) = at(document, selection) else { return };
    // Where the finding itself is at the cursor, its fix is offered.
    let is_offered = |shown: &Diagnostic| {
        shown.code == Code::AWAIT_WATERFALL
            && shown.span == finding
            && super::is_at(document, selection, shown)
    };
    if !diagnostics.iter().any(is_offered) {
        let title = "Await them together with `Promise.all`";
        found.push(Action::new("together", title, ActionKind::Rewrite));
    }
}

/// The edit that awaits together what stands at the selection.
pub(super) fn together(document: Document<'_>, selection: Span) -> Option<Change> {
    at(document, selection).map(|(fix, _)| Change::from(&fix))
}

/// The edit for the awaits whose lines the selection touches, and the place of the finding about them.
fn at(document: Document<'_>, selection: Span) -> Option<(Fix, Span)> {
    let script = document.script().filter(|_| document.is_velox())?;
    if !script.touches(selection.start) {
        return None;
    }
    let findings = velox_db::waterfalls(document.db, document.project, document.file);
    findings.into_iter().find_map(|finding| {
        let touches = |fix: &Fix| {
            fix.edits.iter().any(|edit| {
                edit.file == document.path()
                    && edit.span.start <= selection.end
                    && selection.start <= edit.span.end
            })
        };
        Some((finding.fixes.into_iter().find(touches)?, finding.span))
    })
}
