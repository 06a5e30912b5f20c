//! Declarations of a file as they are shown to people: their first line as code, and the comment before them.

use crate::Document;
use velox_script::{Item, ItemKind};

/// How long the code that is shown may be.
const LONGEST: usize = 240;

/// Declaration and comment of what a module exports under a name, as Markdown.
pub(crate) fn export_words(document: Document<'_>, name: &str) -> Option<String> {
    let facts = document.module_facts();
    let code = document.script()?.text(document.text());
    let export = facts.exports.iter().find(|export| export.name == name && export.from.is_none())?;
    let local = export.local.as_deref().unwrap_or(name);
    let declares = |item: &&Item| {
        item.declares.iter().any(|(declared, _)| declared == local) || item.statement.contains(export.span)
    };
    facts.items.iter().find(declares).map(|item| item_words(code, item))
}

/// A declaration's first line as code, and the comment before it.
pub(crate) fn item_words(code: &str, item: &Item) -> String {
    let head = declaration(code, item);
    let comment =
        comment_before(code, item.statement.start).map_or(String::new(), |words| format!("\n\n{words}"));
    format!("```ts\n{head}\n```{comment}")
}

/// A declaration without the body of its function or class.
pub(crate) fn declaration(code: &str, item: &Item) -> String {
    let span = match &item.declarator {
        Some(declarator) => declarator.span,
        None => item.span,
    };
    let text = span.text(code).trim();
    let end = match item.kind {
        ItemKind::Function | ItemKind::Class => text.find('{').unwrap_or(text.len()),
        _ => match text.find("=>") {
            Some(arrow) if text[..arrow].contains('(') => {
                let body = text[arrow + 2..].trim_start();
                if body.starts_with('{') { arrow } else { first_line(text) }
            }
            _ => first_line(text),
        },
    };
    let mut shown = text[..end].trim_end().trim_end_matches(';').to_owned();
    if shown.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|at| shown.is_char_boundary(*at)).unwrap_or(0);
        shown.truncate(end);
        shown.push('…');
    }
    match &item.declarator {
        Some(declarator) => format!("{} {shown}", declarator.keyword),
        None => shown,
    }
}

/// The end of the first line, or of all of a text that is short.
fn first_line(text: &str) -> usize {
    if text.len() <= LONGEST && text.lines().count() <= 8 {
        return text.len();
    }
    text.find(['\n', '\r']).unwrap_or(text.len())
}

/// The words of the comment that ends right before a place: `/** ... */`, or lines of `//`.
pub(crate) fn comment_before(code: &str, start: u32) -> Option<String> {
    let before = code.get(..start as usize)?.trim_end_matches([' ', '\t']);
    let before = before.strip_suffix('\n').map_or(before, |rest| rest.strip_suffix('\r').unwrap_or(rest));
    if let Some(rest) = before.trim_end_matches([' ', '\t']).strip_suffix("*/") {
        let open = rest.rfind("/**")?;
        let lines = rest[open + 3..].lines().map(|line| line.trim().trim_start_matches('*').trim());
        let words = lines.collect::<Vec<_>>().join("\n").trim().to_owned();
        return (!words.is_empty()).then_some(words);
    }
    let mut lines: Vec<&str> = Vec::new();
    for line in before.lines().rev() {
        let Some(words) = line.trim().strip_prefix("//") else { break };
        if words.trim_start().starts_with("velox-ignore") || words.starts_with('/') {
            break;
        }
        lines.push(words.trim());
    }
    lines.reverse();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
