//! A `QueryClient` that a module makes when it is loaded: on the server all requests share it (runtime QRY-2).
//!
//! Says nothing of clients that a function makes, nor of modules that ask where they run.

use super::environment::asks_where_it_runs;
use super::links::FileLinks;
use super::occurrences::Source;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::ItemKind;

const PACKAGE: &str = "@velox/query";
const CLASS: &str = "QueryClient";

/// Whether a file uses the class at all: what is asked before its facts are.
#[must_use]
pub fn may_share_clients(links: &FileLinks) -> bool {
    links
        .loads
        .iter()
        .any(|load| load.specifier == PACKAGE && load.names.iter().any(|name| name == CLASS || name == "*"))
}

/// Where a module makes a client when it is loaded, in order.
#[must_use]
pub fn shared_clients(source: &Source<'_>) -> Vec<Span> {
    let facts = source.facts;
    let names = |imported: &str| {
        let imports = facts.imports.iter().filter(|import| !import.type_only && import.specifier == PACKAGE);
        let names: Vec<&str> = imports
            .flat_map(|import| &import.names)
            .filter(|name| !name.type_only && name.imported == imported)
            .map(|name| &*name.local)
            .collect();
        names
    };
    let (classes, namespaces) = (names(CLASS), names("*"));
    if (classes.is_empty() && namespaces.is_empty()) || asks_where_it_runs(source) {
        return Vec::new();
    }
    let made = |used: &&velox_script::NameUse| {
        let members = &used.members;
        used.called
            && !used.in_function
            && if members.is_empty() {
                classes.contains(&&*used.name)
            } else {
                members.len() == 1 && members[0].0 == CLASS && namespaces.contains(&&*used.name)
            }
    };
    let items = facts.items.iter().filter(|item| item.kind != ItemKind::Type);
    items.flat_map(|item| &item.uses).filter(made).map(|used| used.span.shift(source.base)).collect()
}

/// VX0422.
#[must_use]
pub fn shared_client_diagnostic(path: &str, span: Span) -> Diagnostic {
    let message =
        "this `QueryClient` is made once, when the module is loaded: all requests would share one cache";
    Diagnostic::new(Code::SHARED_QUERY_CLIENT, path, span, message)
        .help("make it in the server block of a page or layout, which runs for each request, or in a function that one calls")
}
