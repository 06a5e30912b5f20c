//! `veloxc check --syntax-only`: the syntax of `.velox` files anywhere, without a project around them.

use crate::failure::Failure;
use crate::project::{existing, find_root, given_root, is_project};
use crate::report::{FileSources, Report};
use crate::session::{check_each, loose_files};
use crate::timings::Timings;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use velox_db::{Database, check_syntax};
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_disk::{read_text, relative, walk};

/// Checks files, and the `.velox` files of folders. `timings` is told where the time went.
///
/// # Errors
/// A path does not exist, or there is no `.velox` file in it.
pub(crate) fn check(
    paths: &[PathBuf],
    root: Option<&Path>,
    timings: &mut Timings,
) -> Result<Report, Failure> {
    let begun = Instant::now();
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here } else { paths };
    let mut found = Files { base: base(paths, root)?, texts: BTreeMap::new(), problems: Vec::new() };
    for path in paths {
        found.add(path)?;
    }
    timings.phase("read", begun.elapsed());
    let begun = Instant::now();
    let db = Database::default();
    let files = loose_files(&db, found.texts);
    let checked = check_each(&db, &files, &|db, file| check_syntax(db, file));
    timings.phase("check", begun.elapsed());
    let mut diagnostics = found.problems;
    let files_checked = files.len() + diagnostics.len();
    diagnostics.extend(checked.diagnostics);
    let sources = FileSources::new(&diagnostics, |path| {
        let at = files.binary_search_by(|(other, _)| other.as_str().cmp(path)).ok()?;
        Some(Arc::clone(files[at].1.text(&db)))
    });
    Ok(Report { diagnostics, files_checked, sources, crashed: checked.crashed, ..Report::default() })
}

/// The project that all paths belong to, if there is one: files are named relative to it, else as they were given.
fn base(paths: &[PathBuf], root: Option<&Path>) -> Result<Option<PathBuf>, Failure> {
    if let Some(root) = root {
        return given_root(root).map(Some);
    }
    let mut roots = paths.iter().map(|path| Ok(find_root(&existing(path)?).filter(|root| is_project(root))));
    let first = roots.next().transpose()?.flatten();
    for root in roots {
        if root? != first {
            return Ok(None);
        }
    }
    Ok(first)
}

struct Files {
    base: Option<PathBuf>,
    texts: BTreeMap<String, String>,
    problems: Vec<Diagnostic>,
}

impl Files {
    fn add(&mut self, given: &Path) -> Result<(), Failure> {
        let path = existing(given)?;
        if !path.is_dir() {
            if path.extension().is_none_or(|ending| ending != "velox") {
                let failure = Failure::new(format!("{} is no .velox file", given.display()));
                return Err(failure.help("--syntax-only reads .velox files alone"));
            }
            self.read(self.name(given, &path, ""), &path);
            return Ok(());
        }
        let walked = walk(&path);
        let before = self.texts.len() + self.problems.len();
        for file in walked.files.iter().filter(|file| file.ends_with(".velox")) {
            self.read(self.name(given, &path, file), &path.join(file));
        }
        for problem in walked.problems {
            let name = self.name(given, &path, &problem.path);
            self.problem(&name, &problem.reason);
        }
        if self.texts.len() + self.problems.len() == before {
            return Err(Failure::new(format!("there is no .velox file in {}", crate::project::shown(&path))));
        }
        Ok(())
    }

    /// The name of `file` in the folder `path`, or of `path` itself, which was written as `given`.
    fn name(&self, given: &Path, path: &Path, file: &str) -> String {
        let inside = self.base.as_ref().filter(|base| path.starts_with(base));
        let folder = match inside {
            Some(base) => relative(base, path).unwrap_or_else(|lossy| lossy),
            None => given.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"),
        };
        let folder = folder.strip_prefix("./").unwrap_or(&folder).trim_end_matches('/');
        match (folder, file) {
            ("" | ".", file) => file.to_owned(),
            (folder, "") => folder.to_owned(),
            (folder, file) => format!("{folder}/{file}"),
        }
    }

    fn read(&mut self, name: String, path: &Path) {
        match read_text(path) {
            Ok(text) => {
                self.texts.insert(name, text);
            }
            Err(reason) => self.problem(&name, &reason),
        }
    }

    fn problem(&mut self, name: &str, reason: &str) {
        let message = format!("{name} cannot be read: {reason}");
        self.problems.push(Diagnostic::new(Code::UNREADABLE_FILE, name, Span::at(0), message));
    }
}
