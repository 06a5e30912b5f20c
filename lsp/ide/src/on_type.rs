//! What is typed by itself after a character: closing tags, indentation, quotes of an attribute, the closing fence.

use crate::{Document, TextEdit};

/// How a file is indented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indentation {
    /// Columns of one level.
    pub size: u32,
    /// Whether by spaces.
    pub spaces: bool,
}

/// The edits after `typed` was typed just before `offset`.
#[must_use]
pub fn typed(document: Document<'_>, offset: u32, typed: char, indentation: Indentation) -> Vec<TextEdit> {
    let _ = (document, offset, typed, indentation);
    Vec::new()
}

/// What is inserted at the cursor after `>` or `/` was typed: `$0</div>`, the rest of a closing tag; snippet syntax.
#[must_use]
pub fn closing_tag(document: Document<'_>, offset: u32) -> Option<String> {
    let _ = (document, offset);
    None
}
