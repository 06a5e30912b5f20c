//! A route in words: pattern, mode and why, layouts, revalidation, tags; and what its exports amount to.

use crate::summary::route_summary;
use crate::{Document, ambient};
use rustc_hash::FxHashSet;
use velox_core::analyze::{LayoutChoice, Mode, Revalidate};
use velox_core::emit::FileKind;
use velox_core::resolve::Resolution;
use velox_db::{FileRole, imports, layouts_of, page, route_table, site_facts};

use crate::completion::members::param_shape;

/// How many files a page's tags are looked for in.
const FILES: usize = 200;
/// How many of a kind are listed.
const LISTED: usize = 12;

/// What a file is, in words: a route, a layout with its routes, a component.
pub(super) fn file_words(document: Document<'_>) -> Option<String> {
    if let Some(words) = route_words(document) {
        return Some(words);
    }
    match document.role() {
        FileRole::Velox(FileKind::Layout) => {
            let entries = &route_table(document.db, document.project).entries;
            let routes: Vec<String> = entries
                .iter()
                .filter(|entry| entry.layouts.contains(&document.file))
                .map(|entry| format!("- `{}` ({})", entry.route.pattern.text(), entry.mode.name()))
                .collect();
            let slots = &document.page().slots;
            let mut words = "A layout".to_owned();
            words.push_str(&match routes.len() {
                0 => " of no route".to_owned(),
                1 => " of one route".to_owned(),
                count => format!(" of {count} routes"),
            });
            words.push_str(&listed(&routes));
            if !slots.is_empty() {
                words.push_str(&format!(
                    "\n\nSlots: {}",
                    slots.iter().map(|slot| format!("`{slot}`")).collect::<Vec<_>>().join(", ")
                ));
            }
            Some(words)
        }
        FileRole::Velox(FileKind::Component) => Some("A component: it is rendered on the server.".to_owned()),
        FileRole::Velox(FileKind::Page) => {
            Some("A special page: it stands in for pages of its folder and below.".to_owned())
        }
        _ => None,
    }
}

fn listed(lines: &[String]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let more = lines.len().saturating_sub(LISTED);
    let rest = if more > 0 { format!("\n- and {more} more") } else { String::new() };
    format!("\n\n{}{rest}", lines[..lines.len().min(LISTED)].join("\n"))
}

/// The route that a file is, in words.
pub(super) fn route_words(document: Document<'_>) -> Option<String> {
    let entry = document.route()?;
    let summary = route_summary(document)?;
    let mut words = format!("**`{}`** · {}", summary.pattern, summary.mode_name());
    let params: Vec<String> =
        entry.route.pattern.params().map(|(name, kind)| format!("`{name}: {}`", param_shape(kind))).collect();
    let mut lines = Vec::new();
    if summary.mode.is_some() {
        lines.push(format!("- mode: `{}`, because of: {}", summary.mode_name(), summary.cause));
    }
    if !params.is_empty() {
        lines.push(format!("- params: {}", params.join(", ")));
    }
    if summary.mode.is_some() {
        lines.push(layouts(document));
    }
    lines.extend(revalidation(document, entry.mode).map(|text| format!("- revalidate: {text}")));
    let tags = tags(document);
    if !tags.is_empty() {
        lines.push(format!("- cache tags: {}", tags.join(", ")));
    }
    if !lines.is_empty() {
        words.push_str(&format!("\n\n{}", lines.join("\n")));
    }
    Some(words)
}

fn layouts(document: Document<'_>) -> String {
    let layouts = layouts_of(document.db, document.project, document.file);
    let names: Vec<String> = layouts.iter().map(|file| format!("`{}`", file.path(document.db))).collect();
    if names.is_empty() {
        "- layouts: none".to_owned()
    } else {
        format!("- layouts: {}", names.join(" › "))
    }
}

/// How a page that is kept is made again.
pub(super) fn revalidation(document: Document<'_>, mode: Mode) -> Option<String> {
    match (mode, document.page().revalidate) {
        (Mode::Isr, Some((Revalidate::Seconds(seconds), _))) => Some(format!("after {}", duration(seconds))),
        (Mode::Isr, Some((Revalidate::Never, _))) => Some("only by hand".to_owned()),
        _ => None,
    }
}

/// `90` → `1 min 30 s`.
fn duration(seconds: u32) -> String {
    let parts = [
        (seconds / 86_400, "d"),
        (seconds / 3_600 % 24, "h"),
        (seconds / 60 % 60, "min"),
        (seconds % 60, "s"),
    ];
    let shown: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    let text = shown.join(" ");
    if seconds >= 60 { format!("{seconds} s ({text})") } else { text }
}

