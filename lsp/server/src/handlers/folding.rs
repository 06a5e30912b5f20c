//! `textDocument/foldingRange`.

use crate::snapshot::Snapshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};
use velox_ide::folding::FoldKind;

/// What can be folded away.
pub(crate) fn folding(snapshot: &Snapshot, params: &FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    let lines = &asked.open.lines;
    let whole_lines = snapshot.view.client.line_folds;
    let folds = velox_ide::folding::folds(asked.document);
    let range = |fold: velox_ide::folding::Fold| {
        let range = lines.range(fold.span);
        (range.end.line > range.start.line).then(|| FoldingRange {
            start_line: range.start.line,
            start_character: (!whole_lines).then_some(range.start.character),
            end_line: range.end.line,
            end_character: (!whole_lines).then_some(range.end.character),
            kind: match fold.kind {
                FoldKind::Code => None,
                FoldKind::Comment => Some(FoldingRangeKind::Comment),
                FoldKind::Imports => Some(FoldingRangeKind::Imports),
                FoldKind::Region => Some(FoldingRangeKind::Region),
            },
            collapsed_text: None,
        })
    };
    Ok(Some(folds.into_iter().filter_map(range).collect()))
}
