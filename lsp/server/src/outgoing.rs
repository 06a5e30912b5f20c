//! What the server says without being asked, in one order: diagnostics of a newer text never arrive before those of an older one.

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tower_lsp::Client;
use tower_lsp::lsp_types::notification::Progress;
use tower_lsp::lsp_types::request::{RegisterCapability, WorkDoneProgressCreate};
use tower_lsp::lsp_types::{
    Diagnostic, MessageType, NumberOrString, ProgressParams, ProgressParamsValue, Registration,
    RegistrationParams, Url, WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressCreateParams,
    WorkDoneProgressEnd, WorkDoneProgressReport,
};

/// Something to say.
#[derive(Debug)]
pub(crate) enum Word {
    /// Diagnostics of a document.
    Publish(Url, Vec<Diagnostic>, Option<i32>),
    /// A line for the log.
    Log(MessageType, String),
    /// Answers that the client keeps are out of date.
    Refresh(Refreshed),
    /// Work that takes a while begins: its token, and what it is.
    Begin(String, String),
    /// How far it is: hundredths, and a word.
    Report(String, u32, String),
    /// It is done.
    End(String),
    /// The client should do something from now on.
    Register(Vec<Registration>),
}

/// Which answers are out of date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refreshed {
    /// Pulled diagnostics.
    pub(crate) diagnostics: bool,
    /// Semantic tokens.
    pub(crate) tokens: bool,
    /// Inlay hints.
    pub(crate) hints: bool,
    /// Code lenses.
    pub(crate) lenses: bool,
}

/// The way to the client; cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing(UnboundedSender<Word>);

impl Outgoing {
    /// A channel, and what comes out of it.
    pub(crate) fn new() -> (Self, UnboundedReceiver<Word>) {
        let (sender, receiver) = unbounded_channel();
        (Self(sender), receiver)
    }

    /// Says something. When the client is gone nobody listens.
    pub(crate) fn say(&self, word: Word) {
        let _ = self.0.send(word);
    }

    /// A mistake, for the log.
    pub(crate) fn log_error(&self, text: String) {
        self.say(Word::Log(MessageType::ERROR, text));
    }
}

/// Passes on what is said, one after the other.
pub(crate) async fn talk(client: Client, mut words: UnboundedReceiver<Word>) {
    while let Some(word) = words.recv().await {
        match word {
            Word::Publish(uri, diagnostics, version) => {
                client.publish_diagnostics(uri, diagnostics, version).await
            }
            Word::Log(kind, text) => client.log_message(kind, text).await,
            Word::Begin(token, title) => {
                let token = NumberOrString::String(token);
                // Whoever is asked and refuses shows no progress; the reports do no harm.
                ask::<WorkDoneProgressCreate>(&client, WorkDoneProgressCreateParams { token: token.clone() });
                let begin = WorkDoneProgressBegin {
                    title,
                    cancellable: Some(false),
                    message: None,
                    percentage: Some(0),
                };
                progress(&client, token, WorkDoneProgress::Begin(begin)).await;
            }
            Word::Report(token, percentage, message) => {
                let report = WorkDoneProgressReport {
                    cancellable: Some(false),
                    message: Some(message),
                    percentage: Some(percentage),
                };
                progress(&client, NumberOrString::String(token), WorkDoneProgress::Report(report)).await;
            }
            Word::End(token) => {
                let end = WorkDoneProgress::End(WorkDoneProgressEnd { message: None });
                progress(&client, NumberOrString::String(token), end).await;
            }
            Word::Register(registrations) => {
                ask::<RegisterCapability>(&client, RegistrationParams { registrations });
            }
            Word::Refresh(what) => refresh(&client, what),
        }
    }
}

async fn progress(client: &Client, token: NumberOrString, value: WorkDoneProgress) {
    let value = ProgressParamsValue::WorkDone(value);
    client.send_notification::<Progress>(ProgressParams { token, value }).await;
}

/// Asks the client for something whose answer nobody needs, and does not wait for it: a client may be slow, or never answer.
fn ask<R>(client: &Client, params: R::Params)
where
    R: tower_lsp::lsp_types::request::Request + 'static,
    R::Params: Send + 'static,
    R::Result: Send,
{
    let client = client.clone();
    tokio::spawn(async move {
        let _ = client.send_request::<R>(params).await;
    });
}

fn refresh(client: &Client, what: Refreshed) {
    use tower_lsp::lsp_types::request::{
        CodeLensRefresh, InlayHintRefreshRequest, SemanticTokensRefresh, WorkspaceDiagnosticRefresh,
    };
    if what.diagnostics {
        ask::<WorkspaceDiagnosticRefresh>(client, ());
    }
    if what.tokens {
        ask::<SemanticTokensRefresh>(client, ());
    }
    if what.hints {
        ask::<InlayHintRefreshRequest>(client, ());
    }
    if what.lenses {
        ask::<CodeLensRefresh>(client, ());
    }
}
