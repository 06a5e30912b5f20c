//! Emits a `.velox` file for the browser: one module whose default export is a component.
//!
//! A block that does not await runs with each rendering, like the body of a component, and signals in it are kept as there. One that
//! awaits runs once, and gives a function that renders the template: so does the page where a hole awaits.
//! A page and a layout get `params`, `url`, `setMeta` and `fill` with their props, from whoever mounts them; a component, whose props
//! are its attributes, finds them in the render context. A component is asynchronous only where the source awaits.

use super::ClientEmitter;
use super::hooks::{TopLevel, hook_edits, with_edits};
use super::names::{ClientNames, Function};
use crate::ambient::SERVER_NAMES;
use crate::emit::block::Block;
use crate::emit::code::Region;
use crate::emit::imports::{
    ImportTarget, edits_with_specifiers, generated_import, holes_with_specifiers, import,
};
use crate::emit::page::{Emitted, FileKind, has_scoped_style};
use crate::emit::used::used_names;
use crate::emit::writer::Writer;
use crate::lift::lifted_items;
use crate::unit::VeloxFile;
use velox_script::HookCall;

/// Emits a file for the browser. `target` tells where an import leads; `scope` is the attribute for scoped styles; `calls` are those
/// of hooks in its server block.
#[must_use]
pub fn emit_client_page(
    file: &VeloxFile<'_>,
    kind: FileKind,
    scope: &str,
    calls: &[HookCall],
    target: &dyn Fn(&str) -> ImportTarget,
) -> Emitted {
    let holes = holes_with_specifiers(&file.facts.holes, &file.facts.dynamic_imports, target);
    let template = Region { source: file.template_source(), tree: file.template, holes: &holes };
    let awaits_in_template = file.facts.holes.iter().any(|facts| facts.awaits);
    let is_async = file.block.awaits.is_some() || awaits_in_template;
    let mut names = ClientNames::for_text(file.text);
    let top = if is_async { TopLevel::AwaitingBlock } else { TopLevel::Block };
    let more = hook_edits(calls, file.block_source().text, top, &mut names);
    let edits = with_edits(edits_with_specifiers(file.block, target), &more);
    let block = Block { file, edits: &edits, lifted: lifted_items(file.block), after: Vec::new() };
    let used = used_names(file, false);
    let is_ambient = |name: &&str| used.contains(name) && !file.declares(name);
    let mut emitter = ClientEmitter {
        out: Writer::with_capacity(file.text.len() * 2),
        names,
        scope: has_scoped_style(template).then_some(scope),
        extracted: Vec::new(),
        is_velox: true,
        in_head: false,
        keep_white_space: false,
        fills_layout: kind == FileKind::Page,
    };

    let props = emitter.names.name("props");
    let view = if kind == FileKind::Component { emitter.names.context().to_owned() } else { props.clone() };
    let mut sets_meta = false;
    if let Some(region) = file.block_region() {
        sets_meta = block.statements(&mut emitter, region, &format!("{view}.setMeta?.(meta);"));
    }
    emitter.out.text(match (is_async, awaits_in_template) {
        (false, _) => "return ",
        (true, false) => "return () => ",
        (true, true) => "return async () => ",
    });
    emitter.one(template, &template.tree.roots);
    emitter.out.text(";\n");
    let body = std::mem::take(&mut emitter.out);
    if let Some(region) = file.block_region() {
        block.lifted(&mut emitter, region);
    }
    let lifted = std::mem::take(&mut emitter.out);

    let mut given: Vec<&str> =
        ["params", "request", "response", "url"].into_iter().filter(is_ambient).collect();
    if kind == FileKind::Layout {
        given.extend(Some("meta").filter(is_ambient));
    }
    let context = (kind == FileKind::Component && (sets_meta || !given.is_empty()))
        .then(|| emitter.names.function(Function::Context));

    let mut out = Writer::with_capacity(body.len() + lifted.len() + 512);
    for declaration in &file.block.imports {
        let specifier = target(&declaration.specifier).specifier;
        import(&mut out, file.block_source().base, declaration, &specifier, &used);
    }
    // A browser has a `fetch` of its own.
    let server: Vec<&str> =
        SERVER_NAMES.iter().copied().filter(|name| *name != "fetch" && is_ambient(name)).collect();
    if !server.is_empty() {
        generated_import(&mut out, &server.join(", "), "velox/server", target);
    }
    emitter.names.imports(&mut out, target);
    out.append(&lifted);
    let page = emitter.names.name("Page");
    // Who calls it may keep the hooks of a block that awaits.
    let more = if is_async { format!(", {}", emitter.names.name("hooks")) } else { String::new() };
    out.text(&format!(
        "export default {}function {page}({props}{more}) {{\n",
        if is_async { "async " } else { "" }
    ));
    if let Some(context) = context {
        out.text(&format!("const {view} = {context}();\n"));
    }
    if is_ambient(&"props") {
        out.text(&format!("const props = {props};\n"));
    }
    if !given.is_empty() {
        out.text(&format!("const {{ {} }} = {view};\n", given.join(", ")));
    }
    out.append(&body);
    out.text("}\n");
    let (code, mappings) = out.finish();
    Emitted { code, mappings, extracted: emitter.extracted }
}
