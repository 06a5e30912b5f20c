//! One mistake or several: tries the edits that would undo a likely slip, and keeps the one after which least is wrong.
//!
//! A parser that goes on after a mistake often trips over its consequences: a `}` too many in an element in code ends the code, and
//! then nothing fits. Here the template is parsed again with one edit made, and if all complaints are gone, that edit was the
//! mistake. What is wrong elsewhere in the template is then seen as it would be in the mended text.
//!
//! Runs where the parser found something, and never else. Refuses to change the tree that others work on.

mod braces;
mod code;
mod guesses;
mod lines;
mod openers;
mod slips;
mod window;

use crate::holes::template_holes;
pub use code::script_mistakes;
use guesses::{Guess, guesses};
use velox_diagnostics::Span;
use velox_script::{ScriptProblem, ScriptProblemKind, parse_holes};
use velox_syntax::{SyntaxProblem, SyntaxProblemKind, Tree, parse_template};

/// So many mistakes are told apart; what is left of a text that holds more is told as the parser saw it.
const MOST_MISTAKES: usize = 4;

/// Of a text with more complaints than this, no few mistakes are the cause.
const MOST_COMPLAINTS: usize = 64;

/// So much text is parsed again, as a multiple of the template's length, and so much at most.
const EFFORT: usize = 160;
const MOST_EFFORT: usize = 4 << 20;

/// What is wrong with a template. All spans count from its start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateMistakes {
    /// Mistakes in tags, braces and quotes.
    pub syntax: Vec<SyntaxProblem>,
    /// Mistakes in expressions.
    pub script: Vec<ScriptProblem>,
    /// Whether the edits that were found mend all that is wrong with tags, braces and quotes.
    pub explained: bool,
}

/// Finds the mistakes behind what two parsers complain about.
#[must_use]
pub fn template_mistakes(text: &str, tree: &Tree, script: &[ScriptProblem]) -> TemplateMistakes {
    let found = TemplateMistakes {
        syntax: tree.problems.clone(),
        script: script.to_vec(),
        explained: tree.problems.is_empty(),
    };
    if found.explained || found.syntax.len() > MOST_COMPLAINTS {
        return found;
    }
    if let Some(window) = window::window(text, tree, script) {
        let part = window.span.text(text);
        return window::put_back(mend(part, &window.tree, &window.script), window.span.start);
    }
    mend(text, tree, script)
}

/// Tries edits until nothing is wrong any more, or none makes anything better.
fn mend(text: &str, tree: &Tree, script: &[ScriptProblem]) -> TemplateMistakes {
    let mut found =
        TemplateMistakes { syntax: tree.problems.clone(), script: script.to_vec(), explained: false };
    let mut state =
        State { text: text.to_owned(), edits: Vec::new(), told: Vec::new(), told_script: Vec::new() };
    let mut effort = (text.len() * EFFORT).min(MOST_EFFORT);
    for _ in 0..MOST_MISTAKES {
        let Some((guess, after)) = best_guess(&state, &found, &mut effort) else { break };
        state.take(guess);
        found = after;
        if found.syntax.is_empty() {
            break;
        }
    }
    state.finish(found)
}

/// The text with the edits so far.
struct State {
    text: String,
    /// Edits in the order in which they were made, each in the text that it was made in.
    edits: Vec<(Span, u32)>,
    told: Vec<SyntaxProblem>,
    told_script: Vec<ScriptProblem>,
}

impl State {
    fn take(&mut self, guess: Guess) {
        let told = guess.told.into_iter().map(|problem| self.original_problem(problem)).collect::<Vec<_>>();
        self.told.extend(told);
        if let Some(mut problem) = guess.script {
            problem.span = self.original_span(problem.span);
            self.told_script.push(problem);
        }
        self.edits.push((guess.place, guess.insert.len() as u32));
        self.text.replace_range(guess.place.range(), &guess.insert);
    }

    /// Where something of the edited text stands in the original.
    fn original(&self, at: u32) -> u32 {
        self.edits.iter().rev().fold(at, |at, (place, inserted)| {
            if at >= place.start + inserted { at - inserted + place.len() } else { at.min(place.start) }
        })
    }

