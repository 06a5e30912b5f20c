//! What a file is in its project, by its path alone.

use velox_core::emit::FileKind;

/// What a file is in its project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileRole {
    /// A `.velox` file.
    Velox(FileKind),
    /// A `.tsx` page under the routes directory.
    TsxPage,
    /// A `+server.ts` or `+server.js`.
    Endpoint,
    /// `middleware.ts` at the root.
    Middleware,
    /// `velox.config.ts` at the root.
    Config,
    /// Any other TypeScript or JavaScript module.
    Module,
    /// JSON.
    Json,
    /// Anything else.
    Other,
}

/// The role of a file; `routes` is the project's routes directory.
#[must_use]
pub fn file_role(path: &str, routes: &str) -> FileRole {
    // Asked of every file many times over: bytes are looked at, and as few of them as will do.
    let bytes = path.as_bytes();
    let name = bytes.iter().rposition(|byte| *byte == b'/').map_or(path, |at| &path[at + 1..]);
    let Some(dot) = name.as_bytes().iter().rposition(|byte| *byte == b'.') else { return FileRole::Other };
    let (stem, ending) = (&name[..dot], &name[dot + 1..]);
    let source = routes.strip_suffix("routes").unwrap_or("");
    let in_routes = path.strip_prefix(routes).is_some_and(|rest| rest.starts_with('/'));
    match ending {
        "velox" => FileRole::Velox(
            if name == "_layout.velox"
                || path.strip_prefix(source).is_some_and(|rest| rest.starts_with("layouts/"))
            {
                FileKind::Layout
            } else if in_routes
                && (!has_private_part(path) || matches!(name, "_error.velox" | "_loading.velox"))
            {
                FileKind::Page
            } else {
                FileKind::Component
            },
        ),
        "ts" | "js" if stem.ends_with("+server") && in_routes => FileRole::Endpoint,
        "tsx" if in_routes && !has_private_part(path) => FileRole::TsxPage,
        "ts" | "js" | "mjs" if stem == "velox.config" => FileRole::Config,
        "ts" | "js" if stem == "middleware" && path.strip_prefix(source).is_some_and(|rest| rest == name) => {
            FileRole::Middleware
        }
        "ts" | "tsx" | "js" | "jsx" | "mjs" | "mts" if !name.ends_with(".d.ts") => FileRole::Module,
        "json" => FileRole::Json,
        _ => FileRole::Other,
    }
}

/// Whether a file or folder of a path has a name that begins with `_` (language.md R1).
fn has_private_part(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.contains(&b'_') && (bytes.first() == Some(&b'_') || bytes.windows(2).any(|pair| pair == b"/_"))
}
