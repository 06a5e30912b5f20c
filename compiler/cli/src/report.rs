//! What a check found, and how it is printed.

use crate::Exit;
use crate::args::Format;
use crate::output::Output;
use crate::timings::Timings;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use velox_diagnostics::{
    Code, Diagnostic, Extras, LineIndex, Severity, Sources, concise, github, gitlab, json_with, junit,
    pretty, sarif, summary_of,
};

/// The texts that diagnostics point into, with their lines counted once.
#[derive(Default)]
pub(crate) struct FileSources(BTreeMap<String, (Arc<str>, LineIndex)>);

impl FileSources {
    /// The files that `diagnostics` name; `text` gives what is in them.
    pub(crate) fn new(diagnostics: &[Diagnostic], text: impl Fn(&str) -> Option<Arc<str>>) -> Self {
        let mut files = BTreeMap::new();
        for diagnostic in diagnostics {
            let related = diagnostic.related.iter().map(|related| &related.file);
            let edited = diagnostic.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.file);
            for file in std::iter::once(&diagnostic.file).chain(related).chain(edited) {
                if !files.contains_key(file)
                    && let Some(text) = text(file)
                {
                    let lines = LineIndex::new(&text);
                    files.insert(file.clone(), (text, lines));
                }
            }
        }
        Self(files)
    }
}

impl Sources for FileSources {
    fn source(&self, file: &str) -> Option<(&str, &LineIndex)> {
        self.0.get(file).map(|(text, lines)| (&**text, lines))
    }
}

/// How many findings are drawn with their code unless somebody asks for more: more than anyone reads at once.
const PRETTY_LIMIT: usize = 100;

/// Which findings the command line wants to hear.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choice {
    /// These codes alone; all, where it is empty.
    pub(crate) only: Vec<Code>,
    /// Not these.
    pub(crate) skip: Vec<Code>,
    /// Errors alone.
    pub(crate) quiet: bool,
    /// Warnings are errors.
    pub(crate) error_on_warning: bool,
}

impl Choice {
    /// Whether a finding is wanted.
    pub(crate) fn wants(&self, found: &Diagnostic) -> bool {
        let least = if self.error_on_warning { Severity::Warning } else { Severity::Error };
        (self.only.is_empty() || self.only.contains(&found.code))
            && !self.skip.contains(&found.code)
            && (!self.quiet || found.severity <= least)
    }

    /// How much a finding weighs for whoever chose.
    pub(crate) fn severity(&self, found: &Diagnostic) -> Severity {
        match found.severity {
            Severity::Warning if self.error_on_warning => Severity::Error,
            severity => severity,
        }
    }
}

/// How many findings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) hints: usize,
    /// Errors of the project's configuration, which are among the errors.
    pub(crate) configuration: usize,
}

impl Counts {
    /// Counts a finding.
    pub(crate) fn add(&mut self, code: Code, severity: Severity) {
        *self.of_mut(severity) += 1;
        self.configuration +=
            usize::from(code == Code::INVALID_PROJECT_CONFIG && severity == Severity::Error);
    }

    /// Counts a finding no longer.
    pub(crate) fn remove(&mut self, code: Code, severity: Severity) {
        *self.of_mut(severity) -= 1;
        self.configuration -=
            usize::from(code == Code::INVALID_PROJECT_CONFIG && severity == Severity::Error);
    }

    /// Adds what was counted elsewhere.
    pub(crate) fn join(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.hints += other.hints;
        self.configuration += other.configuration;
    }

    /// How many findings weigh this much.
    pub(crate) fn of(mut self, severity: Severity) -> usize {
        *self.of_mut(severity)
    }

    fn of_mut(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Hint => &mut self.hints,
        }
    }

    /// All of them.
    pub(crate) fn total(self) -> usize {
        self.errors + self.warnings + self.hints
    }
}

