//! One file for each command. Each takes its arguments and the output, and gives how the run ends.

pub(crate) mod build;
pub(crate) mod cache;
pub(crate) mod check;
pub(crate) mod compile;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod init;
pub(crate) mod lsp;
mod markdown;
pub(crate) mod preview;
pub(crate) mod routes;
mod routes_tree;
mod syntax_only;
