//! The walk that finds calls of hooks. Names are joined to their declarations by swc's resolver, which has run before.

use super::shapes::{self, Gives};
use crate::{HookCall, HookPlace, HookUnder, parse, shape::unwrap};
use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_ecma_ast::*;
use swc_ecma_visit::{Visit, VisitWith};
use velox_diagnostics::Span;

/// Functions of `velox/client` whose result is the same in every rendering of a component.
const STABLE: [&str; 8] =
    ["signal", "computed", "effect", "ref", "asyncSignal", "persistedSignal", "useRouter", "createContext"];

pub(super) fn calls(text: &str, program: &Program, is_hook: &dyn Fn(&str, &str) -> bool) -> Vec<HookCall> {
    let mut walk = Walk {
        text,
        is_hook,
        imports: FxHashMap::default(),
        own: FxHashMap::default(),
        frames: Vec::new(),
        under: None,
        name: None,
        capturing: Vec::new(),
        found: Vec::new(),
        depth: 0,
    };
    program.visit_with(&mut walk);
    let Walk { mut found, own, .. } = walk;
    // A function that is named like a hook is one where it calls one.
    let mut hooks: FxHashSet<Id> = FxHashSet::default();
    loop {
        let calls = found.iter().filter(|(call, owned)| {
            call.place == HookPlace::Component
                && owned.as_ref().is_none_or(|Owned(callee)| hooks.contains(callee))
        });
        let names: FxHashSet<&str> = calls.filter_map(|(call, _)| call.component.as_deref()).collect();
        let more: Vec<Id> = own
            .keys()
            .filter(|id| is_hook_name(&id.0) && names.contains(&*id.0) && !hooks.contains(id))
            .cloned()
            .collect();
        if more.is_empty() {
            break;
        }
        hooks.extend(more);
    }
    found.retain(|(_, owned)| owned.as_ref().is_none_or(|Owned(callee)| hooks.contains(callee)));
    let mut calls: Vec<HookCall> = found.into_iter().map(|(call, _)| call).collect();
    calls.sort_by_key(|call| call.callee.start);
    calls
}

/// The name of a function that the module declares itself.
struct Owned(Id);

struct Declared {
    at: u32,
    /// Whether it holds the same value in each rendering.
    stable: bool,
    /// Whether it can be used before it.
    hoisted: bool,
}

struct Frame {
    place: HookPlace,
    name: Option<Atom>,
    declared: FxHashMap<Id, Declared>,
    /// Calls whose arguments captured names: their index, and the names.
    captures: Vec<(usize, Vec<Id>)>,
}

struct Walk<'a> {
    text: &'a str,
    /// Whether a module's function is a hook.
    is_hook: &'a dyn Fn(&str, &str) -> bool,
    /// Imported names: the module, and the name there (`*` for all of it).
    imports: FxHashMap<Id, (String, String)>,
    /// Functions of the top level.
    own: FxHashMap<Id, ()>,
    frames: Vec<Frame>,
    under: Option<(HookUnder, Span)>,
    /// The name that the next function gets.
    name: Option<Atom>,
    /// Names that the arguments of the calls around use.
    capturing: Vec<Vec<Id>>,
    found: Vec<(HookCall, Option<Owned>)>,
    depth: u32,
}

