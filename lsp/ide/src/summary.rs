//! What a route is, in one line: its pattern, its mode and why. Hover, inlay hints and lenses say it with the same words.

use crate::Document;
use velox_core::analyze::Mode;
use velox_core::route::RouteKind;
use velox_db::RouteEntry;

/// A route in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RouteSummary {
    /// `/blog/:slug`, the configured base included.
    pub(crate) pattern: String,
    /// Its mode; nothing for an endpoint.
    pub(crate) mode: Option<Mode>,
    /// Why it has this mode: `` uses `request` ``; files are named where they are not the route's own.
    pub(crate) cause: String,
    /// The path of its one URL, for a route without params.
    pub(crate) url: Option<String>,
}

impl RouteSummary {
    /// A route of the table.
    pub(crate) fn of(entry: &RouteEntry) -> Self {
        let pattern = entry.route.pattern.text();
        Self {
            mode: (entry.route.kind == RouteKind::Page).then_some(entry.mode),
            cause: entry.cause.text(&entry.route.file),
            url: (!entry.route.pattern.is_dynamic()).then(|| pattern.clone()),
            pattern,
        }
    }

    /// `ssr`, or `endpoint`.
    pub(crate) fn mode_name(&self) -> &'static str {
        self.mode.map_or("endpoint", Mode::name)
    }

    /// Mode and cause: ``ssr (uses `request`)``, or `endpoint`.
    pub(crate) fn mode_text(&self) -> String {
        match self.mode {
            Some(mode) => format!("{} ({})", mode.name(), self.cause),
            None => self.mode_name().to_owned(),
        }
    }

    /// All of it: ``/blog/:slug · ssr (uses `request`)``.
    pub(crate) fn line(&self) -> String {
        format!("{} · {}", self.pattern, self.mode_text())
    }
}

/// The route that a file is, in words; nothing where it is none.
pub(crate) fn route_summary(document: Document<'_>) -> Option<RouteSummary> {
    document.route().map(RouteSummary::of)
}
