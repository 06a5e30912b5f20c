//! What an island is given and cannot arrive in the browser (language.md T8, runtime.md ISL-4).
//!
//! Says what the text shows: functions, classes, instances of other classes than those that are carried over. What a
//! name holds that is imported, or a call gives, is known at run time alone.

use super::Markup;
use super::values::{self, name_at, value_of};
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::{HoleFacts, Shape, Value};
use velox_syntax::{AttributeValue, Element, NodeKind};

/// Built-in classes of which an instance arrives as it was, or as what it holds; or of which that cannot be ruled out.
const CARRIED: [&str; 27] = [
    "Array",
    "ArrayBuffer",
    "BigInt64Array",
    "BigUint64Array",
    "Boolean",
    "DataView",
    "Date",
    "Float16Array",
    "Float32Array",
    "Float64Array",
    "Int16Array",
    "Int32Array",
    "Int8Array",
    "Map",
    "Number",
    "Object",
    "Proxy",
    "RegExp",
    "Set",
    "String",
    "URL",
    "URLSearchParams",
    "Uint16Array",
    "Uint32Array",
    "Uint8Array",
    "Uint8ClampedArray",
    "SharedArrayBuffer",
];

/// Looks at the props and children of an island.
pub(crate) fn check(markup: &mut Markup<'_>, element: &Element) {
    let mut found = Vec::new();
    for attribute in &element.attributes {
        let name = markup.text(attribute.name);
        if name.starts_with("client:") || matches!(name, "key" | "ref") {
            continue;
        }
        let Some(facts) = attribute.value.code().and_then(|code| markup.facts(code)) else { continue };
        let path = if matches!(attribute.value, AttributeValue::Spread(_)) { "" } else { name };
        prop(markup, facts, path, &mut found);
    }
    let mut holes = element.children.iter().filter_map(|child| match &markup.tree.node(*child).kind {
        NodeKind::Hole(code) => markup.facts(code),
        _ => None,
    });
    if let Some(facts) = holes.find(|facts| matches!(facts.shape, Shape::Function(_))) {
        found.push(report(markup, "children", facts.shape.span(), Kind::Function));
    }
    drop(holes);
    markup.found.append(&mut found);
}

#[derive(Clone, Copy)]
enum Kind<'v> {
    Function,
    Class,
    Symbol,
    Promise,
    Instance(&'v str),
}

fn prop(markup: &Markup<'_>, facts: &HoleFacts, path: &str, found: &mut Vec<Diagnostic>) {
    if let Some(value) = facts.value.as_deref() {
        return nested(markup, facts, path, value, found);
    }
    if path.is_empty() {
        return;
    }
    let kind = match value_of(markup, facts) {
        Some(values::Value::Function) => Kind::Function,
        Some(values::Value::Class) => Kind::Class,
        // It is kept in the page as HTML.
        Some(values::Value::Element) | None => return,
    };
    found.push(report(markup, path, facts.shape.span(), kind));
}

/// Looks into objects and arrays.
fn nested(markup: &Markup<'_>, facts: &HoleFacts, path: &str, value: &Value, found: &mut Vec<Diagnostic>) {
    let mut work = vec![(path.to_owned(), value)];
    while let Some((path, value)) = work.pop() {
        let kind = match value {
            Value::Object(properties, _) => {
                let known = properties.iter().rev().filter(|property| !property.key.is_empty());
                work.extend(known.map(|property| (member(&path, &property.key), &property.value)));
                continue;
            }
            Value::Array(items, _) => {
                let items = items.iter().enumerate().rev();
                work.extend(items.map(|(at, item)| (format!("{path}[{at}]"), item)));
                continue;
            }
            Value::Repeated(item, _) => {
                work.push((format!("{path}[]"), item));
                continue;
            }
            Value::Function(_) => Kind::Function,
            Value::Instance(name, _) if name == "Symbol" => Kind::Symbol,
            Value::Instance(name, _) if name == "Promise" => Kind::Promise,
            Value::Instance(name, _) if !CARRIED.contains(&&**name) || is_own(markup, name) => {
                Kind::Instance(name)
            }
            Value::Unknown(span, _) => match name_at(markup, facts, *span) {
                Some(values::Value::Function) => Kind::Function,
                Some(values::Value::Class) => Kind::Class,
                _ => continue,
            },
            _ => continue,
        };
        if !path.is_empty() {
            found.push(report(markup, &path, value.span(), kind));
        }
    }
}

fn member(path: &str, key: &str) -> String {
    let plain = key.chars().all(|next| next.is_alphanumeric() || matches!(next, '_' | '$'));
    match (path.is_empty(), plain) {
        (true, _) => key.to_owned(),
        (false, true) => format!("{path}.{key}"),
        (false, false) => format!("{path}['{key}']"),
    }
}

/// Whether the file has a class of its own by the name of a built-in one.
fn is_own(markup: &Markup<'_>, name: &str) -> bool {
    markup.block.items.iter().flat_map(|item| &item.declares).any(|(declared, _)| declared == name)
        || markup.block.imports.iter().flat_map(|import| &import.names).any(|import| import.local == name)
}

fn report(markup: &Markup<'_>, path: &str, span: Span, kind: Kind<'_>) -> Diagnostic {
    let (what, help) = match kind {
        Kind::Function => {
            ("a function".to_owned(), "define the function in the component, and pass it plain values")
        }
        Kind::Class => ("a class".to_owned(), "import the class in the component"),
        Kind::Symbol => ("a symbol".to_owned(), "pass a string"),
        Kind::Promise => ("a promise".to_owned(), "`await` it in the server block, and pass what it gives"),
        Kind::Instance(name) => {
            (format!("an instance of `{name}`"), "pass a plain object with what the component needs")
        }
    };
    Diagnostic::new(
        Code::UNSERIALISABLE_PROP,
        markup.path,
        markup.at(span),
        format!("the prop `{path}` of an island is {what}, which cannot be sent to the browser"),
    )
    .help(help)
}
