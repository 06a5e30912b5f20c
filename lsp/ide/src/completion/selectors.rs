//! In `<style>`, behind `.` and `#` of a selector: the classes and ids that the file's tags have. Of CSS itself it says nothing.

use super::{Item, ItemKind, Items};
use crate::Document;
use crate::symbol::styles::{StyleKind, style_names};
use std::collections::BTreeMap;
use velox_diagnostics::Span;

/// The classes or ids that could stand at an offset of a style sheet.
pub(super) fn complete(document: Document<'_>, offset: u32, sheet: Span) -> Option<Items> {
    let before = document.text().get(sheet.start as usize..offset as usize)?;
    let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_');
    let head = before.trim_end_matches(is_name);
    let kind = match head.chars().next_back()? {
        '.' => StyleKind::Class,
        '#' => StyleKind::Id,
        _ => return None,
    };
    if !in_selector(&head[..head.len() - 1]) {
        return None;
    }
    let rest = document.text().get(offset as usize..sheet.end as usize)?;
    let end = offset + (rest.len() - rest.trim_start_matches(is_name).len()) as u32;
    let span = Span::new(sheet.start + head.len() as u32, end);
    // By name, whether a tag has it: what is styled already comes behind what is not.
    let mut names: BTreeMap<&str, (bool, bool)> = BTreeMap::new();
    for name in
        style_names(document).into_iter().filter(|name| name.kind == kind && !name.span.touches(offset))
    {
        let (tagged, styled) = names.entry(name.span.text(document.text())).or_default();
        let in_sheet = document.text()[..name.span.start as usize].ends_with(['.', '#']);
        *styled |= in_sheet;
        *tagged |= !in_sheet;
    }
    let items: Vec<Item> = names
        .into_iter()
        .filter(|(_, (tagged, _))| *tagged)
        .map(|(name, (_, styled))| {
            let mut item = Item::new(name, ItemKind::Value);
            item.sort = Some(format!("{}{name}", u8::from(styled)));
            item.detail = Some(
                if kind == StyleKind::Class { "class of this file" } else { "id of this file" }.to_owned(),
            );
            item
        })
        .collect();
    (!items.is_empty()).then_some(Items { span, items, incomplete: false })
}

/// Whether a selector may stand behind this much of a style sheet: not in a comment, a string, a declaration, or behind an `@`.
fn in_selector(css: &str) -> bool {
    let mut depth = 0_u32;
    let mut start = 0;
    let mut letters = css.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '/' if css[at..].starts_with("/*") => {
                let Some(length) = css[at + 2..].find("*/") else { return false };
                let end = at + 2 + length + 2;
                while letters.clone().next().is_some_and(|(next, _)| next < end) {
                    letters.next();
                }
            }
            '"' | '\'' => loop {
                match letters.next() {
                    None => return false,
                    Some((_, '\\')) => drop(letters.next()),
                    Some((_, next)) if next == letter || next == '\n' => break,
                    Some(_) => {}
                }
            },
            '{' => (depth, start) = (depth + 1, at + 1),
            '}' => (depth, start) = (depth.saturating_sub(1), at + 1),
            ';' => start = at + 1,
            _ => {}
        }
    }
    let head = css[start..].trim_start();
    // `margin: .5em`, `color: #fff`: a name, a colon. A pseudo-class has its name right behind the colon.
    let property = head.split_once(':').is_some_and(|(name, value)| {
        let word = name.trim_end();
        let plain = !word.is_empty()
            && word.chars().all(|next| next.is_ascii_alphanumeric() || matches!(next, '-' | '_'));
        plain && (value.is_empty() || value.starts_with(char::is_whitespace))
    });
    !(head.starts_with('@') || depth > 0 && property)
}
