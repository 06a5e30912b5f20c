//! Values of options: what they may be, and how they are read. Words for people are doc comments.

use clap::ValueEnum;
use velox_core::analyze::Mode;
use velox_diagnostics::{Code, Level};

/// When output is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    #[default]
    Auto,
    Always,
    Never,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Frames of the code, for people
    Pretty,
    /// One object, for machines
    Json,
    /// A line for each
    Concise,
    /// Workflow commands: annotations of GitHub Actions
    Github,
    /// A Code Quality report of GitLab
    Gitlab,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// A JUnit report in XML
    Junit,
}

/// How routes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum RoutesFormat {
    /// A picture, for people
    Tree,
    /// One object, for machines
    Json,
}

/// What emitted code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CompileTarget {
    /// HTML as strings
    Server,
    /// Vnodes of preact, for the browser
    Client,
}

/// A code, by number or name.
pub(super) fn code(text: &str) -> Result<Code, String> {
    Code::parse(text).ok_or_else(|| match Code::near(text) {
        Some(near) => format!("there is no such code; did you mean {near} ({})?", near.name()),
        None => "there is no such code; `veloxc explain` lists all".to_owned(),
    })
}

/// `CODE=LEVEL`.
pub(super) fn code_level(text: &str) -> Result<(Code, Level), String> {
    let levels = Level::NAMES.join(", ");
    let (name, level) =
        text.split_once('=').ok_or_else(|| format!("write CODE=LEVEL; the levels are {levels}"))?;
    let code = code(name)?;
    let level = Level::parse(level).ok_or_else(|| match Level::near(level) {
        Some(near) => format!("there is no level `{level}`; did you mean {near}?"),
        None => format!("there is no level `{level}`; the levels are {levels}"),
    })?;
    match level.refused_for(code) {
        Some(reason) => Err(format!("{code} ({}) {reason}", code.name())),
        None => Ok((code, level)),
    }
}

/// A mode by name.
pub(super) fn mode(text: &str) -> Result<Mode, String> {
    Mode::parse(text).ok_or_else(|| format!("the modes are {}", Mode::NAMES.join(", ")))
}

/// A number above zero.
pub(super) fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "a whole number, 1 or more".to_owned())
}
