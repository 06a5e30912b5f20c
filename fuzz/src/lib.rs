//! What the fuzz targets share: inputs as texts, and what has to hold for each.
//!
//! A target fails by a panic. Panics of the TypeScript parser are not failures: they are caught where it is called.

use std::panic::{AssertUnwindSafe, catch_unwind};

mod project;
mod trees;

pub use project::{check_project, emit_project};
pub use trees::{quick_as_slow, sound_tokens, sound_trees};

/// Runs a target on a text. Bytes that are no UTF-8 never reach the compiler: what comes before them is the text.
///
/// The fuzzer's own hook aborts at every panic, also at one that is caught. This keeps to those that nobody catches.
pub fn run(data: &[u8], target: impl FnOnce(&str)) {
    let text = match std::str::from_utf8(data) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&data[..error.valid_up_to()]).unwrap_or_default(),
    };
    if catch_unwind(AssertUnwindSafe(|| target(text))).is_err() {
        std::process::abort();
    }
}

/// To be called once, before the first input.
pub fn init() {
    let print = std::panic::take_hook();
    drop(print);
    std::panic::set_hook(Box::new(|info| {
        let of_parser = info.location().is_some_and(|place| place.file().contains("swc_"));
        if !of_parser {
            eprintln!("{info}\n{}", std::backtrace::Backtrace::force_capture());
        }
    }));
}
