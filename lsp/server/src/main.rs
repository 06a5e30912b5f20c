//! `velox-lsp`: the language server over stdio. It takes the arguments that editors like to pass, and needs none.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a program has arguments and an exit code"
)]

use std::process::ExitCode;

/// As in `veloxc`: very many small values are made.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--version" | "-V" => {
                println!("velox-lsp {}", env!("CARGO_PKG_VERSION"));
                return ExitCode::SUCCESS;
            }
            "--help" | "-h" => {
                println!(
                    "velox-lsp, the language server of Velox\n\nusage: velox-lsp [--stdio]\n\nIt speaks the Language Server Protocol over standard input and output."
                );
                return ExitCode::SUCCESS;
            }
            // What editors pass to any server.
            _ => {}
        }
    }
    velox_lsp::run()
}
