//! What stands around an offset: for selections that grow, and for refactorings that ask what is selected.
//!
//! Visits only the nodes that touch the offset. Knows nothing of names; gives spans, the kinds of nodes stay here.

use crate::{Dialect, ElementInput, HoleInput, mask, parse, recover};
use swc_common::Spanned;
use swc_ecma_ast::{
    ArrowExpr, AssignTarget, BindingIdent, BlockStmt, Callee, CatchClause, ClassMember, Decl,
    ExportSpecifier, Expr, ExprOrSpread, Function, FunctionBody, Ident, ImportSpecifier, Key, MemberProp,
    ModuleItem, ObjectPatProp, Param, Pat, PropName, PropOrSpread, Stmt, Str, SwitchCase, Tpl, TsEnumMember,
    TsInterfaceBody, TsType, TsTypeAnn, TsTypeElement, TsTypeParam, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith};
use velox_diagnostics::Span;

/// See [`crate::enclosing_in_module`].
pub(crate) fn in_module(text: &str, dialect: Dialect, elements: &[ElementInput], offset: u32) -> Vec<Span> {
    let code = mask::module_code(text, dialect, elements);
    let parsed = parse::parse(&code, 0);
    let mut finder = Finder { offset, found: Vec::new() };
    if let Some(module) = &parsed.module {
        finder.items(&module.body);
    } else {
        for unit in recover::parse_pieces(&code, text, &parsed).0 {
            if let Some(module) = &unit.module {
                finder.items(&module.body);
            }
        }
    }
    finder.finish()
}

/// See [`crate::enclosing_in_hole`].
pub(crate) fn in_hole(text: &str, hole: &HoleInput, offset: u32) -> Vec<Span> {
    let holes = std::slice::from_ref(hole);
    let flat = mask::flatten_holes(text, holes);
    if flat.first().is_none_or(|hole| !hole.usable) {
        return Vec::new();
    }
    let parsed = parse::parse_hole(text, &flat);
    let mut finder = Finder { offset, found: Vec::new() };
    if let Some(module) = &parsed.module {
        finder.items(&module.body);
    }
    // The parentheses that the code was parsed in are not its own.
    finder.found.retain(|span| hole.span.contains(*span));
    finder.finish()
}

/// Gathers the spans of the nodes that touch an offset.
struct Finder {
    offset: u32,
    found: Vec<Span>,
}

impl Finder {
    fn items(&mut self, items: &[ModuleItem]) {
        for item in items {
            item.visit_with(self);
        }
    }

    fn node(&mut self, node: &impl Spanned, inside: impl FnOnce(&mut Self)) {
        let span = parse::span(node);
        if span.touches(self.offset) {
            self.found.push(span);
            crate::depth::guarded(|| inside(self));
        }
    }

    fn finish(mut self) -> Vec<Span> {
        self.found.retain(|span| !span.is_empty());
        self.found.sort_by_key(|span| (span.len(), span.start));
        self.found.dedup();
        self.found
    }
}

/// Nodes whose spans are noted, and that are left alone where they do not touch the offset.
macro_rules! noted {
    ($($method:ident: $node:ty,)*) => {
        impl Visit for Finder {
            $(fn $method(&mut self, node: &$node) {
                self.node(node, |finder| node.visit_children_with(finder));
            })*

            // The span of a pattern's name holds its annotation.
            fn visit_binding_ident(&mut self, node: &BindingIdent) {
                self.node(&node.id, |_| {});
                node.visit_children_with(self);
            }
        }
    };
}

noted! {
    visit_module_item: ModuleItem,
    visit_stmt: Stmt,
    visit_decl: Decl,
    visit_expr: Expr,
    visit_callee: Callee,
    visit_pat: Pat,
    visit_assign_target: AssignTarget,
    visit_object_pat_prop: ObjectPatProp,
    visit_param: Param,
    visit_function: Function,
    visit_arrow_expr: ArrowExpr,
    visit_block_stmt: BlockStmt,
    visit_function_body: FunctionBody,
    visit_class_member: ClassMember,
    visit_catch_clause: CatchClause,
    visit_switch_case: SwitchCase,
    visit_var_declarator: VarDeclarator,
    visit_prop_or_spread: PropOrSpread,
    visit_prop_name: PropName,
    visit_member_prop: MemberProp,
    visit_expr_or_spread: ExprOrSpread,
    visit_ident: Ident,
    visit_key: Key,
    visit_str: Str,
    visit_tpl: Tpl,
    visit_import_specifier: ImportSpecifier,
    visit_export_specifier: ExportSpecifier,
    visit_ts_type: TsType,
    visit_ts_type_ann: TsTypeAnn,
    visit_ts_type_param: TsTypeParam,
    visit_ts_type_element: TsTypeElement,
    visit_ts_interface_body: TsInterfaceBody,
    visit_ts_enum_member: TsEnumMember,
}
