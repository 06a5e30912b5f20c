//! Where what stands at the cursor is declared: names, components, slots, tags, routes, files.

use crate::symbol::{symbol_at, targets};
use crate::{Document, Target};

/// Where what stands at an offset leads; several where it is ambiguous or merged.
#[must_use]
pub fn definition(document: Document<'_>, offset: u32) -> Vec<Target> {
    let Some((span, symbol)) = symbol_at(document, offset) else { return Vec::new() };
    let mut found = targets(document, span, &symbol);
    found.sort();
    found.dedup();
    found
}
