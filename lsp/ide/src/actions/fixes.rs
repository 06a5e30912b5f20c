//! The fixes that diagnostics carry: one, all of a code, all that are safe.

use super::{Action, ActionKind, desk, is_at, missing, titled};
use crate::{Change, Document};
use velox_diagnostics::{Code, Diagnostic, Span, Trust};

/// The fixes at the selection; behind them those of all findings with the same code. With `imported`, those that add an import are
/// left out: the same is offered already.
pub(super) fn list(
    document: Document<'_>,
    selection: Span,
    diagnostics: &[Diagnostic],
    imported: bool,
    found: &mut Vec<Action>,
) {
    let mut codes: Vec<Code> = Vec::new();
    for (nth, diagnostic) in diagnostics.iter().enumerate() {
        if !is_at(document, selection, diagnostic) {
            continue;
        }
        for (fix_nth, fix) in diagnostic.fixes.iter().enumerate() {
            if imported && missing::is_about(diagnostic) && fix.title.starts_with("add `import ") {
                continue;
            }
            found.push(Action {
                preferred: fix.safe && fix_nth == 0,
                mends: Some(diagnostic.clone()),
                ..Action::new(format!("fix:{nth}:{fix_nth}"), titled(&fix.title), ActionKind::QuickFix)
            });
        }
        if !diagnostic.fixes.is_empty() && !codes.contains(&diagnostic.code) {
            codes.push(diagnostic.code);
        }
    }
    for code in codes {
        let mendable = |found: &&Diagnostic| {
            found.code == code && !found.fixes.is_empty() && found.file == document.path()
        };
        if diagnostics.iter().filter(mendable).nth(1).is_some() {
            let title = format!("Fix all {code} ({}) in this file", code.name());
            found.push(Action::new(format!("all:{code}"), title, ActionKind::QuickFix));
        }
    }
}

/// `source.fixAll`, where a finding has a safe fix.
pub(super) fn list_all(document: Document<'_>, diagnostics: &[Diagnostic], found: &mut Vec<Action>) {
    let is_safe =
        |found: &Diagnostic| found.file == document.path() && found.fixes.iter().any(|fix| fix.safe);
    if diagnostics.iter().any(is_safe) {
        found.push(Action::new("fix-all", "Fix all that can be fixed safely", ActionKind::FixAll));
    }
}

/// One fix, by the places of its diagnostic and of it: `2:0`.
pub(super) fn one(diagnostics: &[Diagnostic], id: &str) -> Option<Change> {
    let (nth, fix) = id.split_once(':')?;
    let diagnostic = diagnostics.get(nth.parse::<usize>().ok()?)?;
    Some(Change::from(diagnostic.fixes.get(fix.parse::<usize>().ok()?)?))
}

/// The best fixes of all findings of a code in the file.
pub(super) fn of_code(document: Document<'_>, code: &str) -> Option<Change> {
    let code = Code::parse(code)?;
    desk::mended(document, Trust::All, &|found| found.code == code)
}

/// The safe fixes of all imports that nothing uses.
pub(super) fn unused_imports(document: Document<'_>) -> Option<Change> {
    desk::mended(document, Trust::Safe, &|found| found.code == Code::UNUSED_IMPORT)
}

/// All safe fixes of the file.
pub(super) fn safe(document: Document<'_>) -> Option<Change> {
    desk::mended(document, Trust::Safe, &|_| true)
}
