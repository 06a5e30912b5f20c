//! `client:*` directives: which there are, where they may stand, and what they may say (language.md T8).

use super::Markup;
use velox_diagnostics::{Code, Diagnostic, Span, nearest};
use velox_script::{Property, Shape, Value};
use velox_syntax::{Attribute, AttributeValue, Element, ElementKind};

const DIRECTIVES: [&str; 5] = ["client:load", "client:idle", "client:visible", "client:media", "client:only"];

/// Looks at the directives of an element or component. Gives whether one of them makes an island of it.
pub(crate) fn check(markup: &mut Markup<'_>, element: &Element) -> bool {
    let tag = markup.text(element.name);
    let mut first: Option<(&str, Span)> = None;
    for attribute in &element.attributes {
        let name = markup.text(attribute.name);
        if !name.starts_with("client:") {
            continue;
        }
        let span = markup.at(attribute.name);
        let new = |message: String| Diagnostic::new(Code::UNKNOWN_DIRECTIVE, markup.path, span, message);
        let found = if !DIRECTIVES.contains(&name) {
            let diagnostic = new(format!("there is no directive `{name}`"));
            Some(match nearest(name, DIRECTIVES) {
                Some(near) => diagnostic
                    .help(format!("did you mean `{near}`?"))
                    .fix(format!("write `{near}`"), false, vec![(span, near.to_owned())]),
                None => diagnostic.help("the directives are `client:load`, `client:idle`, `client:visible`, `client:media` and `client:only`"),
            })
        } else if element.kind != ElementKind::Component {
            Some(
                new(format!("`{name}` stands on an element"))
                    .label("only components become islands")
                    .help("move the element into a component of its own"),
            )
        } else if let Some((other, at)) = first {
            let remove = markup.with_space(attribute);
            Some(
                new(format!("`<{tag}>` already has `{other}`"))
                    .related(markup.path, at, "this one says when the island comes alive")
                    .help("keep one of the two")
                    .fix(format!("remove `{name}`"), false, vec![(remove, String::new())]),
            )
        } else {
            first = Some((name, span));
            component(markup, tag, attribute, name).or_else(|| value(markup, attribute, name))
        };
        markup.found.extend(found);
    }
    first.is_some()
}

/// A component that is not in a file of its own, or has no code for the browser.
fn component(markup: &Markup<'_>, tag: &str, attribute: &Attribute, name: &str) -> Option<Diagnostic> {
    let new = |message: String| {
        Diagnostic::new(Code::UNKNOWN_DIRECTIVE, markup.path, markup.at(attribute.name), message)
    };
    let local = tag.split('.').next().unwrap_or(tag);
    let import =
        markup.block.imports.iter().find(|import| import.names.iter().any(|name| name.local == local));
    let remove = || vec![(markup.with_space(attribute), String::new())];
    match import {
        Some(_) if (markup.is_velox)(local) => Some(
            new(format!(
                "`{name}` stands on `{local}`, a `.velox` component, which runs on the server alone"
            ))
            .help("remove it, and make islands of the `.tsx` components in it")
            .fix(format!("remove `{name}`"), false, remove()),
        ),
        Some(import) if import.specifier == "velox" => Some(
            new(format!("`{name}` stands on `{local}`, which runs on the server alone"))
                .help("remove it, and make islands of the components in it")
                .fix(format!("remove `{name}`"), false, remove()),
        ),
        Some(_) => None,
        None if markup.block.items.iter().flat_map(|item| &item.declares).any(|(name, _)| name == local) => {
            Some(
                new(format!("`{name}` stands on `{local}`, which is not imported"))
                    .label("the browser loads an island from a file of its own")
                    .help(format!("move `{local}` into a file of components/ and import it")),
            )
        }
        None => None,
    }
}

/// The value of a directive: a media query, options, or none.
fn value(markup: &Markup<'_>, attribute: &Attribute, name: &str) -> Option<Diagnostic> {
    let at = |span: Span, message: String| {
        Diagnostic::new(Code::UNKNOWN_DIRECTIVE, markup.path, markup.at(span), message)
    };
    let example = "write `client:media=\"(min-width: 40em)\"`";
    let after = Span::new(attribute.name.end, attribute.span.end);
    let bare = attribute.value == AttributeValue::Bare;
    match name {
        "client:media" if bare => {
            Some(at(attribute.name, "`client:media` has no media query".to_owned()).help(example))
        }
        "client:media" => match markup.fixed_value(&attribute.value) {
            None => Some(
                at(attribute.span, "the query of `client:media` must be known at compile time".to_owned())
                    .help(example),
            ),
            Some((query, span)) if !velox_style::is_media_query(&htmlize::unescape_attribute(query)) => {
                let diagnostic = at(span, format!("`{query}` is no media query")).help(example);
                let braced = format!("({query})");
                let plain = query.contains(':') && !query.contains(['(', ')', '"', '\'', '&']);
                Some(if plain && velox_style::is_media_query(&braced) {
                    let value = format!("=\"{braced}\"");
                    diagnostic.help("put it in parentheses").fix(
                        "put it in parentheses",
                        false,
                        vec![(markup.at(after), value)],
                    )
                } else {
                    diagnostic
                })
            }
            Some(_) => None,
        },
        _ if bare => None,
        "client:visible" => options(markup, attribute, name, ("rootMargin", "'200px'")),
        "client:idle" => options(markup, attribute, name, ("timeout", "2000")),
        _ => {
            Some(
                at(attribute.span, format!("`{name}` takes no value"))
                    .help(format!("write `{name}` alone"))
                    .fix(format!("write `{name}` alone"), true, vec![(markup.at(after), String::new())]),
            )
        }
    }
}

/// `client:visible={{ rootMargin }}` and `client:idle={{ timeout }}`.
fn options(
    markup: &Markup<'_>,
    attribute: &Attribute,
    name: &str,
    (key, example): (&str, &str),
) -> Option<Diagnostic> {
    let help = format!("write `{name}` alone, or `{name}={{{{ {key}: {example} }}}}`");
    let new = |span: Span, message: String| {
        Diagnostic::new(Code::UNKNOWN_DIRECTIVE, markup.path, markup.at(span), message)
    };
    let facts = attribute.value.code().and_then(|code| markup.facts(code));
    let wrong = || {
        let message = format!("the value of `{name}` is an object of options");
        new(attribute.span, message).help(help.clone()).fix(
            format!("write `{name}` alone"),
            false,
            vec![(markup.at(Span::new(attribute.name.end, attribute.span.end)), String::new())],
        )
    };
    let Some(facts) = facts else {
        return matches!(attribute.value, AttributeValue::Text(_)).then(wrong);
    };
    match (&facts.shape, facts.value.as_deref()) {
        (Shape::Constant { .. } | Shape::Template { .. } | Shape::Nothing(_) | Shape::Function(_), _) => {
            Some(wrong())
        }
        (_, Some(Value::Object(properties, _))) => {
            let unknown = |property: &&Property| property.key != key && !property.key.is_empty();
            let property = properties.iter().find(unknown)?;
            let diagnostic =
                new(property.key_span, format!("`{name}` has no option `{}`", property.key)).help(help);
            Some(match nearest(&property.key, [key]) {
                Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(
                    format!("write `{near}`"),
                    false,
                    vec![(markup.at(property.key_span), near.to_owned())],
                ),
                None => diagnostic,
            })
        }
        (_, Some(Value::Array(..) | Value::Instance(..))) => Some(wrong()),
        _ => None,
    }
}
