//! What a single `.velox` file says of itself: its exports with a meaning, what it awaits, uses and fills.
//!
//! Looks at one file alone. What depends on the file's place in the project is in `route.rs`.

use super::config::read_config;
use super::exports::{check_exports, read_layout, read_meta, read_slots};
use super::markup::local_name;
use super::mode::{Mode, ModeFacts, RequestUse, Revalidate};
use super::paths::check_paths;
use crate::ambient::{REQUEST_HOOKS, gives_request};
use crate::emit::FileKind;
use crate::holes::facts_of;
use crate::unit::VeloxFile;
use rustc_hash::FxHashSet;
use std::cell::OnceCell;
use velox_diagnostics::{Diagnostic, Span};
use velox_script::{NameUse, Shape};
use velox_syntax::{AttributeValue, Element, ElementKind, NodeId, NodeKind};

/// Which layout is outermost (language.md L1, S10).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum LayoutChoice {
    /// `layouts/default.velox`, if there is one.
    #[default]
    Default,
    /// `export const layout = false`.
    None,
    /// A file of `layouts/`, by its name without the ending.
    Named(String),
}

/// How a page with boundaries leaves, where not as they come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamOrder {
    /// In the order of the document.
    Ordered,
    /// Whole.
    Off,
}

impl StreamOrder {
    /// As it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
            Self::Off => "off",
        }
    }
}

/// What one file says of itself; spans are file offsets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// `config.render`.
    pub render: Option<(Mode, Span)>,
    /// Whether the mode is written in `config` itself, so that it can be edited there.
    pub render_is_literal: bool,
    /// Where the server block's code ends; nothing where there is none.
    pub block_end: Option<u32>,
    /// `config.revalidate`.
    pub revalidate: Option<(Revalidate, Span)>,
    /// Whether `config` sets a mode that cannot be told: nothing is then said of what depends on the mode.
    pub mode_unclear: bool,
    /// Whether `config` sets a `revalidate` that cannot be told.
    pub revalidate_unclear: bool,
    /// `config.fallback` is `'404'`: pages that the build has not made do not exist.
    pub fallback_missing: bool,
    /// `config.stream`; nothing where boundaries leave as they come.
    pub stream: Option<StreamOrder>,
    /// `config.edge`.
    pub edge: bool,
    /// The name `config` of its export.
    pub config: Option<Span>,
    /// `layout`.
    pub layout: LayoutChoice,
    /// Where `layout` is written.
    pub layout_span: Span,
    /// Slots that the file declares, by `slots` or by `<slot name>`.
    pub slots: Vec<String>,
    /// The name `paths` of its export.
    pub paths: Option<Span>,
    /// Keys that items of `paths` are seen to have; nothing where they cannot be seen.
    pub path_items: Vec<super::paths::PathItem>,
    /// The first `await` that is not in a function.
    pub awaits: Option<Span>,
    /// Uses of names that need the request, in order.
    pub request: Vec<(String, Span)>,
    /// `<velox:slot name>` outside of components: slots of the layout that the file fills.
    pub fills: Vec<(String, Span)>,
    /// `<velox:slot name>` directly in a component: the component's tag name, the slot, its place.
    pub component_fills: Vec<(String, String, Span)>,
    /// What is wrong in the file, whatever surrounds it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Page {
    /// What decides on a mode, without positions.
    #[must_use]
    pub fn mode_facts(&self) -> ModeFacts {
        ModeFacts {
            render: self.render.map(|(mode, _)| mode),
            awaits: self.awaits.is_some(),
            request: self.request.first().map(|(name, _)| RequestUse { name: name.clone(), through: None }),
            paths: self.paths.is_some(),
        }
    }
}

/// Reads a file.
#[must_use]
pub fn analyze_page(file: &VeloxFile<'_>, kind: FileKind) -> Page {
    let mut page = Page::default();
    let base = file.block_source().base;
    let template = file.template_source();
    page.block_end = block_end(file);
    check_exports(file, &mut page);
    read_config(file, &mut page);
    read_layout(file, &mut page);
    read_slots(file, kind, &mut page);
    read_meta(file, &mut page);
    check_paths(file, &mut page);

    page.awaits = file.block.awaits.map(|span| span.shift(base)).or_else(|| {
        let hole = file.facts.holes.iter().find(|hole| hole.awaits)?;
        Some(hole.span.shift(template.base))
    });
    let in_block = file.block.items.iter().flat_map(|item| &item.uses);
    let in_block = in_block.chain(file.block.holes.iter().flat_map(|hole| &hole.uses));
    let in_template = file.facts.holes.iter().flat_map(|hole| &hole.uses);
    let uses = in_block.map(|used| (used, base)).chain(in_template.map(|used| (used, template.base)));
    page.request = request_uses(file, uses);
    page.request.sort_by_key(|(_, span)| span.start);
    slots_in_template(file, &mut page);
    page
}

/// Reads a `.tsx` page: its module stands in the place of a server block, and its default export is the page.
#[must_use]
pub fn analyze_tsx_page(file: &VeloxFile<'_>) -> Page {
    let mut page = Page { block_end: block_end(file), ..Page::default() };
    read_config(file, &mut page);
    read_layout(file, &mut page);
    read_meta(file, &mut page);
    check_paths(file, &mut page);
    page.awaits = file.block.awaits;
    let uses = file.block.items.iter().flat_map(|item| &item.uses);
    let uses = uses.chain(file.block.holes.iter().flat_map(|hole| &hole.uses));
    page.request = request_uses(file, uses.map(|used| (used, 0)));
    page.request.sort_by_key(|(_, span)| span.start);
    page
}

