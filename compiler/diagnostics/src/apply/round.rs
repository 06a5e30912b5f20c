//! One round: applies the chosen fixes at once and, where that made something worse, finds out which of them did.

use super::Workspace;
use super::edits::edited;
use super::pick::Choice;
use crate::{Diagnostic, Edit, Severity};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The fixes of a round, and what was wrong before it.
pub(super) struct Round<'a> {
    choices: &'a [Choice<'a>],
    found: &'a [Diagnostic],
}

/// What came of a round.
pub(super) struct Outcome {
    /// The fixes that stay, as indices.
    pub(super) accepted: Vec<usize>,
    /// The fixes that do not, each with the error that it made.
    pub(super) refused: Vec<(usize, String)>,
    /// The texts before the round, by file.
    pub(super) before: BTreeMap<String, Arc<str>>,
    /// What is wrong now; nothing where no fix stayed.
    pub(super) after: Option<Vec<Diagnostic>>,
}

impl<'a> Round<'a> {
    pub(super) fn new(choices: &'a [Choice<'a>], found: &'a [Diagnostic]) -> Self {
        Self { choices, found }
    }

    /// Applies what can be. The workspace holds the result.
    pub(super) fn run(&self, workspace: &mut dyn Workspace) -> Outcome {
        let files = self.choices.iter().flat_map(|choice| &choice.fix.edits).map(|edit| &edit.file);
        let before: BTreeMap<String, Arc<str>> =
            files.filter_map(|file| Some((file.clone(), workspace.text(file)?))).collect();
        let mut outcome = Outcome { accepted: Vec::new(), refused: Vec::new(), before, after: None };
        // Halves of what made something worse are tried in turn, on top of what was good.
        let mut pending = vec![(0, self.choices.len())];
        while let Some((start, end)) = pending.pop() {
            let tried: Vec<usize> = outcome.accepted.iter().copied().chain(start..end).collect();
            self.write(workspace, &outcome.before, &tried);
            let after = workspace.check();
            match made_worse(outcome.after.as_deref().unwrap_or(self.found), &after) {
                None => {
                    outcome.accepted = tried;
                    outcome.after = Some(after);
                }
                Some(error) if end - start == 1 => outcome.refused.push((start, error.message.clone())),
                Some(_) => {
                    let middle = start + (end - start) / 2;
                    pending.push((middle, end));
                    pending.push((start, middle));
                }
            }
        }
        self.write(workspace, &outcome.before, &outcome.accepted);
        outcome
    }

    /// Makes the workspace's texts those of the round with these fixes.
    fn write(&self, workspace: &mut dyn Workspace, before: &BTreeMap<String, Arc<str>>, chosen: &[usize]) {
        let mut edits: HashMap<&str, Vec<&Edit>> = HashMap::new();
        for edit in chosen.iter().flat_map(|nth| &self.choices[*nth].fix.edits) {
            edits.entry(&edit.file).or_default().push(edit);
        }
        for (file, text) in before {
            let wanted = match edits.get(&**file) {
                // Every edit was tried for fit when it was chosen.
                Some(edits) => edited(text, edits.iter().copied()).map_or_else(|| text.clone(), Arc::from),
                None => text.clone(),
            };
            if workspace.text(file).as_deref() != Some(&*wanted) {
                workspace.set_text(file, wanted);
            }
        }
    }
}

/// An error that was not there before, where an edit made a file worse.
///
/// A mended mistake of syntax lets checks speak that were silent before: then new errors of other kinds are no harm.
#[must_use]
pub fn made_worse<'a>(before: &[Diagnostic], after: &'a [Diagnostic]) -> Option<&'a Diagnostic> {
    let errors = |list: &[Diagnostic]| list.iter().filter(|d| d.code.is_syntax()).count();
    let (broken_before, broken_after) = (errors(before), errors(after));
    if broken_after < broken_before {
        return None;
    }
    let mut known: HashMap<_, usize> = HashMap::new();
    for error in before.iter().filter(|found| found.severity == Severity::Error) {
        *known.entry((&error.file, error.code, &error.message)).or_default() += 1;
    }
    let mut fresh: Vec<&Diagnostic> = Vec::new();
    for error in after.iter().filter(|found| found.severity == Severity::Error) {
        match known.get_mut(&(&error.file, error.code, &error.message)) {
            Some(count) if *count > 0 => *count -= 1,
            _ => fresh.push(error),
        }
    }
    // Another wording of the same mistake is no new one.
    if broken_after == broken_before {
        return fresh.into_iter().find(|error| !error.code.is_syntax());
    }
    fresh.sort_by_key(|error| !error.code.is_syntax());
    fresh.into_iter().next().or_else(|| after.iter().find(|found| found.code.is_syntax()))
}
