//! Names of files and folders that some file systems take for one: those of macOS and Windows know no letter case, that of macOS
//! no forms of Unicode either.
//!
//! Looks at names alone, and refuses to say which spelling is right: the one that comes first in the order of names stays.

use icu_normalizer::ComposingNormalizerBorrowed;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// A file whose name, or that of a folder around it, is another one in a different spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alike {
    /// The file.
    pub file: String,
    /// Its path up to the name that is meant: the file's own, or that of a folder.
    pub path: String,
    /// The path that it is taken for.
    pub other: String,
    /// A file there: `other` itself, or one in that folder.
    pub other_file: String,
    /// In what they differ.
    pub difference: Difference,
}

/// In what two spellings differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Capital and small letters.
    LetterCase,
    /// How a letter with marks is put together of code points.
    UnicodeForm,
}

/// Finds names under `directory` that differ in their spelling alone, in the order of files. A folder is told of once, at its first
/// file.
#[must_use]
pub(super) fn alike<'a>(files: impl IntoIterator<Item = &'a str>, directory: &str) -> Vec<Alike> {
    let mut files: Vec<&str> = files
        .into_iter()
        .filter(|file| file.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/')))
        .collect();
    // Small letters alone, and no others than ASCII: there is one spelling. Most projects end here.
    let is_plain = |file: &str| file.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if files.iter().all(|file| is_plain(&file[directory.len()..])) {
        return Vec::new();
    }
    files.sort_unstable();
    let mut seen: FxHashMap<String, (&str, &str)> = FxHashMap::default();
    let mut told: FxHashSet<&str> = FxHashSet::default();
    let mut found = Vec::new();
    for file in files {
        let names = file.match_indices('/').map(|(at, _)| at).chain([file.len()]);
        for end in names.filter(|end| *end > directory.len()) {
            let path = &file[..end];
            let (other, other_file) = *seen.entry(folded(path)).or_insert((path, file));
            if other != path {
                if !told.insert(path) {
                    break;
                }
                let cased = composed(path) == composed(other);
                let difference = if cased { Difference::UnicodeForm } else { Difference::LetterCase };
                found.push(Alike {
                    file: file.to_owned(),
                    path: path.to_owned(),
                    other: other.to_owned(),
                    other_file: other_file.to_owned(),
                    difference,
                });
                break;
            }
        }
    }
    found
}

fn composed(path: &str) -> Cow<'_, str> {
    if path.is_ascii() { Cow::Borrowed(path) } else { ComposingNormalizerBorrowed::new_nfc().normalize(path) }
}

fn folded(path: &str) -> String {
    if path.is_ascii() {
        return path.to_ascii_lowercase();
    }
    composed(&composed(path).to_lowercase()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(files: &[&str]) -> Vec<String> {
        let text = |found: Alike| {
            format!("{}: {} = {} ({:?})", found.file, found.path, found.other, found.difference)
        };
        alike(files.iter().copied(), "routes").into_iter().map(text).collect()
    }

    #[test]
    fn names_that_differ_in_their_spelling() {
        assert_eq!(
            check(&["routes/about.velox", "routes/About.velox"]),
            ["routes/about.velox: routes/about.velox = routes/About.velox (LetterCase)"]
        );
        assert_eq!(
            check(&["routes/caf\u{e9}.velox", "routes/cafe\u{301}.velox"]),
            ["routes/caf\u{e9}.velox: routes/caf\u{e9}.velox = routes/cafe\u{301}.velox (UnicodeForm)"]
        );
        assert_eq!(check(&["routes/Straße.velox", "routes/STRAßE.velox"]).len(), 1);
    }

    #[test]
    fn a_folder_is_told_of_by_the_first_file_in_it() {
        assert_eq!(
            check(&["routes/Blog/a.velox", "routes/blog/b.velox", "routes/blog/c.velox"]),
            ["routes/blog/b.velox: routes/blog = routes/Blog (LetterCase)"]
        );
    }

    #[test]
    fn other_names_are_others() {
        assert!(
            check(&["routes/Blog.velox", "routes/blog/b.velox", "routes/cafe.velox", "routes/café.velox"])
                .is_empty()
        );
        assert!(check(&["lib/a.ts", "lib/A.ts", "Routes/x.velox", "routes/X.velox"]).is_empty());
    }
}
