//! The holes of a template: one parse for all, and one for each where that fails.

use crate::{
    ElementInput, HoleInput, ScriptProblem, Shape, TemplateFacts,
    evaluate::Evaluator,
    mask::{self, Hole},
    messages::{self, Place},
    parse::{self, Parsed},
    plain::Plain,
    scan::{Open, Scanner, skip_trivia},
    unclosed::culprit,
    walk::{Walker, hole_at},
};
use swc_common::Spanned;
use swc_ecma_ast::{ArrayLit, Expr, Module, ModuleItem, Stmt};
use swc_ecma_parser::error::SyntaxError;
use velox_diagnostics::Span;

/// Facts about the holes of a template.
pub(crate) fn parse_holes(text: &str, holes: &[HoleInput]) -> TemplateFacts {
    if holes.is_empty() {
        return TemplateFacts::default();
    }
    facts(text, holes, &|flat| Plain::read(text, flat))
}

/// The same, with the holes that `read` gives read without the parser.
pub(crate) fn facts(text: &str, holes: &[HoleInput], read: &dyn Fn(&[Hole<'_>]) -> Plain) -> TemplateFacts {
    let flat = mask::flatten_holes(text, holes);
    let plain = read(&flat);
    let among_plain = if plain.is_some() { among_plain(text, &flat, plain) } else { None };
    among_plain.or_else(|| all_at_once(text, holes, &flat)).unwrap_or_else(|| one_by_one(text, &flat))
}

/// Parses all holes at once. Nothing where that fails.
fn all_at_once(text: &str, holes: &[HoleInput], flat: &[Hole<'_>]) -> Option<TemplateFacts> {
    let masked = mask::mask_holes(text, holes, flat, &|_| true);
    let parsed = parse::parse(&masked.code, masked.at);
    let array = whole_array(&parsed, &masked.code)?;
    let mut walker = Walker::new(text, flat, Evaluator::new(text, &[]));
    walker.element(array);
    (!walker.mixed).then(|| finish(walker, text, Vec::new(), &[]))
}

/// Parses at once what was not read. Nothing where that fails.
fn among_plain(text: &str, flat: &[Hole<'_>], plain: Plain) -> Option<TemplateFacts> {
    let masked = mask::mask_among_plain(text, flat, &plain);
    let parsed = masked.as_ref().map(|masked| parse::parse(&masked.code, masked.at));
    let array = match (&masked, &parsed) {
        (Some(masked), Some(parsed)) => Some(whole_array(parsed, &masked.code)?),
        _ => None,
    };
    let mut walker = Walker::new(text, flat, Evaluator::new(text, &[]));
    walker.all_holes(plain, array);
    (!walker.mixed).then(|| finish(walker, text, Vec::new(), &[]))
}

/// Parses each hole on its own, so that a broken one hurts no other.
fn one_by_one(text: &str, flat: &[Hole<'_>]) -> TemplateFacts {
    let mut broken = vec![false; flat.len()];
    let mut problems = Vec::new();
    for (index, hole) in flat.iter().enumerate() {
        if hole.usable
            && let Some(problem) = check(text, hole.input)
        {
            broken[index] = true;
            problems.push(problem);
        }
    }
    let mut units: Vec<Parsed> = Vec::new();
    let mut index = 0;
    while index < flat.len() {
        let hole = flat[index];
        let at = index as u32;
        index = hole.last as usize;
        if !hole.usable || broken[at as usize] || is_blank(text, hole.input.span) {
            continue;
        }
        let masked = mask::mask_hole(text, at, flat, &|inner| !broken[inner as usize]);
        let parsed = parse::parse(&masked.code, masked.at);
        problems.extend(parsed.too_deep.map(messages::too_deep));
        for error in &parsed.errors {
            problems.push(locate(text, flat, error));
        }
        if parsed.module.as_ref().and_then(|module| only_parenthesis(module, &masked.code)).is_some() {
            units.push(parsed);
        } else {
            broken[at as usize] = true;
        }
    }
    let mut walker = Walker::new(text, flat, Evaluator::new(text, &[]));
    for unit in &units {
        if let Some(inner) = unit.module.as_ref().and_then(sole_expression)
            && let Expr::Paren(paren) = inner
        {
            walker.hole(&paren.expr, None);
        }
    }
    finish(walker, text, problems, &broken)
}

fn finish(
    mut walker: Walker<'_, '_>,
    text: &str,
    mut problems: Vec<ScriptProblem>,
    broken: &[bool],
) -> TemplateFacts {
    walker.put_in_order();
    let type_uses = walker.types.names();
    let mut holes = walker.holes;
    for (index, facts) in holes.iter_mut().enumerate() {
        let hole = &walker.flat[index];
        let is_broken = broken.get(index).copied().unwrap_or(false);
        // Inside a broken hole nothing was looked at, so blank holes there stay invalid as well.
        if !facts.valid && hole.usable && !is_broken && is_blank(text, facts.span) && !hole.input.spread {
            facts.valid = true;
            facts.shape = Shape::Nothing(facts.span);
        }
    }
    problems.extend(walker.problems);
    problems.sort_by_key(|problem| problem.span.start);
    problems.dedup();
    TemplateFacts {
        holes,
        dynamic_imports: walker.dynamic_imports,
        type_uses,
        calls: walker.calls,
        meta: walker.meta,
        problems,
    }
}

/// Whether a hole holds nothing but white space and comments.
pub(crate) fn is_blank(text: &str, span: Span) -> bool {
    skip_trivia(text.as_bytes(), span.start as usize, span.end as usize).0 >= span.end as usize
}

fn sole_expression(module: &Module) -> Option<&Expr> {
    match module.body.as_slice() {
        [ModuleItem::Stmt(Stmt::Expr(statement))] => Some(&statement.expr),
        _ => None,
    }
}

fn covers(node: &impl Spanned, code: &str) -> bool {
    (node.span_hi().0 - node.span_lo().0) as usize == code.len()
}

/// The array that is all of the code, where nothing is wrong with it.
fn whole_array<'a>(parsed: &'a Parsed, code: &str) -> Option<&'a ArrayLit> {
    parsed.module.as_ref().filter(|_| parsed.errors.is_empty()).and_then(|module| only_array(module, code))
}

/// The array that is all of the code.
fn only_array<'a>(module: &'a Module, code: &str) -> Option<&'a ArrayLit> {
    match sole_expression(module)? {
        Expr::Array(array) if covers(array, code) => Some(array),
        _ => None,
    }
}

/// The parenthesis that is all of the code, and holds one value.
fn only_parenthesis<'a>(module: &'a Module, code: &str) -> Option<&'a Expr> {
    match sole_expression(module)? {
        Expr::Paren(paren) if covers(paren, code) && !matches!(&*paren.expr, Expr::Seq(_)) => {
            Some(&paren.expr)
        }
        _ => None,
    }
}

