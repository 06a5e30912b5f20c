//! Packages that modules import and that are not installed: said at build, with the place, and not by Node at some request.

use super::runtime::DEPENDENCIES;
use std::path::Path;
use velox_core::resolve::Resolution;
use velox_db::{Db, Project, SourceFile, imports, module_facts, regions};
use velox_diagnostics::{Code, Diagnostic};

/// Node's own modules that may be named without `node:` (`module.builtinModules`).
const BUILTIN: &[&str] = &[
    "assert",
    "async_hooks",
    "buffer",
    "child_process",
    "cluster",
    "console",
    "constants",
    "crypto",
    "dgram",
    "diagnostics_channel",
    "dns",
    "domain",
    "events",
    "fs",
    "http",
    "http2",
    "https",
    "inspector",
    "module",
    "net",
    "os",
    "path",
    "perf_hooks",
    "process",
    "punycode",
    "querystring",
    "readline",
    "repl",
    "stream",
    "string_decoder",
    "sys",
    "timers",
    "tls",
    "trace_events",
    "tty",
    "url",
    "util",
    "v8",
    "vm",
    "wasi",
    "worker_threads",
    "zlib",
];

/// One diagnostic for each import of a package that cannot be found from the project's root upwards.
pub(crate) fn missing_packages(
    db: &dyn Db,
    project: Project,
    root: &Path,
    modules: &[SourceFile],
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for file in modules {
        let resolved = imports(db, project, *file);
        let base = if file.path(db).ends_with(".velox") {
            regions(db, *file).server.map_or(0, |server| server.body.start)
        } else {
            0
        };
        for import in module_facts(db, *file).imports.iter().filter(|import| !import.type_only) {
            let only_types = !import.names.is_empty() && import.names.iter().all(|name| name.type_only);
            if only_types || resolved.get(&import.specifier) != Some(&Resolution::Package) {
                continue;
            }
            let Some(package) = package_name(&import.specifier) else { continue };
            if is_installed(root, package) || DEPENDENCIES.contains(&package) {
                continue;
            }
            found.push(
                Diagnostic::new(
                    Code::UNRESOLVED_IMPORT,
                    file.path(db),
                    import.specifier_span.shift(base),
                    format!("the package `{package}` is not installed"),
                )
                .help(format!("run `npm install {package}`, or correct the name")),
            );
        }
    }
    found
}

/// The package that a bare specifier names; nothing for URLs, Node's own modules and a package's own imports (`#x`).
fn package_name(specifier: &str) -> Option<&str> {
    if specifier.contains(':') || specifier.starts_with(['/', '#', '.']) {
        return None;
    }
    let mut slashes = specifier.match_indices('/').map(|(at, _)| at);
    let end = if specifier.starts_with('@') { slashes.nth(1) } else { slashes.next() };
    let package = &specifier[..end.unwrap_or(specifier.len())];
    (!BUILTIN.contains(&package) && package != "server-only").then_some(package)
}

fn is_installed(root: &Path, package: &str) -> bool {
    root.ancestors().any(|folder| folder.join("node_modules").join(package).is_dir())
}

#[cfg(test)]
mod tests {
    use super::package_name;

    #[test]
    fn packages_are_told_from_everything_else() {
        assert_eq!(package_name("preact/hooks"), Some("preact"));
        assert_eq!(package_name("@libsql/client/web"), Some("@libsql/client"));
        assert_eq!(package_name("fs/promises"), None);
        assert_eq!(package_name("node:fs"), None);
        assert_eq!(package_name("https://esm.example/x"), None);
        assert_eq!(package_name("#internal"), None);
    }
}
