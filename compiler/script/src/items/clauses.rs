//! Clauses of imports and exports: the names in them, and the types among these, which are erased.

use super::Maker;
use crate::{Import, ImportedName, ItemKind, parse, walk};
use swc_ecma_ast::{
    ExportSpecifier, ImportDecl, ImportSpecifier, ModuleExportName, NamedExport, TsImportEqualsDecl,
    TsModuleRef,
};
use velox_diagnostics::Span;

impl<'ast> Maker<'ast, '_> {
    pub(super) fn import(&mut self, node: &'ast ImportDecl, statement: Span) {
        let mut names = Vec::new();
        for specifier in &node.specifiers {
            let (local, imported, type_only) = match specifier {
                ImportSpecifier::Named(one) => {
                    let imported =
                        one.imported.as_ref().map_or_else(|| one.local.sym.as_str().to_owned(), export_name);
                    (&one.local, imported, one.is_type_only)
                }
                ImportSpecifier::Default(one) => (&one.local, "default".to_owned(), false),
                ImportSpecifier::Namespace(one) => (&one.local, "*".to_owned(), false),
            };
            names.push(ImportedName {
                local: local.sym.as_str().to_owned(),
                span: parse::raw(local.span),
                imported,
                type_only: type_only || node.type_only,
            });
        }
        if node.type_only || (!names.is_empty() && names.iter().all(|name| name.type_only)) {
            self.walker.erase_statement(statement);
        } else {
            for specifier in &node.specifiers {
                if let ImportSpecifier::Named(one) = specifier
                    && one.is_type_only
                {
                    self.erase_listed(parse::raw(one.span));
                }
            }
        }
        self.facts.imports.push(Import {
            span: statement,
            specifier: node.src.value.to_string_lossy().into_owned(),
            specifier_span: parse::raw(node.src.span),
            type_only: node.type_only,
            names,
        });
    }

    /// Erases a name in braces, and the comma after it.
    fn erase_listed(&mut self, span: Span) {
        let (at, next) = self.walker.code_after(span.end);
        let end = if next == b',' { at + 1 } else { span.end };
        self.walker.erase(Span::new(span.start, end));
    }

    /// `import x = require('y')` is a default import to a module; `import x = a.b` a `const`.
    pub(super) fn import_equals(&mut self, node: &'ast TsImportEqualsDecl, statement: Span) {
        let name = node.id.sym.as_str().to_owned();
        let name_span = parse::raw(node.id.span);
        match &node.module_ref {
            TsModuleRef::TsExternalModuleRef(reference) => {
                let specifier_span = parse::raw(reference.expr.span);
                if node.is_type_only {
                    self.walker.erase_statement(statement);
                } else {
                    let quoted = specifier_span.text(self.walker.text).to_owned();
                    let mut text = format!("import {name} from {quoted};");
                    if node.is_export {
                        text.push_str(&format!(" export {{ {name} }};"));
                    }
                    self.walker.replace(statement, text);
                }
                self.facts.imports.push(Import {
                    span: statement,
                    specifier: reference.expr.value.to_string_lossy().into_owned(),
                    specifier_span,
                    type_only: node.is_type_only,
                    names: vec![ImportedName {
                        local: name,
                        span: name_span,
                        imported: "default".to_owned(),
                        type_only: node.is_type_only,
                    }],
                });
            }
            TsModuleRef::TsEntityName(entity) => {
                let root = walk::root(entity);
                if node.is_type_only || self.is_type(&root.sym) {
                    self.walker.type_name(root);
                    self.walker.erase_statement(statement);
                    self.push(statement, statement, None, ItemKind::Type, Vec::new(), node.is_export);
                    return;
                }
                self.walker.use_name(root);
                let path = parse::span(entity).text(self.walker.text).to_owned();
                let export = if node.is_export { "export " } else { "" };
                self.walker.replace(statement, format!("{export}const {name} = {path};"));
                self.push(
                    statement,
                    statement,
                    None,
                    ItemKind::Statement,
                    vec![(name, name_span)],
                    node.is_export,
                );
            }
        }
    }

    pub(super) fn named_export(&mut self, node: &'ast NamedExport, statement: Span) {
        if node.type_only {
            for specifier in &node.specifiers {
                if node.src.is_none()
                    && let ExportSpecifier::Named(one) = specifier
                    && let ModuleExportName::Ident(name) = &one.orig
                {
                    self.walker.type_name(name);
                }
            }
            self.walker.erase_statement(statement);
            self.push(statement, statement, None, ItemKind::Type, Vec::new(), true);
            return;
        }
        let local = node.src.is_none();
        for specifier in &node.specifiers {
            if let ExportSpecifier::Named(one) = specifier {
                let orig = export_name(&one.orig);
                if one.is_type_only || (local && self.is_type(&orig)) {
                    if let (true, ModuleExportName::Ident(name)) = (local, &one.orig) {
                        self.walker.type_name(name);
                    }
                    self.erase_listed(parse::raw(one.span));
                } else if local && let ModuleExportName::Ident(name) = &one.orig {
                    self.walker.use_name(name);
                }
            }
        }
        self.push(statement, statement, None, ItemKind::Export, Vec::new(), true);
    }
}

/// A name in an import or export clause, which may be written as a string.
pub(crate) fn export_name(name: &ModuleExportName) -> String {
    match name {
        ModuleExportName::Ident(name) => name.sym.as_str().to_owned(),
        ModuleExportName::Str(string) => string.value.to_string_lossy().into_owned(),
    }
}
