//! Emits a `.velox` file: one module whose default export renders it to a string.
//!
//! A component is `(props, slots, context) => string | Promise<string>`, a promise only where the source awaits. A page and a layout
//! give their template as a function of that result, which runs where the layout around them prints its slot. ARCHITECTURE.md describes the emitted module. Whether the file is right is not asked here.

use super::block::Block;
use super::code::Region;
use super::components::component_kinds;
use super::concat::Concat;
use super::imports::{ImportTarget, edits_with_specifiers, generated_import, holes_with_specifiers, import};
use super::islands::origins;
use super::names::{Helper, Names};
use super::template::{Emitter, Extracted, ExtractedKind};
use super::used::used_names;
use super::writer::Writer;
use crate::ambient::SERVER_NAMES;
use crate::held::held_names;
use crate::lift::{lifted_items, special_exports};
use crate::unit::VeloxFile;
use rustc_hash::FxHashSet;
use velox_syntax::{NodeId, NodeKind, Tree};

/// What a `.velox` file is in its project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A route, or `_error.velox`, `_loading.velox`.
    Page,
    /// A file of `layouts/`, or `_layout.velox`.
    Layout,
    /// Any other.
    Component,
}

/// Emitted code: JavaScript, and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emitted {
    /// An ES module.
    pub code: String,
    /// Pairs of byte offset in `code` (rising) and byte offset in the source file.
    pub mappings: Vec<(u32, u32)>,
    /// Styles and scripts that are not in `code`, by their places in the file.
    pub extracted: Vec<Extracted>,
}

/// Emits a file for the server. `target` tells where an import leads; `scope` is the attribute for scoped styles.
#[must_use]
pub fn emit_page(
    file: &VeloxFile<'_>,
    kind: FileKind,
    scope: &str,
    target: &dyn Fn(&str) -> ImportTarget,
) -> Emitted {
    let holes = holes_with_specifiers(&file.facts.holes, &file.facts.dynamic_imports, target);
    let block_holes = holes_with_specifiers(&file.block.holes, &file.block.dynamic_imports, target);
    let template = Region { source: file.template_source(), tree: file.template, holes: &holes };
    let scope = has_scoped_style(template).then_some(scope);
    let edits = edits_with_specifiers(file.block, target);
    let mut names = Names::for_text(file.text);
    let lifted = lifted_items(file.block);
    let held = held_names(file, kind != FileKind::Component);
    let hold = if held.is_empty() { String::new() } else { names.helper(Helper::Hold).to_string() };
    let after = held.into_iter().map(|(end, name)| (end, format!("{hold}({name});"))).collect();
    let block = Block { file, edits: &edits, lifted, after };
    let region = file.block_region().map(|region| Region { holes: &block_holes, ..region });
    let mut page = Page { file, block, region, kind, target, used: used_names(file, true) };
    let mut emitter = Emitter {
        out: Writer::with_capacity(file.text.len() * 2),
        names,
        scope,
        components: component_kinds(&file.block.imports, target),
        origins: origins(file.text, &file.block.imports, target),
        extracted: Vec::new(),
        extract: true,
        writes: Vec::new(),
        needs_context: false,
        needs_slots: false,
        in_head: false,
        place: None,
        keep_white_space: false,
        fills_layout: kind == FileKind::Page,
    };
    page.body(&mut emitter, template);
    page.assemble(emitter)
}

struct Page<'a, 'f> {
    file: &'f VeloxFile<'a>,
    block: Block<'a, 'f>,
    /// The server block, where there is one.
    region: Option<Region<'a>>,
    kind: FileKind,
    target: &'f dyn Fn(&str) -> ImportTarget,
    /// Names that block and template use as values.
    used: FxHashSet<&'a str>,
}

