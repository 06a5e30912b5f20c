//! The items of a module in order, and what they use; imports, and exports that are made twice.

mod clauses;

pub(crate) use clauses::export_name;

use crate::{
    AwaitedInit, Declarator, ExportKind, Import, Item, ItemKind, ModuleFacts, ScriptProblem,
    ScriptProblemKind, ambient,
    evaluate::Evaluator,
    export,
    mask::Hole,
    parse, shape,
    walk::{self, Binding, ScopeKind, Walker},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;
use swc_common::Spanned;
use swc_ecma_ast::{
    Decl, DefaultDecl, Expr, ImportSpecifier, ModuleDecl, ModuleItem, OptChainBase, Pat, Stmt, TsModuleName,
    VarDeclKind, VarDeclarator,
};
use velox_diagnostics::Span;

/// Items, imports and exports of the pieces of a module, and the walk with all else it found. `leading` are imports before the first
/// piece.
pub(crate) fn facts<'ast, 'a: 'ast>(
    text: &'a str,
    flat: &'a [Hole<'a>],
    leading: Vec<Import>,
    bodies: &[&'ast [ModuleItem]],
) -> (Walker<'ast, 'a>, ModuleFacts) {
    let items = bodies.iter().map(|body| body.len()).sum();
    let mut maker = Maker {
        walker: Walker::new(text, flat, Evaluator::new(text, bodies)),
        facts: ModuleFacts { imports: leading, items: Vec::with_capacity(items), ..ModuleFacts::default() },
        types: FxHashSet::default(),
        values: FxHashSet::default(),
    };
    maker.run(bodies);
    (maker.walker, maker.facts)
}

struct Maker<'ast, 'a: 'ast> {
    walker: Walker<'ast, 'a>,
    facts: ModuleFacts,
    /// Names that are types alone, and names that are values.
    types: FxHashSet<&'ast str>,
    values: FxHashSet<&'ast str>,
}

