//! Which top-level declarations of a server block are lifted to module scope (language.md S4, S9).

use crate::ambient::LIFTED_EXPORTS;
use rustc_hash::FxHashMap;
use velox_script::ModuleFacts;

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
    if work.is_empty() {
        return lifted;
    }
    let declared = declarations(block);
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

/// Name → index of the item that declares it.
#[must_use]
pub fn declarations(block: &ModuleFacts) -> FxHashMap<&str, usize> {
    let mut declared = FxHashMap::default();
    for (at, item) in block.items.iter().enumerate() {
        for (name, _) in &item.declares {
            declared.entry(&**name).or_insert(at);
        }
    }
    declared
}
