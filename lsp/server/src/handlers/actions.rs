//! `textDocument/codeAction` and `codeAction/resolve`.

use super::rename::admitted;
use crate::convert;
use crate::snapshot::{Asked, Snapshot};
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Url, WorkspaceEdit,
};
use velox_diagnostics::{Diagnostic, Span};
use velox_ide::actions::{self, Action, ActionKind};

/// What an action carries to be resolved by.
#[derive(Debug, Serialize, Deserialize)]
struct Data {
    uri: Url,
    version: i32,
    start: u32,
    end: u32,
    id: String,
}

/// What can be done in a range.
pub(crate) fn actions(snapshot: &Snapshot, params: &CodeActionParams) -> Result<Option<CodeActionResponse>> {
    let uri = &params.text_document.uri;
    let asked = snapshot.asked(uri)?;
    let selection = asked.open.lines.span(params.range);
    let diagnostics = crate::diagnose::diagnostics_of(asked);
    let wanted = |kind: &CodeActionKind| match &params.context.only {
        None => !kind.as_str().starts_with("source"),
        Some(only) => only.iter().any(|only| {
            let rest = kind.as_str().strip_prefix(only.as_str());
            rest.is_some_and(|rest| only.as_str().is_empty() || rest.is_empty() || rest.starts_with('.'))
        }),
    };
    let mut out = Vec::new();
    for action in actions::actions(asked.document, selection, &diagnostics) {
        let kind = kind(action.kind);
        if !wanted(&kind) {
            continue;
        }
        let edit = if snapshot.view.client.lazy_actions {
            None
        } else {
            match edit(asked, selection, &diagnostics, &action.id) {
                Ok(edit) => Some(edit),
                // What does not pass the gate is not offered.
                Err(_) => continue,
            }
        };
        out.push(CodeActionOrCommand::CodeAction(offered(asked, selection, action, kind, edit)));
    }
    Ok(Some(out))
}

fn offered(
    asked: Asked<'_>,
    selection: Span,
    action: Action,
    kind: CodeActionKind,
    edit: Option<WorkspaceEdit>,
) -> CodeAction {
    let data = Data {
        uri: asked.open.uri.clone(),
        version: asked.open.version,
        start: selection.start,
        end: selection.end,
        id: action.id,
    };
    CodeAction {
        title: action.title,
        kind: Some(kind),
        diagnostics: action.mends.map(|found| vec![convert::diagnostic(asked, &found)]),
        edit,
        is_preferred: Some(action.preferred),
        data: serde_json::to_value(data).ok(),
        ..CodeAction::default()
    }
}

/// Makes the edits of an action.
pub(crate) fn resolve(snapshot: &Snapshot, action: &CodeAction) -> Result<CodeAction> {
    let mut action = action.clone();
    let data = action.data.clone().and_then(|data| serde_json::from_value::<Data>(data).ok());
    let data = data.ok_or_else(|| Error::invalid_params("this action is none of this server"))?;
    let asked = snapshot.asked(&data.uri)?;
    if asked.open.version != data.version {
        return Err(crate::owner::modified());
    }
    let diagnostics = crate::diagnose::diagnostics_of(asked);
    action.edit = Some(edit(asked, Span::new(data.start, data.end), &diagnostics, &data.id)?);
    Ok(action)
}

fn edit(asked: Asked<'_>, selection: Span, diagnostics: &[Diagnostic], id: &str) -> Result<WorkspaceEdit> {
    let change = actions::resolve(asked.document, selection, diagnostics, id);
    let change = change.ok_or_else(|| Error::invalid_params("there is no such action here any more"))?;
    admitted(asked.snapshot, asked.project, &change)
}

fn kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::QuickFix => CodeActionKind::QUICKFIX,
        ActionKind::Extract => CodeActionKind::REFACTOR_EXTRACT,
        ActionKind::Rewrite => CodeActionKind::REFACTOR_REWRITE,
        ActionKind::FixAll => CodeActionKind::SOURCE_FIX_ALL,
        ActionKind::OrganizeImports => CodeActionKind::SOURCE_ORGANIZE_IMPORTS,
        ActionKind::Source(name) => CodeActionKind::new(name),
    }
}
