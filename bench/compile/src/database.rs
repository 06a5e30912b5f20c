//! The same work through the incremental database, from a fresh one: what a cold command does, on one thread.

use crate::pipeline::Compiled;
use velox_core::emit::source_map;
use velox_db::{Database, FileSystem, SourceFile, check_file, emit, load_project};
use velox_diagnostics::{Diagnostic, Severity};

/// Loads a project, and emits some of its files with their source maps; with `check` each is also checked.
///
/// # Errors
/// The first error in one of the files, or a file that is not there.
pub fn build(files: &dyn FileSystem, paths: &[&str], check: bool) -> Result<Vec<Compiled>, String> {
    let db = Database::default();
    let project = load_project(&db, files).project;
    let mut compiled = Vec::with_capacity(paths.len());
    for path in paths {
        let file = find(&db, project, path)?;
        if check && let Some(error) = first_error(check_file(&db, project, file)) {
            return Err(error);
        }
        let emitted = emit(&db, project, file);
        let name = path.rsplit('/').next().unwrap_or(path);
        let map = source_map(&format!("{name}.js"), name, file.text(&db), &emitted.code, &emitted.mappings);
        compiled.push(Compiled { code: emitted.code.clone(), map });
    }
    Ok(compiled)
}

/// Loads a project and checks some of its files. Gives the number of all findings.
///
/// # Errors
/// The first error in one of the files, or a file that is not there.
pub fn check(files: &dyn FileSystem, paths: &[&str]) -> Result<usize, String> {
    let db = Database::default();
    let project = load_project(&db, files).project;
    let mut findings = 0;
    for path in paths {
        let found = check_file(&db, project, find(&db, project, path)?);
        if let Some(error) = first_error(found) {
            return Err(error);
        }
        findings += found.len();
    }
    Ok(findings)
}

fn find(db: &Database, project: velox_db::Project, path: &str) -> Result<SourceFile, String> {
    project.files(db).sources.get(path).copied().ok_or_else(|| format!("{path}: no such file"))
}

fn first_error(found: &[Diagnostic]) -> Option<String> {
    let error = found.iter().find(|found| found.severity == Severity::Error)?;
    Some(format!("{}: {} at {}: {}", error.file, error.code, error.span.start, error.message))
}
