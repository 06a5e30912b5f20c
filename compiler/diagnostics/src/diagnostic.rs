//! The one value in which every stage reports what is wrong, and the edits that mend it.
//!
//! Built by the `render` modules of the stages, printed by `pretty`, `json` and `concise`, converted by the
//! language server. It holds data only: no text is made when it is printed.

use crate::{Code, Span};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The project cannot be built, or would do something else than what is written.
    Error,
    /// It builds, but is very likely not meant.
    Warning,
    /// Good to know; never changes the exit code.
    Hint,
}

impl Severity {
    /// The word used in all output: `error`, `warning`, `hint`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

/// A finding in one file, at file-relative byte offsets.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Which rule it is.
    pub code: Code,
    /// The code's default severity, unless configuration changed it.
    pub severity: Severity,
    /// One line that stands alone: what was found and what was expected.
    pub message: String,
    /// File it belongs to, relative to the project root (or as the user named it), with `/`.
    pub file: String,
    /// The exact place.
    pub span: Span,
    /// Text under the place, where it says more than the message.
    pub label: Option<String>,
    /// Other places, in this file or in others, that explain it.
    pub related: Vec<Related>,
    /// One sentence that names the edit that mends it.
    pub help: Option<String>,
    /// Edits that mend it, the best first.
    pub fixes: Vec<Fix>,
}

/// Another place that explains a diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Related {
    /// File, written as in [`Diagnostic::file`].
    pub file: String,
    /// Place in that file, in bytes.
    pub span: Span,
    /// What is there.
    pub message: String,
}

/// A set of edits that mends a diagnostic; all of them or none are applied.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What it does, in the imperative: ``quote the value``.
    pub title: String,
    /// Whether it keeps the meaning of the program and may be applied without asking.
    pub safe: bool,
    /// The edits; disjoint, in the order of their places.
    pub edits: Vec<Edit>,
}

/// Replaces the bytes of `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edit {
    /// File, written as in [`Diagnostic::file`].
    pub file: String,
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Diagnostic {
    /// A finding with the code's default severity.
    #[must_use]
    pub fn new(code: Code, file: &str, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            file: file.to_owned(),
            span,
            label: None,
            related: Vec::new(),
            help: None,
            fixes: Vec::new(),
        }
    }

    /// Sets the text under the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets the sentence that names the edit.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn related(mut self, file: &str, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { file: file.to_owned(), span, message: message.into() });
        self
    }

    /// Adds a fix made of edits in this file.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, safe: bool, edits: Vec<(Span, String)>) -> Self {
        let file = self.file.clone();
        let edits = edits.into_iter().map(|(span, text)| Edit { file: file.clone(), span, text }).collect();
        self.fixes.push(Fix { title: title.into(), safe, edits });
        self
    }
}
