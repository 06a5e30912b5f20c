//! Which functions only read, as far as code and names tell: such calls may start together.
//!
//! Errs on the side of writing. A function is said to read only where nothing in sight of it writes, guards or ends a page.

use rustc_hash::FxHashMap;
use velox_script::{Item, ItemKind, ModuleFacts, NameUse};

/// Words with which names of functions begin that write, check, connect or end something.
const ACTS: &[&str] = &[
    "abort",
    "acquire",
    "add",
    "alter",
    "append",
    "apply",
    "archive",
    "assert",
    "assign",
    "audit",
    "auth",
    "authenticate",
    "authorise",
    "authorize",
    "backup",
    "ban",
    "begin",
    "block",
    "book",
    "bump",
    "buy",
    "can",
    "cancel",
    "capture",
    "charge",
    "check",
    "claim",
    "clean",
    "clear",
    "close",
    "commit",
    "complete",
    "configure",
    "confirm",
    "connect",
    "consume",
    "copy",
    "create",
    "deactivate",
    "decr",
    "decrement",
    "define",
    "delete",
    "deliver",
    "deny",
    "dequeue",
    "destroy",
    "detach",
    "disable",
    "disconnect",
    "dispatch",
    "drop",
    "emit",
    "enable",
    "end",
    "enqueue",
    "ensure",
    "enter",
    "exec",
    "execute",
    "expect",
    "expire",
    "finish",
    "flush",
    "follow",
    "forbid",
    "generate",
    "grant",
    "guard",
    "has",
    "hit",
    "import",
    "incr",
    "increment",
    "init",
    "initialise",
    "initialize",
    "insert",
    "install",
    "invalidate",
    "invite",
    "invoke",
    "is",
    "issue",
    "join",
    "kill",
    "launch",
    "leave",
    "limit",
    "link",
    "lock",
    "log",
    "login",
    "logout",
    "mark",
    "merge",
    "migrate",
    "mint",
    "move",
    "must",
    "mutate",
    "next",
    "notify",
    "open",
    "patch",
    "pay",
    "persist",
    "pop",
    "post",
    "prepare",
    "process",
    "publish",
    "purchase",
    "purge",
    "push",
    "put",
    "rate",
    "reauth",
    "record",
    "redeem",
    "redirect",
    "refresh",
    "refund",
    "register",
    "reject",
    "release",
    "remember",
    "remove",
    "rename",
    "renew",
    "replace",
    "report",
    "require",
    "reserve",
    "reset",
    "restore",
    "resume",
    "revalidate",
    "revoke",
    "roll",
    "rollback",
    "rotate",
    "run",
    "save",
    "schedule",
    "seed",
    "send",
    "set",
    "setup",
    "shift",
    "sign",
    "signin",
    "signout",
    "signup",
    "sleep",
    "spend",
    "splice",
    "start",
    "stop",
    "store",
    "submit",
    "subscribe",
    "sync",
    "take",
    "throttle",
    "throw",
    "toggle",
    "touch",
    "track",
    "transaction",
    "transfer",
    "trigger",
    "truncate",
    "unlink",
    "unlock",
    "unshift",
    "unsubscribe",
    "update",
    "upgrade",
    "upload",
    "upsert",
    "use",
    "validate",
    "verify",
    "void",
    "wait",
    "warm",
    "wipe",
    "with",
    "write",
];

/// Words with which names of functions begin that read.
const READS: &[&str] = &[
    "all", "by", "count", "describe", "fetch", "find", "first", "get", "latest", "list", "load", "lookup",
    "newest", "popular", "query", "read", "recent", "retrieve", "search", "select", "top",
];

/// Names of `velox/server` with which a function ends the page, or looks at who asks.
const ENDS: &[&str] = &[
    "NotFound",
    "badRequest",
    "forbidden",
    "notFound",
    "redirect",
    "unauthorized",
    "useCookies",
    "revalidatePath",
    "revalidateTag",
];

/// Functions and methods of the language, and of builders of queries, whose names say something else than they do.
const HARMLESS: &[&str] = &[
    "has",
    "hasOwn",
    "isArray",
    "isFinite",
    "isInteger",
    "isNaN",
    "isSafeInteger",
    "join",
    "limit",
    "log",
    "next",
    "prepare",
    "replace",
    "replaceAll",
    "setTimeout",
    "with",
];

/// Whether a name of `velox/server` ends the page, or looks at who asks.
#[must_use]
pub fn ends_page(name: &str) -> bool {
    ENDS.contains(&name)
}

/// The first word of a name: `get` of `getPosts` and `get_posts`, `posts` of `posts`.
fn first_word(name: &str) -> &str {
    let name = name.trim_start_matches(['_', '$']);
    let mut characters = name.char_indices();
    let upper = |c: char| c.is_uppercase();
    // Of `URLOf` and `SQL` the whole is one word.
    let Some((_, first)) = characters.next() else { return name };
    if upper(first) {
        return name;
    }
    let end = characters.find(|(_, c)| upper(*c) || matches!(c, '_' | '$') || c.is_ascii_digit());
    &name[..end.map_or(name.len(), |(at, _)| at)]
}

