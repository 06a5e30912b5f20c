//! What element names mean to syntax: which are void, which hold raw text, which kind a name makes.
//!
//! Refuses to know attributes, content models and what is rendered.

use crate::ElementKind;

/// Whether the element never has children, so that neither `/` nor a closing tag is needed (HTML standard, void elements).
#[must_use]
pub fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Whether braces and `<` inside the element are text.
pub(crate) fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style")
}

/// Whether a script of this type holds JSON (language.md T11).
pub(crate) fn is_json_type(media_type: &str) -> bool {
    ["application/json", "application/ld+json", "importmap", "speculationrules"]
        .iter()
        .any(|json| media_type.trim().eq_ignore_ascii_case(json))
}

/// What a name makes of an element (language.md T3).
pub(crate) fn kind_of(name: &str) -> ElementKind {
    match name {
        "" => return ElementKind::Fragment,
        "slot" | "velox:slot" => return ElementKind::Slot,
        _ => {}
    }
    let mut kind =
        if name.starts_with(char::is_lowercase) { ElementKind::Html } else { ElementKind::Component };
    for byte in name.bytes() {
        match byte {
            b'.' => return ElementKind::Component,
            b'-' => kind = ElementKind::Custom,
            _ => {}
        }
    }
    kind
}
