//! Names of a tag pair, which are edited together.
//!
//! The tree says which closing tag belongs to which opening one; attributes are left alone.

use crate::{Context, Document, context_at};
use velox_diagnostics::Span;

/// The names of the opening and the closing tag that an offset is in; fragments have empty names.
#[must_use]
pub fn linked_names(document: Document<'_>, offset: u32) -> Option<[Span; 2]> {
    let (Context::TagName(at) | Context::ClosingTag(at)) = context_at(document, offset) else { return None };
    let element = at.element()?;
    let close = element.close?;
    let name = at.name();
    // The name follows `</` at once, and goes up to blanks or the bracket: else something else is being typed there.
    let rest = close.text(at.source).strip_prefix("</")?.strip_suffix('>')?;
    if rest.trim_end() != name {
        return None;
    }
    let opening = Span::new(element.open.start + 1, element.open.start + 1 + name.len() as u32);
    let closing = Span::new(close.start + 2, close.start + 2 + name.len() as u32);
    if opening.text(at.source) != name {
        return None;
    }
    let names = [opening.shift(at.base), closing.shift(at.base)];
    names.iter().any(|name| name.touches(offset)).then_some(names)
}