/// Whether a function of this name may do more than read.
#[must_use]
pub fn acts(name: &str) -> bool {
    ACTS.binary_search(&first_word(name)).is_ok()
}

/// Whether a method that is called inside of a function may do more than read.
pub(super) fn method_acts(name: &str) -> bool {
    acts(name) && !HARMLESS.contains(&name)
}

/// Whether a function of this name reads, by its name.
#[must_use]
pub fn reads(name: &str) -> bool {
    READS.binary_search(&first_word(name)).is_ok()
}

/// Whether code writes in another language, or sends more than a question: `INSERT`, `{ method: 'POST' }`.
#[must_use]
pub fn writes_in_text(code: &str) -> bool {
    const STATEMENTS: [&str; 10] =
        ["INSERT", "UPDATE", "DELETE", "REPLACE", "UPSERT", "MERGE", "TRUNCATE", "DROP", "ALTER", "mutation"];
    STATEMENTS.iter().any(|word| has_word(code, word))
        || ["insert into ", "delete from ", " for update"].iter().any(|words| code.contains(words))
        || has_word(code, "method")
}

/// Whether a word stands alone in code.
pub(super) fn has_word(code: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    code.match_indices(word)
        .any(|(at, _)| !code[..at].ends_with(part) && !code[at + word.len()..].starts_with(part))
}

/// Names of methods that are called in code: `run` of `prepare(x).run()`.
pub(super) fn methods(code: &str) -> impl Iterator<Item = &str> {
    code.match_indices('.').filter_map(|(at, _)| {
        let rest = &code[at + 1..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))?;
        (end > 0 && rest[end..].trim_start().starts_with('(')).then(|| &rest[..end])
    })
}

/// Whether what begins at `end`, after a name and its members, is an assignment to a part of it: `.count += 1`, `[id] = x`.
#[must_use]
pub fn is_written(code: &str, end: u32) -> bool {
    let Some(mut rest) = code.get(end as usize..) else { return true };
    loop {
        rest = rest.trim_start();
        if let Some(member) = rest.strip_prefix('.') {
            rest = member.trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '#'));
            if rest.len() == member.len() {
                return false;
            }
        } else if rest.starts_with('[') {
            let mut depth = 0u32;
            let close = rest.char_indices().find(|(_, c)| {
                match c {
                    '[' => depth += 1,
                    ']' => depth -= 1,
                    _ => {}
                }
                depth == 0
            });
            let Some((at, _)) = close else { return true };
            rest = &rest[at + 1..];
        } else {
            break;
        }
    }
    let operator = rest.trim_start_matches(['+', '-', '*', '/', '%', '&', '|', '^', '?', '<', '>']);
    rest.starts_with("++")
        || rest.starts_with("--")
        || (operator.starts_with('=') && !operator.starts_with("==") && !operator.starts_with("=>"))
            && !rest.starts_with("<=")
            && !rest.starts_with(">=")
}

/// The end of a use with the members that are read of it.
pub(super) fn end_of(used: &NameUse) -> u32 {
    used.members.last().map_or(used.span.end, |(_, span)| span.end.max(used.span.end))
}

/// What a top-level declaration of a module does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Whether something in it writes, guards or ends a page.
    pub acts: bool,
    /// Top-level names of its module that it uses, its own aside.
    pub local: Vec<String>,
    /// What it uses of other modules: the specifier, and the name there.
    pub imported: Vec<(String, String)>,
    /// Names that look like methods or properties in it.
    pub members: Vec<String>,
}

/// What the declarations of a module do, and under which names others know them. Holds no positions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// By the name in the module.
    pub declared: FxHashMap<String, Effect>,
    /// By the exported name: the name in the module.
    pub exported: FxHashMap<String, String>,
    /// By the exported name: the specifier, and the name there.
    pub passed_on: FxHashMap<String, (String, String)>,
}

/// Reads a module; `text` is what its spans count in.
#[must_use]
pub fn effects(facts: &ModuleFacts, text: &str) -> Effects {
    let imported: FxHashMap<&str, (&str, &str)> = facts
        .imports
        .iter()
        .flat_map(|import| import.names.iter().map(move |name| (import, name)))
        .filter(|(_, name)| !name.type_only)
        .map(|(import, name)| (&*name.local, (&*import.specifier, &*name.imported)))
        .collect();
    let mut found = Effects::default();
    for item in &facts.items {
        let effect = effect(item, text, &imported);
        for (name, _) in &item.declares {
            found.declared.insert(name.clone(), effect.clone());
        }
    }
    for export in facts.exports.iter().filter(|export| !export.type_only) {
        let local = export.local.clone().unwrap_or_else(|| export.name.clone());
        match &export.from {
            Some((specifier, _)) => {
                found.passed_on.insert(export.name.clone(), (specifier.clone(), local));
            }
            None => match imported.get(&*local) {
                Some((specifier, name)) => {
                    let target = ((*specifier).to_owned(), (*name).to_owned());
                    found.passed_on.insert(export.name.clone(), target);
                }
                None => {
                    found.exported.insert(export.name.clone(), local);
                }
            },
        }
    }
    found
}

