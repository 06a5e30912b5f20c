//! Where style sheets stand in a file, for editors that have CSS of their own: what Velox leaves alone in them they can answer.

use crate::{AttributePlace, Context, Document, ElementAt, context_at};
use velox_diagnostics::Span;
use velox_syntax::AttributeValue;

/// What a style sheet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StyleKind {
    /// Rules: the text of a `<style>`.
    Rules,
    /// Declarations: the value of a `style` attribute.
    Declarations,
}

/// A style sheet in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Its text, without tags or quotes.
    pub span: Span,
    /// What it holds.
    pub kind: StyleKind,
    /// Its language, as editors name it: `css`, `scss` or `less`.
    pub language: &'static str,
}

/// The style sheet at an offset.
#[must_use]
pub fn style_at(document: Document<'_>, offset: u32) -> Option<Style> {
    match context_at(document, offset) {
        Context::RawText(at, span) if at.name() == "style" => {
            Some(Style { span, kind: StyleKind::Rules, language: language(at) })
        }
        // Between the tags of one that is empty.
        Context::Text { parent: Some(at) } if at.name() == "style" => {
            Some(Style { span: Span::at(offset), kind: StyleKind::Rules, language: language(at) })
        }
        Context::Attribute(at, nth, AttributePlace::Text(span)) => {
            let attribute = at.element()?.attributes.get(nth)?;
            let is_style = attribute.name.text(at.source) == "style";
            is_style.then_some(Style { span, kind: StyleKind::Declarations, language: "css" })
        }
        _ => None,
    }
}

/// The language that `lang` names; CSS for any other, since that is what the compiler reads.
fn language(at: ElementAt<'_>) -> &'static str {
    let attributes = at.element().map_or(&[][..], |element| &element.attributes);
    let lang = attributes.iter().find_map(|attribute| match attribute.value {
        AttributeValue::Text(span) if attribute.name.text(at.source) == "lang" => Some(span.text(at.source)),
        _ => None,
    });
    match lang {
        Some("scss") => "scss",
        Some("less") => "less",
        _ => "css",
    }
}
