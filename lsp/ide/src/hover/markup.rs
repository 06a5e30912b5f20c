//! Words on what stands in markup: elements, attributes, directives, components, slots.

use super::Hover;
use crate::{Context, Document};

/// Words on what stands at an offset.
pub(super) fn hover(document: Document<'_>, offset: u32, context: Context<'_>) -> Option<Hover> {
    let _ = (document, offset, context);
    None
}
