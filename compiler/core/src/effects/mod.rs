//! What runs where, as the import graph tells it: which functions reach the request, which modules reach the browser or the edge,
//! which functions are hooks (language.md M1 to M7, S9, P4, section 7).
//!
//! Facts of one file (`uses.rs`, `links.rs`) hold no positions, so that moving text about asks nothing of other files. The graphs
//! over them (`requests.rs`, `modules.rs`, `hooks.rs`) are walked by breadth, so cycles of imports are harmless and witnesses are the
//! shortest. Positions are looked up again where something is to be said (`occurrences.rs`, `report.rs`).

mod environment;
mod hooks;
mod links;
mod modules;
mod occurrences;
mod report;
mod requests;
mod shared_clients;
mod uses;

pub use environment::{
    ambient_server_names, edge_place, is_node_module, is_public_env, is_server_only_path, private_env,
};
pub use hooks::{
    HookFiles, HookGraph, HookModule, HookOrigin, ImportedHook, hook_calls, hook_graph, is_hook,
    may_export_hooks,
};
pub use links::{FileLinks, Load, island_tags, read_links};
pub use modules::{
    Arrival, ClientReason, ClientRoot, Clients, ModuleGraph, Modules, NodeChain, RootKind, module_graph,
};
pub use occurrences::{Occurrence, Source, occurrences};
pub use report::{
    BrowserOffence, Place, Witness, browser_diagnostic, edge_diagnostic, env_diagnostic, paths_diagnostic,
    static_diagnostic, static_layout_diagnostic,
};
pub use requests::{Files, Hop, Reached, RequestGraph, reached, request_graph};
pub use shared_clients::{may_share_clients, shared_client_diagnostic, shared_clients};
pub use uses::{ExportUses, FileUses, Reference, Target, Unit, UnitKind, read_uses, use_sites};
