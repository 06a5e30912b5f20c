//! The incremental database: inputs, and queries that are thin wrappers over the pure crates.
//!
//! The only crate that names salsa's macros. Queries are in `queries.rs`, each a doc comment, an attribute and a call;
//! loading a project through a [`FileSystem`] is in `load.rs`. Nothing here touches the disk.

mod boundaries;
mod buckets;
mod callees;
mod check;
mod components;
mod database;
mod effects;
mod emission;
mod hooks;
mod inputs;
mod kind;
mod load;
mod names;
mod parse;
mod parsed;
mod place;
mod project;
mod queries;
mod query_users;
mod scripts;
mod shared_clients;
mod silence;
mod site;
mod specifiers;
mod table;
mod values;
mod vnodes;

pub use boundaries::request_in_static;
pub use callees::waterfalls;
pub use check::{Alone, check_early, check_syntax, read_ahead, read_mode};
pub use components::ProjectComponent;
pub use database::{Database, Db, QueryLog};
pub use effects::is_rendered_in_browser as runs_in_browser_itself;
pub use emission::{islands_of, scope_attribute};
pub use inputs::{FileSet, Project, SourceFile, new_source, open_source, set_source};
pub use kind::{FileRole, file_role};
pub use load::{FileSystem, LoadProblem, Loaded, MemoryFiles, is_source, load_project, routes_directory_of};
pub use parse::velox_file;
pub use parsed::{Part, RecentTexts};
pub use place::RecentPlaces;
pub use project::ProjectFacts;
pub use queries::{
    Block, Params, Script, StyleSheet, all_exports, block_text, check_alone, check_file, component_props,
    emit, emit_client, exported_names, exporters, hook_calls, hook_functions, imported_names, imports,
    keep_trees, layout_names, layouts_of, levels, middleware_answers, mode_facts, module_facts, page,
    page_scripts, parse_block, parse_script, parse_template, project_components, project_facts, regions,
    route_index, route_params, route_table, routes, script_bindings, shown_pages, site_facts, site_index,
    site_paths, site_uses, style_sheets, template_bindings, template_facts, template_mistakes, template_text,
    vnode_modules,
};
pub use query_users::query_users;
pub use scripts::{PageScript, emit_script, is_browser_module};
pub use silence::silence_build;
pub use site::{page_path, unlinked};
pub use specifiers::{output_module, public_asset_name, relative as relative_specifier};
pub use table::{RouteEntry, RouteTable, nearest_layers, source_folder};
