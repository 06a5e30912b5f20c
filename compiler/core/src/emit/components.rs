//! Components, slots, `<Suspense>` and `<Head>`: how emitted code calls them (language.md T6, T7, T10, T12).

use super::code::{CodeEmitter, Region, collapse};
use super::concat::Concat;
use super::html;
use super::imports::ImportTarget;
use super::names::Helper;
use super::template::{ComponentKind, Emitter, Extracted, ExtractedKind};
use crate::holes::facts_of;
use rustc_hash::FxHashMap;
use velox_script::{Import, Shape};
use velox_syntax::{Attribute, AttributeValue, Element, ElementKind, NodeId, NodeKind};

impl<'a> Emitter<'a> {
    /// Writes the call of a component.
    pub(crate) fn component(&mut self, region: Region<'a>, element: &'a Element, concat: &mut Concat) {
        let name = region.text(element.name);
        match self.components.get(name) {
            Some(ComponentKind::Suspense) => return self.suspense(region, element, concat),
            Some(ComponentKind::Head) => return self.head(region, element, concat),
            Some(ComponentKind::Velox | ComponentKind::Package) | None => {}
        }
        let velox = self.components.get(name) == Some(&ComponentKind::Velox);
        if !velox && self.island(region, element, concat) {
            return;
        }
        let helper = self.names.helper(if velox { Helper::Rendered } else { Helper::Dynamic });
        concat.piece(&mut self.out);
        self.out.text(&helper);
        self.out.text("(");
        self.component_name(region, element);
        // A call in place, not by the helper: so that engines see which component it is, and can make one function of both.
        self.out.text(if velox { "(" } else { ", " });
        if velox {
            let first = self.properties(region, element);
            self.out.text(if first { "}" } else { " }" });
        } else {
            self.component_properties(region, element);
        }
        let (named, children) = split_slots(region, &element.children);
        let default = velox && has_content(region, &children);
        if default || !named.is_empty() {
            self.out.text(", {");
            let mut first = true;
            if default {
                self.slot_thunk(region, "default", &children, &mut first);
            }
            for element in named {
                let name = static_attribute(region, element, "name").unwrap_or("default");
                self.slot_thunk(region, name, &element.children, &mut first);
            }
            self.out.text(" }");
        }
        self.out.text(if velox { "))" } else { ")" });
    }

    /// Writes the name of a component as what is called.
    pub(crate) fn component_name(&mut self, region: Region<'a>, element: &'a Element) {
        let name = region.text(element.name);
        let first = name.split('.').next().unwrap_or(name);
        let package = self.components.get(first) == Some(&ComponentKind::Package);
        if package {
            let vnode = self.names.helper(Helper::Vnode);
            self.out.text(&vnode);
            self.out.text("(");
        }
        self.out.copy(region.source, element.name);
        self.out.text(if package { ")" } else { "" });
    }

    /// Writes `{` and the attributes of a component. Gives whether there is none.
    fn properties(&mut self, region: Region<'a>, element: &'a Element) -> bool {
        self.out.text("{");
        let mut first = true;
        for attribute in &element.attributes {
            let name = region.text(attribute.name);
            if html::is_own_attribute(name) {
                continue;
            }
            self.out.text(if std::mem::take(&mut first) { " " } else { ", " });
            self.property(region, attribute, name);
        }
        first
    }

    /// The props of a `.tsx` component as an object literal, its children among them.
    pub(crate) fn component_properties(&mut self, region: Region<'a>, element: &'a Element) {
        let mut first = self.properties(region, element);
        let (_, children) = split_slots(region, &element.children);
        if has_content(region, &children) {
            self.out.text(if std::mem::take(&mut first) { " " } else { ", " });
            self.out.text("\"children\": ");
            self.children_value(region, &children);
        }
        self.out.text(if first { "}" } else { " }" });
    }

    /// `"name": () => html`, asynchronous where something in it awaits.
    fn slot_thunk(&mut self, region: Region<'a>, name: &str, children: &[NodeId], first: &mut bool) {
        self.out.text(if std::mem::take(first) { " " } else { ", " });
        self.out.string(name);
        self.out.text(": ");
        self.thunk(region, children);
    }

