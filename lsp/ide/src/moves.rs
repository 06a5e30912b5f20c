//! What has to be edited when files or folders get other paths: imports, links, layouts.

use crate::Change;
use velox_db::{Db, Project};

/// The edits that keep a project's imports and links right when files or folders are renamed: (path before, path after), relative to
/// the project's root. Edits are by the paths before.
#[must_use]
pub fn moved(db: &dyn Db, project: Project, renames: &[(String, String)]) -> Change {
    let _ = (db, project, renames);
    Change::default()
}
