//! Tells whether two texts are the same program, however they are laid out: for whoever formats code.
//!
//! Compares trees without their positions, and without what writing decides alone: quotes, parentheses, empty statements.
//! Refuses to compare comments.

use crate::{ElementInput, HoleInput, depth, mask, parse};
use swc_common::EqIgnoreSpan;
use swc_ecma_ast::{BigInt, ClassMember, Expr, Invalid, Module, ModuleItem, Number, Stmt, Str};
use swc_ecma_visit::{VisitMut, VisitMutWith};

/// Whether two modules are the same program. False where one of them does not parse.
pub(crate) fn modules(before: (&str, &[ElementInput]), after: (&str, &[ElementInput])) -> bool {
    let code = |(text, elements): (&str, &[ElementInput])| {
        if elements.is_empty() {
            return parse::parse(text, 0);
        }
        let flat = mask::flatten_elements(text, elements);
        parse::parse(&mask::mask_module(text, elements, &flat, &|_| true).code, 0)
    };
    equal(code(before), code(after))
}

/// Whether the holes of two templates hold the same code. False where a hole does not parse.
pub(crate) fn holes(before: (&str, &[HoleInput]), after: (&str, &[HoleInput])) -> bool {
    let code = |(text, holes): (&str, &[HoleInput])| {
        let flat = mask::flatten_holes(text, holes);
        let masked = mask::mask_holes(text, holes, &flat, &|_| true);
        parse::parse(&masked.code, masked.at)
    };
    equal(code(before), code(after))
}

fn equal(mut before: parse::Parsed, mut after: parse::Parsed) -> bool {
    let levels = before.levels.max(after.levels);
    let (Some(left), Some(right)) = (before.module.as_mut(), after.module.as_mut()) else { return false };
    depth::with_stack(levels, || {
        left.visit_mut_with(&mut Bare);
        right.visit_mut_with(&mut Bare);
        left.eq_ignore_span(right)
    })
}

/// Takes away what does not belong to the program.
struct Bare;

impl VisitMut for Bare {
    fn visit_mut_module(&mut self, node: &mut Module) {
        node.body.retain(|item| !matches!(item, ModuleItem::Stmt(Stmt::Empty(_))));
        node.visit_mut_children_with(self);
    }

    fn visit_mut_stmts(&mut self, nodes: &mut Vec<Stmt>) {
        nodes.retain(|node| !matches!(node, Stmt::Empty(_)));
        nodes.visit_mut_children_with(self);
    }

    fn visit_mut_class_members(&mut self, nodes: &mut Vec<ClassMember>) {
        nodes.retain(|node| !matches!(node, ClassMember::Empty(_)));
        nodes.visit_mut_children_with(self);
    }

    fn visit_mut_expr(&mut self, node: &mut Expr) {
        while let Expr::Paren(paren) = node {
            *node = std::mem::replace(&mut *paren.expr, Expr::Invalid(Invalid::default()));
        }
        node.visit_mut_children_with(self);
    }

    fn visit_mut_str(&mut self, node: &mut Str) {
        node.raw = None;
    }

    fn visit_mut_number(&mut self, node: &mut Number) {
        node.raw = None;
    }

    fn visit_mut_big_int(&mut self, node: &mut BigInt) {
        node.raw = None;
    }
}

#[cfg(test)]
mod tests {
    use crate::{HoleInput, same_holes, same_module};
    use velox_diagnostics::Span;

    fn hole(text: &str) -> Vec<HoleInput> {
        vec![HoleInput { span: Span::new(0, text.len() as u32), spread: false, elements: Vec::new() }]
    }

    #[test]
    fn layout_quotes_and_parentheses_are_not_the_program() {
        let same = |a: &str, b: &str| same_module((a, &[]), (b, &[]));
        assert!(same("const a = (x) => (x + 1);;\n", "const a = x =>\n  x + 1"));
        assert!(same("import \"a\"", "import 'a';"));
        assert!(same("f({ a: 1, })", "f(\n  { a: 1 },\n);"));
        assert!(!same("const a = x + 1;", "const a = x - 1;"));
        assert!(!same("const a = `b c`;", "const a = `b  c`;"));
        assert!(!same("type A = { a: string };", "type A = { a?: string };"));
        assert!(!same("a", "a b"), "what does not parse is the same as nothing");
    }

    #[test]
    fn holes_are_compared_as_expressions() {
        let same = |a: &str, b: &str| same_holes((a, &hole(a)), (b, &hole(b)));
        assert!(same(" a ?? (b) ", "a ??\n  b"));
        assert!(!same("a ?? b", "a || b"));
    }
}
