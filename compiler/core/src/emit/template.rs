//! Turns trees into string expressions: nodes, text, and the code in holes.
//!
//! Attributes are in `attributes.rs`, components in `components.rs`. Nothing here decides whether something is allowed.

use super::code::{CodeEmitter, Region, Snippet, collapse, elements_at};
use super::components::take_out;
use super::concat::Concat;
use super::html;
use super::islands::Origin;
use super::names::{Helper, Names};
use super::writer::Writer;
use rustc_hash::FxHashMap;
use velox_diagnostics::Span;
use velox_script::{MapBody, Shape};
use velox_syntax::{Attribute, AttributeValue, Element, ElementKind, NodeId, NodeKind};

/// What a local name that is used as a component stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ComponentKind {
    /// The default export of a `.velox` file.
    Velox,
    /// Of a package: preact renders it.
    Package,
    /// `Suspense` of `velox`.
    Suspense,
    /// `Head` of `velox`.
    Head,
}

/// A `<style>` or `<script>` that leaves the page for a file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extracted {
    /// Its text, in the file.
    pub span: Span,
    /// What it is.
    pub kind: ExtractedKind,
}

/// What kind of text was taken out of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtractedKind {
    /// `<style>`: its selectors match this file's elements only.
    ScopedStyle,
    /// `<style is:global>`.
    GlobalStyle,
    /// `<script>` without attributes: a module, once per page.
    Script,
}

/// The state of emitting one file.
pub(crate) struct Emitter<'a> {
    pub(crate) out: Writer,
    pub(crate) names: Names,
    /// Attribute that scopes this file's styles, where it has some.
    pub(crate) scope: Option<&'a str>,
    pub(crate) components: FxHashMap<&'a str, ComponentKind>,
    /// Where the names that islands may have come from.
    pub(crate) origins: FxHashMap<&'a str, Origin>,
    pub(crate) extracted: Vec<Extracted>,
    /// Whether `<style>` and `<script>` are taken out (in `.velox` files).
    pub(crate) extract: bool,
    /// Tags that this file writes into `<head>` itself: `title`, `meta:name:description`.
    pub(crate) writes: Vec<String>,
    /// Whether the render context's variable is needed.
    pub(crate) needs_context: bool,
    /// Whether the `slots` parameter is needed.
    pub(crate) needs_slots: bool,
    pub(crate) in_head: bool,
    /// Where a boundary would stand: in `svg` or `math`, in the `head`, or (`text`) where no comment may stand; nothing anywhere else.
    pub(crate) place: Option<&'static str>,
    pub(crate) keep_white_space: bool,
    /// Whether children of components may fill the layout's slots (not inside another component).
    pub(crate) fills_layout: bool,
}

impl<'a> Emitter<'a> {
    /// Writes nodes side by side.
    pub(crate) fn nodes(&mut self, region: Region<'a>, nodes: &[NodeId], concat: &mut Concat) {
        for (at, id) in nodes.iter().enumerate() {
            let node = region.tree.node(*id);
            if node.kind == NodeKind::Text {
                let text = self.collapsed(region.text(node.span));
                Self::constant_text(text, concat);
            } else {
                self.node(region, nodes[at], concat);
            }
        }
    }

