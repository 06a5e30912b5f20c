//! What an expression certainly is, where its text or a declaration of the file shows it: a function, a class, an instance.

use super::Markup;
use velox_diagnostics::Span;
use velox_script::{Dialect, HoleFacts, ItemKind, NameUse, Shape, parse_module};

/// What an expression certainly is, or may be under a condition that is written in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A function.
    Function,
    /// A class.
    Class,
    /// An element.
    Element,
}

/// What the expression of a hole certainly is, in at least one of its branches.
pub(crate) fn value_of(markup: &Markup<'_>, facts: &HoleFacts) -> Option<Value> {
    let mut shapes = vec![&facts.shape];
    while let Some(shape) = shapes.pop() {
        match shape {
            Shape::Function(_) => return Some(Value::Function),
            Shape::Element(_) => return Some(Value::Element),
            Shape::Conditional { yes, no, .. } => shapes.extend([&**no, &**yes]),
            Shape::And { right, .. } => shapes.push(right),
            Shape::Other(span) => {
                let used = facts.uses.iter().find(|used| used.span == *span);
                if let Some(value) = used.and_then(|used| of_name(markup, used)) {
                    return Some(value);
                }
            }
            _ => {}
        }
    }
    None
}

/// What a name of the file certainly stands for. `span` is a place in the hole that uses it.
pub(crate) fn name_at(markup: &Markup<'_>, facts: &HoleFacts, span: Span) -> Option<Value> {
    of_name(markup, facts.uses.iter().find(|used| used.span == span)?)
}

fn of_name(markup: &Markup<'_>, used: &NameUse) -> Option<Value> {
    let mut items = markup.block.items.iter();
    let item = items.find(|item| item.declares.iter().any(|(name, _)| *name == used.name))?;
    match item.kind {
        ItemKind::Function => Some(Value::Function),
        ItemKind::Class => Some(Value::Class),
        ItemKind::Variable => {
            let declarator = item.declarator.as_ref().filter(|declarator| declarator.keyword == "const")?;
            let written = declarator.span.text(markup.block_text);
            // Looked at only where something is about to be reported; so it is read again rather than kept for all.
            if item.declares.len() != 1 || !(written.contains("=>") || written.contains("function")) {
                return None;
            }
            let module = parse_module(&format!("export const {written};"), Dialect::TypeScript, &[], true);
            let export = module.exports.iter().find(|export| export.name == used.name)?;
            export.function.is_some().then_some(Value::Function)
        }
        _ => None,
    }
}
