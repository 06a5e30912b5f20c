//! `veloxc lsp`: the language server, which is also the program `velox-lsp`.

use crate::args::LspArgs;
use std::process::ExitCode;

/// Serves one editor.
pub(crate) fn run(args: &LspArgs) -> ExitCode {
    // It has no other way to talk.
    let LspArgs { stdio: _ } = args;
    velox_lsp::run()
}
