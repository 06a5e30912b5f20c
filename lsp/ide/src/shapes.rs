//! Objects that functions of the framework take: which keys and values could stand at the cursor, by the declared types.
//!
//! Reads the text of declarations (`data/framework.json`); of a type that is no object of known keys it says nothing.

use crate::code::{CodeAt, framework_name};
use crate::completion::members::{Known, kind_of, members_of};
use crate::signature::parameters;
use crate::{Document, framework};
use velox_script::cursor::{EnclosingKind, parts_between};

/// A key of an object, as its type declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// Its name.
    pub(crate) name: String,
    /// Its declaration: `timeout?: number`.
    pub(crate) signature: String,
    /// Markdown.
    pub(crate) words: String,
}

impl Key {
    /// Its type.
    pub(crate) fn shape(&self) -> &str {
        self.signature.split_once(':').map_or("", |(_, shape)| shape.trim())
    }

    /// Declaration and words.
    pub(crate) fn markdown(&self) -> String {
        let words = if self.words.is_empty() { String::new() } else { format!("\n\n{}", self.words) };
        format!("```ts\n{}\n```{words}", self.signature)
    }

    /// The strings that it may be.
    pub(crate) fn strings(&self) -> Vec<&str> {
        let parts = self.shape().split('|').map(str::trim);
        parts.filter_map(|part| part.strip_prefix('"')?.strip_suffix('"')).collect()
    }
}

/// Where in the argument of a function of the framework the cursor stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Argument {
    /// Where a key may stand: the keys that are not written yet.
    Keys(Vec<Key>),
    /// In the value of this key.
    Value(Key),
}

/// The keys or the value at the cursor, where it stands in an object that a function of the framework is given.
pub(crate) fn argument_at(document: Document<'_>, code: &CodeAt<'_>) -> Option<Argument> {
    let around = &code.cursor.around;
    let at = around.iter().rposition(|one| matches!(one.kind, EnclosingKind::Call { .. }))?;
    let EnclosingKind::Call { callee, .. } = &around[at].kind else { return None };
    let mut keys = keys_of_parameter(document, code, callee, around[at].index as usize)?;
    let objects = &around[at + 1..];
    for (nth, one) in objects.iter().enumerate() {
        let EnclosingKind::Object { key, keys: written } = &one.kind else { return None };
        match key {
            None if nth + 1 == objects.len() => {
                keys.retain(|key| !written.contains(&key.name));
                return Some(Argument::Keys(keys));
            }
            None => return None,
            Some((name, _)) => {
                let key = keys.into_iter().find(|key| key.name == *name)?;
                if nth + 1 == objects.len() {
                    return Some(Argument::Value(key));
                }
                keys = keys_of("", key.shape());
            }
        }
    }
    None
}

/// The declaration of a key that stands at the cursor.
pub(crate) fn key_at(document: Document<'_>, code: &CodeAt<'_>, name: &str) -> Option<Key> {
    match argument_at(document, code)? {
        Argument::Keys(keys) => keys.into_iter().find(|key| key.name == name),
        Argument::Value(_) => None,
    }
}

fn keys_of_parameter(
    document: Document<'_>,
    code: &CodeAt<'_>,
    callee: &[String],
    index: usize,
) -> Option<Vec<Key>> {
    let first = callee.first()?;
    let of = |module: &str, signature: &str| {
        let place = parameters(signature).into_iter().nth(index)?;
        let text = signature.get(place.start as usize..place.end as usize)?;
        Some(keys_of(module, text.split_once(':')?.1.trim()))
    };
    if !code.is_inner(first)
        && let Some((module, name)) = framework_name(document, callee)
    {
        let signatures = &framework::export(&module, name)?.signatures;
        return signatures.iter().find_map(|one| of(&module, one)).filter(|keys| !keys.is_empty());
    }
    let (method, receiver) = callee.split_last()?;
    let names: Vec<&str> = receiver.iter().map(String::as_str).collect();
    let Known::Interface(module, interface) = kind_of(document, code, &names)? else { return None };
    let member = members_of(module, interface).find(|member| member.name == *method)?;
    of(module, &member.signature).filter(|keys| !keys.is_empty())
}

/// The keys of a type: of interfaces of the framework (those of `module` first) and of types written as `{ ... }`.
fn keys_of(module: &str, shape: &str) -> Vec<Key> {
    let mut found = Vec::new();
    for part in parts_between(shape, b'|') {
        let part = part.trim();
        if let Some(inside) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
            for member in parts_between(inside, b';') {
                let signature = member.trim().strip_prefix("readonly ").unwrap_or(member.trim());
                let name: String =
                    signature.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if !name.is_empty() {
                    found.push(Key { name, signature: signature.to_owned(), words: String::new() });
                }
            }
            continue;
        }
        let name = part.split('<').next().unwrap_or(part);
        let own = framework::export(module, name);
        let entry = own.or_else(|| {
            framework::modules().iter().find_map(|module| framework::export(&module.specifier, name))
        });
        let Some(entry) = entry.filter(|entry| entry.kind == "interface") else { continue };
        found.extend(entry.members.iter().map(|member| Key {
            name: member.name.to_string(),
            signature: member.signature.to_string(),
            words: member.words.to_string(),
        }));
    }
    found
}
