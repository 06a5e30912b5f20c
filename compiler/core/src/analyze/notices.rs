//! Hints that a build gives: what is not yet streamed and so printed in place.

use crate::unit::VeloxFile;
use velox_diagnostics::{Code, Diagnostic};
use velox_syntax::{ElementKind, NodeKind};

/// `<Suspense>` boundaries of a file, which this release prints in place.
#[must_use]
pub fn build_notices(file: &VeloxFile<'_>) -> Vec<Diagnostic> {
    let source = file.template_source();
    let suspense = file
        .block
        .imports
        .iter()
        .filter(|import| import.specifier == "velox")
        .flat_map(|import| &import.names)
        .find(|name| name.imported == "Suspense")
        .map(|name| &*name.local);
    let mut found = Vec::new();
    for node in &file.template.nodes {
        let NodeKind::Element(element) = &node.kind else { continue };
        if element.kind != ElementKind::Component {
            continue;
        }
        let tag = element.name.text(source.text);
        if suspense == Some(tag) {
            found.push(Diagnostic::new(
                Code::SUSPENSE_IN_PLACE,
                file.path,
                element.name.shift(source.base),
                "this boundary is awaited and printed in place",
            ));
        }
    }
    found
}
