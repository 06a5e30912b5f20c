//! Values that are only declared, for code that runs elsewhere: `declare global`, `declare namespace`.
//!
//! Refuses to know what they are: their names tell whether a use is of something.

use crate::walk;
use swc_ecma_ast::{Decl, Ident, ModuleDecl, ModuleItem, Stmt, TsModuleDecl, TsModuleName, TsNamespaceBody};

/// Adds the values that a `declare global` declares.
pub(crate) fn global_values(node: &TsModuleDecl, into: &mut Vec<String>) {
    for item in items(node) {
        match item {
            ModuleItem::Stmt(Stmt::Decl(declaration)) => add(declaration, into),
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => add(&export.decl, into),
            ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) if !import.is_type_only => {
                into.push(import.id.sym.as_str().to_owned());
            }
            _ => {}
        }
    }
}

fn add(declaration: &Decl, into: &mut Vec<String>) {
    match declaration {
        Decl::Class(class) => into.push(class.ident.sym.as_str().to_owned()),
        Decl::Fn(function) => into.push(function.ident.sym.as_str().to_owned()),
        Decl::Var(variables) => {
            for one in &variables.decls {
                walk::bound(&one.name, &mut |name| into.push(name.sym.as_str().to_owned()));
            }
        }
        Decl::TsEnum(node) => into.push(node.id.sym.as_str().to_owned()),
        Decl::TsModule(node) => {
            into.extend(declared_namespace(node).map(|name| name.sym.as_str().to_owned()))
        }
        Decl::Using(_) | Decl::TsInterface(_) | Decl::TsTypeAlias(_) => {}
    }
    // An overloaded function stands there once for each signature.
    let last = into.len().saturating_sub(1);
    if into[..last].last() == into.last() {
        into.truncate(last);
    }
}

/// The name of an ambient namespace that holds values, and so is one.
pub(crate) fn declared_namespace(node: &TsModuleDecl) -> Option<&Ident> {
    let TsModuleName::Ident(name) = &node.id else { return None };
    let declares = |item: &ModuleItem| match item {
        ModuleItem::Stmt(Stmt::Decl(declaration)) => declares_value(declaration),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => declares_value(&export.decl),
        ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) => !import.is_type_only,
        _ => false,
    };
    (!node.global && items(node).iter().any(declares)).then_some(name)
}

fn declares_value(declaration: &Decl) -> bool {
    match declaration {
        Decl::TsInterface(_) | Decl::TsTypeAlias(_) => false,
        Decl::TsModule(node) => crate::depth::guarded(|| declared_namespace(node).is_some()),
        _ => true,
    }
}

fn items(node: &TsModuleDecl) -> &[ModuleItem] {
    let mut body = node.body.as_ref();
    loop {
        match body {
            None => return &[],
            Some(TsNamespaceBody::TsNamespaceDecl(inner)) => body = Some(&inner.body),
            Some(TsNamespaceBody::TsModuleBlock(block)) => return &block.body,
        }
    }
}
