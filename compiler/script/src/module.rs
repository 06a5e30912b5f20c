//! Facts about a module: parsed whole, or in pieces where it is broken.

use crate::{
    Dialect, ElementInput, Import, ModuleFacts, ScriptProblem, ScriptProblemKind, Shape, holes, items,
    leading, mask,
    messages::{self, Place},
    parse::{self, Parsed},
    recover, scan, walk,
};
use std::borrow::Cow;
use swc_common::Spanned;
use swc_ecma_ast::ModuleItem;
use swc_ecma_parser::error::{Error, SyntaxError};
use velox_diagnostics::Span;

/// Facts about a module.
pub(crate) fn parse_module(
    text: &str,
    dialect: Dialect,
    elements: &[ElementInput],
    top_level_return: bool,
) -> ModuleFacts {
    let elements = if dialect == Dialect::Tsx { elements } else { &[] };
    if elements.is_empty()
        && let Some(facts) = behind_imports(text, top_level_return)
    {
        return facts;
    }
    parse_all(text, elements, top_level_return)
}

/// Facts about a module that begins with imports that are read, where nothing is wrong with what follows these.
fn behind_imports(text: &str, top_level_return: bool) -> Option<ModuleFacts> {
    let (imports, end) = leading::imports(text);
    // The parser looks at its first token before it knows that it reads a module: only a word is the same in both.
    let (next, _) = scan::skip_trivia(text.as_bytes(), end, text.len());
    let word = text.as_bytes().get(next).is_none_or(|byte| byte.is_ascii_alphabetic());
    if imports.is_empty() || !word {
        return None;
    }
    let parsed = parse::parse(&text[end..], end as i64);
    let good = |error: &Error| top_level_return && matches!(error.kind(), SyntaxError::ReturnNotAllowed);
    if parsed.module.is_none() || !parsed.errors.iter().all(good) {
        return None;
    }
    let reading = Reading { text, code: text, flat: &[], broken: &[], top_level_return };
    Some(reading.facts(imports, vec![parsed], Vec::new()).0)
}

/// Facts about a module, all of it read by the parser.
pub(crate) fn parse_all(text: &str, elements: &[ElementInput], top_level_return: bool) -> ModuleFacts {
    let flat = mask::flatten_elements(text, elements);
    let code = if elements.is_empty() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(mask::mask_module(text, elements, &flat, &|_| true).code)
    };
    let parsed = parse::parse(&code, 0);
    if is_whole(&parsed) {
        let reading = Reading { text, code: &code, flat: &flat, broken: &[], top_level_return };
        let (facts, mixed) = reading.facts(Vec::new(), vec![parsed], Vec::new());
        if !mixed {
            return facts;
        }
    } else if flat.is_empty() {
        let (units, problems) = recover::parse_pieces(&code, text, &parsed);
        let reading = Reading { text, code: &code, flat: &flat, broken: &[], top_level_return };
        return reading.facts(Vec::new(), units, problems).0;
    }
    // Holes that are wrong by themselves are left out, so that they hurt nothing else.
    let mut broken = vec![false; flat.len()];
    let mut problems = Vec::new();
    for (index, hole) in flat.iter().enumerate() {
        if hole.usable
            && let Some(problem) = holes::check(text, hole.input)
        {
            broken[index] = true;
            problems.push(problem);
        }
    }
    let code = mask::mask_module(text, elements, &flat, &|index| !broken[index as usize]).code;
    let parsed = parse::parse(&code, 0);
    let units = if is_whole(&parsed) {
        vec![parsed]
    } else {
        let (units, found) = recover::parse_pieces(&code, text, &parsed);
        problems.extend(found);
        units
    };
    let reading = Reading { text, code: &code, flat: &flat, broken: &broken, top_level_return };
    reading.facts(Vec::new(), units, problems).0
}

/// Whether a module without elements parses as a whole.
pub(crate) fn parses(text: &str) -> bool {
    is_whole(&parse::parse(text, 0))
}

fn is_whole(parsed: &Parsed) -> bool {
    parsed.module.is_some() && !parsed.errors.iter().any(is_structural)
}

/// What facts are read from.
struct Reading<'a> {
    text: &'a str,
    /// The text as it was parsed, elements masked.
    code: &'a str,
    flat: &'a [mask::Hole<'a>],
    /// Holes that were left out; empty where none was.
    broken: &'a [bool],
    top_level_return: bool,
}

