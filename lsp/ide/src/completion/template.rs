//! Completion in markup: elements, attributes and their values, components, slots, closing tags, abbreviations.
//!
//! Looks at what stands at the cursor and asks the module whose subject it is.

use super::{Details, Items, attributes, closing, components, elements, ignore, selectors, texts, values};
use crate::{AttributePlace, Context, Document};
use velox_diagnostics::Span;

/// What could stand at an offset in markup.
pub(super) fn complete(
    document: Document<'_>,
    offset: u32,
    context: Context<'_>,
    typed: Option<char>,
) -> Option<Items> {
    let _ = typed;
    match context {
        Context::Text { parent } => match tag_before(document.text(), offset) {
            Some(Tag::Opening(span)) => {
                Some(elements::complete(document, span, parent, elements::Written::Nothing))
            }
            Some(Tag::Closing(span)) => closing::complete(document, span, parent),
            None => texts::complete(document, offset, parent),
        },
        Context::TagName(at) => match tag_before(document.text(), offset)? {
            Tag::Opening(span) => Some(elements::complete_name(document, span, at)),
            Tag::Closing(span) => closing::complete(document, span, Some(at)),
        },
        Context::ClosingTag(at) => match tag_before(document.text(), offset)? {
            Tag::Closing(span) => closing::complete(document, span, Some(at)),
            Tag::Opening(_) => None,
        },
        Context::InTag(at) => attributes::complete(document, offset, at, None),
        Context::Attribute(at, index, AttributePlace::Name) => {
            attributes::complete(document, offset, at, Some(index))
        }
        Context::Attribute(at, index, AttributePlace::Text(span)) => {
            values::complete(document, offset, at, index, span)
        }
        Context::RawText(at, sheet) if at.name() == "style" => selectors::complete(document, offset, sheet),
        Context::Comment(inside) => ignore::complete(document, inside, offset, false),
        _ => None,
    }
}

/// Elements where code has just opened a tag: there it is no tag yet, since nothing follows that could be its name.
pub(super) fn complete_in_code(document: Document<'_>, offset: u32, context: Context<'_>) -> Option<Items> {
    let parent = match context {
        Context::Hole { parent, attribute: None, .. } => parent,
        Context::Hole { .. } => None,
        Context::Script if [".tsx", ".jsx"].iter().any(|ending| document.path().ends_with(ending)) => None,
        _ => return None,
    };
    let Tag::Opening(span) = tag_before(document.text(), offset)? else { return None };
    let before = document.text().get(..span.start as usize - 1)?.trim_end();
    // After a name or a closing bracket it is a comparison, or begins type arguments.
    let begins = before.ends_with(['(', '{', '[', ',', '?', ':', '>', '&', '|', '='])
        || before.ends_with("return")
        || before.is_empty();
    begins.then(|| elements::complete(document, span, parent, elements::Written::Nothing))
}

/// More on an item, by what stands behind `template:` in its id.
pub(super) fn resolve(document: Document<'_>, id: &str) -> Option<Details> {
    let (subject, rest) = id.split_once(':')?;
    match subject {
        "element" => elements::resolve(rest),
        "attribute" => attributes::resolve(rest),
        "value" => values::resolve(rest),
        "component" => components::resolve(document, rest),
        _ => None,
    }
}

/// What of a tag stands before the cursor: the span of the name up to the cursor, of a closing tag with its slash.
enum Tag {
    Opening(Span),
    Closing(Span),
}

fn tag_before(text: &str, offset: u32) -> Option<Tag> {
    let before = text.get(..offset as usize)?;
    let name = before.trim_end_matches(is_name_character);
    let start = name.len() as u32;
    if name.ends_with("</") {
        return Some(Tag::Closing(Span::new(start - 1, offset)));
    }
    name.ends_with('<').then(|| Tag::Opening(Span::new(start, offset)))
}

/// Whether a character may stand in the name of a tag or attribute.
pub(super) fn is_name_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | ':' | '.' | '@' | '$')
}
