//! Starts the server over standard input and output, or over any pair of streams.

use crate::backend::Backend;
use crate::framing::{Ending, pass};
use crate::outgoing::{Outgoing, talk};
use crate::owner::Owner;
use crate::panics;
use std::process::ExitCode;
use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::{LspService, Server};

/// How many requests may wait at once. tower-lsp starts no handler beyond it, not even one for an edit.
const WAITING: usize = 4096;

/// Bytes of stack for each worker: deep nesting is met in the depth of what users write.
pub(crate) const STACK: usize = 16 * 1024 * 1024;

/// Serves one client over standard input and output, until it says `exit` or is gone.
#[must_use]
pub fn run() -> ExitCode {
    // Reading ahead is done in the global pool. Who calls may have made it already.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(_) => return ExitCode::from(101),
    };
    let ending = runtime.block_on(serve(tokio::io::stdin(), tokio::io::stdout()));
    // A read of standard input cannot be ended; the process is.
    runtime.shutdown_background();
    ending
}

/// How many bytes of messages may be on their way to tower-lsp.
const ON_THEIR_WAY: usize = 256 * 1024;

/// Serves one client over a pair of streams. Gives the exit code that the protocol asks for: 1 where the client ended unannounced.
pub async fn serve(input: impl AsyncRead + Unpin, output: impl AsyncWrite) -> ExitCode {
    panics::install();
    let (outgoing, words) = Outgoing::new();
    let owner = Owner::start(outgoing.clone());
    let stopping = owner.clone();
    let told = outgoing.clone();
    let (service, socket) = LspService::build(move |client| {
        tokio::spawn(talk(client.clone(), words));
        Backend::new(client, owner, outgoing)
    })
    .custom_method("velox/closingTag", Backend::closing_tag)
    .custom_method("velox/styleAt", Backend::style_at)
    .finish();
    let ending = Ending::default();
    let (messages, read) = tokio::io::duplex(ON_THEIR_WAY);
    let passed = pass(input, messages, ending.clone(), told);
    let served = Server::new(read, output, socket).concurrency_level(WAITING).serve(service);
    tokio::join!(passed, served);
    stopping.stop();
    if ending.was_announced() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