impl Walk<'_> {
    fn deeper(&mut self, work: impl FnOnce(&mut Self)) {
        self.depth += 1;
        if self.depth.is_multiple_of(8) {
            crate::depth::guarded(|| work(self));
        } else {
            work(self);
        }
        self.depth -= 1;
    }

    fn under(&mut self, kind: HookUnder, span: Span, work: impl FnOnce(&mut Self)) {
        let outer = self.under;
        self.under = outer.or(Some((kind, span)));
        work(self);
        self.under = outer;
    }

    fn nameless(&mut self, work: impl FnOnce(&mut Self)) {
        let name = self.name.take();
        work(self);
        self.name = name;
    }

    fn named(&mut self, name: Option<Atom>, work: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.name, name);
        work(self);
        self.name = outer;
    }

    fn place_of(&self, name: Option<&Atom>, gives: Gives) -> HookPlace {
        let inside =
            self.frames.iter().any(|frame| matches!(frame.place, HookPlace::Component | HookPlace::Callback));
        let Some(name) = name else {
            return if gives.elements && inside { HookPlace::Callback } else { HookPlace::Other };
        };
        let component = name.starts_with(char::is_uppercase);
        if is_hook_name(name) || (component && (gives.elements || !gives.others)) {
            HookPlace::Component
        } else if gives.elements {
            if inside { HookPlace::Callback } else { HookPlace::Component }
        } else {
            HookPlace::Other
        }
    }

    fn function(&mut self, name: Option<Atom>, gives: Gives, work: impl FnOnce(&mut Self)) {
        let place = self.place_of(name.as_ref(), gives);
        self.enter(place, name, work);
    }

    fn enter(&mut self, place: HookPlace, name: Option<Atom>, work: impl FnOnce(&mut Self)) {
        let under = self.under.take();
        self.frames.push(Frame { place, name, declared: FxHashMap::default(), captures: Vec::new() });
        self.nameless(work);
        if let Some(frame) = self.frames.pop() {
            for (index, ids) in frame.captures {
                let call = &mut self.found[index].0;
                for id in ids {
                    let Some(declared) = frame.declared.get(&id) else { continue };
                    let there = declared.hoisted || declared.at < call.callee.start;
                    let name = id.0.to_string();
                    if there && !declared.stable && !call.captures.contains(&name) {
                        call.captures.push(name);
                    }
                }
            }
        }
        self.under = under;
    }

    /// Walks a function's statements: behind one that may have returned nothing runs in each rendering.
    fn body(&mut self, statements: &[Stmt]) {
        let outer = self.under;
        let mut returned: Option<(Span, u32)> = None;
        for statement in statements {
            let found = self.found.len();
            statement.visit_with(self);
            if let Some((_, at)) = returned {
                for (call, _) in &mut self.found[found..] {
                    if call.under.is_some_and(|(kind, _)| kind == HookUnder::Return) {
                        call.movable = movable(statement, call).map(|span| (span, at));
                    }
                }
            }
            if self.under.is_none() && returned.is_none() && !matches!(statement, Stmt::Return(_)) {
                let mut returns = false;
                shapes::for_each_return(std::slice::from_ref(statement), &mut |_| returns = true);
                if returns {
                    let span = parse::span(statement);
                    returned = Some((span, span.start));
                    self.under = Some((HookUnder::Return, span));
                }
            }
        }
        self.under = outer;
    }

    /// What a call calls, where that is imported or a function of this module.
    fn callee(&self, node: &Expr) -> Option<(Option<String>, String, Span, Option<Owned>)> {
        match unwrap(node) {
            Expr::Ident(name) => {
                let id = name.to_id();
                if let Some((module, imported)) = self.imports.get(&id) {
                    let known = (self.is_hook)(module, imported);
                    return known
                        .then(|| (Some(module.clone()), imported.clone(), parse::raw(name.span), None));
                }
                let owned = is_hook_name(&name.sym) && self.own.contains_key(&id);
                owned.then(|| (None, name.sym.to_string(), parse::raw(name.span), Some(Owned(id))))
            }
            Expr::Member(member) => {
                let (Expr::Ident(object), MemberProp::Ident(key)) = (unwrap(&member.obj), &member.prop)
                else {
                    return None;
                };
                let (module, imported) = self.imports.get(&object.to_id())?;
                let known = imported == "*" && (self.is_hook)(module, &key.sym);
                known.then(|| (Some(module.clone()), key.sym.to_string(), parse::raw(member.span), None))
            }
            _ => None,
        }
    }

    fn call(&mut self, callee: &Expr, args: &[ExprOrSpread], visit_callee: impl FnOnce(&mut Self)) {
        let Some((module, name, span, owned)) = self.callee(callee) else {
            visit_callee(self);
            return self.arguments(args);
        };
        let only_argument = match args {
            [one] if one.spread.is_none() => Some(parse::span(&one.expr).end),
            _ => None,
        };
        let component = self.frames.iter().rev().find_map(|frame| {
            let counts = frame.place == HookPlace::Component;
            (counts || self.frames.len() == 1).then(|| frame.name.as_ref().map(ToString::to_string)).flatten()
        });
        let index = self.found.len();
        let call = HookCall {
            module,
            name,
            callee: span,
            only_argument,
            place: self.frames.last().map_or(HookPlace::Module, |frame| frame.place),
            component,
            under: self.under,
            captures: Vec::new(),
            movable: None,
        };
        let captures = call.place == HookPlace::Component && only_argument.is_some();
        self.found.push((call, owned));
        visit_callee(self);
        if !captures {
            return self.arguments(args);
        }
        self.capturing.push(Vec::new());
        self.arguments(args);
        if let Some(ids) = self.capturing.pop() {
            if let Some(outer) = self.capturing.last_mut() {
                outer.extend(ids.iter().cloned());
            }
            if let Some(frame) = self.frames.last_mut() {
                frame.captures.push((index, ids));
            }
        }
    }

    fn arguments(&mut self, args: &[ExprOrSpread]) {
        // `memo(() => ...)`: the function has the name of what the call gives, where that names a component.
        let named =
            self.name.clone().filter(|name| &**name == "default" || name.starts_with(char::is_uppercase));
        for (at, one) in args.iter().enumerate() {
            self.named(named.clone().filter(|_| at == 0), |walk| one.expr.visit_with(walk));
        }
    }

    fn declare(&mut self, name: &Ident, stable: bool, hoisted: bool) {
        let at = parse::offset(name.span.lo);
        if let Some(frame) = self.frames.last_mut() {
            frame.declared.insert(name.to_id(), Declared { at, stable, hoisted });
        }
    }

    fn is_stable(&self, init: &Expr) -> bool {
        match unwrap(init) {
            Expr::Lit(_) => true,
            Expr::Call(CallExpr { callee: Callee::Expr(callee), .. }) => {
                self.callee(callee).is_some_and(|(module, name, ..)| {
                    module.as_deref() == Some("velox/client") && STABLE.contains(&&*name)
                })
            }
            _ => false,
        }
    }

    fn own_function(&mut self, name: &Ident) {
        if self.frames.is_empty() {
            self.own.insert(name.to_id(), ());
        }
    }
}

