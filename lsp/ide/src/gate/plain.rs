//! Edits that cannot change whether a file parses: one name in the place of another, and another path in the specifier of an import.
//!
//! In doubt it says no, and the file is read again.

use crate::TextEdit;
use velox_core::route::is_identifier;
use velox_db::{Db, SourceFile};
use velox_diagnostics::Span;

/// Words that are names in some places and mean something in others.
const CONTEXTUAL: &[&str] = &[
    "abstract",
    "accessor",
    "any",
    "arguments",
    "as",
    "assert",
    "asserts",
    "async",
    "await",
    "bigint",
    "boolean",
    "constructor",
    "declare",
    "defer",
    "eval",
    "from",
    "get",
    "global",
    "implements",
    "infer",
    "interface",
    "intrinsic",
    "is",
    "keyof",
    "let",
    "meta",
    "module",
    "namespace",
    "never",
    "number",
    "object",
    "of",
    "out",
    "override",
    "package",
    "private",
    "protected",
    "public",
    "readonly",
    "require",
    "satisfies",
    "set",
    "source",
    "static",
    "string",
    "symbol",
    "target",
    "type",
    "undefined",
    "unique",
    "unknown",
    "using",
    "yield",
];

/// Whether a file surely has as many syntax errors after these edits as before.
pub(super) fn keep_syntax(db: &dyn Db, file: SourceFile, edits: &[TextEdit]) -> bool {
    let text = file.text(db);
    let mut specifiers: Option<Vec<Span>> = None;
    edits.iter().all(|edit| {
        is_name_for_name(text, edit)
            || specifiers.get_or_insert_with(|| specifiers_of(db, file)).iter().any(|span| {
                // Inside of its quotes.
                span.start < edit.span.start && edit.span.end < span.end && is_path(&edit.text)
            })
    })
}

/// Whether a name takes the place of another, and none of both means anything else there: it is new to the file, and no part of a tag,
/// of a member or of a private name.
fn is_name_for_name(text: &str, edit: &TextEdit) -> bool {
    let old = edit.span.text(text);
    let is_plain = |name: &str| is_identifier(name) && !CONTEXTUAL.contains(&name);
    let is_part = |next: Option<char>| {
        next.is_some_and(|next| {
            next.is_alphanumeric() || matches!(next, '_' | '$' | '\\' | '\u{200c}' | '\u{200d}')
        })
    };
    let (before, after) = (&text[..edit.span.start as usize], &text[edit.span.end as usize..]);
    is_plain(old)
        && is_plain(&edit.text)
        && !text.contains(&edit.text)
        && !is_part(before.chars().next_back())
        && !is_part(after.chars().next())
        && !before.trim_end().ends_with(['<', '/', '.', '#', '@', ':', '-'])
        && !after.starts_with([':', '-', '.'])
}

/// Whether a text can stand in any quotes as it is.
fn is_path(text: &str) -> bool {
    !text.contains(['"', '\'', '`', '\\', '\u{2028}', '\u{2029}']) && !text.contains(char::is_control)
}

/// The specifiers of imports and re-exports in a file, with their quotes.
fn specifiers_of(db: &dyn Db, file: SourceFile) -> Vec<Span> {
    let facts = velox_db::module_facts(db, file);
    let is_velox = file.path(db).ends_with(".velox");
    let start =
        if is_velox { velox_db::regions(db, file).server.map_or(0, |server| server.body.start) } else { 0 };
    let imported = facts.imports.iter().map(|import| import.specifier_span);
    let exported = facts.exports.iter().filter_map(|export| export.from.as_ref()).map(|(_, span)| *span);
    imported.chain(exported).map(|span| span.shift(start)).collect()
}
