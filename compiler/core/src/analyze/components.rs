//! Components that are not in scope, and slots that a component does not have (language.md T3, T6).

use crate::unit::VeloxFile;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use velox_diagnostics::{Code, Diagnostic, Span, nearest};
use velox_syntax::{Code as Hole, Element, NodeKind, Tree};

/// A component of the project that could be imported.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KnownComponent {
    /// The name that its file suggests: `Card`.
    pub name: String,
    /// The specifier that reaches it from anywhere: `$components/Card.velox`.
    pub specifier: String,
}

/// Checks every component tag of a file.
#[must_use]
pub fn check_components(file: &VeloxFile<'_>, known: &[KnownComponent]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let template = file.template_source();
    check_tree(file, file.template, template.text, template.base, known, &mut found);
    if let Some(tree) = file.block_tree {
        let block = file.block_source();
        check_tree(file, tree, block.text, block.base, known, &mut found);
    }
    found
}

/// As [`check_components`], of a module with elements. Functions declare names for what stands in them, so a name that stands anywhere
/// otherwise than as a tag is left alone.
#[must_use]
pub fn check_module_components(file: &VeloxFile<'_>, known: &[KnownComponent]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Some(tree) = file.block_tree else { return found };
    let mut mentioned: FxHashMap<&str, bool> = FxHashMap::default();
    for (_, element) in tree.components() {
        let tag = element.name.text(file.text);
        let name = tag.split('.').next().unwrap_or(tag);
        if name.is_empty() {
            continue;
        }
        if *mentioned.entry(name).or_insert_with(|| mentions(file.text, name)) {
            continue;
        }
        found.push(unknown(file, name, tag_names(element, name, file.text, 0), known));
    }
    found
}

/// The places of a component's name in its opening and its closing tag.
fn tag_names(element: &Element, name: &str, text: &str, base: u32) -> (Span, Option<Span>) {
    let span = Span::new(element.name.start, element.name.start + name.len() as u32);
    let close = element.close.and_then(|close| {
        let at = close.text(text).find(name)? as u32 + close.start;
        Some(Span::new(at, at + name.len() as u32).shift(base))
    });
    (span.shift(base), close)
}

fn check_tree(
    file: &VeloxFile<'_>,
    tree: &Tree,
    text: &str,
    base: u32,
    known: &[KnownComponent],
    found: &mut Vec<Diagnostic>,
) {
    // Code in which elements stand may declare names that its elements use.
    let holes = OnceCell::new();
    let holes = || holes.get_or_init(|| holes_with_elements(tree));
    for (node, element) in tree.components() {
        let tag = element.name.text(text);
        let name = tag.split('.').next().unwrap_or(tag);
        let in_code =
            || holes().iter().any(|hole| hole.contains(node.span) && mentions(hole.text(text), name));
        if name.is_empty() || file.declares(name) || in_code() {
            continue;
        }
        found.push(unknown(file, name, tag_names(element, name, text, base), known));
    }
}

/// Code in which elements stand.
fn holes_with_elements(tree: &Tree) -> Vec<Span> {
    let mut found = Vec::new();
    let mut add = |code: &Hole| {
        if !code.elements.is_empty() {
            found.push(code.span);
        }
    };
    for node in &tree.nodes {
        match &node.kind {
            NodeKind::Hole(code) => add(code),
            NodeKind::Element(element) => {
                element.attributes.iter().filter_map(|attribute| attribute.value.code()).for_each(&mut add);
            }
            _ => {}
        }
    }
    found
}

/// Whether `name` stands in the code otherwise than as a tag: it may be declared there.
fn mentions(code: &str, name: &str) -> bool {
    let is_name = |byte: Option<u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$'))
    };
    code.match_indices(name).any(|(at, _)| {
        let before = at.checked_sub(1).map(|at| code.as_bytes()[at]);
        let after = code.as_bytes().get(at + name.len()).copied();
        !is_name(before) && !is_name(after) && !matches!(before, Some(b'<' | b'/'))
    })
}

fn unknown(
    file: &VeloxFile<'_>,
    name: &str,
    (span, close): (Span, Option<Span>),
    known: &[KnownComponent],
) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::UNKNOWN_COMPONENT,
        file.path,
        span,
        format!("the component `{name}` is not in scope"),
    );
    let import = match name {
        "Suspense" | "Head" => Some(format!("import {{ {name} }} from 'velox';")),
        _ => known
            .iter()
            .find(|component| component.name == name)
            .map(|component| format!("import {name} from '{}';", component.specifier)),
    };
    if let Some(import) = import {
        let (at, text) = match &file.regions.server {
            Some(server) => (Span::at(server.body.start), format!("{import}\n")),
            None => (Span::at(file.regions.template.start), format!("---\n{import}\n---\n")),
        };
        return diagnostic.help(format!("import it: `{import}`")).fix(
            format!("add `{import}`"),
            false,
            vec![(at, text)],
        );
    }
    let imported = file.block.imports.iter().flat_map(|import| &import.names).map(|name| &*name.local);
    let near = nearest(name, imported.chain(known.iter().map(|component| &*component.name)));
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(
            format!("write `{near}`"),
            false,
            [Some(span), close].into_iter().flatten().map(|span| (span, near.to_owned())).collect(),
        ),
        None => {
            let place = if file.path.ends_with(".velox") { " in the server block" } else { "" };
            diagnostic.help(format!(
                "import it{place}, or begin the name with a small letter if an element is meant"
            ))
        }
    }
}

/// Checks that content given to `.velox` components has a slot to go to. `slots_of` knows the slots of an imported component.
#[must_use]
pub fn check_component_slots(
    file: &str,
    fills: &[(String, String, Span)],
    slots_of: &dyn Fn(&str) -> Option<Vec<String>>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (component, slot, span) in fills {
        let Some(slots) = slots_of(component) else { continue };
        if slots.contains(slot) {
            continue;
        }
        let diagnostic = Diagnostic::new(
            Code::UNKNOWN_SLOT,
            file,
            *span,
            format!("the component `{component}` has no slot `{slot}`"),
        );
        found.push(match nearest(slot, slots.iter().map(String::as_str)) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(
                format!("write `{near}`"),
                false,
                vec![(*span, near.to_owned())],
            ),
            None => diagnostic.help(format!("add `<slot name=\"{slot}\" />` to the component")),
        });
    }
    found
}
