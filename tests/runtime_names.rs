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
    let exported = words("client/browser/internal.ts");
    for name in velox_core::emit::browser_functions() {
        assert!(
            exported.iter().any(|word| word == name),
            "in the browser velox/internal exports no `{name}`"
        );
    }
}

/// Names that an `index.ts` of the runtime exports, each with whether it is a type.
fn exports(path: &str) -> Vec<(String, bool)> {
    let text =
        std::fs::read_to_string(repository().join("runtime").join(path)).expect("a module of the runtime");
    let facts = velox_script::parse_module(&text, velox_script::Dialect::TypeScript, &[], false);
    assert!(facts.exports.iter().all(|export| export.name != "*"), "{path} has an `export *`");
    facts.exports.into_iter().map(|export| (export.name, export.type_only)).collect()
}

#[test]
fn the_lists_of_what_can_be_imported_are_those_of_the_runtime() {
    for module in velox_core::analyze::names::FRAMEWORK_MODULES {
        let specifier = module.specifier;
        let path = match specifier {
            "velox" => "velox/src/index.ts",
            "velox/server" => "velox/src/server/index.ts",
            "velox/client" => "velox/src/client/index.ts",
            "@velox/query" => "query/src/index.ts",
            other => panic!("no source of `{other}` is known"),
        };
        let exported = exports(path);
        for (name, type_only) in &exported {
            let list = if *type_only { module.types } else { module.values };
            let known = list.contains(&&**name);
            assert!(known, "`{specifier}` exports `{name}` (a type: {type_only}), and the list lacks it");
            assert!(
                !module.announced.contains(&&**name),
                "`{specifier}` exports `{name}`: it is announced no longer"
            );
        }
        for name in module.values.iter().chain(module.types) {
            assert!(exported.iter().any(|(other, _)| other == name), "`{specifier}` exports no `{name}`");
        }
        assert!(
            module.values.is_sorted() && module.types.is_sorted(),
            "the lists of `{specifier}` are sorted"
        );
    }
}
