//! What happens when the compiler itself makes a mistake: the panic is caught, worded, and told as one.
//!
//! The hook prints nothing. Whoever catches a panic asks here what it was, and says which file it was about.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use velox_diagnostics::{Code, Diagnostic, Span};

/// What to do about an internal error.
pub(crate) const REPORT: &str =
    "this is a mistake of veloxc, not of your code: please report it, with the file and `veloxc --version`";

thread_local! {
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Why a piece of work gave no result.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// A panic of its own, in words.
    Panic(String),
    /// It waited for another piece of work, and that one panicked.
    OfAnother,
}

/// Makes panics silent, and remembers what they say.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(|info| LAST.set(Some(words(info)))));
}

fn words(info: &PanicHookInfo<'_>) -> String {
    let message = info.payload_as_str().unwrap_or("a panic without a message");
    match info.location() {
        Some(place) => format!("{message} (at {}:{})", place.file(), place.line()),
        None => message.to_owned(),
    }
}

/// Does a piece of work, and catches its panics.
///
/// # Errors
/// It panicked, or waited for something that did.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Trouble> {
    // What the work touched is the database, which recovers from panics, and values that are dropped with it.
    catch_unwind(AssertUnwindSafe(work)).map_err(|payload| {
        if payload.is::<salsa::Cancelled>() {
            return Trouble::OfAnother;
        }
        let said = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let said = said.or_else(|| payload.downcast_ref::<String>().cloned());
        Trouble::Panic(LAST.take().or(said).unwrap_or_else(|| "a panic without a message".to_owned()))
    })
}

/// A panic that a file led to, as a diagnostic.
pub(crate) fn diagnostic(file: &str, trouble: &Trouble) -> Diagnostic {
    let said = match trouble {
        Trouble::Panic(said) => said.as_str(),
        Trouble::OfAnother => "something that this file depends on could not be worked out",
    };
    Diagnostic::new(Code::INTERNAL, file, Span::at(0), format!("veloxc failed on this file: {said}"))
        .help(REPORT)
}
