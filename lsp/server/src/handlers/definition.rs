//! `textDocument/definition`, `declaration` and `implementation`, which lead to the same place.

use crate::convert::targets;
use crate::snapshot::Snapshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{GotoDefinitionParams, GotoDefinitionResponse};

/// Where what stands at a position is declared.
pub(crate) fn definition(
    snapshot: &Snapshot,
    params: &GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>> {
    let at = &params.text_document_position_params;
    let asked = snapshot.asked(&at.text_document.uri)?;
    let offset = asked.open.lines.offset(at.position);
    Ok(targets(asked, velox_ide::definition::definition(asked.document, offset)))
}
