//! What commands show: the emitted code of a file for a mode, the list of routes.

use crate::Document;
use velox_core::analyze::Mode;
use velox_db::{Db, Project};
use velox_diagnostics::Severity;

/// Which code is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// The module for the server.
    Server,
    /// The module for the browser.
    Client,
    /// The compiled style sheets.
    Styles,
}

/// The emitted code of a file.
///
/// # Errors
/// Why there is none, in one line: the first error of the file.
pub fn emitted(document: Document<'_>, view: View) -> Result<String, String> {
    let found = velox_db::check_file(document.db, document.project, document.file);
    if let Some(error) = found.iter().find(|found| found.severity == Severity::Error) {
        return Err(format!("{}: {}", error.code, error.message));
    }
    let Document { db, project, file } = document;
    Ok(match view {
        View::Server => velox_db::emit(db, project, file).code.clone(),
        View::Client => velox_db::emit_client(db, project, file).code.clone(),
        View::Styles => {
            let sheets = velox_db::style_sheets(db, project, file);
            sheets.iter().map(|sheet| sheet.css.as_str()).collect::<Vec<_>>().join("\n")
        }
    })
}

/// A route, for a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteLine {
    /// `/blog/:slug`.
    pub pattern: String,
    /// Its file.
    pub path: String,
    /// Its mode; nothing for an endpoint.
    pub mode: Option<Mode>,
    /// Why it has this mode, in words.
    pub cause: String,
}

/// The routes of a project, the more specific first.
#[must_use]
pub fn routes(db: &dyn Db, project: Project) -> Vec<RouteLine> {
    use velox_core::route::RouteKind;
    let table = velox_db::route_table(db, project);
    let line = |entry: &velox_db::RouteEntry| RouteLine {
        pattern: entry.route.pattern.text(),
        path: entry.route.file.clone(),
        mode: (entry.route.kind == RouteKind::Page).then_some(entry.mode),
        cause: entry.cause.text(&entry.route.file),
    };
    table.entries.iter().map(|entry| line(entry)).collect()
}
