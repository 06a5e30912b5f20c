//! What holds for the tokens and the tree of every text, however broken.

use velox_core::holes::template_holes;
use velox_diagnostics::Span;
use velox_script::{Dialect, parse_holes, parse_holes_with_parser, parse_module, parse_module_with_parser};
use velox_syntax::{
    Code, Element, NodeId, NodeKind, Tree, parse_template, parse_template_with_care, parse_tsx, regions,
    token_groups,
};

/// Tokens lie in the text, in order, side by side; where they leave a gap there is nothing but white space and comments of a tag.
///
/// # Panics
/// Where they do not.
pub fn sound_tokens(text: &str) {
    for module in [false, true] {
        let groups = token_groups(text, module);
        for tokens in &groups {
            for pair in tokens.windows(2) {
                assert!(pair[0].end <= pair[1].start, "tokens overlap: {pair:?}");
            }
            for token in tokens {
                assert!(
                    token.start <= token.end && text.get(token.range()).is_some(),
                    "{token:?} does not fit"
                );
            }
        }
        let Some(root) = groups.last() else { continue };
        let mut at = 0;
        for token in root {
            let gap = &text[at..token.start as usize];
            let tag = gap.trim_start();
            assert!(tag.is_empty() || tag.starts_with('/') || tag.starts_with('<'), "{gap:?} is no token's");
            at = token.end as usize;
        }
        assert!(
            root.is_empty() || text[at..].trim().is_empty(),
            "{:?} at the end is no token's",
            &text[at..]
        );
    }
}

/// The trees of a text cover all of it, and all positions lie in it, on the borders of characters.
///
/// # Panics
/// Where they do not.
pub fn sound_trees(text: &str) {
    let cut = regions(text);
    assert_eq!(cut.template.end as usize, text.len(), "{cut:?}");
    if let Some(server) = cut.server {
        assert!(server.open.end <= server.body.start && server.body.end <= server.close.start, "{cut:?}");
        assert!(server.close.end <= cut.template.start, "{cut:?}");
    }
    for tree in [parse_template(text), parse_tsx(text)] {
        let mut checker =
            Checker { text, tree: &tree, seen: vec![false; tree.nodes.len()], work: Vec::new() };
        checker.tiles(&tree.roots, Span::new(0, text.len() as u32));
        while let Some(id) = checker.work.pop() {
            checker.node(id);
        }
        assert!(checker.seen.iter().all(|seen| *seen), "a node has no parent");
        for problem in &tree.problems {
            checker.span(problem.span);
        }
    }
}

/// What is read in a quick way, because it is common and right, is what the slow way makes of it: trees, and what is
/// known of holes and modules.
///
/// # Panics
/// Where it is not.
pub fn quick_as_slow(text: &str) {
    let tree = parse_template_with_care(text);
    assert_eq!(parse_template(text), tree, "the tree");
    let holes = template_holes(&tree);
    // As text, since no `NaN` is equal to another.
    let shown = |facts: &dyn std::fmt::Debug| format!("{facts:?}");
    assert_eq!(shown(&parse_holes(text, &holes)), shown(&parse_holes_with_parser(text, &holes)), "the holes");
    let block = regions(text).server.map_or(text, |server| server.body.text(text));
    let facts = parse_module(block, Dialect::TypeScript, &[], true);
    assert_eq!(shown(&facts), shown(&parse_module_with_parser(block, true)), "the module");
}

struct Checker<'t> {
    text: &'t str,
    tree: &'t Tree,
    seen: Vec<bool>,
    work: Vec<NodeId>,
}

impl Checker<'_> {
    fn span(&self, span: Span) {
        assert!(span.start <= span.end && self.text.get(span.range()).is_some(), "{span:?} does not fit");
    }

    fn tiles(&mut self, nodes: &[NodeId], all: Span) {
        let mut at = all.start;
        for id in nodes {
            let span = self.tree.node(*id).span;
            assert_eq!(span.start, at, "a gap or an overlap");
            at = span.end;
            self.work.push(*id);
        }
        assert_eq!(at, all.end, "a gap at the end");
    }

    fn node(&mut self, id: NodeId) {
        let tree = self.tree;
        let node = tree.node(id);
        assert!(!std::mem::replace(&mut self.seen[id.0 as usize], true), "a node has two parents");
        self.span(node.span);
        match &node.kind {
            NodeKind::Text | NodeKind::RawText | NodeKind::Doctype => assert!(!node.span.is_empty()),
            NodeKind::Comment(inner) => assert!(node.span.contains(*inner)),
            NodeKind::Hole(code) => self.code(node.span, code),
            NodeKind::Element(element) => self.element(node.span, element),
        }
    }

    fn code(&mut self, around: Span, code: &Code) {
        self.span(code.span);
        assert!(around.contains(code.span));
        let mut at = code.span.start;
        for id in &code.elements {
            let element = self.tree.node(*id).span;
            assert!(at <= element.start && code.span.contains(element), "elements of code overlap");
            at = element.end;
            self.work.push(*id);
        }
    }

    fn element(&mut self, span: Span, element: &Element) {
        assert!(element.open.contains(element.name) && element.open.start == span.start);
        self.span(element.name);
        let mut at = element.name.end;
        for attribute in &element.attributes {
            self.span(attribute.name);
            assert!(
                at <= attribute.span.start && attribute.span.end <= element.open.end,
                "attributes overlap"
            );
            assert!(attribute.span.contains(attribute.name));
            at = attribute.span.end;
            if let Some(code) = attribute.value.code() {
                self.code(attribute.span, code);
            }
        }
        let end = element.close.map_or(span.end, |close| close.start);
        self.tiles(&element.children, Span::new(element.open.end, end));
    }
}
