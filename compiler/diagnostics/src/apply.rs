//! Applies fixes: picks those that do not touch each other, applies them, checks again, until nothing is left to do.
//!
//! Pure: texts and checks come through [`Workspace`]; whoever owns the files writes them. It never keeps a fix that
//! leaves more errors than there were, and never half of a fix.

mod edits;
mod pick;
mod round;
#[cfg(test)]
mod tests;

use crate::{Diagnostic, Fix};
use pick::choose;
use round::Round;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

pub use edits::edited;
pub use round::made_worse;

/// Rounds after which fixes that undo each other are left as they are.
const ROUNDS: usize = 32;

/// Texts that fixes are applied to, and the check that says what is wrong with them.
pub trait Workspace {
    /// The text of a file that may be edited; nothing for any other.
    fn text(&self, file: &str) -> Option<Arc<str>>;

    /// Replaces the text of a file, in memory.
    fn set_text(&mut self, file: &str, text: Arc<str>);

    /// Everything that is wrong now.
    fn check(&mut self) -> Vec<Diagnostic>;
}

/// Which fixes are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Those that keep the meaning of the program.
    Safe,
    /// The best fix of each diagnostic, whatever it changes.
    All,
}

impl Trust {
    /// The fix of a diagnostic that would be applied.
    #[must_use]
    pub fn fix_of(self, diagnostic: &Diagnostic) -> Option<&Fix> {
        match self {
            Self::Safe => diagnostic.fixes.iter().find(|fix| fix.safe),
            Self::All => diagnostic.fixes.first(),
        }
    }
}

/// A file before the first fix and after the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its text before.
    pub before: Arc<str>,
    /// Its text now.
    pub after: Arc<str>,
}

/// A fix that was tried and taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// What it should have mended, at its place in the text that it was tried on.
    pub diagnostic: Diagnostic,
    /// The fix's title.
    pub title: String,
    /// The message of an error that it made.
    pub because: String,
}

/// What came of applying fixes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mended {
    /// Number of diagnostics that were mended.
    pub fixed: usize,
    /// Files whose text is another now, by name.
    pub changes: BTreeMap<String, Change>,
    /// What is wrong now.
    pub remaining: Vec<Diagnostic>,
    /// Fixes that made things worse.
    pub taken_back: Vec<TakenBack>,
}

/// Applies the fixes of those diagnostics that are wanted, until none is left that can be. The workspace holds the new texts afterwards.
#[must_use]
pub fn mend(workspace: &mut dyn Workspace, trust: Trust, wanted: &dyn Fn(&Diagnostic) -> bool) -> Mended {
    let mut mended = Mended { remaining: workspace.check(), ..Mended::default() };
    let mut refused = HashSet::new();
    for _ in 0..ROUNDS {
        let found = std::mem::take(&mut mended.remaining);
        let choices = choose(&found, trust, wanted, &*workspace, &refused);
        if choices.is_empty() {
            mended.remaining = found;
            break;
        }
        let outcome = Round::new(&choices, &found).run(workspace);
        for (nth, because) in outcome.refused {
            refused.insert(choices[nth].key());
            mended.taken_back.push(TakenBack {
                diagnostic: choices[nth].diagnostic.clone(),
                title: choices[nth].fix.title.clone(),
                because,
            });
        }
        mended.fixed += outcome.accepted.iter().map(|nth| choices[*nth].mends).sum::<usize>();
        for (file, before) in outcome.before {
            let Some(after) = workspace.text(&file) else { continue };
            let change = mended.changes.entry(file).or_insert(Change { before, after: after.clone() });
            change.after = after;
        }
        mended.remaining = outcome.after.unwrap_or(found);
    }
    mended.changes.retain(|_, change| change.before != change.after);
    mended
}
