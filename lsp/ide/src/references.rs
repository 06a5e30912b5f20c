//! All places in the project that mean the same as what stands at the cursor; on a fence, all that lead to the file.

use crate::symbol::modules::Origin;
use crate::symbol::{Symbol, symbol_at, uses};
use crate::{Context, Document, Use, context_at};
use velox_core::emit::FileKind;

/// The places, by file and offset, declarations among them.
#[must_use]
pub fn references(document: Document<'_>, offset: u32) -> Vec<Use> {
    if let Some((_, symbol)) = symbol_at(document, offset) {
        return uses(document, &symbol);
    }
    if matches!(context_at(document, offset), Context::Fence) { of_file(document) } else { Vec::new() }
}

/// Who imports a file, links to it as a page, names it as a layout, writes it as a component.
fn of_file(document: Document<'_>) -> Vec<Use> {
    let mut found = uses(document, &Symbol::File(document.path().to_owned()));
    found.extend(match document.kind() {
        Some(FileKind::Component) => uses(document, &Symbol::Shared(Origin::Default(document.file))),
        Some(FileKind::Layout) => uses(document, &Symbol::Layout(document.file)),
        _ => crate::lens::links_to(document),
    });
    found.sort();
    found.dedup();
    found
}