/// How a report is printed.
#[derive(Debug)]
pub(crate) struct Printing {
    /// The form.
    pub(crate) format: Format,
    /// At most so many findings.
    pub(crate) limit: Option<usize>,
    /// What stands before file names in formats for services: the project's path from the current folder.
    pub(crate) prefix: String,
    /// How many findings were mended, and of how many.
    pub(crate) fixed: Option<(usize, usize)>,
    /// Where the time went.
    pub(crate) timings: Option<Timings>,
    /// Whether all goes to standard error, since standard output is for something else.
    pub(crate) beside: bool,
}

impl Printing {
    /// How many findings are printed at most.
    pub(crate) fn limit(&self) -> usize {
        let usual = if self.format == Format::Pretty { PRETTY_LIMIT } else { usize::MAX };
        self.limit.unwrap_or(usual)
    }

    /// In this form, with nothing more.
    pub(crate) fn new(format: Format, prefix: String) -> Self {
        Self { format, limit: None, prefix, fixed: None, timings: None, beside: false }
    }
}

/// What a check found.
#[derive(Default)]
pub(crate) struct Report {
    /// Everything, in no order that matters: the printers sort.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Findings that are not among these, since they will not be printed.
    pub(crate) beyond: Counts,
    /// Number of files that were looked at.
    pub(crate) files_checked: usize,
    /// The texts that the diagnostics point into.
    pub(crate) sources: FileSources,
    /// Whether the compiler made a mistake of its own.
    pub(crate) crashed: bool,
}

impl Report {
    /// Whether there is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|found| found.severity == Severity::Error)
    }

    /// How many findings there are.
    pub(crate) fn counts(&self) -> Counts {
        let mut counts = self.beyond;
        self.diagnostics.iter().for_each(|found| counts.add(found.code, found.severity));
        counts
    }

    /// How a check with this outcome ends. Hints change nothing.
    pub(crate) fn exit(&self) -> Exit {
        let counts = self.counts();
        if self.crashed {
            Exit::Internal
        } else if counts.configuration > 0 {
            Exit::Usage
        } else if counts.errors + counts.warnings > 0 {
            Exit::Findings
        } else {
            Exit::Clean
        }
    }

    /// Leaves what the command line wants to hear.
    pub(crate) fn narrow(&mut self, choice: &Choice) {
        self.diagnostics.retain(|found| choice.wants(found));
        for found in &mut self.diagnostics {
            found.severity = choice.severity(found);
        }
    }

    /// Prints the findings to standard output: for people with a summary line, for machines as they read it.
    pub(crate) fn print(&self, output: &Output, how: &Printing, took: Duration) {
        let shown = self.first(how.limit());
        let (shown, hidden) = match &shown {
            Some(shown) => (shown.as_slice(), self.diagnostics.len() - shown.len()),
            None => (self.diagnostics.as_slice(), 0),
        };
        let hidden = hidden + self.beyond.total();
        let counts = self.counts();
        let timings = how.timings.as_ref();
        let lines = match how.format {
            Format::Json => {
                let extras = Extras {
                    fixed: how.fixed.map(|(fixed, _)| fixed),
                    not_shown: (hidden > 0).then_some(hidden),
                    counts: Some((counts.errors, counts.warnings)),
                    timings: timings.map(|timings| timings.json(took)),
                };
                json_with(shown, &self.sources, self.files_checked, &extras) + "\n"
            }
            Format::Gitlab => gitlab(shown, &self.sources, &how.prefix) + "\n",
            Format::Sarif => sarif(shown, &self.sources, &how.prefix, env!("CARGO_PKG_VERSION")) + "\n",
            Format::Junit => junit(shown, &self.sources, &how.prefix, self.files_checked),
            Format::Github => github(shown, &self.sources, &how.prefix),
            Format::Concise => concise(shown, &self.sources),
            Format::Pretty => {
                let mut text = pretty(shown, &self.sources, output.colors_out());
                if !text.is_empty() {
                    text.push('\n');
                }
                text
            }
        };
        // Where a machine reads the lines, what is said to people goes beside them.
        let people = how.format == Format::Pretty;
        let mut said = String::new();
        if hidden > 0 {
            let what = if hidden == 1 { "finding is" } else { "findings are" };
            said.push_str(&format!("{hidden} more {what} not shown (--max-diagnostics)\n"));
        }
        if let Some((fixed, all)) = how.fixed {
            said.push_str(&format!("fixed {fixed} of {all}\n"));
        }
        let color = if people && !how.beside { output.colors_out() } else { output.colors_err() };
        said.push_str(&(self.summary(counts, color, took) + "\n"));
        if let Some(timings) = timings {
            said.push_str(&timings.table(took));
        }
        match how.format {
            _ if how.beside => output.err(&(lines + said.as_str())),
            Format::Pretty => output.out(&(lines + said.as_str())),
            Format::Concise | Format::Github => {
                output.out(&lines);
                output.err(&said);
            }
            Format::Json => output.out(&lines),
            Format::Gitlab | Format::Sarif | Format::Junit => {
                output.out(&lines);
                if timings.is_some() || hidden > 0 || how.fixed.is_some() {
                    output.err(&said);
                }
            }
        }
    }

    /// At most `limit` of the findings, the weightiest first; nothing where there are no more than that.
    pub(crate) fn first(&self, limit: usize) -> Option<Vec<Diagnostic>> {
        if self.diagnostics.len() <= limit {
            return None;
        }
        let mut all: Vec<&Diagnostic> = self.diagnostics.iter().collect();
        all.sort_by(|a, b| (a.severity, &a.file, a.span, a.code).cmp(&(b.severity, &b.file, b.span, b.code)));
        Some(all.into_iter().take(limit).cloned().collect())
    }

    /// Prints the findings to standard error, for a command whose standard output is something else.
    pub(crate) fn print_beside(&self, output: &Output) {
        output.err(&pretty(&self.diagnostics, &self.sources, output.colors_err()));
    }

    /// `2 errors in 12 files (34 ms)`
    fn summary(&self, counts: Counts, color: bool, took: Duration) -> String {
        let words = summary_of(counts.errors, counts.warnings, counts.hints, self.files_checked);
        let time = format!("({})", duration(took));
        if !color {
            return format!("{words} {time}");
        }
        let paint = match counts {
            Counts { errors: 1.., .. } => "1;31",
            Counts { warnings: 1.., .. } => "1;33",
            _ => "1;32",
        };
        format!("\u{1b}[{paint}m{words}\u{1b}[0m \u{1b}[2m{time}\u{1b}[0m")
    }
}

