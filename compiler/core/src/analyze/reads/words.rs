//! What names and words in code tell of what a function does.

use velox_script::NameUse;

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
pub(in crate::analyze) fn method_acts(name: &str) -> bool {
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
    const WORDS: [&str; 11] = [
        "INSERT", "UPDATE", "DELETE", "REPLACE", "UPSERT", "MERGE", "TRUNCATE", "DROP", "ALTER", "mutation",
        "method",
    ];
    let mut perhaps = false;
    for word in words(code) {
        if WORDS.contains(&word) {
            return true;
        }
        perhaps |= word.ends_with("insert") || word.ends_with("delete") || word.starts_with("update");
    }
    perhaps && ["insert into ", "delete from ", " for update"].iter().any(|words| code.contains(words))
}

/// The words of code: names, keywords and numbers, and those in its strings.
pub(in crate::analyze) fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$')).filter(|word| !word.is_empty())
}

/// Names of methods that are called in code: `run` of `prepare(x).run()`.
pub(in crate::analyze) fn methods(code: &str) -> impl Iterator<Item = &str> {
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
pub(in crate::analyze) fn end_of(used: &NameUse) -> u32 {
    used.members.last().map_or(used.span.end, |(_, span)| span.end.max(used.span.end))
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
