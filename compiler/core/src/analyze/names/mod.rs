//! Names: what is not in scope, what nothing uses, params that the pattern lacks, exports that a module does not have
//! (language.md S2, S3, T2, R5).
//!
//! Each check is a function of a [`Scope`], and of questions about the project that are asked only where the file alone gives no
//! answer. Speaks of names that code uses as values and of imports; what a name's type is, nobody here knows.

mod exports;
mod framework;
mod globals;
mod guess;
mod imports;
mod params;
mod scope;
mod unknown;
mod unused;

pub use exports::{AllExports, ExportedNames, Target, check_imported_names, exported_names, sort_names};
pub use framework::{FRAMEWORK_MODULES, FrameworkModule};
pub use globals::server_globals;
pub use params::{KnownParams, check_handler_params, check_params};
pub use scope::{NameRole, Scope};
pub use unknown::{Exporter, ProjectNames, check_unknown};
pub use unused::check_unused;
