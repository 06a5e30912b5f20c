//! Emits a `.velox` file: one module whose default export renders it to a string.
//!
//! A page, a layout and a component have one shape: `(props, slots, context) => string | Promise<string>`, a promise only where
//! the source awaits. ARCHITECTURE.md describes the emitted module. Whether the file is right is not asked here.

use super::code::{CodeEmitter, Region, Snippet};
use super::concat::Concat;
use super::imports::{ImportTarget, edits_with_specifiers, import};
use super::module::{joins, line_end};
use super::names::{Helper, Names};
use super::template::{ComponentKind, Emitter, Extracted, ExtractedKind};
use super::writer::{Writer, edits_in};
use crate::ambient::{LIFTED_EXPORTS, SERVER_NAMES};
use crate::lift::lifted_items;
use crate::unit::VeloxFile;
use rustc_hash::{FxHashMap, FxHashSet};
use velox_diagnostics::Span;
use velox_script::{CodeEdit, Item, ItemKind, ModuleFacts};
use velox_syntax::{ElementKind, NodeId, NodeKind, Tree};

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
    let template = Region { source: file.template_source(), tree: file.template, holes: &file.facts.holes };
    let scope = has_scoped_style(template).then_some(scope);
    let edits = edits_with_specifiers(file.block, target);
    let mut page =
        Page { file, edits: &edits, kind, target, used: used_names(file), lifted: lifted_items(file.block) };
    let mut emitter = Emitter {
        out: Writer::with_capacity(file.text.len() * 2),
        names: Names::for_text(file.text),
        scope,
        components: page.component_kinds(),
        extracted: Vec::new(),
        extract: true,
        writes: Vec::new(),
        needs_context: false,
        needs_slots: false,
        in_head: false,
        keep_white_space: false,
        fills_layout: kind == FileKind::Page,
    };
    page.body(&mut emitter, template);
    page.assemble(emitter)
}

struct Page<'a, 'f> {
    file: &'f VeloxFile<'a>,
    /// The block's edits, specifiers of `import()` included.
    edits: &'a [CodeEdit],
    kind: FileKind,
    target: &'f dyn Fn(&str) -> ImportTarget,
    /// Names that block and template use as values.
    used: FxHashSet<&'a str>,
    lifted: Vec<bool>,
}