/// Where a statement can be added to the server block.
fn block_end(file: &VeloxFile<'_>) -> Option<u32> {
    let source = file.block_source();
    file.regions.server.map(|_| source.base + source.text.trim_end().len() as u32)
}

/// The uses that need the request, with what their spans count from. Few names may be such: those that give it without an import, and
/// those that `velox/server` is imported under.
fn request_uses<'a>(
    file: &VeloxFile<'_>,
    uses: impl Iterator<Item = (&'a NameUse, u32)>,
) -> Vec<(String, Span)> {
    let server = file.block.imports.iter().filter(|import| import.specifier == "velox/server");
    let imported: FxHashSet<&str> =
        server.flat_map(|import| &import.names).map(|name| &*name.local).collect();
    uses.filter(|(used, _)| gives_request(&used.name) || imported.contains(&*used.name))
        .filter_map(|(used, base)| Some((request_name(file, used)?, used.span.shift(base))))
        .collect()
}

/// How a use that needs the request is written: `request`, `response`, or a hook, imported (`useCookies`, `server.useCookies`) or
/// ambient.
fn request_name(file: &VeloxFile<'_>, used: &NameUse) -> Option<String> {
    let imported =
        file.block.imports.iter().flat_map(|import| import.names.iter().map(move |name| (import, name)));
    for (import, name) in imported {
        if name.local != used.name {
            continue;
        }
        let member = used.members.first().map(|(member, _)| &**member).filter(|_| name.imported == "*");
        let is_hook = REQUEST_HOOKS.contains(&member.unwrap_or(&name.imported));
        return (import.specifier == "velox/server" && is_hook).then(|| match member {
            Some(member) => format!("{}.{member}", used.name),
            None => used.name.clone(),
        });
    }
    (gives_request(&used.name) && !file.declares(&used.name)).then(|| used.name.clone())
}

fn slots_in_template(file: &VeloxFile<'_>, page: &mut Page) {
    let source = file.template_source();
    let tree = file.template;
    let name_of = |element: &Element| -> (String, Span) {
        let named = element.attributes.iter().find(|attribute| attribute.name.text(source.text) == "name");
        match named.map(|attribute| &attribute.value) {
            Some(AttributeValue::Text(text)) => (text.text(source.text).to_owned(), text.shift(source.base)),
            Some(AttributeValue::Expr(code) | AttributeValue::Template(code)) => {
                match facts_of(&file.facts.holes, code).map(|facts| &facts.shape) {
                    Some(Shape::Constant { value, span }) => (value.clone(), span.shift(source.base)),
                    _ => ("default".to_owned(), element.name.shift(source.base)),
                }
            }
            _ => ("default".to_owned(), element.name.shift(source.base)),
        }
    };
    let receivers = OnceCell::new();
    for id in &tree.index.slots {
        let NodeKind::Element(element) = &tree.node(*id).kind else { continue };
        let (name, span) = name_of(element);
        if element.name.text(source.text) == "slot" {
            if !page.slots.contains(&name) {
                page.slots.push(name);
            }
        } else if !tree.problems.is_empty() {
            // A name that lost its quote, or an element that lost its end: what is filled is not certain.
        } else {
            match receivers.get_or_init(|| receivers_of(file))[id.0 as usize] {
                Receiver::Component(component) => {
                    page.component_fills.push((component.to_owned(), name, span));
                }
                Receiver::Layout => page.fills.push((name, span)),
                // It is reported as such.
                Receiver::Nobody => {}
            }
        }
    }
}

/// What a `<velox:slot>` at a place fills a slot of.
#[derive(Clone, Copy)]
enum Receiver<'a> {
    /// The layout.
    Layout,
    /// The component that it stands in directly.
    Component(&'a str),
    /// Nothing, since it stands deeper in a component, or in a boundary or a slot.
    Nobody,
}

/// What a `<velox:slot>` would fill in the place of each node of the template.
fn receivers_of<'a>(file: &VeloxFile<'a>) -> Vec<Receiver<'a>> {
    let tree = file.template;
    let text = file.template_source().text;
    let (suspense, head) = (local_name(file.block, "Suspense"), local_name(file.block, "Head"));
    let mut receivers = vec![Receiver::Layout; tree.nodes.len()];
    let mut work: Vec<(NodeId, Receiver<'a>)> =
        tree.roots.iter().map(|root| (*root, Receiver::Layout)).collect();
    while let Some((id, receiver)) = work.pop() {
        receivers[id.0 as usize] = receiver;
        let nested = match receiver {
            Receiver::Component(_) => Receiver::Nobody,
            other => other,
        };
        match &tree.node(id).kind {
            NodeKind::Hole(code) => work.extend(code.elements.iter().map(|id| (*id, nested))),
            NodeKind::Element(element) => {
                let name = element.name.text(text);
                let inside = match element.kind {
                    ElementKind::Slot if name == "slot" => Receiver::Nobody,
                    ElementKind::Component if suspense == Some(name) => Receiver::Nobody,
                    ElementKind::Component if head == Some(name) => nested,
                    ElementKind::Component => Receiver::Component(name),
                    _ => nested,
                };
                work.extend(element.children.iter().map(|id| (*id, inside)));
                let codes = element.attributes.iter().filter_map(|attribute| attribute.value.code());
                work.extend(codes.flat_map(|code| &code.elements).map(|id| (*id, nested)));
            }
            _ => {}
        }
    }
    receivers
}
