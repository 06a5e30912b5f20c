//! What is asked of a file in its project: part of the page of signatures.
//!
//! Salsa keeps a table for each query of two arguments, in which it finds a number for them: here there is one for all such queries
//! ([`Place`]), since they are asked of most files, and most of them several times.

#[allow(unused_imports, reason = "doc comments name them")]
use super::{
    clients, exported_names, hook_functions, hook_graph, hook_reads, module_graph, request_graph, site_index,
    specifiers,
};
use crate::Db;
use crate::check::Alone;
use crate::inputs::{Project, SourceFile};
use crate::place::Place;
use crate::scripts::PageScript;
use crate::values::StyleSheet;
use crate::{effects, table};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use velox_core::analyze::names::{AllExports, KnownParams};
use velox_core::analyze::site::{LinkPath, SiteFacts, SiteUses};
use velox_core::analyze::{ModeFacts, Page};
use velox_core::effects::{ClientReason, ClientRoot, FileLinks, FileUses, ImportedHook, Reached};
use velox_core::emit::Emitted;
use velox_core::resolve::Resolution;
use velox_diagnostics::Diagnostic;
use velox_script::HookCall;

/// Each a doc comment, a signature and a call, which is given the database, the project and the file; all are `salsa::tracked`.
macro_rules! of_file {
    ($($(#[doc = $doc:literal])+ $shown:vis fn $name:ident(project, file $(; lru = $lru:literal)?) -> $value:ty = $call:path;)+) => {$(
        $(#[doc = $doc])+
        $shown fn $name(db: &dyn Db, project: Project, file: SourceFile) -> &$value {
            $name::$name(db, Place::of(db, project, file))
        }

        mod $name {
            use super::*;

            #[salsa::tracked($(lru = $lru)?)]
            pub(super) fn $name<'db>(db: &'db dyn Db, place: Place<'db>) -> $value {
                $call(db, *place.project(db), *place.file(db))
            }

            $(
                /// Sets how many values are kept.
                pub(super) fn keep(db: &mut dyn Db, count: usize) {
                    const _: usize = $lru;
                    $name::set_lru_capacity(db, count);
                }
            )?
        }
    )+};
}

of_file! {
    /// Where each import of a file leads. Invalidated by [`specifiers`], and when a file comes or goes.
    pub fn imports(project, file) -> FxHashMap<String, Resolution> = table::resolve_imports;

    /// What a `.velox` file says of itself.
    pub fn page(project, file) -> Page = table::read_page;

    /// What of a file decides on modes, what it reaches through imports included: the firewall before the route table, as it holds no
    /// positions.
    pub fn mode_facts(project, file) -> ModeFacts = effects::joined_mode_facts;

    /// What each function of a file uses, without positions: the firewall before [`request_graph`]. Invalidated by the file's text.
    pub(crate) fn file_uses(project, file) -> FileUses = effects::uses_of;

    /// Which modules a file loads, without positions: the firewall before [`module_graph`] and [`clients`]. Invalidated by the file's text.
    pub(crate) fn file_links(project, file) -> FileLinks = effects::links_of;

    /// The modules that are the page's `<script>` elements. Invalidated by the file's text, and when a file comes or goes.
    pub fn page_scripts(project, file; lru = 512) -> Vec<PageScript> = crate::scripts::find_scripts;

    /// What a page, layout or component uses that reaches the request through imports: the firewall between [`request_graph`] and a page.
    pub(crate) fn reached(project, file) -> Vec<Reached> = effects::find_reached;

    /// Where code of a file begins to run in the browser, without positions: the firewall before [`clients`].
    pub(crate) fn client_roots(project, file) -> Vec<ClientRoot> = effects::find_client_roots;

    /// Why a file runs in the browser.
    pub(crate) fn client_reason(project, file) -> Option<ClientReason> = effects::find_client_reason;

    /// The layouts around a page, outermost first (language.md L1). Invalidated by the page's `layout` and by files that come or go.
    pub fn layouts_of(project, file) -> Vec<SourceFile> = table::find_layouts;

    /// What a file exports, `export *` followed. Invalidated by [`exported_names`] along the way.
    pub fn all_exports(project, file) -> AllExports = crate::names::follow_exports;

    /// The hooks that a file imports from files of the project, without positions: the firewall between [`hook_graph`] and a file.
    pub(crate) fn imported_hooks(project, file) -> Vec<ImportedHook> = crate::hooks::find_imported_hooks;

    /// The calls of hooks in a module or a server block, relative to it. Invalidated by [`hook_reads`] and [`imported_hooks`].
    pub fn hook_calls(project, file; lru = 512) -> Vec<HookCall> = crate::hooks::find_hook_calls;

    /// The params that a file may be given: the firewall behind the route table for a file that reads params.
    pub fn route_params(project, file) -> Option<KnownParams> = crate::names::find_params;

    /// The style sheets that a `.velox` file brings along, compiled.
    pub fn style_sheets(project, file) -> Vec<StyleSheet> = crate::emission::sheets_of;

    /// The code of a file for the server. Ask only where [`check_file`] found no error.
    pub fn emit(project, file) -> Emitted = crate::emission::emit_file;

    /// The code of a file for the browser. Ask only where [`check_file`] found no error.
    pub fn emit_client(project, file) -> Emitted = crate::emission::emit_client_file;

    /// What is wrong in a file, without the project's routes. Invalidated by its text, by the configuration and by what others export.
    pub fn check_alone(project, file) -> Alone = crate::check::check_alone;

    /// What a file says of links, tags and paths, with places. Invalidated by the file's text.
    pub fn site_uses(project, file) -> SiteUses = crate::site::read_file;

    /// What it says of tags, without places: the firewall before [`site_index`]. Invalidated by [`site_uses`].
    pub fn site_facts(project, file) -> SiteFacts = crate::site::facts_of_file;

    /// The paths of this site that a file names, without places. Asked only for [`unlinked`](crate::unlinked) routes. Invalidated by the
    /// file's text and the configured origin.
    pub fn site_paths(project, file) -> Vec<LinkPath> = crate::site::paths_of_file;

    /// Everything that is wrong in a file but for what comes of imports that lead from the browser to it, sorted by place. Of a page it
    /// holds without a look after an edit of a page that it has nothing to do with.
    pub(crate) fn check_placed(project, file) -> Arc<[Diagnostic]> = crate::check::check_placed;

    /// Everything that is wrong in a file, sorted by place. The one point where problems become diagnostics with file offsets.
    pub fn check_file(project, file) -> Arc<[Diagnostic]> = crate::check::check;
}

/// Sets how many values are kept of queries that forget what was not asked for a while; 0 for all.
pub(super) fn keep(db: &mut dyn Db, count: usize) {
    page_scripts::keep(db, count);
    hook_calls::keep(db, count);
}
