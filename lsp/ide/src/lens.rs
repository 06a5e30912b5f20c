//! Lines shown above the code: the route with its mode, and how many links lead to it.

use crate::Document;
use crate::summary::route_summary;
use crate::target::Use;
use velox_diagnostics::Span;

/// A line above a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The place.
    pub span: Span,
    /// What it says.
    pub title: LensTitle,
}

/// What a lens says, and what a click does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LensTitle {
    /// A text; a click opens the URL of the route in the browser, where it has one without params.
    Route {
        /// `/blog/:slug · ssr (top-level await)`.
        text: String,
        /// The URL's path, for a route without params.
        url: Option<String>,
    },
    /// How many places link to the route: a click shows them.
    Links {
        /// The places; nothing before [`resolve`] has counted them.
        uses: Option<Vec<Use>>,
    },
}

/// The lenses of a file, without what is dear to know.
#[must_use]
pub fn lenses(document: Document<'_>) -> Vec<Lens> {
    let Some(summary) = route_summary(document) else { return Vec::new() };
    let text = document.text();
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let end = text[start..].find(['\r', '\n']).map_or(text.len(), |at| start + at);
    let span = Span::new(start as u32, end as u32);
    let route = LensTitle::Route { text: summary.line(), url: summary.url };
    [route, LensTitle::Links { uses: None }].map(|title| Lens { span, title }).into()
}

/// The places that link to the route of a file.
#[must_use]
pub fn links_to(document: Document<'_>) -> Vec<Use> {
    if document.route().is_none() {
        return Vec::new();
    }
    let mut found = crate::symbol::site::uses_of_route(document, document.path());
    found.sort();
    found.dedup();
    found
}
