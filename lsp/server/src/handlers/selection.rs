//! `textDocument/selectionRange`.

use crate::snapshot::Snapshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{Range, SelectionRange, SelectionRangeParams};

/// Selections that grow, for each position.
pub(crate) fn selection(
    snapshot: &Snapshot,
    params: &SelectionRangeParams,
) -> Result<Option<Vec<SelectionRange>>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    let lines = &asked.open.lines;
    let grown = |position| {
        let spans = velox_ide::selection::selections(asked.document, lines.offset(position));
        let around = spans.into_iter().rev().fold(None, |parent: Option<Box<SelectionRange>>, span| {
            Some(Box::new(SelectionRange { range: lines.range(span), parent }))
        });
        around.map_or_else(
            || SelectionRange { range: Range::new(position, position), parent: None },
            |smallest| *smallest,
        )
    };
    Ok(Some(params.positions.iter().copied().map(grown).collect()))
}
