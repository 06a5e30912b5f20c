//! Files on disk, for whoever may read them: the command line and the language server.
//!
//! It walks, reads and finds roots; it decides nothing about what files mean, and writes nothing.

#![expect(clippy::disallowed_methods, reason = "reading the disk is what this crate is for")]

mod files;
mod imported;
mod roots;

pub use files::{DiskFiles, Walk, is_never_read, read_text, reason, relative, walk};
pub use imported::missing_imports;
pub use roots::{CONFIGS, find_root, is_project};
