//! What the tests of completion in code share: what is offered at a cursor, and what stands there when it is taken.

use super::World;
use velox_ide::change::applied;
use velox_ide::completion::{Item, Items, complete, resolve};
use velox_ide::{Change, TextEdit};

pub(crate) fn items(world: &World) -> Items {
    let mut found = complete(world.document(), world.offset(), None).unwrap_or_default();
    found.items.sort_by_key(|item| item.sort.clone().unwrap_or_else(|| item.label.clone()));
    found
}

/// The labels of the first items whose kind or rank is not that of globals and keywords.
pub(crate) fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    let found = items(&world);
    let special = found
        .items
        .iter()
        .filter(|item| !item.sort.as_ref().is_some_and(|sort| sort.starts_with(['4', '6', '8', '9'])));
    special.map(|item| item.label.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether a label is offered.
pub(crate) fn offers(fixture: &str, label: &str) -> bool {
    items(&World::new(fixture)).items.iter().any(|item| item.label == label)
}

/// A snippet with its first choices filled in.
pub(crate) fn plain(item: &Item) -> String {
    if !item.snippet {
        return item.text.clone();
    }
    let (mut out, mut rest, mut depth) = (String::new(), item.text.as_str(), 0);
    while let Some(at) = rest.find(['$', '\\', '}']) {
        out.push_str(&rest[..at]);
        let tail = &rest[at..];
        if let Some(escaped) = tail.strip_prefix('\\') {
            let length = escaped.chars().next().map_or(0, char::len_utf8);
            out.push_str(&escaped[..length]);
            rest = &escaped[length..];
        } else if let Some(closed) = tail.strip_prefix('}') {
            out.push_str(if depth == 0 { "}" } else { "" });
            depth = i32::max(depth - 1, 0);
            rest = closed;
        } else if let Some(place) = tail.strip_prefix("${") {
            let digits = place.trim_start_matches(|c: char| c.is_ascii_digit());
            match digits.strip_prefix('|') {
                Some(choices) => {
                    out.push_str(choices.split([',', '|']).next().unwrap_or_default());
                    rest = &choices[choices.find('}').map_or(choices.len(), |at| at + 1)..];
                }
                None => {
                    depth += 1;
                    rest = digits.trim_start_matches(':');
                }
            }
        } else {
            rest = tail[1..].trim_start_matches(|c: char| c.is_ascii_digit());
        }
    }
    out.push_str(rest);
    out
}

/// The edits that taking an item makes.
pub(crate) fn edits(world: &World, found: &Items, item: &Item) -> Vec<TextEdit> {
    let mut edits = vec![TextEdit::new(item.span.unwrap_or(found.span), plain(item))];
    edits.extend(item.also.clone());
    if let Some(id) = &item.id {
        edits.extend(resolve(world.document(), id).unwrap_or_default().also);
    }
    edits.sort();
    edits
}

/// The file after an item was taken.
pub(crate) fn take(fixture: &str, label: &str, detail: &str) -> String {
    let world = World::new(fixture);
    let found = items(&world);
    let fits = |item: &&Item| item.label == label && item.detail.as_deref().unwrap_or("").contains(detail);
    let item = found.items.iter().find(fits).unwrap_or_else(|| {
        panic!("no `{label}` among {:?}", found.items.iter().map(|item| &item.label).collect::<Vec<_>>())
    });
    let edits = edits(&world, &found, item);
    let path = world.document().path().to_owned();
    let change = Change::of(&path, edits.clone());
    velox_ide::gate::admit(world.db(), world.project(), &change).expect("an edit that breaks nothing");
    applied(world.document().text(), &edits).expect("edits that fit")
}
