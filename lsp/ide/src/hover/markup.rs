//! Words on what stands in markup: elements, attributes, directives, components, slots.

use super::Hover;
use crate::ancestry::namespace_of;
use crate::components::{Component, component_of, component_words, framework_words, prop_signature};
use crate::html::{self, attribute_words, element_words, value_words};
use crate::summary::RouteSummary;
use crate::symbol::site::Destination;
use crate::symbol::{Symbol, symbol_at};
use crate::{AttributePlace, Context, Document, ElementAt, directives};
use velox_diagnostics::{Code, Span};
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
            attribute(document, at, at.element()?.attributes.get(index)?)
        }
        Context::Attribute(at, index, AttributePlace::Text(inside)) => {
            value(document, offset, at, at.element()?.attributes.get(index)?, inside)
                .or_else(|| reference(document, offset))
        }
        Context::Comment(inside) => ignored(document, offset, inside),
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
        ElementKind::Component => component(document, at)?,
        ElementKind::Custom | ElementKind::Fragment => return None,
    };
    Some(Hover { span, markdown })
}

/// Words on the component of a tag, and on when it becomes alive.
fn component(document: Document<'_>, at: ElementAt<'_>) -> Option<String> {
    let mut markdown = match component_of(document, at)? {
        Component::Project(known) => component_words(at.name(), known),
        Component::Framework(component) => return Some(framework_words(component)),
    };
    let directive =
        at.element()?.attributes.iter().map(|attribute| at.attribute_name(attribute)).find_map(|name| {
            name.starts_with("client:").then(|| directives::words(name).map(|words| (name, words)))?
        });
    if let Some((name, words)) = directive {
        let first = words.split("\n\n").next().unwrap_or(words);
        markdown.push_str(&format!("\n\n`{name}`: {first}"));
    }
    Some(markdown)
}

/// Words on what a value refers to: the route of a link, the files that declare a slot.
fn reference(document: Document<'_>, offset: u32) -> Option<Hover> {
    let (span, symbol) = symbol_at(document, offset)?;
    let markdown = match symbol {
        Symbol::Url(Destination::Routes(files)) => {
            let table = velox_db::route_table(document.db, document.project);
            let lines = files.iter().filter_map(|path| {
                let entry = table.of(document.at(path)?.file)?;
                Some(format!(
                    "**`{}`** · {}\n\n`{path}`",
                    entry.route.pattern.text(),
                    RouteSummary::of(entry).mode_text()
                ))
            });
            lines.collect::<Vec<_>>().join("\n\n")
        }
        Symbol::Url(Destination::Public(path)) => format!("`{path}`, served as it is"),
        Symbol::File(path) => format!("`{path}`"),
        Symbol::Slot(files, name) => {
            let paths: Vec<String> =
                files.iter().map(|file| format!("`{}`", file.path(document.db))).collect();
            if paths.is_empty() {
                return None;
            }
            format!("The slot `{name}` of {}", paths.join(", "))
        }
        _ => return None,
    };
    (!markdown.is_empty()).then_some(Hover { span, markdown })
}

/// Words on a code that a comment silences.
fn ignored(document: Document<'_>, offset: u32, inside: Span) -> Option<Hover> {
    let text = document.text();
    let written = inside.text(text);
    let list = written.trim_start().strip_prefix("velox-ignore")?;
    let end = list.find(':').map_or(inside.end, |at| inside.end - list.len() as u32 + at as u32);
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let before = Span::new(inside.start, offset.max(inside.start)).text(text);
    let start = before.trim_end_matches(is_part).len() as u32 + inside.start;
    let rest = text.get(start as usize..end as usize)?;
    let length = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len()) as u32;
    let span = Span::new(start, start + length);
    let code = Code::parse(span.text(text))?;
    let markdown = format!("**{code}** ({}): {}", code.name(), code.title());
    Some(Hover { span, markdown })
}

fn attribute(document: Document<'_>, at: ElementAt<'_>, attribute: &Attribute) -> Option<Hover> {
    let name = at.attribute_name(attribute);
    let span = attribute.name.shift(at.base);
    let is_own = name.contains(':') || name == "innerHTML";
    if is_own && let Some(words) = directives::words(name) {
        return Some(Hover { span, markdown: words.to_owned() });
    }
    if at.element()?.kind == ElementKind::Component
        && let Component::Project(known) = component_of(document, at)?
    {
        let prop = known.own_props().find(|prop| prop.name == name)?;
        let mut markdown = format!("`{}` · prop of `<{}>`", prop_signature(prop), at.name());
        if let Some(words) = &prop.documentation {
            markdown.push_str(&format!("\n\n{words}"));
        }
        return Some(Hover { span, markdown });
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
