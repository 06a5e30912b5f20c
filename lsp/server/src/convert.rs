//! Values of `velox_ide` and the compiler, as the protocol writes them. No decisions are made here.

use crate::snapshot::{Asked, ProjectView, Snapshot};
use std::collections::HashMap;
use tower_lsp::lsp_types as lsp;
use tower_lsp::lsp_types::Url;
use velox_diagnostics::{Code, Diagnostic, Severity};
use velox_ide::{Change, FileChange, Target, TextEdit, Use};

/// A diagnostic of the document that is asked about.
pub(crate) fn diagnostic(asked: Asked<'_>, found: &Diagnostic) -> lsp::Diagnostic {
    let Asked { snapshot, project, open, .. } = asked;
    let lines = match snapshot.lines_at(project, &found.file) {
        Some(lines) if found.file != asked.document.path() => lines,
        _ => open.lines.clone(),
    };
    let related = found.related.iter().filter_map(|related| {
        let lines = if related.file == asked.document.path() {
            open.lines.clone()
        } else {
            snapshot.lines_at(project, &related.file)?
        };
        let uri = if related.file == asked.document.path() {
            open.uri.clone()
        } else {
            snapshot.uri(project, &related.file)?
        };
        let location = lsp::Location::new(uri, lines.range(related.span));
        Some(lsp::DiagnosticRelatedInformation { location, message: related.message.clone() })
    });
    let related: Vec<_> = if snapshot.view.client.related || snapshot.view.client.pull {
        related.collect()
    } else {
        Vec::new()
    };
    let message = match &found.help {
        Some(help) => format!("{}\nhelp: {help}", found.message),
        None => found.message.clone(),
    };
    lsp::Diagnostic {
        range: lines.range(found.span),
        severity: Some(match found.severity {
            Severity::Error => lsp::DiagnosticSeverity::ERROR,
            Severity::Warning => lsp::DiagnosticSeverity::WARNING,
            Severity::Hint => lsp::DiagnosticSeverity::HINT,
        }),
        code: Some(lsp::NumberOrString::String(found.code.to_string())),
        code_description: crate::pages::address(found.code).map(|href| lsp::CodeDescription { href }),
        source: Some("velox".to_owned()),
        message,
        related_information: (!related.is_empty()).then_some(related),
        tags: tags(found.code),
        data: None,
    }
}

/// How a finding is shown beside its underline: what is unused is faded.
fn tags(code: Code) -> Option<Vec<lsp::DiagnosticTag>> {
    matches!(code, Code::UNUSED_IMPORT | Code::UNUSED_NAME | Code::UNUSED_IGNORE)
        .then(|| vec![lsp::DiagnosticTag::UNNECESSARY])
}

/// Edits of one file.
pub(crate) fn edits(lines: &crate::Lines, edits: &[TextEdit]) -> Vec<lsp::TextEdit> {
    edits.iter().map(|edit| lsp::TextEdit::new(lines.range(edit.span), edit.text.clone())).collect()
}

/// A change of several files. Versions come along, so that a client refuses it when a text is another by then.
pub(crate) fn change(
    snapshot: &Snapshot,
    project: &ProjectView,
    change: &Change,
) -> Option<lsp::WorkspaceEdit> {
    let mut operations = Vec::new();
    for file in &change.files {
        let operation = match file {
            FileChange::Create(path, _) => lsp::ResourceOp::Create(lsp::CreateFile {
                uri: snapshot.uri(project, path)?,
                options: Some(lsp::CreateFileOptions {
                    overwrite: Some(false),
                    ignore_if_exists: Some(false),
                }),
                annotation_id: None,
            }),
            FileChange::Rename(from, to) => lsp::ResourceOp::Rename(lsp::RenameFile {
                old_uri: snapshot.uri(project, from)?,
                new_uri: snapshot.uri(project, to)?,
                options: Some(lsp::RenameFileOptions {
                    overwrite: Some(false),
                    ignore_if_exists: Some(false),
                }),
                annotation_id: None,
            }),
        };
        operations.push((file, lsp::DocumentChangeOperation::Op(operation)));
    }
    let mut texts: Vec<(Url, Option<i32>, Vec<lsp::TextEdit>)> = Vec::new();
    for (path, all) in &change.edits {
        let lines = snapshot.lines_at(project, path)?;
        let uri = snapshot.uri(project, path)?;
        let version = snapshot.view.open.get(&crate::uris::Key::of(&uri)).map(|open| open.version);
        texts.push((uri, version, edits(&lines, all)));
    }
    if !snapshot.view.client.file_edits && change.files.is_empty() {
        let changes: HashMap<Url, Vec<lsp::TextEdit>> =
            texts.into_iter().map(|(uri, _, edits)| (uri, edits)).collect();
        return Some(lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() });
    }
    let edit = |uri: Url, version: Option<i32>, edits: Vec<lsp::TextEdit>| {
        lsp::DocumentChangeOperation::Edit(lsp::TextDocumentEdit {
            text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version },
            edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
        })
    };
    // Texts first, by their paths before; then what happens to the files.
    let mut all: Vec<lsp::DocumentChangeOperation> =
        texts.into_iter().map(|(uri, version, edits)| edit(uri, version, edits)).collect();
    for (file, operation) in operations {
        all.push(operation);
        if let FileChange::Create(path, text) = file {
            let whole = lsp::TextEdit::new(lsp::Range::default(), text.clone());
            all.push(edit(snapshot.uri(project, path)?, None, vec![whole]));
        }
    }
    Some(lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Operations(all)),
        ..lsp::WorkspaceEdit::default()
    })
}

/// Places that a name leads to.
pub(crate) fn targets(asked: Asked<'_>, targets: Vec<Target>) -> Option<lsp::GotoDefinitionResponse> {
    let Asked { snapshot, project, open, .. } = asked;
    let mut links = Vec::new();
    for target in targets {
        let (Some(lines), Some(uri)) =
            (snapshot.lines_at(project, &target.path), snapshot.uri(project, &target.path))
        else {
            // A file without text, such as an image, is opened at its start.
            if let Some(uri) = snapshot.uri(project, &target.path) {
                links.push(lsp::LocationLink {
                    origin_selection_range: target.origin.map(|span| open.lines.range(span)),
                    target_uri: uri,
                    target_range: lsp::Range::default(),
                    target_selection_range: lsp::Range::default(),
                });
            }
            continue;
        };
        links.push(lsp::LocationLink {
            origin_selection_range: target.origin.map(|span| open.lines.range(span)),
            target_uri: uri,
            target_range: lines.range(target.span),
            target_selection_range: lines.range(target.focus),
        });
    }
    if links.is_empty() {
        return None;
    }
    if snapshot.view.client.location_links {
        return Some(lsp::GotoDefinitionResponse::Link(links));
    }
    let places =
        links.into_iter().map(|link| lsp::Location::new(link.target_uri, link.target_selection_range));
    Some(lsp::GotoDefinitionResponse::Array(places.collect()))
}

/// A place that uses a name.
pub(crate) fn location(snapshot: &Snapshot, project: &ProjectView, at: &Use) -> Option<lsp::Location> {
    let lines = snapshot.lines_at(project, &at.path)?;
    Some(lsp::Location::new(snapshot.uri(project, &at.path)?, lines.range(at.span)))
}

/// Words in Markdown.
pub(crate) fn markdown(value: String) -> lsp::MarkupContent {
    lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value }
}
