//! The part of a long template that its mistakes stand in: edits are tried in it alone, as often as in a short one.
//!
//! Refuses to guess that a part is enough: cut out and parsed alone, it has to have all complaints of the whole, at the same places.

use super::TemplateMistakes;
use crate::holes::template_holes;
use velox_diagnostics::Span;
use velox_script::{ScriptProblem, ScriptProblemKind, parse_holes};
use velox_syntax::{NodeId, NodeKind, SyntaxProblem, SyntaxProblemKind, Tree, parse_template};

/// Shorter templates are tried as they are.
const LONG: usize = 32 << 10;

/// Nodes beside those with mistakes that are cut out too.
const BESIDE: usize = 3;

/// A part of a template, parsed.
pub(super) struct Window {
    pub(super) span: Span,
    pub(super) tree: Tree,
    pub(super) script: Vec<ScriptProblem>,
}

/// The part with all mistakes, where it is much shorter than the whole, and says the same.
pub(super) fn window(text: &str, tree: &Tree, script: &[ScriptProblem]) -> Option<Window> {
    if text.len() < LONG {
        return None;
    }
    let spans = || tree.problems.iter().map(|one| one.span).chain(script.iter().map(|one| one.span));
    let all = Span::new(spans().map(|span| span.start).min()?, spans().map(|span| span.end).max()?);
    let span = around(tree, all)?;
    if span.len() as usize * 4 > text.len() {
        return None;
    }
    let part = text.get(span.range())?;
    let own = parse_template(part);
    let own_script = parse_holes(part, &template_holes(&own)).problems;
    let mut moved = own.problems.clone();
    moved.iter_mut().for_each(|problem| shift(problem, span.start));
    let mut moved_script = own_script.clone();
    moved_script.iter_mut().for_each(|problem| shift_script(problem, span.start));
    if moved != tree.problems || moved_script != script {
        return None;
    }
    Some(Window { span, tree: own, script: own_script })
}

/// Puts what was found in a part back into its place.
pub(super) fn put_back(mut found: TemplateMistakes, at: u32) -> TemplateMistakes {
    found.syntax.iter_mut().for_each(|problem| shift(problem, at));
    found.script.iter_mut().for_each(|problem| shift_script(problem, at));
    found
}

/// The children of one element, or roots, that the span lies in, with some beside them.
fn around(tree: &Tree, all: Span) -> Option<Span> {
    let mut siblings: &[NodeId] = &tree.roots;
    loop {
        let first = siblings.partition_point(|id| tree.node(*id).span.end <= all.start);
        let last = siblings.partition_point(|id| tree.node(*id).span.start < all.end.max(all.start + 1));
        if let [only] = siblings.get(first..last)?
            && let NodeKind::Element(element) = &tree.node(*only).kind
            && let (Some(child), Some(end)) = (element.children.first(), element.children.last())
            && tree.node(*child).span.start <= all.start
            && all.end <= tree.node(*end).span.end
        {
            siblings = &element.children;
            continue;
        }
        let first = siblings.get(first.saturating_sub(BESIDE))?;
        let last = siblings.get((last + BESIDE).min(siblings.len()).checked_sub(1)?)?;
        return Some(Span::new(tree.node(*first).span.start, tree.node(*last).span.end));
    }
}

fn shift(problem: &mut SyntaxProblem, by: u32) {
    use SyntaxProblemKind as Kind;
    problem.span = problem.span.shift(by);
    match &mut problem.kind {
        Kind::DuplicateAttribute { first, attribute, .. } => {
            *first = first.shift(by);
            *attribute = attribute.shift(by);
        }
        Kind::TextBeforeFence { fence: other } | Kind::StrayClosingTag { open: Some((_, other)), .. } => {
            *other = other.shift(by);
        }
        Kind::UnclosedElement { insert_at, .. }
        | Kind::UnclosedBrace { insert_at }
        | Kind::UnopenedBrace { insert_at }
        | Kind::UnclosedTag { insert_at }
        | Kind::UnclosedQuote { insert_at } => *insert_at += by,
        _ => {}
    }
}

fn shift_script(problem: &mut ScriptProblem, by: u32) {
    problem.span = problem.span.shift(by);
    if let ScriptProblemKind::DuplicateDeclaration { first, .. }
    | ScriptProblemKind::DuplicateExport { first, .. } = &mut problem.kind
    {
        *first = first.shift(by);
    }
}
