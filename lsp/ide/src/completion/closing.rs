//! Closing tags: which elements could be closed at a place, and the ends of an opening tag.

use super::{Item, ItemKind, Items};
use crate::ancestry::ancestors;
use crate::{Document, ElementAt};
use velox_diagnostics::Span;

/// What could stand behind `<`, from the slash on. `span` is what is typed, the slash included; `inside` the element around it.
pub(super) fn complete(document: Document<'_>, span: Span, inside: Option<ElementAt<'_>>) -> Option<Items> {
    let inside = inside?;
    let follows = document.text().get(span.end as usize..).unwrap_or("");
    let rest: usize =
        follows.chars().take_while(|c| super::template::is_name_character(*c)).map(char::len_utf8).sum();
    let has_bracket = follows[rest..].starts_with('>');
    let span = Span::new(span.start, span.end + rest as u32);
    let mut open: Vec<ElementAt<'_>> = std::iter::once(inside).chain(ancestors(inside)).collect();
    // A tag that is being closed is seen as an element named `/` by nobody, but the element that holds the cursor may begin at it.
    open.retain(|at| at.span().start + 1 < span.start && can_be_closed(*at));
    // What lacks its closing tag comes first, the nearest before all others.
    open.sort_by_key(|at| at.element().is_some_and(|element| element.close.is_some()));
    let mut items: Vec<Item> = Vec::new();
    for at in open {
        let name = at.name();
        if items.iter().any(|item| item.label[1..] == *name) {
            continue;
        }
        let mut item = Item::new(format!("/{name}"), ItemKind::Element);
        if !has_bracket {
            item.text.push('>');
        }
        item.sort = Some(format!("{:02}", items.len()));
        items.push(item);
    }
    (!items.is_empty()).then_some(Items { span, items, incomplete: false })
}

fn can_be_closed(at: ElementAt<'_>) -> bool {
    at.element().is_some_and(|element| !element.self_closing) && !velox_syntax::is_void(at.name())
}

/// What ends an opening tag that has no end yet.
pub(super) fn ends(at: ElementAt<'_>, offset: u32) -> Vec<Item> {
    let Some(element) = at.element() else { return Vec::new() };
    if element.open.text(at.source).ends_with('>') {
        return Vec::new();
    }
    let end = |label: String, text: String, sort: &str| {
        let mut item = Item::new(label, ItemKind::Snippet);
        item.text = text;
        item.snippet = true;
        item.span = Some(Span::at(offset));
        item.sort = Some(sort.to_owned());
        item
    };
    let name = at.name();
    let mut items = vec![end("/>".to_owned(), "/>".to_owned(), "95/>")];
    if !velox_syntax::is_void(name) {
        items.push(end(format!("></{name}>"), format!(">$0</{name}>"), "96>"));
    }
    items
}
