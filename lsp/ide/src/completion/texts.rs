//! What could stand in text: Emmet abbreviations, and a whole document where a layout is empty.

use super::emmet::{self, Options};
use super::{Item, ItemKind, Items, without_stops};
use crate::{Document, ElementAt};
use velox_core::emit::FileKind;
use velox_diagnostics::Span;
use velox_syntax::NodeKind;

/// A layout with all that it needs.
const LAYOUT: &str = "<!DOCTYPE html>\n<html lang=\"${1:en}\">\n\t<head>\n\t\t<meta charset=\"utf-8\" />\n\t\t\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n\t</head>\n\t<body>\n\t\t$0<slot />\n\t</body>\n</html>\n";

/// What could stand at an offset in text.
pub(super) fn complete(document: Document<'_>, offset: u32, parent: Option<ElementAt<'_>>) -> Option<Items> {
    let text = document.text();
    let before = text.get(..offset as usize)?;
    let line_start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line_start = line_start.max(document.template_start() as usize).min(before.len());
    let (opened, sibling) = ends_before(document, offset, parent);
    let from = line_start.max(opened as usize).max(sibling as usize).min(before.len());
    let follows_text = sibling as usize > line_start && sibling > opened;
    let line = before.get(from..)?;
    let start = emmet::start_of(line);
    let abbreviation = &line[start..];
    let span = Span::new((from + start) as u32, offset);
    let mut items = Vec::new();
    if is_empty_layout(document, abbreviation) {
        let mut item = Item::new("layout", ItemKind::Snippet);
        item.detail = Some("a whole document with a <slot />".to_owned());
        item.text = LAYOUT.to_owned();
        item.snippet = true;
        items.push(item);
    }
    let is_plain_text = parent.is_some_and(|at| matches!(at.name(), "title" | "textarea" | "option"));
    if !abbreviation.is_empty()
        && !is_plain_text
        && is_likely(follows_text || !line[..start].trim().is_empty(), abbreviation)
        && emmet::is_plain(abbreviation, &|name| is_component(document, name))
    {
        let options = Options { self_closing: !document.is_velox() };
        if let Some(expanded) = emmet::expand(abbreviation, parent.map(ElementAt::name), options) {
            items.push(item(abbreviation, expanded));
        }
    }
    (!items.is_empty()).then_some(Items { span, items, incomplete: true })
}

fn item(abbreviation: &str, expanded: String) -> Item {
    let mut item = Item::new(abbreviation, ItemKind::Snippet);
    item.detail = Some("Emmet abbreviation".to_owned());
    item.filter = Some(abbreviation.to_owned());
    item.documentation = Some(format!("```html\n{}\n```", without_stops(&expanded)));
    item.text = expanded;
    item.emmet = true;
    item.snippet = true;
    item
}

/// Where the tags end that an abbreviation cannot reach over: the opening tag around an offset, and the last element before it.
fn ends_before(document: Document<'_>, offset: u32, parent: Option<ElementAt<'_>>) -> (u32, u32) {
    let (tree, base, opened, siblings) = match parent {
        Some(at) => {
            let Some(element) = at.element() else { return (0, 0) };
            (at.tree, at.base, element.open.end + at.base, &*element.children)
        }
        None if document.is_velox() => {
            (document.tree(), document.template_start(), 0, &*document.tree().roots)
        }
        None => return (0, 0),
    };
    let ends = siblings.iter().map(|id| tree.node(*id)).filter_map(|node| {
        let is_tag = !matches!(node.kind, NodeKind::Text | NodeKind::RawText | NodeKind::Hole(_));
        let end = node.span.end + base;
        (is_tag && end <= offset).then_some(end)
    });
    (opened.min(offset), ends.max().unwrap_or(0))
}

/// Whether what is typed is meant as an abbreviation: alone in its line so far, or with an operator that text does not hold.
fn is_likely(follows_text: bool, abbreviation: &str) -> bool {
    let last = abbreviation.chars().next_back().unwrap_or(' ');
    if matches!(last, '>' | '+' | '^' | '*' | '.' | '#' | '-' | ':') {
        return false;
    }
    if !follows_text {
        return !abbreviation.starts_with(|first: char| first.is_ascii_digit());
    }
    let repeats = abbreviation
        .match_indices('*')
        .any(|(at, _)| abbreviation[at + 1..].starts_with(|next: char| next.is_ascii_digit()));
    abbreviation.starts_with(|first: char| first.is_ascii_lowercase())
        && (abbreviation.contains(['>', '[']) || repeats)
}

/// Whether a name is that of a component in scope.
fn is_component(document: Document<'_>, name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && document
            .module_facts()
            .imports
            .iter()
            .any(|import| import.names.iter().any(|one| one.local == name))
}

fn is_empty_layout(document: Document<'_>, typed: &str) -> bool {
    document.kind() == Some(FileKind::Layout)
        && document.template().trim_matches(['\u{feff}', ' ', '\t', '\n', '\r']) == typed
        && ("layout".starts_with(typed) || typed == "!")
}
