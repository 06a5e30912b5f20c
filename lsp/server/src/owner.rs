//! The one thread that owns the database. Everything that a client sends passes through its queue, in the order in which it was sent.
//!
//! A handler's first act, before any await, is to put a message into the queue: tower-lsp starts handlers in the order of the messages
//! and then lets them overtake each other. Writes are done by the owner itself; reads get a snapshot, on a worker. A write waits until
//! all snapshots are gone, and salsa tells those that work on one to give up; so no snapshot is held by the owner, nor across an await.

use crate::outgoing::Outgoing;
use crate::panics::{Trouble, caught};
use crate::snapshot::Snapshot;
use crate::world::World;
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::sync::{Arc, OnceLock};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};

/// How often a request that was cancelled is begun again.
const RETRIES: u32 = 50;

/// What the owner is asked to do.
pub(crate) enum Message {
    /// Change something. Never slow: what reads files does so elsewhere, and comes back with what it read.
    Write(Box<dyn FnOnce(&mut World) + Send>),
    /// Answer something, on a worker.
    Read(Box<dyn FnOnce(Snapshot) + Send>),
    /// End.
    Stop,
}

/// What becomes of a request that an edit cancels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cancelled {
    /// It is begun again on the new text: it names no place.
    Again,
    /// The client is told `ContentModified`: the place that it named is of a text that is gone.
    Told,
}

/// The way to the owner; cheap to clone.
#[derive(Clone)]
pub(crate) struct Owner {
    queue: Sender<Message>,
    outgoing: Outgoing,
}

impl Owner {
    /// Starts the thread.
    pub(crate) fn start(outgoing: Outgoing) -> Self {
        let (queue, messages) = unbounded();
        let owner = Self { queue, outgoing: outgoing.clone() };
        let own = owner.clone();
        let thread = std::thread::Builder::new().name("velox-owner".to_owned());
        // Without threads there is no server; whoever waits for an answer is told that the queue is closed.
        let started = thread.spawn(move || work(World::new(own, outgoing), &messages));
        drop(started);
        owner
    }

    /// Changes something.
    pub(crate) fn write(&self, change: impl FnOnce(&mut World) + Send + 'static) {
        let _ = self.queue.send(Message::Write(Box::new(change)));
    }

    /// Does something with a snapshot, and answers nobody. What edits cancel is the work's own affair.
    pub(crate) fn spawn(&self, read: impl FnOnce(Snapshot) + Send + 'static) {
        let _ = self.queue.send(Message::Read(Box::new(read)));
    }

    /// Ends the thread once everything before is done.
    pub(crate) fn stop(&self) {
        let _ = self.queue.send(Message::Stop);
    }

    /// Answers a request with what `read` makes of a snapshot. `about` names the request and its file in the log.
    ///
    /// # Errors
    /// An edit came (`ContentModified`), or the work failed.
    pub(crate) fn read<T: Send + 'static>(
        &self,
        about: String,
        cancelled: Cancelled,
        read: impl Fn(&Snapshot) -> Result<T> + Send + Sync + 'static,
    ) -> impl Future<Output = Result<T>> + Send + 'static {
        let (answer, answered) = oneshot::channel();
        let token = Arc::new(OnceLock::new());
        let request = Request {
            about,
            read: Box::new(read),
            answer,
            owner: self.clone(),
            cancelled,
            edits: None,
            left: RETRIES,
            token: token.clone(),
        };
        // Here, not in the future: the place in the queue is that of the message.
        request.queue();
        let guard = CancelOnDrop(token);
        async move {
            let result =
                answered.await.unwrap_or_else(|_| Err(internal("the server is about to end".to_owned())));
            std::mem::forget(guard);
            result
        }
    }
}

/// Tells the work on a request that nobody waits for it any more: the client cancelled it.
struct CancelOnDrop(Arc<OnceLock<salsa::CancellationToken>>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        if let Some(token) = self.0.get() {
            token.cancel();
        }
    }
}

/// What makes an answer of a snapshot.
type Read<T> = Box<dyn Fn(&Snapshot) -> Result<T> + Send + Sync>;

/// A request on its way.
struct Request<T> {
    about: String,
    read: Read<T>,
    answer: oneshot::Sender<Result<T>>,
    owner: Owner,
    cancelled: Cancelled,
    /// How many edits there had been when it was begun: what is cancelled for another reason (a file on the disk, a project that is
    /// read) is begun again in any case.
    edits: Option<u64>,
    left: u32,
    token: Arc<OnceLock<salsa::CancellationToken>>,
}

