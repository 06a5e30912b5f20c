//! All places in the project that mean the same as what stands at the cursor.

use crate::symbol::{symbol_at, uses};
use crate::{Document, Use};

/// The places, by file and offset, declarations among them.
#[must_use]
pub fn references(document: Document<'_>, offset: u32) -> Vec<Use> {
    symbol_at(document, offset).map(|(_, symbol)| uses(document, &symbol)).unwrap_or_default()
}