    fn thunk(&mut self, region: Region<'a>, children: &[NodeId]) {
        let fills = std::mem::take(&mut self.fills_layout);
        self.out.text(if awaits(region, children) { "async () => " } else { "() => " });
        let mut inner = Concat::default();
        self.nodes(region, children, &mut inner);
        inner.finish(&mut self.out);
        self.fills_layout = fills;
    }

    /// The `children` of a `.tsx` component: a lone expression as its value, anything else as HTML.
    fn children_value(&mut self, region: Region<'a>, children: &[NodeId]) {
        let mut content = children.iter().filter(|id| is_content(region, **id));
        if let (Some(only), None) = (content.next(), content.next())
            && let NodeKind::Hole(code) = &region.tree.node(*only).kind
        {
            return self.value(region, code);
        }
        // What has holes is rendered where it is printed, inside of the component: so a provider's context reaches it.
        let constant = children.iter().all(|id| {
            matches!(region.tree.node(*id).kind, NodeKind::Text | NodeKind::Comment(_) | NodeKind::RawText)
        });
        let late = !constant && !awaits(region, children);
        let helper = self.names.helper(if late { Helper::Children } else { Helper::Html });
        self.out.text(&helper);
        self.out.text(if late { "(() => " } else { "(" });
        let fills = std::mem::take(&mut self.fills_layout);
        let mut inner = Concat::default();
        self.nodes(region, children, &mut inner);
        inner.finish(&mut self.out);
        self.fills_layout = fills;
        self.out.text(")");
    }

    /// `<slot>` in a layout or component, `<velox:slot>` in a page.
    pub(crate) fn slot(&mut self, region: Region<'a>, element: &'a Element, concat: &mut Concat) {
        let name = static_attribute(region, element, "name").unwrap_or("default");
        if region.text(element.name) == "velox:slot" {
            if self.fills_layout {
                self.needs_context = true;
                concat.piece(&mut self.out);
                self.out.text("(");
                self.out.text(&self.names.name(""));
                self.out.text(".fill(");
                self.out.string(name);
                self.out.text(", ");
                self.thunk(region, &element.children);
                self.out.text("), \"\")");
            }
            return;
        }
        self.needs_slots = true;
        let slot = self.names.helper(Helper::Slot);
        concat.piece(&mut self.out);
        self.out.text(&slot);
        self.out.text("(");
        self.out.text(&self.names.name("slots"));
        self.out.text(", ");
        self.out.string(name);
        let fallback = has_content(region, &element.children);
        if fallback {
            self.out.text(", ");
            self.thunk(region, &element.children);
        }
        if self.place == Some("text") {
            self.out.text(if fallback { ", true" } else { ", undefined, true" });
        }
        self.out.text(")");
    }

    fn suspense(&mut self, region: Region<'a>, element: &'a Element, concat: &mut Concat) {
        let suspense = self.names.helper(Helper::Suspense);
        concat.piece(&mut self.out);
        self.out.text(&suspense);
        self.out.text("({");
        let mut first = true;
        for attribute in &element.attributes {
            let name = region.text(attribute.name);
            if !matches!(name, "fallback" | "error") {
                continue;
            }
            self.out.text(if std::mem::take(&mut first) { " " } else { ", " });
            self.out.string(name);
            self.out.text(": ");
            self.boundary_content(region, attribute);
        }
        if let Some(place) = self.place {
            self.out.text(if std::mem::take(&mut first) { " " } else { ", " });
            // In the head nothing is shown: what a boundary there waits for is waited for.
            let place = if place == "head" { "text" } else { place };
            self.out.text(&format!("\"place\": \"{place}\""));
        }
        self.out.text(if first { "}, " } else { " }, " });
        self.thunk(region, &element.children);
        self.out.text(")");
    }

