//! Cache tags that `fetch`es of the project carry.

use super::{Item, ItemKind};
use crate::Document;
use velox_db::site_index;
use velox_diagnostics::Span;

/// The tags; those with holes as what they begin with.
pub(super) fn items(document: Document<'_>, inside: Span) -> Vec<Item> {
    let index = site_index(document.db, document.project);
    let in_template =
        document.text().get(..inside.start as usize).is_some_and(|before| before.ends_with('`'));
    // What is being typed is no tag yet.
    let typed = inside.text(document.text());
    let literal = index.literals().iter().filter(|tag| *tag != typed && !tag.is_empty()).map(|tag| {
        let mut item = Item::new(tag.clone(), ItemKind::Tag);
        item.span = Some(inside);
        item.sort = Some(format!("0{tag}"));
        item
    });
    let patterns = index.patterns().iter().map(|tag| {
        let mut item = Item::new(tag.shown(), ItemKind::Tag);
        let mut text = String::new();
        for (nth, piece) in tag.pieces().iter().enumerate() {
            if nth > 0 {
                text.push_str(&if in_template { format!("\\${{${nth}\\}}") } else { format!("${nth}") });
            }
            text.push_str(&super::routes::escaped(piece));
        }
        item.text = text;
        item.snippet = true;
        item.detail = Some("a tag with a part that changes".to_owned());
        item.span = Some(inside);
        item.sort = Some(format!("1{}", tag.shown()));
        item
    });
    literal.chain(patterns).collect()
}
