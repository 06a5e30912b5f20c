//! What only the whole site can answer: cache tags, revalidated paths, links.

use crate::Db;
use crate::inputs::{Project, SourceFile};
use velox_diagnostics::Diagnostic;

/// Checks a file that has no syntax error.
pub(crate) fn check(_db: &dyn Db, _project: Project, _file: SourceFile, _found: &mut Vec<Diagnostic>) {}
