//! `textDocument/formatting` and `rangeFormatting`.

use super::rename::refused;
use crate::convert::edits;
use crate::snapshot::Snapshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{DocumentFormattingParams, DocumentRangeFormattingParams, TextEdit};

/// The edits that format a document. One that cannot be formatted is left alone, with a message: silence would look like a bug.
pub(crate) fn whole(snapshot: &Snapshot, params: &DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    if !snapshot.view.settings.format.enable {
        return Ok(None);
    }
    let found = velox_ide::format::format(asked.document).map_err(refused)?;
    Ok(Some(edits(&asked.open.lines, &found)))
}

/// The edits that format the lines of a range.
pub(crate) fn range(
    snapshot: &Snapshot,
    params: &DocumentRangeFormattingParams,
) -> Result<Option<Vec<TextEdit>>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    if !snapshot.view.settings.format.enable {
        return Ok(None);
    }
    let lines = &asked.open.lines;
    let found = velox_ide::format::format_range(asked.document, lines.span(params.range)).map_err(refused)?;
    Ok(Some(edits(lines, &found)))
}