impl<'a> Page<'a, '_> {
    /// Whether a name is neither declared nor imported by the file, and used.
    fn is_ambient(&self, name: &str) -> bool {
        self.used.contains(name) && !self.file.declares(name)
    }

    fn template_awaits(&self) -> bool {
        self.file.facts.holes.iter().any(|facts| facts.awaits)
    }

    /// Writes the statements of the render function: the block, then `return` with the template.
    fn body(&mut self, emitter: &mut Emitter<'a>, template: Region<'a>) {
        if let Some(region) = self.region {
            let set_meta = format!("{}.setMeta(meta);", emitter.names.context());
            emitter.needs_context |= self.block.statements(emitter, region, &set_meta);
        }
        emitter.out.text(match (self.kind, self.template_awaits()) {
            (FileKind::Component, _) => "return ",
            (_, false) => "return () => ",
            (_, true) => "return async () => ",
        });
        let mut concat = Concat::default();
        emitter.nodes(template, &template.tree.roots, &mut concat);
        concat.finish(&mut emitter.out);
        emitter.out.text(";\n");
    }

    /// `export { paths } from './x'`.
    fn reexports(&self, emitter: &mut Emitter<'a>) {
        for export in special_exports(self.file.block) {
            if let Some((specifier, span)) = &export.from {
                let local = export.local.as_deref().unwrap_or(&export.name);
                emitter.out.mapped(self.file.block_source().base + span.start, "export { ");
                emitter.out.text(local);
                if local != export.name {
                    emitter.out.text(" as ");
                    emitter.out.text(&export.name);
                }
                emitter.out.text(" } from ");
                emitter.out.string(&(self.target)(specifier).specifier);
                emitter.out.text(";\n");
            }
        }
    }

    /// Puts the module together: imports, lifted declarations, the render function around what was written.
    fn assemble(&mut self, mut emitter: Emitter<'a>) -> Emitted {
        let file = self.file;
        let body = std::mem::take(&mut emitter.out);
        emitter.out = Writer::with_capacity(body.len() + 1024);
        let mut lifted = Writer::default();
        if let Some(block) = self.region {
            std::mem::swap(&mut emitter.out, &mut lifted);
            self.block.lifted(&mut emitter, block);
            self.reexports(&mut emitter);
            std::mem::swap(&mut emitter.out, &mut lifted);
        }
        let request: Vec<&str> = ["params", "request", "response", "url"]
            .into_iter()
            .filter(|name| self.is_ambient(name))
            .collect();
        let reads_meta = self.kind == FileKind::Layout && self.is_ambient("meta");
        let needs_context = emitter.needs_context || reads_meta || !request.is_empty();
        let context = needs_context.then(|| emitter.names.helper(Helper::Context));
        let mark = (self.kind == FileKind::Component).then(|| emitter.names.helper(Helper::Mark));

        for declaration in &file.block.imports {
            let target = (self.target)(&declaration.specifier);
            let base = file.block_source().base;
            import(&mut emitter.out, base, declaration, &target.specifier, &self.used);
        }
        let server: Vec<&str> = SERVER_NAMES.iter().copied().filter(|name| self.is_ambient(name)).collect();
        if !server.is_empty() {
            generated_import(&mut emitter.out, &server.join(", "), "velox/server", self.target);
        }
        if let Some(clause) = emitter.names.import_clause() {
            generated_import(&mut emitter.out, &clause, "velox/internal", self.target);
        }
        let prefix = emitter.names.context().to_owned();
        if emitter.names.has_temporary() {
            emitter.out.text(&format!("let {};\n", emitter.names.temporary()));
        }
        emitter.out.append(&lifted);
        if self.kind == FileKind::Layout {
            if reads_meta {
                emitter.out.text("export const readsMeta = true;\n");
            }
            if !emitter.writes.is_empty() {
                emitter.out.text("export const writes = [");
                for (at, key) in emitter.writes.iter().enumerate() {
                    emitter.out.text(if at > 0 { ", " } else { "" });
                    emitter.out.string(key);
                }
                emitter.out.text("];\n");
            }
        }
        let is_async =
            file.block.awaits.is_some() || self.kind == FileKind::Component && self.template_awaits();
        let asynchronous = if is_async { "async " } else { "" };
        emitter.out.text(&format!(
            "export default {asynchronous}function {prefix}render({prefix}props, {prefix}slots"
        ));
        if let Some(context) = context {
            emitter.out.text(&format!(", {prefix} = {context}()"));
        }
        emitter.out.text(") {\n");
        if self.is_ambient("props") {
            emitter.out.text(&format!("const props = {prefix}props;\n"));
        }
        if !request.is_empty() {
            emitter.out.text(&format!("const {{ {} }} = {prefix};\n", request.join(", ")));
        }
        if reads_meta {
            emitter.out.text(&format!("const meta = {prefix}.meta;\n"));
        }
        emitter.out.append(&body);
        emitter.out.text("}\n");
        if let Some(mark) = mark {
            emitter.out.text(&format!("{mark}({prefix}render);\n"));
        }
        let (code, mappings) = emitter.out.finish();
        Emitted { code, mappings, extracted: emitter.extracted }
    }
}

/// Whether a template brings styles that match its own elements only.
pub(crate) fn has_scoped_style(region: Region<'_>) -> bool {
    region.tree.nodes.iter().any(|node| match &node.kind {
        NodeKind::Element(element) => {
            super::components::extracted_kind(region, element) == Some(ExtractedKind::ScopedStyle)
        }
        _ => false,
    })
}

/// The elements directly in a module's code.
pub(crate) fn root_elements(tree: Option<&Tree>) -> &[NodeId] {
    match tree.and_then(|tree| Some(&tree.node(*tree.roots.first()?).kind)) {
        Some(NodeKind::Hole(code)) => &code.elements,
        _ => &[],
    }
}
