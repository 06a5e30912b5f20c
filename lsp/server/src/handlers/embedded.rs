//! `velox/styleAt`: the style sheet at a position, as `{ language, kind: "rules" | "declarations", range }`.

use crate::snapshot::Snapshot;
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::TextDocumentPositionParams;
use velox_ide::embedded::{StyleKind, style_at as find};

/// The style sheet at a position.
pub(crate) fn style_at(snapshot: &Snapshot, params: &TextDocumentPositionParams) -> Result<Option<Value>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    let lines = &asked.open.lines;
    let style = find(asked.document, lines.offset(params.position));
    Ok(style.map(|style| {
        let kind = match style.kind {
            StyleKind::Rules => "rules",
            StyleKind::Declarations => "declarations",
        };
        json!({ "language": style.language, "kind": kind, "range": lines.range(style.span) })
    }))
}
