//! Enters the declarations of a scope before its code is looked at.

use super::{Binding, Walker, pattern::bound};
use crate::parse;
use swc_atoms::Atom;
use swc_ecma_ast::{
    Decl, DefaultDecl, ForHead, Ident, ImportSpecifier, ModuleDecl, ModuleItem, Pat, Stmt, TsModuleDecl,
    TsModuleName, TsNamespaceBody, VarDecl, VarDeclKind, VarDeclOrExpr,
};
use velox_diagnostics::Span;

impl<'ast> Walker<'ast, '_> {
    /// Declares what stands directly in a block: everything but `var`.
    pub(crate) fn hoist(&mut self, statements: &'ast [Stmt]) {
        for statement in statements {
            let mut statement = statement;
            while let Stmt::Labeled(labeled) = statement {
                statement = &labeled.body;
            }
            if let Stmt::Decl(declaration) = statement {
                self.hoist_declaration(declaration);
            }
        }
    }

    /// Declares what a declaration binds, `var` aside.
    pub(crate) fn hoist_declaration(&mut self, declaration: &'ast Decl) {
        match declaration {
            Decl::Class(class) if !class.declare => {
                self.declare(&class.ident.sym, Binding::Class, parse::raw(class.ident.span));
            }
            // A function without a body is an overload's signature.
            Decl::Fn(function) if !function.declare && function.function.body.is_some() => {
                self.declare(&function.ident.sym, Binding::Function, parse::raw(function.ident.span));
            }
            Decl::Var(variables) if variables.kind != VarDeclKind::Var && !variables.declare => {
                self.declare_variables(variables, Binding::Lexical);
            }
            Decl::Using(using) => {
                for one in &using.decls {
                    self.declare_pattern(&one.name, Binding::Lexical);
                }
            }
            Decl::TsEnum(node) if !node.declare => {
                self.declare(&node.id.sym, Binding::Enum, parse::raw(node.id.span));
            }
            Decl::TsModule(node) if holds_values(node) => {
                if let TsModuleName::Ident(name) = &node.id {
                    self.declare(&name.sym, Binding::Namespace, parse::raw(name.span));
                }
            }
            _ => {}
        }
    }

    /// Declares what a module binds at its top level.
    pub(crate) fn hoist_module(&mut self, items: &'ast [ModuleItem]) {
        self.hoist_module_vars(items);
        self.hoist_module_names(items);
    }

    /// Declares each `var` of a module, out of all blocks.
    pub(crate) fn hoist_module_vars(&mut self, items: &'ast [ModuleItem]) {
        if self.has_var {
            for item in items {
                match item {
                    ModuleItem::Stmt(statement) => self.hoist_vars(std::slice::from_ref(statement)),
                    ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                        if let Decl::Var(variables) = &export.decl
                            && variables.kind == VarDeclKind::Var
                            && !variables.declare
                        {
                            self.declare_variables(variables, Binding::Var);
                        }
                    }
                    ModuleItem::ModuleDecl(_) => {}
                }
            }
        }
    }

    /// Declares all else that a module binds at its top level.
    pub(crate) fn hoist_module_names(&mut self, items: &'ast [ModuleItem]) {
        for item in items {
            match item {
                ModuleItem::Stmt(statement) => self.hoist(std::slice::from_ref(statement)),
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                    self.hoist_declaration(&export.decl)
                }
                ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => match &export.decl {
                    DefaultDecl::Class(class) => {
                        if let Some(name) = &class.ident {
                            self.declare(&name.sym, Binding::Class, parse::raw(name.span));
                        }
                    }
                    DefaultDecl::Fn(function) if function.function.body.is_some() => {
                        if let Some(name) = &function.ident {
                            self.declare(&name.sym, Binding::Function, parse::raw(name.span));
                        }
                    }
                    _ => {}
                },
                ModuleItem::ModuleDecl(ModuleDecl::Import(import)) if !import.type_only => {
                    for specifier in &import.specifiers {
                        let name = match specifier {
                            ImportSpecifier::Named(one) if one.is_type_only => continue,
                            ImportSpecifier::Named(one) => &one.local,
                            ImportSpecifier::Default(one) => &one.local,
                            ImportSpecifier::Namespace(one) => &one.local,
                        };
                        self.declare(&name.sym, Binding::Import, parse::raw(name.span));
                    }
                }
                ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) if !import.is_type_only => {
                    self.declare(&import.id.sym, Binding::Import, parse::raw(import.id.span));
                }
                ModuleItem::ModuleDecl(_) => {}
            }
        }
    }

    fn declare_variables(&mut self, variables: &'ast VarDecl, binding: Binding) {
        for one in &variables.decls {
            self.declare_pattern(&one.name, binding);
        }
    }

    /// Declares each `var` of a function's body, out of all blocks.
    pub(crate) fn hoist_vars(&mut self, statements: &'ast [Stmt]) {
        if self.has_var {
            for_each_var(statements, &mut |name, span| self.declare(name, Binding::Var, span));
        }
    }
}

