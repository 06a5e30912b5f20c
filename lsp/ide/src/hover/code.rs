//! Words on what stands in TypeScript or at a fence: exports with a meaning, settings, ambient names, functions of the framework, the route.

use super::Hover;
use crate::{Context, Document};

/// Words on what stands at an offset.
pub(super) fn hover(document: Document<'_>, offset: u32, context: Context<'_>) -> Option<Hover> {
    let _ = (document, offset, context);
    None
}
