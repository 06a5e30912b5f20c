//! Completion in TypeScript: of the server block, of a module, of a `{...}` in a template; and at fences.

use super::{Details, Items};
use crate::{Context, Document};

/// What could stand at an offset in code, or at a fence.
pub(super) fn complete(
    document: Document<'_>,
    offset: u32,
    context: Context<'_>,
    typed: Option<char>,
) -> Option<Items> {
    let _ = (document, offset, context, typed);
    None
}

/// More on an item, by what stands behind `script:` in its id.
pub(super) fn resolve(document: Document<'_>, id: &str) -> Option<Details> {
    let _ = (document, id);
    None
}
