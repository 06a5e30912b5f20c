//! Semantic tokens: what a grammar cannot tell. Components from elements, names of the server block from globals, params, directives.
//!
//! What a grammar tells as well (keywords, strings, elements, attributes) is left to it.

use crate::Document;
use rustc_hash::FxHashMap;
use velox_core::ambient::{REQUEST_NAMES, SERVER_NAMES};
use velox_core::holes::component_names;
use velox_diagnostics::Span;
use velox_script::{BindingKind, BindingPlace, Bindings, BoundName, NameRole, NameUse};
use velox_syntax::{ElementKind, NodeKind, Tree};

/// What a token is; the order is that of the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenKind {
    /// A component's name.
    Component,
    /// A constant or variable, or an import.
    Variable,
    /// A parameter of a function.
    Parameter,
    /// A function.
    Function,
    /// A type, a class's too where it is used as one.
    Type,
    /// A class.
    Class,
    /// A namespace: `import * as x`, an enum.
    Namespace,
    /// A directive: `client:load`, `velox:slot`.
    Directive,
    /// A param of the route: `params.slug`.
    Param,
    /// An ambient name of Velox: `request`, `params`, `redirect`.
    Ambient,
    /// A fence.
    Fence,
}

impl TokenKind {
    /// The legend: names of the protocol where it has one, so that themes know them.
    pub const LEGEND: [&'static str; 11] = [
        "component",
        "variable",
        "parameter",
        "function",
        "type",
        "class",
        "namespace",
        "decorator",
        "enumMember",
        "macro",
        "keyword",
    ];
}

/// What else is said of a token, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Modifiers(pub u32);

