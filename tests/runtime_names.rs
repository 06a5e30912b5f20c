//! Names that emitted code imports from the runtime are there: nothing else would tell before a page runs.

#![allow(clippy::disallowed_methods, reason = "tests read the runtime's sources")]

use velox_tests::repository;

/// Words of a module of the runtime.
fn words(path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(repository().join("runtime/velox/src").join(path))
        .expect("a module of the runtime");
    text.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned).collect()
}

#[test]
fn velox_server_exports_every_ambient_name() {
    let exported = words("server/index.ts");
    for name in velox_core::ambient::SERVER_NAMES {
        assert!(exported.iter().any(|word| word == name), "velox/server exports no `{name}`");
    }
}

#[test]
fn velox_internal_exports_every_function_that_emitted_code_calls() {
    let exported = words("internal.ts");
    for name in velox_core::emit::runtime_functions() {
        assert!(exported.iter().any(|word| word == name), "velox/internal exports no `{name}`");
    }
}
