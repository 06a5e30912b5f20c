//! Extracts the selected elements to a component: a `.tsx` module in `components/`, with props for the names that it needs.
//!
//! Not offered where the elements would mean something else there: where they await, fill or declare slots, hydrate, are styled by the
//! file, or read what only a page knows.

mod types;

use super::wrap::siblings;
use super::{Action, ActionKind};
use crate::imports::{ImportAs, Style, import_edits, relative, specifier_for};
use crate::{Change, Document, FileChange, TextEdit};
use std::collections::{BTreeMap, BTreeSet};
use velox_core::ambient::{REQUEST_NAMES, SERVER_NAMES};
use velox_core::resolve::Resolution;
use velox_diagnostics::{Diagnostic, Severity, Span};
use velox_script::{BindingPlace, Import, NameRole};
use velox_syntax::{ElementKind, NodeKind};

pub(super) fn list(
    document: Document<'_>,
    selection: Span,
    diagnostics: &[Diagnostic],
    found: &mut Vec<Action>,
) {
    // An error would be taken along to another file.
    let has_error = || diagnostics.iter().any(|found| found.severity == Severity::Error);
    if selection.is_empty() || !document.is_velox() || has_error() {
        return;
    }
    if let Some(Plan { name, .. }) = plan(document, selection) {
        found.push(Action::new("extract", format!("Extract to a component `{name}`"), ActionKind::Extract));
    }
}

/// What would be extracted.
struct Plan<'a> {
    /// The elements, in the file.
    span: Span,
    /// Whether it is one element.
    single: bool,
    /// The component.
    name: String,
    /// Its file.
    path: String,
    /// Names that it is given, sorted, with the places in the template that declare them.
    props: BTreeMap<&'a str, Option<Span>>,
    /// Names that it imports itself: the local name, with the import.
    imports: BTreeMap<&'a str, &'a Import>,
}

fn plan(document: Document<'_>, selection: Span) -> Option<Plan<'_>> {
    let span = siblings(document, selection)?;
    let base = document.template_start();
    let inside = |place: Span| span.contains(place.shift(base));
    let text = document.template();
    let tree = document.tree();
    if !tree.problems.is_empty() || !document.template_facts().problems.is_empty() {
        return None;
    }
    let mut first = None;
    let mut single = false;
    for node in &tree.nodes {
        let NodeKind::Element(element) = &node.kind else {
            if inside(node.span)
                && matches!(node.kind, NodeKind::Comment(_) | NodeKind::Doctype | NodeKind::RawText)
            {
                return None;
            }
            continue;
        };
        // What styles the file's elements does not reach those of another.
        if element.name.text(text) == "style" {
            return None;
        }
        if !inside(node.span) {
            continue;
        }
        let directive = |name: Span| name.text(text).contains(':');
        if element.kind == ElementKind::Slot
            || element.attributes.iter().any(|attribute| directive(attribute.name))
        {
            return None;
        }
        if node.span.start + base == span.start {
            single |= node.span.shift(base) == span;
            first = Some(element);
        }
    }
    if document.template_facts().holes.iter().any(|hole| inside(hole.span) && hole.awaits) {
        return None;
    }
    let (mut props, mut imports) = (BTreeMap::new(), BTreeMap::new());
    let facts = document.module_facts();
    let declared: BTreeSet<&str> =
        facts.items.iter().flat_map(|item| &item.declares).map(|(name, _)| name.as_str()).collect();
    let bindings = velox_db::template_bindings(document.db, document.file);
    for found in bindings.names.iter().filter(|found| inside(found.span)) {
        let binding = bindings.bindings.get(found.binding as usize)?;
        let outer = match binding.place {
            BindingPlace::Inner(scope) => !inside(scope),
            BindingPlace::Free | BindingPlace::Top => true,
        };
        if !outer {
            continue;
        }
        if found.role != NameRole::Read {
            return None;
        }
        let name = binding.name.as_str();
        let import = facts.imports.iter().find(|import| import.names.iter().any(|bound| bound.local == name));
        if matches!(binding.place, BindingPlace::Inner(_)) || declared.contains(name) {
            let inner = matches!(binding.place, BindingPlace::Inner(_));
            let declared = inner.then(|| types::declaration(bindings, found.binding)).flatten();
            // Two of the same name cannot both be given under it.
            if props.insert(name, declared).is_some_and(|before| before != declared) {
                return None;
            }
        } else if let Some(import) = import {
            imports.insert(name, import);
        } else if REQUEST_NAMES.contains(&name) || SERVER_NAMES.contains(&name) {
            return None;
        }
    }
    let words = first.map(|element| {
        let value = |wanted: &str| {
            let attribute =
                element.attributes.iter().find(|attribute| attribute.name.text(text) == wanted)?;
            match attribute.value {
                velox_syntax::AttributeValue::Text(span) => span.text(text).split_whitespace().next(),
                _ => None,
            }
        };
        value("id").or_else(|| value("class")).unwrap_or_else(|| element.name.text(text))
    });
    let (name, path) = free_name(document, words.unwrap_or_default(), &props);
    Some(Plan { span, single, name, path, props, imports })
}

/// A name that no component and nothing in the file has, and its file.
fn free_name(document: Document<'_>, words: &str, props: &BTreeMap<&str, Option<Span>>) -> (String, String) {
    let mut stem: String = words
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word[..1].to_ascii_uppercase() + &word[1..])
        .collect();
    if !stem.starts_with(|first: char| first.is_ascii_uppercase()) {
        stem = "Part".to_owned();
    }
    let folder = format!("{}components", velox_db::source_folder(document.db, document.project));
    let files = document.project.files(document.db);
    let facts = document.module_facts();
    let taken = |name: &str| {
        let file = |ending: &str| files.contains(&format!("{folder}/{name}.{ending}"));
        file("tsx")
            || file("velox")
            || file("jsx")
            || props.contains_key(name)
            || facts.imports.iter().flat_map(|import| &import.names).any(|bound| bound.local == name)
            || facts.items.iter().flat_map(|item| &item.declares).any(|(declared, _)| declared == name)
    };
    let numbered = (2..).map(|number| format!("{stem}{number}"));
    let name = std::iter::once(stem.clone()).chain(numbered).find(|name| !taken(name)).unwrap_or(stem);
    let path = format!("{folder}/{name}.tsx");
    (name, path)
}

