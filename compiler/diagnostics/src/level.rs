//! What configuration makes of a code: a severity, or silence.

use crate::{Code, Severity};
use std::collections::BTreeMap;

/// The levels of codes that are not at their default.
pub type Levels = BTreeMap<Code, Level>;

/// What is made of the findings of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// They are not reported.
    Off,
    /// They are reported with this severity.
    Report(Severity),
}

impl Level {
    /// All names, from the strictest.
    pub const NAMES: [&'static str; 4] = ["error", "warning", "hint", "off"];

    /// The level of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "error" => Self::Report(Severity::Error),
            "warning" => Self::Report(Severity::Warning),
            "hint" => Self::Report(Severity::Hint),
            "off" => Self::Off,
            _ => return None,
        })
    }

    /// The name that was most likely meant: what other tools call a level, or a misspelling.
    #[must_use]
    pub fn near(name: &str) -> Option<&'static str> {
        match &*name.to_ascii_lowercase() {
            "warn" => Some("warning"),
            "info" | "information" | "note" => Some("hint"),
            "deny" | "forbid" => Some("error"),
            "allow" | "ignore" | "none" | "false" | "disable" | "disabled" => Some("off"),
            other => Self::NAMES.into_iter().find(|name| *name == other).or_else(|| {
                crate::nearest(name, Self::NAMES)
                    .and_then(|near| Self::NAMES.into_iter().find(|name| *name == near))
            }),
        }
    }

    /// Why this level cannot be given to `code`, in words that follow its name.
    #[must_use]
    pub fn refused_for(self, code: Code) -> Option<&'static str> {
        let lowers = self != Self::Report(Severity::Error);
        (lowers && !code.is_adjustable())
            .then_some("is always an error: what is built of such code would be wrong")
    }
}
