//! Makes ready what the binary carries: the built runtime, and a hash of the compiler's own sources, and of that runtime, for its cache.
//!
//! The runtime is built by npm before (`cargo xtask setup`); without it the binary still builds, and says at run time what
//! is missing.

#![allow(clippy::disallowed_methods, reason = "a build script reads and writes files")]

use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let here = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let root = here.join("../..");

    println!("cargo::rerun-if-changed={}", here.join("template").display());
    let carried = out.join("runtime");
    let _ = fs::remove_dir_all(&carried);
    let _ = fs::create_dir_all(&carried);
    for package in ["velox", "query"] {
        let from = root.join("runtime").join(package);
        println!("cargo::rerun-if-changed={}", from.join("dist").display());
        println!("cargo::rerun-if-changed={}", from.join("package.json").display());
        if from.join("dist").is_dir() {
            copy(&from.join("dist"), &carried.join(package).join("dist"));
            let _ = fs::copy(from.join("package.json"), carried.join(package).join("package.json"));
        }
    }

    for name in DEPENDENCIES {
        let from = root.join("runtime/node_modules").join(name);
        println!("cargo::rerun-if-changed={}", from.join("package.json").display());
        dependency(&from, &carried.join("dependencies").join(name), name);
    }

    let mut sources = Vec::new();
    for part in ["diagnostics", "syntax", "script", "style", "core", "db", "cli"] {
        let folder = here.join("..").join(part).join("src");
        println!("cargo::rerun-if-changed={}", folder.display());
        list(&folder, &mut sources);
    }
    sources.sort();
    // The bundler is part of what is carried.
    let mut runtime = Vec::new();
    list(&carried, &mut runtime);
    runtime.sort();
    sources.append(&mut runtime);
    // FNV-1a: a change of any source makes another hash, and nothing more is asked of it.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for path in sources {
        for byte in fs::read(path).unwrap_or_default() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    println!("cargo::rustc-env=VELOX_COMPILER_HASH={hash:016x}");
    println!("cargo::rustc-env=VELOX_CARRIED={}", carried.display());
}

/// Packages that the runtime depends on.
const DEPENDENCIES: [&str; 6] = [
    "preact",
    "preact-render-to-string",
    "@preact/signals",
    "@preact/signals-core",
    "@tanstack/query-core",
    "devalue",
];

/// Copies what of a package is loaded when something imports it, and its licence.
fn dependency(from: &Path, to: &Path, name: &str) {
    let left_out = ["debug", "devtools", "test-utils", "legacy", "jsx", "stream", "types"];
    for entry in fs::read_dir(from).into_iter().flatten().flatten() {
        let (path, file) = (entry.path(), entry.file_name());
        let file = file.to_string_lossy();
        if path.is_dir() {
            if !left_out.contains(&&*file) && (file != "src" || name == "devalue") && file != "node_modules" {
                dependency(&path, &to.join(&*file), name);
            }
            continue;
        }
        let code = (file.ends_with(".mjs") || file.ends_with(".js"))
            && ![".min.js", ".umd.js", ".test.js"].iter().any(|ending| file.ends_with(ending));
        if code || file == "package.json" || file.to_ascii_lowercase().starts_with("licen") {
            let _ = fs::create_dir_all(to);
            let _ = fs::copy(&path, to.join(&*file));
        }
    }
}

fn list(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            list(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn copy(from: &Path, to: &Path) {
    let _ = fs::create_dir_all(to);
    for entry in fs::read_dir(from).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else if !name.to_string_lossy().ends_with(".tsbuildinfo") {
            let _ = fs::copy(&path, to.join(name));
        }
    }
}
