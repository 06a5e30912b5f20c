//! What an editor can know of a `.velox` project, as plain data: (database, file, offset) in, values with byte offsets out.
//!
//! One module for each feature, one function for each question; [`Document`] is what all of them are asked about. Nothing here
//! knows the editor protocol, lines or UTF-16, and nothing does IO: `lsp/server` converts and talks. A function must answer on
//! broken text, with less rather than with something wrong.

pub mod actions;
mod ambient;
mod ancestry;
pub mod change;
mod code;
pub mod colors;
pub mod completion;
mod components;
mod context;
mod declarations;
pub mod definition;
mod directives;
mod document;
pub mod embedded;
pub mod folding;
pub mod format;
mod framework;
pub mod gate;
pub mod highlight;
pub mod hover;
mod html;
mod imports;
pub mod inlay;
pub mod lens;
pub mod linked;
pub mod links;
pub mod moves;
pub mod on_type;
mod parts;
pub mod prepare;
pub mod references;
pub mod rename;
pub mod selection;
mod settings;
mod shapes;
pub mod signature;
mod summary;
mod symbol;
pub mod symbols;
pub mod target;
pub mod tokens;
pub mod views;

pub use change::{Change, FileChange, TextEdit};
pub use context::{AttributePlace, Context, ElementAt, Region, context_at, region_at};
pub use document::Document;
pub use target::{Target, Use, UseKind};
