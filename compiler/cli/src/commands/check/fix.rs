//! `veloxc check --fix` and `--diff`: applies fixes in memory, then writes the files, or prints what would be written.

use super::{choice, printing};
use crate::Exit;
use crate::args::CheckArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::project::{Selection, prefix};
use crate::report::Report;
use crate::session::Session;
use crate::write;
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;
use velox_diagnostics::{Change, Diagnostic, Mended, Trust, Workspace, mend};

/// Fixes, or shows what fixing would do.
pub(super) fn run(
    args: &CheckArgs,
    session: Session,
    selection: &Selection,
    output: &Output,
    begun: Instant,
) -> Result<Exit, Failure> {
    let mut desk = Desk::new(session, selection.clone());
    let mended = mended(args, &mut desk);
    if args.diff {
        output.out(&diff(&mended.changes, output.colors_out()));
        output.err(&told(&mended));
        let (fixed, all) = counts(args, &mended);
        output.err(&format!("would fix {fixed} of {all}\n"));
        // What is on the disk is as it was: what would be fixed is still wrong there.
        let exit = desk.first_exit(args);
        return Ok(exit);
    }
    let refused = write::all(&desk.session.root, &mended.changes);
    output.err(&told(&mended));
    for (file, reason) in &refused {
        output.err(&format!("{file} is not written: {reason}\n"));
    }
    let mut report = desk.report(args);
    report.files_checked = desk.files_checked;
    let mut printing = printing(args, prefix(&desk.session.root));
    printing.fixed = Some(counts(args, &mended));
    printing.timings = args.timings.then(|| desk.session.timings.take());
    report.print(output, &printing, begun.elapsed());
    Ok(if refused.is_empty() { report.exit() } else { report.exit().or_findings() })
}

/// Applies the fixes that the command line wants, in memory.
pub(super) fn mended(args: &CheckArgs, desk: &mut Desk) -> Mended {
    let trust = if args.unsafe_fixes { Trust::All } else { Trust::Safe };
    let begun = Instant::now();
    let wanted = choice(args);
    let selection = desk.selection.clone();
    let mended = mend(desk, trust, &|found| selection.holds(&found.file) && wanted.wants(found));
    desk.session.timings.phase("fix", begun.elapsed());
    mended
}

/// How many findings were mended, and of how many.
pub(super) fn counts(args: &CheckArgs, mended: &Mended) -> (usize, usize) {
    let wanted = choice(args);
    let left = mended.remaining.iter().filter(|found| wanted.wants(found)).count();
    (mended.fixed, mended.fixed + left)
}

/// What was tried in vain.
pub(super) fn told(mended: &Mended) -> String {
    let line = |back: &velox_diagnostics::TakenBack| {
        let found = &back.diagnostic;
        format!(
            "{}: the fix of {} is taken back ({}): {}\n",
            found.file, found.code, back.title, back.because
        )
    };
    mended.taken_back.iter().map(line).collect()
}

/// A project whose files are edited in memory.
pub(super) struct Desk {
    pub(super) session: Session,
    /// What is reported on.
    selection: Selection,
    /// Other files that were edited: what an edit breaks in them counts too.
    edited: Vec<String>,
    /// The only file that may be edited, where there is one.
    pub(super) only: Option<String>,
    /// What the first check gave.
    first: Option<Report>,
    files_checked: usize,
}

impl Desk {
    pub(super) fn new(session: Session, selection: Selection) -> Self {
        Self { session, selection, edited: Vec::new(), only: None, first: None, files_checked: 0 }
    }

    /// What is wrong now, as the command line wants to hear it.
    pub(super) fn report(&mut self, args: &CheckArgs) -> Report {
        let selection = self.selection.clone();
        super::report(args, &mut self.session, &selection)
    }

    fn first_exit(&mut self, args: &CheckArgs) -> Exit {
        self.first.take().map_or(Exit::Clean, |mut report| {
            report.narrow(&choice(args));
            report.exit()
        })
    }
}

impl Workspace for Desk {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        if self.only.as_deref().is_some_and(|only| only != file) {
            return None;
        }
        let source = self.session.file(file)?;
        Some(Arc::clone(source.text(&self.session.db)))
    }

    fn set_text(&mut self, file: &str, text: Arc<str>) {
        self.session.set_text(file, text);
        if !self.selection.holds(file) && !self.edited.iter().any(|other| other == file) {
            self.edited.push(file.to_owned());
        }
    }

    fn check(&mut self) -> Vec<Diagnostic> {
        let report = self.session.check(&self.selection);
        let mut found = report.diagnostics.clone();
        if !self.edited.is_empty() {
            found.extend(self.session.check(&Selection::Some(self.edited.clone())).diagnostics);
        }
        if self.first.is_none() {
            self.files_checked = report.files_checked;
            self.first = Some(report);
        }
        found
    }
}

/// The changes as `diff -u` prints them; `patch -p1` and `git apply` read it.
fn diff(changes: &BTreeMap<String, Change>, color: bool) -> String {
    let mut out = String::new();
    for (file, change) in changes {
        let diff = TextDiff::from_lines(&*change.before, &*change.after);
        let mut unified = diff.unified_diff();
        unified.header(&format!("a/{file}"), &format!("b/{file}"));
        if !color {
            out.push_str(&unified.to_string());
            continue;
        }
        out.push_str(&format!("\u{1b}[1m--- a/{file}\n+++ b/{file}\u{1b}[0m\n"));
        for hunk in unified.iter_hunks() {
            out.push_str(&format!("\u{1b}[36m{}\u{1b}[0m\n", hunk.header()));
            for line in hunk.iter_changes() {
                let (sign, ansi) = match line.tag() {
                    ChangeTag::Delete => ('-', "31"),
                    ChangeTag::Insert => ('+', "32"),
                    ChangeTag::Equal => (' ', "0"),
                };
                let text = line.value().trim_end_matches(['\n', '\r']);
                out.push_str(&format!("\u{1b}[{ansi}m{sign}{text}\u{1b}[0m\n"));
                if line.missing_newline() {
                    out.push_str("\\ No newline at end of file\n");
                }
            }
        }
    }
    out
}