impl<'ast, 'a: 'ast> Maker<'ast, 'a> {
    fn run(&mut self, units: &[&'ast [ModuleItem]]) {
        let text = self.walker.text;
        if units.iter().copied().flatten().any(asks_for_types) {
            for name in self.facts.imports.iter().flat_map(|import| &import.names) {
                self.values.insert(name.span.text(text));
            }
            for item in units.iter().copied().flatten() {
                self.sort_names(item);
            }
        }
        let imported = self.facts.imports.iter().map(|import| import.names.len()).sum::<usize>();
        self.walker.names.reserve(imported + self.facts.items.capacity());
        self.walker.names.enter(ScopeKind::Module);
        // Each unit's `var`s come before its names; imports before the first unit belong to it.
        let mut leading = self
            .facts
            .imports
            .iter()
            .flat_map(|import| &import.names)
            .map(|name| name.span)
            .collect::<Vec<_>>();
        for items in units {
            self.walker.hoist_module_vars(items);
            for span in leading.drain(..) {
                self.walker.declare(span.text(text), Binding::Import, span);
            }
            self.walker.hoist_module_names(items);
        }
        for item in units.iter().copied().flatten() {
            self.item(item);
        }
        self.facts.exports = export::exports(text, units, &self.walker.evaluator, &self.types, &self.values);
        let mut names: FxHashMap<&str, Span> = FxHashMap::default();
        for export in &self.facts.exports {
            // Enums, namespaces and types may be declared in several parts.
            let once = !export.type_only && export.kind != ExportKind::Other && export.name != "*";
            if !once {
                continue;
            }
            match names.entry(&export.name) {
                Entry::Vacant(entry) => {
                    entry.insert(export.span);
                }
                // A name declared twice is told as that.
                Entry::Occupied(_) if self.walker.duplicates.contains(&export.span.start) => {}
                Entry::Occupied(entry) => {
                    let kind =
                        ScriptProblemKind::DuplicateExport { name: export.name.clone(), first: *entry.get() };
                    self.walker.problems.push(ScriptProblem { span: export.span, kind });
                }
            }
        }
        self.facts.awaits = self.facts.items.iter().find_map(|item| item.awaits);
    }

    /// Notes which names are declared as types and which as values, for `export { T }`.
    fn sort_names(&mut self, item: &'ast ModuleItem) {
        let declaration = match item {
            ModuleItem::Stmt(Stmt::Decl(declaration)) => declaration,
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => &export.decl,
            ModuleItem::ModuleDecl(ModuleDecl::Import(import)) => {
                for specifier in &import.specifiers {
                    let (local, type_only) = match specifier {
                        ImportSpecifier::Named(one) => (&one.local, one.is_type_only),
                        ImportSpecifier::Default(one) => (&one.local, false),
                        ImportSpecifier::Namespace(one) => (&one.local, false),
                    };
                    let set = if type_only || import.type_only { &mut self.types } else { &mut self.values };
                    set.insert(&local.sym);
                }
                return;
            }
            _ => return,
        };
        let types = walk::is_type(declaration);
        let set = if types { &mut self.types } else { &mut self.values };
        match declaration {
            Decl::Class(node) => {
                set.insert(&node.ident.sym);
            }
            Decl::Fn(node) => {
                // The signature of an overload is no type: the function follows.
                if !types || node.declare {
                    set.insert(&node.ident.sym);
                }
            }
            Decl::Var(node) => {
                for one in &node.decls {
                    walk::bound(&one.name, &mut |name| {
                        set.insert(&name.sym);
                    });
                }
            }
            Decl::Using(_) => {}
            Decl::TsInterface(node) => {
                set.insert(&node.id.sym);
            }
            Decl::TsTypeAlias(node) => {
                set.insert(&node.id.sym);
            }
            Decl::TsEnum(node) => {
                set.insert(&node.id.sym);
            }
            Decl::TsModule(node) => {
                if let TsModuleName::Ident(name) = &node.id {
                    set.insert(&name.sym);
                }
            }
        }
    }

    fn item(&mut self, item: &'ast ModuleItem) {
        let statement = parse::span(item);
        match item {
            ModuleItem::Stmt(Stmt::Decl(declaration)) => self.declaration(declaration, statement, false),
            ModuleItem::Stmt(node) => {
                self.walker.statement(node);
                let kind =
                    if matches!(node, Stmt::Return(_)) { ItemKind::Return } else { ItemKind::Statement };
                let mut declares = Vec::new();
                walk::for_each_var(std::slice::from_ref(node), &mut |name, span| {
                    declares.push((name.to_string(), span));
                });
                if !matches!(node, Stmt::Empty(_)) {
                    self.push(statement, statement, None, kind, declares, false);
                }
            }
            ModuleItem::ModuleDecl(node) => self.module_item(node, statement),
        }
    }

    fn module_item(&mut self, node: &'ast ModuleDecl, statement: Span) {
        match node {
            ModuleDecl::Import(import) => self.import(import, statement),
            ModuleDecl::ExportDecl(export) => self.declaration(&export.decl, statement, true),
            ModuleDecl::ExportNamed(export) => self.named_export(export, statement),
            ModuleDecl::ExportDefaultDecl(export) => {
                let span = parse::span(&export.decl);
                match &export.decl {
                    DefaultDecl::Class(class) => {
                        self.walker.class(&class.class, class.ident.as_ref());
                        let declares = class
                            .ident
                            .iter()
                            .map(|name| (name.sym.as_str().to_owned(), parse::raw(name.span)));
                        let declares = declares.collect();
                        self.push(statement, span, None, ItemKind::Class, declares, true);
                    }
                    DefaultDecl::Fn(function) if function.function.body.is_some() => {
                        self.walker.function(&function.function);
                        let declares = function
                            .ident
                            .iter()
                            .map(|name| (name.sym.as_str().to_owned(), parse::raw(name.span)));
                        let declares = declares.collect();
                        self.push(statement, span, None, ItemKind::Function, declares, true);
                    }
                    _ => {
                        self.walker.types_of_default(&export.decl);
                        self.walker.erase_statement(statement);
                        self.push(statement, span, None, ItemKind::Type, Vec::new(), true);
                    }
                }
            }
            ModuleDecl::ExportDefaultExpr(export) => {
                if let Expr::Ident(name) = &*export.expr
                    && self.is_type(&name.sym)
                {
                    self.walker.type_name(name);
                    self.walker.erase_statement(statement);
                    self.push(statement, statement, None, ItemKind::Type, Vec::new(), true);
                    return;
                }
                self.walker.expression(&export.expr);
                self.walker.end_statement(statement.end);
                self.push(statement, parse::span(&export.expr), None, ItemKind::Export, Vec::new(), true);
            }
            ModuleDecl::ExportAll(export) => {
                if export.type_only {
                    self.walker.erase_statement(statement);
                }
                let kind = if export.type_only { ItemKind::Type } else { ItemKind::Export };
                self.push(statement, statement, None, kind, Vec::new(), true);
            }
            ModuleDecl::TsImportEquals(import) => self.import_equals(import, statement),
            ModuleDecl::TsExportAssignment(export) => {
                let start = statement.start;
                let end = parse::offset(export.expr.span_lo());
                self.walker.replace(Span::new(start, end), "export default ".to_owned());
                self.walker.expression(&export.expr);
                self.push(statement, parse::span(&export.expr), None, ItemKind::Export, Vec::new(), true);
            }
            ModuleDecl::TsNamespaceExport(_) => {
                self.walker.erase_statement(statement);
                self.push(statement, statement, None, ItemKind::Type, Vec::new(), true);
            }
        }
    }

    fn is_type(&self, name: &str) -> bool {
        self.types.contains(name) && !self.values.contains(name)
    }

    fn push(
        &mut self,
        statement: Span,
        span: Span,
        declarator: Option<Declarator>,
        kind: ItemKind,
        declares: Vec<(String, Span)>,
        exported: bool,
    ) {
        let sink = self.walker.take_sink();
        let item = Item {
            statement,
            span,
            declarator,
            kind,
            declares,
            uses: sink.uses,
            awaits: sink.awaits,
            awaited: None,
            exported,
        };
        self.facts.items.push(item);
    }

    /// The parts of a declarator that awaits its value.
    fn awaited(&self, node: &VarDeclarator) -> Option<AwaitedInit> {
        let init = node.init.as_deref()?;
        let Expr::Await(awaited) = shape::unwrap(init) else { return None };
        let mut inner = init;
        while let Expr::Paren(paren) = inner {
            inner = &paren.expr;
        }
        let annotation = match &node.name {
            Pat::Ident(name) => name.type_ann.as_deref(),
            Pat::Array(array) => array.type_ann.as_deref(),
            Pat::Object(object) => object.type_ann.as_deref(),
            _ => None,
        };
        let mut pattern = match &node.name {
            Pat::Ident(name) => self.walker.name_span(&name.id),
            other => parse::span(other),
        };
        let annotation = annotation.map(|annotation| parse::raw(annotation.span));
        if let Some(annotation) = annotation
            && annotation.start < pattern.end
        {
            let code = Span::new(pattern.start, annotation.start).text(self.walker.text);
            pattern.end = pattern.start + code.trim_end().len() as u32;
        }
        Some(AwaitedInit {
            pattern,
            annotation,
            expression: parse::span(&awaited.arg),
            call: is_call(&awaited.arg),
            cast: !matches!(inner, Expr::Await(_)),
        })
    }

    fn declaration(&mut self, node: &'ast Decl, statement: Span, exported: bool) {
        let mut span = parse::span(node);
        if exported && span.start == statement.start {
            // swc counts `export` in for some declarations.
            span.start = self.walker.code_after(statement.start + 6).0;
        }
        let one = |name: &swc_ecma_ast::Ident| vec![(name.sym.as_str().to_owned(), parse::raw(name.span))];
        if walk::is_type(node) {
            self.walker.types_of_declaration(node);
            self.walker.erase_statement(statement);
            let declares = match node {
                Decl::Class(class) => one(&class.ident),
                Decl::Fn(function) if function.declare => one(&function.ident),
                Decl::Var(variables) => {
                    let mut names = Vec::new();
                    for declarator in &variables.decls {
                        names.extend(self.names_of(declarator));
                    }
                    names
                }
                Decl::TsEnum(node) => one(&node.id),
                Decl::TsModule(node) => {
                    let name = ambient::declared_namespace(node);
                    if node.global {
                        ambient::global_values(node, &mut self.facts.globals);
                    }
                    name.map(one).unwrap_or_default()
                }
                _ => Vec::new(),
            };
            self.push(statement, span, None, ItemKind::Type, declares, exported);
            return;
        }
        match node {
            Decl::Var(variables) => {
                let keyword = match variables.kind {
                    VarDeclKind::Var => "var",
                    VarDeclKind::Let => "let",
                    VarDeclKind::Const => "const",
                };
                self.declarators(&variables.decls, variables.kind, keyword, statement, span, exported);
            }
            Decl::Using(using) => {
                let keyword = if using.is_await { "await using" } else { "using" };
                if using.is_await {
                    self.walker.awaits(parse::raw(using.span));
                }
                self.declarators(&using.decls, VarDeclKind::Const, keyword, statement, span, exported);
            }
            Decl::TsEnum(_) | Decl::TsModule(_) => {
                let declares = match node {
                    Decl::TsEnum(node) => one(&node.id),
                    Decl::TsModule(node) => match &node.id {
                        TsModuleName::Ident(name) => one(name),
                        TsModuleName::Str(_) => Vec::new(),
                    },
                    _ => Vec::new(),
                };
                self.walker.declaration(node, statement);
                self.push(statement, span, None, ItemKind::Enum, declares, exported);
            }
            Decl::Class(class) => {
                self.walker.declaration(node, statement);
                self.push(statement, span, None, ItemKind::Class, one(&class.ident), exported);
            }
            Decl::Fn(function) => {
                self.walker.declaration(node, statement);
                self.push(statement, span, None, ItemKind::Function, one(&function.ident), exported);
            }
            Decl::TsInterface(_) | Decl::TsTypeAlias(_) => {}
        }
    }

    fn names_of(&self, node: &'ast VarDeclarator) -> Vec<(String, Span)> {
        let mut names = Vec::new();
        walk::bound(&node.name, &mut |name| {
            names.push((name.sym.as_str().to_owned(), self.walker.name_span(name)))
        });
        names
    }

    fn declarators(
        &mut self,
        nodes: &'ast [VarDeclarator],
        kind: VarDeclKind,
        keyword: &'static str,
        statement: Span,
        span: Span,
        exported: bool,
    ) {
        let count = nodes.len() as u32;
        for (index, node) in nodes.iter().enumerate() {
            self.walker.declarator(node, kind);
            if index + 1 == nodes.len() {
                self.walker.end_statement(statement.end);
            }
            let declarator =
                Declarator { keyword, span: parse::raw(node.span), index: (index as u32, count) };
            let names = self.names_of(node);
            self.push(statement, span, Some(declarator), ItemKind::Variable, names, exported);
            let awaited = self.awaited(node);
            if let Some(item) = self.facts.items.last_mut() {
                item.awaited = awaited;
            }
        }
    }
}

/// Whether a name in this item may be a type's, so that it matters how each name is declared.
fn asks_for_types(item: &ModuleItem) -> bool {
    match item {
        ModuleItem::Stmt(_) => false,
        ModuleItem::ModuleDecl(node) => {
            !matches!(node, ModuleDecl::Import(_) | ModuleDecl::ExportDecl(_) | ModuleDecl::ExportAll(_))
        }
    }
}

fn is_call(node: &Expr) -> bool {
    match shape::unwrap(node) {
        Expr::Call(_) => true,
        Expr::OptChain(chain) => matches!(&*chain.base, OptChainBase::Call(_)),
        _ => false,
    }
}
