//! Completion in markup: elements, attributes and their values, components, slots, closing tags, abbreviations.

use super::{Details, Items};
use crate::{Context, Document};

/// What could stand at an offset in markup.
pub(super) fn complete(
    document: Document<'_>,
    offset: u32,
    context: Context<'_>,
    typed: Option<char>,
) -> Option<Items> {
    let _ = (document, offset, context, typed);
    None
}

/// More on an item, by what stands behind `template:` in its id.
pub(super) fn resolve(document: Document<'_>, id: &str) -> Option<Details> {
    let _ = (document, id);
    None
}
