//! VX0422: which modules that make a `QueryClient` run on the server (runtime QRY-2). A module that runs in the browser may make one.

use crate::Db;
use crate::effects::{Linked, source_of};
use crate::inputs::{Project, SourceFile};
use crate::kind::FileRole;
use crate::queries::{file_links, role};
use rustc_hash::{FxHashMap, FxHashSet};
use velox_core::effects::{
    Modules, is_server_only_path, may_share_clients, shared_client_diagnostic, shared_clients,
};
use velox_diagnostics::Diagnostic;

/// Checks a file that does not run in the browser.
pub(crate) fn check(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    role: FileRole,
    found: &mut Vec<Diagnostic>,
) {
    // A server block runs for each request.
    let module =
        matches!(role, FileRole::Module | FileRole::Endpoint | FileRole::Middleware | FileRole::TsxPage);
    if !module || !may_share_clients(file_links(db, project, file)) || !runs_on_server(db, project, file) {
        return;
    }
    if let Some(source) = source_of(db, project, file) {
        let path = file.path(db);
        found.extend(shared_clients(&source).into_iter().map(|span| shared_client_diagnostic(path, span)));
    }
}

fn is_root(db: &dyn Db, project: Project, file: SourceFile) -> bool {
    let root = matches!(
        role(db, project, file),
        FileRole::Velox(_) | FileRole::TsxPage | FileRole::Endpoint | FileRole::Middleware
    );
    root || is_server_only_path(file.path(db))
}

/// Whether something that runs on the server loads a file. Asked of the few modules that make a client.
fn runs_on_server(db: &dyn Db, project: Project, file: SourceFile) -> bool {
    if is_root(db, project, file) {
        return true;
    }
    let linked = Linked { db, project };
    let mut importers: FxHashMap<&str, Vec<SourceFile>> = FxHashMap::default();
    for other in project.files(db).sources.values() {
        let path = other.path(db);
        for load in &file_links(db, project, *other).loads {
            if let Some(target) = Modules::target(&linked, path, &load.specifier) {
                importers.entry(target).or_default().push(*other);
            }
        }
    }
    let mut open = vec![file];
    let mut seen: FxHashSet<SourceFile> = FxHashSet::default();
    while let Some(at) = open.pop() {
        for importer in importers.get(at.path(db)).into_iter().flatten() {
            if is_root(db, project, *importer) {
                return true;
            }
            if seen.insert(*importer) {
                open.push(*importer);
            }
        }
    }
    false
}
