//! Strings that say something: import paths, URLs, cache tags, layouts, values of settings.

use super::ItemKind;
use super::{Item, Items, routes, settings, specifiers, tags};
use crate::code::{CodeAt, framework_name};
use crate::{Document, shapes};
use velox_db::layout_names;
use velox_diagnostics::Span;
use velox_script::cursor::EnclosingKind;

/// What a string is for, by what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The specifier of an import.
    Specifier,
    /// A URL.
    Url(UrlOf),
    /// A cache tag that is revalidated, or carried.
    Tag,
    /// The second argument of `revalidatePath`.
    PathKind,
    /// `mode` of the options of a revalidation.
    RevalidateMode,
    /// The name of a layout.
    Layout,
    /// The value of a setting, by its path.
    Setting(String),
}

/// What a URL is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UrlOf {
    /// A redirect, or another navigation.
    Link,
    /// `fetch`.
    Fetch,
    /// `revalidatePath`.
    Revalidate,
}

/// What a string is for.
pub(crate) fn meaning(document: Document<'_>, code: &CodeAt<'_>) -> Option<Meaning> {
    let cursor = &code.cursor;
    let head = cursor.head.first().map(String::as_str);
    if cursor.around.is_empty()
        && matches!(&*cursor.before, "from" | "import")
        && matches!(head, Some("import" | "export"))
    {
        return Some(Meaning::Specifier);
    }
    match cursor.around.as_slice() {
        [.., call] if matches!(call.kind, EnclosingKind::Call { .. }) => {
            let EnclosingKind::Call { callee, .. } = &call.kind else { return None };
            let names: Vec<&str> = callee.iter().map(String::as_str).collect();
            if names == ["import"] {
                return Some(Meaning::Specifier);
            }
            let framework = framework_name(document, callee).map(|(_, name)| name);
            match (framework, call.index) {
                (Some("redirect"), 0) => Some(Meaning::Url(UrlOf::Link)),
                (Some("revalidatePath"), 0) => Some(Meaning::Url(UrlOf::Revalidate)),
                (Some("revalidatePath"), 1) => Some(Meaning::PathKind),
                (Some("revalidateTag"), 0) => Some(Meaning::Tag),
                (Some("fetch"), 0) => Some(Meaning::Url(UrlOf::Fetch)),
                (None, 0) if names == ["fetch"] => Some(Meaning::Url(UrlOf::Fetch)),
                (None, 0) => match names.as_slice() {
                    [router, "push" | "replace" | "prefetch"] => {
                        let known = super::members::kind_of(document, code, &[router])?;
                        matches!(known, super::members::Known::Interface(_, "Router"))
                            .then_some(Meaning::Url(UrlOf::Link))
                    }
                    _ => None,
                },
                _ => None,
            }
        }
        // `fetch(url, { next: { tags: ['|'] } })`, wherever the options are written.
        [.., next, tags, list]
            if key(&next.kind) == Some("next")
                && key(&tags.kind) == Some("tags")
                && list.kind == EnclosingKind::Array =>
        {
            Some(Meaning::Tag)
        }
        [.., call, options] if key(&options.kind) == Some("mode") => {
            let EnclosingKind::Call { callee, .. } = &call.kind else { return None };
            let (_, name) = framework_name(document, callee)?;
            matches!(name, "revalidatePath" | "revalidateTag").then_some(Meaning::RevalidateMode)
        }
        _ => {
            if let Some((path, object)) = settings::path_at(document, code) {
                return object.siblings.is_none().then_some(Meaning::Setting(path));
            }
            let path = cursor.object_path()?;
            (path.exported && path.owner == "layout" && path.keys.is_empty() && !code.in_template)
                .then_some(Meaning::Layout)
        }
    }
}

fn key(kind: &EnclosingKind) -> Option<&str> {
    match kind {
        EnclosingKind::Object { key: Some((key, _)), .. } => Some(key),
        _ => None,
    }
}

/// What could stand between the quotes of a string.
pub(super) fn complete(
    document: Document<'_>,
    code: &CodeAt<'_>,
    inside: Span,
    offset: u32,
) -> Option<Items> {
    let choice = |label: &str, words: &str| {
        let mut item = Item::new(label, ItemKind::Value);
        item.documentation = Some(words.to_owned());
        item.span = Some(inside);
        item
    };
    let Some(meaning) = meaning(document, code) else {
        let Some(shapes::Argument::Value(key)) = shapes::argument_at(document, code) else { return None };
        let values = key.strings();
        let items = values.iter().map(|value| choice(value, &key.markdown())).collect();
        return Some(Items { span: inside, items, incomplete: false });
    };
    let items = match meaning {
        Meaning::Specifier => specifiers::paths(document, inside, offset),
        Meaning::Url(UrlOf::Link) => routes::url_items(document, inside, offset),
        Meaning::Url(UrlOf::Fetch) => routes::items(document, inside, offset, routes::Purpose::Fetch),
        Meaning::Url(UrlOf::Revalidate) => {
            let rest = document.text().get(inside.end as usize + 1..).unwrap_or_default();
            let by_pattern = rest.trim_start().strip_prefix(',').is_some_and(|rest| {
                rest.trim_start().strip_prefix(['\'', '"']).is_some_and(|rest| rest.starts_with("page"))
            });
            let purpose = if by_pattern { routes::Purpose::Pattern } else { routes::Purpose::Revalidate };
            routes::items(document, inside, offset, purpose)
        }
        Meaning::Tag => tags::items(document, inside),
        Meaning::PathKind => vec![
            choice("page", "The path is the pattern of a route: all of its pages are revalidated."),
            choice("layout", "All pages at and below the pattern are revalidated."),
        ],
        Meaning::RevalidateMode => vec![
            choice("expire", "The next request waits for a fresh rendering: you read your own writes."),
            choice("swr", "The next request gets the old page, and the rendering runs behind it."),
        ],
        Meaning::Layout => layout_names(document.db, document.project)
            .iter()
            .map(|name| {
                let mut item = Item::new(name.clone(), ItemKind::Slot);
                item.detail = Some(format!("layouts/{name}.velox"));
                item.span = Some(inside);
                item
            })
            .collect(),
        Meaning::Setting(path) => settings::in_string(document, &path, inside),
    };
    Some(Items { span: inside, items, incomplete: false })
}
