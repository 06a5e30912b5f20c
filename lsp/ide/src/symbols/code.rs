//! The declarations of a server block, or of a module, as symbols.

use super::{Symbol, SymbolKind};
use crate::Document;
use velox_diagnostics::Span;
use velox_script::{ExportKind, Item, ItemKind, ModuleFacts};

/// Keywords before the name of what is no value.
const BEFORE_NAMES: &[&str] = &[
    "export",
    "default",
    "declare",
    "abstract",
    "async",
    "type",
    "interface",
    "namespace",
    "module",
    "enum",
    "const",
    "global",
];

/// The imports as one symbol, and the declarations of the top level.
pub(super) fn declarations(document: Document<'_>) -> Vec<Symbol> {
    let Some(script) = document.script() else { return Vec::new() };
    let source = script.text(document.text());
    let facts = document.module_facts();
    let mut found: Vec<Symbol> = imports(facts, script.start).into_iter().collect();
    found.extend(facts.items.iter().filter_map(|item| symbol(document, facts, item, source, script.start)));
    found.sort_by_key(|symbol| (symbol.span.start, symbol.span.end));
    found
}

fn imports(facts: &ModuleFacts, base: u32) -> Option<Symbol> {
    let first = facts.imports.first()?;
    let children: Vec<Symbol> = facts
        .imports
        .iter()
        .map(|import| {
            let names: Vec<&str> = import.names.iter().map(|name| name.local.as_str()).collect();
            Symbol {
                name: named(&import.specifier, "''"),
                detail: Some(names.join(", ")).filter(|names| !names.is_empty()),
                kind: SymbolKind::Module,
                span: import.span.shift(base),
                focus: import.specifier_span.shift(base),
                children: Vec::new(),
            }
        })
        .collect();
    let span = children.iter().fold(first.span.shift(base), |span, child| span.cover(child.span));
    let count = children.len();
    let detail = if count == 1 { "1 module".to_owned() } else { format!("{count} modules") };
    let focus = first.span.shift(base);
    let name = "imports".to_owned();
    Some(Symbol { name, detail: Some(detail), kind: SymbolKind::Module, span, focus, children })
}

fn symbol(
    document: Document<'_>,
    facts: &ModuleFacts,
    item: &Item,
    source: &str,
    base: u32,
) -> Option<Symbol> {
    let export = facts
        .exports
        .iter()
        .find(|export| item.exported && item.declares.iter().any(|(name, _)| *name == export.name));
    let kind = match item.kind {
        ItemKind::Variable => match export.map(|export| export.kind) {
            Some(ExportKind::Function) => SymbolKind::Function,
            Some(_) if is_special(document, item) => SymbolKind::Constant,
            _ if holds_function(source, item) => SymbolKind::Function,
            _ => SymbolKind::Variable,
        },
        ItemKind::Function => SymbolKind::Function,
        ItemKind::Class => SymbolKind::Class,
        ItemKind::Enum => SymbolKind::Enum,
        ItemKind::Type => SymbolKind::Type,
        ItemKind::Export => return default_export(facts, item, base),
        ItemKind::Return | ItemKind::Statement => return None,
    };
    let (name, focus) = match item.declares.as_slice() {
        [] => match default_export(facts, item, base) {
            Some(symbol) => return Some(Symbol { kind, ..symbol }),
            None => type_name(source, item)?,
        },
        [(name, span)] => (name.clone(), *span),
        [(_, first), ..] => {
            let names: Vec<&str> = item.declares.iter().map(|(name, _)| name.as_str()).collect();
            (names.join(", "), *first)
        }
    };
    let alone = item.declarator.as_ref().is_none_or(|declarator| declarator.index.1 == 1);
    let span = if alone { item.statement } else { item.declarator.as_ref()?.span };
    let detail = (name == "config" && kind == SymbolKind::Constant)
        .then(|| document.route().map(|route| route.mode.name().to_owned()))
        .flatten();
    let focus = if span.contains(focus) { focus } else { span };
    let name = named(&name, "default");
    Some(Symbol {
        name,
        detail,
        kind,
        span: span.shift(base),
        focus: focus.shift(base),
        children: Vec::new(),
    })
}

/// A symbol's name, which must not be empty.
fn named(name: &str, otherwise: &str) -> String {
    if name.trim().is_empty() { otherwise.to_owned() } else { name.to_owned() }
}

/// Whether an item is an export with a meaning in a `.velox` file (language.md S6 to S10).
fn is_special(document: Document<'_>, item: &Item) -> bool {
    let special = velox_core::ambient::SPECIAL_EXPORTS;
    document.is_velox() && item.declares.iter().any(|(name, _)| special.contains(&name.as_str()))
}

/// Whether a declarator's value is written as a function.
fn holds_function(source: &str, item: &Item) -> bool {
    let Some(declarator) = &item.declarator else { return false };
    let Some((_, value)) = declarator.span.text(source).split_once('=') else { return false };
    let value = value.trim_start();
    let is_word = |word: &str| value.strip_prefix(word).is_some_and(|rest| rest.starts_with([' ', '(', '*']));
    if is_word("function") || is_word("async") {
        return true;
    }
    let parameters = if value.starts_with('(') {
        let all = Span::new(0, value.len() as u32);
        velox_syntax::code_brackets(value, all, &[]).first().map(|bracket| bracket.span.end as usize)
    } else {
        value.find(|next: char| !(next.is_alphanumeric() || matches!(next, '_' | '$')))
    };
    let rest = parameters.and_then(|end| value.get(end..)).unwrap_or("").trim_start();
    rest.starts_with("=>") || value.starts_with('(') && rest.starts_with(':') && rest.contains("=>")
}

/// The name of a type, which is no value and so not among what an item declares.
fn type_name(source: &str, item: &Item) -> Option<(String, Span)> {
    let text = item.statement.text(source);
    let mut at = 0;
    loop {
        at += text[at..].len() - text[at..].trim_start().len();
        let end = text[at..]
            .find(|next: char| !(next.is_alphanumeric() || matches!(next, '_' | '$')))
            .map_or(text.len(), |length| at + length);
        let word = &text[at..end];
        if word.is_empty() {
            return None;
        }
        let span = Span::from(at..end).shift(item.statement.start);
        let keyword = BEFORE_NAMES.contains(&word);
        if !keyword || word == "global" {
            return Some((word.to_owned(), span));
        }
        at = end;
    }
}

fn default_export(facts: &ModuleFacts, item: &Item, base: u32) -> Option<Symbol> {
    let export = facts.exports.iter().find(|export| {
        export.name == "default" && item.statement.contains(export.span) && export.from.is_none()
    })?;
    let kind = if export.function.is_some() { SymbolKind::Function } else { SymbolKind::Variable };
    let (span, focus) = (item.statement.shift(base), export.span.shift(base));
    Some(Symbol { name: "default".to_owned(), detail: None, kind, span, focus, children: Vec::new() })
}
