//! Hooks: which functions are some, and their calls, which are checked where the file is loaded in the browser.

use crate::Db;
use crate::effects::Linked;
use crate::inputs::{Project, SourceFile};
use crate::kind::FileRole;
use crate::parsed::{block_of, code_facts};
use crate::queries::{
    block_text, file_links, hook_calls, hook_functions, hook_graph, hook_reads, imported_hooks, imports,
    parse_script, regions, role, shared_files,
};
use velox_core::analyze::hooks::{HookFile, check_hooks};
use velox_core::effects::{
    self, FileLinks, HookFiles, HookGraph, HookModule, ImportedHook, Modules, may_export_hooks,
};
use velox_core::emit::FileKind;
use velox_core::holes::module_elements;
use velox_core::resolve::Resolution;
use velox_diagnostics::Diagnostic;
use velox_script::{Dialect, HookCall, HookFunction, HookReads, hook_name_of, is_hook_name};

/// The name of a file, without folder and ending.
fn stem(path: &str) -> &str {
    path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or(path)
}

pub(crate) fn read_hooks(db: &dyn Db, file: SourceFile) -> HookReads {
    let path = file.path(db);
    let block;
    let (text, tree): (&str, _) = if path.ends_with(".velox") {
        let Some(text) = block_text(db, file) else { return HookReads::default() };
        block = block_of(db, file);
        (text, block.tree.as_ref())
    } else {
        (file.text(db), parse_script(db, file).tree.as_ref())
    };
    let elements = tree.map(module_elements).unwrap_or_default();
    let dialect = if tree.is_some() { Dialect::Tsx } else { Dialect::TypeScript };
    velox_script::hook_reads(text, dialect, &elements, stem(path))
}

/// Most modules declare no such function, and are not parsed again.
pub(crate) fn read_hook_functions(db: &dyn Db, file: SourceFile) -> Vec<HookFunction> {
    let path = file.path(db);
    if path.ends_with(".velox") {
        return Vec::new();
    }
    let facts = code_facts(db, file);
    let declares = facts.items.iter().flat_map(|item| &item.declares).any(|(name, _)| is_hook_name(name));
    if !declares && hook_name_of(stem(path)).is_none() {
        return Vec::new();
    }
    hook_reads(db, file).functions.clone()
}

impl<'db> HookFiles<'db> for Linked<'db> {
    fn functions(&self, path: &str) -> &'db [HookFunction] {
        self.file(path).map_or(&[], |file| hook_functions(self.db, file))
    }

    fn links(&self, path: &str) -> Option<&'db FileLinks> {
        Some(file_links(self.db, self.project, self.file(path)?))
    }

    fn target(&self, path: &str, specifier: &str) -> HookModule<'db> {
        match self.file(path).and_then(|file| imports(self.db, self.project, file).get(specifier)) {
            Some(Resolution::File(_)) => {
                Modules::target(self, path, specifier).map_or(HookModule::Nowhere, HookModule::File)
            }
            Some(Resolution::Framework | Resolution::Package) => HookModule::Outside,
            _ => HookModule::Nowhere,
        }
    }
}

pub(crate) fn build_hook_graph(db: &dyn Db, project: Project) -> HookGraph {
    let paths: Vec<&str> = shared_files(db, project).iter().map(|file| file.path(db)).collect();
    effects::hook_graph(&paths, &Linked { db, project })
}

pub(crate) fn find_imported_hooks(db: &dyn Db, project: Project, file: SourceFile) -> Vec<ImportedHook> {
    let mut found = Vec::new();
    let resolved = imports(db, project, file);
    if !resolved.values().any(|target| matches!(target, Resolution::File(_))) {
        return found;
    }
    let graph = hook_graph(db, project);
    if !resolved.values().any(|target| matches!(target, Resolution::File(path) if graph.has(path))) {
        return found;
    }
    for load in &file_links(db, project, file).loads {
        if let Some(Resolution::File(path)) = resolved.get(&load.specifier) {
            for name in &load.names {
                graph.imported(path, &load.specifier, name, &mut found);
            }
        }
    }
    found
}

/// Whether a file may call hooks at all: most import none, and their trees may have been dropped.
fn may_call_hooks(db: &dyn Db, project: Project, file: SourceFile) -> bool {
    let outside = |target: &Resolution| matches!(target, Resolution::Framework | Resolution::Package);
    imports(db, project, file)
        .iter()
        .any(|(specifier, target)| outside(target) && may_export_hooks(specifier))
        || !imported_hooks(db, project, file).is_empty()
}

pub(crate) fn find_hook_calls(db: &dyn Db, project: Project, file: SourceFile) -> Vec<HookCall> {
    if !may_call_hooks(db, project, file) {
        return Vec::new();
    }
    let resolved = imports(db, project, file);
    let is_outside = |specifier: &str| {
        matches!(resolved.get(specifier), Some(Resolution::Framework | Resolution::Package))
    };
    effects::hook_calls(hook_reads(db, file), imported_hooks(db, project, file), &is_outside)
}

/// Calls that break the order of hooks, in a file that is loaded in the browser.
pub(crate) fn check(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    if !may_call_hooks(db, project, file) {
        return;
    }
    let calls = hook_calls(db, project, file);
    if calls.is_empty() {
        return;
    }
    let path = file.path(db);
    let velox = path.ends_with(".velox");
    let base = if velox { regions(db, file).server.map_or(0, |server| server.body.start) } else { 0 };
    let text = file.text(db);
    // A block that awaits runs once.
    let block = matches!(role(db, project, file), FileRole::Velox(FileKind::Page | FileKind::Component))
        && code_facts(db, file).awaits.is_none();
    check_hooks(&HookFile { path, text, base, block }, calls, found);
}
