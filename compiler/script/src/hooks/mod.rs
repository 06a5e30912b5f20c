//! Calls of hooks in a module: which function each stands in, and whether it runs once in each rendering.
//!
//! Parsed by itself, since few modules have any; whoever asks looks at the imports first. Of code that does not parse nothing is told.

mod shapes;
mod walk;

use crate::{Dialect, ElementInput, HookCall, depth, mask, module::is_structural, parse};
use std::panic::{AssertUnwindSafe, catch_unwind};
use swc_common::{GLOBALS, Globals, Mark};
use swc_ecma_ast::{Pass, Program};
use swc_ecma_transforms_base::resolver;

/// The calls of hooks in a module, in the order of the source. `is_hook` is asked for a module and a name that it exports.
pub(crate) fn of_module(
    text: &str,
    dialect: Dialect,
    elements: &[ElementInput],
    is_hook: &dyn Fn(&str, &str) -> bool,
) -> Vec<HookCall> {
    let code = mask::module_code(text, dialect, elements);
    let mut parsed = parse::parse(&code, 0);
    let levels = parsed.levels;
    if parsed.errors.iter().any(is_structural) {
        return Vec::new();
    }
    let Some(module) = parsed.module.take() else { return Vec::new() };
    let work = || {
        GLOBALS.set(&Globals::new(), || {
            let (unresolved, top_level) = (Mark::new(), Mark::new());
            let mut program = Program::Module(module);
            resolver(unresolved, top_level, true).process(&mut program);
            let found = walk::calls(text, &program, is_hook);
            if let Program::Module(module) = program {
                depth::dispose(module, levels);
            }
            found
        })
    };
    // The resolver is made for code that parsed; of some that was mended it may not think well.
    depth::with_stack(levels, || catch_unwind(AssertUnwindSafe(work)).unwrap_or_default())
}
