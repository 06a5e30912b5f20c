//! What a check found, and how it is printed.

use crate::Exit;
use crate::args::Format;
use crate::output::Output;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use velox_diagnostics::{Code, Diagnostic, LineIndex, Severity, Sources, concise, json, pretty, summary};

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

/// What a check found.
pub(crate) struct Report {
    /// Everything, in no order that matters: the printers sort.
    pub(crate) diagnostics: Vec<Diagnostic>,
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

    /// How a check with this outcome ends. Hints change nothing.
    pub(crate) fn exit(&self) -> Exit {
        let configuration = |found: &Diagnostic| {
            found.code == Code::INVALID_PROJECT_CONFIG && found.severity == Severity::Error
        };
        if self.crashed {
            Exit::Internal
        } else if self.diagnostics.iter().any(configuration) {
            Exit::Usage
        } else if self.diagnostics.iter().any(|found| found.severity != Severity::Hint) {
            Exit::Findings
        } else {
            Exit::Clean
        }
    }

    /// Prints the findings to standard output: for people with a summary line, for machines as they read it.
    pub(crate) fn print(&self, output: &Output, format: Format, took: Duration) {
        match format {
            Format::Json => output.out(&(json(&self.diagnostics, &self.sources, self.files_checked) + "\n")),
            Format::Concise => {
                output.out(&concise(&self.diagnostics, &self.sources));
                // Lines for a machine to read: what is said to people goes beside them.
                output.err(&(self.summary(output.colors_err(), took) + "\n"));
            }
            Format::Pretty => {
                let mut text = pretty(&self.diagnostics, &self.sources, output.colors_out());
                if !text.is_empty() {
                    text.push('\n');
                }
                output.out(&(text + &self.summary(output.colors_out(), took) + "\n"));
            }
        }
    }

    /// Prints the findings to standard error, for a command whose standard output is something else.
    pub(crate) fn print_beside(&self, output: &Output) {
        output.err(&pretty(&self.diagnostics, &self.sources, output.colors_err()));
    }

    /// `2 errors in 12 files (34 ms)`
    fn summary(&self, color: bool, took: Duration) -> String {
        let counts = summary(&self.diagnostics, self.files_checked);
        let time = format!("({})", duration(took));
        if !color {
            return format!("{counts} {time}");
        }
        let paint = match self.diagnostics.iter().map(|found| found.severity).min() {
            Some(Severity::Error) => "1;31",
            Some(Severity::Warning) => "1;33",
            _ => "1;32",
        };
        format!("\u{1b}[{paint}m{counts}\u{1b}[0m \u{1b}[2m{time}\u{1b}[0m")
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
        Report { diagnostics, files_checked: 1, sources: FileSources::default(), crashed: false }
    }

    #[test]
    fn hints_never_change_the_exit_code() {
        assert_eq!(report(&[]).exit(), Exit::Clean);
        assert_eq!(report(&[Code::SUSPENSE_IN_PLACE]).exit(), Exit::Clean);
        assert_eq!(report(&[Code::SUSPENSE_IN_PLACE, Code::UNKNOWN_META_KEY]).exit(), Exit::Findings);
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