impl<'a> Page<'a, '_> {
    fn component_kinds(&self) -> FxHashMap<&'a str, ComponentKind> {
        let mut kinds = FxHashMap::default();
        for import in &self.file.block.imports {
            for name in &import.names {
                let kind = match (&*import.specifier, &*name.imported) {
                    ("velox", "Suspense") => ComponentKind::Suspense,
                    ("velox", "Head") => ComponentKind::Head,
                    (_, "default") if (self.target)(&import.specifier).is_velox => ComponentKind::Velox,
                    _ => continue,
                };
                kinds.insert(&*name.local, kind);
            }
        }
        kinds
    }

    /// Whether a name is neither declared nor imported by the file, and used.
    fn is_ambient(&self, name: &str) -> bool {
        self.used.contains(name) && !self.file.declares(name)
    }

    /// Writes the statements of the render function: the block, then `return` with the template.
    fn body(&mut self, emitter: &mut Emitter<'a>, template: Region<'a>) {
        let mut meta_at_end = false;
        if let Some(block) = self.file.block_region() {
            meta_at_end = self.block(emitter, block);
        }
        if meta_at_end {
            self.set_meta(emitter);
        }
        emitter.out.text("return ");
        let mut concat = Concat::default();
        emitter.nodes(template, &template.tree.roots, &mut concat);
        concat.finish(&mut emitter.out);
        emitter.out.text(";\n");
    }

    fn set_meta(&self, emitter: &mut Emitter<'a>) {
        emitter.needs_context = true;
        emitter.out.text(&format!("{}.setMeta(meta);\n", emitter.names.context()));
    }

    /// Copies the block without imports, lifted declarations and the word `export`. Gives whether `meta` is still to be set.
    fn block(&self, emitter: &mut Emitter<'a>, region: Region<'a>) -> bool {
        let facts = self.file.block;
        let snippet = Snippet { edits: self.edits, elements: self.file.block_elements() };
        let mut cuts: Vec<Cut<'a>> =
            facts.imports.iter().map(|import| Cut { span: import.span, kind: CutKind::Remove }).collect();
        let mut meta_at_end = false;
        let mut at = 0;
        while at < facts.items.len() {
            let item = &facts.items[at];
            let count =
                facts.items[at..].iter().take_while(|other| other.statement == item.statement).count();
            let group = &facts.items[at..at + count];
            let lifted = &self.lifted[at..at + count];
            at += count;
            if item.kind == ItemKind::Export || lifted.iter().all(|lifted| *lifted) {
                cuts.push(Cut { span: item.statement, kind: CutKind::Remove });
                continue;
            }
            if lifted.iter().any(|lifted| *lifted) {
                let rest =
                    group.iter().zip(lifted).filter(|(_, lifted)| !**lifted).map(|(item, _)| item).collect();
                cuts.push(Cut { span: item.statement, kind: CutKind::Declarators(rest) });
            } else if let Some(edit) = replaced(snippet.edits, item) {
                cuts.push(Cut { span: item.statement, kind: CutKind::Printed(edit) });
            } else if item.exported {
                cuts.push(Cut {
                    span: Span::new(item.statement.start, item.span.start),
                    kind: CutKind::Drop,
                });
            }
            if item.exported && group.iter().any(|item| item.declares.iter().any(|(name, _)| name == "meta"))
            {
                let function =
                    facts.exports.iter().any(|export| export.name == "meta" && export.function.is_some());
                if function {
                    meta_at_end = true;
                } else {
                    cuts.push(Cut { span: Span::at(item.statement.end), kind: CutKind::SetMeta });
                }
            }
        }
        cuts.sort_by_key(|cut| (cut.span.start, cut.span.end));
        let mut at = 0;
        for cut in cuts {
            if cut.span.start < at {
                continue;
            }
            emitter.code(region, snippet, Span::new(at, cut.span.start), &[]);
            at = cut.span.end;
            match cut.kind {
                CutKind::Drop => {}
                CutKind::Printed(edit) => printed(emitter, region, edit),
                CutKind::Remove => {
                    if joins(&region.source.text[at as usize..]) {
                        emitter.out.text(";");
                    } else if emitter.out.len() == 0 || emitter.out.ends_with("\n") {
                        // The line is gone whole, with its end.
                        at += line_end(&region.source.text[at as usize..]);
                    }
                }
                CutKind::Declarators(items) => declarators(emitter, region, snippet, &items),
                CutKind::SetMeta => {
                    emitter.needs_context = true;
                    let end = if emitter.out.ends_with(";") { "" } else { ";" };
                    emitter.out.text(&format!("{end} {}.setMeta(meta);", emitter.names.context()));
                }
            }
        }
        emitter.code(region, snippet, Span::new(at, region.source.text.len() as u32), &[]);
        if !emitter.out.ends_with("\n") {
            emitter.out.text("\n");
        }
        meta_at_end
    }

    /// Puts the module together: imports, lifted declarations, the render function around what was written.
    fn assemble(&mut self, mut emitter: Emitter<'a>) -> Emitted {
        let file = self.file;
        let body = std::mem::take(&mut emitter.out);
        emitter.out = Writer::with_capacity(body.len() + 1024);
        let mut lifted = Writer::default();
        if let Some(block) = file.block_region() {
            std::mem::swap(&mut emitter.out, &mut lifted);
            self.lifted(&mut emitter, block);
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
            emitter.out.text(&format!("import {{ {} }} from ", server.join(", ")));
            emitter.out.string(&(self.target)("velox/server").specifier);
            emitter.out.text(";\n");
        }
        if let Some(clause) = emitter.names.import_clause() {
            emitter.out.text(&format!("import {{ {clause} }} from "));
            emitter.out.string(&(self.target)("velox/internal").specifier);
            emitter.out.text(";\n");
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
        let is_async = file.block.awaits.is_some() || file.facts.holes.iter().any(|facts| facts.awaits);
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

    /// Writes the lifted declarations (language.md S4, S9).
    fn lifted(&self, emitter: &mut Emitter<'a>, region: Region<'a>) {
        let facts = self.file.block;
        let snippet = Snippet { edits: self.edits, elements: self.file.block_elements() };
        for (item, _) in facts.items.iter().zip(&self.lifted).filter(|(_, lifted)| **lifted) {
            let special = item.declares.iter().any(|(name, _)| LIFTED_EXPORTS.contains(&&**name));
            if item.exported && special {
                emitter.out.mapped(region.source.base + item.statement.start, "export ");
            }
            match (&item.declarator, replaced(snippet.edits, item)) {
                (_, Some(edit)) => printed(emitter, region, edit),
                (Some(_), None) => declarators(emitter, region, snippet, &[item]),
                (None, None) => emitter.code(region, snippet, item.span, &[]),
            }
            emitter.out.text("\n");
        }
    }
}

struct Cut<'a> {
    span: Span,
    kind: CutKind<'a>,
}

