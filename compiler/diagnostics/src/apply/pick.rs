//! Chooses the fixes of one round: as many as can stand side by side, all edits of each.

use super::edits::fits;
use super::{Trust, Workspace};
use crate::place::in_order;
use crate::{Code, Diagnostic, Edit, Fix, Span};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// A fix that is to be applied.
pub(super) struct Choice<'a> {
    /// What it mends; the first, where it mends several.
    pub(super) diagnostic: &'a Diagnostic,
    pub(super) fix: &'a Fix,
    /// Number of diagnostics that bring this very fix along.
    pub(super) mends: usize,
}

/// What a fix is known by when its place has moved: file, code, message, title.
pub(super) type Key = (String, Code, String, String);

impl Choice<'_> {
    pub(super) fn key(&self) -> Key {
        let Diagnostic { file, code, message, .. } = self.diagnostic;
        (file.clone(), *code, message.clone(), self.fix.title.clone())
    }
}

/// Fixes that do not touch each other, in the order of the places of their diagnostics; the first come first served.
pub(super) fn choose<'a>(
    found: &'a [Diagnostic],
    trust: Trust,
    wanted: &dyn Fn(&Diagnostic) -> bool,
    workspace: &dyn Workspace,
    refused: &HashSet<Key>,
) -> Vec<Choice<'a>> {
    let mut choices: Vec<Choice<'a>> = Vec::new();
    let mut known: HashMap<&'a [Edit], usize> = HashMap::new();
    let mut taken: BTreeMap<&'a str, Taken> = BTreeMap::new();
    let mut texts: HashMap<&'a str, Option<Arc<str>>> = HashMap::new();
    for diagnostic in in_order(found) {
        let fix = trust.fix_of(diagnostic).filter(|fix| !fix.edits.is_empty() && wanted(diagnostic));
        let Some(fix) = fix else { continue };
        if let Some(nth) = known.get(&*fix.edits) {
            choices[*nth].mends += 1;
            continue;
        }
        let choice = Choice { diagnostic, fix, mends: 1 };
        let possible = fix.edits.iter().all(|edit| {
            let text = texts.entry(&edit.file).or_insert_with(|| workspace.text(&edit.file));
            text.as_deref()
                .is_some_and(|text| fits(text, edit) && text.get(edit.span.range()) != Some(&*edit.text))
        });
        if !possible || (!refused.is_empty() && refused.contains(&choice.key())) || !take(&mut taken, fix) {
            continue;
        }
        known.insert(&fix.edits, choices.len());
        choices.push(choice);
    }
    choices
}

/// The ends of the spans that are taken in a file, by their starts.
type Taken = BTreeMap<u32, u32>;

/// Takes the places of all edits of a fix, or of none.
fn take<'a>(taken: &mut BTreeMap<&'a str, Taken>, fix: &'a Fix) -> bool {
    let mut mine: Vec<(&'a str, Span)> = Vec::new();
    for edit in &fix.edits {
        let own = mine.iter().any(|(file, span)| *file == edit.file && touch(*span, edit.span));
        if own || taken.get(&*edit.file).is_some_and(|taken| is_taken(taken, edit.span)) {
            return false;
        }
        mine.push((&edit.file, edit.span));
    }
    for (file, span) in mine {
        taken.entry(file).or_default().insert(span.start, span.end);
    }
    true
}

/// Spans that only meet are apart, unless one of them is an insertion: which comes first would be chance.
fn touch(a: Span, b: Span) -> bool {
    if a.is_empty() || b.is_empty() {
        return a.touches(b.start) || b.touches(a.start);
    }
    a.start < b.end && b.start < a.end
}

fn is_taken(taken: &Taken, span: Span) -> bool {
    let before = taken.range(..=span.end).next_back();
    // All that is taken is disjoint: only the two neighbours can touch; a span and an insertion at its start share a key,
    // which cannot be, as they touch.
    let neighbours = taken.range(..span.start).next_back().into_iter().chain(before);
    neighbours
        .chain(taken.range(span.start..=span.end))
        .any(|(start, end)| touch(Span::new(*start, *end), span))
}
