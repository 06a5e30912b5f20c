//! Mistakes in how the command was called or in where it was called: told in words, never with a trace.
//!
//! What is wrong inside a project is a `Diagnostic`, not one of these.

use std::fmt;

/// Why a command cannot even begin. Ends with exit code 2.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// One line: what is wrong.
    pub(crate) message: String,
    /// What to do about it; may have several lines.
    pub(crate) help: Option<String>,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.message)
    }
}
