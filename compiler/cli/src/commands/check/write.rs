//! Writes files so that they are never there by half: beside the old one first, then in its place.

use crate::disk::{read_text, reason};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use velox_diagnostics::Change;

/// Writes all changes. Gives the files that are not written, each with the reason.
///
/// Where one file is no longer what was read, none is written: a fix may have edits in several.
pub(super) fn all(root: &Path, changes: &BTreeMap<String, Change>) -> Vec<(String, String)> {
    let mut refused = Vec::new();
    let mut ready = Vec::new();
    for (file, change) in changes {
        match prepare(&root.join(file), change) {
            Ok(prepared) => ready.push((file, prepared)),
            Err(reason) => refused.push((file.clone(), reason)),
        }
    }
    if !refused.is_empty() {
        let others =
            ready.into_iter().map(|(file, _)| (file.clone(), "another file could not be".to_owned()));
        refused.extend(others);
        return refused;
    }
    for (file, prepared) in ready {
        if let Err(error) = prepared.temporary.persist(&prepared.place) {
            refused.push((file.clone(), reason(&error.error)));
        }
    }
    refused
}

/// The new text, on the disk beside its place.
struct Prepared {
    temporary: tempfile::NamedTempFile,
    place: PathBuf,
}

fn prepare(path: &Path, change: &Change) -> Result<Prepared, String> {
    let io = |error: std::io::Error| reason(&error);
    // Of a link it is what it leads to that is written.
    let place = path.canonicalize().map_err(io)?;
    if read_text(&place)? != *change.before {
        return Err("it was changed meanwhile".to_owned());
    }
    let metadata = place.metadata().map_err(io)?;
    if metadata.permissions().readonly() {
        return Err("writing it is not permitted".to_owned());
    }
    let folder = place.parent().ok_or("it has no folder")?;
    let mut temporary =
        tempfile::Builder::new().prefix(".veloxc-").suffix(".tmp").tempfile_in(folder).map_err(io)?;
    temporary.write_all(change.after.as_bytes()).map_err(io)?;
    temporary.as_file().sync_all().map_err(io)?;
    temporary.as_file().set_permissions(metadata.permissions()).map_err(io)?;
    Ok(Prepared { temporary, place })
}
