//! What the thing at an offset means, and where else it stands: the one answer that definition, references, highlight and rename share.
//!
//! Names come from `names.rs` (one file) and `modules.rs` (across files); what strings and tags say from `site.rs`, `slots.rs` and
//! `styles.rs`. Refuses to guess: what cannot be told is nothing.

pub(crate) mod modules;
pub(crate) mod names;
mod reads;
pub(crate) mod site;
pub(crate) mod slots;
pub(crate) mod styles;
mod uses;

pub(crate) use reads::{members_of, specifiers_in, trees};
pub(crate) use uses::{local_uses, uses};

use crate::{AttributePlace, Context, Document, ElementAt, Target, UseKind, context_at};
use modules::{Origin, export_of, origin_of};
use names::{FileNames, Meaning};
use site::Destination;
use styles::{StyleKind, style_names, unquoted};
use velox_core::analyze::LayoutChoice;
use velox_core::analyze::site::Glob;
use velox_core::resolve::Resolution;
use velox_db::{Db, SourceFile};
use velox_diagnostics::Span;
use velox_script::{BindingKind, NameForm, NameRole, Value};
use velox_syntax::ElementKind;

/// What something means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Symbol {
    /// A name of this file alone: of a function or hole, or one that the file does not declare.
    Local(Meaning),
    /// A top-level name, an import, a component, an export.
    Shared(Origin),
    /// A whole file: an import's specifier.
    File(String),
    /// A slot of these files.
    Slot(Vec<SourceFile>, String),
    /// A layout by its name.
    Layout(SourceFile),
    /// A cache tag.
    Tag(Glob),
    /// Where a URL leads.
    Url(Destination),
    /// A param of the route that the file is.
    Param(String),
    /// A class or id of the file.
    Style(StyleKind, String),
    /// A prop of a component: its file, the component, the prop.
    Prop(SourceFile, Origin, String),
}

/// What stands at an offset: its place, and what it means.
pub(crate) fn symbol_at(document: Document<'_>, offset: u32) -> Option<(Span, Symbol)> {
    let Document { db, project, file } = document;
    let names = FileNames::of(db, file);
    if let Some(name) = names.at(offset) {
        let symbol = match &name.meaning {
            Meaning::Top(text) => Symbol::Shared(origin_of(db, project, file, text)),
            Meaning::Free(text) if text == "params" || text == "props" => {
                // `{ slug }` of `const { slug } = params` is asked about as what it declares.
                Symbol::Local(name.meaning.clone())
            }
            meaning => Symbol::Local(meaning.clone()),
        };
        return Some((name.span, symbol));
    }
    in_exported(document, &names, offset)
        .or_else(|| in_members(document, &names, offset))
        .or_else(|| in_specifiers(document, offset))
        .or_else(|| in_exports(document, offset))
        .or_else(|| in_site(document, offset))
        .or_else(|| in_markup(document, offset))
}

/// A place that names what a file exports, in the words of that file: the other side of `import { a as b }` and of
/// `export { a as b }`, members of namespace imports. The place, the file, the exported name.
pub(crate) fn export_at(
    document: Document<'_>,
    names: &FileNames<'_>,
    offset: u32,
) -> Option<(Span, SourceFile, String)> {
    let Document { db, project, file } = document;
    let target = |specifier: &str| modules::target_of(db, project, file, specifier);
    if let Some(at) = offset.checked_sub(names.script_start()) {
        let place = |span: Span| span.shift(names.script_start());
        let bindings = names.script();
        if let Some(one) = bindings.imports.iter().find(|one| one.span.touches(at) && one.imported != "*") {
            return Some((place(one.span), target(&one.specifier)?, one.imported.clone()));
        }
        for one in &bindings.exports {
            if one.span.touches(at) {
                return Some((place(one.span), file, one.exported.clone()));
            }
            if one.local_span.touches(at) && one.local != "*" {
                return Some((place(one.local_span), target(one.from.as_deref()?)?, one.local.clone()));
            }
        }
        let exports = &document.module_facts().exports;
        if let Some(default) = exports.iter().find(|one| one.name == "default" && one.span.touches(at)) {
            return Some((place(default.span), file, default.name.clone()));
        }
    }
    let namespaces = document.module_facts().imports.iter().flat_map(|import| {
        let names = import.names.iter().filter(|name| name.imported == "*");
        names.map(move |name| (&import.specifier, &name.local))
    });
    for (specifier, local) in namespaces {
        if let Some((span, name)) = member_at(db, file, local, offset) {
            return Some((span, target(specifier)?, name));
        }
    }
    None
}

/// What [`export_at`] finds, in the end.
fn in_exported(document: Document<'_>, names: &FileNames<'_>, offset: u32) -> Option<(Span, Symbol)> {
    let (span, file, name) = export_at(document, names, offset)?;
    let origin = export_of(document.db, document.project, file, &name, 0)?;
    Some((span, Symbol::Shared(origin)))
}