/// Moves the selected elements into a component of their own.
pub(super) fn extract(document: Document<'_>, selection: Span) -> Option<Change> {
    let Plan { span, single, name, path, props, imports } = plan(document, selection)?;
    let block = document.script().map_or("", |script| script.text(document.text()));
    let Style { quote, end } = Style::of(document, block);
    let mut out = String::new();
    for (local, import) in &imports {
        let bound = import.names.iter().find(|bound| bound.local == *local)?;
        let clause = match bound.imported.as_str() {
            "default" => (*local).to_owned(),
            "*" => format!("* as {local}"),
            same if same == *local => format!("{{ {local} }}"),
            other => format!("{{ {other} as {local} }}"),
        };
        let specifier = moved_specifier(document, &path, &import.specifier)?;
        out.push_str(&format!("import {clause} from {quote}{specifier}{quote}{end}\n"));
    }
    if !imports.is_empty() {
        out.push('\n');
    }
    let names: Vec<&str> = props.keys().copied().collect();
    let types: Vec<String> = props
        .iter()
        .map(|(name, declared)| format!("{name}: {}", types::type_of(document, name, *declared)))
        .collect();
    let parameters = if names.is_empty() {
        String::new()
    } else {
        format!("{{ {} }}: {{ {} }}", names.join(", "), types.join("; "))
    };
    let elements = span.text(document.text());
    let elements = if single { elements.to_owned() } else { format!("<>{elements}</>") };
    out.push_str(&format!(
        "export default function {name}({parameters}) {{\n  return (\n    {elements}\n  ){end}\n}}\n"
    ));
    let options = velox_db::project_facts(document.db, document.project).config.format.options();
    let out = velox_format::format(&path, &out, &options).unwrap_or(out);
    let given: String = names.iter().map(|name| format!(" {name}={{{name}}}")).collect();
    let mut edits = import_edits(document, &name, ImportAs::Default, &own_specifier(document, &path));
    edits.push(TextEdit::new(span, format!("<{name}{given} />")));
    let mut change = Change::of(document.path(), edits);
    change.files.push(FileChange::Create(path, out));
    Some(change)
}

/// How this file imports the component: without an ending, unless the file writes endings.
fn own_specifier(document: Document<'_>, path: &str) -> String {
    let specifier = specifier_for(document, path);
    let written = document.module_facts().imports.iter().any(|import| import.specifier.ends_with(".tsx"));
    match specifier.strip_suffix(".tsx") {
        Some(stem) if !written => stem.to_owned(),
        _ => specifier,
    }
}

/// A specifier of this file, as it is written in another; with an ending where it had one.
fn moved_specifier(document: Document<'_>, path: &str, specifier: &str) -> Option<String> {
    if !specifier.starts_with('.') {
        return Some(specifier.to_owned());
    }
    match velox_db::imports(document.db, document.project, document.file).get(specifier)? {
        Resolution::File(target) => {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let moved = relative(folder, target);
            let ending = |path: &str| path.rsplit('/').next().and_then(|name| name.rfind('.'));
            let bare = ending(specifier.trim_start_matches(['.', '/'])).is_none();
            let stem = moved.rfind('.').filter(|at| bare && !moved[*at..].contains('/'));
            Some(stem.map_or(moved.clone(), |at| moved[..at].to_owned()))
        }
        _ => None,
    }
}
