//! The trees of a file and the code in them, in one list: for features that walk over all of a file.
//!
//! Spans of a part count from its base, as those of its tree do.

use crate::Document;
use velox_diagnostics::Span;
use velox_syntax::{Code, NodeKind, Tree};

/// A region of a file with its tree: the template, or the server block (or the whole module).
#[derive(Clone, Copy)]
pub(crate) struct Part<'a> {
    /// The tree; nothing where code holds no elements.
    pub(crate) tree: Option<&'a Tree>,
    /// Where its text begins in the file.
    pub(crate) base: u32,
    /// Its text.
    pub(crate) source: &'a str,
    /// Whether it is a template.
    pub(crate) template: bool,
}

/// A stretch of TypeScript in a part.
pub(crate) struct Stretch {
    /// Its place in the part.
    pub(crate) span: Span,
    /// The elements and comments of markup directly in it.
    pub(crate) elements: Vec<Span>,
    /// Whether it is the text of a `<script>` element.
    pub(crate) raw: bool,
}

/// The parts of a file, in the order of the text.
pub(crate) fn parts(document: Document<'_>) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    if let Some(script) = document.script() {
        let tree = if document.is_velox() {
            document.block().tree.as_ref()
        } else {
            velox_db::parse_script(document.db, document.file).tree.as_ref()
        };
        let source = script.text(document.text());
        found.push(Part { tree, base: script.start, source, template: false });
    }
    if document.is_velox() {
        let (tree, base, source) = (Some(document.tree()), document.template_start(), document.template());
        found.push(Part { tree, base, source, template: true });
    }
    found
}

impl Part<'_> {
    /// All code of it, in the order of the tree; that of `<script>` elements too.
    pub(crate) fn stretches(&self) -> Vec<Stretch> {
        let Some(tree) = self.tree else {
            return vec![Stretch {
                span: Span::new(0, self.source.len() as u32),
                elements: Vec::new(),
                raw: false,
            }];
        };
        let stretch = |code: &Code| Stretch {
            span: code.span,
            elements: code.elements.iter().map(|id| tree.node(*id).span).collect(),
            raw: false,
        };
        let mut found = Vec::new();
        for node in &tree.nodes {
            match &node.kind {
                NodeKind::Hole(code) => found.push(stretch(code)),
                NodeKind::Element(element) => {
                    let codes = element.attributes.iter().filter_map(|attribute| attribute.value.code());
                    found.extend(codes.map(stretch));
                    if element.name.text(self.source) == "script" {
                        found.extend(raw_texts(tree, &element.children).map(|span| Stretch {
                            span,
                            elements: Vec::new(),
                            raw: true,
                        }));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// The texts of the `<style>` elements.
    pub(crate) fn styles(&self) -> Vec<Span> {
        let Some(tree) = self.tree else { return Vec::new() };
        let mut found = Vec::new();
        for node in &tree.nodes {
            if let NodeKind::Element(element) = &node.kind
                && element.name.text(self.source) == "style"
            {
                found.extend(raw_texts(tree, &element.children));
            }
        }
        found.sort_unstable();
        found
    }
}

fn raw_texts<'a>(tree: &'a Tree, children: &'a [velox_syntax::NodeId]) -> impl Iterator<Item = Span> + 'a {
    let nodes = children.iter().map(|id| tree.node(*id));
    nodes.filter(|node| node.kind == NodeKind::RawText).map(|node| node.span)
}
