//! What runs where: effects and server-only modules reached through imports, from static pages, the browser and the edge
//! (language.md M1 to M7, P4).

use crate::Db;
use crate::inputs::{Project, SourceFile};
use velox_diagnostics::Diagnostic;

/// Checks a file that has no syntax error.
pub(crate) fn check(_db: &dyn Db, _project: Project, _file: SourceFile, _found: &mut Vec<Diagnostic>) {}
