//! Which modules use `@velox/query`, themselves or by what they import: what an island of one shows may be data of the page's
//! rendering, whose time the browser has to know (runtime.md QRY-6).

use crate::Db;
use crate::inputs::{Project, SourceFile};
use crate::queries::{imports, shared_files};
use crate::vnodes::loaded;
use rustc_hash::{FxHashMap, FxHashSet};
use velox_core::resolve::Resolution;

/// Paths of the modules that use queries. Asked for by builds alone.
#[must_use]
pub fn query_users(db: &dyn Db, project: Project) -> FxHashSet<String> {
    let mut importers: FxHashMap<&str, Vec<SourceFile>> = FxHashMap::default();
    let mut work: Vec<SourceFile> = Vec::new();
    for file in shared_files(db, project).iter().copied() {
        for specifier in loaded(db, project, file) {
            if specifier == "@velox/query" {
                work.push(file);
            } else if let Some(Resolution::File(path)) = imports(db, project, file).get(specifier) {
                importers.entry(path).or_default().push(file);
            }
        }
    }
    let mut users: FxHashSet<String> = FxHashSet::default();
    while let Some(file) = work.pop() {
        let path = file.path(db);
        if users.insert(path.to_owned()) {
            work.extend(importers.get(path).into_iter().flatten());
        }
    }
    users
}
