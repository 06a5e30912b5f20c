//! `textDocument/hover`.

use crate::convert::markdown;
use crate::snapshot::Snapshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{Hover, HoverContents, HoverParams};

/// Words on what stands at a position.
pub(crate) fn hover(snapshot: &Snapshot, params: &HoverParams) -> Result<Option<Hover>> {
    let at = &params.text_document_position_params;
    let asked = snapshot.asked(&at.text_document.uri)?;
    let lines = &asked.open.lines;
    let found = velox_ide::hover::hover(asked.document, lines.offset(at.position));
    Ok(found.map(|hover| Hover {
        contents: HoverContents::Markup(markdown(hover.markdown)),
        range: Some(lines.range(hover.span)),
    }))
}
