//! Values at places where no escaping makes them safe, or where they are no values at all (language.md T5, T11).

use super::Markup;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::Shape;
use velox_syntax::{AttributeValue, Element, NodeKind};

/// Looks at what stands in an element whose text is code or never markup.
pub(crate) fn check(markup: &mut Markup<'_>, element: &Element) {
    let name = markup.text(element.name);
    if !matches!(name, "script" | "style" | "textarea" | "title") {
        return;
    }
    let found = raw_html(markup, element, name).or_else(|| raw_text(markup, element, name));
    markup.found.extend(found);
}

/// `innerHTML` with a value.
fn raw_html(markup: &Markup<'_>, element: &Element, tag: &str) -> Option<Diagnostic> {
    let attribute = element.attributes.iter().find(|attribute| markup.text(attribute.name) == "innerHTML")?;
    let code = attribute.value.code()?;
    let facts = markup.facts(code)?;
    let new = |message: String| {
        Diagnostic::new(Code::UNSAFE_INTERPOLATION, markup.path, markup.at(attribute.span), message)
    };
    match (tag, &facts.shape) {
        ("textarea" | "title", Shape::Constant { .. } | Shape::Nothing(_)) => None,
        ("textarea" | "title", _) => {
            let diagnostic = new(format!("`<{tag}>` holds text, and as raw HTML a value can end it"))
                .help(format!("write the value between the tags: `<{tag}>{{...}}</{tag}>`"));
            let (Some(close), AttributeValue::Expr(_)) = (element.close, &attribute.value) else {
                return Some(diagnostic);
            };
            if close.start != element.open.end {
                return Some(diagnostic);
            }
            Some(diagnostic.fix(
                "write the value between the tags",
                false,
                vec![
                    (markup.with_space(attribute), String::new()),
                    (markup.at(Span::at(element.open.end)), format!("{{{}}}", markup.text(code.span))),
                ],
            ))
        }
        // Code that is made elsewhere may be fine; what is put together here is not.
        (_, Shape::Template { .. }) => {
            let help = if tag == "script" {
                "write the values as JSON, `<script type=\"application/json\">{data}</script>`, and read them from a script"
            } else {
                "set a custom property by `style={{ '--name': value }}`, and use it in the style sheet"
            };
            Some(
                new(format!("the text of `<{tag}>` is code, and no escaping makes a value safe in it"))
                    .help(help),
            )
        }
        _ => None,
    }
}

/// A body that is nothing but `{name}`, meant as an expression.
fn raw_text(markup: &Markup<'_>, element: &Element, tag: &str) -> Option<Diagnostic> {
    let child = markup.tree.node(*element.children.first()?);
    if child.kind != NodeKind::RawText {
        return None;
    }
    let written = markup.text(child.span);
    let body = written.trim();
    let code = body.strip_prefix('{')?.strip_suffix('}')?.trim();
    let mut parts = code.split('.');
    let first = parts.next().filter(|name| is_name(name))?;
    let declared =
        markup.block.imports.iter().flat_map(|import| &import.names).any(|name| name.local == first)
            || markup.block.items.iter().flat_map(|item| &item.declares).any(|(name, _)| name == first);
    if !declared || !parts.all(is_name) {
        return None;
    }
    let from = child.span.start + (written.len() - written.trim_start().len()) as u32;
    let span = Span::new(from, from + body.len() as u32);
    let message = format!("`{body}` is no expression in a `<{tag}>`: it is printed as it is written");
    let help = if tag == "script" {
        format!(
            "for data, make it `<script type=\"application/json\">{body}</script>`; for code, use `innerHTML={body}`"
        )
    } else {
        format!("use `innerHTML={body}`")
    };
    Some(Diagnostic::new(Code::UNSAFE_INTERPOLATION, markup.path, markup.at(span), message).help(help))
}

fn is_name(text: &str) -> bool {
    !text.is_empty()
        && !text.starts_with(|first: char| first.is_ascii_digit())
        && text.chars().all(|next| next.is_alphanumeric() || matches!(next, '_' | '$'))
}
