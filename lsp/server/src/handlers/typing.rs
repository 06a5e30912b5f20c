//! What an editor asks while one types: linked names, `onTypeFormatting`, and closing tags (`velox/closingTag`).

use crate::convert::edits;
use crate::snapshot::Snapshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    DocumentOnTypeFormattingParams, LinkedEditingRangeParams, LinkedEditingRanges,
    TextDocumentPositionParams, TextEdit,
};
use velox_ide::on_type::Indentation;

/// The names of a tag pair.
pub(crate) fn linked(
    snapshot: &Snapshot,
    params: &LinkedEditingRangeParams,
) -> Result<Option<LinkedEditingRanges>> {
    let at = &params.text_document_position_params;
    let asked = snapshot.asked(&at.text_document.uri)?;
    let lines = &asked.open.lines;
    let names = velox_ide::linked::linked_names(asked.document, lines.offset(at.position));
    Ok(names.map(|names| LinkedEditingRanges {
        ranges: names.map(|span| lines.range(span)).to_vec(),
        word_pattern: Some("[-_.:$A-Za-z0-9\\u00C0-\\uFFFF]*".to_owned()),
    }))
}

/// The edits after a character was typed.
pub(crate) fn typed(
    snapshot: &Snapshot,
    params: &DocumentOnTypeFormattingParams,
) -> Result<Option<Vec<TextEdit>>> {
    let at = &params.text_document_position;
    let asked = snapshot.asked(&at.text_document.uri)?;
    let Some(character) = params.ch.chars().next() else { return Ok(None) };
    let indentation =
        Indentation { size: params.options.tab_size.max(1), spaces: params.options.insert_spaces };
    let lines = &asked.open.lines;
    let found = velox_ide::on_type::typed(asked.document, lines.offset(at.position), character, indentation);
    Ok((!found.is_empty()).then(|| edits(lines, &found)))
}

/// What is inserted after `>`, `/` or `=`.
pub(crate) fn closing_tag(
    snapshot: &Snapshot,
    params: &TextDocumentPositionParams,
) -> Result<Option<String>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    Ok(velox_ide::on_type::closing_tag(asked.document, asked.open.lines.offset(params.position)))
}