/// What a statement declares.
#[derive(Clone, Copy)]
enum Declares<'ast> {
    Variables(&'ast VarDecl),
    Name(&'ast Ident),
    Pattern(&'ast Pat),
}

/// Calls `each` for every name that a `var` in these statements declares, functions aside.
pub(crate) fn for_each_var<'ast>(statements: &'ast [Stmt], each: &mut dyn FnMut(&'ast Atom, Span)) {
    declared(statements, &mut |found| {
        if let Declares::Variables(variables) = found
            && variables.kind == VarDeclKind::Var
            && !variables.declare
        {
            for one in &variables.decls {
                bound(&one.name, &mut |name| each(&name.sym, parse::raw(name.span)));
            }
        }
    });
}

/// Calls `each` for every name that is declared in these statements, in nested blocks too, functions aside.
pub(crate) fn for_each_declaration<'ast>(statements: &'ast [Stmt], each: &mut dyn FnMut(&'ast str)) {
    declared(statements, &mut |found| match found {
        Declares::Variables(variables) => {
            for one in &variables.decls {
                bound(&one.name, &mut |name| each(&name.sym));
            }
        }
        Declares::Name(name) => each(&name.sym),
        Declares::Pattern(pattern) => bound(pattern, &mut |name| each(&name.sym)),
    });
}

fn declared<'ast>(statements: &'ast [Stmt], each: &mut dyn FnMut(Declares<'ast>)) {
    for statement in statements {
        // The stack is looked at where statements nest, not for each of a long list.
        match statement {
            Stmt::Expr(_) | Stmt::Return(_) | Stmt::Throw(_) | Stmt::Empty(_) => {}
            Stmt::Decl(declaration) => declared_by(declaration, each),
            _ => crate::depth::guarded(|| declared_in(statement, each)),
        }
    }
}

fn declared_by<'ast>(declaration: &'ast Decl, each: &mut dyn FnMut(Declares<'ast>)) {
    match declaration {
        Decl::Var(variables) => each(Declares::Variables(variables)),
        Decl::Class(class) => each(Declares::Name(&class.ident)),
        Decl::Fn(function) => each(Declares::Name(&function.ident)),
        Decl::Using(using) => using.decls.iter().for_each(|one| each(Declares::Pattern(&one.name))),
        Decl::TsEnum(node) => each(Declares::Name(&node.id)),
        Decl::TsModule(node) => {
            if let TsModuleName::Ident(name) = &node.id {
                each(Declares::Name(name));
            }
        }
        Decl::TsInterface(_) | Decl::TsTypeAlias(_) => {}
    }
}

fn declared_in<'ast>(statement: &'ast Stmt, each: &mut dyn FnMut(Declares<'ast>)) {
    let one = |statement: &'ast Stmt, each: &mut dyn FnMut(Declares<'ast>)| {
        declared(std::slice::from_ref(statement), each);
    };
    match statement {
        Stmt::Block(block) => declared(&block.stmts, each),
        Stmt::With(with) => one(&with.body, each),
        Stmt::Labeled(labeled) => one(&labeled.body, each),
        Stmt::If(node) => {
            one(&node.cons, each);
            if let Some(alt) = &node.alt {
                one(alt, each);
            }
        }
        Stmt::Switch(switch) => {
            for case in &switch.cases {
                declared(&case.cons, each);
            }
        }
        Stmt::Try(node) => {
            declared(&node.block.stmts, each);
            if let Some(handler) = &node.handler {
                if let Some(parameter) = &handler.param {
                    each(Declares::Pattern(parameter));
                }
                declared(&handler.body.stmts, each);
            }
            if let Some(finalizer) = &node.finalizer {
                declared(&finalizer.stmts, each);
            }
        }
        Stmt::While(node) => one(&node.body, each),
        Stmt::DoWhile(node) => one(&node.body, each),
        Stmt::For(node) => {
            if let Some(VarDeclOrExpr::VarDecl(variables)) = &node.init {
                each(Declares::Variables(variables));
            }
            one(&node.body, each);
        }
        Stmt::ForIn(node) => {
            declared_by_head(&node.left, each);
            one(&node.body, each);
        }
        Stmt::ForOf(node) => {
            declared_by_head(&node.left, each);
            one(&node.body, each);
        }
        _ => {}
    }
}

fn declared_by_head<'ast>(head: &'ast ForHead, each: &mut dyn FnMut(Declares<'ast>)) {
    if let ForHead::VarDecl(variables) = head {
        each(Declares::Variables(variables));
    }
}

/// Whether a namespace leaves anything at run time.
pub(crate) fn holds_values(node: &TsModuleDecl) -> bool {
    if node.declare || node.global || matches!(node.id, TsModuleName::Str(_)) {
        return false;
    }
    let mut body = node.body.as_ref();
    loop {
        match body {
            None => return false,
            Some(TsNamespaceBody::TsNamespaceDecl(inner)) => body = Some(&inner.body),
            Some(TsNamespaceBody::TsModuleBlock(block)) => {
                return block.body.iter().any(|item| crate::depth::guarded(|| item_holds_values(item)));
            }
        }
    }
}

fn item_holds_values(item: &ModuleItem) -> bool {
    let declaration = match item {
        ModuleItem::Stmt(Stmt::Empty(_)) => return false,
        ModuleItem::Stmt(Stmt::Decl(declaration)) => declaration,
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => &export.decl,
        ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) => return !import.is_type_only,
        ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(_)) => return false,
        _ => return true,
    };
    !is_type(declaration)
}

/// Whether a declaration leaves nothing at run time.
pub(crate) fn is_type(declaration: &Decl) -> bool {
    match declaration {
        Decl::TsInterface(_) | Decl::TsTypeAlias(_) => true,
        Decl::Class(class) => class.declare,
        Decl::Fn(function) => function.declare || function.function.body.is_none(),
        Decl::Var(variables) => variables.declare,
        Decl::Using(_) => false,
        Decl::TsEnum(node) => node.declare,
        Decl::TsModule(node) => !holds_values(node),
    }
}
