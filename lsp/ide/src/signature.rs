//! The parameters of the function whose call the cursor is in: of functions of the framework, and of the project's own.

use crate::code::{CodeAt, Origin, framework_name, origin};
use crate::completion::members::{Known, kind_of, members_of};
use crate::declarations::comment_before;
use crate::{Document, context_at, framework};
use std::ops::Range;
use velox_core::resolve::Resolution;
use velox_db::imports;
use velox_diagnostics::Span;
use velox_script::Item;
use velox_script::cursor::{EnclosingKind, Place};

/// A function's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// As it is declared: `redirect(url: string, status?: number): never`.
    pub label: String,
    /// Its parameters: their places in the label in bytes, and Markdown on each.
    pub parameters: Vec<(Range<u32>, String)>,
    /// Markdown on the function.
    pub documentation: String,
    /// The parameter that the cursor is at.
    pub active: u32,
}

/// The signature of the call around an offset.
#[must_use]
pub fn signature(document: Document<'_>, offset: u32) -> Option<Signature> {
    let code = CodeAt::new(document, offset, context_at(document, offset))?;
    if matches!(code.cursor.place, Place::Comment(..)) {
        return None;
    }
    // A function that is written among the arguments hides the call: what is typed in its body is no argument.
    let mut call = None;
    for enclosing in code.cursor.around.iter().rev() {
        match &enclosing.kind {
            EnclosingKind::Call { callee, is_new, .. } => {
                call = Some((callee, *is_new, enclosing.index));
                break;
            }
            EnclosingKind::Block => return None,
            _ => {}
        }
    }
    let (callee, is_new, index) = call?;
    let (label, documentation) = declaration(document, &code, callee, is_new, index)?;
    let places = parameters(&label);
    let last = places.len().checked_sub(1);
    let rest = last
        .filter(|last| label.get(places[*last].start as usize..).is_some_and(|text| text.starts_with("...")));
    let active = rest.map_or(index, |last| index.min(last as u32));
    let parameters = places.into_iter().map(|place| (place, String::new())).collect();
    Some(Signature { label, parameters, documentation, active })
}

/// The declaration of what a chain of names calls, on one line, and words on it.
fn declaration(
    document: Document<'_>,
    code: &CodeAt<'_>,
    callee: &[String],
    is_new: bool,
    index: u32,
) -> Option<(String, String)> {
    let (first, rest) = callee.split_first()?;
    if !code.is_inner(first) {
        if let Some((module, name)) = framework_name(document, callee) {
            let entry = framework::export(&module, name)?;
            // Of several the first that has so many parameters.
            let fits = |one: &&String| parameters(one).len() as u32 > index;
            let label = entry.signatures.iter().find(fits).or(entry.signatures.last())?;
            let label = if is_new { format!("new {label}") } else { label.clone() };
            return (!parameters(&label).is_empty() || label.contains("()"))
                .then(|| (label, entry.words.to_string()));
        }
        if rest.is_empty() {
            return match origin(document.module_facts(), first)? {
                Origin::Item(item) => own(document, item, first),
                Origin::Import(import, name) => {
                    let resolved =
                        imports(document.db, document.project, document.file).get(&import.specifier)?;
                    let Resolution::File(path) = resolved else { return None };
                    let target = document.at(path)?;
                    let facts = target.module_facts();
                    let export = facts.exports.iter().find(|export| export.name == name.imported)?;
                    let local = export.local.as_deref().unwrap_or(&export.name);
                    let item = facts.items.iter().find(|item| {
                        item.declares.iter().any(|(declared, _)| declared == local)
                            || item.statement.contains(export.span)
                    })?;
                    own(target, item, first)
                }
            };
        }
    }
    // A method of what the framework gives: `cookies.set(`.
    let (method, receiver) = callee.split_last()?;
    let names: Vec<&str> = receiver.iter().map(String::as_str).collect();
    let Known::Interface(module, interface) = kind_of(document, code, &names)? else { return None };
    let member = members_of(module, interface).find(|member| member.name == *method)?;
    let label = member.signature.to_string();
    (!parameters(&label).is_empty()).then(|| (label, member.words.to_string()))
}

/// A function that a file declares: its name with its parameters as they are written, and the comment before it.
fn own(document: Document<'_>, item: &Item, name: &str) -> Option<(String, String)> {
    let code = document.script()?.text(document.text());
    let text = item.declarator.as_ref().map_or(item.span, |declarator| declarator.span).text(code);
    // `function load<T>(`, `load = async (`, `class Box {` has none.
    let open = match text.find("=>") {
        Some(arrow) if item.declarator.is_some() => {
            let assigned = text.find('=')? + 1;
            let open = text[assigned..].find('(').map(|at| assigned + at).filter(|open| *open < arrow);
            match open {
                Some(open) => open,
                // `x => x`.
                None => {
                    let parameter = text[assigned..arrow].trim().trim_start_matches("async ").trim();
                    let is_name = velox_core::route::is_identifier(parameter);
                    return is_name.then(|| (format!("{name}({parameter})"), words_before(code, item)));
                }
            }
        }
        _ if text.contains("function") => text.find('(')?,
        _ => return None,
    };
    let rest = &text[open..];
    let close = closing(rest)?;
    let list = rest[1..close].split_whitespace().collect::<Vec<_>>().join(" ");
    let after = rest[close + 1..].trim_start();
    let returns = after.strip_prefix(':').map(|after| {
        let end = after.find("=>").or_else(|| after.rfind('{').filter(|_| item.declarator.is_none()));
        let end = end.map_or(after.len(), |end| after.find(" {").map_or(end, |brace| brace.min(end)));
        after[..end].trim().to_owned()
    });
    let returns = returns.filter(|text| !text.is_empty()).map_or(String::new(), |text| format!(": {text}"));
    Some((format!("{name}({list}){returns}"), words_before(code, item)))
}

fn words_before(code: &str, item: &Item) -> String {
    comment_before(code, item.statement.start).unwrap_or_default()
}

/// Where the parenthesis that a text begins with is closed.
fn closing(text: &str) -> Option<usize> {
    let end = velox_script::cursor::bracket_end(text)?;
    Some(end as usize)
}

/// The places of the parameters in a signature: what stands between the commas of its first parentheses.
pub(crate) fn parameters(label: &str) -> Vec<Range<u32>> {
    // Type parameters stand before them: `signal<T>(value: T)`.
    let Some(open) = first_parenthesis(label) else { return Vec::new() };
    let Some(close) = closing(&label[open..]).map(|close| open + close) else { return Vec::new() };
    let inside = Span::from(open + 1..close);
    let commas = velox_script::cursor::commas(inside.text(label));
    let mut found = Vec::new();
    let mut start = 0u32;
    for end in commas.into_iter().chain([inside.len()]) {
        let part = Span::new(inside.start + start, inside.start + end).text(label);
        let from = inside.start + start + (part.len() - part.trim_start().len()) as u32;
        let to = from + part.trim().len() as u32;
        if to > from {
            found.push(from..to);
        }
        start = end + 1;
    }
    found
}

/// The first parenthesis that is not among type parameters.
fn first_parenthesis(label: &str) -> Option<usize> {
    let mut angles = 0i32;
    let bytes = label.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'<' => angles += 1,
            b'>' if at > 0 && bytes[at - 1] != b'=' => angles -= 1,
            b'(' if angles <= 0 => return Some(at),
            _ => {}
        }
    }
    None
}