/// Members of `params` and of `props`.
fn in_members(document: Document<'_>, names: &FileNames<'_>, offset: u32) -> Option<(Span, Symbol)> {
    let Document { db, file, .. } = document;
    if !names.declares("params")
        && let Some((span, name)) = member_at(db, file, "params", offset)
    {
        return Some((span, Symbol::Param(name)));
    }
    if !names.declares("props")
        && let Some((span, name)) = member_at(db, file, "props", offset)
    {
        return Some((span, Symbol::Prop(file, Origin::Default(file), name)));
    }
    None
}

fn member_at(db: &dyn Db, file: SourceFile, local: &str, offset: u32) -> Option<(Span, String)> {
    members_of(db, file, local).into_iter().find(|(span, _)| span.touches(offset))
}

fn in_specifiers(document: Document<'_>, offset: u32) -> Option<(Span, Symbol)> {
    let Document { db, project, file } = document;
    let found = specifiers_in(db, file);
    let (specifier, span) = found.into_iter().find(|(_, span)| span.touches(offset))?;
    match velox_db::imports(db, project, file).get(specifier)? {
        Resolution::File(path) => Some((span, Symbol::File(path.clone()))),
        _ => None,
    }
}

/// The texts of `layout = 'docs'` and of `slots = ['sidebar']`.
fn in_exports(document: Document<'_>, offset: u32) -> Option<(Span, Symbol)> {
    let text = document.text();
    let place = |span: Span| unquoted(span.shift(document.script_start()), text);
    for export in document.module_facts().exports.iter().filter(|export| export.from.is_none()) {
        match (&*export.name, &export.value) {
            ("layout", Some(Value::String(_, span))) if place(*span).touches(offset) => {
                return Some((place(*span), Symbol::Layout(layout_of(document)?)));
            }
            ("slots", Some(Value::Array(items, _))) => {
                let item = items.iter().find(|item| place(item.span()).touches(offset));
                if let Some(Value::String(name, span)) = item {
                    return Some((place(*span), Symbol::Slot(vec![document.file], name.clone())));
                }
            }
            _ => {}
        }
    }
    None
}

/// The layout that a page names itself.
pub(crate) fn layout_of(document: Document<'_>) -> Option<SourceFile> {
    let LayoutChoice::Named(name) = &document.page().layout else { return None };
    let folder = velox_db::source_folder(document.db, document.project);
    document.at(&format!("{folder}layouts/{name}.velox")).map(|layout| layout.file)
}

/// URLs, tags, keys of `paths`.
fn in_site(document: Document<'_>, offset: u32) -> Option<(Span, Symbol)> {
    if let Some(tag) = site::tag_at(document, offset) {
        return Some((tag.span, Symbol::Tag(tag.text.clone())));
    }
    for (written, by_pattern) in site::urls(document) {
        if written.span.touches(offset)
            && let Some(destination) = site::destination(document, written, by_pattern)
        {
            return Some((written.span, Symbol::Url(destination)));
        }
    }
    if document.is_velox() {
        let keys = document.page().path_items.iter().flat_map(|item| &item.keys);
        let mut keys = keys.map(|key| (unquoted(key.span, document.text()), &key.name));
        let (span, name) = keys.find(|(span, _)| span.touches(offset))?;
        return Some((span, Symbol::Param(name.clone())));
    }
    None
}

/// Slots, classes, ids, props.
fn in_markup(document: Document<'_>, offset: u32) -> Option<(Span, Symbol)> {
    if let Some((span, owners, name)) = slots::slot_at(document, offset) {
        return Some((span, Symbol::Slot(owners, name)));
    }
    let text = document.text();
    if let Some(found) = style_names(document).into_iter().find(|name| name.span.touches(offset)) {
        return Some((found.span, Symbol::Style(found.kind, found.span.text(text).to_owned())));
    }
    match context_at(document, offset) {
        Context::Attribute(at, index, AttributePlace::Name) => {
            let element = at.element().filter(|element| element.kind == ElementKind::Component)?;
            let attribute = element.attributes.get(index)?;
            let origin = component_origin(document, at)?;
            let (Origin::Top(file, _) | Origin::Default(file)) = &origin else { return None };
            let name = at.attribute_name(attribute);
            let span = attribute.name.shift(at.base);
            (*file != document.file || !name.contains(':')).then_some(())?;
            Some((span, Symbol::Prop(*file, origin.clone(), name.to_owned())))
        }
        _ => None,
    }
}

/// What the component of a tag means.
pub(crate) fn component_origin(document: Document<'_>, at: ElementAt<'_>) -> Option<Origin> {
    let Document { db, project, file } = document;
    let element = at.element()?;
    let name = at.name();
    let names = FileNames::of(db, file);
    let root = names.at(element.name.start + at.base)?;
    let Meaning::Top(local) = &root.meaning else { return None };
    match (origin_of(db, project, file, local), name.split_once('.')) {
        (Origin::Module(target), Some((_, member))) => export_of(db, project, target, member, 0),
        (origin, None) => Some(origin),
        _ => None,
    }
}

