//! What a module exports, with values and function shapes as far as they are known without running code.

use crate::{
    Export, ExportKind, FunctionFacts, Value,
    evaluate::{Evaluator, Returns},
    items::export_name,
    parse,
    scan::Scanner,
    shape,
    walk::{bound, is_type},
};
use rustc_hash::FxHashSet;
use swc_common::Spanned;
use swc_ecma_ast::{
    ArrowFunctionBody, Decl, DefaultDecl, ExportSpecifier, Expr, Function, ModuleDecl, ModuleExportName,
    ModuleItem, NamedExport, Pat, TsModuleName, VarDecl, VarDeclKind,
};
use velox_diagnostics::Span;

/// The exports of a module, in order.
pub(crate) fn exports(
    text: &str,
    units: &[&[ModuleItem]],
    evaluator: &Evaluator<'_>,
    types: &FxHashSet<&str>,
    values: &FxHashSet<&str>,
) -> Vec<Export> {
    let mut maker = Maker { text, evaluator, types, values, exports: Vec::new() };
    for item in units.iter().copied().flatten() {
        if let ModuleItem::ModuleDecl(node) = item {
            maker.item(node);
        }
    }
    maker.exports
}

struct Maker<'a> {
    text: &'a str,
    evaluator: &'a Evaluator<'a>,
    types: &'a FxHashSet<&'a str>,
    values: &'a FxHashSet<&'a str>,
    exports: Vec<Export>,
}

fn plain(name: &str, span: Span, kind: ExportKind) -> Export {
    Export {
        name: name.to_owned(),
        span,
        local: None,
        from: None,
        kind,
        value: None,
        function: None,
        type_only: false,
    }
}

