//! Formatting of a file or a part of it. The formatter itself is a crate of the compiler.

use crate::{Document, TextEdit};
use velox_diagnostics::{LineIndex, Span};
use velox_format::{FormatOptions, FormatRefusal};

/// The edits that format a file. `editor_configs` are the texts of the `.editorconfig` files in its folder and in those above, the nearest
/// first, each with the file's path from there: the same as `veloxc fmt` reads, so that both give the same.
///
/// # Errors
/// Why it is left alone, in one line: it has a syntax error.
pub fn format(document: Document<'_>, editor_configs: &[(&str, &str)]) -> Result<Vec<TextEdit>, String> {
    let (path, text) = (document.path(), document.text());
    let formatted = velox_format::format(path, text, &options(document, editor_configs));
    let formatted = formatted.map_err(|refusal| words(text, &refusal))?;
    Ok(text_edits(velox_format::edits(text, &formatted)))
}

/// The edits that format the lines of a selection.
///
/// # Errors
/// As [`format`].
pub fn format_range(
    document: Document<'_>,
    range: Span,
    editor_configs: &[(&str, &str)],
) -> Result<Vec<TextEdit>, String> {
    let (path, text) = (document.path(), document.text());
    let found = velox_format::format_range(path, text, range, &options(document, editor_configs));
    Ok(text_edits(found.map_err(|refusal| words(text, &refusal))?))
}

fn options(document: Document<'_>, editor_configs: &[(&str, &str)]) -> FormatOptions {
    let config = velox_db::project_facts(document.db, document.project).config.format;
    config.or(velox_format::editor_settings(editor_configs)).options()
}

fn text_edits(edits: Vec<(Span, String)>) -> Vec<TextEdit> {
    edits.into_iter().map(|(span, text)| TextEdit { span, text }).collect()
}

/// Why a file is left alone, with the place where: an editor shows nothing but these words.
fn words(text: &str, refusal: &FormatRefusal) -> String {
    let place = LineIndex::new(text).line_column(text, refusal.span.start);
    format!("line {}, column {}: {}", place.line, place.column, refusal.message)
}