    /// Text after language.md T13: a run of white space at an edge is dropped where it holds a line break.
    fn collapsed<'t>(&self, text: &'t str) -> &'t str {
        if self.keep_white_space { text } else { collapse(text) }
    }

    fn constant_text(text: &str, concat: &mut Concat) {
        // A `<` that the parser left in text stands for itself (language.md T1).
        if text.contains('<') {
            concat.constant(&text.replace('<', "&lt;"));
        } else {
            concat.constant(text);
        }
    }

    /// Writes one node.
    pub(crate) fn node(&mut self, region: Region<'a>, id: NodeId, concat: &mut Concat) {
        let node = region.tree.node(id);
        match &node.kind {
            NodeKind::Text => Self::constant_text(region.text(node.span), concat),
            NodeKind::Comment(_) | NodeKind::RawText => concat.constant(region.text(node.span)),
            NodeKind::Doctype => concat.constant("<!DOCTYPE html>"),
            NodeKind::Hole(code) => {
                if let Some((snippet, facts)) = region.snippet(code) {
                    self.rendered(region, snippet, &facts.shape, concat);
                }
            }
            NodeKind::Element(element) => {
                stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || self.element(region, element, concat));
            }
        }
    }

    fn element(&mut self, region: Region<'a>, element: &'a Element, concat: &mut Concat) {
        match element.kind {
            ElementKind::Fragment => self.nodes(region, &element.children, concat),
            ElementKind::Component => self.component(region, element, concat),
            ElementKind::Slot => self.slot(region, element, concat),
            ElementKind::Html | ElementKind::Custom => self.html_element(region, element, concat),
        }
    }

    fn html_element(&mut self, region: Region<'a>, element: &'a Element, concat: &mut Concat) {
        let name = region.text(element.name);
        if self.extract && take_out(region, element, &mut self.extracted) {
            return;
        }
        if self.in_head {
            self.note_head_tag(region, element);
        }
        let value = element.attributes.iter().rfind(|one| html::is_field_value(name, region.text(one.name)));
        let spread = |one: &Attribute| matches!(one.value, AttributeValue::Spread(_));
        if matches!(name, "select" | "textarea") && element.attributes.iter().any(spread) {
            let keep = self.keep_white_space;
            self.keep_white_space |= html::keeps_white_space(name);
            self.spread_field(region, element, name, concat);
            self.keep_white_space = keep;
            return;
        }
        concat.constant("<");
        concat.constant(name);
        let content = self.attributes(region, element, name, concat);
        // No rule of a file's own styles is meant for what stands in `<head>`.
        if let Some(scope) = self.scope.filter(|_| !self.in_head && name != "head") {
            concat.constant(" ");
            concat.constant(scope);
        }
        concat.constant(">");
        if velox_syntax::is_void(name) {
            return;
        }
        let (in_head, keep, place) = (self.in_head, self.keep_white_space, self.place);
        self.place = place_in(name, place);
        self.in_head |= name == "head";
        self.keep_white_space |= html::keeps_white_space(name);
        if html::keeps_white_space(name)
            && (content.is_some() || value.is_some() || !starts_with_text(region, element))
        {
            concat.constant("\n"); // HTML drops a line break that comes first; a value's own must stay
        }
        match content {
            Some(content) => self.inner_html(region, content, concat),
            None if name == "script" => self.script_content(region, element, concat),
            None if let Some(value) = value => self.field_content(region, element, (name, value), concat),
            None => self.nodes(region, &element.children, concat),
        }
        self.in_head = in_head;
        self.keep_white_space = keep;
        self.place = place;
        if name == "head" {
            let head_mark = self.names.helper(Helper::HeadMark);
            concat.piece(&mut self.out);
            self.out.text(&head_mark);
            self.out.text("()");
        }
        concat.constant("</");
        concat.constant(name);
        concat.constant(">");
    }

    /// The content of a `<select>` or `<textarea>` whose value is said by an attribute (language.md T4).
    fn field_content(
        &mut self,
        region: Region<'a>,
        element: &'a Element,
        (tag, value): (&str, &'a Attribute),
        concat: &mut Concat,
    ) {
        let helper = self.names.helper(if tag == "select" { Helper::Options } else { Helper::Text });
        concat.piece(&mut self.out);
        self.out.text(&helper);
        self.out.text("(");
        match &value.value {
            AttributeValue::Bare => self.out.text("\"\""),
            AttributeValue::Text(text) => self.out.string(&htmlize::unescape_attribute(region.text(*text))),
            AttributeValue::Expr(code)
            | AttributeValue::Template(code)
            | AttributeValue::Shorthand(code)
            | AttributeValue::Spread(code) => self.value(region, code),
        }
        if tag == "select" {
            self.out.text(", ");
            let mut options = Concat::default();
            self.nodes(region, &element.children, &mut options);
            options.finish(&mut self.out);
        }
        self.out.text(")");
    }

    /// The body of a `<script>` that stays: raw text, or a JSON expression (language.md T11).
    fn script_content(&mut self, region: Region<'a>, element: &'a Element, concat: &mut Concat) {
        for child in &element.children {
            match &region.tree.node(*child).kind {
                NodeKind::Hole(code) => {
                    if let Some((snippet, facts)) = region.snippet(code) {
                        self.call(Helper::Json, region, snippet, facts.shape.span(), concat);
                    }
                }
                _ => self.node(region, *child, concat),
            }
        }
    }

    /// Writes what an expression renders, in a place where text stands.
    pub(crate) fn rendered(
        &mut self,
        region: Region<'a>,
        snippet: Snippet<'a>,
        shape: &'a Shape,
        concat: &mut Concat,
    ) {
        match shape {
            Shape::Nothing(_) => {}
            Shape::Constant { value, .. } => {
                let mut text = String::new();
                html::escape_text(value, &mut text);
                concat.constant(&text);
            }
            Shape::Template { texts, parts, .. } => {
                self.template_literal(region, snippet, texts, parts, false, concat);
            }
            Shape::Element(span) => {
                self.nodes(region, elements_at(region, snippet, *span), concat);
            }
            Shape::Conditional { test, yes, no, .. } => {
                concat.piece(&mut self.out);
                self.out.text("(");
                self.operand(region, snippet, *test);
                self.out.text(" ? ");
                self.sub_rendered(region, snippet, yes);
                self.out.text(" : ");
                self.sub_rendered(region, snippet, no);
                self.out.text(")");
            }
            Shape::And { left, right, .. } => {
                let (value, text) = (self.names.temporary(), self.names.helper(Helper::Text));
                concat.piece(&mut self.out);
                self.out.text(&format!("(({value} = "));
                self.operand(region, snippet, *left);
                self.out.text(") ? ");
                self.sub_rendered(region, snippet, right);
                self.out.text(&format!(" : {text}({value}))"));
            }
            Shape::Map { object, head, body, .. } => {
                self.map(region, snippet, (*object, *head), body, concat)
            }
            Shape::Function(span) | Shape::Other(span) => {
                self.call(Helper::Text, region, snippet, *span, concat)
            }
        }
    }

    fn map(
        &mut self,
        region: Region<'a>,
        snippet: Snippet<'a>,
        (object, head): (Span, Span),
        body: &'a MapBody,
        concat: &mut Concat,
    ) {
        let map = self.names.helper(Helper::Map);
        concat.piece(&mut self.out);
        self.out.text(&map);
        self.out.text("(");
        self.operand(region, snippet, object);
        self.out.text(", ");
        self.code(region, snippet, head, &[]);
        self.out.text(" => ");
        match body {
            MapBody::Expression(shape) => self.sub_rendered(region, snippet, shape),
            MapBody::Block { block, returns } => {
                let inner = Span::new(block.start, block.end.saturating_sub(1).max(block.start));
                self.code(region, snippet, inner, returns);
                self.out.text("\nreturn \"\"; }"); // where the block ends without a `return`
            }
        }
        self.out.text(")");
    }

    /// Writes a string expression of its own for a shape.
    pub(crate) fn sub_rendered(&mut self, region: Region<'a>, snippet: Snippet<'a>, shape: &'a Shape) {
        stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || {
            let mut inner = Concat::default();
            self.rendered(region, snippet, shape, &mut inner);
            inner.finish(&mut self.out);
        });
    }

    /// Writes the pieces of a template literal, each escaped for its place.
    pub(crate) fn template_literal(
        &mut self,
        region: Region<'a>,
        snippet: Snippet<'a>,
        texts: &[String],
        parts: &[Span],
        attribute: bool,
        concat: &mut Concat,
    ) {
        for (at, text) in texts.iter().enumerate() {
            let mut escaped = String::new();
            if attribute {
                html::escape_attribute(text, &mut escaped);
            } else {
                html::escape_text(text, &mut escaped);
            }
            concat.constant(&escaped);
            if let Some(part) = parts.get(at) {
                let helper = if attribute { Helper::EscapeAttribute } else { Helper::EscapeText };
                self.call(helper, region, snippet, *part, concat);
            }
        }
    }

    /// Adds `helper(code)`.
    pub(crate) fn call(
        &mut self,
        helper: Helper,
        region: Region<'a>,
        snippet: Snippet<'a>,
        span: Span,
        concat: &mut Concat,
    ) {
        let name = self.names.helper(helper);
        concat.piece(&mut self.out);
        self.out.text(&name);
        self.out.text("(");
        self.code(region, snippet, span, &[]);
        self.out.text(")");
    }
}