enum CutKind<'a> {
    /// Leaves the text out (the word `export`).
    Drop,
    /// Writes what stands for an exported statement that is replaced as a whole.
    Printed(&'a CodeEdit),
    /// Leaves a statement out.
    Remove,
    /// Leaves some declarators of a statement.
    Declarators(Vec<&'a Item>),
    /// After the statement, hands `meta` to the runtime.
    SetMeta,
}

/// The edit that stands for an exported statement as a whole, `export` included: a printed enum, or nothing for a type.
fn replaced<'a>(edits: &'a [CodeEdit], item: &Item) -> Option<&'a CodeEdit> {
    let head = Span::new(item.statement.start, item.span.start);
    edits_in(edits, head).first().filter(|edit| edit.span.end >= item.span.end)
}

/// Writes a printed statement without the word `export`: the block is a function's body.
fn printed<'a>(emitter: &mut Emitter<'a>, region: Region<'a>, edit: &CodeEdit) {
    let text = edit.text.strip_prefix("export ").unwrap_or(&edit.text);
    let dropped = (edit.text.len() - text.len()) as u32;
    let map =
        edit.map.iter().filter(|(at, _)| *at >= dropped).map(|(at, from)| (at - dropped, *from)).collect();
    emitter.out.edit(region.source, &CodeEdit { span: edit.span, text: text.to_owned(), map });
}

/// Writes some declarators of one statement.
fn declarators<'a>(emitter: &mut Emitter<'a>, region: Region<'a>, snippet: Snippet<'a>, items: &[&Item]) {
    for (at, item) in items.iter().enumerate() {
        let Some(declarator) = &item.declarator else { continue };
        if at == 0 {
            emitter.out.mapped(region.source.base + item.span.start, &declarator.keyword);
            emitter.out.text(" ");
        } else {
            emitter.out.text(", ");
        }
        emitter.code(region, snippet, declarator.span, &[]);
    }
    emitter.out.text(";");
}

/// Names that a file uses as values, in block, holes and component tags.
fn used_names<'a>(file: &VeloxFile<'a>) -> FxHashSet<&'a str> {
    let mut used = used_in_module(file.block);
    used.extend(file.facts.holes.iter().flat_map(|facts| &facts.uses).map(|name| &*name.name));
    let template = file.template_source().text;
    component_names(file.template, template, &mut used);
    if let Some(tree) = file.block_tree {
        component_names(tree, file.block_source().text, &mut used);
    }
    for import in file.block.imports.iter().filter(|import| import.specifier == "velox") {
        for name in import.names.iter().filter(|name| matches!(&*name.imported, "Suspense" | "Head")) {
            // Compiled away, unless the name is also used as a value.
            let as_value = file
                .facts
                .holes
                .iter()
                .flat_map(|facts| &facts.uses)
                .any(|used| used.name == name.local)
                || file.block.items.iter().flat_map(|item| &item.uses).any(|used| used.name == name.local);
            if !as_value {
                used.remove(&*name.local);
            }
        }
    }
    used
}

/// Names that a module uses as values, the holes of its elements included.
pub(crate) fn used_in_module(facts: &ModuleFacts) -> FxHashSet<&str> {
    let mut used: FxHashSet<&str> =
        facts.items.iter().flat_map(|item| &item.uses).map(|used| &*used.name).collect();
    used.extend(facts.holes.iter().flat_map(|facts| &facts.uses).map(|used| &*used.name));
    used.extend(
        facts
            .exports
            .iter()
            .filter(|export| export.from.is_none())
            .filter_map(|export| export.local.as_deref()),
    );
    used
}

/// The first names of component tags: `ui` of `<ui.Card>`.
pub(crate) fn component_names<'a>(tree: &Tree, text: &'a str, names: &mut FxHashSet<&'a str>) {
    for node in &tree.nodes {
        if let NodeKind::Element(element) = &node.kind
            && element.kind == ElementKind::Component
        {
            let name = element.name.text(text);
            names.insert(name.split('.').next().unwrap_or(name));
        }
    }
}

fn has_scoped_style(region: Region<'_>) -> bool {
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
