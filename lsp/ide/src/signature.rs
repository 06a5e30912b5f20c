//! The parameters of the framework function whose call the cursor is in.

use crate::Document;

/// A function's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// As it is declared: `redirect(url: string, status?: number): never`.
    pub label: String,
    /// Its parameters: their places in the label in bytes, and Markdown on each.
    pub parameters: Vec<(std::ops::Range<u32>, String)>,
    /// Markdown on the function.
    pub documentation: String,
    /// The parameter that the cursor is at.
    pub active: u32,
}

/// The signature of the call around an offset.
#[must_use]
pub fn signature(document: Document<'_>, offset: u32) -> Option<Signature> {
    let _ = (document, offset);
    None
}