impl<T: Send + 'static> Request<T> {
    fn queue(self) {
        let owner = self.owner.clone();
        owner.spawn(move |snapshot| self.work(snapshot));
    }

    fn work(mut self, snapshot: Snapshot) {
        if self.answer.is_closed() {
            return;
        }
        let edits = *self.edits.get_or_insert(snapshot.view.edits);
        if self.cancelled == Cancelled::Told && edits != snapshot.view.edits {
            let _ = self.answer.send(Err(modified()));
            return;
        }
        let _ = self.token.set(salsa::Database::cancellation_token(&snapshot.db));
        let result = caught(|| (self.read)(&snapshot));
        drop(snapshot);
        let result = match result {
            Ok(result) => result,
            Err(Trouble::Cancelled) if self.left > 0 && !self.answer.is_closed() => {
                self.left -= 1;
                self.token = Arc::new(OnceLock::new());
                return self.queue();
            }
            Err(Trouble::Cancelled) => Err(modified()),
            Err(Trouble::Panic(said)) => {
                self.owner.outgoing.log_error(format!("{} failed: {said}", self.about));
                Err(internal(format!("a mistake of the server, told in its log: {said}")))
            }
        };
        let _ = self.answer.send(result);
    }
}

/// The text that a request was about is gone (LSP 3.17, `ContentModified`).
pub(crate) fn modified() -> Error {
    Error { code: ErrorCode::ContentModified, message: "the text was edited meanwhile".into(), data: None }
}

/// An internal error.
pub(crate) fn internal(message: String) -> Error {
    Error { code: ErrorCode::InternalError, message: message.into(), data: None }
}

fn work(mut world: World, messages: &Receiver<Message>) {
    while let Ok(first) = messages.recv() {
        let mut next = Some(first);
        while let Some(message) = next {
            match message {
                Message::Write(change) => {
                    if let Err(trouble) = caught(|| change(&mut world)) {
                        world.outgoing.log_error(format!("taking over a change failed: {trouble:?}"));
                    }
                }
                Message::Read(read) => world.read(read),
                Message::Stop => return,
            }
            next = messages.try_recv().ok();
        }
        // Nothing waits: what the writes made necessary is begun, once for all of them.
        world.settle();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outgoing::Word;

    #[tokio::test]
    async fn a_panic_is_answered_and_logged_with_what_it_was_about_and_the_next_request_is_answered() {
        crate::panics::install();
        let (outgoing, mut words) = Outgoing::new();
        let owner = Owner::start(outgoing);
        let failing = |_: &Snapshot| -> Result<u32> { panic!("no such thing") };
        let failed = owner.read("hover in a.velox".to_owned(), Cancelled::Told, failing).await;
        // Other tests of this process may want to say why they failed.
        drop(std::panic::take_hook());
        assert_eq!(failed.unwrap_err().code, ErrorCode::InternalError);
        let Some(Word::Log(_, line)) = words.recv().await else { panic!("nothing was logged") };
        assert!(line.starts_with("hover in a.velox failed: no such thing (at "), "{line}");
        let after = owner.read("hover in b.velox".to_owned(), Cancelled::Told, |_| Ok(1)).await;
        assert_eq!(after.unwrap(), 1);
        owner.write(|_| panic!("a change that fails"));
        let after = owner.read("hover in b.velox".to_owned(), Cancelled::Again, |_| Ok(2)).await;
        assert_eq!(after.unwrap(), 2);
        owner.stop();
    }

    #[tokio::test]
    async fn a_read_that_an_edit_cancels_is_told_or_begun_again() {
        let (outgoing, _words) = Outgoing::new();
        let owner = Owner::start(outgoing);
        // Waits inside the database until a write comes, the first time.
        let slow = || {
            let begun = std::sync::atomic::AtomicBool::new(false);
            move |snapshot: &Snapshot| {
                if !begun.swap(true, std::sync::atomic::Ordering::SeqCst) {
                    loop {
                        salsa::Database::unwind_if_revision_cancelled(&snapshot.db);
                        std::thread::yield_now();
                    }
                }
                Ok(snapshot.view.edits)
            }
        };
        let uri = tower_lsp::lsp_types::Url::parse("untitled:a.velox").unwrap();
        let opened = uri.clone();
        owner.write(move |world| world.open(opened, 1, "<p>a</p>".to_owned()));
        let told = owner.read("one".to_owned(), Cancelled::Told, slow());
        let again = owner.read("two".to_owned(), Cancelled::Again, slow());
        let change = tower_lsp::lsp_types::TextDocumentContentChangeEvent {
            range: None,
            range_length: None,
            text: "<p>b</p>".to_owned(),
        };
        owner.write(move |world| world.change(&uri, 2, vec![change]));
        assert_eq!(told.await.unwrap_err().code, ErrorCode::ContentModified);
        assert_eq!(again.await.unwrap(), 1);
        owner.stop();
    }
}
