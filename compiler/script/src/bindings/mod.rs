//! Joins names to their declarations: what editors ask, and the compiler itself does not.
//!
//! Scopes are those of swc's own resolver, which marks each identifier with the scope that declares it. Broken code is read in pieces
//! as `module.rs` and `holes.rs` do. Refuses to report anything.

mod collect;
mod collector;

use crate::{
    Bindings, Dialect, ElementInput, HoleInput, depth, mask,
    module::is_structural,
    parse::{self, Parsed},
    recover,
};
use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use swc_common::{GLOBALS, Globals, Mark, Spanned};
use swc_ecma_ast::{Module, Pass, Program};
use swc_ecma_transforms_base::resolver;

/// The names of a module.
pub(crate) fn of_module(text: &str, dialect: Dialect, elements: &[ElementInput]) -> Bindings {
    let elements = if dialect == Dialect::Tsx { elements } else { &[] };
    let flat = mask::flatten_elements(text, elements);
    let code = if elements.is_empty() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(mask::mask_module(text, elements, &flat, &|_| true).code)
    };
    let parsed = parse::parse(&code, 0);
    if parsed.module.is_some() && !parsed.errors.iter().any(is_structural) {
        return resolved(text, vec![parsed]);
    }
    if flat.is_empty() {
        return resolved(text, recover::parse_pieces(&code, text, &parsed).0);
    }
    let broken: Vec<bool> = flat.iter().map(|hole| !is_sound(text, hole)).collect();
    let code = mask::mask_module(text, elements, &flat, &|index| !broken[index as usize]).code;
    let parsed = parse::parse(&code, 0);
    if parsed.module.is_some() && !parsed.errors.iter().any(is_structural) {
        return resolved(text, vec![parsed]);
    }
    resolved(text, recover::parse_pieces(&code, text, &parsed).0)
}

/// The names of a template's holes.
pub(crate) fn of_holes(text: &str, holes: &[HoleInput]) -> Bindings {
    if holes.is_empty() {
        return Bindings::default();
    }
    let flat = mask::flatten_holes(text, holes);
    let masked = mask::mask_holes(text, holes, &flat, &|_| true);
    let parsed = parse::parse(&masked.code, masked.at);
    if parsed.errors.is_empty() && parsed.module.is_some() {
        return resolved(text, vec![parsed]);
    }
    let broken: Vec<bool> = flat.iter().map(|hole| !is_sound(text, hole)).collect();
    let masked = mask::mask_holes(text, holes, &flat, &|index| !broken[index as usize]);
    let parsed = parse::parse(&masked.code, masked.at);
    if parsed.module.is_some() {
        return resolved(text, vec![parsed]);
    }
    // Code that closes a bracket of another hole: each alone.
    let mut units = Vec::new();
    let mut index = 0;
    while index < flat.len() {
        let (at, hole) = (index, flat[index]);
        index = hole.last as usize;
        if hole.usable && !broken[at] {
            let masked = mask::mask_hole(text, at as u32, &flat, &|inner| !broken[inner as usize]);
            units.push(parse::parse(&masked.code, masked.at));
        }
    }
    resolved(text, units)
}

fn is_sound(text: &str, hole: &mask::Hole<'_>) -> bool {
    hole.usable && crate::holes::check(text, hole.input).is_none()
}

/// Resolves the names of what could be parsed.
fn resolved(text: &str, mut units: Vec<Parsed>) -> Bindings {
    let levels = units.iter().map(|unit| unit.levels).max().unwrap_or(0);
    let mut bodies = Vec::new();
    let mut span = swc_common::DUMMY_SP;
    for unit in &mut units {
        if let Some(module) = unit.module.take() {
            span = module.span();
            bodies.extend(module.body);
        }
    }
    let module = Module { span, body: bodies, shebang: None };
    let work = || {
        GLOBALS.set(&Globals::new(), || {
            let (unresolved, top_level) = (Mark::new(), Mark::new());
            let mut program = Program::Module(module);
            resolver(unresolved, top_level, true).process(&mut program);
            let found = collect::collect(text, &program, unresolved, top_level);
            if let Program::Module(module) = program {
                depth::dispose(module, levels);
            }
            found
        })
    };
    // The resolver is made for code that parsed; of some that was mended it may not think well.
    depth::with_stack(levels, || catch_unwind(AssertUnwindSafe(work)).unwrap_or_default())
}
