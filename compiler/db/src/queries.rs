//! The whole compiler as one page of documented signatures. Each query is a doc comment, an attribute and a call.
//!
//! Spans inside are relative to their regions; [`check_file`] and [`emit`] turn them into file offsets.

mod gathered;
mod of_file;

pub(crate) use gathered::{
    bucket, bucket_client_reasons, bucket_client_roots, bucket_globals, bucket_imported_pages, bucket_routes,
    bucket_shown_pages, bucket_tags, buckets,
};

pub use of_file::{
    all_exports, check_alone, check_file, emit, emit_client, hook_calls, imports, layouts_of, mode_facts,
    page, page_scripts, route_params, site_facts, site_paths, site_uses, style_sheets,
};
pub(crate) use of_file::{
    check_placed, client_reason, client_roots, file_links, file_uses, imported_hooks, reached,
};

use crate::components::ProjectComponent;
use crate::inputs::{Project, SourceFile};
use crate::kind::{FileRole, file_role};
use crate::parsed::{self, BlockText, Part, Template, code_facts};
use crate::project::{ProjectFacts, read_project};
use crate::table::{RouteTable, build_table};
pub use crate::values::{Block, Params, Script, StyleSheet};
use crate::{Db, effects, table};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use velox_core::analyze::TemplateMistakes;
use velox_core::analyze::names::ExportedNames;
use velox_core::analyze::reads::Effects;
use velox_core::analyze::site::{RouteIndex, SiteIndex};
use velox_core::effects::{Clients, HookGraph, ModuleGraph, RequestGraph};
use velox_core::route::{Conflicts, Route};
use velox_diagnostics::{Levels, Names};
use velox_script::{Bindings, ComponentProps, HookFunction, HookReads, ModuleFacts, TemplateFacts};
use velox_syntax::{Regions, Tree};

/// Fences of a file. Runs at each edit; a scan without parsing.
#[salsa::tracked]
pub fn regions(db: &dyn Db, file: SourceFile) -> Regions {
    velox_syntax::regions(file.text(db))
}

/// The template's text, wherever it stands: a template that an edit of the block pushes down is not parsed again.
#[salsa::tracked]
pub fn template_text(db: &dyn Db, file: SourceFile) -> Part {
    Part::new(file.text(db), regions(db, file).template)
}

/// The server block's text, wherever it stands: typing in the template does not parse it again.
#[salsa::tracked]
pub fn block_text(db: &dyn Db, file: SourceFile) -> Option<Part> {
    regions(db, file).server.map(|server| Part::new(file.text(db), server.body))
}

/// The template, parsed when it is asked for, and again when it has been dropped. Invalidated by the template's text alone.
#[salsa::tracked(no_eq)]
pub(crate) fn template(db: &dyn Db, file: SourceFile) -> Arc<Template> {
    Arc::new(Template::new(template_text(db, file)))
}

/// The server block, parsed as the template is. Invalidated by the block's text alone.
#[salsa::tracked(no_eq)]
pub(crate) fn block(db: &dyn Db, file: SourceFile) -> Arc<BlockText> {
    Arc::new(BlockText::new(block_text(db, file).as_ref()))
}

/// The template's tree, kept for those who come back to it. Invalidated by the template's text alone.
#[salsa::tracked(lru = 512)]
pub fn parse_template(db: &dyn Db, file: SourceFile) -> Arc<Tree> {
    parsed::template_tree(db, file)
}

/// Facts about the template's holes, kept like its tree. Invalidated by the template's text alone.
#[salsa::tracked(lru = 512)]
pub fn template_facts(db: &dyn Db, file: SourceFile) -> Arc<TemplateFacts> {
    parsed::facts_of_template(db, file)
}

/// The mistakes behind what the parsers complain about. Invalidated by the template's text alone.
#[salsa::tracked(lru = 512)]
pub fn template_mistakes(db: &dyn Db, file: SourceFile) -> TemplateMistakes {
    velox_core::analyze::template_mistakes(
        template_text(db, file),
        &parsed::template_tree(db, file),
        &parsed::facts_of_template(db, file).problems,
    )
}

/// The server block's facts, kept like the template's tree. Invalidated by the block's text alone.
#[salsa::tracked(lru = 512)]
pub fn parse_block(db: &dyn Db, file: SourceFile) -> Arc<Block> {
    parsed::block_of(db, file)
}

/// A module's facts. Invalidated by its text.
#[salsa::tracked]
pub fn parse_script(db: &dyn Db, file: SourceFile) -> Script {
    crate::parse::parse_script_text(file.path(db), file.text(db))
}

/// The names of a file's TypeScript, of its server block or of the whole module, each joined to its declaration. For editors alone; the
/// checker never asks. Invalidated by the block's text, or the module's.
#[salsa::tracked(lru = 32)]
pub fn script_bindings(db: &dyn Db, file: SourceFile) -> Bindings {
    crate::parse::read_script_bindings(db, file)
}

