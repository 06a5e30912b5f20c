//! Event handlers of elements that never run in the browser, and values in those that are code (language.md T5, T9).

use super::values::{Value, value_of};
use super::{Dialect, Markup};
use crate::emit::is_event_handler;
use velox_diagnostics::{Code, Diagnostic};
use velox_script::Shape;
use velox_syntax::Element;

/// Looks at the event handlers of an element.
pub(crate) fn check(markup: &mut Markup<'_>, element: &Element) {
    if markup.dialect == Dialect::Tsx {
        return;
    }
    for attribute in &element.attributes {
        let name = markup.text(attribute.name);
        if !is_event_handler(name) {
            continue;
        }
        let Some(facts) = attribute.value.code().and_then(|code| markup.facts(code)) else { continue };
        if matches!(facts.shape, Shape::Constant { .. } | Shape::Nothing(_)) {
            continue;
        }
        let is_text = matches!(facts.shape, Shape::Template { .. });
        let in_browser = (markup.in_browser)();
        if in_browser && !is_text {
            continue;
        }
        let span = markup.at(attribute.span);
        let diagnostic = if matches!(value_of(markup, facts), Some(Value::Function)) {
            let message =
                format!("`{name}` would never run: an element of a template has no code in the browser");
            Diagnostic::new(Code::DEAD_EVENT_HANDLER, markup.path, span, message)
                .help("move the element into a component, and make that an island with `client:load`")
        } else {
            let help = if in_browser {
                "write a function: `() => ...`"
            } else {
                "make the element an island with a real handler, or put the value into a `data-` attribute and read it there"
            };
            let message = format!("`{name}` is code, and no escaping makes a value safe in it");
            Diagnostic::new(Code::UNSAFE_INTERPOLATION, markup.path, span, message).help(help)
        };
        markup.found.push(diagnostic);
    }
}
