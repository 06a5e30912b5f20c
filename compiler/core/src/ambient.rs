//! Names that are in scope without an import (language.md S2).

/// What `velox/server` exports, in the order of the alphabet; a server block that uses one without declaring it gets it imported.
pub const SERVER_NAMES: &[&str] = &[
    "NotFound",
    "badRequest",
    "defineHandler",
    "defineMiddleware",
    "disablePreview",
    "enablePreview",
    "fetch",
    "forbidden",
    "html",
    "json",
    "notFound",
    "redirect",
    "revalidatePath",
    "revalidateTag",
    "stream",
    "text",
    "unauthorized",
    "useCache",
    "useCookies",
    "useEnv",
    "useHeaders",
    "usePreview",
    "useRequest",
];

/// Whether a name is one of [`SERVER_NAMES`]. Asked of every name that a file uses: patterns of bytes are decided on by length and
/// bytes, names of a list one after another.
#[must_use]
pub fn is_server_name(name: &str) -> bool {
    matches!(
        name.as_bytes(),
        b"NotFound"
            | b"badRequest"
            | b"defineHandler"
            | b"defineMiddleware"
            | b"disablePreview"
            | b"enablePreview"
            | b"fetch"
            | b"forbidden"
            | b"html"
            | b"json"
            | b"notFound"
            | b"redirect"
            | b"revalidatePath"
            | b"revalidateTag"
            | b"stream"
            | b"text"
            | b"unauthorized"
            | b"useCache"
            | b"useCookies"
            | b"useEnv"
            | b"useHeaders"
            | b"usePreview"
            | b"useRequest"
    )
}

/// Whether a name of a `.velox` file that nothing declares gives the request: a hook, `request` or `response`.
#[must_use]
pub fn gives_request(name: &str) -> bool {
    matches!(name.as_bytes(), b"request" | b"response" | b"useCookies" | b"useHeaders" | b"useRequest")
}

/// What exists only while a page is rendered.
pub const REQUEST_NAMES: &[&str] = &["params", "props", "request", "response", "url"];

/// Functions of `velox/server` that read the request.
pub const REQUEST_HOOKS: &[&str] = &["useCookies", "useHeaders", "useRequest"];

/// Exports with a meaning (language.md S6 to S10).
pub const SPECIAL_EXPORTS: &[&str] = &["config", "layout", "meta", "paths", "slots"];

/// Exports that are lifted to module scope with what they use (language.md S4).
pub const LIFTED_EXPORTS: &[&str] = &["config", "layout", "paths", "slots"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_of_a_name_is_what_the_lists_say() {
        let names = SERVER_NAMES.iter().chain(REQUEST_NAMES).chain(REQUEST_HOOKS).chain(SPECIAL_EXPORTS);
        for name in names.copied().chain(["", "use", "useCookie", "texts", "Fetch"]) {
            assert_eq!(is_server_name(name), SERVER_NAMES.contains(&name), "{name}");
            let gives = matches!(name, "request" | "response") || REQUEST_HOOKS.contains(&name);
            assert_eq!(gives_request(name), gives, "{name}");
        }
    }
}