/// The names of a template's holes and tags, each joined to its declaration; those of the server block are free in it. For editors
/// alone. Invalidated by the template's text.
#[salsa::tracked(lru = 32)]
pub fn template_bindings(db: &dyn Db, file: SourceFile) -> Bindings {
    let text = template_text(db, file);
    let names = velox_core::holes::template_names(&parsed::template_tree(db, file), text);
    velox_script::hole_bindings(text, &names)
}

/// What a file imports, by specifier and name (`*` for a whole module, `import()` included), without positions; sorted, each once. Tells
/// which importers of a module have to be looked at.
#[salsa::tracked]
pub fn imported_names(db: &dyn Db, file: SourceFile) -> Vec<(String, String)> {
    table::named_imports(db, file)
}

/// The facts of a file's TypeScript, of its server block or of the whole module, kept like the template's tree.
pub fn module_facts(db: &dyn Db, file: SourceFile) -> &ModuleFacts {
    if file.path(db).ends_with(".velox") {
        &parse_block(db, file).facts
    } else {
        &parse_script(db, file).facts
    }
}

/// Configuration and aliases. Invalidated by the configuration files, and when a file comes or goes.
#[salsa::tracked]
pub fn project_facts(db: &dyn Db, project: Project) -> ProjectFacts {
    read_project(db, project)
}

/// The paths of all files, among which a misspelt one is looked for. Invalidated when a file comes or goes.
#[salsa::tracked]
pub fn file_names(db: &dyn Db, project: Project) -> Names {
    crate::project::read_names(db, project)
}

/// Which codes are reported, and how: the firewall before [`check_file`], since other edits of the configuration leave it as it is.
#[salsa::tracked]
pub fn levels(db: &dyn Db, project: Project) -> Levels {
    crate::silence::read_levels(db, project)
}

/// The specifiers that a file names, in its template too; sorted, each once. The firewall before [`imports`], as it
/// holds no positions.
#[salsa::tracked]
pub fn specifiers(db: &dyn Db, file: SourceFile) -> Vec<String> {
    table::named_specifiers(db, file)
}

/// Pages, layouts and endpoints that other files import. Invalidated by imports; hardly ever another answer.
#[salsa::tracked]
pub fn imported_pages(db: &dyn Db, project: Project) -> Vec<SourceFile> {
    effects::find_imported_pages(db, project)
}

/// The files that others may import, and what those import, by path. Invalidated when a file comes or goes, and by [`imports`] of these
/// files, never by those of pages.
#[salsa::tracked]
pub fn shared_files(db: &dyn Db, project: Project) -> Vec<SourceFile> {
    effects::find_shared_files(db, project)
}

/// [`shared_files`] with all [`imported_pages`]: the files that the graphs over modules hold.
#[salsa::tracked]
pub fn linked_files(db: &dyn Db, project: Project) -> Vec<SourceFile> {
    effects::find_linked_files(db, project)
}

/// Which functions reach the request. Invalidated by [`file_uses`] and [`imports`] of shared files, never by those of pages.
#[salsa::tracked]
pub fn request_graph(db: &dyn Db, project: Project) -> RequestGraph {
    effects::build_request_graph(db, project)
}

/// The same with pages that only pages import. Asked for by those alone.
#[salsa::tracked]
pub fn linked_request_graph(db: &dyn Db, project: Project) -> RequestGraph {
    effects::build_linked_request_graph(db, project)
}

/// Which modules reach modules of Node. Asked for only where a route runs on the edge. Invalidated by [`file_links`] and [`imports`]
/// of linked files.
#[salsa::tracked]
pub fn module_graph(db: &dyn Db, project: Project) -> ModuleGraph {
    effects::build_module_graph(db, project)
}

/// Names of Node's modules that are packages here. Invalidated by package.json.
#[salsa::tracked]
pub fn node_packages(db: &dyn Db, project: Project) -> Vec<String> {
    effects::find_node_packages(db, project)
}

/// All modules that run in the browser. Invalidated by [`client_roots`], and by [`file_links`] of what runs there.
#[salsa::tracked]
pub fn clients(db: &dyn Db, project: Project) -> Clients {
    effects::find_clients(db, project)
}

/// The names of the files in `layouts/`, without their ending, sorted. Invalidated when a file comes or goes.
#[salsa::tracked]
pub fn layout_names(db: &dyn Db, project: Project) -> Vec<String> {
    table::find_layout_names(db, project)
}

/// All routes by their file names, the more specific first. Invalidated when a file comes or goes.
#[salsa::tracked]
pub fn routes(db: &dyn Db, project: Project) -> Vec<Route> {
    table::find_routes(db, project)
}

/// Files that stand in each other's way: they answer the same URLs, hide one another, or have names that some file systems take for
/// one. Invalidated when a file comes or goes.
#[salsa::tracked]
pub fn route_conflicts(db: &dyn Db, project: Project) -> Conflicts {
    table::find_conflicts(db, project)
}

/// All routes with their modes, layouts and conflicts. Invalidated by [`mode_facts`].
#[salsa::tracked]
pub fn route_table(db: &dyn Db, project: Project) -> RouteTable {
    build_table(db, project)
}

