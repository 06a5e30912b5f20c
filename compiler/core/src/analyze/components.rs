//! Components that are not in scope, slots that a component does not have, and directives that do not exist
//! (language.md T3, T6, T8).

use crate::unit::VeloxFile;
use velox_diagnostics::{Code, Diagnostic, Span, nearest};
use velox_syntax::{ElementKind, NodeKind, Tree};

/// A component of the project that could be imported.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KnownComponent {
    /// The name that its file suggests: `Card`.
    pub name: String,
    /// The specifier that reaches it from anywhere: `$components/Card.velox`.
    pub specifier: String,
}

const DIRECTIVES: [&str; 5] = ["client:load", "client:idle", "client:visible", "client:media", "client:only"];

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

fn check_tree(
    file: &VeloxFile<'_>,
    tree: &Tree,
    text: &str,
    base: u32,
    known: &[KnownComponent],
    found: &mut Vec<Diagnostic>,
) {
    // Code in which elements stand may declare names that its elements use.
    let holes: Vec<Span> = tree
        .nodes
        .iter()
        .flat_map(|node| match &node.kind {
            NodeKind::Hole(code) => vec![code],
            NodeKind::Element(element) => {
                element.attributes.iter().filter_map(|attribute| attribute.value.code()).collect()
            }
            _ => Vec::new(),
        })
        .filter(|code| !code.elements.is_empty())
        .map(|code| code.span)
        .collect();
    for node in &tree.nodes {
        let NodeKind::Element(element) = &node.kind else { continue };
        if matches!(element.kind, ElementKind::Component | ElementKind::Html | ElementKind::Custom) {
            check_directives(file, element, text, base, found);
        }
        if element.kind != ElementKind::Component {
            continue;
        }
        let tag = element.name.text(text);
        let name = tag.split('.').next().unwrap_or(tag);
        let span = Span::new(element.name.start, element.name.start + name.len() as u32);
        let in_code = || holes.iter().any(|hole| hole.contains(node.span) && mentions(hole.text(text), name));
        if name.is_empty() || file.declares(name) || in_code() {
            continue;
        }
        found.push(unknown(file, name, span.shift(base), known));
    }
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

fn unknown(file: &VeloxFile<'_>, name: &str, span: Span, known: &[KnownComponent]) -> Diagnostic {
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
            vec![(span, near.to_owned())],
        ),
        None => diagnostic.help(
            "import it in the server block, or begin the name with a small letter if an element is meant",
        ),
    }
}

fn check_directives(
    file: &VeloxFile<'_>,
    element: &velox_syntax::Element,
    text: &str,
    base: u32,
    found: &mut Vec<Diagnostic>,
) {
    let mut first: Option<(&str, Span)> = None;
    for attribute in &element.attributes {
        let name = attribute.name.text(text);
        if !name.starts_with("client:") {
            continue;
        }
        let span = attribute.name.shift(base);
        let tag = element.name.text(text);
        if !DIRECTIVES.contains(&name) {
            let diagnostic = Diagnostic::new(
                Code::UNKNOWN_DIRECTIVE,
                file.path,
                span,
                format!("there is no directive `{name}`"),
            );
            found.push(match nearest(name, DIRECTIVES) {
                Some(near) => diagnostic
                    .help(format!("did you mean `{near}`?"))
                    .fix(format!("write `{near}`"), false, vec![(span, near.to_owned())]),
                None => diagnostic.help("the directives are `client:load`, `client:idle`, `client:visible`, `client:media` and `client:only`"),
            });
        } else if element.kind != ElementKind::Component {
            found.push(
                Diagnostic::new(
                    Code::UNKNOWN_DIRECTIVE,
                    file.path,
                    span,
                    format!("`{name}` stands on an element"),
                )
                .label("only components become islands")
                .help("move the element into a component of its own"),
            );
        } else if let Some((other, at)) = first {
            let message = format!("`<{tag}>` already has `{other}`");
            found.push(
                Diagnostic::new(Code::UNKNOWN_DIRECTIVE, file.path, span, message)
                    .related(file.path, at, "this one says when the island comes alive")
                    .help("keep one of the two"),
            );
        } else {
            first = Some((name, span));
            let local = tag.split('.').next().unwrap_or(tag);
            if file.declares(local) && !is_imported(file, local) {
                let message = format!("`{name}` stands on `{local}`, which is not imported");
                found.push(
                    Diagnostic::new(Code::UNKNOWN_DIRECTIVE, file.path, span, message)
                        .label("the browser loads an island from a file of its own")
                        .help(format!("move `{local}` into a file of components/ and import it")),
                );
            }
        }
    }
}

fn is_imported(file: &VeloxFile<'_>, local: &str) -> bool {
    file.block.imports.iter().flat_map(|import| &import.names).any(|name| name.local == local)
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
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help(format!("add `<slot name=\"{slot}\" />` to the component")),
        });
    }
    found
}
