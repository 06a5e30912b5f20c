//! Calls of hooks: read where a file imports some, and checked where the file is loaded in the browser.

use crate::Db;
use crate::inputs::{Project, SourceFile};
use crate::kind::FileRole;
use crate::queries::{
    block_text, hook_calls, imports, module_facts, parse_block, parse_script, regions, role,
};
use velox_core::analyze::hooks::{HOOK_MODULES, HookFile, check_hooks, is_hook};
use velox_core::emit::FileKind;
use velox_core::holes::module_elements;
use velox_diagnostics::Diagnostic;
use velox_script::{Dialect, HookCall};

pub(crate) fn read_hook_calls(db: &dyn Db, file: SourceFile) -> Vec<HookCall> {
    let imported = module_facts(db, file);
    if !imported.imports.iter().any(|import| HOOK_MODULES.contains(&&*import.specifier)) {
        return Vec::new();
    }
    let path = file.path(db);
    if path.ends_with(".velox") {
        let Some(block) = block_text(db, file) else { return Vec::new() };
        let tree = parse_block(db, file).tree.as_ref();
        let elements = tree.map(module_elements).unwrap_or_default();
        let dialect = if tree.is_some() { Dialect::Tsx } else { Dialect::TypeScript };
        return velox_script::hook_calls(block, dialect, &elements, &is_hook);
    }
    let tree = parse_script(db, file).tree.as_ref();
    let elements = tree.map(module_elements).unwrap_or_default();
    let dialect = if tree.is_some() { Dialect::Tsx } else { Dialect::TypeScript };
    velox_script::hook_calls(file.text(db), dialect, &elements, &is_hook)
}

/// Calls that break the order of hooks, in a file that is loaded in the browser.
pub(crate) fn check(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    // Most files import none, and their trees may have been dropped.
    if !HOOK_MODULES.iter().any(|module| imports(db, project, file).contains_key(*module)) {
        return;
    }
    let calls = hook_calls(db, file);
    if calls.is_empty() {
        return;
    }
    let path = file.path(db);
    let velox = path.ends_with(".velox");
    let base = if velox { regions(db, file).server.map_or(0, |server| server.body.start) } else { 0 };
    let text = file.text(db);
    // A block that awaits runs once.
    let block = matches!(role(db, project, file), FileRole::Velox(FileKind::Page | FileKind::Component))
        && module_facts(db, file).awaits.is_none();
    check_hooks(&HookFile { path, text, base, block }, calls, found);
}
