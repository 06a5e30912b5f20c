//! Finds what files import although the walk left it out: generated code that is ignored, and linked files.

use std::path::Path;
use velox_core::resolve::Resolution;
use velox_db::{Db, FileRole, Project, SourceFile, file_role, imports};

/// Files that a file imports, that the project does not list, and that are there.
#[must_use]
pub fn missing_imports(db: &dyn Db, project: Project, root: &Path, file: SourceFile) -> Vec<String> {
    if matches!(file_role(file.path(db), project.routes_directory(db)), FileRole::Json | FileRole::Other) {
        return Vec::new();
    }
    let resolutions = imports(db, project, file).values();
    let tried = resolutions.filter_map(|resolution| match resolution {
        Resolution::Missing(tried) => tried.iter().find(|path| root.join(path).is_file()),
        _ => None,
    });
    tried.cloned().collect()
}
