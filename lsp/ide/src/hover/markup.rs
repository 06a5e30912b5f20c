//! Words on what stands in markup: elements, attributes, directives, components, slots.

use super::Hover;
use crate::ancestry::namespace_of;
use crate::html::{self, attribute_words, element_words, value_words};
use crate::{AttributePlace, Context, Document, ElementAt, directives};
use velox_diagnostics::Span;
use velox_syntax::{Attribute, ElementKind};

/// Words on what stands at an offset.
pub(super) fn hover(document: Document<'_>, offset: u32, context: Context<'_>) -> Option<Hover> {
    match context {
        Context::TagName(at) => {
            let name = at.element()?.name.shift(at.base);
            name.touches(offset).then(|| element(document, at, name))?
        }
        Context::ClosingTag(at) => {
            let close = at.element()?.close?.shift(at.base);
            let written = close.text(document.text());
            let start = close.start + written.find(at.name())? as u32;
            let name = Span::new(start, start + at.name().len() as u32);
            name.touches(offset).then(|| element(document, at, name))?
        }
        Context::Attribute(at, index, AttributePlace::Name) => {
            attribute(at, at.element()?.attributes.get(index)?)
        }
        Context::Attribute(at, index, AttributePlace::Text(inside)) => {
            value(document, offset, at, at.element()?.attributes.get(index)?, inside)
        }
        _ => None,
    }
}

fn element(document: Document<'_>, at: ElementAt<'_>, span: Span) -> Option<Hover> {
    let name = at.name();
    let markdown = match at.element()?.kind {
        ElementKind::Slot => directives::words(name)?.to_owned(),
        ElementKind::Html => {
            let namespace = namespace_of(at);
            element_words(namespace, html::tag(namespace, name)?)
        }
        ElementKind::Custom | ElementKind::Component | ElementKind::Fragment => {
            let _ = document;
            return None;
        }
    };
    Some(Hover { span, markdown })
}

fn attribute(at: ElementAt<'_>, attribute: &Attribute) -> Option<Hover> {
    let name = at.attribute_name(attribute);
    let span = attribute.name.shift(at.base);
    let is_own = name.contains(':') || name == "innerHTML";
    if is_own && let Some(words) = directives::words(name) {
        return Some(Hover { span, markdown: words.to_owned() });
    }
    if !matches!(at.element()?.kind, ElementKind::Html | ElementKind::Custom) {
        return None;
    }
    let namespace = namespace_of(at);
    let attr = html::attribute(namespace, at.name(), name)?;
    Some(Hover { span, markdown: attribute_words(namespace, at.name(), attr) })
}

fn value(
    document: Document<'_>,
    offset: u32,
    at: ElementAt<'_>,
    attribute: &Attribute,
    inside: Span,
) -> Option<Hover> {
    if !matches!(at.element()?.kind, ElementKind::Html | ElementKind::Custom) {
        return None;
    }
    let attr = html::attribute(namespace_of(at), at.name(), at.attribute_name(attribute))?;
    let span = html::word_at(document.text(), inside, offset);
    let word = attr.values().iter().find(|word| word.name == span.text(document.text()))?;
    Some(Hover { span, markdown: value_words(attr, word)? })
}