    /// `fallback={...}` or `error={...}` as a function that gives a string.
    fn boundary_content(&mut self, region: Region<'a>, attribute: &'a Attribute) {
        let Some((snippet, facts)) = attribute.value.code().and_then(|code| region.snippet(code)) else {
            let text = match &attribute.value {
                AttributeValue::Text(text) => region.text(*text),
                _ => "",
            };
            self.out.text("() => ");
            self.out.string(text);
            return;
        };
        if let Shape::Function(span) = facts.shape {
            let (text, error) = (self.names.helper(Helper::Text), self.names.name("error"));
            self.out.text(&format!("({error}) => {text}(("));
            self.code(region, snippet, span, &[]);
            self.out.text(&format!(")({error}))"));
        } else {
            self.out.text("() => ");
            self.sub_rendered(region, snippet, &facts.shape);
        }
    }

    /// `<Head>`: each child on its own, so that a later one can replace an earlier one of the same key (language.md T10).
    fn head(&mut self, region: Region<'a>, element: &'a Element, concat: &mut Concat) {
        let head = self.names.helper(Helper::Head);
        concat.piece(&mut self.out);
        self.out.text(&head);
        self.out.text("([");
        let place = self.place.replace("text");
        let mut first = true;
        for child in &element.children {
            if !is_content(region, *child) {
                continue;
            }
            self.out.text(if std::mem::take(&mut first) { " " } else { ", " });
            self.out.text("{ key: ");
            let key = match &region.tree.node(*child).kind {
                NodeKind::Element(element) => head_key(region, element),
                _ => None,
            };
            match key {
                Some(key) => self.out.string(&key),
                None => self.out.text("null"),
            }
            self.out.text(", html: ");
            let mut inner = Concat::default();
            self.nodes(region, &[*child], &mut inner);
            inner.finish(&mut self.out);
            self.out.text(" }");
        }
        self.place = place;
        self.out.text(if first { "])" } else { " ])" });
    }

    /// Remembers a tag that this file itself writes into `<head>` (language.md S7).
    pub(crate) fn note_head_tag(&mut self, region: Region<'a>, element: &'a Element) {
        if let Some(key) = head_key(region, element)
            && !self.writes.contains(&key)
        {
            self.writes.push(key);
        }
    }
}

/// `<velox:slot name>` children apart from the others.
pub(crate) fn split_slots<'a>(region: Region<'a>, children: &[NodeId]) -> (Vec<&'a Element>, Vec<NodeId>) {
    let mut named = Vec::new();
    let mut rest = Vec::new();
    for id in children {
        match &region.tree.node(*id).kind {
            NodeKind::Element(element)
                if element.kind == ElementKind::Slot && region.text(element.name) == "velox:slot" =>
            {
                named.push(element);
            }
            _ => rest.push(*id),
        }
    }
    (named, rest)
}

/// Whether something among these nodes is rendered.
pub(crate) fn has_content(region: Region<'_>, children: &[NodeId]) -> bool {
    children.iter().any(|id| is_content(region, *id))
}

/// Whether a node may render something.
pub(crate) fn is_content(region: Region<'_>, id: NodeId) -> bool {
    let node = region.tree.node(id);
    match &node.kind {
        NodeKind::Text => !collapse(region.text(node.span)).is_empty(),
        NodeKind::Hole(code) => !code.empty,
        NodeKind::Comment(_) => false,
        _ => true,
    }
}

/// What imported names stand for when they are used as components.
pub(crate) fn component_kinds<'a>(
    imports: &'a [Import],
    target: &dyn Fn(&str) -> ImportTarget,
) -> FxHashMap<&'a str, ComponentKind> {
    let mut kinds = FxHashMap::default();
    for import in imports {
        for name in &import.names {
            let kind = match (&*import.specifier, &*name.imported) {
                ("velox", "Suspense") => ComponentKind::Suspense,
                ("velox", "Head") => ComponentKind::Head,
                (_, "default") if target(&import.specifier).is_velox => ComponentKind::Velox,
                _ if target(&import.specifier).is_package => ComponentKind::Package,
                _ => continue,
            };
            kinds.insert(&*name.local, kind);
        }
    }
    kinds
}