/// What a file exports by its own text: the firewall between a module and its importers, as it holds no positions.
#[salsa::tracked]
pub fn exported_names(db: &dyn Db, file: SourceFile) -> ExportedNames {
    crate::names::read_exported_names(db, file)
}

/// Values that a file declares for the whole project; no positions.
#[salsa::tracked]
pub fn global_names(db: &dyn Db, file: SourceFile) -> Vec<String> {
    crate::names::read_global_names(db, file)
}

/// Values that any file declares for the whole project. Asked only where a name is found nowhere else.
#[salsa::tracked]
pub fn project_globals(db: &dyn Db, project: Project) -> FxHashSet<String> {
    crate::names::collect_globals(db, project)
}

/// By name, the modules that export it, for help. Asked only where a name is not in scope.
#[salsa::tracked]
pub fn exporters(db: &dyn Db, project: Project) -> FxHashMap<String, Vec<(String, bool)>> {
    crate::names::index_exports(db, project)
}

/// The components that files of the project export, by name. Invalidated by [`exported_names`], and when a file comes or goes.
#[salsa::tracked]
pub fn project_components(db: &dyn Db, project: Project) -> Vec<ProjectComponent> {
    crate::components::list_components(db, project)
}

/// What the components of a file are seen to take, without positions. Invalidated by its text, in a `.velox` file by that of its
/// server block.
#[salsa::tracked(lru = 512)]
pub fn component_props(db: &dyn Db, file: SourceFile) -> Vec<ComponentProps> {
    crate::components::read_component_props(db, file)
}

/// What a module or a server block says of hooks by its own text, relative to it. Invalidated by its text, in a `.velox` file by that of
/// its block.
#[salsa::tracked(returns(ref), lru = 512)]
pub fn hook_reads(db: &dyn Db, file: SourceFile) -> HookReads {
    crate::hooks::read_hooks(db, file)
}

/// The functions of a module that are named like hooks, and what they call, without positions: the firewall before [`hook_graph`].
/// Invalidated by its text.
#[salsa::tracked]
pub fn hook_functions(db: &dyn Db, file: SourceFile) -> Vec<HookFunction> {
    crate::hooks::read_hook_functions(db, file)
}

/// The hooks that modules of the project export. Asked for where code runs in the browser. Invalidated by [`hook_functions`],
/// [`file_links`] and [`imports`] of shared files.
#[salsa::tracked]
pub fn hook_graph(db: &dyn Db, project: Project) -> HookGraph {
    crate::hooks::build_hook_graph(db, project)
}

/// Whether a page of the project runs in the browser: the firewall behind the route table for components.
#[salsa::tracked]
pub fn runs_in_browser(db: &dyn Db, project: Project) -> bool {
    crate::names::find_browser_pages(db, project)
}

/// The modules that are written for preact, and so are rendered by it on the server too. Asked for by emission alone. Invalidated by
/// [`file_links`] and [`imports`] of modules.
#[salsa::tracked]
pub fn vnode_modules(db: &dyn Db, project: Project) -> FxHashSet<String> {
    crate::vnodes::find_vnode_modules(db, project)
}

/// The cache tags that the project's `fetch`es carry. Invalidated by [`site_facts`], and when a file comes or goes.
#[salsa::tracked]
pub fn site_index(db: &dyn Db, project: Project) -> SiteIndex {
    crate::site::index_tags(db, project)
}

/// The params that `paths` of a page is seen to give, without places: the firewall before links to it.
#[salsa::tracked]
pub fn shown_pages(db: &dyn Db, file: SourceFile) -> Option<Vec<Params>> {
    velox_core::analyze::site::shown_pages(&code_facts(db, file))
}

/// Routes and public files by their segments. Invalidated when a file comes or goes.
#[salsa::tracked]
pub fn route_index(db: &dyn Db, project: Project) -> RouteIndex {
    crate::site::index_routes(db, project)
}

/// What the declarations of a module do when they are called, without places. Invalidated by its text.
#[salsa::tracked]
pub fn call_effects(db: &dyn Db, file: SourceFile) -> Effects {
    velox_core::analyze::reads::effects(&code_facts(db, file), file.text(db))
}

/// Whether the middleware may answer requests itself. Invalidated by its text.
#[salsa::tracked]
pub fn middleware_answers(db: &dyn Db, project: Project) -> bool {
    crate::site::read_middleware(db, project)
}

/// Sets how many trees, and how many facts of them, are kept when others are dropped; 0 for all. 512, unless it is set.
pub fn keep_trees(db: &mut dyn Db, count: usize) {
    db.recent().keep(count);
    parse_template::set_lru_capacity(db, count);
    template_facts::set_lru_capacity(db, count);
    template_mistakes::set_lru_capacity(db, count);
    parse_block::set_lru_capacity(db, count);
    of_file::keep(db, count);
}

/// The role of a file in its project.
pub(crate) fn role(db: &dyn Db, project: Project, file: SourceFile) -> FileRole {
    file_role(file.path(db), project.routes_directory(db))
}
