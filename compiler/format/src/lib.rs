//! Formats `.velox` files and the modules beside them: server block, template, scripts and styles.
//!
//! The only crate that names dprint and malva. What it gives means what it got, which it checks before it gives anything
//! (`meaning.rs`): the same program and styles, the same rendered white space, every comment. It refuses to touch a file whose syntax
//! is broken, to read files, and to know projects.
//!
//! How: `parsed.rs` cuts a file into regions. TypeScript goes to dprint (`code.rs`), with the elements in it as placeholders of their
//! own width (`hole.rs`), CSS to malva (`raw.rs`). Templates are printed here, from our own tree (`printer.rs`, `tag.rs`,
//! `flow.rs`), since where white space may be changed is this language's own matter.

mod children;
mod code;
mod depth;
mod editorconfig;
mod edits;
mod flow;
mod hole;
mod meaning;
mod parsed;
mod printer;
mod range;
mod raw;
mod tag;
#[cfg(test)]
mod tests;

use code::CodeFormatter;
pub use editorconfig::editor_settings;
pub use edits::edits;
use parsed::{Parsed, Region, all};
use printer::Printer;
pub use range::format_range;
use std::borrow::Cow;
pub use velox_core::formatting::{FormatOptions, FormatSettings, Indent, Quotes};
use velox_diagnostics::Span;
use velox_syntax::{Code, NodeKind, Tree};

/// A comment that begins with this leaves what follows it as it is.
const IGNORE: &str = "velox-format-ignore";

/// Why a text is left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatRefusal {
    /// The place, in bytes of the text.
    pub span: Span,
    /// One line, with nothing of the file's name in it.
    pub message: String,
    /// Whose fault it is.
    pub kind: RefusalKind,
}

/// Whose fault it is that a text is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// The syntax of the text is broken.
    Syntax,
    /// Its elements nest deeper than is laid out.
    Depth,
    /// The formatter's own: what it made does not mean the same.
    Internal,
}

/// Formats a file. `path` says by its ending what it is: `.velox`, or a module (`.ts`, `.tsx`, `.js`, `.jsx`). A byte-order mark
/// stays, line ends stay what most of them are.
///
/// # Errors
/// The syntax of the text is broken, its elements nest deeper than 500 levels, or the formatter would change what it means.
pub fn format(path: &str, text: &str, options: &FormatOptions) -> Result<String, FormatRefusal> {
    let bom = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let source = &text[bom.len()..];
    let crlf = has_crlf(source);
    let plain = with_line_feeds(source);
    let parsed = match parsed::parse(path, &plain) {
        Ok(parsed) => parsed,
        // The place is to be one of the text itself.
        Err(refusal) => return Err(parsed::parse(path, source).err().unwrap_or(refusal).moved(bom.len())),
    };
    if is_left_alone(&plain) {
        return Ok(text.to_owned());
    }
    if let Some(refusal) = depth::refusal(&parsed, &plain) {
        // Line ends of two bytes before it are two again.
        let breaks = if source.len() == plain.len() { 0 } else { refusal.span.start as usize };
        let breaks = plain[..breaks].matches('\n').count();
        return Err(refusal.moved(bom.len() + breaks));
    }
    let formatted = print(&parsed, options);
    if let Some(different) = difference(path, &parsed, &formatted) {
        return Err(FormatRefusal {
            span: Span::at(0),
            message: format!(
                "not formatted, since that would change {different}: a mistake of the formatter"
            ),
            kind: RefusalKind::Internal,
        });
    }
    let formatted = if crlf { formatted.replace('\n', "\r\n") } else { formatted };
    Ok(format!("{bom}{formatted}"))
}

impl FormatRefusal {
    fn moved(mut self, by: usize) -> Self {
        self.span = self.span.shift(by as u32);
        self
    }
}

/// What a formatted text means differently.
fn difference(path: &str, before: &Parsed<'_>, formatted: &str) -> Option<&'static str> {
    match parsed::parse(path, formatted) {
        Ok(after) => meaning::difference(before, &after),
        Err(_) => Some("its syntax"),
    }
}

fn print(parsed: &Parsed<'_>, options: &FormatOptions) -> String {
    let code = CodeFormatter::new(options);
    let mut out = String::new();
    for region in &parsed.regions {
        match region {
            Region::Prologue(text) => {
                let comments = text.trim();
                out.push_str(comments);
                if !comments.is_empty() {
                    let after = &text[text.trim_end().len()..];
                    out.push_str(if after.matches('\n').count() > 1 { "\n\n" } else { "\n" });
                }
            }
            Region::Module(text, tree) => {
                let fenced = parsed.regions.len() > 1;
                out.push_str(if fenced { "---\n" } else { "" });
                out.push_str(&print_module(text, tree.as_ref(), options, &code));
                out.push_str(if fenced { "---\n" } else { "" });
            }
            Region::Template(text, tree) => {
                let printed = Printer::new(text, tree, options, &code).template();
                if printed.is_empty() {
                    continue;
                }
                let lead = &text[..text.len() - text.trim_start().len()];
                if !out.is_empty() && lead.contains('\n') {
                    out.push('\n');
                }
                out.push_str(&printed);
                out.push('\n');
            }
        }
    }
    out
}

fn print_module(text: &str, tree: Option<&Tree>, options: &FormatOptions, code: &CodeFormatter) -> String {
    if text.trim().is_empty() {
        return String::new();
    }
    let none = Tree::default();
    let root = tree.and_then(|tree| tree.roots.first().map(|root| &tree.node(*root).kind));
    let (whole, tree, tsx) = match (root, tree) {
        (Some(NodeKind::Hole(whole)), Some(tree)) => (whole.clone(), tree, true),
        _ => (Code { span: all(text), empty: false, elements: Box::default() }, &none, false),
    };
    let printed = Printer::new(text, tree, options, code).module(&whole, tsx);
    printed.unwrap_or_else(|| format!("{}\n", text.trim_end()))
}

/// Whether the first comment says that nothing is to be formatted.
fn is_left_alone(text: &str) -> bool {
    let start = text.trim_start();
    let start = start.strip_prefix("---").map_or(start, str::trim_start);
    let inside =
        start.strip_prefix("<!--").or_else(|| start.strip_prefix("//")).or_else(|| start.strip_prefix("/*"));
    inside.is_some_and(|comment| comment.trim_start().starts_with("velox-format-ignore-file"))
}

/// Whether most lines end with CR LF.
fn has_crlf(text: &str) -> bool {
    let both = text.matches("\r\n").count();
    both > 0 && both * 2 >= text.matches('\n').count()
}

fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Columns of a text: its characters, those of East Asian scripts and emoji counted as one too.
fn width(text: &str) -> u32 {
    if text.is_ascii() { text.len() as u32 } else { text.chars().count() as u32 }
}
