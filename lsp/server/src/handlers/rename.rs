//! `textDocument/rename` and `prepareRename`, and `workspace/willRenameFiles`.

use crate::convert;
use crate::snapshot::{ProjectView, Snapshot};
use crate::uris::path_of;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    DocumentChangeOperation, DocumentChanges, PrepareRenameResponse, RenameFilesParams, RenameParams,
    TextDocumentPositionParams, Url, WorkspaceEdit,
};
use velox_ide::Change;

/// What would be renamed at a position.
pub(crate) fn prepare(
    snapshot: &Snapshot,
    params: &TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    let lines = &asked.open.lines;
    let renamed = velox_ide::rename::prepare(asked.document, lines.offset(params.position));
    let renamed = renamed.map_err(refused)?;
    Ok(Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: lines.range(renamed.span),
        placeholder: renamed.name,
    }))
}

/// The edits that rename what stands at a position.
pub(crate) fn rename(snapshot: &Snapshot, params: &RenameParams) -> Result<Option<WorkspaceEdit>> {
    let at = &params.text_document_position;
    let asked = snapshot.asked(&at.text_document.uri)?;
    let offset = asked.open.lines.offset(at.position);
    let change = velox_ide::rename::rename(asked.document, offset, &params.new_name).map_err(refused)?;
    admitted(snapshot, asked.project, &change).map(Some)
}

/// The edits that keep imports and links right when files or folders get other paths.
pub(crate) fn will_rename_files(
    snapshot: &Snapshot,
    params: &RenameFilesParams,
) -> Result<Option<WorkspaceEdit>> {
    let mut all: Option<WorkspaceEdit> = None;
    for project in snapshot.view.projects.iter().filter(|project| !project.loose) {
        let inside = |uri: &str| {
            let path = path_of(&Url::parse(uri).ok()?)?;
            path.starts_with(&project.root).then(|| velox_disk::relative(&project.root, &path).ok()).flatten()
        };
        let renames: Vec<(String, String)> = params
            .files
            .iter()
            .filter_map(|file| Some((inside(&file.old_uri)?, inside(&file.new_uri)?)))
            .collect();
        if renames.is_empty() {
            continue;
        }
        let change = velox_ide::moves::moved(&snapshot.db, project.project, &renames);
        if !change.is_empty() {
            let edit = admitted(snapshot, project, &change)?;
            all = Some(match all {
                None => edit,
                Some(before) => joined(before, edit),
            });
        }
    }
    Ok(all)
}

/// A change that passes the gate, as the protocol writes it.
pub(crate) fn admitted(snapshot: &Snapshot, project: &ProjectView, change: &Change) -> Result<WorkspaceEdit> {
    velox_ide::gate::admit(&snapshot.db, project.project, change).map_err(refused)?;
    convert::change(snapshot, project, change)
        .ok_or_else(|| crate::owner::internal("the edits name a file that is not there".to_owned()))
}

/// Both edits; of two projects, so of different files.
fn joined(mut first: WorkspaceEdit, second: WorkspaceEdit) -> WorkspaceEdit {
    if let (Some(all), Some(more)) = (&mut first.changes, second.changes) {
        all.extend(more);
    }
    let operations = |changes: DocumentChanges| match changes {
        DocumentChanges::Operations(operations) => operations,
        DocumentChanges::Edits(edits) => edits.into_iter().map(DocumentChangeOperation::Edit).collect(),
    };
    first.document_changes = match (first.document_changes, second.document_changes) {
        (Some(all), Some(more)) => {
            let all = operations(all).into_iter().chain(operations(more)).collect();
            Some(DocumentChanges::Operations(all))
        }
        (one, other) => one.or(other),
    };
    first
}

/// A request that is understood and cannot be done, in words for the user (LSP 3.17, `RequestFailed`).
pub(crate) fn refused(reason: String) -> Error {
    Error { code: tower_lsp::jsonrpc::ErrorCode::ServerError(-32803), message: reason.into(), data: None }
}
