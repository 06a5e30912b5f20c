//! Names of attributes: JSX's spelling of HTML's, and the two spellings side by side (language.md T4).

use super::{Dialect, Markup};
use crate::emit::attribute_name;
use velox_diagnostics::{Code, Diagnostic};
use velox_syntax::{AttributeValue, Element};

/// Looks at the names of an element's attributes.
pub(crate) fn check(markup: &mut Markup<'_>, element: &Element) {
    for (at, attribute) in element.attributes.iter().enumerate() {
        let name = markup.text(attribute.name);
        let html = attribute_name(name);
        if html == name {
            continue;
        }
        let other = element.attributes.iter().enumerate().find(|(other, attribute)| {
            let written = markup.text(attribute.name);
            *other != at && written != name && attribute_name(written).eq_ignore_ascii_case(html)
        });
        if let Some((_, other)) = other {
            let (first, second) =
                if other.span < attribute.span { (other, attribute) } else { (attribute, other) };
            let (one, two) = (markup.text(first.name), markup.text(second.name));
            let diagnostic = Diagnostic::new(
                Code::DUPLICATE_ATTRIBUTE,
                markup.path,
                markup.at(second.name),
                format!("`{one}` and `{two}` are the same attribute, written twice"),
            )
            .related(markup.path, markup.at(first.name), "it is first written here")
            .help("keep one of the two")
            .fix(
                format!("remove `{two}`"),
                false,
                vec![(markup.with_space(second), String::new())],
            );
            // Where there are three, each pair is told once.
            if !markup.found.contains(&diagnostic) {
                markup.found.push(diagnostic);
            }
            continue;
        }
        if markup.dialect == Dialect::Tsx || !matches!(name, "className" | "htmlFor") {
            continue;
        }
        let edit = match attribute.value {
            AttributeValue::Shorthand(_) => {
                (markup.at(attribute.span), format!("{html}={}", markup.text(attribute.span)))
            }
            _ => (markup.at(attribute.name), html.to_owned()),
        };
        markup.found.push(
            Diagnostic::new(
                Code::JSX_ATTRIBUTE_NAME,
                markup.path,
                markup.at(attribute.name),
                format!("`{name}` is JSX's name for the attribute `{html}`"),
            )
            .help(format!("write `{html}`"))
            .fix(format!("write `{html}`"), true, vec![edit]),
        );
    }
}