/// The cache tags that `fetch`es of the page, its layouts and what they import carry.
pub(super) fn tags(document: Document<'_>) -> Vec<String> {
    let Document { db, project, file } = document;
    let mut work = vec![file];
    work.extend(layouts_of(db, project, file));
    let mut seen: FxHashSet<_> = work.iter().copied().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(file) = work.get(at).copied().filter(|_| at < FILES) {
        at += 1;
        found.extend(site_facts(db, project, file).carried.iter().map(|tag| format!("`{}`", tag.shown())));
        for resolution in imports(db, project, file).values() {
            let Resolution::File(path) = resolution else { continue };
            if let Some(next) = project.files(db).sources.get(path).filter(|next| seen.insert(**next)) {
                work.push(*next);
            }
        }
    }
    found.sort();
    found.dedup();
    found.retain(|tag| tag != "``");
    found
}

/// What an export with a meaning amounts to in this file; nothing for any other export.
pub(super) fn export_words(document: Document<'_>, name: &str) -> Option<String> {
    let role = document.role();
    let page_words = |text: &str| {
        let route = route_words(document).map_or(String::new(), |words| format!("\n\n{words}"));
        Some(format!("{text}{route}"))
    };
    match (name, role) {
        ("config", FileRole::Velox(FileKind::Page) | FileRole::TsxPage) => {
            page_words("How the page is rendered. It is read without running code: `render`, `revalidate`, `edge`.")
        }
        ("config", FileRole::Endpoint) => Some("Settings of the endpoint, read without running code.".to_owned()),
        ("paths", FileRole::Velox(FileKind::Page) | FileRole::TsxPage) => {
            let isr = document.route().is_some_and(|entry| entry.mode == Mode::Isr);
            page_words(if isr {
                "The params of the pages that are rendered at build; others are rendered at the first request. It runs at build, outside of any request."
            } else {
                "The params of all pages of the route: each is rendered at build, and any other is 404. It runs at build, outside of any request."
            })
        }
        ("layout", FileRole::Velox(FileKind::Page) | FileRole::TsxPage) => {
            let own = page(document.db, document.project, document.file);
            let choice = match &own.layout {
                LayoutChoice::None => "No layout of `layouts/` surrounds the page.".to_owned(),
                LayoutChoice::Default => "The outermost layout is `layouts/default.velox`.".to_owned(),
                LayoutChoice::Named(name) => format!("The outermost layout is `layouts/{name}.velox`."),
            };
            Some(format!("{choice}\n\n{}", layouts(document)))
        }
        ("meta", FileRole::Velox(_) | FileRole::TsxPage) => Some(
            "What stands in `<head>`: `title`, `description` and more. Values of the page win over those of its layouts; layouts give defaults."
                .to_owned(),
        ),
        ("slots", FileRole::Velox(FileKind::Layout)) => {
            let slots = &document.page().slots;
            let names: Vec<String> = slots.iter().map(|slot| format!("`{slot}`")).collect();
            Some(format!("The slots that pages may fill with `<velox:slot name=\"...\">`: {}", names.join(", ")))
        }
        (method, FileRole::Endpoint) if crate::completion::METHODS.contains(&method) => {
            let pattern = document.route().map_or(String::new(), |entry| format!(" `{}`", entry.route.pattern.text()));
            Some(format!("Answers `{method}`{pattern}."))
        }
        _ => None,
    }
}

/// A param of the route in words.
pub(super) fn param_words(document: Document<'_>, name: &str) -> Option<String> {
    let items = crate::completion::members::params(document);
    let item = items.iter().find(|item| item.label == name)?;
    let shape = item.detail.as_deref().unwrap_or("string");
    let words = item.documentation.as_deref().unwrap_or("A param of the routes that this file serves.");
    Some(format!("```ts\n(param) {name}: {shape}\n```\n\n{words}"))
}

/// A name that is in scope without an import, in words.
pub(super) fn ambient_words(document: Document<'_>, name: &str) -> Option<String> {
    let found = ambient::find(document, name)?;
    let mut words = format!("```ts\n{}\n```\n\n{}", found.signature, found.words);
    if name == "params" {
        let items = crate::completion::members::params(document);
        let params: Vec<String> = items
            .iter()
            .map(|item| format!("`{}: {}`", item.label, item.detail.as_deref().unwrap_or("")))
            .collect();
        if !params.is_empty() {
            words.push_str(&format!("\n\nHere: {}", params.join(", ")));
        }
    }
    Some(words)
}
