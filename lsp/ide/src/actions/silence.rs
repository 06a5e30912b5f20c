//! `velox-ignore` comments above what they silence.
//!
//! A comment is offered only where it is read as one, and covers the finding; so never in a string, a tag or the text of code.

use super::{Action, ActionKind, is_at};
use crate::imports::newline;
use crate::parts::parts;
use crate::{Change, Document, TextEdit, gate};
use velox_db::Database;
use velox_diagnostics::{Code, Diagnostic, LineIndex, Span};
use velox_syntax::{NodeKind, code_comments, comments};

/// An offer for each finding at the selection that may be silenced.
pub(super) fn list(
    document: Document<'_>,
    selection: Span,
    diagnostics: &[Diagnostic],
    found: &mut Vec<Action>,
) {
    for (nth, diagnostic) in diagnostics.iter().enumerate() {
        if is_at(document, selection, diagnostic) && edit(document, diagnostic).is_some() {
            let title = format!("Silence {} with a velox-ignore comment", diagnostic.code);
            found.push(Action {
                mends: Some(diagnostic.clone()),
                ..Action::new(format!("silence:{nth}"), title, ActionKind::QuickFix)
            });
        }
    }
}

/// The comment that silences a diagnostic, by its place in the list.
pub(super) fn silence(document: Document<'_>, diagnostics: &[Diagnostic], id: &str) -> Option<Change> {
    let edit = edit(document, diagnostics.get(id.parse::<usize>().ok()?)?)?;
    Some(Change::of(document.path(), vec![edit]))
}

fn edit(document: Document<'_>, diagnostic: &Diagnostic) -> Option<TextEdit> {
    let code = diagnostic.code;
    if !code.is_adjustable() || matches!(code, Code::UNUSED_IGNORE | Code::INVALID_IGNORE) {
        return None;
    }
    let text = document.text();
    let lines = LineIndex::new(text);
    let start = diagnostic.span.start;
    // Above the finding's line, else above the line of the tag that it lies in: a comment covers all of an opening tag.
    let mut places = vec![lines.line_of(start)];
    for part in parts(document) {
        for node in part.tree.iter().flat_map(|tree| &tree.nodes) {
            if let NodeKind::Element(element) = &node.kind
                && element.open.shift(part.base).touches(start)
            {
                places.push(lines.line_of(element.open.start + part.base));
            }
        }
    }
    places.sort_unstable_by(|one, other| other.cmp(one));
    places.dedup();
    let script = document.script().is_some_and(|script| script.touches(start));
    let words = format!("velox-ignore {code}: say why");
    let html = (format!("<!-- {words} -->"), true);
    let line = (format!("// {words}"), false);
    let forms = if script { [line, html] } else { [html, line] };
    for place in places {
        let begin = lines.line_start(place);
        let rest = text.get(begin as usize..)?;
        let indent = &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()];
        let at = if begin == 0 && text.starts_with('\u{feff}') { 3 } else { begin };
        for (comment, markup) in &forms {
            let edit = TextEdit::insert(at, format!("{indent}{comment}{}", newline(text)));
            if is_read(document, &edit, comment, *markup) {
                return Some(edit);
            }
        }
    }
    None
}

/// Whether the inserted comment is read as one, and breaks nothing.
fn is_read(document: Document<'_>, edit: &TextEdit, comment: &str, markup: bool) -> bool {
    let Some(after) = crate::change::applied(document.text(), std::slice::from_ref(edit)) else {
        return false;
    };
    let lead = edit.text.len() - edit.text.trim_start().len();
    let wanted = Span::new(edit.span.start, edit.span.start + comment.len() as u32).shift(lead as u32);
    let db = Database::default();
    let files = velox_db::MemoryFiles([(document.path().to_owned(), after.clone())].into());
    let project = velox_db::load_project(&db, &files).project;
    let Some(file) = project.files(&db).sources.get(document.path()).copied() else { return false };
    let new = Document::new(&db, project, file);
    let is_there = parts(new).iter().any(|part| {
        let found = match part.tree {
            Some(tree) => comments(part.source, tree),
            None => code_comments(part.source),
        };
        // A comment of markup in code would be an element too many.
        found.iter().any(|found| found.span.shift(part.base) == wanted) && (!markup || part.template)
    });
    is_there && !gate::breaks(document.path(), document.text(), &after)
}
