//! Emits `.ts` and `.tsx` modules for the server: types erased, specifiers rewritten, elements turned into HTML.

use super::code::{CodeEmitter, Region, Snippet};
use super::components::component_kinds;
use super::imports::{ImportTarget, edits_with_specifiers, generated_import, holes_with_specifiers, import};
use super::islands::origins;
use super::names::Names;
use super::page::{Emitted, root_elements};
use super::template::Emitter;
use super::used::{component_names, used_in_module};
use super::writer::{Source, Writer};
use crate::ambient::SERVER_NAMES;
use rustc_hash::FxHashSet;
use velox_diagnostics::Span;
use velox_script::ModuleFacts;
use velox_syntax::Tree;

/// A parsed `.ts` or `.tsx` module.
#[derive(Clone, Copy, Debug)]
pub struct ModuleFile<'a> {
    /// Path relative to the project root, with `/`.
    pub path: &'a str,
    /// The whole text.
    pub text: &'a str,
    /// Its facts.
    pub facts: &'a ModuleFacts,
    /// The elements in it, in a `.tsx` file.
    pub tree: Option<&'a Tree>,
}

/// Emits a module for the server. Names of `velox/server` are imported where `ambient` is set (language.md S2: endpoints).
#[must_use]
pub fn emit_module(file: &ModuleFile<'_>, ambient: bool, target: &dyn Fn(&str) -> ImportTarget) -> Emitted {
    let facts = file.facts;
    let source = Source { text: file.text, base: 0 };
    let no_tree = Tree::default();
    let tree = file.tree.unwrap_or(&no_tree);
    let mut used = used_in_module(facts);
    component_names(tree, file.text, true, &mut used);
    let holes = holes_with_specifiers(&facts.holes, &facts.dynamic_imports, target);
    let region = Region { source, tree, holes: &holes };
    let edits = edits_with_specifiers(facts, target);
    let snippet = Snippet { edits: &edits, elements: root_elements(file.tree) };
    let mut emitter = Emitter {
        out: Writer::with_capacity(file.text.len() + 512),
        names: Names::for_text(file.text),
        scope: None,
        components: component_kinds(&facts.imports, target),
        origins: origins(file.text, &facts.imports, target),
        extracted: Vec::new(),
        extract: false,
        writes: Vec::new(),
        needs_context: false,
        needs_slots: false,
        in_head: false,
        place: None,
        keep_white_space: false,
        fills_layout: false,
    };
    copy_module(&mut emitter, file, (region, snippet), &used, target);
    let body = std::mem::take(&mut emitter.out);
    if ambient {
        let declared = |name: &str| {
            facts.imports.iter().flat_map(|import| &import.names).any(|imported| imported.local == name)
                || facts.items.iter().flat_map(|item| &item.declares).any(|(declared, _)| declared == name)
        };
        let names: Vec<&str> =
            SERVER_NAMES.iter().copied().filter(|name| used.contains(name) && !declared(name)).collect();
        if !names.is_empty() {
            generated_import(&mut emitter.out, &names.join(", "), "velox/server", target);
        }
    }
    if let Some(clause) = emitter.names.import_clause() {
        generated_import(&mut emitter.out, &clause, "velox/internal", target);
    }
    if emitter.names.has_temporary() {
        emitter.out.text(&format!("let {};\n", emitter.names.temporary()));
    }
    emitter.out.append(&body);
    let (code, mappings) = emitter.out.finish();
    Emitted { code, mappings, extracted: Vec::new() }
}

/// Copies a module: imports of what is used, under rewritten specifiers, and the code between them.
pub(crate) fn copy_module<'a, E: CodeEmitter<'a>>(
    emitter: &mut E,
    file: &ModuleFile<'a>,
    (region, snippet): (Region<'a>, Snippet<'a>),
    used: &FxHashSet<&str>,
    target: &dyn Fn(&str) -> ImportTarget,
) {
    let mut at = 0;
    for declaration in &file.facts.imports {
        emitter.code(region, snippet, Span::new(at, declaration.span.start), &[]);
        at = declaration.span.end;
        let specifier = target(&declaration.specifier).specifier;
        if import(emitter.out(), 0, declaration, &specifier, used) {
            at += line_end(&file.text[at as usize..]);
        } else if joins(&file.text[at as usize..]) {
            emitter.out().text(";");
        }
    }
    emitter.code(region, snippet, Span::new(at, file.text.len() as u32), &[]);
}

/// Whether code that follows a removed statement could be read as the rest of the statement before it: then a `;` is needed.
pub(crate) fn joins(rest: &str) -> bool {
    let mut rest = rest.trim_start();
    loop {
        let comment = match rest.as_bytes() {
            [b'/', b'/', ..] => rest.find(['\n', '\r']),
            [b'/', b'*', ..] => rest.find("*/").map(|end| end + 2),
            _ => break,
        };
        rest = rest[comment.unwrap_or(rest.len())..].trim_start();
    }
    rest.starts_with(['(', '[', '`', '+', '-', '/', '*', '.', ',', '?', '<', '='])
}

/// Length of the line end that `text` begins with.
pub(crate) fn line_end(text: &str) -> u32 {
    if text.starts_with("\r\n") { 2 } else { u32::from(text.starts_with(['\n', '\r'])) }
}
