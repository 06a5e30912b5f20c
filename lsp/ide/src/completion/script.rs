//! Completion in TypeScript: of the server block, of a module, of a `{...}` in a template; and at fences. Decides which of the
//! modules beside it are asked.

use super::{
    Details, Item, ItemKind, Items, exports, fences, ignore, members, names, settings, specifiers, strings,
};
use crate::code::CodeAt;
use crate::shapes::{self, Argument, Key};
use crate::{Context, Document};
use velox_script::cursor::{EnclosingKind, Place, Receiver};

/// What could stand at an offset in code, or at a fence.
pub(super) fn complete(
    document: Document<'_>,
    offset: u32,
    context: Context<'_>,
    typed: Option<char>,
) -> Option<Items> {
    let _ = typed;
    if matches!(context, Context::Fence) {
        return fences::complete(document, offset);
    }
    let code = CodeAt::new(document, offset, context)?;
    let found = match code.cursor.place {
        Place::Comment(inside, is_line) => ignore::complete(document, code.place(inside), offset, is_line),
        Place::String(inside) => strings::complete(document, &code, code.place(inside), offset),
        Place::Template(inside, start) => {
            // A path in a template literal begins at its backtick.
            let inside = code.place(inside);
            let whole =
                velox_diagnostics::Span::new(code.base + start + 1, inside.end.max(code.base + start + 1));
            strings::complete(document, &code, whole, offset)
        }
        Place::Literal => None,
        Place::Code => in_code(document, &code),
    }?;
    (!found.items.is_empty()).then_some(found)
}

fn in_code(document: Document<'_>, code: &CodeAt<'_>) -> Option<Items> {
    let mut found = Items { span: code.place(code.cursor.word), ..Items::default() };
    match (&code.cursor.receiver, code.cursor.inside()) {
        (Receiver::None, Some(EnclosingKind::Clause { .. })) => {
            specifiers::names(document, code, &mut found.items)
        }
        (Receiver::None, Some(EnclosingKind::Pattern { of, keys })) => {
            members::keys(document, code, of, keys, &mut found.items);
        }
        (Receiver::None, _) => {
            if settings::complete(document, code, &mut found.items) == settings::Only::These {
                return Some(found);
            }
            match shapes::argument_at(document, code) {
                Some(Argument::Keys(keys)) => {
                    found.items.extend(keys.iter().enumerate().map(|(nth, key)| option(key, nth, code)));
                }
                Some(Argument::Value(key)) => {
                    let values = key.strings().into_iter().map(|value| format!("'{value}'"));
                    let plain = key.shape().split('|').map(str::trim);
                    let booleans =
                        plain.filter(|part| matches!(*part, "boolean" | "false")).flat_map(|part| {
                            if part == "boolean" { vec!["true", "false"] } else { vec!["false"] }
                        });
                    let values: Vec<String> = values.chain(booleans.map(str::to_owned)).collect();
                    found.items.extend(values.into_iter().map(|value| {
                        let mut item = Item::new(value.clone(), ItemKind::Value);
                        item.sort = Some(format!("0{value}"));
                        item
                    }));
                }
                None => {}
            }
            if code.cursor.starts_statement || code.cursor.before == "export" {
                exports::complete(document, code, &mut found.items);
            } else if exports::declared(document, code, &mut found.items) {
                return Some(found);
            }
            found.incomplete = names::complete(document, code, &mut found.items);
        }
        (Receiver::Chain(chain, _), _) => members::complete(document, code, chain, &mut found.items),
        (Receiver::Other(_), _) => members::of_any(document, code, &mut found.items),
    }
    Some(found)
}

/// A key of an object that a function of the framework takes.
fn option(key: &Key, nth: usize, code: &CodeAt<'_>) -> Item {
    let rest = code.text.get(code.cursor.word.end as usize..).unwrap_or_default();
    let mut item = Item::new(key.name.clone(), ItemKind::Property);
    item.detail = Some(key.shape().to_owned());
    item.documentation = Some(key.markdown());
    item.sort = Some(format!("0{nth:02}"));
    if !rest.trim_start().starts_with(':') {
        let value = match key.shape() {
            shape if shape.starts_with('{') => "{ $1 }",
            shape if shape.ends_with("[]") => "[$1]",
            "string" => "'$1'",
            _ if !key.strings().is_empty() => "'$1'",
            _ => "$1",
        };
        item.text = format!("{}: {value}", key.name);
        item.snippet = true;
        item.again = !key.strings().is_empty();
    }
    item
}

/// More on an item, by what stands behind `script:` in its id.
pub(super) fn resolve(document: Document<'_>, id: &str) -> Option<Details> {
    names::resolve(document, id)
}
