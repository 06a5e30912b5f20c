//! Which modules are written for preact: those with elements that import it, and what they import in turn.
//!
//! The renderer to strings calls components as functions, which a hook of preact would not survive.

use crate::Db;
use crate::inputs::{Project, SourceFile};
use crate::kind::FileRole;
use crate::queries::{file_links, imports, role};
use rustc_hash::{FxHashMap, FxHashSet};
use velox_core::resolve::Resolution;

/// Paths of the modules whose elements are vnodes on the server.
pub(crate) fn find_vnode_modules(db: &dyn Db, project: Project) -> FxHashSet<String> {
    let sources = &project.files(db).sources;
    // Plain modules hand on what they import: a hook of one's own makes its component one of preact's.
    let mut importers: FxHashMap<&str, Vec<SourceFile>> = FxHashMap::default();
    let mut work: Vec<SourceFile> = Vec::new();
    for file in sources.values().copied().filter(|file| role(db, project, *file) == FileRole::Module) {
        for specifier in loaded(db, project, file) {
            if is_preact(specifier) {
                work.push(file);
            } else if let Some(Resolution::File(path)) = imports(db, project, file).get(specifier) {
                importers.entry(path).or_default().push(file);
            }
        }
    }
    let mut reached: FxHashSet<SourceFile> = FxHashSet::default();
    let mut found: Vec<SourceFile> = Vec::new();
    while let Some(file) = work.pop() {
        if !reached.insert(file) {
            continue;
        }
        if has_elements(file.path(db)) {
            found.push(file);
        } else {
            work.extend(importers.get(file.path(db)).into_iter().flatten());
        }
    }
    // What such a component renders is rendered with it.
    let mut all: FxHashSet<String> = FxHashSet::default();
    let mut seen: FxHashSet<SourceFile> = FxHashSet::default();
    while let Some(file) = found.pop() {
        if !seen.insert(file) || role(db, project, file) != FileRole::Module {
            continue;
        }
        if has_elements(file.path(db)) {
            all.insert(file.path(db).to_owned());
        }
        for target in imports(db, project, file).values() {
            if let Resolution::File(path) = target {
                found.extend(sources.get(path));
            }
        }
    }
    all
}

/// The specifiers that a module loads or hands on.
pub(crate) fn loaded(db: &dyn Db, project: Project, file: SourceFile) -> impl Iterator<Item = &String> {
    let links = file_links(db, project, file);
    let loads = links.loads.iter().map(|load| &load.specifier);
    loads.chain(links.from.iter().map(|(_, specifier, _)| specifier)).chain(&links.stars)
}

fn has_elements(path: &str) -> bool {
    path.ends_with(".tsx") || path.ends_with(".jsx")
}

fn is_preact(specifier: &str) -> bool {
    ["preact", "@preact/signals"].iter().any(|package| {
        specifier.strip_prefix(package).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}
