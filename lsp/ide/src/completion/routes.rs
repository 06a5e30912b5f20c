//! URLs of the site, for strings that name one: links, redirects, fetches, revalidated paths.

use super::{Item, ItemKind};
use crate::Document;
use velox_core::analyze::TrailingSlash;
use velox_core::route::{ParamKind, Pattern, RouteKind, Segment};
use velox_db::{RouteEntry, project_facts, route_table, shown_pages};
use velox_diagnostics::Span;

/// How many pages are listed that `paths` gives.
const PAGES: usize = 200;

/// What a URL is wanted for; it decides what comes first, and what is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be followed by a visitor: pages, then endpoints.
    Link,
    /// To be asked by `fetch`: endpoints, then pages.
    Fetch,
    /// To be revalidated: pages that are kept, by URL.
    Revalidate,
    /// To be revalidated: pages that are kept, by pattern (`revalidatePath('/blog/:slug', 'page')`).
    Pattern,
}

/// URLs that a link may name. `inside` is the text between the quotes, in the file; a backtick before it makes params holes.
pub(super) fn url_items(document: Document<'_>, inside: Span, offset: u32) -> Vec<Item> {
    items(document, inside, offset, Purpose::Link)
}

/// URLs for a purpose.
pub(super) fn items(document: Document<'_>, inside: Span, offset: u32, purpose: Purpose) -> Vec<Item> {
    let text = document.text();
    let Some(typed) = text.get(inside.start as usize..offset.min(inside.end) as usize) else {
        return Vec::new();
    };
    // What follows the path, or leaves the site, is no path; a hole is code.
    if !typed.is_empty() && !typed.starts_with('/')
        || typed.starts_with("//")
        || typed.contains(['?', '#', '{'])
    {
        return Vec::new();
    }
    let whole = inside.text(text);
    let end = whole.find(['?', '#']).map_or(inside.end, |at| inside.start + at as u32).max(offset);
    let span = Span::new(inside.start, end);
    let in_template = text[..inside.start as usize].ends_with('`');
    let config = &project_facts(document.db, document.project).config;
    let slash = config.trailing_slash == TrailingSlash::Always;
    let mut found = Vec::new();
    for entry in &route_table(document.db, document.project).entries {
        if !entry.route.problems.is_empty() {
            continue;
        }
        let Some(rank) = rank(entry, purpose) else { continue };
        let slash = slash && entry.route.kind == RouteKind::Page;
        if purpose == Purpose::Pattern {
            found.push(item(entry, &entry.route.pattern.text(), rank, span));
            continue;
        }
        for path in paths(&entry.route.pattern, in_template, slash) {
            let mut item = item(entry, &path.label, rank, span);
            item.snippet = path.is_snippet;
            item.text = path.text;
            found.push(item);
        }
        let pages = shown_pages(document.db, entry.source).as_ref();
        for params in pages.into_iter().flatten().take(PAGES) {
            let Some(segments) = velox_core::analyze::site::page_segments(&entry.route.pattern, params)
            else {
                continue;
            };
            let segments: Vec<String> = segments.iter().map(|segment| encoded(segment)).collect();
            let url = with_slash(format!("/{}", segments.join("/")), slash);
            found.push(item(entry, &url, rank + 1, span));
        }
    }
    found
}

/// The place of a route among the items; nothing where it does not serve the purpose.
fn rank(entry: &RouteEntry, purpose: Purpose) -> Option<u32> {
    let is_page = entry.route.kind == RouteKind::Page;
    match purpose {
        Purpose::Link => Some(if is_page { 0 } else { 4 }),
        Purpose::Fetch => Some(if is_page { 4 } else { 0 }),
        Purpose::Revalidate | Purpose::Pattern if !is_page => None,
        // Only what is kept can be out of date.
        Purpose::Revalidate | Purpose::Pattern => Some(match entry.mode {
            velox_core::analyze::Mode::Isr => 0,
            velox_core::analyze::Mode::Ssg => 2,
            _ => 4,
        }),
    }
}

fn item(entry: &RouteEntry, label: &str, rank: u32, span: Span) -> Item {
    let mut item = Item::new(label, ItemKind::Route);
    let kind = match entry.route.kind {
        RouteKind::Endpoint => "endpoint",
        RouteKind::Page => entry.mode.name(),
    };
    item.detail = Some(format!("{kind} · {}", entry.route.file));
    item.sort = Some(format!("{rank}{label}"));
    item.span = Some(span);
    item
}

/// A way to write the URL of a route.
struct Path {
    label: String,
    text: String,
    is_snippet: bool,
}

/// The ways to write URLs of a pattern: with and without its optional segments at the end.
fn paths(pattern: &Pattern, in_template: bool, slash: bool) -> Vec<Path> {
    let optional = |segment: &Segment| {
        matches!(segment, Segment::Param(ParamKind::Optional | ParamKind::OptionalRest, _))
    };
    let required = pattern.segments.iter().rposition(|segment| !optional(segment)).map_or(0, |at| at + 1);
    let mut found = vec![written(&pattern.segments[..required], in_template, slash)];
    if required < pattern.segments.len() {
        found.push(written(&pattern.segments, in_template, slash));
    }
    found
}

fn written(segments: &[Segment], in_template: bool, slash: bool) -> Path {
    let is_snippet = segments.iter().any(|segment| matches!(segment, Segment::Param(..)));
    let (mut label, mut text) = (String::new(), String::new());
    let mut place = 0;
    for segment in segments {
        label.push('/');
        text.push('/');
        match segment {
            Segment::Static(name) => {
                let name = encoded(name);
                label.push_str(&name);
                text.push_str(&if is_snippet { escaped(&name) } else { name });
            }
            Segment::Param(_, name) => {
                place += 1;
                label.push_str(&format!(":{name}"));
                // `${slug}` in a template literal, with the name in it to be changed.
                text.push_str(&if in_template {
                    format!("\\${{${{{place}:{name}}}\\}}")
                } else {
                    format!("${{{place}:{name}}}")
                });
            }
        }
    }
    Path { label: with_slash(label, slash), text: with_slash(text, slash), is_snippet }
}

fn with_slash(mut path: String, slash: bool) -> String {
    if path.is_empty() {
        path.push('/');
    }
    if slash && !path.ends_with('/') {
        path.push('/');
    }
    path
}

/// A text as it stands in a snippet.
pub(super) fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

/// A segment as it is written in a URL that a quote stands around.
fn encoded(segment: &str) -> String {
    segment.chars().fold(String::with_capacity(segment.len()), |mut text, character| {
        match character {
            '%' | '?' | '#' | '"' | '\'' | '`' | '<' | '>' | '\\' | '{' | '}' | '$' | ' ' => {
                text.push_str(&format!("%{:02X}", u32::from(character)));
            }
            other => text.push(other),
        }
        text
    })
}