/// An error as a problem of the innermost hole it lies in.
pub(crate) fn locate(text: &str, flat: &[Hole<'_>], error: &swc_ecma_parser::error::Error) -> ScriptProblem {
    let at = parse::offset(error.span_lo());
    let region = hole_at(flat, at).map(|index| flat[index].input.span);
    let place =
        Place { text, region: region.unwrap_or(Span::new(0, text.len() as u32)), hole: region.is_some() };
    messages::problem(error, &place, at, &[])
}

/// A hole's own code, each element in it written as `[]`, and where each piece came from.
struct Piece {
    code: String,
    /// Offset in `code` → offset in the source, where each stretch begins.
    places: Vec<(u32, u32)>,
}

impl Piece {
    fn new(text: &str, span: Span, elements: &[ElementInput]) -> Self {
        let mut piece = Self { code: "(".to_owned(), places: vec![(0, span.start.saturating_sub(1))] };
        let mut at = span.start;
        let mut joined = false;
        for element in elements {
            let inside = element.span.start >= at && element.span.end <= span.end && element.span.len() >= 3;
            let Some(before) = text.get(at as usize..element.span.start as usize).filter(|_| inside) else {
                continue;
            };
            // Elements side by side count as one: the template's parser reports them.
            let touches = joined && skip_trivia(before.as_bytes(), 0, before.len()).0 == before.len();
            if !touches {
                piece.push(before, at);
                piece.push("[]", element.span.start);
            }
            joined = true;
            at = element.span.end;
        }
        piece.push(text.get(at as usize..span.end as usize).unwrap_or(""), at);
        piece.push("\n)", span.end);
        piece
    }

    fn push(&mut self, code: &str, source: u32) {
        self.places.push((self.code.len() as u32, source));
        self.code.push_str(code);
    }

    fn source(&self, at: u32) -> u32 {
        let index = self.places.partition_point(|(code, _)| *code <= at).saturating_sub(1);
        let (code, source) = self.places[index];
        let next = self.places.get(index + 1).map_or(u32::MAX, |(_, next)| *next);
        (source + (at - code)).min(next)
    }
}

/// What is wrong with a hole's own code, elements in it aside.
pub(crate) fn check(text: &str, input: &HoleInput) -> Option<ScriptProblem> {
    if is_blank(text, input.span) {
        let dots = Span::new(input.span.start.saturating_sub(3), input.span.start);
        let after = if dots.text(text) == "..." { dots } else { Span::at(input.span.start) };
        return input.spread.then(|| messages::syntax(after, "expected an expression after `...`", None));
    }
    let piece = Piece::new(text, input.span, &input.elements);
    let parsed = parse::parse(&piece.code, 0);
    if let Some(at) = parsed.too_deep {
        return Some(messages::too_deep(piece.source(at)));
    }
    let place = Place { text, region: input.span, hole: true };
    let fatal = parsed.module.is_none();
    let good = parsed.module.as_ref().and_then(|module| only_parenthesis(module, &piece.code)).is_some();
    // An `await` out of place leaves a tree of which all else is known.
    if good && parsed.errors.iter().all(|error| matches!(error.kind(), SyntaxError::AwaitInFunction)) {
        return None;
    }
    if let Some(problem) = messages::statement_in_hole(&place) {
        return Some(problem);
    }
    let end = piece.code.len() - 2;
    let error = parsed.errors.iter().max_by_key(|error| u32::from(fatal) * error.span_lo().0);
    let at = error.map_or(u32::MAX, |error| parse::offset(error.span_lo()));
    if let Some(error) = error
        && let Some((what, span)) = culprit(&piece.code, 1, end, parse::offset(error.span_lo()) as usize)
    {
        let start = piece.source(span.start);
        return Some(messages::unterminated_at(what, Span::new(start, start + span.len())));
    }
    let mut scanner = Scanner::new(piece.code.as_bytes(), 1, end);
    let mut open: Vec<Open> = Vec::new();
    let mut fresh = true;
    loop {
        let token = scanner.next();
        let start = token.start as u32;
        if start >= at && fresh {
            open.clone_from(&scanner.open);
            // The token itself may be an opener.
            open.retain(|one| (one.at as u32) < at);
            fresh = false;
        }
        if token.kind == crate::scan::Kind::End {
            break;
        }
        let one = &piece.code[token.start..token.end];
        if scanner.stray == Some(token.start) && start <= at {
            let span = Span::new(piece.source(start), piece.source(start) + 1);
            return Some(messages::syntax(span, format!("`{one}` closes nothing"), Some("leave it out")));
        }
        if let Some(skipped) = scanner.skipped.filter(|_| start <= at) {
            return Some(messages::never_closed(skipped.byte, piece.source(skipped.at as u32)));
        }
        if scanner.open.is_empty() && start <= at && matches!(one, "," | ";") {
            let span = Span::new(piece.source(start), piece.source(start) + 1);
            return Some(match one {
                ";" => messages::syntax(
                    span,
                    "`;` ends a statement, and an expression is expected here",
                    Some("leave it out"),
                ),
                _ => messages::syntax(
                    span,
                    "expected `}` or an operator, found `,`",
                    Some("give each value its own braces, or put them in `[` and `]`"),
                ),
            });
        }
    }
    if fresh {
        open.clone_from(&scanner.open);
    }
    for one in &mut open {
        one.at = piece.source(one.at as u32) as usize;
    }
    match error {
        Some(error) => Some(messages::problem(error, &place, piece.source(at).min(input.span.end), &open)),
        None => Some(messages::syntax(input.span, "this is no expression", None)),
    }
}
