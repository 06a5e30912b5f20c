//! Calls of hooks in a module: which function each stands in, and whether it runs once in each rendering.
//!
//! Parsed by itself, since few modules have any; whoever asks looks at the imports first. Of code that does not parse nothing is told.
//! Which of all that is imported is a hook is not known here.

mod own;
mod shapes;
mod walk;

use crate::{Dialect, ElementInput, HookReads, depth, mask, module::is_structural, parse};
use std::panic::{AssertUnwindSafe, catch_unwind};
use swc_common::{GLOBALS, Globals, Mark};
use swc_ecma_ast::{Pass, Program};
use swc_ecma_transforms_base::resolver;

/// What a module says of hooks; `stem` is the name of its file, without the ending.
pub(crate) fn of_module(text: &str, dialect: Dialect, elements: &[ElementInput], stem: &str) -> HookReads {
    let code = mask::module_code(text, dialect, elements);
    let mut parsed = parse::parse(&code, 0);
    let levels = parsed.levels;
    if parsed.errors.iter().any(is_structural) {
        return HookReads::default();
    }
    let Some(module) = parsed.module.take() else { return HookReads::default() };
    let work = || {
        GLOBALS.set(&Globals::new(), || {
            let (unresolved, top_level) = (Mark::new(), Mark::new());
            let mut program = Program::Module(module);
            resolver(unresolved, top_level, true).process(&mut program);
            let found = walk::read(text, &program, stem);
            if let Program::Module(module) = program {
                depth::dispose(module, levels);
            }
            found
        })
    };
    // The resolver is made for code that parsed; of some that was mended it may not think well.
    depth::with_stack(levels, || catch_unwind(AssertUnwindSafe(work)).unwrap_or_default())
}