/// Takes a `<style>` or `<script>` out of the page where language.md T11 says so.
pub(crate) fn take_out(region: Region<'_>, element: &Element, extracted: &mut Vec<Extracted>) -> bool {
    let kind = match extracted_kind(region, element) {
        Some(kind) => kind,
        None => return false,
    };
    let span = match element.children.first() {
        Some(child) => region.tree.node(*child).span,
        None => return true,
    };
    extracted.push(Extracted { span: span.shift(region.source.base), kind });
    true
}

/// What becomes of a `<style>` or `<script>` (language.md T11); nothing where it stays in the page.
pub(crate) fn extracted_kind(region: Region<'_>, element: &Element) -> Option<ExtractedKind> {
    let attribute = match &*element.attributes {
        [] => None,
        [attribute] => Some(attribute),
        [_, _, ..] => return None,
    };
    match (region.text(element.name), attribute) {
        ("style", None) => Some(ExtractedKind::ScopedStyle),
        ("style", Some(attribute)) if region.text(attribute.name) == "is:global" => {
            Some(ExtractedKind::GlobalStyle)
        }
        ("script", None) => Some(ExtractedKind::Script),
        _ => None,
    }
}

/// The value of an attribute that is plain text.
pub(crate) fn static_attribute<'a>(region: Region<'a>, element: &Element, name: &str) -> Option<&'a str> {
    element.attributes.iter().find(|attribute| region.text(attribute.name) == name).and_then(|attribute| {
        match &attribute.value {
            AttributeValue::Text(text) => Some(region.text(*text)),
            value => match &facts_of(region.holes, value.code()?)?.shape {
                Shape::Constant { span, .. } => Some(region.text(*span).trim_matches(['"', '\'', '`'])),
                _ => None,
            },
        }
    })
}

/// The key under which tags of `<head>` replace one another: `title`, `meta:name:x`, `meta:property:x`, `link:canonical`.
fn head_key(region: Region<'_>, element: &Element) -> Option<String> {
    match region.text(element.name) {
        "title" => Some("title".to_owned()),
        "meta" => ["name", "property"]
            .iter()
            .find_map(|kind| Some(format!("meta:{kind}:{}", static_attribute(region, element, kind)?)))
            .or_else(|| {
                let charset =
                    element.attributes.iter().any(|a| region.text(a.name).eq_ignore_ascii_case("charset"));
                charset.then(|| "meta:charset".to_owned())
            }),
        "link" if static_attribute(region, element, "rel") == Some("canonical") => {
            Some("link:canonical".to_owned())
        }
        _ => None,
    }
}

/// Whether a hole under these nodes awaits (functions in holes aside).
pub(crate) fn awaits(region: Region<'_>, nodes: &[NodeId]) -> bool {
    // Facts are sorted by place, so the holes under a node are one range of them.
    nodes.iter().any(|id| {
        let span = region.tree.node(*id).span;
        let first = region.holes.partition_point(|facts| facts.span.start < span.start);
        region.holes[first..].iter().take_while(|facts| facts.span.start < span.end).any(|facts| facts.awaits)
    })
}

/// The styles and scripts that emission takes out of a file, in the order of the text.
#[must_use]
pub fn extracted(file: &crate::VeloxFile<'_>) -> Vec<Extracted> {
    let source = file.template_source();
    // Most files have none, and their trees need not be looked through: what stands in a `<style>` or a `<script>` without a type
    // is raw text.
    if file.template.index.raw_texts.is_empty() {
        return Vec::new();
    }
    let region = Region { source, tree: file.template, holes: &file.facts.holes };
    let mut found: Vec<Extracted> = region
        .tree
        .nodes
        .iter()
        .filter_map(|node| {
            let NodeKind::Element(element) = &node.kind else { return None };
            let kind = extracted_kind(region, element)?;
            let child = element.children.first()?;
            Some(Extracted { span: region.tree.node(*child).span.shift(region.source.base), kind })
        })
        .collect();
    found.sort_by_key(|part| part.span);
    found
}
