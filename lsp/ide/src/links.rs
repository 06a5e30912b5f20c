//! Links in a file that open another one: imports, `href`, `src`, `action`, style sheets, web addresses.

use crate::Document;
use velox_diagnostics::Span;

/// What a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A file of the project, by its path.
    File(String),
    /// An address outside.
    Web(String),
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its text, without quotes.
    pub span: Span,
    /// What it opens.
    pub target: LinkTarget,
    /// A word on it.
    pub tooltip: Option<String>,
}

/// The links of a file, in order.
#[must_use]
pub fn links(document: Document<'_>) -> Vec<Link> {
    let _ = document;
    Vec::new()
}
