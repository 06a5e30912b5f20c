//! Promises that a server block makes and does not await at once (runtime.md STR-5).
//!
//! Until something waits for such a promise its rejection would count as unhandled, and an `await` in between gives it the time. The
//! template of a page or layout runs where a layout prints its slot: there may be an `await` in that layout.

use crate::unit::VeloxFile;
use velox_script::{ItemKind, NameUse};

/// Names of the block that may hold such a promise, each with the end of the statement that declares it: a `const` that is made by
/// a call without `await`, is used by the template, and is followed by an `await`, or by anything at all where the template is `late`.
#[must_use]
pub fn held_names<'a>(file: &VeloxFile<'a>, late: bool) -> Vec<(u32, &'a str)> {
    let items = &file.block.items;
    let late = late || file.facts.holes.iter().any(|hole| hole.awaits);
    let last_await = items.iter().filter_map(|item| item.awaits).map(|span| span.start).max();
    let is_printed =
        |name: &str| file.facts.holes.iter().flat_map(|hole| &hole.uses).any(|used| used.name == name);
    items
        .iter()
        .filter(|item| item.kind == ItemKind::Variable && item.awaits.is_none())
        .filter(|item| item.uses.iter().any(may_give_promise))
        .filter(|item| late || last_await.is_some_and(|last| last > item.statement.start))
        .flat_map(|item| item.declares.iter().map(|(name, _)| (item.statement.end, name.as_str())))
        .filter(|(_, name)| is_printed(name))
        .collect()
}

/// Whether a use is a call that may give a promise: of anything but the language's own functions that never do.
fn may_give_promise(used: &NameUse) -> bool {
    let method = used.members.last().map(|(name, _)| &**name);
    used.called
        && !used.in_function
        && !PLAIN_GLOBALS.contains(&&*used.name)
        && !method.is_some_and(|name| PLAIN_METHODS.contains(&name))
}

const PLAIN_GLOBALS: &[&str] = &[
    "Array",
    "BigInt",
    "Boolean",
    "Date",
    "Intl",
    "JSON",
    "Map",
    "Math",
    "Number",
    "Object",
    "RegExp",
    "Set",
    "String",
    "Symbol",
    "URL",
    "URLSearchParams",
    "decodeURIComponent",
    "encodeURIComponent",
    "isNaN",
    "parseFloat",
    "parseInt",
    "structuredClone",
];

const PLAIN_METHODS: &[&str] = &[
    "at",
    "get",
    "getAll",
    "has",
    "charAt",
    "concat",
    "endsWith",
    "entries",
    "every",
    "filter",
    "find",
    "findIndex",
    "findLast",
    "flat",
    "flatMap",
    "forEach",
    "includes",
    "indexOf",
    "join",
    "keys",
    "map",
    "match",
    "padEnd",
    "padStart",
    "reduce",
    "repeat",
    "replace",
    "replaceAll",
    "reverse",
    "slice",
    "some",
    "sort",
    "split",
    "startsWith",
    "substring",
    "toFixed",
    "toISOString",
    "toLocaleString",
    "toLowerCase",
    "toReversed",
    "toSorted",
    "toString",
    "toUpperCase",
    "trim",
    "trimEnd",
    "trimStart",
    "values",
];
