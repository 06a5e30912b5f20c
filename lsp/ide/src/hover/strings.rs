//! Strings that say something, in words: where an import leads, what answers a URL, who carries a cache tag.

use crate::code::CodeAt;
use crate::completion::strings::{Meaning, meaning};
use crate::settings::{choices, setting};
use crate::symbol::site::{self, Destination};
use crate::{Document, UseKind, framework};
use velox_core::analyze::site::Glob;
use velox_core::resolve::{Resolution, resolve};
use velox_db::{all_exports, project_facts};
use velox_diagnostics::Span;

/// How many of a kind are listed.
const LISTED: usize = 12;

/// Words on a string at an offset.
pub(super) fn words(document: Document<'_>, code: &CodeAt<'_>, inside: Span, offset: u32) -> Option<String> {
    let text = inside.text(document.text());
    match meaning(document, code)? {
        Meaning::Specifier => specifier_words(document, text),
        Meaning::Url(_) => url_words(document, offset),
        Meaning::Tag => tag_words(document, offset, text),
        Meaning::PathKind => {
            Some("The path is the pattern of a route: all of its pages are revalidated.".to_owned())
        }
        Meaning::RevalidateMode => match text {
            "swr" => Some("The next request gets the old page, and the rendering runs behind it.".to_owned()),
            "expire" => Some("The next request waits for a fresh rendering.".to_owned()),
            _ => None,
        },
        Meaning::Layout => super::route::export_words(document, "layout"),
        Meaning::Setting(path) => {
            let choice = choices(&path).find(|choice| choice.code.trim_matches('\'') == text);
            match choice {
                Some(choice) => Some(format!("`{}`: {}", choice.code, choice.words)),
                None => setting(&path).map(crate::settings::Setting::markdown),
            }
        }
    }
}

/// Where an import leads, and what is there.
pub(super) fn specifier_words(document: Document<'_>, specifier: &str) -> Option<String> {
    if let Some(module) = framework::module(specifier) {
        let names: Vec<String> = module
            .exports
            .iter()
            .filter(|entry| !entry.is_type())
            .map(|entry| format!("`{}`", entry.name))
            .collect();
        return Some(format!("`{specifier}`: a package of the framework\n\nexports {}", names.join(", ")));
    }
    let aliases = &project_facts(document.db, document.project).aliases;
    let files = document.project.files(document.db);
    match resolve(document.path(), specifier, aliases, &|path| files.contains(path)) {
        Resolution::File(path) => {
            let Some(target) = document.at(&path) else { return Some(format!("`{path}`")) };
            let exports = all_exports(document.db, document.project, target.file);
            let names: Vec<String> = exports.names.iter().map(|(name, _)| format!("`{name}`")).collect();
            let more = names.len().saturating_sub(LISTED * 2);
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            let shown = names.iter().take(LISTED * 2).cloned().collect::<Vec<_>>().join(", ");
            let list = if names.is_empty() { String::new() } else { format!("\n\nexports {shown}{rest}") };
            Some(format!("`{path}`{list}"))
        }
        Resolution::Package => Some(format!("`{specifier}`: a package")),
        Resolution::Framework => Some(format!("`{specifier}`: a package of the framework")),
        Resolution::Missing(_) => None,
    }
}

/// What answers the URL at an offset.
pub(super) fn url_words(document: Document<'_>, offset: u32) -> Option<String> {
    let (written, by_pattern) = site::urls(document).find(|(written, _)| written.span.touches(offset))?;
    match site::destination(document, written, by_pattern)? {
        Destination::Public(path) => Some(format!("`{path}`: a public file")),
        Destination::Routes(files) => {
            let lines: Vec<String> = files
                .iter()
                .filter_map(|path| {
                    let target = document.at(path)?;
                    let summary = crate::summary::route_summary(target)?;
                    Some(format!("**`{}`** · {}\n\n`{path}`", summary.pattern, summary.mode_text()))
                })
                .take(LISTED)
                .collect();
            (!lines.is_empty()).then(|| lines.join("\n\n"))
        }
    }
}

/// Who carries a cache tag, and who revalidates it.
fn tag_words(document: Document<'_>, offset: u32, text: &str) -> Option<String> {
    let tag =
        site::tag_at(document, offset).map_or_else(|| Glob::literal(text), |written| written.text.clone());
    let (mut carries, mut revalidates) = (Vec::new(), Vec::new());
    for (file, _, kind) in site::uses_of_tag(document, &tag) {
        let line = format!("- `{}`", file.path(document.db));
        let list = if kind == UseKind::Declaration { &mut carries } else { &mut revalidates };
        if !list.contains(&line) {
            list.push(line);
        }
    }
    let section = |title: &str, lines: &[String]| {
        if lines.is_empty() {
            return String::new();
        }
        let more = lines.len().saturating_sub(LISTED);
        let rest = if more > 0 { format!("\n- and {more} more") } else { String::new() };
        format!("\n\n{title}\n\n{}{rest}", lines[..lines.len().min(LISTED)].join("\n"))
    };
    let carried = if carries.is_empty() {
        "\n\nNo `fetch` is seen to carry it.".to_owned()
    } else {
        section("carried by `fetch` in", &carries)
    };
    Some(format!("Cache tag `{}`{carried}{}", tag.shown(), section("revalidated in", &revalidates)))
}
