//! Calls the emitter with what a file's imports lead to.

use crate::Db;
use crate::inputs::{Project, SourceFile};
use crate::kind::FileRole;
use crate::parsed::parsed;
use crate::queries::{StyleSheet, hook_calls, imports, parse_script, role, vnode_modules};
use crate::specifiers::{output_module, relative};
use memchr::memmem;
use rustc_hash::FxHashMap;
use velox_core::VeloxFile;
use velox_core::emit::{
    Emitted, ExtractedKind, ImportTarget, Island, ModuleFile, Source, emit_client_module, emit_client_page,
    emit_module, emit_page, emit_vnode_module, extracted, islands,
};
use velox_core::resolve::Resolution;
use velox_diagnostics::{Code, Diagnostic};

/// The attribute that scopes a file's styles: `data-v-3f2a9c81`, from its path alone, so that it never changes by itself.
#[must_use]
pub fn scope_attribute(path: &str) -> String {
    format!("data-v-{}", &velox_core::hash(path.as_bytes())[..8])
}

pub(crate) fn emit_file(db: &dyn Db, project: Project, file: SourceFile) -> Emitted {
    let (resolved, from) = (imports(db, project, file), output_module(file.path(db)));
    let target = |specifier: &str| import_target(resolved, &from, specifier);
    match role(db, project, file) {
        FileRole::Velox(kind) => {
            emit_page(&parsed(db, file).file(), kind, &scope_attribute(file.path(db)), &target)
        }
        _ if vnode_modules(db, project).contains(file.path(db)) => {
            let own = relative(&from, &from);
            emit_vnode_module(&module_file(db, file), &own, &target)
        }
        role => emit_module(&module_file(db, file), role == FileRole::Endpoint, &target),
    }
}

pub(crate) fn emit_client_file(db: &dyn Db, project: Project, file: SourceFile) -> Emitted {
    let (resolved, from) = (imports(db, project, file), output_module(file.path(db)));
    let target = |specifier: &str| import_target(resolved, &from, specifier);
    match role(db, project, file) {
        FileRole::Velox(kind) => {
            let (scope, calls) = (scope_attribute(file.path(db)), hook_calls(db, project, file));
            emit_client_page(&parsed(db, file).file(), kind, &scope, calls, &target)
        }
        _ => emit_client_module(&module_file(db, file), hook_calls(db, project, file), &target),
    }
}

/// Where an import leads in the output, whose folders are those of the project.
fn import_target(resolved: &FxHashMap<String, Resolution>, from: &str, specifier: &str) -> ImportTarget {
    match resolved.get(specifier) {
        Some(Resolution::File(path)) => ImportTarget {
            specifier: relative(from, &output_module(path)),
            is_velox: path.ends_with(".velox"),
            is_package: false,
            module: path.clone(),
        },
        other => ImportTarget {
            specifier: specifier.to_owned(),
            is_velox: specifier.ends_with(".velox"),
            is_package: other == Some(&Resolution::Package),
            module: specifier.to_owned(),
        },
    }
}

/// The islands of a file (language.md T8). A module that is written for preact has none: what it renders is part of it.
#[must_use]
pub fn islands_of(db: &dyn Db, project: Project, file: SourceFile) -> Vec<Island> {
    if memmem::find(file.text(db).as_bytes(), b"client:").is_none() {
        return Vec::new();
    }
    let (resolved, from) = (imports(db, project, file), output_module(file.path(db)));
    let target = |specifier: &str| import_target(resolved, &from, specifier);
    match role(db, project, file) {
        FileRole::Velox(_) => {
            let parsed = parsed(db, file);
            let velox = parsed.file();
            let mut trees = vec![(velox.template, velox.template_source())];
            trees.extend(velox.block_tree.map(|tree| (tree, velox.block_source())));
            islands(&trees, velox.text, &velox.block.imports, &target)
        }
        _ if vnode_modules(db, project).contains(file.path(db)) => Vec::new(),
        _ => {
            let module = module_file(db, file);
            let source = Source { text: module.text, base: 0 };
            let trees: Vec<_> = module.tree.into_iter().map(|tree| (tree, source)).collect();
            islands(&trees, module.text, &module.facts.imports, &target)
        }
    }
}

fn module_file(db: &dyn Db, file: SourceFile) -> ModuleFile<'_> {
    let script = parse_script(db, file);
    ModuleFile { path: file.path(db), text: file.text(db), facts: &script.facts, tree: script.tree.as_ref() }
}

/// The style sheets that a file brings along; none where it is no `.velox` file.
pub(crate) fn sheets_of(db: &dyn Db, project: Project, file: SourceFile) -> Vec<StyleSheet> {
    match role(db, project, file) {
        FileRole::Velox(_) => compile_styles(&parsed(db, file).file()).0,
        _ => Vec::new(),
    }
}

/// The style sheets of a `.velox` file, and what is wrong in them.
pub(crate) fn compile_styles(velox: &VeloxFile<'_>) -> (Vec<StyleSheet>, Vec<Diagnostic>) {
    let (mut sheets, mut found) = (Vec::new(), Vec::new());
    for part in extracted(velox) {
        let css = part.span.text(velox.text);
        let (style, problems) = match part.kind {
            ExtractedKind::ScopedStyle => velox_style::scope(css, &scope_attribute(velox.path), true),
            ExtractedKind::GlobalStyle => velox_style::global(css, true),
            ExtractedKind::Script => continue,
        };
        sheets.push(StyleSheet { css: style.code });
        found.extend(problems.into_iter().map(|problem| {
            Diagnostic::new(
                Code::INVALID_STYLE,
                velox.path,
                problem.span.shift(part.span.start),
                problem.message,
            )
        }));
    }
    (sheets, found)
}
