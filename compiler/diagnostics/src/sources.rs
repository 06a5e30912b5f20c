//! How the printers get at the texts that diagnostics point into.

use crate::LineIndex;

/// Gives the text of a file that a diagnostic names; the printers read through it and do no IO of their own.
pub trait Sources {
    /// Text and lines of `file` (written as in [`crate::Diagnostic::file`]); nothing where it cannot be had.
    fn source(&self, file: &str) -> Option<(&str, &LineIndex)>;
}
