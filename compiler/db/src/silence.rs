//! What the user wants to hear: severities of the configuration, and `velox-ignore` comments.

use crate::Db;
use crate::inputs::{Project, SourceFile};
use velox_diagnostics::Diagnostic;

/// Applies severities and `velox-ignore` comments to the findings of a file, and reports ignores that silence nothing.
pub(crate) fn apply(_db: &dyn Db, _project: Project, _file: SourceFile, _found: &mut Vec<Diagnostic>) {}
