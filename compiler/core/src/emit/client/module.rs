//! Emits `.ts` and `.tsx` modules for the browser: types erased, specifiers rewritten, elements turned into vnodes.

use super::ClientEmitter;
use super::hooks::{TopLevel, holes_with_edits, hook_edits, with_edits};
use super::names::{ClientNames, VNODES};
use crate::emit::code::{Region, Snippet};
use crate::emit::imports::{ImportTarget, edits_with_specifiers, holes_with_specifiers};
use crate::emit::module::{ModuleFile, copy_module};
use crate::emit::page::{Emitted, root_elements};
use crate::emit::used::{component_names, used_in_module};
use crate::emit::writer::{Source, Writer, quote};
use std::fmt::Write as _;
use velox_script::HookCall;
use velox_syntax::Tree;

/// Emits a module for the browser. `calls` are those of hooks in it.
#[must_use]
pub fn emit_client_module(
    file: &ModuleFile<'_>,
    calls: &[HookCall],
    target: &dyn Fn(&str) -> ImportTarget,
) -> Emitted {
    emit(file, calls, ClientNames::for_text(file.text), target)
}

/// Emits a module that is written for preact, for the server: its elements are vnodes there too. `own` is its own name in the output,
/// by which its components are told from those that give HTML.
#[must_use]
pub fn emit_vnode_module(file: &ModuleFile<'_>, own: &str, target: &dyn Fn(&str) -> ImportTarget) -> Emitted {
    let names = ClientNames::for_server(file.text);
    let module = names.name("module");
    let mark = names.name("vnodes");
    let mut emitted = emit(file, &[], names, target);
    let mut specifier = String::new();
    quote(own, &mut specifier);
    let vnodes = target(VNODES).specifier;
    // Marked after everything else has run; a module may import itself.
    let _ = write!(
        emitted.code,
        "\nimport * as {module} from {specifier};\nimport {{ vnodes as {mark} }} from \"{vnodes}\";\n{mark}({module});\n"
    );
    emitted
}

fn emit(
    file: &ModuleFile<'_>,
    calls: &[HookCall],
    mut names: ClientNames,
    target: &dyn Fn(&str) -> ImportTarget,
) -> Emitted {
    let no_tree = Tree::default();
    let tree = file.tree.unwrap_or(&no_tree);
    let mut used = used_in_module(file.facts);
    component_names(tree, file.text, false, &mut used);
    let more = hook_edits(calls, file.text, TopLevel::Module, &mut names);
    let holes = holes_with_specifiers(&file.facts.holes, &file.facts.dynamic_imports, target);
    let holes = holes_with_edits(holes, &more);
    let region = Region { source: Source { text: file.text, base: 0 }, tree, holes: &holes };
    let edits = with_edits(edits_with_specifiers(file.facts, target), &more);
    let snippet = Snippet { edits: &edits, elements: root_elements(file.tree) };
    let mut emitter = ClientEmitter {
        out: Writer::with_capacity(file.text.len() + 512),
        names,
        scope: None,
        extracted: Vec::new(),
        is_velox: false,
        in_head: false,
        keep_white_space: false,
        fills_layout: false,
    };
    copy_module(&mut emitter, file, (region, snippet), &used, target);
    let mut out = Writer::with_capacity(emitter.out.len() + 128);
    emitter.names.imports(&mut out, target);
    out.append(&emitter.out);
    let (code, mappings) = out.finish();
    Emitted { code, mappings, extracted: Vec::new() }
}
