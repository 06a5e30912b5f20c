//! What all files say, gathered in buckets, so that an edit looks at one of them: part of the page of signatures.

#[allow(unused_imports, reason = "doc comments name them")]
use super::{client_roots, clients, global_names, imports, layouts_of, mode_facts, shown_pages, site_facts};
use crate::Db;
use crate::buckets as in_buckets;
use crate::inputs::{Project, SourceFile};
use crate::table::RouteEntry;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use velox_core::analyze::site::{Pages, SiteIndex};
use velox_core::effects::{ClientReason, ClientRoot};

/// The files of the project in buckets, in which what all files say is gathered. Invalidated when a file comes or goes.
#[salsa::tracked]
pub fn buckets(db: &dyn Db, project: Project) -> Vec<Vec<SourceFile>> {
    in_buckets::fill_buckets(db, project)
}

/// The files of a bucket: the firewall between [`buckets`] and one of them.
#[salsa::tracked]
pub fn bucket(db: &dyn Db, project: Project, at: u32) -> Vec<SourceFile> {
    buckets(db, project).get(at as usize).cloned().unwrap_or_default()
}

/// Pages, layouts and endpoints that files of a bucket import. Invalidated by [`imports`]; hardly ever another answer.
#[salsa::tracked]
pub fn bucket_imported_pages(db: &dyn Db, project: Project, at: u32) -> Vec<SourceFile> {
    in_buckets::find_imported_pages(db, project, at)
}

/// The routes among the files of a bucket. Invalidated by [`mode_facts`] and [`layouts_of`].
#[salsa::tracked]
pub fn bucket_routes(db: &dyn Db, project: Project, at: u32) -> FxHashMap<SourceFile, Arc<RouteEntry>> {
    in_buckets::find_routes(db, project, at)
}

/// The pages of the prerendered routes of a bucket, where [`shown_pages`] knows all of them.
#[salsa::tracked]
pub fn bucket_shown_pages(db: &dyn Db, project: Project, at: u32) -> FxHashMap<SourceFile, Pages> {
    in_buckets::find_shown_pages(db, project, at)
}

/// Why files of a bucket run in the browser: the firewall between [`clients`] and its files.
#[salsa::tracked]
pub fn bucket_client_reasons(db: &dyn Db, project: Project, at: u32) -> FxHashMap<SourceFile, ClientReason> {
    in_buckets::find_client_reasons(db, project, at)
}

/// The [`client_roots`] of the files of a bucket.
#[salsa::tracked]
pub fn bucket_client_roots(db: &dyn Db, project: Project, at: u32) -> Vec<ClientRoot> {
    in_buckets::gather_client_roots(db, project, at)
}

/// The cache tags of the files of a bucket. Invalidated by [`site_facts`].
#[salsa::tracked]
pub fn bucket_tags(db: &dyn Db, project: Project, at: u32) -> SiteIndex {
    in_buckets::gather_tags(db, project, at)
}

/// The [`global_names`] of the files of a bucket.
#[salsa::tracked]
pub fn bucket_globals(db: &dyn Db, project: Project, at: u32) -> Vec<String> {
    in_buckets::gather_globals(db, project, at)
}
