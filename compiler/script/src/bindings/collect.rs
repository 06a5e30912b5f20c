//! Reads names off a tree that swc's resolver has marked.

use super::collector::{Collector, Mode};
use crate::{BindingKind, Bindings, ExportName, ImportName, NameForm, NameRole, parse};
use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::{Mark, SyntaxContext};
use swc_ecma_ast::*;
use swc_ecma_visit::{Visit, VisitWith};

/// All names of a marked program.
pub(super) fn collect(text: &str, program: &Program, unresolved: Mark, top_level: Mark) -> Bindings {
    let mut collector = Collector {
        text,
        unresolved: SyntaxContext::empty().apply_mark(unresolved),
        top_level: SyntaxContext::empty().apply_mark(top_level),
        found: Bindings::default(),
        ids: FxHashMap::default(),
        mode: Mode::Read,
        kind: BindingKind::Const,
        scopes: Vec::new(),
        functions: Vec::new(),
        members: FxHashSet::default(),
        depth: 0,
    };
    program.visit_with(&mut collector);
    let mut found = collector.found;
    found.names.sort_by_key(|name| name.span.start);
    found.names.dedup_by_key(|name| name.span);
    found
}

impl Visit for Collector<'_> {
    fn visit_expr(&mut self, node: &Expr) {
        self.deeper(|c| c.with_mode(Mode::Read, BindingKind::Const, |c| node.visit_children_with(c)));
    }

    fn visit_stmt(&mut self, node: &Stmt) {
        self.deeper(|c| node.visit_children_with(c));
    }

    fn visit_ts_type(&mut self, node: &TsType) {
        self.deeper(|c| c.with_mode(Mode::Read, BindingKind::Const, |c| node.visit_children_with(c)));
    }

    fn visit_pat(&mut self, node: &Pat) {
        self.deeper(|c| node.visit_children_with(c));
    }

    fn visit_ident(&mut self, node: &Ident) {
        if self.members.is_empty() || !self.members.contains(&node.sym) {
            self.name(node, NameRole::Read, NameForm::Plain);
        }
    }

    fn visit_binding_ident(&mut self, node: &BindingIdent) {
        self.bind(&node.id, NameForm::Plain);
        node.type_ann.visit_with(self);
    }

    fn visit_object_pat_prop(&mut self, node: &ObjectPatProp) {
        match node {
            ObjectPatProp::Assign(short) => {
                self.bind(&short.key.id, NameForm::Property);
                short.value.visit_with(self);
            }
            ObjectPatProp::KeyValue(pair) => {
                pair.key.visit_with(self);
                pair.value.visit_with(self);
            }
            ObjectPatProp::Rest(rest) => rest.arg.visit_with(self),
        }
    }

    fn visit_prop(&mut self, node: &Prop) {
        match node {
            Prop::Shorthand(name) => self.name(name, NameRole::Read, NameForm::Property),
            Prop::Assign(assign) => {
                self.name(&assign.key, NameRole::Read, NameForm::Property);
                assign.value.visit_with(self);
            }
            _ => node.visit_children_with(self),
        }
    }

    fn visit_var_decl(&mut self, node: &VarDecl) {
        let kind = if node.kind == VarDeclKind::Const { BindingKind::Const } else { BindingKind::Let };
        if node.kind == VarDeclKind::Var {
            let body = self.functions.last().copied().unwrap_or(0);
            let inner = self.scopes.split_off(body.min(self.scopes.len()));
            for one in &node.decls {
                self.with_mode(Mode::Declare, kind, |c| one.name.visit_with(c));
            }
            self.scopes.extend(inner);
            for one in &node.decls {
                one.init.visit_with(self);
            }
            return;
        }
        self.declarators(&node.decls, kind);
    }

    fn visit_using_decl(&mut self, node: &UsingDecl) {
        self.declarators(&node.decls, BindingKind::Const);
    }

    fn visit_param(&mut self, node: &Param) {
        node.decorators.visit_with(self);
        self.with_mode(Mode::Declare, BindingKind::Parameter, |c| node.pat.visit_with(c));
    }

    fn visit_ts_param_prop(&mut self, node: &TsParamProp) {
        node.decorators.visit_with(self);
        self.with_mode(Mode::Declare, BindingKind::Parameter, |c| node.param.visit_with(c));
    }

    fn visit_function(&mut self, node: &Function) {
        self.scoped(node.span, |c| {
            c.functions.push(c.scopes.len());
            node.decorators.visit_with(c);
            node.type_params.visit_with(c);
            if let Some(this) = &node.this_param {
                this.type_ann.visit_with(c);
            }
            node.params.visit_with(c);
            node.return_type.visit_with(c);
            node.body.visit_with(c);
            c.functions.pop();
        });
    }

    fn visit_arrow_expr(&mut self, node: &ArrowExpr) {
        self.scoped(node.span, |c| {
            c.functions.push(c.scopes.len());
            node.type_params.visit_with(c);
            c.with_mode(Mode::Declare, BindingKind::Parameter, |c| node.params.visit_with(c));
            node.return_type.visit_with(c);
            node.body.visit_with(c);
            c.functions.pop();
        });
    }

    fn visit_constructor(&mut self, node: &Constructor) {
        self.scoped(node.span, |c| {
            c.functions.push(c.scopes.len());
            node.visit_children_with(c);
            c.functions.pop();
        });
    }

    fn visit_block_stmt(&mut self, node: &BlockStmt) {
        self.scoped(node.span, |c| node.visit_children_with(c));
    }

    fn visit_switch_stmt(&mut self, node: &SwitchStmt) {
        node.discriminant.visit_with(self);
        self.scoped(node.span, |c| node.cases.visit_with(c));
    }

    fn visit_for_stmt(&mut self, node: &ForStmt) {
        self.scoped(node.span, |c| node.visit_children_with(c));
    }

    fn visit_for_of_stmt(&mut self, node: &ForOfStmt) {
        self.scoped(node.span, |c| node.visit_children_with(c));
    }

    fn visit_for_in_stmt(&mut self, node: &ForInStmt) {
        self.scoped(node.span, |c| node.visit_children_with(c));
    }

    fn visit_for_head(&mut self, node: &ForHead) {
        match node {
            ForHead::Pat(pattern) => {
                self.with_mode(Mode::Assign, BindingKind::Let, |c| pattern.visit_with(c));
            }
            _ => node.visit_children_with(self),
        }
    }

    fn visit_catch_clause(&mut self, node: &CatchClause) {
        self.scoped(node.span, |c| {
            c.with_mode(Mode::Declare, BindingKind::Parameter, |c| node.param.visit_with(c));
            node.body.visit_with(c);
        });
    }

    fn visit_assign_target(&mut self, node: &AssignTarget) {
        self.with_mode(Mode::Assign, BindingKind::Let, |c| node.visit_children_with(c));
    }

    fn visit_update_expr(&mut self, node: &UpdateExpr) {
        match &*node.arg {
            Expr::Ident(name) => self.name(name, NameRole::Write, NameForm::Plain),
            other => other.visit_with(self),
        }
    }

    fn visit_fn_decl(&mut self, node: &FnDecl) {
        self.declare(&node.ident, NameRole::Declaration, NameForm::Plain, Some(BindingKind::Function));
        node.function.visit_with(self);
    }

    fn visit_fn_expr(&mut self, node: &FnExpr) {
        self.scoped(node.function.span, |c| {
            if let Some(name) = &node.ident {
                c.declare(name, NameRole::Declaration, NameForm::Plain, Some(BindingKind::Function));
            }
            node.function.visit_with(c);
        });
    }

    fn visit_class_decl(&mut self, node: &ClassDecl) {
        self.declare(&node.ident, NameRole::Declaration, NameForm::Plain, Some(BindingKind::Class));
        self.scoped(node.class.span, |c| node.class.visit_with(c));
    }

    fn visit_class_expr(&mut self, node: &ClassExpr) {
        self.scoped(node.class.span, |c| {
            if let Some(name) = &node.ident {
                c.declare(name, NameRole::Declaration, NameForm::Plain, Some(BindingKind::Class));
            }
            node.class.visit_with(c);
        });
    }

    fn visit_ts_enum_decl(&mut self, node: &TsEnumDecl) {
        self.declare(&node.id, NameRole::Declaration, NameForm::Plain, Some(BindingKind::Enum));
        let names = node.members.iter().filter_map(|member| match &member.id {
            TsEnumMemberId::Ident(name) => Some(name.sym.clone()),
            TsEnumMemberId::Str(_) => None,
        });
        let before = std::mem::replace(&mut self.members, names.collect());
        for member in &node.members {
            member.init.visit_with(self);
        }
        self.members = before;
    }

    fn visit_ts_module_decl(&mut self, node: &TsModuleDecl) {
        if let TsModuleName::Ident(name) = &node.id
            && !node.global
        {
            self.declare(name, NameRole::Declaration, NameForm::Plain, Some(BindingKind::Enum));
        }
        self.scoped(node.span, |c| node.body.visit_with(c));
    }

    fn visit_ts_namespace_decl(&mut self, node: &TsNamespaceDecl) {
        node.body.visit_with(self);
    }

    fn visit_ts_interface_decl(&mut self, node: &TsInterfaceDecl) {
        self.declare(&node.id, NameRole::Declaration, NameForm::Plain, Some(BindingKind::Type));
        self.scoped(node.span, |c| {
            node.type_params.visit_with(c);
            node.extends.visit_with(c);
            node.body.visit_with(c);
        });
    }

    fn visit_ts_type_alias_decl(&mut self, node: &TsTypeAliasDecl) {
        self.declare(&node.id, NameRole::Declaration, NameForm::Plain, Some(BindingKind::Type));
        self.scoped(node.span, |c| {
            node.type_params.visit_with(c);
            node.type_ann.visit_with(c);
        });
    }

    fn visit_ts_type_param(&mut self, node: &TsTypeParam) {
        self.declare(&node.name, NameRole::Declaration, NameForm::Plain, Some(BindingKind::TypeParameter));
        node.constraint.visit_with(self);
        node.default.visit_with(self);
    }

    fn visit_ts_fn_type(&mut self, node: &TsFnType) {
        self.scoped(node.span, |c| {
            node.type_params.visit_with(c);
            c.type_parameters(&node.params);
            node.type_ann.visit_with(c);
        });
    }

    fn visit_ts_constructor_type(&mut self, node: &TsConstructorType) {
        self.scoped(node.span, |c| {
            node.type_params.visit_with(c);
            c.type_parameters(&node.params);
            node.type_ann.visit_with(c);
        });
    }

    fn visit_ts_mapped_type(&mut self, node: &TsMappedType) {
        self.scoped(node.span, |c| node.visit_children_with(c));
    }

    fn visit_ts_property_signature(&mut self, node: &TsPropertySignature) {
        self.signature_key(&node.key, node.computed);
        node.type_ann.visit_with(self);
    }

    fn visit_ts_getter_signature(&mut self, node: &TsGetterSignature) {
        self.signature_key(&node.key, node.computed);
        node.type_ann.visit_with(self);
    }

    fn visit_ts_setter_signature(&mut self, node: &TsSetterSignature) {
        self.signature_key(&node.key, node.computed);
    }

    fn visit_ts_method_signature(&mut self, node: &TsMethodSignature) {
        self.signature_key(&node.key, node.computed);
        self.scoped(node.span, |c| {
            node.type_params.visit_with(c);
            c.type_parameters(&node.params);
            node.type_ann.visit_with(c);
        });
    }

    fn visit_ts_tuple_element(&mut self, node: &TsTupleElement) {
        node.ty.visit_with(self);
    }

    fn visit_ts_index_signature(&mut self, node: &TsIndexSignature) {
        node.type_ann.visit_with(self);
    }

    fn visit_ts_import_type(&mut self, node: &TsImportType) {
        node.type_args.visit_with(self);
    }

    fn visit_labeled_stmt(&mut self, node: &LabeledStmt) {
        node.body.visit_with(self);
    }

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}

    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}

    fn visit_meta_prop_expr(&mut self, _: &MetaPropExpr) {}

    fn visit_import_decl(&mut self, node: &ImportDecl) {
        let specifier = node.src.value.to_string_lossy().into_owned();
        for one in &node.specifiers {
            let (local, imported, form) = match one {
                ImportSpecifier::Named(one) => match &one.imported {
                    None => (&one.local, None, NameForm::Import),
                    Some(name) => (&one.local, Some(name), NameForm::Plain),
                },
                ImportSpecifier::Default(one) => (&one.local, None, NameForm::Plain),
                ImportSpecifier::Namespace(one) => (&one.local, None, NameForm::Plain),
            };
            self.declare(local, NameRole::Declaration, form, Some(BindingKind::Import));
            let Some(place) = self.place(local) else { continue };
            let (imported, span) = match (one, imported) {
                (_, Some(name)) => (exported_name(name), parse::span(name)),
                (ImportSpecifier::Default(_), None) => ("default".to_owned(), place),
                (ImportSpecifier::Namespace(_), None) => ("*".to_owned(), place),
                (ImportSpecifier::Named(_), None) => (local.sym.as_str().to_owned(), place),
            };
            self.found.imports.push(ImportName {
                specifier: specifier.clone(),
                imported,
                span,
                local: place,
            });
        }
    }

    fn visit_named_export(&mut self, node: &NamedExport) {
        let from = node.src.as_ref().map(|src| src.value.to_string_lossy().into_owned());
        for one in &node.specifiers {
            let (local, local_span, name) = match one {
                ExportSpecifier::Named(one) => {
                    if from.is_none()
                        && let ModuleExportName::Ident(name) = &one.orig
                    {
                        let form = if one.exported.is_some() { NameForm::Plain } else { NameForm::Export };
                        self.name(name, NameRole::Read, form);
                    }
                    let exported = one.exported.as_ref().unwrap_or(&one.orig);
                    (exported_name(&one.orig), parse::span(&one.orig), exported)
                }
                ExportSpecifier::Namespace(one) => ("*".to_owned(), parse::span(&one.name), &one.name),
                ExportSpecifier::Default(_) => continue,
            };
            let (exported, span) = (exported_name(name), parse::span(name));
            self.found.exports.push(ExportName { from: from.clone(), local, local_span, exported, span });
        }
    }

    fn visit_ts_import_equals_decl(&mut self, node: &TsImportEqualsDecl) {
        self.declare(&node.id, NameRole::Declaration, NameForm::Plain, Some(BindingKind::Import));
        node.module_ref.visit_with(self);
    }
}

fn exported_name(name: &ModuleExportName) -> String {
    match name {
        ModuleExportName::Ident(name) => name.sym.as_str().to_owned(),
        ModuleExportName::Str(name) => name.value.to_string_lossy().into_owned(),
    }
}
