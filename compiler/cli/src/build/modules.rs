//! Emits the modules of a build, all cores at work, through the cache.

use super::cache::{Cache, Module};
use rayon::prelude::*;
use std::fmt::Write as _;
use std::sync::Arc;
use velox_core::emit::source_map;
use velox_core::resolve::Resolution;
use velox_db::{Database, Project, SourceFile, emit, imports, output_module, vnode_modules};

/// A module's path in the output, and its code.
pub(crate) struct Written {
    pub(crate) path: String,
    pub(crate) module: Arc<Module>,
}

/// Emits all modules, in the order of `files`.
pub(crate) fn emit_modules(
    db: &Database,
    project: Project,
    files: &[SourceFile],
    cache: &Cache,
) -> Vec<Written> {
    files
        .par_iter()
        .map_with(db.clone(), |db, file| {
            let path = output_module(file.path(db));
            let module = cache.get(key(db, project, *file), || make(db, project, *file, &path));
            Written { path, module }
        })
        .collect()
}

/// Everything that emitted code depends on: the compiler, the file, and where its imports lead.
fn key(db: &Database, project: Project, file: SourceFile) -> String {
    let mut hash = blake3::Hasher::new();
    let mut part = |text: &str| {
        hash.update(&(text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    part(concat!(env!("CARGO_PKG_VERSION"), env!("VELOX_COMPILER_HASH")));
    part(project.routes_directory(db));
    part(file.path(db));
    part(file.text(db));
    let mut resolved: Vec<(&String, &Resolution)> = imports(db, project, file).iter().collect();
    resolved.sort_by_key(|(specifier, _)| *specifier);
    for (specifier, target) in resolved {
        part(specifier);
        if let Resolution::File(path) = target {
            part(path);
        }
    }
    part(if vnode_modules(db, project).contains(file.path(db)) { "vnodes" } else { "" });
    hash.finalize().to_hex().to_string()
}

fn make(db: &Database, project: Project, file: SourceFile, path: &str) -> Module {
    let emitted = emit(db, project, file);
    let name = path.rsplit('/').next().unwrap_or(path);
    // From the module's folder up to the output, out of `.velox`, and down to the source.
    let up = "../".repeat(path.matches('/').count() + 2);
    let source = format!("{up}{}", file.path(db));
    let map = source_map(name, &source, file.text(db), &emitted.code, &emitted.mappings);
    let mut code = emitted.code.clone();
    let _ = writeln!(code, "//# sourceMappingURL={}.map", encode(name));
    Module { code, map }
}

/// A file name as a URL.
fn encode(name: &str) -> String {
    name.replace('%', "%25").replace('?', "%3F").replace('#', "%23").replace(' ', "%20")
}