impl<'a> CodeEmitter<'a> for Emitter<'a> {
    fn out(&mut self) -> &mut Writer {
        &mut self.out
    }

    /// Writes an element as a value that knows it is HTML.
    fn element_values(&mut self, region: Region<'a>, ids: &[NodeId]) {
        let html = self.names.helper(Helper::Html);
        self.out.text(&html);
        self.out.text("(");
        let keep = std::mem::take(&mut self.keep_white_space);
        let mut inner = Concat::default();
        self.nodes(region, ids, &mut inner);
        inner.finish(&mut self.out);
        self.keep_white_space = keep;
        self.out.text(")");
    }

    fn returned(&mut self, region: Region<'a>, snippet: Snippet<'a>, shape: &'a Shape) {
        self.sub_rendered(region, snippet, shape);
    }
}

/// What an element makes of the place of what stands in it.
fn place_in(name: &str, place: Option<&'static str>) -> Option<&'static str> {
    match name {
        _ if place == Some("text") => place,
        "head" => Some("head"),
        "textarea" | "noscript" | "iframe" => Some("text"),
        "title" if matches!(place, None | Some("head")) => Some("text"),
        "svg" => Some("svg"),
        "math" => Some("math"),
        "foreignObject" => None,
        _ => place,
    }
}

/// Whether an element's first child is text as written, so that what the source says is what HTML reads.
fn starts_with_text(region: Region<'_>, element: &Element) -> bool {
    element.children.first().is_none_or(|id| region.tree.node(*id).kind == NodeKind::Text)
}
