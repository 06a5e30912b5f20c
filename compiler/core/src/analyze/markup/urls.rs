//! URLs that do not arrive as they are written: a scheme that is not let through, and `javascript:` (runtime.md ESC-2).
//!
//! Text in quotes is the author's own and is printed as it is; only what comes from an expression is filtered. So `data:` in
//! quotes is fine, and in braces it is lost.

use super::Markup;
use super::names::lower_case;
use crate::emit::is_url_attribute;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::Shape;
use velox_syntax::{Attribute, AttributeValue, Element};

/// Looks at the URLs among an element's attributes.
pub(crate) fn check(markup: &mut Markup<'_>, element: &Element) {
    // With a spread beside it all attributes are merged at run time, and filtered there.
    let merged = || element.attributes.iter().any(|other| matches!(other.value, AttributeValue::Spread(_)));
    for attribute in &element.attributes {
        let name = markup.text(attribute.name);
        // A list of URLs is taken apart at run time.
        if !is_url_attribute(&lower_case(name))
            || matches!(&*lower_case(name), "srcset" | "imagesrcset" | "ping")
        {
            continue;
        }
        let found = match &attribute.value {
            AttributeValue::Text(span) => {
                let value = htmlize::unescape_attribute(markup.text(*span));
                match scheme(&value) {
                    Some(scheme) if !merged() => runs_code(markup, &scheme, *span),
                    Some(scheme) => Some(dropped(markup, &scheme, "beside a spread", *span)),
                    None => None,
                }
            }
            AttributeValue::Expr(code) | AttributeValue::Template(code) => {
                match markup.facts(code).map(|facts| &facts.shape) {
                    Some(Shape::Constant { value, span }) => scheme(value).map(|scheme| {
                        let diagnostic = dropped(markup, &scheme, "from an expression", *span);
                        if scheme == "javascript" || merged() {
                            diagnostic
                        } else {
                            as_text(markup, diagnostic, attribute, name, value)
                        }
                    }),
                    Some(Shape::Template { texts, span, .. }) => {
                        let scheme = texts.first().and_then(|text| scheme(text));
                        scheme.map(|scheme| of_template(markup, &scheme, *span, name))
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        markup.found.extend(found);
    }
}

/// The scheme of a URL that is not let through, in lower case. Control characters and spaces do not hide one from a browser.
fn scheme(value: &str) -> Option<String> {
    let mut scheme = String::new();
    for character in value.chars().filter(|next| !(*next <= ' ' || *next == '\x7f')) {
        match character {
            ':' if !scheme.is_empty() => {
                let known = matches!(&*scheme, "http" | "https" | "mailto" | "tel");
                return (!known).then_some(scheme);
            }
            'a'..='z' | 'A'..='Z' => scheme.push(character.to_ascii_lowercase()),
            '0'..='9' | '+' | '.' | '-' if !scheme.is_empty() => scheme.push(character),
            _ => return None,
        }
    }
    None
}

fn runs_code(markup: &Markup<'_>, scheme: &str, span: Span) -> Option<Diagnostic> {
    (scheme == "javascript").then(|| {
        Diagnostic::new(
            Code::DROPPED_URL,
            markup.path,
            markup.at(span),
            "a `javascript:` URL runs its text as code: a content security policy blocks it",
        )
        .help("write a `<button type=\"button\">`, with its code in a `<script>`")
    })
}

fn dropped(markup: &Markup<'_>, scheme: &str, place: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::DROPPED_URL,
        markup.path,
        markup.at(span),
        format!("a `{scheme}:` URL {place} is replaced by `about:invalid#velox`"),
    )
    .label("only relative, `http:`, `https:`, `mailto:` and `tel:` URLs are let through")
    .help("link to something that has a URL of its own")
}

/// A constant can be written as text.
fn as_text(
    markup: &Markup<'_>,
    diagnostic: Diagnostic,
    attribute: &Attribute,
    name: &str,
    value: &str,
) -> Diagnostic {
    let text = value.replace('&', "&amp;").replace('"', "&quot;");
    let value = Span::new(attribute.name.end, attribute.span.end);
    diagnostic.help(format!("write it as text, `{name}=\"...\"`, which is printed as it is")).fix(
        "write the URL as text",
        false,
        vec![(markup.at(value), format!("=\"{text}\""))],
    )
}

fn of_template(markup: &Markup<'_>, scheme: &str, span: Span, name: &str) -> Diagnostic {
    if scheme == "javascript" {
        return Diagnostic::new(
            Code::UNSAFE_INTERPOLATION,
            markup.path,
            markup.at(span),
            format!("`{name}` is code here, and no escaping makes a value safe in a `javascript:` URL"),
        )
        .help("write a `<button>` in a component, and make that an island");
    }
    dropped(markup, scheme, "from an expression", span)
        .help("serve it from an endpoint, or put it into public/, and link to that")
}

#[cfg(test)]
mod tests {
    use super::scheme;

    #[test]
    fn a_scheme_is_found_as_a_browser_finds_it() {
        for (url, found) in [
            ("/a:b", None),
            ("a/b:c", None),
            ("?x=a:b", None),
            ("#a:b", None),
            ("", None),
            (":x", None),
            ("1a:x", None),
            ("é:x", None),
            ("HTTPS://a", None),
            ("mailto:a@b", None),
            ("tel:1", None),
            ("javascript:void(0)", Some("javascript")),
            (" java\nscript\t:x", Some("javascript")),
            ("DATA:text/html,x", Some("data")),
            ("web+tea:x", Some("web+tea")),
        ] {
            assert_eq!(scheme(url).as_deref(), found, "{url}");
        }
    }
}
