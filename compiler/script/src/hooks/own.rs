//! The functions of a module that are named like hooks, what they call, and the names under which they leave the module. Whether what
//! they call is a hook is not known here.

use crate::{HookFunction, HookTarget, is_hook_name, shape::unwrap};
use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_ecma_ast::*;

/// Functions of the top level.
#[derive(Default)]
pub(super) struct OwnFunctions {
    /// By the name that the module has for each; the default export without a name is in `functions` alone.
    ids: FxHashSet<Id>,
    functions: Vec<HookFunction>,
    by_name: FxHashMap<Atom, usize>,
    /// A local name, and one under which it is exported.
    exports: Vec<(Atom, String)>,
}

impl OwnFunctions {
    pub(super) fn contains(&self, id: &Id) -> bool {
        self.ids.contains(id)
    }

    fn add(&mut self, name: &Atom) -> usize {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        let function = HookFunction { name: name.to_string(), exports: Vec::new(), calls: Vec::new() };
        self.functions.push(function);
        self.by_name.insert(name.clone(), self.functions.len() - 1);
        self.functions.len() - 1
    }

    fn declare(&mut self, name: &Ident) {
        if is_hook_name(&name.sym) {
            self.ids.insert(name.to_id());
            self.add(&name.sym);
        }
    }

    fn variables(&mut self, node: &VarDecl) {
        for one in &node.decls {
            if let (Pat::Ident(name), Some(init)) = (&one.name, &one.init)
                && matches!(unwrap(init), Expr::Arrow(_) | Expr::Fn(_))
            {
                self.declare(&name.id);
            }
        }
    }

    /// Takes an item of the top level.
    pub(super) fn item(&mut self, item: &ModuleItem, default_name: &Atom) {
        match item {
            ModuleItem::Stmt(Stmt::Decl(Decl::Fn(function))) => self.declare(&function.ident),
            ModuleItem::Stmt(Stmt::Decl(Decl::Var(variables))) => self.variables(variables),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => match &export.decl {
                Decl::Fn(function) => {
                    self.declare(&function.ident);
                    self.export(&function.ident.sym, &function.ident.sym);
                }
                Decl::Var(variables) => {
                    self.variables(variables);
                    for one in &variables.decls {
                        if let Pat::Ident(name) = &one.name {
                            self.export(&name.id.sym, &name.id.sym);
                        }
                    }
                }
                _ => {}
            },
            ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(export)) if export.src.is_none() => {
                for one in &export.specifiers {
                    if let ExportSpecifier::Named(one) = one
                        && let ModuleExportName::Ident(local) = &one.orig
                    {
                        match &one.exported {
                            None => self.export(&local.sym, &local.sym),
                            Some(ModuleExportName::Ident(name)) => self.export(&local.sym, &name.sym),
                            Some(ModuleExportName::Str(_)) => {}
                        }
                    }
                }
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultDecl(export)) => {
                if let DefaultDecl::Fn(function) = &export.decl {
                    match &function.ident {
                        Some(name) => {
                            self.declare(name);
                            self.export(&name.sym, "default");
                        }
                        None => self.default_function(default_name),
                    }
                }
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => match unwrap(&export.expr) {
                Expr::Ident(name) => self.export(&name.sym, "default"),
                Expr::Arrow(_) | Expr::Fn(FnExpr { ident: None, .. }) => self.default_function(default_name),
                _ => {}
            },
            _ => {}
        }
    }

    fn default_function(&mut self, name: &Atom) {
        if is_hook_name(name) {
            self.add(name);
            self.export(name, "default");
        }
    }

    fn export(&mut self, local: &Atom, exported: &str) {
        self.exports.push((local.clone(), exported.to_owned()));
    }

    /// Constants of the top level that are another name for something: `const useBasket = useCart`.
    pub(super) fn other_names<'ast>(&self, module: &'ast Module) -> Vec<(&'ast Ident, &'ast Expr)> {
        let variables = module.body.iter().filter_map(|item| match item {
            ModuleItem::Stmt(Stmt::Decl(Decl::Var(variables))) => Some(variables),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(ExportDecl {
                decl: Decl::Var(variables), ..
            })) => Some(variables),
            _ => None,
        });
        variables
            .filter(|variables| variables.kind == VarDeclKind::Const)
            .flat_map(|variables| &variables.decls)
            .filter_map(|one| match (&one.name, one.init.as_deref().map(unwrap)) {
                (Pat::Ident(name), Some(init @ (Expr::Ident(_) | Expr::Member(_)))) => Some((&name.id, init)),
                _ => None,
            })
            .collect()
    }

    pub(super) fn other_name(&mut self, name: &Ident, target: HookTarget) {
        self.ids.insert(name.to_id());
        let at = self.add(&name.sym);
        self.functions[at].calls.push(target);
    }

    /// Notes a call in the body of a function of the top level.
    pub(super) fn calls(&mut self, function: Option<&Atom>, target: &HookTarget) {
        if let Some(at) = function.and_then(|name| self.by_name.get(name)) {
            self.functions[*at].calls.push(target.clone());
        }
    }

    pub(super) fn finish(mut self) -> Vec<HookFunction> {
        for (local, exported) in self.exports {
            if let Some(at) = self.by_name.get(&local) {
                self.functions[*at].exports.push(exported);
            }
        }
        for function in &mut self.functions {
            function.exports.sort();
            function.exports.dedup();
            function.calls.sort();
            function.calls.dedup();
        }
        self.functions
    }
}
