//! Panics of a request: caught, worded, logged; the server lives on.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Why a piece of work on a snapshot gave no answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// An edit came, and the snapshot had to go.
    Cancelled,
    /// A mistake of the server, in words.
    Panic(String),
}

/// Makes panics silent, and remembers what they say. A panic that is told to standard error would be lost, or read as the protocol.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(|info| {
        let message = info.payload_as_str().unwrap_or("a panic without a message");
        let place =
            info.location().map_or_else(String::new, |at| format!(" (at {}:{})", at.file(), at.line()));
        LAST.set(Some(format!("{message}{place}")));
    }));
}

/// Does a piece of work on a snapshot.
///
/// # Errors
/// An edit came, or the work panicked.
pub(crate) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, Trouble> {
    // What is shared is the database, which recovers from panics.
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| match payload.downcast_ref::<salsa::Cancelled>() {
        // Work that waited for other work, and that was given up or failed: begun again, it does that work itself.
        Some(_) => Trouble::Cancelled,
        None => {
            let said = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let said = said.or_else(|| payload.downcast_ref::<String>().cloned());
            Trouble::Panic(LAST.take().or(said).unwrap_or_else(|| "a panic without a message".to_owned()))
        }
    })
}