fn effect(item: &Item, text: &str, imported: &FxHashMap<&str, (&str, &str)>) -> Effect {
    let place = item.declarator.as_ref().map_or(item.span, |declarator| declarator.span);
    let code = place.text(text);
    let mut effect = Effect {
        acts: writes_in_text(code) || methods(code).any(method_acts) || !is_plain(item, code),
        ..Effect::default()
    };
    for used in &item.uses {
        effect.acts |= use_acts(used, text);
        match imported.get(&*used.name) {
            Some(("velox/server", name)) => effect.acts |= ENDS.contains(name) || acts(name),
            Some((specifier, name)) => {
                effect.acts |= acts(name) && used.called;
                effect.imported.push(((*specifier).to_owned(), (*name).to_owned()));
            }
            None => {
                effect.acts |= ENDS.contains(&&*used.name);
                effect.local.push(used.name.clone());
            }
        }
    }
    effect.local.sort_unstable();
    effect.local.dedup();
    effect.imported.sort_unstable();
    effect.imported.dedup();
    if item.kind == ItemKind::Variable
        && code.split_once('=').is_some_and(|(_, value)| value.trim_start().starts_with('{'))
    {
        effect.members = keys(code);
    }
    effect
}

/// Whether a declaration is one that can be looked into.
fn is_plain(item: &Item, code: &str) -> bool {
    // What a module computes once it computes before anything is called.
    matches!(item.kind, ItemKind::Variable | ItemKind::Function | ItemKind::Class)
        && !code.contains("await import")
}

/// Whether a use of a name does more than read.
pub(super) fn use_acts(used: &NameUse, text: &str) -> bool {
    let called = used.members.last().map_or(&used.name, |(member, _)| member);
    used.assigned || (used.called && method_acts(called)) || (!used.called && is_written(text, end_of(used)))
}

/// Names before `(` and `:` in an object.
fn keys(code: &str) -> Vec<String> {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut keys: Vec<String> = code
        .match_indices(['(', ':', ','])
        .filter_map(|(at, _)| {
            let before = code[..at].trim_end();
            let start = before
                .rfind(|c| !part(c))
                .map_or(0, |end| end + before[end..].chars().next().map_or(1, char::len_utf8));
            let name = &before[start..];
            (!name.is_empty() && !before[..start].ends_with('.')).then(|| name.to_owned())
        })
        .collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use velox_script::{Dialect, parse_module};

    #[test]
    fn the_lists_are_sorted() {
        assert!(
            ACTS.windows(2).all(|pair| pair[0] < pair[1]),
            "{:?}",
            ACTS.windows(2).find(|pair| pair[0] >= pair[1])
        );
        assert!(READS.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn the_first_word_of_a_name_decides() {
        for name in
            ["getPosts", "settings", "address", "posts", "isolated", "canonical", "postcards", "startup"]
        {
            assert!(!acts(name), "{name}");
        }
        for name in
            ["set", "setX", "set_x", "requireUser", "isAdmin", "canSee", "ensureDb", "post", "signIn", "auth"]
        {
            assert!(acts(name), "{name}");
        }
        assert!(
            reads("getPosts") && reads("find_all") && reads("list") && !reads("posts") && !reads("getting")
        );
    }

    fn check(code: &str) -> String {
        let effects = effects(&parse_module(code, Dialect::TypeScript, &[], false), code);
        let mut names: Vec<&String> =
            effects.declared.iter().filter(|(_, effect)| effect.acts).map(|(name, _)| name).collect();
        names.sort();
        names.into_iter().map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_writes_guards_or_ends_a_page_acts() {
        assert_eq!(
            check("export const a = async (id) => { const r = await fetch(`/x/${id}`); return r.json(); };"),
            ""
        );
        assert_eq!(check("const seen = {}; export const a = async (id) => { seen[id] = 1; };"), "a");
        assert_eq!(check("const state = { n: 0 }; export function a() { state.n += 1; }"), "a");
        assert_eq!(check("let n = 0; export function a() { n++; }"), "a");
        assert_eq!(check("let n = 0; export function a() { return n <= 1 && n == 2 && n >= 3; }"), "");
        assert_eq!(check("export const a = () => sql`INSERT INTO x VALUES (1)`;"), "a");
        assert_eq!(check("export const a = () => fetch('/x', { method: 'POST' });"), "a");
        assert_eq!(
            check("import { notFound } from 'velox/server'; export const a = () => { throw notFound(); };"),
            "a"
        );
        assert_eq!(check("import db from 'sqlite'; export const a = () => db.prepare('x').run();"), "a");
        assert_eq!(check("import db from 'sqlite'; export const a = () => db.query('select 1').all();"), "");
    }
}