/// `34 ms`, `1.2 s`, `2 min 5 s`.
pub(crate) fn duration(took: Duration) -> String {
    let milliseconds = took.as_millis();
    match milliseconds {
        0..1000 => format!("{milliseconds} ms"),
        1000..60_000 => format!("{:.1} s", took.as_secs_f64()),
        _ => format!("{} min {} s", took.as_secs() / 60, took.as_secs() % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use velox_diagnostics::Span;

    fn report(codes: &[Code]) -> Report {
        let diagnostics =
            codes.iter().map(|code| Diagnostic::new(*code, "a.velox", Span::at(0), "x")).collect();
        Report { diagnostics, files_checked: 1, ..Report::default() }
    }

    #[test]
    fn hints_never_change_the_exit_code() {
        assert_eq!(report(&[]).exit(), Exit::Clean);
        assert_eq!(report(&[Code::JSX_ATTRIBUTE_NAME]).exit(), Exit::Clean);
        assert_eq!(report(&[Code::JSX_ATTRIBUTE_NAME, Code::UNKNOWN_META_KEY]).exit(), Exit::Findings);
        assert_eq!(report(&[Code::UNKNOWN_COMPONENT]).exit(), Exit::Findings);
        assert_eq!(report(&[Code::UNKNOWN_COMPONENT, Code::INVALID_PROJECT_CONFIG]).exit(), Exit::Usage);
    }

    #[test]
    fn times_are_short() {
        assert_eq!(duration(Duration::from_millis(999)), "999 ms");
        assert_eq!(duration(Duration::from_millis(1234)), "1.2 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 min 5 s");
    }
}
