//! `textDocument/diagnostic` and `workspace/diagnostic`: diagnostics for clients that ask.

use crate::convert;
use crate::diagnose::{crashed, diagnostics_of};
use crate::panics::{Trouble, caught};
use crate::settings::Scope;
use crate::snapshot::{Asked, OpenView, ProjectView, Snapshot, State};
use crate::uris::{Key, uri_of};
use rustc_hash::FxHasher;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use tower_lsp::jsonrpc::Result;
use tower_lsp::lsp_types::{
    Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Url,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use velox_db::{FileRole, SourceFile, file_role};
use velox_ide::Document;

/// What is wrong in a document.
pub(crate) fn document(
    snapshot: &Snapshot,
    params: &DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult> {
    let asked = snapshot.asked(&params.text_document.uri)?;
    let items = found_in(asked);
    let result_id = fingerprint(&items);
    let report = if params.previous_result_id.as_deref() == Some(&result_id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: Some(result_id),
                items,
            },
        })
    };
    Ok(DocumentDiagnosticReportResult::Report(report))
}

/// What is wrong in a document; a panic of its check is one of its findings.
fn found_in(asked: Asked<'_>) -> Vec<Diagnostic> {
    let found = match caught(|| diagnostics_of(asked)) {
        Ok(found) => found,
        Err(Trouble::Panic(said)) => vec![crashed(asked.document.path(), &said)],
        // The snapshot is to be given up, by whoever holds it.
        Err(Trouble::Cancelled) => std::panic::resume_unwind(Box::new(salsa::Cancelled::PendingWrite)),
    };
    found.iter().map(|found| convert::diagnostic(asked, found)).collect()
}

/// What is wrong in all files, where the user wants that; else nothing.
pub(crate) fn workspace(
    snapshot: &Snapshot,
    params: &WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReportResult> {
    let mut items = Vec::new();
    let before: HashMap<Url, String> =
        params.previous_result_ids.iter().map(|id| (id.uri.clone(), id.value.clone())).collect();
    if snapshot.view.settings.diagnostics.scope == Scope::Workspace {
        for (at, project) in snapshot.view.projects.iter().enumerate() {
            if !project.loose && project.state == State::Ready {
                of_project(snapshot, at, project, &before, &mut items);
            }
        }
    }
    Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items }))
}

fn of_project(
    snapshot: &Snapshot,
    at: usize,
    project: &ProjectView,
    before: &HashMap<Url, String>,
    reports: &mut Vec<WorkspaceDocumentDiagnosticReport>,
) {
    for (path, file) in checked_files(snapshot, project) {
        let Some(open) = open_or_not(snapshot, at, project, &path, file) else { continue };
        let document = Document::new(&snapshot.db, project.project, file);
        let asked = Asked { snapshot, project, open: &open, document };
        let items = found_in(asked);
        let result_id = fingerprint(&items);
        let version = snapshot.view.open.get(&Key::of(&open.uri)).map(|open| i64::from(open.version));
        let known = before.get(&open.uri);
        if known.is_none() && items.is_empty() {
            continue;
        }
        reports.push(if known == Some(&result_id) {
            WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                uri: open.uri.clone(),
                version,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
            })
        } else {
            WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
                uri: open.uri.clone(),
                version,
                full_document_diagnostic_report: FullDocumentDiagnosticReport {
                    result_id: Some(result_id),
                    items,
                },
            })
        });
    }
}

/// The files of a project that there is something to say about, by path.
pub(crate) fn checked_files(snapshot: &Snapshot, project: &ProjectView) -> Vec<(String, SourceFile)> {
    let routes = project.project.routes_directory(&snapshot.db);
    let mut files: Vec<(String, SourceFile)> = project
        .project
        .files(&snapshot.db)
        .sources
        .iter()
        .filter(|(path, _)| !matches!(file_role(path, routes), FileRole::Json | FileRole::Other))
        .map(|(path, file)| (path.clone(), *file))
        .collect();
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files
}

/// A file as if it were open.
pub(crate) fn open_or_not(
    snapshot: &Snapshot,
    at: usize,
    project: &ProjectView,
    path: &str,
    file: SourceFile,
) -> Option<OpenView> {
    let key = Key::File(project.root.join(path));
    if let Some(open) = snapshot.view.open.get(&key) {
        return Some(open.clone());
    }
    let lines = snapshot.lines_of(project, file);
    Some(OpenView { uri: uri_of(&project.root, path)?, version: 0, project: at, file, lines })
}

/// What tells answers apart: lines and columns count, as an edit of another file moves the places there that a finding points to.
fn fingerprint(items: &[Diagnostic]) -> String {
    let mut hasher = FxHasher::default();
    serde_json::to_string(items).unwrap_or_default().hash(&mut hasher);
    format!("{:x}", hasher.finish())
}
