//! Names that are in scope without an import (language.md S2), in words, and where they are.

use crate::Document;
use velox_core::emit::FileKind;
use velox_db::FileRole;

/// A name that is in scope without an import.
#[derive(Debug)]
pub(crate) struct Ambient {
    /// The name.
    pub(crate) name: &'static str,
    /// As it would be declared.
    pub(crate) signature: &'static str,
    /// The type of the framework that lists its members.
    pub(crate) members: Option<(&'static str, &'static str)>,
    /// Markdown.
    pub(crate) words: &'static str,
}

const AMBIENT: [Ambient; 6] = [
    Ambient {
        name: "params",
        signature: "params: Params",
        members: None,
        words: "The params of the route, percent-decoded. A catch-all has an array of segments; an optional one may be `undefined`.",
    },
    Ambient {
        name: "props",
        signature: "props",
        members: None,
        words: "What the file is given: the attributes of the component's tag; in `_error.velox` `error` and `status`.",
    },
    Ambient {
        name: "request",
        signature: "request: VeloxRequest",
        members: Some(("velox/server", "VeloxRequest")),
        words: "The request that is being answered: a Web `Request` with `params`, `query`, `cookies`, `context` and `ip`. \
                A page that reads it is `ssr`; in `ssg` and `isr` it is an error, since the page is shared.",
    },
    Ambient {
        name: "response",
        signature: "response: PageResponse",
        members: Some(("velox/server", "PageResponse")),
        words: "Status and headers of the page that is being made. A page that uses it is `ssr`.",
    },
    Ambient {
        name: "url",
        signature: "url: URL",
        members: None,
        words: "The canonical URL of the page. In `ssg` and `isr` its query cannot be read.",
    },
    Ambient {
        name: "meta",
        signature: "meta: Meta",
        members: Some(("velox", "Meta")),
        words: "The `meta` of the page that the layout surrounds. A layout that reads it waits for the page's server block.",
    },
];

/// The names that are in scope in a file.
pub(crate) fn names(document: Document<'_>) -> impl Iterator<Item = &'static Ambient> {
    let kind = document.kind();
    AMBIENT.iter().filter(move |ambient| match kind {
        Some(FileKind::Layout) => true,
        Some(_) => ambient.name != "meta",
        None => false,
    })
}

/// One of them by its name.
pub(crate) fn find(document: Document<'_>, name: &str) -> Option<&'static Ambient> {
    names(document).find(|ambient| ambient.name == name)
}

/// Whether what `velox/server` exports is in scope without an import.
pub(crate) fn has_server_names(document: Document<'_>) -> bool {
    document.is_velox() || document.role() == FileRole::Endpoint
}
