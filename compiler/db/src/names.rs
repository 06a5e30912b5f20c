//! Names: what is not in scope, what nothing uses, params that the pattern lacks, exports that a module does not have (language.md T2).

use crate::Db;
use crate::inputs::{Project, SourceFile};
use velox_diagnostics::Diagnostic;

/// Checks a file that has no syntax error.
pub(crate) fn check(_db: &dyn Db, _project: Project, _file: SourceFile, _found: &mut Vec<Diagnostic>) {}
