//! The rules of a `<style>` element, as symbols.

use super::{DEEPEST, Entry, Symbol, SymbolKind};
use velox_diagnostics::Span;
use velox_style::StyleNodeKind;

/// Adds the rules of a style sheet that lies at `style` of `source`, which itself begins at `base` of the file.
pub(super) fn add_rules(
    entries: &mut Vec<Entry>,
    parent: Option<usize>,
    depth: usize,
    source: &str,
    style: Span,
    base: u32,
) {
    let css = style.text(source);
    let nodes = velox_style::structure(css);
    // The index of each node's symbol, and its depth.
    let mut places: Vec<(Option<usize>, usize)> = Vec::with_capacity(nodes.len());
    for node in &nodes {
        let around = node.parent.map_or((parent, depth), |parent| places[parent as usize]);
        if !matches!(node.kind, StyleNodeKind::Rule | StyleNodeKind::AtRule) || node.head.is_empty() {
            places.push(around);
            continue;
        }
        let head: Vec<&str> = node.head.text(css).split_whitespace().collect();
        let symbol = Symbol {
            name: head.join(" "),
            detail: None,
            kind: SymbolKind::Rule,
            span: node.span.shift(style.start + base),
            focus: node.head.shift(style.start + base),
            children: Vec::new(),
        };
        places.push(if around.1 < DEEPEST { (Some(entries.len()), around.1 + 1) } else { around });
        entries.push(Entry { symbol, parent: around.0 });
    }
}
