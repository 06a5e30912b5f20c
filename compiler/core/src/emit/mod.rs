//! Emission: from trees and facts to JavaScript with source maps.
//!
//! Source text is copied as it stands; types are erased by span, elements become string expressions. Nothing is checked
//! here: whoever calls has seen that the file has no errors.

mod attributes;
mod block;
mod client;
mod code;
mod components;
mod concat;
mod html;
mod imports;
mod islands;
mod module;
mod names;
mod page;
mod runs;
mod sourcemap;
mod template;
mod used;
mod writer;

pub use client::{emit_client_module, emit_client_page, emit_vnode_module};
pub(crate) use code::Region;
pub use components::extracted;
pub(crate) use html::{attribute_name, is_url_attribute};
pub use html::{is_event_handler, is_white_space, keeps_white_space};
pub use imports::ImportTarget;
pub use islands::{Island, islands};
pub use module::{ModuleFile, emit_module};
pub use names::{browser_functions, runtime_functions};
pub(crate) use page::root_elements;
pub use page::{Emitted, FileKind, emit_page};
pub use sourcemap::source_map;
pub use template::{Extracted, ExtractedKind};
pub use writer::Source;
