//! Names that may be used once, at two places that can be in a page at once: the `id` of an element, the slot that is filled.
//!
//! Says nothing where it cannot be told that the one is there whenever the other is: two conditions may exclude each other.

use super::Markup;
use super::walk::Condition;
use rustc_hash::FxHashMap;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_syntax::Element;

/// Of an id that is written more often than this the first places alone are compared.
const PLACES: usize = 4;
/// Places under more conditions than this are not compared.
const CONDITIONS: u32 = 16;

/// Where a name has been used, and under which condition.
type Places = Vec<(Span, Option<u32>)>;

/// Where names have been used that may be used once.
#[derive(Default)]
pub(crate) struct Seen<'a> {
    places: FxHashMap<(u32, &'a str), Places>,
}

impl<'a> Seen<'a> {
    /// Notes a use of a name. Gives an earlier place that is rendered together with this one.
    pub(crate) fn see(
        &mut self,
        markup: &Markup<'_>,
        (name, span): (&'a str, Span),
        (together, condition): (u32, Option<u32>),
        conditions: &[Condition],
    ) -> Option<Span> {
        if name.is_empty() || condition.is_some_and(|at| conditions[at as usize].depth > CONDITIONS) {
            return None;
        }
        let places = self.places.entry((together, name)).or_default();
        let first = places
            .iter()
            .find(|(_, other)| is_there_too(markup, conditions, condition, *other))
            .map(|(span, _)| *span);
        if places.len() < PLACES {
            places.push((span, condition));
        }
        first
    }
}

/// The `id` of an element, where it is fixed.
pub(crate) fn fixed_id<'a>(markup: &Markup<'a>, element: &'a Element) -> Option<(&'a str, Span)> {
    let is_id = |name: Span| name.len() == 2 && markup.text(name).eq_ignore_ascii_case("id");
    let attribute = element.attributes.iter().find(|attribute| is_id(attribute.name))?;
    markup.fixed_value(&attribute.value)
}

/// The diagnostic for an id that is given a second time.
pub(crate) fn duplicate(markup: &Markup<'_>, id: &str, span: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        Code::DUPLICATE_ID,
        markup.path,
        markup.at(span),
        format!("the id `{id}` is given to two elements of the page"),
    )
    .related(markup.path, markup.at(first), "it is first given here")
    .help("rename one of the two; `for`, `aria-*` and links to `#` find the first alone")
}

/// Whether of two places the one is rendered whenever the other is: the conditions of one are the outer ones of the other.
fn is_there_too(markup: &Markup<'_>, conditions: &[Condition], a: Option<u32>, b: Option<u32>) -> bool {
    let depth = |at: Option<u32>| at.map_or(0, |at| conditions[at as usize].depth + 1);
    let (mut inner, mut outer) = if depth(a) < depth(b) { (b, a) } else { (a, b) };
    while depth(inner) > depth(outer) {
        inner = inner.and_then(|at| conditions[at as usize].outer);
    }
    while inner != outer {
        let (Some(x), Some(y)) = (inner, outer) else { return false };
        let (x, y) = (conditions[x as usize], conditions[y as usize]);
        if x.branch != y.branch || (x.test != y.test && !same_test(markup, x.test, y.test)) {
            return false;
        }
        (inner, outer) = (x.outer, y.outer);
    }
    true
}

/// Whether two tests are written alike, in names alone: a call may give something else the second time.
fn same_test(markup: &Markup<'_>, a: Span, b: Span) -> bool {
    let (a, b) = (markup.text(a), markup.text(b));
    a == b && a.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.' | b'!'))
}