impl Reading<'_> {
    /// The facts, `imports` being those before what was parsed, and whether code was found that lies in no single hole.
    fn facts(
        &self,
        imports: Vec<Import>,
        units: Vec<Parsed>,
        mut problems: Vec<ScriptProblem>,
    ) -> (ModuleFacts, bool) {
        let all = Span::new(0, self.text.len() as u32);
        for error in units.iter().flat_map(|unit| &unit.errors) {
            if self.top_level_return && matches!(error.kind(), SyntaxError::ReturnNotAllowed) {
                continue;
            }
            // Each is looked at from the start of the text: past a few, the exact words are not worth that.
            problems.push(if problems.len() < 20 {
                recover::explain(error, self.code, self.text, all)
            } else {
                let place = Place { text: self.text, region: all, hole: false };
                messages::problem(error, &place, parse::offset(error.span_lo()), &[])
            });
        }
        let bodies: Vec<&[ModuleItem]> = units
            .iter()
            .filter_map(|unit| unit.module.as_ref())
            .map(|module| module.body.as_slice())
            .collect();
        let (mut walker, mut facts) = items::facts(self.text, self.flat, imports, &bodies);
        walker.put_in_order();
        problems.extend(walker.problems);
        problems.sort_by_key(|problem| problem.span.start);
        problems.dedup();
        only_sure_duplicates(&mut problems, self.text);
        only_first_of_a_line(&mut problems, self.text);
        facts.valid = !units.is_empty() || self.text.trim().is_empty();
        facts.problems = problems;
        facts.edits = walk::sorted(walker.edits);
        facts.type_uses = walker.types.names();
        facts.dynamic_imports = walker.dynamic_imports;
        facts.calls = walker.calls;
        facts.meta = walker.meta;
        facts.holes = walker.holes;
        for (index, hole) in facts.holes.iter_mut().enumerate() {
            let left_out = self.broken.get(index).copied().unwrap_or(false);
            if !hole.valid && self.flat[index].usable && !left_out && holes::is_blank(self.text, hole.span) {
                hole.valid = true;
                hole.shape = Shape::Nothing(hole.span);
            }
        }
        (facts, walker.mixed)
    }
}

/// Leaves out double declarations in a line that does not parse: what is read as a declaration there may be a guess.
fn only_sure_duplicates(problems: &mut Vec<ScriptProblem>, text: &str) {
    if !problems.iter().any(|problem| problem.kind.is_syntax()) {
        return;
    }
    let (mut line, mut seen) = (0usize, 0usize);
    let mut line_of = |problem: &ScriptProblem| {
        let at = (problem.span.start as usize).clamp(seen, text.len());
        line += text.as_bytes()[seen..at].iter().filter(|byte| **byte == b'\n').count();
        seen = at;
        line
    };
    let lines: Vec<usize> = problems.iter().map(&mut line_of).collect();
    let broken: Vec<usize> = (0..lines.len())
        .filter(|index| problems[*index].kind.is_syntax())
        .map(|index| lines[index])
        .collect();
    let mut lines = lines.into_iter();
    problems.retain(|problem| {
        let line = lines.next();
        !matches!(problem.kind, ScriptProblemKind::DuplicateDeclaration { .. })
            || line.is_none_or(|line| broken.binary_search(&line).is_err())
    });
}

/// Leaves out what is never closed where something before it in its line is wrong already: in `'it's'` the last quote.
fn only_first_of_a_line(problems: &mut Vec<ScriptProblem>, text: &str) {
    let mut before: Option<Span> = None;
    problems.retain(|problem| {
        let follows = before.is_some_and(|before| {
            let between = text.get(before.start as usize..problem.span.start as usize);
            between.is_some_and(|between| !between.contains('\n'))
        });
        before = problem.kind.is_syntax().then_some(problem.span).or(before);
        !(follows && matches!(problem.kind, ScriptProblemKind::Unterminated(_)))
    });
}

/// Whether an error was mended by guessing where a statement ends: cutting at lines guesses better.
pub(crate) fn is_structural(error: &Error) -> bool {
    matches!(
        error.kind(),
        SyntaxError::TS1005 | SyntaxError::ExpectedSemi | SyntaxError::ExpectedSemiForExprStmt { .. }
    )
}
