//! `textDocument/formatting` and `rangeFormatting`.

use super::rename::refused;
use crate::convert::edits;
use crate::snapshot::Snapshot;
use crate::uris::path_of;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{DocumentFormattingParams, DocumentRangeFormattingParams, TextEdit, Url};

/// The edits that format a document. One that cannot be formatted is left alone, with a message: silence would look like a bug.
pub(crate) fn whole(snapshot: &Snapshot, params: &DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    if !snapshot.view.settings.format.enable {
        return Ok(None);
    }
    let configs = EditorConfigs::around(&params.text_document.uri);
    let found = velox_ide::format::format(asked.document, &configs.borrowed()).map_err(refused)?;
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
    let configs = EditorConfigs::around(&params.text_document.uri);
    let span = lines.span(params.range);
    let found =
        velox_ide::format::format_range(asked.document, span, &configs.borrowed()).map_err(refused)?;
    Ok(Some(edits(lines, &found)))
}

/// The `.editorconfig` files around a file, the nearest first: the file's path from there, and the text.
struct EditorConfigs(Vec<(String, String)>);

impl EditorConfigs {
    fn around(uri: &Url) -> Self {
        let Some(file) = path_of(uri) else { return Self(Vec::new()) };
        let found = file.ancestors().skip(1).filter_map(|folder| {
            let text = velox_disk::read_text(&folder.join(".editorconfig")).ok()?;
            Some((velox_disk::relative(folder, &file).ok()?, text))
        });
        Self(found.collect())
    }

    fn borrowed(&self) -> Vec<(&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
    }
}
