//! Which top-level declarations of a server block are lifted to module scope (language.md S4, S9).

use crate::ambient::LIFTED_EXPORTS;
use rustc_hash::{FxBuildHasher, FxHashMap};
use velox_script::{Export, ExportKind, ModuleFacts};

/// For each item of the block, whether it is lifted: those that export `config`, `layout`, `slots` or `paths`, and
/// what they use.
#[must_use]
pub fn lifted_items(block: &ModuleFacts) -> Vec<bool> {
    let mut lifted = vec![false; block.items.len()];
    let mut work: Vec<usize> = block
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| {
            item.exported && item.declares.iter().any(|(name, _)| LIFTED_EXPORTS.contains(&&**name))
        })
        .map(|(at, _)| at)
        .collect();
    let declared = declarations(block);
    let by_name = special_exports(block).filter(|export| export.from.is_none());
    work.extend(
        by_name.filter_map(|export| declared.get(export.local.as_deref().unwrap_or(&export.name)).copied()),
    );
    while let Some(at) = work.pop() {
        if std::mem::replace(&mut lifted[at], true) {
            continue;
        }
        for used in &block.items[at].uses {
            work.extend(declared.get(&*used.name).copied());
        }
    }
    lifted
}

/// Exports of lifted names by `export { local as name }`, with or without `from`.
pub fn special_exports(block: &ModuleFacts) -> impl Iterator<Item = &Export> {
    block.exports.iter().filter(|export| {
        export.kind == ExportKind::Reexport && !export.type_only && LIFTED_EXPORTS.contains(&&*export.name)
    })
}

/// Name → index of the item that declares it.
#[must_use]
pub fn declarations(block: &ModuleFacts) -> FxHashMap<&str, usize> {
    let mut declared = FxHashMap::with_capacity_and_hasher(block.items.len(), FxBuildHasher);
    for (at, item) in block.items.iter().enumerate() {
        for (name, _) in &item.declares {
            declared.entry(&**name).or_insert(at);
        }
    }
    declared
}
