//! The cache tags of a route, as far as they stand in the sources: those of each `fetch` in its page, its layouts and what they
//! import. What is put together at run time is shown with its holes, `post:${…}`. Reads the database only.

use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use velox_core::resolve::Resolution;
use velox_db::{Db, Project, RouteEntry, SourceFile, imports, site_facts};

/// The tags that a route's page can carry, sorted. More may come from data that no source names.
pub(crate) fn static_tags(db: &dyn Db, project: Project, entry: &RouteEntry) -> Vec<String> {
    let mut tags = BTreeSet::new();
    let mut seen: FxHashSet<SourceFile> = FxHashSet::default();
    let mut work = vec![entry.source];
    work.extend(&entry.layouts);
    while let Some(file) = work.pop() {
        if !seen.insert(file) {
            continue;
        }
        tags.extend(site_facts(db, project, file).carried.iter().map(|tag| tag.shown()));
        for target in imports(db, project, file).values() {
            let Resolution::File(path) = target else { continue };
            work.extend(project.files(db).sources.get(path).filter(|_| !path.ends_with(".json")));
        }
    }
    tags.into_iter().collect()
}
