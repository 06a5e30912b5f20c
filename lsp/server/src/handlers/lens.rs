//! `textDocument/codeLens` and `codeLens/resolve`.

use crate::convert::location;
use crate::snapshot::{Asked, Snapshot};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{CodeLens, CodeLensParams, Command, Url};
use velox_ide::Use;
use velox_ide::lens::{Lens, LensTitle};

/// The lenses of a document; links are counted when they are shown.
pub(crate) fn lenses(snapshot: &Snapshot, params: &CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
    let uri = &params.text_document.uri;
    let asked = snapshot.asked(uri)?;
    let settings = &snapshot.view.settings.code_lens;
    if !crate::diagnose::is_complete(snapshot, asked.open.project) {
        return Ok(None);
    }
    let lens = |lens: Lens| {
        let range = asked.open.lines.range(lens.span);
        let (command, data) = match lens.title {
            LensTitle::Route { text, url } => {
                let command = match url {
                    Some(url) => Command::new(text, "velox.openRoute".to_owned(), Some(vec![json!(url)])),
                    None => Command::new(text, String::new(), None),
                };
                (Some(command), None)
            }
            LensTitle::Links { uses: Some(uses) } => (Some(links(asked, &uses, range.start)), None),
            LensTitle::Links { uses: None } => (None, Some(json!({ "uri": uri }))),
        };
        CodeLens { range, command, data }
    };
    let wanted = |lens: &Lens| match lens.title {
        LensTitle::Route { .. } => settings.route,
        LensTitle::Links { .. } => settings.links,
    };
    Ok(Some(velox_ide::lens::lenses(asked.document).into_iter().filter(wanted).map(lens).collect()))
}

/// Counts the links to a route.
pub(crate) fn resolve(snapshot: &Snapshot, lens: &CodeLens) -> Result<CodeLens> {
    let mut lens = lens.clone();
    let uri = lens.data.as_ref().and_then(|data| data.get("uri")).and_then(Value::as_str);
    if let Some(uri) = uri.and_then(|uri| Url::parse(uri).ok()) {
        let asked = snapshot.asked(&uri)?;
        let uses = velox_ide::lens::links_to(asked.document);
        lens.command = Some(links(asked, &uses, lens.range.start));
    }
    Ok(lens)
}

fn links(asked: Asked<'_>, uses: &[Use], at: tower_lsp::lsp_types::Position) -> Command {
    let title = match uses.len() {
        0 => "no links here".to_owned(),
        1 => "1 link here".to_owned(),
        many => format!("{many} links here"),
    };
    if uses.is_empty() {
        return Command::new(title, String::new(), None);
    }
    let places: Vec<_> = uses.iter().filter_map(|at| location(asked.snapshot, asked.project, at)).collect();
    // The command by which editors show a list of places.
    let arguments = vec![json!(asked.open.uri), json!(at), json!(places)];
    Command::new(title, "velox.showReferences".to_owned(), Some(arguments))
}
