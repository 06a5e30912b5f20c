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

/// What exists only while a page is rendered.
pub const REQUEST_NAMES: &[&str] = &["params", "props", "request", "response", "url"];

/// Functions of `velox/server` that read the request.
pub const REQUEST_HOOKS: &[&str] = &["useCookies", "useHeaders", "useRequest"];

/// Exports with a meaning (language.md S6 to S10).
pub const SPECIAL_EXPORTS: &[&str] = &["config", "layout", "meta", "paths", "slots"];

/// Exports that are lifted to module scope with what they use (language.md S4).
pub const LIFTED_EXPORTS: &[&str] = &["config", "layout", "paths", "slots"];
