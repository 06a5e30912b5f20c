//! Statements and declarations.

use super::{Binding, ScopeKind, Walker, hoist};
use crate::parse;
use swc_ecma_ast::{
    BlockStmt, Decl, Expr, ForHead, ModuleDecl, ModuleItem, Pat, Stmt, TsEnumDecl, TsEnumMemberId,
    TsModuleDecl, TsModuleRef, TsNamespaceBody, VarDeclKind, VarDeclOrExpr, VarDeclarator,
};
use velox_diagnostics::Span;

impl<'ast> Walker<'ast, '_> {
    pub(crate) fn statements(&mut self, statements: &'ast [Stmt]) {
        for statement in statements {
            self.statement(statement);
        }
    }

    /// Walks a statement whose declarations were entered already.
    pub(crate) fn statement(&mut self, node: &'ast Stmt) {
        self.deeper(|walker| walker.statement_inside(node));
    }

    fn block(&mut self, block: &'ast BlockStmt, kind: ScopeKind) {
        self.scope(kind, |walker| {
            walker.hoist(&block.stmts);
            walker.statements(&block.stmts);
        });
    }

    /// A statement that is the body of another one: a scope of its own, for `if (x) function f() {}`.
    fn body_statement(&mut self, node: &'ast Stmt) {
        if matches!(node, Stmt::Decl(_) | Stmt::Labeled(_)) {
            self.scope(ScopeKind::Block, |walker| {
                walker.hoist(std::slice::from_ref(node));
                walker.statement(node);
            });
        } else {
            self.statement(node);
        }
    }

    fn statement_inside(&mut self, node: &'ast Stmt) {
        match node {
            Stmt::Block(block) => self.block(block, ScopeKind::Block),
            Stmt::Empty(_) | Stmt::Debugger(_) | Stmt::Break(_) | Stmt::Continue(_) => {}
            Stmt::With(with) => {
                self.expression(&with.obj);
                self.body_statement(&with.body);
            }
            Stmt::Return(node) => {
                self.optional(node.arg.as_deref());
                self.end_statement(parse::offset(node.span.hi));
            }
            Stmt::Throw(node) => {
                self.expression(&node.arg);
                self.end_statement(parse::offset(node.span.hi));
            }
            Stmt::Expr(node) => {
                self.expression(&node.expr);
                self.end_statement(parse::offset(node.span.hi));
            }
            Stmt::Labeled(labeled) => self.statement(&labeled.body),
            Stmt::If(node) => {
                self.expression(&node.test);
                self.body_statement(&node.cons);
                if let Some(alt) = &node.alt {
                    self.body_statement(alt);
                }
            }
            Stmt::Switch(switch) => {
                self.expression(&switch.discriminant);
                self.scope(ScopeKind::Block, |walker| {
                    for case in &switch.cases {
                        walker.hoist(&case.cons);
                    }
                    for case in &switch.cases {
                        walker.optional(case.test.as_deref());
                        walker.statements(&case.cons);
                    }
                });
            }
            Stmt::Try(node) => {
                self.block(&node.block, ScopeKind::Block);
                if let Some(handler) = &node.handler {
                    self.scope(ScopeKind::Head, |walker| {
                        if let Some(parameter) = &handler.param {
                            let plain = matches!(parameter, Pat::Ident(_));
                            walker.declare_pattern(
                                parameter,
                                if plain { Binding::Catch } else { Binding::Parameter },
                            );
                            walker.pattern(parameter, true);
                        }
                        walker.block(&handler.body, ScopeKind::CatchBlock);
                    });
                }
                if let Some(finalizer) = &node.finalizer {
                    self.block(finalizer, ScopeKind::Block);
                }
            }
            Stmt::While(node) => {
                self.expression(&node.test);
                self.body_statement(&node.body);
            }
            Stmt::DoWhile(node) => {
                self.body_statement(&node.body);
                self.expression(&node.test);
            }
            Stmt::For(node) => self.scope(ScopeKind::Head, |walker| {
                match &node.init {
                    Some(VarDeclOrExpr::VarDecl(variables)) => {
                        walker.head(variables.kind, &variables.decls);
                    }
                    Some(VarDeclOrExpr::Expr(init)) => walker.expression(init),
                    None => {}
                }
                walker.optional(node.test.as_deref());
                walker.optional(node.update.as_deref());
                walker.body_statement(&node.body);
            }),
            Stmt::ForIn(node) => self.for_each(&node.left, &node.right, &node.body),
            Stmt::ForOf(node) => {
                if node.is_await {
                    self.awaits(parse::raw(node.span));
                }
                self.for_each(&node.left, &node.right, &node.body);
            }
            Stmt::Decl(declaration) => self.declaration(declaration, parse::span(declaration)),
        }
    }

    fn head(&mut self, kind: VarDeclKind, declarators: &'ast [VarDeclarator]) {
        if kind != VarDeclKind::Var {
            for one in declarators {
                self.declare_pattern(&one.name, Binding::Lexical);
            }
        }
        for one in declarators {
            self.declarator(one, kind);
        }
    }

    fn for_each(&mut self, head: &'ast ForHead, object: &'ast Expr, body: &'ast Stmt) {
        self.scope(ScopeKind::Head, |walker| {
            match head {
                ForHead::VarDecl(variables) => {
                    walker.head(variables.kind, &variables.decls);
                }
                ForHead::UsingDecl(using) => {
                    if using.is_await {
                        walker.awaits(parse::raw(using.span));
                    }
                    walker.head(VarDeclKind::Const, &using.decls);
                }
                ForHead::Pat(pattern) => walker.pattern(pattern, false),
            }
            walker.expression(object);
            walker.body_statement(body);
        });
    }

    /// Walks one declarator of a variable statement.
    pub(crate) fn declarator(&mut self, node: &'ast VarDeclarator, kind: VarDeclKind) {
        if kind == VarDeclKind::Var {
            super::pattern::bound(&node.name, &mut |name| {
                let span = self.name_span(name);
                if let Some(other) = self.names.blocked(&name.sym) {
                    self.duplicate(&name.sym, span, other);
                }
            });
        }
        if node.definite
            && let Pat::Ident(name) = &node.name
        {
            let start = parse::offset(name.id.span.lo);
            let end = name
                .type_ann
                .as_ref()
                .map_or_else(|| parse::offset(node.span.hi), |annotation| parse::offset(annotation.span.lo));
            let name_end = start + name_length(&self.text[start as usize..end as usize]);
            self.erase_token(name_end, b'!');
        }
        self.pattern(&node.name, true);
        if let Some(init) = &node.init {
            let chain = self.chain(init);
            if let Pat::Object(object) = &node.name {
                self.destructured(chain, object);
            }
        }
    }

    /// Walks a declaration; `span` is all of its statement, which is erased or printed anew if need be.
    pub(crate) fn declaration(&mut self, node: &'ast Decl, span: Span) {
        if hoist::is_type(node) {
            self.types_of_declaration(node);
            self.erase_statement(span);
            return;
        }
        match node {
            Decl::Class(class) => {
                self.class(&class.class, Some(&class.ident));
            }
            Decl::Fn(function) => self.function(&function.function),
            Decl::Var(variables) => {
                for one in &variables.decls {
                    self.declarator(one, variables.kind);
                }
                self.end_statement(parse::offset(variables.span.hi));
            }
            Decl::Using(using) => {
                if using.is_await {
                    self.awaits(parse::raw(using.span));
                }
                for one in &using.decls {
                    self.declarator(one, VarDeclKind::Const);
                }
                self.end_statement(parse::offset(using.span.hi));
            }
            Decl::TsEnum(node) => self.printed(span, false, |walker| walker.enumeration(node)),
            Decl::TsModule(node) => {
                let joined = self.names.joined.contains(&parse::span(&node.id));
                self.printed(span, joined, |walker| walker.namespace(node));
            }
            Decl::TsInterface(_) | Decl::TsTypeAlias(_) => {}
        }
    }

    /// Walks for uses alone: the statement is printed anew, so edits inside it are void.
    fn printed(&mut self, span: Span, joined: bool, work: impl FnOnce(&mut Self)) {
        let edits = self.edits.len();
        let outermost = !std::mem::replace(&mut self.printing, true);
        work(self);
        self.edits.truncate(edits);
        if !outermost {
            return;
        }
        self.printing = false;
        let edit = crate::print::statement(self.text, span, joined);
        if edit.text.is_empty() {
            self.problem(
                span,
                "an enum or namespace cannot hold elements",
                Some("move them into a function"),
            );
        }
        self.edits.push(edit);
    }

    fn enumeration(&mut self, node: &'ast TsEnumDecl) {
        self.scope(ScopeKind::Head, |walker| {
            for member in &node.members {
                if let TsEnumMemberId::Ident(name) = &member.id {
                    walker.names.declare(&name.sym, Binding::Own, parse::raw(name.span));
                }
            }
            for member in &node.members {
                walker.optional(member.init.as_deref());
            }
        });
    }

    fn namespace(&mut self, node: &'ast TsModuleDecl) {
        let mut body = node.body.as_ref();
        let mut inner = 0;
        while let Some(TsNamespaceBody::TsNamespaceDecl(nested)) = body {
            self.names.enter(ScopeKind::Head);
            self.names.declare(&nested.id.sym, Binding::Own, parse::raw(nested.id.span));
            inner += 1;
            body = Some(&nested.body);
        }
        if let Some(TsNamespaceBody::TsModuleBlock(block)) = body {
            self.scope(ScopeKind::Body, |walker| {
                walker.hoist_module(&block.body);
                for item in &block.body {
                    match item {
                        ModuleItem::Stmt(statement) => walker.statement(statement),
                        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                            walker.deeper(|walker| walker.declaration(&export.decl, parse::raw(export.span)));
                        }
                        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
                            walker.expression(&export.expr)
                        }
                        ModuleItem::ModuleDecl(ModuleDecl::TsImportEquals(import)) => {
                            if let TsModuleRef::TsEntityName(name) = &import.module_ref {
                                if import.is_type_only {
                                    walker.type_entity(name);
                                } else {
                                    walker.use_name(super::root(name));
                                }
                            }
                        }
                        ModuleItem::ModuleDecl(_) => {}
                    }
                }
            });
        }
        for _ in 0..inner {
            self.names.leave();
        }
    }
}

fn name_length(text: &str) -> u32 {
    text.bytes().take_while(|byte| crate::scan::is_word(*byte) || *byte == b'\\').count() as u32
}
