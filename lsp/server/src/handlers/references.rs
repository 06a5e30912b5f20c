//! `textDocument/references` and `textDocument/documentHighlight`.

use crate::convert::location;
use crate::snapshot::Snapshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, Location, ReferenceParams,
};
use velox_ide::UseKind;

/// All places in the project that mean the same.
pub(crate) fn references(snapshot: &Snapshot, params: &ReferenceParams) -> Result<Option<Vec<Location>>> {
    let at = &params.text_document_position;
    let asked = snapshot.asked(&at.text_document.uri)?;
    let offset = asked.open.lines.offset(at.position);
    let uses = velox_ide::references::references(asked.document, offset);
    let wanted = |kind: UseKind| params.context.include_declaration || kind != UseKind::Declaration;
    let found =
        uses.iter().filter(|at| wanted(at.kind)).filter_map(|at| location(snapshot, asked.project, at));
    Ok(Some(found.collect()))
}

/// All places in the document that mean the same.
pub(crate) fn highlight(
    snapshot: &Snapshot,
    params: &DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>> {
    let at = &params.text_document_position_params;
    let asked = snapshot.asked(&at.text_document.uri)?;
    let lines = &asked.open.lines;
    let found = velox_ide::highlight::highlights(asked.document, lines.offset(at.position));
    let highlight = |(span, kind)| DocumentHighlight {
        range: lines.range(span),
        kind: Some(match kind {
            UseKind::Read => DocumentHighlightKind::READ,
            UseKind::Write | UseKind::Declaration => DocumentHighlightKind::WRITE,
        }),
    };
    Ok(Some(found.into_iter().map(highlight).collect()))
}
