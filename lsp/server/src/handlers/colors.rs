//! `textDocument/documentColor` and `colorPresentation`.

use crate::snapshot::Snapshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    Color, ColorInformation, ColorPresentation, ColorPresentationParams, DocumentColorParams, TextEdit,
};

/// The colours of a document.
pub(crate) fn colors(snapshot: &Snapshot, params: &DocumentColorParams) -> Result<Vec<ColorInformation>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    let lines = &asked.open.lines;
    let color = |color: velox_ide::colors::Color| {
        let [red, green, blue, alpha] = color.rgba;
        ColorInformation { range: lines.range(color.span), color: Color { red, green, blue, alpha } }
    };
    Ok(velox_ide::colors::colors(asked.document).into_iter().map(color).collect())
}

/// Ways to write a colour.
pub(crate) fn presentations(
    snapshot: &Snapshot,
    params: &ColorPresentationParams,
) -> Result<Vec<ColorPresentation>> {
    snapshot.asked(&params.text_document.uri)?;
    let Color { red, green, blue, alpha } = params.color;
    let written = velox_ide::colors::presentations([red, green, blue, alpha]);
    let presentation = |label: String| ColorPresentation {
        text_edit: Some(TextEdit::new(params.range, label.clone())),
        label,
        additional_text_edits: None,
    };
    Ok(written.into_iter().map(presentation).collect())
}
