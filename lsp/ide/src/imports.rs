//! Writes import statements into files: where one goes, how it is spelled, which specifier leads to a file.
//!
//! All features that bring a name along ask here, so that they write the same. Removes and sorts nothing: that is the work of
//! organising imports.

mod specifier;

pub(crate) use specifier::{relative, specifier_for};

use crate::{Document, TextEdit};
use velox_diagnostics::Span;
use velox_script::{Import, ImportedName, ItemKind};

/// What of a module is imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImportAs {
    /// `import name from`.
    Default,
    /// `import { name } from`.
    Named,
    /// `import * as name from`.
    #[allow(dead_code, reason = "what is offered so far has a name of its own")]
    Namespace,
}

/// The edits that import a name: into an import of the same specifier where there is one that can take it, else as a statement
/// after the last import, else at the start of the block, which is made where the file has none. Nothing where it is imported.
pub(crate) fn import_edits(
    document: Document<'_>,
    name: &str,
    kind: ImportAs,
    specifier: &str,
) -> Vec<TextEdit> {
    let imports = &document.module_facts().imports;
    let same = || imports.iter().filter(|import| import.specifier == specifier);
    let is_there = |found: &ImportedName| {
        let wanted = match kind {
            ImportAs::Default => "default",
            ImportAs::Named => name,
            ImportAs::Namespace => "*",
        };
        found.local == name && found.imported == wanted && !found.type_only
    };
    if same().any(|import| import.names.iter().any(is_there)) {
        return Vec::new();
    }
    let base = document.script_start();
    let code = document.script().map_or("", |script| script.text(document.text()));
    let joined = same().filter(|import| !import.type_only).find_map(|import| join(code, import, name, kind));
    if let Some(edit) = joined {
        return vec![TextEdit::new(edit.span.shift(base), edit.text)];
    }
    let style = Style::of(document, code);
    let (quote, end) = (style.quote, style.end);
    let clause = match kind {
        ImportAs::Default => name.to_owned(),
        ImportAs::Named => format!("{{ {name} }}"),
        ImportAs::Namespace => format!("* as {name}"),
    };
    vec![insertion(document, &format!("import {clause} from {quote}{specifier}{quote}{end}"))]
}

/// The edit that adds statements (a line each, without the last line break) after the last import, else where the code begins.
pub(crate) fn insertion(document: Document<'_>, statements: &str) -> TextEdit {
    let text = document.text();
    let newline = newline(text);
    let Some(script) = document.script() else {
        let at = document.template_start();
        return TextEdit::insert(at, format!("---{newline}{statements}{newline}---{newline}"));
    };
    let code = script.text(text);
    if let Some(last) = last_import(document) {
        let at = line_rest(code, last.span.end);
        let indent = indent_of(code, last.span.start);
        let statements = statements.replace('\n', &format!("\n{indent}"));
        return TextEdit::insert(script.start + at, format!("{newline}{indent}{statements}"));
    }
    let at = code_start(document, code);
    let before = &text[..(script.start + at) as usize];
    let lead = if before.is_empty() || before.ends_with(['\n', '\r', '\u{feff}']) { "" } else { newline };
    TextEdit::insert(script.start + at, format!("{lead}{statements}{newline}"))
}

/// The line break that a text is written with.
pub(crate) fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// How a file writes strings and ends statements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Style {
    /// Its quote.
    pub(crate) quote: char,
    /// `;`, or nothing.
    pub(crate) end: &'static str,
}

impl Style {
    /// The style of a file with this code: that of its imports, else of what else it holds.
    pub(crate) fn of(document: Document<'_>, code: &str) -> Self {
        let facts = document.module_facts();
        let imported =
            facts.imports.last().and_then(|import| import.specifier_span.text(code).chars().next());
        let quote = imported.filter(|quote| matches!(quote, '\'' | '"')).unwrap_or_else(|| {
            let count = |quote: char| code.matches(quote).count();
            if count('"') > count('\'') { '"' } else { '\'' }
        });
        let mut statements = facts.imports.iter().map(|import| import.span).rev();
        let statement = statements.next().or_else(|| {
            let ends = |kind| matches!(kind, ItemKind::Variable | ItemKind::Export | ItemKind::Statement);
            facts.items.iter().find(|item| ends(item.kind)).map(|item| item.statement)
        });
        let bare = statement.is_some_and(|span| {
            let written = span.text(code).trim_end();
            !written.ends_with([';', '}'])
        });
        Self { quote, end: if bare { "" } else { ";" } }
    }
}

