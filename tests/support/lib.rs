//! The fixture language of the tests, and the one helper that runs a fixture through the compiler.
//!
//! `tests/README.md` describes the language for people who write cases.

#![allow(clippy::disallowed_methods, reason = "tests read fixtures from the disk")]

mod documentation;
mod fixture;
mod marks;
mod positions;
mod project;
mod render;

pub use documentation::{DocumentedBlock, documentation};
pub use fixture::{Fixture, FixtureFile};
pub use marks::{Mark, compare};
pub use positions::follow;
pub use project::{TestProject, check};
pub use render::report;

use std::path::{Path, PathBuf};

/// The repository's root.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file under a folder whose name ends with `.velox` or `.md`, sorted, relative to the folder.
#[must_use]
pub fn files_under(folder: &Path, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(at) = folders.pop() {
        for entry in std::fs::read_dir(folder.join(&at)).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if at.is_empty() { name } else { format!("{at}/{name}") };
            if entry.path().is_dir() {
                folders.push(path);
            } else if path.ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
