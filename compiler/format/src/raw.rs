//! Formats what stands in `<script>` and `<style>`: TypeScript and CSS, anything else is copied. The only file that names malva.

use crate::IGNORE;
use crate::printer::{Printer, inside_span};
use crate::{FormatOptions, Indent, Quotes};
use malva::Syntax;
use malva::config::{FormatOptions as StyleOptions, LanguageOptions, LayoutOptions, Quotes as StyleQuotes};
use std::panic::{AssertUnwindSafe, catch_unwind};
use velox_syntax::{AttributeValue, Element};

impl Printer<'_> {
    /// The content of a script or style, with line breaks around it.
    pub(crate) fn raw(&mut self, element: &Element, level: u32) {
        let inside = inside_span(element);
        let source = inside.text(self.text);
        if source.trim().is_empty() {
            return;
        }
        let begun = self.out.len();
        self.out.push('\n');
        let formatted = if element.name.text(self.text) == "style" {
            is_css(self.text, element)
                .then(|| style(source, self.options, level + 1))
                .flatten()
                .map(|css| self.out.push_str(&css))
                .is_some()
        } else {
            // Braces alone are most likely meant as a hole, and reported as such.
            let braces = source.trim().starts_with('{') && source.trim().ends_with('}');
            is_javascript(self.text, element) && !braces && self.script(inside, level + 1)
        };
        if formatted && !self.out[begun..].contains("</script") {
            let kept = self.out.trim_end().len();
            self.out.truncate(kept);
            self.new_line(level);
        } else {
            self.out.truncate(begun);
            self.copy(inside);
        }
    }
}

fn attribute<'a>(text: &'a str, element: &Element, name: &str) -> Option<Option<&'a str>> {
    let found = element.attributes.iter().find(|attribute| attribute.name.text(text) == name)?;
    match &found.value {
        AttributeValue::Text(value) => Some(Some(value.text(text))),
        _ => Some(None),
    }
}

fn is_css(text: &str, element: &Element) -> bool {
    matches!(attribute(text, element, "lang"), None | Some(Some("css")))
        && matches!(attribute(text, element, "type"), None | Some(Some("text/css" | "")))
}

/// Whether a script holds JavaScript or TypeScript.
pub(crate) fn is_javascript(text: &str, element: &Element) -> bool {
    match attribute(text, element, "type") {
        None => true,
        Some(Some(kind)) => {
            let kind = kind.trim().to_ascii_lowercase();
            matches!(
                kind.as_str(),
                "" | "module" | "text/javascript" | "application/javascript" | "text/typescript"
            )
        }
        Some(None) => false,
    }
}

/// CSS, its lines indented by `level` levels. Nothing where it does not parse.
fn style(source: &str, options: &FormatOptions, level: u32) -> Option<String> {
    let indented = level * options.indent.width();
    let config = StyleOptions {
        layout: LayoutOptions {
            print_width: options.line_width.saturating_sub(indented) as usize,
            use_tabs: matches!(options.indent, Indent::Tabs(_)),
            indent_width: options.indent.width() as usize,
            ..LayoutOptions::default()
        },
        language: LanguageOptions {
            quotes: match options.quotes {
                Quotes::Single => StyleQuotes::PreferSingle,
                Quotes::Double => StyleQuotes::PreferDouble,
            },
            ignore_comment_directive: IGNORE.to_owned(),
            ignore_file_comment_directive: format!("{IGNORE}-file"),
            ..LanguageOptions::default()
        },
    };
    let format = || malva::format_text(source, Syntax::Css, &config);
    let css = catch_unwind(AssertUnwindSafe(format)).ok()?.ok()?;
    if is_continued(&css) {
        return None;
    }
    let unit = options.indent.unit().repeat(level as usize);
    let mut out = String::with_capacity(css.len() + css.len() / 8);
    let mut comment = Comment::None;
    for line in css.lines() {
        // What stands in a comment is moved only where it is drawn as a column of stars.
        let moved = match comment {
            Comment::None | Comment::Stars => true,
            Comment::Text => false,
        };
        if moved && !line.is_empty() {
            out.push_str(&unit);
        }
        out.push_str(line);
        out.push('\n');
        comment = comment.after(line, &css);
    }
    Some(out)
}

/// Whether a string goes on in the next line: moving that would change it.
fn is_continued(css: &str) -> bool {
    css.lines().any(|line| line.ends_with('\\'))
}

/// Whether the next line stands in a comment.
#[derive(Clone, Copy, PartialEq)]
enum Comment {
    None,
    Stars,
    Text,
}

impl Comment {
    fn after(self, line: &str, css: &str) -> Self {
        let mut rest = line;
        let mut open = self != Self::None;
        loop {
            if open {
                let Some(end) = rest.find("*/") else { break };
                rest = &rest[end + 2..];
                open = false;
            } else {
                let Some(begin) = rest.find("/*") else { break };
                rest = &rest[begin + 2..];
                open = true;
            }
        }
        match (open, self) {
            (false, _) => Self::None,
            (true, Self::None) => {
                let at = (line.as_ptr() as usize - css.as_ptr() as usize) + line.len();
                let inside = &css[at..];
                let end = inside.find("*/").unwrap_or(inside.len());
                let stars = inside[..end]
                    .lines()
                    .skip(1)
                    .all(|line| line.trim().is_empty() || line.trim_start().starts_with('*'));
                if stars { Self::Stars } else { Self::Text }
            }
            (true, same) => same,
        }
    }
}
