//! `textDocument/documentSymbol` and `workspace/symbol`.

use crate::positions::Lines;
use crate::snapshot::Snapshot;
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types as lsp;
use tower_lsp::lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation, Url,
    WorkspaceSymbolParams,
};
use velox_ide::symbols::{Symbol, SymbolKind};

/// The outline of a document.
pub(crate) fn outline(
    snapshot: &Snapshot,
    params: &DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>> {
    let uri = &params.text_document.uri;
    let asked = snapshot.asked(uri)?;
    let lines = &asked.open.lines;
    let symbols = velox_ide::symbols::outline(asked.document);
    Ok(Some(if snapshot.view.client.symbol_trees {
        DocumentSymbolResponse::Nested(symbols.into_iter().map(|symbol| nested(symbol, lines)).collect())
    } else {
        let mut flat = Vec::new();
        flatten(symbols, None, lines, uri, &mut flat);
        DocumentSymbolResponse::Flat(flat)
    }))
}

#[expect(deprecated, reason = "the field has to be there")]
fn nested(symbol: Symbol, lines: &Lines) -> DocumentSymbol {
    let children: Vec<_> = symbol.children.into_iter().map(|child| nested(child, lines)).collect();
    DocumentSymbol {
        name: symbol.name,
        detail: symbol.detail,
        kind: kind(symbol.kind),
        tags: None,
        deprecated: None,
        range: lines.range(symbol.span),
        selection_range: lines.range(symbol.focus),
        children: (!children.is_empty()).then_some(children),
    }
}

#[expect(deprecated, reason = "the field has to be there")]
fn flatten(
    symbols: Vec<Symbol>,
    container: Option<&str>,
    lines: &Lines,
    uri: &Url,
    out: &mut Vec<SymbolInformation>,
) {
    for symbol in symbols {
        let location = Location::new(uri.clone(), lines.range(symbol.span));
        out.push(SymbolInformation {
            name: symbol.name.clone(),
            kind: kind(symbol.kind),
            tags: None,
            deprecated: None,
            location,
            container_name: container.map(str::to_owned),
        });
        flatten(symbol.children, Some(&symbol.name), lines, uri, out);
    }
}

/// Names of all projects that match a query.
#[expect(deprecated, reason = "the field has to be there")]
pub(crate) fn search(
    snapshot: &Snapshot,
    params: &WorkspaceSymbolParams,
) -> Result<Option<Vec<SymbolInformation>>> {
    let mut out = Vec::new();
    for project in snapshot.view.projects.iter().filter(|project| !project.loose) {
        for found in velox_ide::symbols::search(&snapshot.db, project.project, &params.query) {
            let (Some(lines), Some(uri)) =
                (snapshot.lines_at(project, &found.path), snapshot.uri(project, &found.path))
            else {
                continue;
            };
            out.push(SymbolInformation {
                name: found.name,
                kind: kind(found.kind),
                tags: None,
                deprecated: None,
                location: Location::new(uri, lines.range(found.span)),
                container_name: found.container,
            });
        }
    }
    Ok(Some(out))
}

fn kind(kind: SymbolKind) -> lsp::SymbolKind {
    match kind {
        SymbolKind::Module => lsp::SymbolKind::MODULE,
        SymbolKind::Variable => lsp::SymbolKind::VARIABLE,
        SymbolKind::Constant => lsp::SymbolKind::CONSTANT,
        SymbolKind::Function => lsp::SymbolKind::FUNCTION,
        SymbolKind::Class | SymbolKind::Component => lsp::SymbolKind::CLASS,
        SymbolKind::Type => lsp::SymbolKind::INTERFACE,
        SymbolKind::Enum => lsp::SymbolKind::ENUM,
        SymbolKind::Element => lsp::SymbolKind::FIELD,
        SymbolKind::Slot => lsp::SymbolKind::PROPERTY,
        SymbolKind::Rule => lsp::SymbolKind::OBJECT,
        SymbolKind::Route => lsp::SymbolKind::NAMESPACE,
    }
}
