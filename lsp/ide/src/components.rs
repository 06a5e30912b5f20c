//! Components as a file sees them: what a tag means, what it takes, what could be imported; completion and hover say the same of them.
//!
//! Knows what syntax shows. Where a component comes from a package, or its props from another file, it says less.

use crate::symbol::component_origin;
use crate::symbol::modules::{Origin, origin_of};
use crate::{Document, ElementAt};
use velox_script::{ComponentProps, Prop};

/// A component of the framework.
pub(crate) struct FrameworkComponent {
    /// Its name.
    pub(crate) name: &'static str,
    /// The module that exports it.
    pub(crate) specifier: &'static str,
    /// Its props, those that it needs first, and whether it needs them.
    pub(crate) props: &'static [(&'static str, bool)],
    /// Markdown.
    pub(crate) words: &'static str,
}

/// The components of the framework that stand in templates.
pub(crate) const FRAMEWORK: [FrameworkComponent; 4] = [
    FrameworkComponent {
        name: "Suspense",
        specifier: "velox",
        props: &[("fallback", true), ("error", false)],
        words: "Renders its `fallback` at once; what its children wait for streams in later. An error inside goes to its `error`, \
                if it has one.",
    },
    FrameworkComponent {
        name: "Head",
        specifier: "velox",
        props: &[],
        words: "Collects its children into `<head>`; a later title, or a later tag for the same thing, replaces an earlier one.",
    },
    FrameworkComponent {
        name: "QueryClientProvider",
        specifier: "@velox/query",
        props: &[("client", true)],
        words: "Gives the islands in it a `QueryClient`: they render from what it has fetched, on the server and in the browser.",
    },
    FrameworkComponent {
        name: "Link",
        specifier: "velox/client",
        props: &[("href", true)],
        words: "A link that is followed without loading a whole page.",
    },
];

/// What a component's tag means.
#[derive(Clone, Copy)]
pub(crate) enum Component<'a> {
    /// One of the project.
    Project(Known<'a>),
    /// One of the framework.
    Framework(&'static FrameworkComponent),
}

/// A component of the project.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// Its file.
    pub(crate) file: Document<'a>,
    /// What it is seen to take; nothing where nothing is seen.
    pub(crate) props: Option<&'a ComponentProps>,
}

impl<'a> Known<'a> {
    /// The component that a file exports under a name, or declares.
    pub(crate) fn of(file: Document<'a>, name: &str) -> Self {
        let all = velox_db::component_props(file.db, file.file);
        let props = all.iter().find(|one| one.export == name || one.local.as_deref() == Some(name));
        Self { file, props }
    }

    /// Its props, `children` aside.
    pub(crate) fn own_props(self) -> impl Iterator<Item = &'a Prop> {
        self.props.into_iter().flat_map(|all| &all.props).filter(|prop| prop.name != "children")
    }

    /// Names of the slots of a `.velox` component; `default` for the one without a name.
    pub(crate) fn slots(self) -> &'a [String] {
        if self.file.is_velox() { &self.file.page().slots } else { &[] }
    }

    /// Whether content may stand between its tags, as far as can be seen.
    pub(crate) fn takes_content(self) -> bool {
        !self.slots().is_empty()
            || self.props.is_some_and(|all| all.props.iter().any(|prop| prop.name == "children"))
    }
}

/// What the tag of a component means; nothing where that cannot be told.
pub(crate) fn component_of<'a>(document: Document<'a>, at: ElementAt<'_>) -> Option<Component<'a>> {
    let name = at.name();
    // A tag that is being typed may not be among the names of the file yet.
    let origin = component_origin(document, at).or_else(|| {
        is_imported(document, name).then(|| origin_of(document.db, document.project, document.file, name))
    });
    match origin {
        Some(Origin::Default(file)) => Some(Component::Project(Known::of(document.with(file), "default"))),
        Some(Origin::Top(file, top)) if file != document.file || !is_imported(document, name) => {
            Some(Component::Project(Known::of(document.with(file), &top)))
        }
        _ => framework_component(document, name).map(Component::Framework),
    }
}

fn is_imported(document: Document<'_>, local: &str) -> bool {
    document.module_facts().imports.iter().any(|import| import.names.iter().any(|name| name.local == local))
}

/// The component of the framework that a name means in a file.
pub(crate) fn framework_component(
    document: Document<'_>,
    local: &str,
) -> Option<&'static FrameworkComponent> {
    document.module_facts().imports.iter().find_map(|import| {
        let name = import.names.iter().find(|name| name.local == local)?;
        FRAMEWORK.iter().find(|one| one.specifier == import.specifier && one.name == name.imported)
    })
}

/// Words on a component of the project.
pub(crate) fn component_words(name: &str, known: Known<'_>) -> String {
    let mut out = format!("`<{name}>` · `{}`", known.file.path());
    let props: Vec<String> = known.own_props().map(prop_line).collect();
    if !props.is_empty() {
        out.push_str("\n\nProps:\n\n");
        out.push_str(&props.join("\n"));
    }
    let slots = known.slots();
    if !slots.is_empty() {
        let names: Vec<String> = slots.iter().map(|slot| format!("`{slot}`")).collect();
        out.push_str(&format!("\n\nSlots: {}", names.join(", ")));
    }
    out
}

/// Words on a component of the framework.
pub(crate) fn framework_words(component: &FrameworkComponent) -> String {
    format!("`<{}>` · `{}`\n\n{}", component.name, component.specifier, component.words)
}

/// `` - `size?: 'm' | 'l'`: how big it is ``.
fn prop_line(prop: &Prop) -> String {
    let mut out = format!("- `{}`", prop_signature(prop));
    if let Some(first) = prop.documentation.as_deref().and_then(|text| text.lines().next()) {
        out.push_str(&format!(": {first}"));
    }
    out
}

/// `size?: 'm' | 'l'`.
pub(crate) fn prop_signature(prop: &Prop) -> String {
    let mark = if prop.optional { "?" } else { "" };
    match &prop.annotation {
        Some(annotation) => format!("{}{mark}: {annotation}", prop.name),
        None => format!("{}{mark}", prop.name),
    }
}
