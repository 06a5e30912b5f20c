//! Reads the text that a command is given on standard input.

use crate::failure::Failure;
use std::io::Read;

/// All of standard input.
///
/// # Errors
/// It cannot be read, or is no UTF-8.
pub(crate) fn text() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::new(format!("standard input cannot be read: {error}")))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::new(format!("standard input is not UTF-8 text (byte {at})"))
    })
}
