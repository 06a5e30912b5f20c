//! Puts something around selected siblings: a fragment, or an element that may stand there.

use super::{Action, ActionKind};
use crate::imports::newline;
use crate::{Change, Document, TextEdit};
use velox_diagnostics::Span;
use velox_syntax::{NodeId, NodeKind};

pub(super) fn list(document: Document<'_>, selection: Span, found: &mut Vec<Action>) {
    if !document.is_velox() {
        return;
    }
    // Elements beside each other in code, and the like, are not siblings that can be wrapped.
    let admitted = |change: &Change| crate::gate::admit(document.db, document.project, change).is_ok();
    if fragment(document, selection).filter(admitted).is_none() {
        return;
    }
    found.push(Action::new("fragment", "Wrap in a fragment", ActionKind::Rewrite));
    if let Some((name, change)) = in_element(document, selection)
        && admitted(&change)
    {
        found.push(Action::new("wrap", format!("Wrap in a `<{name}>`"), ActionKind::Rewrite));
    }
}

/// The nodes that a selection covers: all of some siblings, an element at least among them. Gives their span in the file.
pub(super) fn siblings(document: Document<'_>, selection: Span) -> Option<Span> {
    let text = selection.text(document.text());
    let trimmed = text.trim();
    // A comment that silences something speaks of lines.
    if !trimmed.starts_with('<') || !trimmed.ends_with('>') || trimmed.contains("velox-ignore") {
        return None;
    }
    let start = selection.start + (text.len() - text.trim_start().len()) as u32;
    let wanted = Span::new(start, start + trimmed.len() as u32);
    let (tree, base) = (document.tree(), document.template_start());
    // A comment that silences something stays right above it; other comments may stand between.
    let comments = velox_syntax::comments(document.template(), tree);
    let mut above = document.text().get(..start as usize)?.trim_end();
    loop {
        let end = above.len() as u32;
        let ends_here = |comment: &&velox_syntax::Comment| {
            let comment_end = comment.span.end + base;
            comment_end == end || comment_end + 1 == end && above.ends_with('}')
        };
        let Some(comment) = comments.iter().find(ends_here) else { break };
        if comment.span.text(document.template()).contains("velox-ignore") {
            return None;
        }
        above = above.get(..(comment.span.start + base) as usize)?.trim_end_matches('{').trim_end();
    }
    let is_wrapped = |ids: &[NodeId]| {
        let nodes: Vec<_> = ids
            .iter()
            .map(|id| tree.node(*id))
            .filter(|node| wanted.contains(node.span.shift(base)))
            .collect();
        let covers = nodes.first().is_some_and(|node| node.span.start + base == wanted.start)
            && nodes.last().is_some_and(|node| {
                // A comment at the end speaks of what follows it.
                node.span.end + base == wanted.end && matches!(node.kind, NodeKind::Element(_))
            });
        let fits = |node: &&velox_syntax::Node| match &node.kind {
            NodeKind::Element(element) => {
                let name = element.name.text(document.template());
                !matches!(name, "html" | "head" | "body" | "style" | "script" | "velox:slot")
                    && (element.close.is_some() || element.self_closing || velox_syntax::is_void(name))
            }
            NodeKind::Doctype | NodeKind::RawText => false,
            _ => true,
        };
        covers && nodes.iter().all(fits)
    };
    let below = tree.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Element(element) => Some(&*element.children),
        NodeKind::Hole(code) => Some(&*code.elements),
        _ => None,
    });
    std::iter::once(tree.roots.as_slice()).chain(below).any(is_wrapped).then_some(wanted)
}

/// Puts `<>` and `</>` around the selected siblings.
pub(super) fn fragment(document: Document<'_>, selection: Span) -> Option<Change> {
    let span = siblings(document, selection)?;
    let edits = vec![TextEdit::insert(span.start, "<>"), TextEdit::insert(span.end, "</>")];
    Some(Change::of(document.path(), edits))
}

/// Puts an element around the selected siblings, on lines of its own where they are on theirs.
pub(super) fn wrap(document: Document<'_>, selection: Span) -> Option<Change> {
    in_element(document, selection).map(|(_, change)| change)
}

/// Elements that hold words and no blocks.
const INLINE: &[&str] = &[
    "abbr", "b", "bdi", "bdo", "button", "cite", "code", "data", "dfn", "em", "h1", "h2", "h3", "h4", "h5",
    "h6", "i", "kbd", "label", "legend", "mark", "meter", "output", "p", "pre", "progress", "q", "s", "samp",
    "small", "span", "strong", "sub", "summary", "sup", "time", "u", "var",
];

/// Elements that hold only certain others.
const STRICT: &[&str] = &[
    "audio", "colgroup", "datalist", "head", "hgroup", "html", "math", "menu", "object", "ol", "optgroup",
    "picture", "ruby", "select", "table", "tbody", "tfoot", "thead", "tr", "ul", "video",
];

/// The element that may stand around the selected siblings, and the edits that write it.
fn in_element(document: Document<'_>, selection: Span) -> Option<(&'static str, Change)> {
    let span = siblings(document, selection)?;
    let (tree, base, source) = (document.tree(), document.template_start(), document.template());
    let mut above: Vec<(Span, &str)> = tree
        .nodes
        .iter()
        .filter_map(|node| match &node.kind {
            NodeKind::Element(element)
                if node.span.shift(base) != span && node.span.shift(base).contains(span) =>
            {
                Some((node.span, element.name.text(source)))
            }
            _ => None,
        })
        .collect();
    above.sort_by_key(|(span, _)| span.len());
    let names = || above.iter().map(|(_, name)| *name);
    let name = match names().find(|name| !name.is_empty()) {
        Some(parent) if STRICT.contains(&parent) => return None,
        _ if names().any(|name| name == "svg") => "g",
        _ if names().any(|name| INLINE.contains(&name)) => "span",
        _ => "div",
    };
    let text = document.text();
    let inside = span.text(text);
    let before = &text[..span.start as usize];
    let indent = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let rest = text[span.end as usize..].split(['\r', '\n']).next().unwrap_or("");
    let kept = names().any(|name| matches!(name, "pre" | "textarea"))
        || ["<pre", "<textarea", "`"].iter().any(|kept| inside.contains(kept));
    if kept || !indent.trim_matches([' ', '\t']).is_empty() || !rest.trim().is_empty() {
        let edits = vec![
            TextEdit::insert(span.start, format!("<{name}>")),
            TextEdit::insert(span.end, format!("</{name}>")),
        ];
        return Some((name, Change::of(document.path(), edits)));
    }
    let line = newline(text);
    let step = if text.contains("\n\t") || indent.starts_with('\t') { "\t" } else { "  " };
    let mut edits = vec![TextEdit::insert(span.start, format!("<{name}>{line}{indent}{step}"))];
    for (at, _) in inside.match_indices('\n') {
        if !inside[at + 1..].starts_with(['\r', '\n']) {
            edits.push(TextEdit::insert(span.start + at as u32 + 1, step));
        }
    }
    edits.push(TextEdit::insert(span.end, format!("{line}{indent}</{name}>")));
    Some((name, Change::of(document.path(), edits)))
}
