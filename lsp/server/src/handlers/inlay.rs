//! `textDocument/inlayHint`.

use crate::convert::markdown;
use crate::snapshot::Snapshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip};

/// Words shown in a range.
pub(crate) fn hints(snapshot: &Snapshot, params: &InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    if !snapshot.view.settings.inlay_hints.route
        || !crate::diagnose::is_complete(snapshot, asked.open.project)
    {
        return Ok(None);
    }
    let lines = &asked.open.lines;
    let hint = |hint: velox_ide::inlay::Hint| InlayHint {
        position: lines.position(hint.offset),
        label: InlayHintLabel::String(hint.label),
        kind: None,
        text_edits: None,
        tooltip: hint.tooltip.map(|words| InlayHintTooltip::MarkupContent(markdown(words))),
        padding_left: Some(hint.padding_left),
        padding_right: Some(hint.padding_right),
        data: None,
    };
    Ok(Some(
        velox_ide::inlay::hints(asked.document, lines.span(params.range)).into_iter().map(hint).collect(),
    ))
}