impl Maker<'_> {
    fn item(&mut self, node: &ModuleDecl) {
        match node {
            ModuleDecl::ExportDecl(export) => self.declaration(&export.decl),
            ModuleDecl::ExportNamed(export) => self.named(export),
            ModuleDecl::ExportAll(export) => {
                let mut one = plain("*", self.token(export.span, "*"), ExportKind::Reexport);
                one.from =
                    Some((export.src.value.to_string_lossy().into_owned(), parse::raw(export.src.span)));
                one.type_only = export.type_only;
                self.exports.push(one);
            }
            ModuleDecl::ExportDefaultDecl(export) => {
                let mut one = plain("default", self.token(export.span, "default"), ExportKind::Default);
                match &export.decl {
                    DefaultDecl::Class(class) => {
                        one.local = class.ident.as_ref().map(|name| name.sym.as_str().to_owned());
                    }
                    DefaultDecl::Fn(function) => {
                        if function.function.body.is_none() {
                            return;
                        }
                        one.local = function.ident.as_ref().map(|name| name.sym.as_str().to_owned());
                        one.function = Some(self.function(&function.function));
                    }
                    DefaultDecl::TsInterfaceDecl(_) => one.type_only = true,
                }
                self.exports.push(one);
            }
            ModuleDecl::ExportDefaultExpr(export) => {
                let mut one = plain("default", self.token(export.span, "default"), ExportKind::Default);
                if let Expr::Ident(name) = &*export.expr {
                    one.local = Some(name.sym.as_str().to_owned());
                    one.type_only = self.is_type(&name.sym);
                }
                one.value = Some(self.evaluator.value(&export.expr));
                one.function = self.function_of(&export.expr);
                self.exports.push(one);
            }
            ModuleDecl::TsExportAssignment(export) => {
                let mut one = plain("default", self.token(export.span, "="), ExportKind::Default);
                one.value = Some(self.evaluator.value(&export.expr));
                one.function = self.function_of(&export.expr);
                self.exports.push(one);
            }
            ModuleDecl::TsImportEquals(import) if import.is_export => {
                let mut one = plain(&import.id.sym, parse::raw(import.id.span), ExportKind::Other);
                one.type_only = import.is_type_only;
                self.exports.push(one);
            }
            _ => {}
        }
    }

    /// The place of a token at the head of a statement.
    fn token(&self, span: swc_common::Span, wanted: &str) -> Span {
        let whole = parse::raw(span);
        let mut scanner = Scanner::new(self.text.as_bytes(), whole.start as usize, whole.end as usize);
        for _ in 0..6 {
            let token = scanner.next();
            if self.text.get(token.start..token.end) == Some(wanted) {
                return Span::new(token.start as u32, token.end as u32);
            }
        }
        Span::new(whole.start, whole.start + 6)
    }

    /// The value of what is exported as `name`. `config` takes no template literals with holes (language.md S6).
    fn value(&self, name: &str, init: &Expr) -> Value {
        if name == "config" { self.evaluator.plain(init) } else { self.evaluator.value(init) }
    }

    fn is_type(&self, name: &str) -> bool {
        self.types.contains(name) && !self.values.contains(name)
    }

    fn declaration(&mut self, node: &Decl) {
        let type_only = is_type(node);
        let (name, kind) = match node {
            Decl::Var(variables) => {
                self.variables(variables, type_only);
                return;
            }
            Decl::Using(_) => return,
            Decl::Fn(function) => {
                if function.function.body.is_none() && !function.declare {
                    return;
                }
                let mut one =
                    plain(&function.ident.sym, parse::raw(function.ident.span), ExportKind::Function);
                one.function = Some(self.function(&function.function));
                one.type_only = type_only;
                self.exports.push(one);
                return;
            }
            Decl::Class(class) => (&class.ident, ExportKind::Class),
            Decl::TsInterface(node) => (&node.id, ExportKind::Other),
            Decl::TsTypeAlias(node) => (&node.id, ExportKind::Other),
            Decl::TsEnum(node) => (&node.id, ExportKind::Other),
            Decl::TsModule(node) => match &node.id {
                TsModuleName::Ident(name) => (name, ExportKind::Other),
                TsModuleName::Str(_) => return,
            },
        };
        let mut one = plain(&name.sym, parse::raw(name.span), kind);
        one.type_only = type_only;
        self.exports.push(one);
    }

    fn variables(&mut self, variables: &VarDecl, type_only: bool) {
        let is_const = variables.kind == VarDeclKind::Const;
        let kind = if is_const { ExportKind::Const } else { ExportKind::Let };
        for declarator in &variables.decls {
            let mut found = Vec::new();
            bound(&declarator.name, &mut |name| {
                let start = parse::offset(name.span.lo);
                let span = Span::new(start, start + name.sym.len() as u32);
                found.push(plain(&name.sym, span, kind));
            });
            for mut one in found {
                one.type_only = type_only;
                if is_const && let Some(init) = &declarator.init {
                    if matches!(declarator.name, Pat::Ident(_)) {
                        one.value = Some(self.value(&one.name, init));
                        one.function = self.function_of(init);
                        if one.function.is_some() {
                            one.kind = ExportKind::Function;
                        }
                    } else {
                        one.value = Some(Value::Unknown(
                            parse::span(init),
                            "it is taken out by a pattern".to_owned(),
                        ));
                    }
                }
                self.exports.push(one);
            }
        }
    }

    fn named(&mut self, export: &NamedExport) {
        let from =
            export.src.as_ref().map(|src| (src.value.to_string_lossy().into_owned(), parse::raw(src.span)));
        for specifier in &export.specifiers {
            let (orig, exported, type_only) = match specifier {
                ExportSpecifier::Named(one) => {
                    (Some(&one.orig), one.exported.as_ref().unwrap_or(&one.orig), one.is_type_only)
                }
                ExportSpecifier::Namespace(one) => (None, &one.name, false),
                ExportSpecifier::Default(one) => {
                    let mut export =
                        plain(&one.exported.sym, parse::raw(one.exported.span), ExportKind::Reexport);
                    export.from.clone_from(&from);
                    export.local = Some("default".to_owned());
                    self.exports.push(export);
                    continue;
                }
            };
            let mut one = plain(&export_name(exported), parse::span(exported), ExportKind::Reexport);
            one.local = Some(orig.map_or_else(|| "*".to_owned(), export_name));
            one.type_only = type_only || export.type_only;
            one.from.clone_from(&from);
            if from.is_none()
                && let Some(ModuleExportName::Ident(name)) = orig
            {
                one.type_only |= self.is_type(&name.sym);
                if let Some(init) = self.evaluator.constant(&name.sym) {
                    one.value = Some(self.value(&one.name, init));
                    one.function = self.function_of(init);
                } else if let Some(function) = self.evaluator.function(&name.sym) {
                    one.function = Some(self.function(function));
                }
            }
            self.exports.push(one);
        }
    }

    fn function_of(&self, node: &Expr) -> Option<FunctionFacts> {
        match shape::unwrap(node) {
            Expr::Arrow(arrow) => {
                let body = match &*arrow.body {
                    ArrowFunctionBody::Expr(body) => Returns::Expression(body),
                    ArrowFunctionBody::FunctionBody(body) => Returns::Body(&body.stmts),
                };
                Some(FunctionFacts {
                    is_async: arrow.is_async,
                    is_generator: arrow.is_generator,
                    parameters: extent(arrow.params.iter()),
                    parameter_count: arrow.params.len() as u32,
                    returns: self.evaluator.returns(arrow.params.iter(), body),
                })
            }
            Expr::Fn(function) => Some(self.function(&function.function)),
            _ => None,
        }
    }

    fn function(&self, function: &Function) -> FunctionFacts {
        let returns = function
            .body
            .as_ref()
            .map(|body| {
                let parameters = function.params.iter().map(|parameter| &parameter.pat);
                self.evaluator.returns(parameters, Returns::Body(&body.stmts))
            })
            .unwrap_or_default();
        FunctionFacts {
            is_async: function.is_async,
            is_generator: function.is_generator,
            parameters: extent(function.params.iter().map(|parameter| &parameter.pat)),
            parameter_count: function.params.len() as u32,
            returns,
        }
    }
}

/// From the first parameter to the end of the last one, types included.
fn extent<'a>(parameters: impl Iterator<Item = &'a Pat>) -> Option<Span> {
    let mut whole: Option<Span> = None;
    for parameter in parameters {
        let mut span = parse::span(parameter);
        let annotation = match parameter {
            Pat::Ident(name) => name.type_ann.as_ref(),
            Pat::Array(array) => array.type_ann.as_ref(),
            Pat::Object(object) => object.type_ann.as_ref(),
            Pat::Rest(rest) => rest.type_ann.as_ref(),
            _ => None,
        };
        if let Some(annotation) = annotation {
            span.end = span.end.max(parse::offset(annotation.span_hi()));
        }
        whole = Some(whole.map_or(span, |whole| whole.cover(span)));
    }
    whole
}