/// The last of the imports that stand before other code, else the last of all.
fn last_import<'a>(document: Document<'a>) -> Option<&'a Import> {
    let facts = document.module_facts();
    let first = facts.items.first().map_or(u32::MAX, |item| item.statement.start);
    facts.imports.iter().rfind(|import| import.span.start < first).or(facts.imports.last())
}

/// The end of the line that a statement ends in, where only a comment follows it there.
fn line_rest(code: &str, end: u32) -> u32 {
    let rest = code.get(end as usize..).unwrap_or("");
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let comment = line.trim_start();
    let whole = comment.starts_with("//") || comment.starts_with("/*") && comment.trim_end().ends_with("*/");
    if whole { end + line.trim_end().len() as u32 } else { end }
}

/// The blanks before a statement that begins a line.
fn indent_of(code: &str, start: u32) -> &str {
    let before = code.get(..start as usize).unwrap_or("");
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    if line.trim_matches([' ', '\t']).is_empty() { line } else { "" }
}

/// Where the first statement may stand: behind a byte-order mark, a `#!` line and directives such as `'use strict'`.
fn code_start(document: Document<'_>, code: &str) -> u32 {
    let mark = if code.starts_with('\u{feff}') { 3 } else { 0 };
    let mut at = mark;
    let line_after = |at: usize| {
        let rest = code.get(at..).unwrap_or("");
        rest.find('\n').map_or(code.len(), |length| at + length + 1)
    };
    if code[mark..].starts_with("#!") {
        at = line_after(mark);
    }
    for item in &document.module_facts().items {
        let written = item.statement.text(code);
        if item.kind != ItemKind::Statement || !written.starts_with(['\'', '"']) {
            break;
        }
        at = line_after(item.statement.end as usize);
    }
    at as u32
}

/// The edit that adds a name to an import, relative to the code; nothing where its form cannot take it.
fn join(code: &str, import: &Import, name: &str, kind: ImportAs) -> Option<TextEdit> {
    let first = import.names.first()?;
    let has_default =
        first.imported == "default" && code[..first.span.start as usize].trim_end().ends_with("import");
    let rest = &import.names[usize::from(has_default)..];
    match kind {
        ImportAs::Namespace => None,
        ImportAs::Default if has_default => None,
        ImportAs::Default => {
            let keyword = import.span.start + "import".len() as u32;
            (Span::new(import.span.start, keyword).text(code) == "import")
                .then(|| TextEdit::insert(keyword, format!(" {name},")))
        }
        ImportAs::Named if rest.iter().any(|other| other.imported == "*") => None,
        ImportAs::Named if rest.is_empty() => {
            // `import d from` or `import d, {} from`.
            let head = Span::new(first.span.end, import.specifier_span.start).text(code);
            match head.find('{') {
                Some(open) => Some(TextEdit::insert(first.span.end + open as u32 + 1, format!(" {name} "))),
                None => Some(TextEdit::insert(first.span.end, format!(", {{ {name} }}"))),
            }
        }
        ImportAs::Named => Some(join_named(code, import, rest, name)),
    }
}

/// Adds a name to those in braces: in its place where they are sorted, else as the last.
fn join_named(code: &str, import: &Import, names: &[ImportedName], name: &str) -> TextEdit {
    let key = |name: &str| name.to_lowercase();
    let wanted = key(name);
    let is_sorted = names.is_sorted_by_key(|other| key(&other.imported));
    let before = if is_sorted {
        names.iter().rposition(|other| key(&other.imported) <= wanted)
    } else {
        names.len().checked_sub(1)
    };
    let from = import.span.start as usize;
    let open = code[from..names[0].span.start as usize].rfind('{').map(|at| from + at + 1);
    let between = open.map_or("", |open| &code[open..names[0].span.start as usize]);
    // Names that stand on lines of their own stay so.
    let gap = match between.rfind(['\n', '\r']) {
        Some(at) => {
            let indent = &between[at + 1..];
            let indent = &indent[..indent.len() - indent.trim_start().len()];
            format!("{}{indent}", newline(code))
        }
        None => " ".to_owned(),
    };
    match (before, open) {
        (Some(at), _) => TextEdit::insert(names[at].span.end, format!(",{gap}{name}")),
        (None, Some(open)) => TextEdit::insert(open as u32, format!("{gap}{name},")),
        (None, None) => TextEdit::insert(names[names.len() - 1].span.end, format!(",{gap}{name}")),
    }
}

#[cfg(test)]
mod tests;