impl Modifiers {
    /// The legend, in the order of the bits.
    pub const LEGEND: [&'static str; 3] = ["declaration", "readonly", "defaultLibrary"];
    /// It declares the name.
    pub const DECLARATION: Self = Self(1);
    /// It never changes.
    pub const READONLY: Self = Self(2);
    /// The framework brings it.
    pub const DEFAULT_LIBRARY: Self = Self(4);

    /// Both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A token; never over a line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Token {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// What else is said of it.
    pub modifiers: Modifiers,
}

/// What a name is, wherever it stands.
type Meaning = (TokenKind, Modifiers);

/// The tokens of a file (of `range`, where one is given), in order, disjoint.
#[must_use]
pub fn tokens(document: Document<'_>, range: Option<Span>) -> Vec<Token> {
    let mut found = Vec::new();
    if let Some(script) = document.script() {
        let bindings = velox_db::script_bindings(document.db, document.file);
        add_names(bindings, script.start, &FxHashMap::default(), &mut found);
        let uses = document.module_facts().items.iter().flat_map(|item| &item.uses);
        add_params(uses, script.start, &mut found);
        let tree = if document.is_velox() {
            document.block().tree.as_ref()
        } else {
            velox_db::parse_script(document.db, document.file).tree.as_ref()
        };
        if let Some(tree) = tree {
            add_tags(tree, script.text(document.text()), script.start, &mut found);
            let uses = document.module_facts().holes.iter().flat_map(|hole| &hole.uses);
            add_params(uses, script.start, &mut found);
        }
    }
    if document.is_velox() {
        let regions = document.regions();
        for fence in regions.server.iter().flat_map(|server| [server.open, server.close]) {
            push(fence, TokenKind::Fence, Modifiers::default(), &mut found);
        }
        let start = document.template_start();
        // Before the names: where a component's name is one too, the component counts.
        add_tags(document.tree(), document.template(), start, &mut found);
        let of_block = meanings_of_block(document);
        let bindings = velox_db::template_bindings(document.db, document.file);
        add_names(bindings, start, &of_block, &mut found);
        let uses = document.template_facts().holes.iter().flat_map(|hole| &hole.uses);
        add_params(uses, start, &mut found);
    }
    let text = document.text();
    let wanted = |token: &Token| {
        !token.span.is_empty()
            && range.is_none_or(|range| token.span.start < range.end && range.start < token.span.end)
            && !token.span.text(text).is_empty()
            && !token.span.text(text).contains(['\n', '\r'])
    };
    found.retain(wanted);
    // Of tokens at one place the first that was found is kept.
    found.sort_by_key(|token| (token.span.start, token.span.end));
    found.dedup_by(|next, kept| next.span.start < kept.span.end);
    found
}

fn push(span: Span, kind: TokenKind, modifiers: Modifiers, found: &mut Vec<Token>) {
    found.push(Token { span, kind, modifiers });
}

/// The names of some code. What is free in it means what `outer` says, or what the framework brings; a global is left to the grammar.
fn add_names(bindings: &Bindings, start: u32, outer: &FxHashMap<&str, Meaning>, found: &mut Vec<Token>) {
    let namespaces: Vec<Span> =
        bindings.imports.iter().filter(|name| name.imported == "*").map(|name| name.local).collect();
    for name in &bindings.names {
        let BoundName { span, binding, role, .. } = *name;
        let Some(binding) = bindings.bindings.get(binding as usize) else { continue };
        let meaning = match binding.place {
            BindingPlace::Free => {
                outer.get(binding.name.as_str()).copied().or_else(|| ambient(&binding.name))
            }
            BindingPlace::Top | BindingPlace::Inner(_) => binding.kind.map(meaning),
        };
        let Some((kind, modifiers)) = meaning else { continue };
        let kind = if namespaces.contains(&span) { TokenKind::Namespace } else { kind };
        let declares = role == NameRole::Declaration;
        let modifiers = if declares { modifiers.and(Modifiers::DECLARATION) } else { modifiers };
        push(span.shift(start), kind, modifiers, found);
    }
}

fn meaning(kind: BindingKind) -> Meaning {
    let none = Modifiers::default();
    match kind {
        BindingKind::Const | BindingKind::Import => (TokenKind::Variable, Modifiers::READONLY),
        BindingKind::Let => (TokenKind::Variable, none),
        BindingKind::Parameter => (TokenKind::Parameter, none),
        BindingKind::Function => (TokenKind::Function, none),
        BindingKind::Class => (TokenKind::Class, none),
        BindingKind::Enum => (TokenKind::Namespace, Modifiers::READONLY),
        BindingKind::Type | BindingKind::TypeParameter => (TokenKind::Type, none),
    }
}

/// Names that the framework brings without an import (language.md S2).
fn ambient(name: &str) -> Option<Meaning> {
    let brought = REQUEST_NAMES.contains(&name) || SERVER_NAMES.contains(&name);
    brought.then_some((TokenKind::Ambient, Modifiers::DEFAULT_LIBRARY))
}

/// What the names of the server block's top level mean in the template.
fn meanings_of_block(document: Document<'_>) -> FxHashMap<&str, Meaning> {
    let bindings = velox_db::script_bindings(document.db, document.file);
    let top = bindings.bindings.iter().filter(|binding| matches!(binding.place, BindingPlace::Top));
    top.filter_map(|binding| Some((binding.name.as_str(), meaning(binding.kind?)))).collect()
}

/// Params of the route, where they are read.
fn add_params<'a>(uses: impl Iterator<Item = &'a NameUse>, start: u32, found: &mut Vec<Token>) {
    for name in uses.filter(|name| name.name == "params") {
        let read = name.members.first().into_iter().chain(&name.destructured);
        for (_, span) in read {
            push(span.shift(start), TokenKind::Param, Modifiers::READONLY, found);
        }
    }
}

/// Components and directives in tags.
fn add_tags(tree: &Tree, text: &str, start: u32, found: &mut Vec<Token>) {
    for node in &tree.nodes {
        let NodeKind::Element(element) = &node.kind else { continue };
        for name in component_names(element, text).into_iter().flatten() {
            push(name.shift(start), TokenKind::Component, Modifiers::default(), found);
        }
        if element.kind == ElementKind::Slot && element.name.text(text).contains(':') {
            push(element.name.shift(start), TokenKind::Directive, Modifiers::default(), found);
        }
        for attribute in &element.attributes {
            let name = attribute.name.text(text);
            if name.starts_with("client:") || name.starts_with("is:") {
                push(attribute.name.shift(start), TokenKind::Directive, Modifiers::default(), found);
            }
        }
    }
}
