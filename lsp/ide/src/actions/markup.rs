//! Refactorings of the template: make an island of a component, add `paths` to a dynamic page.

use super::{Action, ActionKind};
use crate::imports::newline;
use crate::{Change, Context, Document, ElementAt, TextEdit, context_at};
use velox_core::analyze::Mode;
use velox_core::resolve::Resolution;
use velox_core::route::{ParamKind, RouteKind};
use velox_diagnostics::Span;
use velox_script::Shape;
use velox_syntax::{ElementKind, NodeKind};

pub(super) fn list(document: Document<'_>, selection: Span, found: &mut Vec<Action>) {
    if !document.is_velox() {
        return;
    }
    if component(document, selection).is_some() {
        found.push(Action::new("island", "Make an island of it (client:load)", ActionKind::Rewrite));
    }
    if paths(document).is_some() && is_in_block(document, selection) {
        let kind = ActionKind::Rewrite;
        found.push(Action::new("paths", "Add `paths`, so that the page is rendered at build", kind));
    }
}

/// The component whose tag the cursor is in, where it can be an island (language.md T8): an imported `.tsx` module, and no island yet.
fn component(document: Document<'_>, selection: Span) -> Option<ElementAt<'_>> {
    let at = match context_at(document, selection.start) {
        Context::TagName(at) | Context::InTag(at) | Context::Attribute(at, ..) => at,
        _ => return None,
    };
    let element = at.element()?;
    let name = at.name();
    if element.kind != ElementKind::Component || at.base != document.template_start() {
        return None;
    }
    let has_directive = |attribute| at.attribute_name(attribute).starts_with("client:");
    if element.attributes.iter().any(has_directive)
        || document.page().render.is_some_and(|(mode, _)| mode == Mode::Csr)
    {
        return None;
    }
    // Functions and elements cannot be sent to the browser.
    let codes = || element.attributes.iter().filter_map(|attribute| attribute.value.code());
    if codes().any(|code| !code.elements.is_empty()) {
        return None;
    }
    let facts = &document.template_facts().holes;
    let in_children = element.children.iter().filter_map(|id| match &at.tree.node(*id).kind {
        NodeKind::Hole(code) => Some(code),
        _ => None,
    });
    let is_function = |code| {
        velox_core::holes::facts_of(facts, code)
            .is_some_and(|facts| matches!(facts.shape, Shape::Function(_)))
    };
    if codes().chain(in_children).any(is_function) {
        return None;
    }
    let imports = &document.module_facts().imports;
    let import = imports
        .iter()
        .find(|import| import.names.iter().any(|found| found.local == name && !found.type_only))?;
    match velox_db::imports(document.db, document.project, document.file).get(&import.specifier)? {
        Resolution::File(path) if path.ends_with(".tsx") || path.ends_with(".jsx") => Some(at),
        _ => None,
    }
}

/// Adds `client:load` behind the component's name.
pub(super) fn island(document: Document<'_>, selection: Span) -> Option<Change> {
    let at = component(document, selection)?;
    let end = at.element()?.name.end + at.base;
    Some(Change::of(document.path(), vec![TextEdit::insert(end, " client:load")]))
}

fn is_in_block(document: Document<'_>, selection: Span) -> bool {
    let regions = document.regions();
    regions
        .server
        .is_none_or(|server| server.open.cover(server.body).cover(server.close).touches(selection.start))
}

/// Adds an export `paths` to a dynamic page that has none, and that nothing but its absence keeps from being rendered at build.
pub(super) fn paths(document: Document<'_>) -> Option<Change> {
    let entry = document.route()?;
    let facts = velox_db::mode_facts(document.db, document.project, document.file);
    let wanted = match facts.render {
        Some(mode) => mode.is_static(),
        None => entry.cause == velox_core::analyze::Cause::NoPaths,
    };
    if entry.has_paths
        || !wanted
        || !entry.route.problems.is_empty()
        || !entry.route.pattern.is_dynamic()
        || entry.route.kind != RouteKind::Page
    {
        return None;
    }
    let param = |(name, kind): (&str, ParamKind)| match kind {
        ParamKind::Param => format!("{name}: ''"),
        ParamKind::Optional => format!("{name}: undefined"),
        ParamKind::Rest | ParamKind::OptionalRest => format!("{name}: ['']"),
    };
    let params: Vec<String> = entry.route.pattern.params().map(param).collect();
    let text = document.text();
    let line = newline(text);
    let export = format!("export const paths = () => [{{ {} }}];{line}", params.join(", "));
    let edit = match document.regions().server {
        Some(server) if server.close.is_empty() => return None,
        Some(server) => TextEdit::insert(server.close.start, export),
        None => TextEdit::insert(document.template_start(), format!("---{line}{export}---{line}")),
    };
    Some(Change::of(document.path(), vec![edit]))
}
