//! The project's files in buckets, and what is gathered from the files of one: so that of what is gathered from all files an edit
//! looks at a bucket and at the number of the others, not at each file.
//!
//! Which bucket a file is in has no meaning, and nothing here has positions. Who gathers the buckets sorts. What is asked of all files
//! about one place in the gathered value (the route that a file is, why it runs in the browser) is asked of its bucket too: that
//! of most files holds after an edit without a look.

use crate::Db;
use crate::effects::is_entry;
use crate::inputs::{Project, SourceFile};
use crate::kind::FileRole;
use crate::queries::{
    bucket, bucket_routes, bucket_shown_pages, buckets, client_roots, clients, global_names, imports,
    layouts_of, mode_facts, role, shown_pages, site_facts,
};
use crate::table::{RouteEntry, is_served, route_files};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use velox_core::analyze::site::{Pages, SiteIndex, page_segments};
use velox_core::analyze::{Cause, Mode, ModeFacts, infer_mode};
use velox_core::effects::{ClientReason, ClientRoot};
use velox_core::resolve::Resolution;
use velox_core::route::{Route, RouteKind};

/// How many files a bucket holds, about.
const FILES: usize = 64;
/// How many buckets there are at most.
const MOST: usize = 1024;

pub(crate) fn fill_buckets(db: &dyn Db, project: Project) -> Vec<Vec<SourceFile>> {
    let mut files: Vec<SourceFile> = project.files(db).sources.values().copied().collect();
    files.retain(|file| !matches!(role(db, project, *file), FileRole::Json));
    files.sort_by_key(|file| file.path(db));
    let count = (files.len() / FILES).next_power_of_two().min(MOST);
    let mut buckets = vec![Vec::new(); count];
    for file in files {
        buckets[place(file.path(db), count)].push(file);
    }
    buckets
}

/// By the path: a file that comes or goes leaves the others where they are.
fn place(path: &str, count: usize) -> usize {
    let mut hasher = FxHasher::default();
    path.hash(&mut hasher);
    // The upper bits are the well mixed ones.
    (hasher.finish() >> 32) as usize % count
}

/// The number of the bucket that a file of the project is in.
pub(crate) fn number_of(db: &dyn Db, project: Project, file: SourceFile) -> u32 {
    place(file.path(db), buckets(db, project).len()) as u32
}

/// The numbers of the buckets.
pub(crate) fn numbers(db: &dyn Db, project: Project) -> std::ops::Range<u32> {
    0..buckets(db, project).len() as u32
}

/// Pages, layouts and endpoints that files of a bucket import.
pub(crate) fn find_imported_pages(db: &dyn Db, project: Project, at: u32) -> Vec<SourceFile> {
    let sources = &project.files(db).sources;
    let mut found: Vec<SourceFile> = Vec::new();
    for file in bucket(db, project, at) {
        if role(db, project, *file) == FileRole::Other {
            continue;
        }
        for target in imports(db, project, *file).values() {
            if let Resolution::File(target) = target
                && let Some(target) = sources.get(target)
                && is_entry(role(db, project, *target))
            {
                found.push(*target);
            }
        }
    }
    found.sort_by_key(|file| file.path(db));
    found.dedup();
    found
}

/// The routes among the files of a bucket.
pub(crate) fn find_routes(db: &dyn Db, project: Project, at: u32) -> FxHashMap<SourceFile, Arc<RouteEntry>> {
    let files = route_files(db, project);
    let is_served = is_served(db, project);
    let entries = bucket(db, project, at).iter().filter_map(|file| {
        let route = files.route(file.path(db)).filter(&is_served)?;
        Some((*file, Arc::new(entry(db, project, route, *file))))
    });
    entries.collect()
}

fn entry(db: &dyn Db, project: Project, route: Route, source: SourceFile) -> RouteEntry {
    if route.kind == RouteKind::Endpoint {
        let (mode, cause) = (Mode::Ssr, Cause::Endpoint);
        return RouteEntry { route, source, mode, cause, layouts: Vec::new(), has_paths: false };
    }
    let layouts = layouts_of(db, project, source).clone();
    let own = mode_facts(db, project, source);
    let mut layers: Vec<(&str, &ModeFacts)> = vec![(source.path(db), own)];
    layers.extend(layouts.iter().map(|layout| (layout.path(db), mode_facts(db, project, *layout))));
    let (mode, cause) = infer_mode(route.pattern.is_dynamic(), &layers);
    RouteEntry { route, source, mode, cause, layouts, has_paths: own.paths }
}

/// The pages of the prerendered routes of a bucket, where `paths` shows all of them.
pub(crate) fn find_shown_pages(db: &dyn Db, project: Project, at: u32) -> FxHashMap<SourceFile, Pages> {
    let routes = bucket_routes(db, project, at).values();
    let prerendered = routes.filter(|entry| entry.has_paths && entry.mode == Mode::Ssg);
    let shown = prerendered.filter_map(|entry| {
        let pages = shown_pages(db, entry.source).as_ref()?;
        let pages: Option<Pages> =
            pages.iter().map(|params| page_segments(&entry.route.pattern, params)).collect();
        Some((entry.source, pages?))
    });
    shown.collect()
}

/// Where code of the files of a bucket begins to run in the browser.
pub(crate) fn gather_client_roots(db: &dyn Db, project: Project, at: u32) -> Vec<ClientRoot> {
    bucket(db, project, at).iter().flat_map(|file| client_roots(db, project, *file)).cloned().collect()
}

/// Why files of a bucket run in the browser, those that are imported there.
pub(crate) fn find_client_reasons(
    db: &dyn Db,
    project: Project,
    at: u32,
) -> FxHashMap<SourceFile, ClientReason> {
    let clients = clients(db, project);
    bucket(db, project, at).iter().filter_map(|file| Some((*file, clients.reason(file.path(db))?))).collect()
}

/// The route that a file is, if it is one.
pub(crate) fn route_entry(db: &dyn Db, project: Project, file: SourceFile) -> Option<&RouteEntry> {
    bucket_routes(db, project, number_of(db, project, file)).get(&file).map(|entry| &**entry)
}

/// The pages that a route shows, if it shows them.
pub(crate) fn shown_pages_of(db: &dyn Db, project: Project, file: SourceFile) -> Option<&Pages> {
    bucket_shown_pages(db, project, number_of(db, project, file)).get(&file)
}

/// The tags that `fetch`es of a bucket carry.
pub(crate) fn gather_tags(db: &dyn Db, project: Project, at: u32) -> SiteIndex {
    SiteIndex::new(bucket(db, project, at).iter().map(|file| site_facts(db, project, *file)))
}

/// Values that files of a bucket declare for the whole project.
pub(crate) fn gather_globals(db: &dyn Db, project: Project, at: u32) -> Vec<String> {
    let mut names: Vec<String> =
        bucket(db, project, at).iter().flat_map(|file| global_names(db, *file)).cloned().collect();
    names.sort_unstable();
    names.dedup();
    names
}
