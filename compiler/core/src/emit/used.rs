//! Names that a file uses as values: the others' imports are dropped, as TypeScript does.

use super::islands::directive;
use crate::unit::VeloxFile;
use rustc_hash::FxHashSet;
use velox_script::ModuleFacts;
use velox_syntax::Tree;

/// Names that a file uses as values, in block, holes and component tags. `<Suspense>` and `<Head>` do not count where
/// they are `compiled_away`, as on the server.
pub(crate) fn used_names<'a>(file: &VeloxFile<'a>, compiled_away: bool) -> FxHashSet<&'a str> {
    let mut used = used_in_module(file.block);
    used.extend(file.facts.holes.iter().flat_map(|facts| &facts.uses).map(|name| &*name.name));
    let template = file.template_source().text;
    component_names(file.template, template, compiled_away, &mut used);
    if let Some(tree) = file.block_tree {
        component_names(tree, file.block_source().text, compiled_away, &mut used);
    }
    if !compiled_away {
        return used;
    }
    for import in file.block.imports.iter().filter(|import| import.specifier == "velox") {
        for name in import.names.iter().filter(|name| matches!(&*name.imported, "Suspense" | "Head")) {
            // The name may also be used as a value.
            let as_value = file
                .facts
                .holes
                .iter()
                .flat_map(|facts| &facts.uses)
                .any(|used| used.name == name.local)
                || file.block.items.iter().flat_map(|item| &item.uses).any(|used| used.name == name.local);
            if !as_value {
                used.remove(&*name.local);
            }
        }
    }
    used
}

/// Names that a module uses as values, the holes of its elements included.
pub(crate) fn used_in_module(facts: &ModuleFacts) -> FxHashSet<&str> {
    let mut used: FxHashSet<&str> =
        facts.items.iter().flat_map(|item| &item.uses).map(|used| &*used.name).collect();
    used.extend(facts.holes.iter().flat_map(|facts| &facts.uses).map(|used| &*used.name));
    used.extend(
        facts
            .exports
            .iter()
            .filter(|export| export.from.is_none())
            .filter_map(|export| export.local.as_deref()),
    );
    used
}

/// The first names of component tags: `ui` of `<ui.Card>`. On the server an island with `client:only` uses no code.
pub(crate) fn component_names<'a>(
    tree: &Tree,
    text: &'a str,
    on_server: bool,
    names: &mut FxHashSet<&'a str>,
) {
    for (_, element) in tree.components() {
        if !(on_server && directive(text, element).is_some_and(|(name, _)| name == "only")) {
            let name = element.name.text(text);
            names.insert(name.split('.').next().unwrap_or(name));
        }
    }
}
