//! What a watched check stands at: for each file what was found in it last, so that an edit costs what it changes, and what is printed.

use crate::crash::{self, Trouble};
use crate::report::{Choice, Counts, Report};
use std::sync::Arc;
use velox_db::{FileSet, SourceFile};
use velox_diagnostics::{Diagnostic, Severity};

/// The files that are checked each time, by path, and what was found in them.
#[derive(Default)]
pub(crate) struct Checked {
    /// The files of the project at that time.
    listed: Option<Arc<FileSet>>,
    pub(super) files: Vec<(String, SourceFile)>,
    found: Vec<Found>,
    /// Findings of files that could not be read.
    unread: Vec<Diagnostic>,
    /// How many files of the project can be checked.
    pub(crate) checkable: usize,
    crashed: bool,
}

/// What was found in a file.
#[derive(Default)]
struct Found {
    /// All of it; nothing before it was asked for.
    all: Option<Arc<[Diagnostic]>>,
    /// How many of it are wanted.
    wanted: Counts,
}

impl Checked {
    /// Begins with these files.
    pub(super) fn new(
        listed: Arc<FileSet>,
        files: Vec<(String, SourceFile)>,
        unread: Vec<Diagnostic>,
        checkable: usize,
    ) -> Self {
        let found = files.iter().map(|_| Found::default()).collect();
        Self { listed: Some(listed), files, found, unread, checkable, crashed: false }
    }

    /// Whether it is of a project with these files.
    pub(super) fn is_of(&self, listed: &Arc<FileSet>) -> bool {
        self.listed.as_ref().is_some_and(|own| Arc::ptr_eq(own, listed))
    }

    /// Takes over what each of the files gave.
    pub(super) fn take(&mut self, given: Vec<Result<Arc<[Diagnostic]>, Trouble>>, choice: &Choice) {
        self.crashed = false;
        for ((given, found), (path, _)) in given.into_iter().zip(&mut self.found).zip(&self.files) {
            let given = given.unwrap_or_else(|trouble| {
                self.crashed = true;
                Arc::from([crash::diagnostic(path, &trouble)])
            });
            if !found.all.as_ref().is_some_and(|all| Arc::ptr_eq(all, &given)) {
                found.wanted = counts(&given, choice);
                found.all = Some(given);
            }
        }
    }

    /// The wanted findings, the weightiest `limit` of them, and how many there are beyond.
    pub(super) fn report(&self, choice: &Choice, limit: usize) -> Report {
        let mut beyond = counts(&self.unread, choice);
        self.found.iter().for_each(|found| beyond.join(found.wanted));
        let mut diagnostics = Vec::with_capacity(limit.min(beyond.total()));
        for severity in [Severity::Error, Severity::Warning, Severity::Hint] {
            let room = limit - diagnostics.len();
            let mut of_severity = Vec::new();
            let mut add = |all: &[Diagnostic]| {
                let wanted =
                    all.iter().filter(|found| choice.wants(found) && choice.severity(found) == severity);
                of_severity.extend(wanted.cloned());
            };
            add(&self.unread);
            let unread = self.unread.len();
            // Files are in order, and so is what is in each; those that could not be read come between.
            let mut held = 0;
            for found in self.found.iter().filter(|found| found.wanted.of(severity) > 0) {
                if held >= room {
                    break;
                }
                held += found.wanted.of(severity);
                add(found.all.as_deref().unwrap_or_default());
            }
            if unread > 0 {
                of_severity.sort_by(|a, b| (&a.file, a.span, a.code).cmp(&(&b.file, b.span, b.code)));
            }
            of_severity.truncate(room);
            diagnostics.append(&mut of_severity);
        }
        for found in &mut diagnostics {
            found.severity = choice.severity(found);
            beyond.remove(found.code, found.severity);
        }
        let files_checked = self.files.len() + self.unread.len();
        Report { diagnostics, beyond, files_checked, crashed: self.crashed, ..Report::default() }
    }
}

fn counts(all: &[Diagnostic], choice: &Choice) -> Counts {
    let mut counts = Counts::default();
    all.iter().filter(|found| choice.wants(found)).for_each(|found| {
        counts.add(found.code, choice.severity(found));
    });
    counts
}
