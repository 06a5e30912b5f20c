//! `textDocument/documentLink`.

use crate::snapshot::Snapshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{DocumentLink, DocumentLinkParams, Url};
use velox_ide::links::LinkTarget;

/// The links of a document.
pub(crate) fn links(snapshot: &Snapshot, params: &DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    let lines = &asked.open.lines;
    let link = |link: velox_ide::links::Link| {
        let target = match link.target {
            LinkTarget::File(path) => snapshot.uri(asked.project, &path)?,
            LinkTarget::Web(address) => Url::parse(&address).ok()?,
        };
        Some(DocumentLink {
            range: lines.range(link.span),
            target: Some(target),
            tooltip: link.tooltip,
            data: None,
        })
    };
    Ok(Some(velox_ide::links::links(asked.document).into_iter().filter_map(link).collect()))
}
