//! All places in the project that mean the same as what stands at the cursor.

use crate::{Document, Use};

/// The places, by file and offset, declarations among them.
#[must_use]
pub fn references(document: Document<'_>, offset: u32) -> Vec<Use> {
    let _ = (document, offset);
    Vec::new()
}
