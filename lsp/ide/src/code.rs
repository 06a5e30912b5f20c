//! What stands at an offset of TypeScript, and which names are in scope there: in the server block, in a module, in the `{...}` of
//! a template.
//!
//! Completion, hover and signature help begin here. Tokens tell what is around the offset, so broken code has answers too; facts
//! tell what the file declares.

use crate::{Context, Document};
use std::borrow::Cow;
use velox_diagnostics::Span;
use velox_script::ModuleFacts;
use velox_script::cursor::{Cursor, Local, cursor_at};
use velox_syntax::{Code, NodeKind, Tree};

/// An offset of TypeScript.
#[derive(Debug)]
pub(crate) struct CodeAt<'a> {
    /// Where the stretch of code begins in the file: add it to each span of `cursor`.
    pub(crate) base: u32,
    /// The stretch: the server block, the module, the code of a `{...}`.
    pub(crate) text: &'a str,
    /// What stands at the offset.
    pub(crate) cursor: Cursor,
    /// Names that the code around the stretch declares for it (a callback around the element that it stands in), outer before
    /// inner. Their spans are not kept.
    pub(crate) outer: Vec<Local>,
    /// Whether it is the code of a `{...}` of a template.
    pub(crate) in_template: bool,
}

impl<'a> CodeAt<'a> {
    /// What stands at an offset; nothing where that is no code.
    pub(crate) fn new(document: Document<'a>, offset: u32, context: Context<'a>) -> Option<Self> {
        let script = document.script();
        let (tree, base, in_template) = match context {
            Context::Script => (module_tree(document), script?.start, false),
            Context::Hole { span, .. } if script.is_some_and(|script| script.contains(span)) => {
                (module_tree(document), script?.start, false)
            }
            Context::Hole { .. } => (Some(document.tree()), document.template_start(), true),
            _ => return None,
        };
        let whole = if in_template { document.template() } else { script?.text(document.text()) };
        let at = offset.checked_sub(base)?;
        let mut codes = tree.map(|tree| codes_around(tree, at)).unwrap_or_default();
        if !in_template && codes.first().is_none_or(|code| code.start > 0) {
            let elements = tree.map(|tree| elements_of(tree, &tree.roots)).unwrap_or_default();
            codes.insert(0, CodeRegion { start: 0, end: whole.len() as u32, elements });
        }
        let last = codes.pop()?;
        let mut outer = Vec::new();
        for (nth, code) in codes.iter().enumerate() {
            let inner = codes.get(nth + 1).unwrap_or(&last);
            // Names that are declared before the element that the next stretch stands in.
            let element =
                code.elements.iter().find(|span| span.start <= inner.start && inner.end <= span.end);
            let end = element.map_or(inner.start, |span| span.start);
            let Some(text) = whole.get(code.start as usize..end.max(code.start) as usize) else { continue };
            let locals =
                cursor_at(text, &relative(&code.elements, code.start, end), text.len() as u32).locals;
            outer.extend(locals.into_iter().filter(|local| local.inner || nth > 0 || in_template));
        }
        let text = whole.get(last.start as usize..last.end as usize)?;
        let elements = relative(&last.elements, last.start, last.end);
        let cursor = cursor_at(text, &elements, at.checked_sub(last.start)?);
        Some(Self { base: base + last.start, text, cursor, outer, in_template })
    }

    /// A span of the cursor, in the file.
    pub(crate) fn place(&self, span: Span) -> Span {
        span.shift(self.base)
    }

    /// Whether an inner scope around the offset declares a name.
    pub(crate) fn is_inner(&self, name: &str) -> bool {
        self.outer
            .iter()
            .chain(self.cursor.locals.iter().filter(|local| local.inner))
            .any(|local| local.name == name)
    }
}

/// A stretch of code of a tree, by its place in the tree's text.
#[derive(Debug)]
struct CodeRegion {
    start: u32,
    end: u32,
    elements: Vec<Span>,
}

fn module_tree(document: Document<'_>) -> Option<&Tree> {
    if document.is_velox() {
        document.block().tree.as_ref()
    } else {
        velox_db::parse_script(document.db, document.file).tree.as_ref()
    }
}

/// The stretches of code that an offset lies in, the outermost first.
fn codes_around(tree: &Tree, at: u32) -> Vec<CodeRegion> {
    let mut found: Vec<CodeRegion> = Vec::new();
    let mut add = |code: &Code| {
        if code.span.start <= at && at <= code.span.end {
            found.push(CodeRegion {
                start: code.span.start,
                end: code.span.end,
                elements: elements_of(tree, &code.elements),
            });
        }
    };
    for node in &tree.nodes {
        match &node.kind {
            NodeKind::Hole(code) => add(code),
            NodeKind::Element(element) if node.span.touches(at) => {
                element.attributes.iter().filter_map(|attribute| attribute.value.code()).for_each(&mut add);
            }
            _ => {}
        }
    }
    found.sort_by_key(|code| (code.start, std::cmp::Reverse(code.end)));
    // Two that meet at the offset lie in none another.
    found.dedup_by(|next, before| next.start >= before.end && next.start != before.start);
    found
}

fn elements_of(tree: &Tree, ids: &[velox_syntax::NodeId]) -> Vec<Span> {
    let elements = ids.iter().map(|id| tree.node(*id)).filter(|node| !matches!(node.kind, NodeKind::Hole(_)));
    elements.map(|node| node.span).collect()
}

/// Spans that lie in a stretch, counted from its start.
fn relative(spans: &[Span], start: u32, end: u32) -> Vec<Span> {
    let inside = spans.iter().filter(|span| span.start >= start && span.end <= end);
    inside.map(|span| Span::new(span.start - start, span.end - start)).collect()
}

/// Where a name of a file's top level comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Origin<'a> {
    /// An import: the specifier, and the name in the other module (`default`, `*`).
    Import(&'a velox_script::Import, &'a velox_script::ImportedName),
    /// A statement of the file.
    Item(&'a velox_script::Item),
}

/// The declaration of a name at the top level of a file's TypeScript; spans count from its start.
pub(crate) fn origin<'a>(facts: &'a ModuleFacts, name: &str) -> Option<Origin<'a>> {
    let imported = facts.imports.iter().find_map(|import| {
        let found = import.names.iter().find(|found| found.local == name)?;
        Some(Origin::Import(import, found))
    });
    imported.or_else(|| {
        facts.items.iter().find_map(|item| {
            item.declares.iter().any(|(declared, _)| declared == name).then_some(Origin::Item(item))
        })
    })
}

/// What `velox/server` (or another package of the framework) calls a chain of names that code of this file calls: `redirect`, where
/// that is imported from there or in scope without an import, `server.redirect` of a namespace.
pub(crate) fn framework_name<'a>(
    document: Document<'a>,
    chain: &'a [String],
) -> Option<(Cow<'a, str>, &'a str)> {
    let (first, rest) = chain.split_first()?;
    let facts = document.module_facts();
    match origin(facts, first) {
        Some(Origin::Import(import, name)) => {
            crate::framework::module(&import.specifier)?;
            let specifier = Cow::Borrowed(&*import.specifier);
            match (&*name.imported, rest) {
                ("*", [member]) => Some((specifier, member)),
                ("*" | "default", _) => None,
                (imported, []) => Some((specifier, imported)),
                _ => None,
            }
        }
        Some(Origin::Item(..)) => None,
        None if rest.is_empty() && crate::ambient::has_server_names(document) => {
            let known = velox_core::ambient::SERVER_NAMES.contains(&&**first);
            known.then(|| (Cow::Borrowed("velox/server"), &**first))
        }
        None => None,
    }
}
