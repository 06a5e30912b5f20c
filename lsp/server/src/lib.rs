//! The language server of Velox: the editor protocol around `velox_ide`.
//!
//! The only crate that names tower-lsp. A request is three moves: convert in, one call of `velox_ide` on a snapshot, convert out; one
//! file each in `handlers/`. One thread owns the database ([`owner`]); what clients send passes through it in order. Nothing of the
//! language is decided here.

#![expect(clippy::disallowed_methods, reason = "the server reads files, knows time, and talks")]

mod backend;
mod capabilities;
mod convert;
mod diagnose;
mod framing;
mod handlers;
mod listing;
mod outgoing;
mod owner;
mod pages;
mod panics;
mod positions;
mod project;
mod run;
mod settings;
mod snapshot;
mod sweep;
mod uris;
mod warm;
mod watch;
mod world;

pub use positions::{Encoding, Lines};
pub use run::{run, serve};
pub use settings::Settings;
