//! All places that mean the same as something.

use super::modules::{self, Origin, Search};
use super::names::{FileNames, Meaning};
use super::site::{self, Destination};
use super::styles::{style_names, unquoted};
use super::{Symbol, component_origin, layout_of, members_of, prop_place, slots, specifiers_in, trees};
use crate::{Document, ElementAt, Use, UseKind};
use velox_core::analyze::LayoutChoice;
use velox_core::resolve::Resolution;
use velox_db::SourceFile;
use velox_diagnostics::Span;
use velox_script::NameRole;
use velox_syntax::{ElementKind, NodeKind};

/// All places of the project that mean the same, sorted.
pub(crate) fn uses(document: Document<'_>, symbol: &Symbol) -> Vec<Use> {
    let db = document.db;
    let of = |file: SourceFile, span: Span, kind: UseKind| Use { path: file.path(db).to_owned(), span, kind };
    let mut found: Vec<Use> = match symbol {
        Symbol::Local(meaning) => local_uses(document, meaning)
            .into_iter()
            .map(|(span, kind)| of(document.file, span, kind))
            .collect(),
        Symbol::Shared(origin) => {
            let mut search = Search::new(db, document.project, true);
            search.origin(origin);
            search.found.iter().map(|one| of(one.file, one.span, one.kind)).collect()
        }
        Symbol::File(path) => uses_of_file(document, path),
        Symbol::Layout(file) => uses_of_layout(document, *file),
        Symbol::Slot(owners, name) => owners
            .iter()
            .flat_map(|owner| {
                let declared = slots::declared(document.with(*owner), name).into_iter();
                let declared = declared.map(|span| of(*owner, span, UseKind::Declaration));
                let fills = slots::fills(document.with(*owner), name).into_iter();
                declared.chain(fills.map(|(file, span)| of(file, span, UseKind::Read))).collect::<Vec<_>>()
            })
            .collect(),
        Symbol::Tag(tag) => {
            let uses = site::uses_of_tag(document, tag).into_iter();
            uses.map(|(file, written, kind)| of(file, written.span, kind)).collect()
        }
        Symbol::Url(Destination::Routes(routes)) => {
            routes.iter().flat_map(|route| site::uses_of_route(document, route)).collect()
        }
        Symbol::Url(Destination::Public(path)) => uses_of_public(document, path),
        Symbol::Param(name) => {
            let uses = site::uses_of_param(document, name).into_iter();
            uses.map(|(span, kind)| of(document.file, span, kind)).collect()
        }
        Symbol::Style(kind, name) => style_names(document)
            .into_iter()
            .filter(|one| one.kind == *kind && one.span.text(document.text()) == *name)
            .map(|one| {
                let kind = if one.declares { UseKind::Declaration } else { UseKind::Read };
                of(document.file, one.span, kind)
            })
            .collect(),
        Symbol::Prop(file, component, name) => uses_of_prop(document, *file, component, name),
    };
    found.sort();
    found.dedup_by(|later, first| later.path == first.path && later.span == first.span);
    found
}

/// The places of the file that mean the same.
pub(crate) fn local_uses(document: Document<'_>, meaning: &Meaning) -> Vec<(Span, UseKind)> {
    let names = FileNames::of(document.db, document.file);
    names
        .with(meaning)
        .into_iter()
        .map(|name| {
            let kind = match name.role {
                NameRole::Declaration => UseKind::Declaration,
                NameRole::Write => UseKind::Write,
                NameRole::Read => UseKind::Read,
            };
            (name.span, kind)
        })
        .collect()
}

/// Imports of a file.
fn uses_of_file(document: Document<'_>, path: &str) -> Vec<Use> {
    let mut found = Vec::new();
    for other in site::project_files(document) {
        let resolved = velox_db::imports(other.db, other.project, other.file);
        let leads =
            |specifier: &str| matches!(resolved.get(specifier), Some(Resolution::File(to)) if to == path);
        if resolved.keys().any(|specifier| leads(specifier)) {
            let all = specifiers_in(other.db, other.file).into_iter();
            let spans = all.filter(|(specifier, _)| leads(specifier)).map(|(_, span)| span);
            found.extend(spans.map(|span| Use { path: other.path().to_owned(), span, kind: UseKind::Read }));
        }
    }
    found
}

/// Pages that name a layout.
pub(crate) fn uses_of_layout(document: Document<'_>, layout: SourceFile) -> Vec<Use> {
    let named = |other: &Document<'_>| {
        matches!(other.page().layout, LayoutChoice::Named(_)) && layout_of(*other) == Some(layout)
    };
    let pages = site::project_files(document).into_iter().filter(named);
    pages
        .map(|page| Use {
            path: page.path().to_owned(),
            span: unquoted(page.page().layout_span, page.text()),
            kind: UseKind::Read,
        })
        .collect()
}

/// Links to a file of `public/`.
fn uses_of_public(document: Document<'_>, path: &str) -> Vec<Use> {
    let mut found = Vec::new();
    for other in site::project_files(document) {
        for (written, by_pattern) in site::urls(other) {
            if matches!(site::destination(other, written, by_pattern), Some(Destination::Public(to)) if to == path)
            {
                found.push(Use { path: other.path().to_owned(), span: written.span, kind: UseKind::Read });
            }
        }
    }
    found
}

/// The place that reads a prop, and the tags that give it.
fn uses_of_prop(document: Document<'_>, file: SourceFile, component: &Origin, name: &str) -> Vec<Use> {
    let db = document.db;
    let mut found = Vec::new();
    if file.path(db).ends_with(".velox") {
        let read = members_of(db, file, "props").into_iter().filter(|(_, key)| key == name);
        found.extend(read.map(|(span, _)| Use {
            path: file.path(db).to_owned(),
            span,
            kind: UseKind::Declaration,
        }));
    } else if let Some(span) = prop_place(document, file, name) {
        found.push(Use { path: file.path(db).to_owned(), span, kind: UseKind::Declaration });
    }
    let mut users: Vec<SourceFile> =
        modules::importers(db, document.project, file).into_iter().map(|(user, _)| user).collect();
    users.push(file);
    for user in users {
        let user = document.with(user);
        for (tree, text, base) in trees(user) {
            for (id, node) in tree.nodes.iter().enumerate() {
                let NodeKind::Element(element) = &node.kind else { continue };
                if element.kind != ElementKind::Component {
                    continue;
                }
                let given = element.attributes.iter().find(|attribute| attribute.name.text(text) == name);
                let Some(attribute) = given else { continue };
                let at = ElementAt { tree, base, source: text, id: velox_syntax::NodeId(id as u32) };
                if component_origin(user, at).as_ref() == Some(component) {
                    let span = attribute.name.shift(base);
                    found.push(Use { path: user.path().to_owned(), span, kind: UseKind::Read });
                }
            }
        }
    }
    found
}
