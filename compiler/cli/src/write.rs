//! Writes files so that they are never there by half: beside the old one first, then in its place.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use velox_diagnostics::Change;
use velox_disk::{read_text, reason};

/// Writes all changes. Gives the files that are not written, each with the reason.
///
/// Where one file is no longer what was read, none is written: a fix may have edits in several.
pub(crate) fn all(root: &Path, changes: &BTreeMap<String, Change>) -> Vec<(String, String)> {
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

/// Writes one change.
///
/// # Errors
/// It is not written; the reason in words that follow a file's name.
pub(crate) fn one(path: &Path, change: &Change) -> Result<(), String> {
    let prepared = prepare(path, change)?;
    prepared.temporary.persist(&prepared.place).map(drop).map_err(|error| reason(&error.error))
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn change(before: &str, after: &str) -> Change {
        Change { before: Arc::from(before), after: Arc::from(after) }
    }

    #[test]
    fn a_file_that_changed_meanwhile_is_not_overwritten_and_nor_are_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&a, "one").unwrap();
        std::fs::write(&b, "two, edited").unwrap();
        let changes = [("a", change("one", "1")), ("b", change("two", "2"))];
        let changes = changes.map(|(file, change)| (file.to_owned(), change)).into();
        let refused = all(folder.path(), &changes);
        let expected = [("b", "it was changed meanwhile"), ("a", "another file could not be")];
        assert_eq!(refused, expected.map(|(file, reason)| (file.to_owned(), reason.to_owned())));
        assert_eq!(std::fs::read_to_string(&a).unwrap(), "one");
        assert_eq!(folder.path().read_dir().unwrap().count(), 2, "a temporary file is left");
        std::fs::write(&b, "two").unwrap();
        assert_eq!(all(folder.path(), &changes), []);
        assert_eq!(
            (std::fs::read_to_string(&a).unwrap(), std::fs::read_to_string(&b).unwrap()),
            ("1".into(), "2".into())
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_a_link_leads_to_is_written() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("real"), "one").unwrap();
        std::os::unix::fs::symlink("real", folder.path().join("link")).unwrap();
        assert_eq!(all(folder.path(), &[("link".to_owned(), change("one", "1"))].into()), []);
        assert_eq!(std::fs::read_to_string(folder.path().join("real")).unwrap(), "1");
        assert!(folder.path().join("link").is_symlink());
    }
}
