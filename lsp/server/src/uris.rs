//! Addresses of the protocol to paths and back.

use std::path::{Path, PathBuf};
use tower_lsp::lsp_types::Url;

/// The path of a `file:` address; nothing for documents that are no files.
pub(crate) fn path_of(uri: &Url) -> Option<PathBuf> {
    (uri.scheme() == "file").then(|| uri.to_file_path().ok()).flatten()
}

/// The address of a file of a project.
pub(crate) fn uri_of(root: &Path, path: &str) -> Option<Url> {
    Url::from_file_path(root.join(path)).ok()
}

/// What tells a document from all others: its path, so that `c%3A` and `c:` are the same; an address without one is itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Key {
    /// A file.
    File(PathBuf),
    /// Something else: `untitled:Untitled-1`.
    Other(String),
}

impl Key {
    /// The key of an address.
    pub(crate) fn of(uri: &Url) -> Self {
        path_of(uri).map_or_else(|| Self::Other(uri.to_string()), Self::File)
    }
}
