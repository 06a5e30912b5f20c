//! Islands: components with a `client:` directive, which the browser brings to life (language.md T8).
//!
//! An island is called through the runtime, under an id that names its module and export; the build makes a bundle of each.
//! Whether a directive may stand where it stands is not asked here.

use super::code::{CodeEmitter, Region};
use super::concat::Concat;
use super::imports::ImportTarget;
use super::names::Helper;
use super::template::Emitter;
use super::writer::Source;
use memchr::memmem;
use rustc_hash::FxHashMap;
use velox_diagnostics::Span;
use velox_script::Import;
use velox_syntax::{Attribute, AttributeValue, Element, ElementKind, NodeKind, Tree};

/// Where an imported name comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    /// Path of the module in the project, or the specifier of a package.
    module: String,
    /// Name of the export; `*` for the module as a whole.
    export: String,
}

impl Origin {
    /// The id of the island that the tag `name` means: `components/Counter.tsx#default`, `components/ui.tsx#Card`.
    fn id(&self, name: &str) -> String {
        let rest = name.split_once('.').map(|(_, rest)| rest);
        match (&*self.export, rest) {
            ("*", Some(rest)) => format!("{}#{rest}", self.module),
            (export, Some(rest)) => format!("{}#{export}.{rest}", self.module),
            (export, None) => format!("{}#{export}", self.module),
        }
    }
}

/// Origins of all imported names, in a file that has directives.
pub(crate) fn origins<'a>(
    text: &str,
    imports: &'a [Import],
    target: &dyn Fn(&str) -> ImportTarget,
) -> FxHashMap<&'a str, Origin> {
    let mut origins = FxHashMap::default();
    if memmem::find(text.as_bytes(), b"client:").is_none() {
        return origins;
    }
    for import in imports.iter().filter(|import| !import.type_only) {
        for name in import.names.iter().filter(|name| !name.type_only) {
            let module = target(&import.specifier).module;
            origins.insert(&*name.local, Origin { module, export: name.imported.to_string() });
        }
    }
    origins
}

/// An island in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Island {
    /// Its id in the output: module, `#`, export.
    pub id: String,
    /// Path of its module in the project, or the specifier of a package.
    pub module: String,
    /// The export, with the members that lead to the component: `default`, `Card`, `Tabs.Panel`.
    pub export: String,
    /// Its tag, in the file.
    pub span: Span,
}

/// The islands among the elements of a file. Each tree comes with its text.
#[must_use]
pub fn islands(
    trees: &[(&Tree, Source<'_>)],
    text: &str,
    imports: &[Import],
    target: &dyn Fn(&str) -> ImportTarget,
) -> Vec<Island> {
    let origins = origins(text, imports, target);
    let mut found = Vec::new();
    if origins.is_empty() {
        return found;
    }
    for (tree, source) in trees {
        for node in &tree.nodes {
            let NodeKind::Element(element) = &node.kind else { continue };
            if element.kind != ElementKind::Component || directive(source.text, element).is_none() {
                continue;
            }
            let name = element.name.text(source.text);
            let Some(origin) = origins.get(name.split('.').next().unwrap_or(name)) else { continue };
            let id = origin.id(name);
            let export = id[origin.module.len() + 1..].to_owned();
            let span = element.name.shift(source.base);
            found.push(Island { id, module: origin.module.clone(), export, span });
        }
    }
    found
}

/// The directive of a component, by its name without `client:`.
pub(crate) fn directive<'a>(text: &'a str, element: &'a Element) -> Option<(&'a str, &'a Attribute)> {
    element.attributes.iter().find_map(|attribute| {
        let name = attribute.name.text(text).strip_prefix("client:")?;
        matches!(name, "load" | "idle" | "visible" | "media" | "only").then_some((name, attribute))
    })
}

impl<'a> Emitter<'a> {
    /// Writes the call of an island. Gives false, and writes nothing, where the component is none.
    pub(crate) fn island(&mut self, region: Region<'a>, element: &'a Element, concat: &mut Concat) -> bool {
        let Some((on, attribute)) = directive(region.source.text, element) else { return false };
        let name = region.text(element.name);
        let Some(id) = self.origins.get(name.split('.').next().unwrap_or(name)).map(|origin| origin.id(name))
        else {
            return false;
        };
        let helper = self.names.helper(Helper::Island);
        concat.piece(&mut self.out);
        self.out.text(&helper);
        self.out.text("(");
        if on == "only" {
            self.out.map(region.source.base + element.name.start);
            self.out.text("null");
        } else {
            self.component_name(region, element);
        }
        self.out.text(", ");
        self.component_properties(region, element);
        self.out.text(", ");
        self.out.string(&id);
        self.out.text(", { on: ");
        self.out.string(on);
        if attribute.value != AttributeValue::Bare {
            self.out.text(", value: ");
            match &attribute.value {
                AttributeValue::Text(text) => {
                    self.out.string(&htmlize::unescape_attribute(region.text(*text)));
                }
                value => match value.code() {
                    Some(code) => self.value(region, code),
                    None => self.out.text("undefined"),
                },
            }
        }
        self.out.text(" })");
        true
    }
}
