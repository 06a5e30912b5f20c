//! What a value refers to: classes and ids of the file, URLs of the site, files beside it.

use super::{Item, ItemKind, Items, routes};
use crate::html::word_at;
use crate::symbol::styles::{StyleKind, style_names};
use crate::{Document, ElementAt};
use velox_diagnostics::Span;
use velox_syntax::{AttributeValue, NodeKind};

/// How many files are listed.
const FILES: usize = 500;

/// What an attribute's value could refer to; nothing where the attribute refers to nothing.
pub(super) fn complete(
    document: Document<'_>,
    offset: u32,
    at: ElementAt<'_>,
    attribute: &str,
    inside: Span,
) -> Option<Items> {
    let text = document.text();
    let items = match attribute {
        "class" | "className" => {
            let span = word_at(text, inside, offset);
            let items = names(document, at, StyleKind::Class, inside, span);
            return (!items.is_empty()).then_some(Items { span, items, incomplete: false });
        }
        "id" => wanted_ids(document, at, inside),
        _ if is_list_of_ids(attribute) => {
            let span = word_at(text, inside, offset);
            let items = ids(at, "");
            return (!items.is_empty()).then_some(Items { span, items, incomplete: false });
        }
        _ if is_id(attribute) => ids(at, ""),
        "href" | "xlink:href" if inside.text(text).starts_with('#') => ids(at, "#"),
        "usemap" => ids(at, "#"),
        _ => urls(document, offset, at, attribute, inside)?,
    };
    (!items.is_empty()).then_some(Items { span: inside, items, incomplete: false })
}

/// Attributes that hold the id of another element.
fn is_id(name: &str) -> bool {
    matches!(
        name,
        "for"
            | "htmlFor"
            | "form"
            | "list"
            | "popovertarget"
            | "commandfor"
            | "aria-activedescendant"
            | "aria-errormessage"
    )
}

/// Attributes that hold ids with blanks between them.
fn is_list_of_ids(name: &str) -> bool {
    matches!(
        name,
        "aria-labelledby"
            | "aria-describedby"
            | "aria-controls"
            | "aria-owns"
            | "aria-details"
            | "aria-flowto"
            | "headers"
            | "itemref"
    )
}

/// Classes or ids that the file writes elsewhere. `word` is the one that is being typed, `inside` the whole value.
fn names(document: Document<'_>, at: ElementAt<'_>, kind: StyleKind, inside: Span, word: Span) -> Vec<Item> {
    let text = document.text();
    let mut items: Vec<Item> = Vec::new();
    let present: Vec<&str> = [Span::new(inside.start, word.start), Span::new(word.end, inside.end)]
        .iter()
        .flat_map(|span| span.text(text).split_whitespace())
        .collect();
    let mut add = |name: &str, in_style: bool| {
        if name.is_empty() || present.contains(&name) || items.iter().any(|item| item.label == name) {
            return;
        }
        let mut item = Item::new(name, ItemKind::Value);
        item.sort = Some(format!("{}{name}", u8::from(!in_style)));
        item.detail = in_style.then(|| "style".to_owned());
        items.push(item);
    };
    if document.is_velox() {
        let all = style_names(document);
        let found = |in_style: bool| {
            all.iter().filter(move |name| name.kind == kind && name.declares == in_style && name.span != word)
        };
        for name in found(true) {
            add(name.span.text(text), true);
        }
        for name in found(false) {
            add(name.span.text(text), false);
        }
    } else {
        for (name, span) in fixed_values(at, &["class", "className"]) {
            if span != inside {
                name.split_whitespace().for_each(|name| add(name, false));
            }
        }
    }
    items
}

/// The ids of the elements of the file.
fn ids(at: ElementAt<'_>, before: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (name, _) in fixed_values(at, &["id"]) {
        let label = format!("{before}{name}");
        if !name.is_empty()
            && !name.contains(char::is_whitespace)
            && items.iter().all(|item| item.label != label)
        {
            items.push(Item::new(label, ItemKind::Value));
        }
    }
    items
}