/// The place in a component's file that reads a prop.
fn prop_place(document: Document<'_>, file: SourceFile, name: &str) -> Option<Span> {
    let db = document.db;
    let text = file.text(db);
    if file.path(db).ends_with(".velox") {
        return members_of(db, file, "props").into_iter().find(|(_, key)| key == name).map(|(span, _)| span);
    }
    let names = FileNames::of(db, file);
    names
        .all()
        .find(|one| {
            one.role == NameRole::Declaration
                && one.kind == Some(BindingKind::Parameter)
                && one.form == NameForm::Property
                && one.span.text(text) == name
        })
        .map(|one| one.span)
}

/// Where a symbol leads, in the file that asked.
pub(crate) fn targets(document: Document<'_>, origin: Span, symbol: &Symbol) -> Vec<Target> {
    let at = |file: SourceFile, focus: Span| Target {
        path: file.path(document.db).to_owned(),
        span: focus,
        focus,
        origin: Some(origin),
    };
    let whole = |path: &str| Target {
        path: path.to_owned(),
        span: Span::at(0),
        focus: Span::at(0),
        origin: Some(origin),
    };
    let db = document.db;
    match symbol {
        Symbol::Local(meaning) => {
            let declared = FileNames::of(db, document.file).declaration(meaning);
            declared.map(|name| at(document.file, name.span)).into_iter().collect()
        }
        Symbol::Shared(origin) => shared_target(document, origin)
            .map(|(file, span, focus)| {
                let mut target = at(file, focus);
                target.span = span;
                target
            })
            .into_iter()
            .collect(),
        Symbol::File(path) => vec![whole(path)],
        Symbol::Slot(owners, name) => {
            let declared = owners.iter().flat_map(|owner| {
                let places = slots::declared(document.with(*owner), name);
                places.into_iter().map(|span| at(*owner, span)).collect::<Vec<_>>()
            });
            let declared: Vec<Target> = declared.collect();
            // From where it is declared the way leads back to those who fill it.
            if declared.iter().any(|target| target.path == document.path() && target.focus == origin) {
                let fills = owners.iter().flat_map(|owner| slots::fills(document.with(*owner), name));
                let fills: Vec<Target> = fills.map(|(file, span)| at(file, span)).collect();
                if !fills.is_empty() {
                    return fills;
                }
            }
            declared
        }
        Symbol::Layout(file) => vec![whole(file.path(db))],
        Symbol::Tag(tag) => {
            let uses = site::uses_of_tag(document, tag);
            let carried = uses.iter().filter(|(_, _, kind)| *kind == UseKind::Declaration);
            carried.map(|(file, written, _)| at(*file, written.span)).collect()
        }
        Symbol::Url(Destination::Routes(routes)) => routes.iter().map(|path| whole(path)).collect(),
        Symbol::Url(Destination::Public(path)) => vec![whole(path)],
        Symbol::Param(name) => {
            let keys = site::uses_of_param(document, name);
            let declared = keys.iter().find(|(_, kind)| *kind == UseKind::Declaration);
            match declared {
                Some((span, _)) => vec![at(document.file, *span)],
                None if document.route().is_some() => vec![whole(document.path())],
                None => Vec::new(),
            }
        }
        Symbol::Style(kind, name) => {
            let text = document.text();
            let all = style_names(document).into_iter();
            let all = all.filter(|one| one.kind == *kind && one.span.text(text) == *name);
            let places: Vec<_> = all.filter(|one| one.declares).collect();
            // Of an id, the element comes first; its rules otherwise.
            places.into_iter().map(|one| at(document.file, one.span)).collect()
        }
        Symbol::Prop(file, component, name) => match prop_place(document, *file, name) {
            Some(span) => vec![at(*file, span)],
            None => targets(document, origin, &Symbol::Shared(component.clone())),
        },
    }
}

/// The place that declares an origin: its file, all of the declaration, the name.
fn shared_target(document: Document<'_>, origin: &Origin) -> Option<(SourceFile, Span, Span)> {
    let db = document.db;
    match origin {
        Origin::Module(file) => Some((*file, Span::at(0), Span::at(0))),
        Origin::Default(file) if file.path(db).ends_with(".velox") => Some((*file, Span::at(0), Span::at(0))),
        Origin::Default(file) => {
            let exports = &velox_db::module_facts(db, *file).exports;
            let export = exports.iter().find(|export| export.name == "default")?;
            Some((*file, export.span, export.span))
        }
        Origin::Top(file, name) => {
            let names = FileNames::of(db, *file);
            let focus = names.declaration(&Meaning::Top(name.clone()))?.span;
            let start = names.script_start();
            let facts = velox_db::module_facts(db, *file);
            let spans = facts.items.iter().map(|item| item.statement);
            let mut spans = spans.chain(facts.imports.iter().map(|import| import.span));
            let whole = spans.find(|span| span.shift(start).contains(focus));
            Some((*file, whole.map_or(focus, |span| span.shift(start)), focus))
        }
    }
}
