//! Renaming what stands at the cursor, in all files that name it.

use crate::{Change, Document};
use velox_diagnostics::Span;

/// What would be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The name at the cursor, as it is edited.
    pub span: Span,
    /// The name now.
    pub name: String,
}

/// What would be renamed at an offset.
///
/// # Errors
/// Why nothing can be renamed there, in one line.
pub fn prepare(document: Document<'_>, offset: u32) -> Result<Renamed, String> {
    let _ = (document, offset);
    Err("nothing here can be renamed".to_owned())
}

/// The edits that rename what stands at an offset.
///
/// # Errors
/// Why it cannot get this name, in one line: it is no name, or it is taken.
pub fn rename(document: Document<'_>, offset: u32, name: &str) -> Result<Change, String> {
    let _ = name;
    prepare(document, offset).map(|_| Change::default())
}
