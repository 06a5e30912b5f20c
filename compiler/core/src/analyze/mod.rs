//! What is wrong, and what a file means: pure functions from trees and facts to diagnostics and small facts.

mod components;
mod config;
mod endpoint;
mod exports;
pub mod hooks;
mod ignore;
mod markup;
mod mode;
pub mod names;
mod page;
mod paths;
mod project;
pub mod reads;
mod repair;
mod route;
mod route_file;
pub mod site;
mod syntax;
mod waterfall;

pub use components::{KnownComponent, check_component_slots, check_components, check_module_components};
pub use endpoint::{check_endpoint, check_middleware, handlers_of};
pub use ignore::{Ignore, ignores, silence};
pub use markup::{check_markup, check_module_markup};
pub use mode::{Cause, Mode, ModeFacts, RequestUse, Revalidate, infer_mode};
pub use page::{LayoutChoice, Page, analyze_page, analyze_tsx_page};
pub use paths::{PathItem, PathValue, PathsStep, items_of_paths};
pub use project::{
    CacheSettings, CacheStore, ContentPolicy, ProjectConfig, TrailingSlash, project_config, tsconfig_aliases,
};
pub use repair::{TemplateMistakes, script_mistakes, template_mistakes};
pub use route::{PageContext, check_page};
pub use route_file::check_route_file;
pub use syntax::{block_diagnostic, script_diagnostic, syntax_diagnostic, syntax_diagnostics};
pub use waterfall::{Callee, check_handler_waterfalls, check_waterfalls};