    fn original_span(&self, span: Span) -> Span {
        let start = self.original(span.start);
        Span::new(start, self.original(span.end).max(start))
    }

    fn original_problem(&self, mut problem: SyntaxProblem) -> SyntaxProblem {
        use SyntaxProblemKind as Kind;
        problem.span = self.original_span(problem.span);
        match &mut problem.kind {
            Kind::DuplicateAttribute { first, attribute, .. } => {
                *first = self.original_span(*first);
                *attribute = self.original_span(*attribute);
            }
            Kind::TextBeforeFence { fence: other } | Kind::StrayClosingTag { open: Some((_, other)), .. } => {
                *other = self.original_span(*other)
            }
            Kind::UnclosedElement { insert_at, .. }
            | Kind::UnclosedBrace { insert_at }
            | Kind::UnopenedBrace { insert_at }
            | Kind::UnclosedTag { insert_at }
            | Kind::UnclosedQuote { insert_at } => *insert_at = self.original(*insert_at),
            _ => {}
        }
        problem
    }

    fn finish(self, mut found: TemplateMistakes) -> TemplateMistakes {
        found.explained = found.syntax.is_empty();
        let left =
            std::mem::take(&mut found.syntax).into_iter().map(|problem| self.original_problem(problem));
        found.syntax = self.told.iter().cloned().chain(left).collect();
        found.syntax.sort_by_key(|problem| (problem.span.start, problem.span.end));
        found.syntax.dedup();
        let told = self.told_script.clone();
        for problem in &mut found.script {
            problem.span = self.original_span(problem.span);
            if let ScriptProblemKind::DuplicateDeclaration { first, .. }
            | ScriptProblemKind::DuplicateExport { first, .. } = &mut problem.kind
            {
                *first = self.original_span(*first);
            }
        }
        found.script.extend(told);
        found.script.sort_by_key(|problem| problem.span.start);
        found.script.dedup();
        found
    }
}

/// The guess after which least is wrong, the earlier of those that are equally good, and what is wrong then. None where no guess
/// makes anything better.
fn best_guess(
    state: &State,
    found: &TemplateMistakes,
    effort: &mut usize,
) -> Option<(Guess, TemplateMistakes)> {
    let mut tried: Vec<(usize, Guess, String, Tree)> = Vec::new();
    for guess in guesses(&state.text, &found.syntax, &found.script) {
        let Some(left) = effort.checked_sub(state.text.len() + 1) else { break };
        *effort = left;
        let mut text = state.text.clone();
        text.replace_range(guess.place.range(), &guess.insert);
        let tree = parse_template(&text);
        tried.push((tree.problems.len(), guess, text, tree));
    }
    let least = tried.iter().map(|(count, ..)| *count).min()?;
    if least >= found.syntax.len() {
        return None;
    }
    // Among those that are equally good for tags, the code decides.
    let mut best: Option<(usize, Guess, TemplateMistakes)> = None;
    for (_, guess, text, tree) in tried.into_iter().filter(|(count, ..)| *count == least) {
        let script = parse_holes(&text, &template_holes(&tree)).problems;
        if best.as_ref().is_none_or(|(count, ..)| script.len() < *count) {
            let after = TemplateMistakes { syntax: tree.problems, script, explained: false };
            best = Some((after.script.len(), guess, after));
        }
        if best.as_ref().is_some_and(|(count, ..)| *count == 0) || state.text.len() > *effort {
            break;
        }
        *effort -= state.text.len();
    }
    best.map(|(_, guess, after)| (guess, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_everywhere_is_not_tried_to_be_mended() {
        let text = "<p>".repeat(500);
        let tree = parse_template(&text);
        assert_eq!(template_mistakes(&text, &tree, &[]).syntax, tree.problems);
        let text = "{".repeat(500);
        let problem =
            || velox_script::parse_module(&text, velox_script::Dialect::TypeScript, &[], true).problems;
        let never = |_: &str| -> Option<Vec<ScriptProblem>> { panic!("parsed again") };
        assert_eq!(script_mistakes(&text, problem(), &never), problem());
    }
}
