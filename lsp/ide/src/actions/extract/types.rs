//! Types of what an extracted component is given, as far as syntax proves them: literals, what is annotated with them, params of the
//! route, items of such arrays. All else is `any`, which compiles wherever it is put.

use crate::Document;
use velox_core::route::{ParamKind, is_identifier};
use velox_diagnostics::Span;
use velox_script::{Bindings, Dialect, Item, ItemKind, NameRole, Value, parse_module};

/// Beyond this many keys an object's type says less than it takes to read.
const KEYS: usize = 12;

/// The type of a name of the page. `declared` is the place in the template that declares it, where that is no name of the block.
pub(super) fn type_of(document: Document<'_>, name: &str, declared: Option<Span>) -> String {
    let found = match declared {
        Some(place) => of_callback(document, place),
        None => of_item(document, name),
    };
    found.unwrap_or_else(|| "any".to_owned())
}

/// Where the template declares what a name in it means.
pub(super) fn declaration(bindings: &Bindings, binding: u32) -> Option<Span> {
    let names = bindings.names.iter().filter(|found| found.binding == binding);
    names.into_iter().find(|found| found.role == NameRole::Declaration).map(|found| found.span)
}

/// `teas.map((tea) => ...)`: an item of `teas`.
fn of_callback(document: Document<'_>, place: Span) -> Option<String> {
    let before = document.template().get(..place.start as usize)?.trim_end();
    let before = before.strip_suffix('(').unwrap_or(before).trim_end();
    let array = before.strip_suffix('(')?.trim_end().strip_suffix(".map")?;
    let is_part =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$' | '.' | ')' | ']' | '?' | '!');
    let start = array
        .rfind(|letter| !is_part(letter))
        .map_or(0, |at| at + array[at..].chars().next().map_or(1, char::len_utf8));
    let name = array.get(start..).filter(|name| is_identifier(name))?;
    let whole = of_item(document, name)?;
    let item = whole.strip_suffix("[]")?;
    Some(item.strip_prefix('(').and_then(|item| item.strip_suffix(')')).unwrap_or(item).to_owned())
}

/// What a declaration of the server block is seen to hold.
fn of_item(document: Document<'_>, name: &str) -> Option<String> {
    let script = document.script()?.text(document.text());
    let facts = document.module_facts();
    let item: &Item =
        facts.items.iter().find(|item| item.declares.iter().any(|(declared, _)| declared == name))?;
    let declarator = item.declarator.as_ref().filter(|_| item.kind == ItemKind::Variable)?;
    let written = declarator.span.text(script);
    let (_, place) = item.declares.iter().find(|(declared, _)| declared == name)?;
    if place.start != declarator.span.start {
        // `const { slug } = params`
        let key = item.declares.len() < 9 && written.starts_with('{') && ends_with_params(written);
        return key.then(|| of_param(document, name)).flatten();
    }
    let rest = written.get(name.len()..)?.trim_start();
    if let Some(annotated) = rest.strip_prefix(':') {
        let annotation = annotated.split('=').next().unwrap_or(annotated).trim();
        return is_of_the_language(annotation).then(|| annotation.to_owned());
    }
    let value = rest.strip_prefix('=')?.trim();
    if let Some(param) = value.strip_prefix("params.").filter(|param| is_identifier(param)) {
        return of_param(document, param);
    }
    if value.starts_with('`') && value.ends_with('`') && value.matches('`').count() == 2 {
        return Some("string".to_owned());
    }
    for class in ["Date", "URL"] {
        let made = value.strip_prefix("new ").and_then(|value| value.trim_start().strip_prefix(class));
        let arguments = made.and_then(|made| made.strip_prefix('(')?.strip_suffix(')'));
        if arguments.is_some_and(|arguments| !arguments.contains([')', '\'', '"', '`'])) {
            return Some(class.to_owned());
        }
    }
    let module = parse_module(&format!("export const {written};"), Dialect::TypeScript, &[], false);
    of_value(module.exports.first()?.value.as_ref()?)
}

fn ends_with_params(declarator: &str) -> bool {
    // With a default or another name a key is something else.
    declarator
        .rsplit_once('=')
        .is_some_and(|(keys, value)| value.trim() == "params" && !keys.contains(['=', ':', '.']))
}

fn of_param(document: Document<'_>, name: &str) -> Option<String> {
    let (_, kind) = document.route()?.route.pattern.params().find(|(param, _)| *param == name)?;
    let text = match kind {
        ParamKind::Param => "string",
        ParamKind::Optional => "string | undefined",
        ParamKind::Rest => "string[]",
        ParamKind::OptionalRest => "string[] | undefined",
    };
    Some(text.to_owned())
}

/// Whether an annotation names nothing that would have to be imported.
fn is_of_the_language(annotation: &str) -> bool {
    const WORDS: &[&str] =
        &["string", "number", "boolean", "bigint", "null", "undefined", "unknown", "any", "Date", "URL"];
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, ' ' | '|' | '[' | ']');
    !annotation.is_empty()
        && annotation.chars().all(plain)
        && annotation
            .split(|letter: char| !letter.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| WORDS.contains(&word))
}

fn of_value(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(..) | Value::Template(..) => "string".to_owned(),
        Value::Number(..) => "number".to_owned(),
        Value::Boolean(..) => "boolean".to_owned(),
        Value::Array(items, _) => {
            let mut types = items.iter().map(of_value);
            let first = types.next()??;
            if !types.all(|other| other.as_ref() == Some(&first)) {
                return None;
            }
            format!("{first}[]")
        }
        Value::Object(properties, _) => {
            let named = |key: &str| is_identifier(key);
            if properties.is_empty()
                || properties.len() > KEYS
                || !properties.iter().all(|property| named(&property.key))
            {
                return None;
            }
            let keys: Option<Vec<String>> = properties
                .iter()
                .map(|property| Some(format!("{}: {}", property.key, of_value(&property.value)?)))
                .collect();
            format!("{{ {} }}", keys?.join("; "))
        }
        _ => return None,
    };
    Some(text)
}
