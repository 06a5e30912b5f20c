//! `velox-ignore` comments: the word, and the codes that may stand behind it.

use super::{Item, ItemKind, Items};
use crate::Document;
use velox_db::check_file;
use velox_diagnostics::{Code, LineIndex, Span};

const WORD: &str = "velox-ignore";

/// What could stand in a comment. `inside` is what is between its delimiters, in the file. `is_line` for one that begins with `//`.
pub(super) fn complete(document: Document<'_>, inside: Span, offset: u32, is_line: bool) -> Option<Items> {
    let text = document.text();
    let before = text.get(inside.start as usize..offset as usize)?;
    let begins = before.trim_start();
    let found = reported(document, offset);
    let Some(list) = begins.strip_prefix(WORD) else {
        // The word itself, where the comment begins with what may become it.
        if !WORD.starts_with(begins) || begins.is_empty() && found.is_empty() {
            return None;
        }
        let start = offset - begins.len() as u32;
        let rest = text.get(offset as usize..inside.end as usize)?;
        if !rest.trim().is_empty() {
            return None;
        }
        let mut item = Item::new(WORD, ItemKind::Snippet);
        let code = found.first().map_or("VX0000".to_owned(), |code| code.to_string());
        item.text = format!("{WORD} ${{1:{code}}}: ${{2:reason}}");
        item.snippet = true;
        item.documentation = Some("Silences codes in the line that follows, for a reason.".to_owned());
        let span = Span::new(start, offset);
        return Some(Items { span, items: vec![item], incomplete: false });
    };
    if list.contains(':') || !list.starts_with(char::is_whitespace) {
        return None;
    }
    let word = list.rsplit(|c: char| c == ',' || c.is_whitespace()).next().unwrap_or_default();
    let rest = text.get(offset as usize..inside.end as usize)?;
    let after = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count() as u32;
    let span = Span::new(offset - word.len() as u32, offset + after);
    let needs_reason = !rest.contains(':') && is_line;
    let written: Vec<&str> = list.split(|c: char| c == ',' || c.is_whitespace()).collect();
    let mut items = Vec::new();
    for code in Code::ALL.iter().filter(|code| may_be_silenced(**code)) {
        let number = code.to_string();
        if written.contains(&&*number) && word != number {
            continue;
        }
        let is_reported = found.contains(code);
        let mut item = Item::new(number.clone(), ItemKind::Code);
        item.detail = Some(code.name().to_owned());
        item.filter = Some(format!("{number} {}", code.name()));
        item.documentation = Some(if is_reported {
            format!("{}\n\nReported here.", code.title())
        } else {
            code.title().to_owned()
        });
        item.sort = Some(format!("{}{number}", u8::from(!is_reported)));
        if needs_reason {
            item.text = format!("{number}: ${{1:reason}}");
            item.snippet = true;
        }
        items.push(item);
    }
    Some(Items { span, items, incomplete: false })
}

fn may_be_silenced(code: Code) -> bool {
    code.is_adjustable() && code != Code::UNUSED_IGNORE && code != Code::INVALID_IGNORE
}

/// The codes that are reported in the line of an offset, and in the lines that follow it closely.
fn reported(document: Document<'_>, offset: u32) -> Vec<Code> {
    let lines = LineIndex::new(document.text());
    let line = lines.line_of(offset);
    let mut found: Vec<Code> = check_file(document.db, document.project, document.file)
        .iter()
        .filter(|diagnostic| (line..line + 3).contains(&lines.line_of(diagnostic.span.start)))
        .map(|diagnostic| diagnostic.code)
        .filter(|code| may_be_silenced(*code))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