/// The declaration that a call is all of, where its arguments are literals.
fn movable(statement: &Stmt, call: &HookCall) -> Option<Span> {
    let Stmt::Decl(Decl::Var(variables)) = statement else { return None };
    let [one] = variables.decls.as_slice() else { return None };
    let (Pat::Ident(_), Some(init)) = (&one.name, &one.init) else { return None };
    let Expr::Call(CallExpr { callee: Callee::Expr(callee), args, .. }) = unwrap(init) else { return None };
    let plain = args.iter().all(|one| one.spread.is_none() && matches!(unwrap(&one.expr), Expr::Lit(_)));
    (plain && parse::span(callee).start == call.callee.start).then(|| parse::span(statement))
}

/// Whether a name is one of a hook: `useCart`.
fn is_hook_name(name: &str) -> bool {
    name.strip_prefix("use").is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

impl Visit for Walk<'_> {
    fn visit_module(&mut self, node: &Module) {
        // Imports and functions may be used above the place where they stand.
        for item in &node.body {
            match item {
                ModuleItem::ModuleDecl(ModuleDecl::Import(import)) if !import.type_only => {
                    self.import(import)
                }
                ModuleItem::Stmt(Stmt::Decl(Decl::Fn(function))) => self.own_function(&function.ident),
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                    if let Decl::Fn(function) = &export.decl {
                        self.own_function(&function.ident);
                    }
                }
                _ => {}
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
                if matches!(unwrap(init), Expr::Arrow(_) | Expr::Fn(_)) {
                    self.own_function(&name.id);
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

    fn visit_export_default_expr(&mut self, node: &ExportDefaultExpr) {
        self.named(Some("default".into()), |walk| node.expr.visit_with(walk));
    }

    fn visit_export_default_decl(&mut self, node: &ExportDefaultDecl) {
        self.named(Some("default".into()), |walk| node.decl.visit_with(walk));
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

impl Walk<'_> {
    fn import(&mut self, node: &ImportDecl) {
        let module = node.src.value.to_string_lossy().into_owned();
        for one in &node.specifiers {
            let (local, imported) = match one {
                ImportSpecifier::Named(one) if one.is_type_only => continue,
                ImportSpecifier::Named(one) => {
                    let name = match &one.imported {
                        None => one.local.sym.to_string(),
                        Some(ModuleExportName::Ident(name)) => name.sym.to_string(),
                        Some(ModuleExportName::Str(name)) => name.value.to_string_lossy().into_owned(),
                    };
                    (&one.local, name)
                }
                ImportSpecifier::Default(one) => (&one.local, "default".to_owned()),
                ImportSpecifier::Namespace(one) => (&one.local, "*".to_owned()),
            };
            self.imports.insert(local.to_id(), (module.clone(), imported));
        }
    }
}
