//! The runtime that the binary carries, for projects that have none installed.

use super::output::Staging;
use include_dir::{Dir, DirEntry, include_dir};
use std::path::{Path, PathBuf};

static CARRIED: Dir<'static> = include_dir!("$VELOX_CARRIED");

/// The packages that the runtime is made of: the folder that carries it, and the name that imports use.
const PACKAGES: [(&str, &str); 2] = [("velox", "velox"), ("query", "@velox/query")];

/// The packages that these depend on, each in its pinned version with its licence.
pub(crate) const DEPENDENCIES: [&str; 6] = [
    "preact",
    "preact-render-to-string",
    "@preact/signals",
    "@preact/signals-core",
    "@tanstack/query-core",
    "devalue",
];

/// Writes the packages that the project has not installed into the output's `node_modules`.
///
/// # Errors
/// One line: this binary carries no runtime, or a file cannot be written.
pub(crate) fn write_carried(project: &Path, staging: &Staging) -> Result<(), String> {
    for (folder, name) in PACKAGES {
        if is_installed(project, name) {
            continue;
        }
        match CARRIED.get_dir(folder) {
            Some(package) => {
                write(package, folder, &format!("node_modules/{name}"), staging, &|path| {
                    !path.ends_with(".d.ts")
                })?;
            }
            None if folder == "velox" => {
                return Err(
                    "this veloxc was built without its runtime; build it with `cargo xtask setup`".to_owned()
                );
            }
            None => {}
        }
    }
    for name in DEPENDENCIES {
        let folder = format!("dependencies/{name}");
        if let Some(package) = CARRIED.get_dir(&folder).filter(|_| !is_installed(project, name)) {
            write(package, &folder, &format!("node_modules/{name}"), staging, &|_| true)?;
        }
    }
    Ok(())
}

/// Writes the types of the packages that the project has not installed, and a `tsconfig.json` that names them, into `.velox`.
///
/// # Errors
/// One line: a file cannot be written.
pub(crate) fn write_types(project: &Path) -> Result<(), String> {
    let home = project.join(".velox");
    let mut paths = serde_json::Map::new();
    let list = |target: &str| serde_json::Value::Array(vec![target.into()]);
    for (folder, name) in PACKAGES {
        let Some(package) = CARRIED.get_dir(folder).filter(|_| !is_installed(project, name)) else {
            continue;
        };
        let base = home.join("types").join(folder);
        let mut files = Vec::new();
        collect(package, &|path| path.ends_with(".d.ts"), &mut files);
        for (path, bytes) in files {
            let target = base.join(path.strip_prefix(folder).unwrap_or(&path).trim_start_matches('/'));
            put(&target, bytes)?;
        }
        let manifest = package
            .get_file(format!("{folder}/package.json"))
            .map(|file| file.contents())
            .unwrap_or_default();
        let manifest: serde_json::Value = serde_json::from_slice(manifest).unwrap_or_default();
        for (entry, target) in
            manifest.get("exports").and_then(|exports| exports.as_object()).into_iter().flatten()
        {
            if let Some(types) = target.get("types").and_then(|types| types.as_str()) {
                let types = types.trim_start_matches("./");
                paths.insert(
                    format!("{name}{}", entry.trim_start_matches('.')),
                    list(&format!("./types/{folder}/{types}")),
                );
            }
        }
    }
    let source =
        if project.join("src/routes").is_dir() && !project.join("routes").is_dir() { "../src" } else { ".." };
    paths.insert("$lib/*".to_owned(), list(&format!("{source}/lib/*")));
    paths.insert("$components/*".to_owned(), list(&format!("{source}/components/*")));
    let config = serde_json::json!({
        "compilerOptions": {
            "target": "ES2023",
            "module": "ESNext",
            "moduleResolution": "bundler",
            "lib": ["ES2023", "DOM", "DOM.Iterable"],
            "jsx": "react-jsx",
            "jsxImportSource": "velox",
            "strict": true,
            "noEmit": true,
            "isolatedModules": true,
            "skipLibCheck": true,
            "allowImportingTsExtensions": true,
            "resolveJsonModule": true,
            "types": if is_installed(project, "@types/node") { vec!["node"] } else { Vec::new() },
            "paths": paths,
        },
        "include": ["../**/*.ts", "../**/*.tsx", "../**/*.velox"],
        "exclude": ["../node_modules", "../.velox/output"],
    });
    let text = serde_json::to_string_pretty(&config).unwrap_or_default() + "\n";
    put(&home.join("tsconfig.json"), text.as_bytes())
}

/// A file of the runtime that an output uses: its own, else the one that the project has installed.
pub(crate) fn runtime_file(project: &Path, output: &Path, file: &str) -> Option<PathBuf> {
    let carried = output.join("node_modules/velox");
    let installed = project.ancestors().map(|folder| folder.join("node_modules/velox"));
    std::iter::once(carried).chain(installed).map(|package| package.join(file)).find(|path| path.is_file())
}

fn is_installed(project: &Path, name: &str) -> bool {
    project.ancestors().any(|folder| folder.join("node_modules").join(name).join("package.json").is_file())
}

fn put(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let write = || {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        if std::fs::read(path).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        std::fs::write(path, bytes)
    };
    write().map_err(|error: std::io::Error| format!("{} cannot be written: {error}", path.display()))
}

fn collect<'a>(folder: &'a Dir<'a>, keep: &dyn Fn(&str) -> bool, files: &mut Vec<(String, &'a [u8])>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => collect(folder, keep, files),
            DirEntry::File(file) => {
                let path = file.path().to_string_lossy().replace('\\', "/");
                if keep(&path) {
                    files.push((path, file.contents()));
                }
            }
        }
    }
}

fn write(
    package: &Dir<'_>,
    from: &str,
    to: &str,
    staging: &Staging,
    keep: &dyn Fn(&str) -> bool,
) -> Result<(), String> {
    let mut files = Vec::new();
    collect(package, keep, &mut files);
    for (path, bytes) in files {
        let rest = path.strip_prefix(from).unwrap_or(&path);
        staging.write(&format!("{to}{rest}"), bytes)?;
    }
    Ok(())
}
