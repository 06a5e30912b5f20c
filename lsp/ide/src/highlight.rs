//! All places in the file that mean the same as what stands at the cursor.

use crate::symbol::names::FileNames;
use crate::symbol::{Symbol, local_uses, symbol_at, uses};
use crate::{Context, Document, ElementAt, UseKind, context_at};
use velox_diagnostics::Span;

/// The places, in order; tag pairs too.
#[must_use]
pub fn highlights(document: Document<'_>, offset: u32) -> Vec<(Span, UseKind)> {
    // A name is asked about in its file alone, so no other file is looked at.
    if let Some(name) = FileNames::of(document.db, document.file).at(offset) {
        return local_uses(document, &name.meaning);
    }
    let found = match symbol_at(document, offset) {
        // All that it could be is a place of the file itself.
        Some((span, Symbol::File(_) | Symbol::Layout(_))) => vec![(span, UseKind::Read)],
        Some((_, symbol)) => {
            let all = uses(document, &symbol).into_iter().filter(|one| one.path == document.path());
            all.map(|one| (one.span, one.kind)).collect()
        }
        None => Vec::new(),
    };
    if !found.is_empty() {
        return found;
    }
    match context_at(document, offset) {
        Context::TagName(at) | Context::ClosingTag(at) => pair(at),
        _ => Vec::new(),
    }
}

/// The names of an opening and a closing tag.
fn pair(at: ElementAt<'_>) -> Vec<(Span, UseKind)> {
    let Some(element) = at.element().filter(|element| !element.name.is_empty()) else { return Vec::new() };
    let closing = velox_core::holes::closing_name(element, at.source);
    let both = [Some(element.name), closing].into_iter().flatten();
    both.map(|span| (span.shift(at.base), UseKind::Read)).collect()
}
