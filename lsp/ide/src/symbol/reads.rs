//! What a file says that more than one question needs: members that it reads of a name, its specifiers, its trees.

use super::styles::unquoted;
use crate::Document;
use velox_db::{Db, SourceFile};
use velox_diagnostics::Span;
use velox_syntax::{ElementKind, NodeKind, Tree};

/// What a file reads of a top-level or free name: `b` of `a.b` and of `<a.b>`, and keys that a pattern takes out of it; places in the
/// file.
pub(crate) fn members_of(db: &dyn Db, file: SourceFile, local: &str) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    let text = file.text(db);
    let mut part = |facts: &mut dyn Iterator<Item = &velox_script::NameUse>, base: u32| {
        for used in facts.filter(|used| used.name == local) {
            let first = used.members.first().into_iter();
            let keys = used.destructured.iter().filter(|_| used.members.is_empty());
            found.extend(
                first.chain(keys).map(|(name, span)| (unquoted(span.shift(base), text), name.clone())),
            );
        }
    };
    let facts = velox_db::module_facts(db, file);
    let is_velox = file.path(db).ends_with(".velox");
    let regions = is_velox.then(|| velox_db::regions(db, file));
    let start = regions.and_then(|regions| regions.server).map_or(0, |server| server.body.start);
    let items = facts.items.iter().flat_map(|item| &item.uses);
    part(&mut items.chain(facts.holes.iter().flat_map(|hole| &hole.uses)), start);
    if let Some(regions) = regions {
        let facts = velox_db::template_facts(db, file);
        part(&mut facts.holes.iter().flat_map(|hole| &hole.uses), regions.template.start);
        let text = velox_db::template_text(db, file);
        member_tags(velox_db::parse_template(db, file), text, regions.template.start, local, &mut found);
        if let (Some(tree), Some(text)) =
            (&velox_db::parse_block(db, file).tree, velox_db::block_text(db, file))
        {
            member_tags(tree, text, start, local, &mut found);
        }
    } else if let Some(tree) = &velox_db::parse_script(db, file).tree {
        member_tags(tree, file.text(db), 0, local, &mut found);
    }
    found.sort_by_key(|(span, _)| span.start);
    found
}

fn member_tags(tree: &Tree, text: &str, base: u32, local: &str, found: &mut Vec<(Span, String)>) {
    for node in &tree.nodes {
        let NodeKind::Element(element) = &node.kind else { continue };
        if element.kind != ElementKind::Component {
            continue;
        }
        for name in [Some(element.name), velox_core::holes::closing_name(element, text)].into_iter().flatten()
        {
            let rest = name.text(text).strip_prefix(local).and_then(|rest| rest.strip_prefix('.'));
            if let Some(member) = rest.and_then(|rest| rest.split('.').next()) {
                let start = name.start + local.len() as u32 + 1;
                let span = Span::new(start, start + member.len() as u32);
                found.push((span.shift(base), member.to_owned()));
            }
        }
    }
}

/// The specifiers of a file: of imports, re-exports and `import()`, with their places in the file, without quotes.
pub(crate) fn specifiers_in(db: &dyn Db, file: SourceFile) -> Vec<(&str, Span)> {
    let text = file.text(db);
    let facts = velox_db::module_facts(db, file);
    let regions = file.path(db).ends_with(".velox").then(|| velox_db::regions(db, file));
    let start = regions.and_then(|regions| regions.server).map_or(0, |server| server.body.start);
    let imports = facts.imports.iter().map(|import| (&*import.specifier, import.specifier_span));
    let exports = facts.exports.iter().filter_map(|export| export.from.as_ref());
    let exports = exports.chain(&facts.dynamic_imports).map(|(specifier, span)| (&**specifier, *span));
    let script = imports.chain(exports).map(|(specifier, span)| (specifier, span.shift(start)));
    let mut found: Vec<(&str, Span)> = script.collect();
    if let Some(regions) = regions {
        let dynamic = &velox_db::template_facts(db, file).dynamic_imports;
        let base = regions.template.start;
        found.extend(dynamic.iter().map(|(specifier, span)| (&**specifier, span.shift(base))));
    }
    for (_, span) in &mut found {
        *span = unquoted(*span, text);
    }
    found.sort_by_key(|(_, span)| span.start);
    found.dedup();
    found
}

/// The trees of a file with their texts, and where these begin: of the template, and of TSX code.
pub(crate) fn trees(document: Document<'_>) -> Vec<(&Tree, &str, u32)> {
    if document.is_velox() {
        let mut found = vec![(document.tree(), document.template(), document.template_start())];
        if let (Some(tree), Some(script)) = (&document.block().tree, document.script()) {
            found.push((tree, script.text(document.text()), script.start));
        }
        return found;
    }
    if document.script().is_none() {
        return Vec::new();
    }
    let tree = velox_db::parse_script(document.db, document.file).tree.as_ref();
    tree.map(|tree| (tree, document.text(), 0)).into_iter().collect()
}