/// Ids that other elements refer to and no element has.
fn wanted_ids(document: Document<'_>, at: ElementAt<'_>, inside: Span) -> Vec<Item> {
    let there: Vec<&str> =
        fixed_values(at, &["id"]).filter(|(_, span)| *span != inside).map(|(name, _)| name).collect();
    let mut items: Vec<Item> = Vec::new();
    let mut add = |name: &str| {
        if !name.is_empty() && !there.contains(&name) && items.iter().all(|item| item.label != name) {
            items.push(Item::new(name, ItemKind::Value));
        }
    };
    for (name, _) in fixed_values(at, &["for", "htmlFor", "list", "popovertarget", "commandfor"]) {
        add(name);
    }
    for (name, _) in fixed_values(at, &["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"])
    {
        name.split_whitespace().for_each(&mut add);
    }
    for (name, _) in fixed_values(at, &["href"]) {
        if let Some(name) = name.strip_prefix('#') {
            add(name);
        }
    }
    if document.is_velox() {
        let text = document.text();
        let in_style = |name: &&crate::symbol::styles::StyleName| {
            name.kind == StyleKind::Id && !name.declares && name.span != inside
        };
        for name in style_names(document).iter().filter(in_style) {
            add(name.span.text(text));
        }
    }
    items
}

/// The values of attributes with these names that are plain text, with their places in the file.
fn fixed_values<'a>(
    at: ElementAt<'a>,
    names: &'static [&'static str],
) -> impl Iterator<Item = (&'a str, Span)> {
    let elements = at.tree.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Element(element) => Some(element),
        _ => None,
    });
    elements.flat_map(|element| &element.attributes).filter_map(move |attribute| match attribute.value {
        AttributeValue::Text(span) if names.contains(&attribute.name.text(at.source)) => {
            Some((span.text(at.source), span.shift(at.base)))
        }
        _ => None,
    })
}

/// Endings of the files that an attribute of an element names; nothing where it names none.
fn endings(element: &str, attribute: &str) -> Option<&'static [&'static str]> {
    const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "ico"];
    Some(match (element, attribute) {
        ("img" | "source" | "input", "src" | "srcset") | ("video", "poster") | ("image" | "use", "href") => {
            IMAGES
        }
        ("video", "src") => &["mp4", "webm", "mov", "m4v", "ogv"],
        ("audio", "src") => &["mp3", "ogg", "wav", "m4a", "flac", "opus"],
        ("track", "src") => &["vtt"],
        ("script", "src") => &["js", "mjs", "ts"],
        ("link", "href") => {
            &["css", "ico", "png", "svg", "json", "webmanifest", "woff2", "woff", "xml", "txt", "js"]
        }
        ("iframe" | "embed", "src") | ("object", "data") => &["html", "pdf", "svg"],
        ("a" | "area", "href") => &["pdf", "zip", "txt", "xml", "json", "html", "csv", "epub"],
        _ => return None,
    })
}

fn urls(
    document: Document<'_>,
    offset: u32,
    at: ElementAt<'_>,
    attribute: &str,
    inside: Span,
) -> Option<Vec<Item>> {
    let element = at.name();
    let is_link = match attribute {
        "href" => matches!(element, "a" | "area") || element.starts_with(char::is_uppercase),
        "action" => element == "form",
        "formaction" => matches!(element, "button" | "input"),
        "src" => element == "iframe",
        _ => false,
    };
    let mut items = if is_link { routes::url_items(document, inside, offset) } else { Vec::new() };
    match endings(element, attribute) {
        Some(endings) => items.extend(files(document, inside, endings)),
        None if !is_link => return None,
        None => {}
    }
    Some(items)
}

/// Files of `public/` by their URLs; where a relative path is typed, files of the project that are no modules.
fn files(document: Document<'_>, inside: Span, endings: &[&str]) -> Vec<Item> {
    let typed = inside.text(document.text());
    let is_relative = typed.starts_with('.');
    if !typed.is_empty() && !is_relative && !typed.starts_with('/') {
        return Vec::new();
    }
    let files = document.project.files(document.db);
    let folder = document.path().rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut found: Vec<(String, &str)> = Vec::new();
    for path in files.assets.keys().chain(files.sources.keys()) {
        let fits = path
            .rsplit_once('.')
            .is_some_and(|(_, ending)| endings.iter().any(|one| ending.eq_ignore_ascii_case(one)));
        if !fits {
            continue;
        }
        if let Some(rest) = path.strip_prefix("public/") {
            if !is_relative {
                found.push((format!("/{rest}"), path));
            }
        } else if is_relative && files.assets.contains_key(path) {
            found.push((crate::imports::relative(folder, path), path));
        }
    }
    found.sort_unstable();
    found.truncate(FILES);
    let items = found.into_iter().map(|(url, path)| {
        let mut item = Item::new(url.replace(' ', "%20"), ItemKind::File);
        item.detail = Some(path.to_owned());
        item.sort = Some(format!("9{url}"));
        item.span = Some(inside);
        item
    });
    items.collect()
}
