//! What each node of the syntax tree means for the walk. Nothing is decided here that the walk's own functions could.

use super::*;

impl Visit for Walk<'_> {
    fn visit_module(&mut self, node: &Module) {
        // Imports and functions may be used above the place where they stand.
        for item in &node.body {
            if let ModuleItem::ModuleDecl(ModuleDecl::Import(import)) = item
                && !import.type_only
            {
                self.import(import);
            }
        }
        for item in &node.body {
            self.own.item(item, &self.default_name);
        }
        for (name, value) in self.own.other_names(node) {
            if let Some((target, _)) = self.target(value) {
                self.own.other_name(name, target);
            }
        }
        node.visit_children_with(self);
    }

    fn visit_expr(&mut self, node: &Expr) {
        // The name goes through parentheses and types, and to functions and calls alone.
        let kept = matches!(
            node,
            Expr::Fn(_)
                | Expr::Arrow(_)
                | Expr::Call(_)
                | Expr::Paren(_)
                | Expr::TsAs(_)
                | Expr::TsSatisfies(_)
                | Expr::TsNonNull(_)
                | Expr::TsConstAssertion(_)
        );
        let name = if kept { self.name.clone() } else { None };
        self.named(name, |walk| walk.deeper(|walk| node.visit_children_with(walk)));
    }

    fn visit_stmt(&mut self, node: &Stmt) {
        self.nameless(|walk| walk.deeper(|walk| node.visit_children_with(walk)));
    }

    fn visit_ts_type(&mut self, _: &TsType) {}

    fn visit_ident(&mut self, node: &Ident) {
        if let Some(names) = self.capturing.last_mut() {
            names.push(node.to_id());
        }
    }

    fn visit_binding_ident(&mut self, node: &BindingIdent) {
        self.declare(&node.id, false, false);
    }

    fn visit_assign_pat(&mut self, node: &AssignPat) {
        node.left.visit_with(self);
        self.under(HookUnder::Condition, parse::span(&node.right), |walk| node.right.visit_with(walk));
    }

    fn visit_assign_pat_prop(&mut self, node: &AssignPatProp) {
        self.declare(&node.key.id, false, false);
        if let Some(value) = &node.value {
            self.under(HookUnder::Condition, parse::span(value), |walk| value.visit_with(walk));
        }
    }

    fn visit_var_declarator(&mut self, node: &VarDeclarator) {
        node.name.visit_with(self);
        let Some(init) = &node.init else { return };
        let name = match &node.name {
            Pat::Ident(name) => {
                if self.is_stable(init) {
                    self.declare(&name.id, true, false);
                }
                Some(name.id.sym.clone())
            }
            _ => None,
        };
        self.named(name, |walk| init.visit_with(walk));
    }

    fn visit_assign_expr(&mut self, node: &AssignExpr) {
        node.left.visit_with(self);
        let name = match &node.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => Some(name.id.sym.clone()),
            _ => None,
        };
        let conditional =
            matches!(node.op, AssignOp::AndAssign | AssignOp::OrAssign | AssignOp::NullishAssign);
        if conditional {
            let span = parse::raw(node.span);
            self.under(HookUnder::Condition, span, |walk| {
                walk.named(name, |walk| node.right.visit_with(walk))
            });
        } else {
            self.named(name, |walk| node.right.visit_with(walk));
        }
    }

    fn visit_key_value_prop(&mut self, node: &KeyValueProp) {
        node.key.visit_with(self);
        let name = match &node.key {
            PropName::Ident(name) => Some(name.sym.clone()),
            _ => None,
        };
        self.named(name, |walk| node.value.visit_with(walk));
    }

    fn visit_method_prop(&mut self, node: &MethodProp) {
        node.key.visit_with(self);
        // A component is no method.
        let name = match &node.key {
            PropName::Ident(name) if is_hook_name(&name.sym) => Some(name.sym.clone()),
            _ => None,
        };
        self.named(name, |walk| node.function.visit_with(walk));
    }

    fn visit_export_default_expr(&mut self, node: &ExportDefaultExpr) {
        let name = self.default_name.clone();
        self.named(Some(name), |walk| node.expr.visit_with(walk));
    }

    fn visit_export_default_decl(&mut self, node: &ExportDefaultDecl) {
        let name = self.default_name.clone();
        self.named(Some(name), |walk| node.decl.visit_with(walk));
    }

    fn visit_fn_decl(&mut self, node: &FnDecl) {
        self.declare(&node.ident, false, true);
        self.named(Some(node.ident.sym.clone()), |walk| node.function.visit_with(walk));
    }

    fn visit_fn_expr(&mut self, node: &FnExpr) {
        let name = node.ident.as_ref().map(|name| name.sym.clone()).or_else(|| self.name.clone());
        self.named(name, |walk| node.function.visit_with(walk));
    }

    fn visit_function(&mut self, node: &Function) {
        let Some(body) = &node.body else { return };
        let gives = shapes::of_statements(self.text, &body.stmts);
        let name = self.name.clone();
        self.function(name, gives, |walk| {
            node.params.visit_with(walk);
            walk.body(&body.stmts);
        });
    }

    fn visit_arrow_expr(&mut self, node: &ArrowExpr) {
        let gives = shapes::of_arrow(self.text, &node.body);
        let name = self.name.clone();
        self.function(name, gives, |walk| {
            node.params.visit_with(walk);
            match &*node.body {
                ArrowFunctionBody::FunctionBody(body) => walk.body(&body.stmts),
                ArrowFunctionBody::Expr(expression) => expression.visit_with(walk),
            }
        });
    }

    fn visit_class(&mut self, node: &Class) {
        node.super_class.visit_with(self);
        self.enter(HookPlace::Other, None, |walk| node.body.visit_with(walk));
    }

    fn visit_constructor(&mut self, node: &Constructor) {
        self.enter(HookPlace::Other, None, |walk| node.visit_children_with(walk));
    }

    fn visit_class_method(&mut self, node: &ClassMethod) {
        self.enter(HookPlace::Other, None, |walk| node.function.body.visit_with(walk));
    }

    fn visit_private_method(&mut self, node: &PrivateMethod) {
        self.enter(HookPlace::Other, None, |walk| node.function.body.visit_with(walk));
    }

    fn visit_call_expr(&mut self, node: &CallExpr) {
        match &node.callee {
            Callee::Expr(callee) => self.call(callee, &node.args, |walk| {
                walk.nameless(|walk| callee.visit_with(walk));
            }),
            Callee::Super(_) | Callee::Import(_) => self.arguments(&node.args),
        }
    }

    fn visit_new_expr(&mut self, node: &NewExpr) {
        node.callee.visit_with(self);
        self.nameless(|walk| node.args.visit_with(walk));
    }

    fn visit_opt_chain_expr(&mut self, node: &OptChainExpr) {
        let span = parse::raw(node.span);
        match &*node.base {
            OptChainBase::Member(member) => member.visit_with(self),
            OptChainBase::Call(call) => {
                call.callee.visit_with(self);
                self.under(HookUnder::Condition, span, |walk| {
                    walk.nameless(|walk| call.args.visit_with(walk))
                });
            }
        }
    }

    fn visit_cond_expr(&mut self, node: &CondExpr) {
        node.test.visit_with(self);
        self.under(HookUnder::Condition, parse::raw(node.span), |walk| {
            node.cons.visit_with(walk);
            node.alt.visit_with(walk);
        });
    }

    /// A long chain of operators is walked in a loop.
    fn visit_bin_expr(&mut self, node: &BinExpr) {
        let mut rights = vec![node];
        let mut left = &*node.left;
        while let Expr::Bin(inner) = left {
            rights.push(inner);
            left = &inner.left;
        }
        left.visit_with(self);
        for one in rights.into_iter().rev() {
            if matches!(one.op, BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing) {
                self.under(HookUnder::Condition, parse::raw(one.span), |walk| one.right.visit_with(walk));
            } else {
                one.right.visit_with(self);
            }
        }
    }

    fn visit_if_stmt(&mut self, node: &IfStmt) {
        node.test.visit_with(self);
        self.under(HookUnder::Condition, parse::raw(node.span), |walk| {
            node.cons.visit_with(walk);
            node.alt.visit_with(walk);
        });
    }

    fn visit_switch_stmt(&mut self, node: &SwitchStmt) {
        node.discriminant.visit_with(self);
        self.under(HookUnder::Condition, parse::raw(node.span), |walk| node.cases.visit_with(walk));
    }

    fn visit_catch_clause(&mut self, node: &CatchClause) {
        self.under(HookUnder::Condition, parse::raw(node.span), |walk| node.visit_children_with(walk));
    }

    fn visit_while_stmt(&mut self, node: &WhileStmt) {
        self.under(HookUnder::Loop, parse::raw(node.span), |walk| node.visit_children_with(walk));
    }

    fn visit_do_while_stmt(&mut self, node: &DoWhileStmt) {
        self.under(HookUnder::Loop, parse::raw(node.span), |walk| node.visit_children_with(walk));
    }

    fn visit_for_stmt(&mut self, node: &ForStmt) {
        node.init.visit_with(self);
        self.under(HookUnder::Loop, parse::raw(node.span), |walk| {
            node.test.visit_with(walk);
            node.update.visit_with(walk);
            node.body.visit_with(walk);
        });
    }

    fn visit_for_in_stmt(&mut self, node: &ForInStmt) {
        node.right.visit_with(self);
        self.under(HookUnder::Loop, parse::raw(node.span), |walk| {
            node.left.visit_with(walk);
            node.body.visit_with(walk);
        });
    }

    fn visit_for_of_stmt(&mut self, node: &ForOfStmt) {
        node.right.visit_with(self);
        self.under(HookUnder::Loop, parse::raw(node.span), |walk| {
            node.left.visit_with(walk);
            node.body.visit_with(walk);
        });
    }
}
