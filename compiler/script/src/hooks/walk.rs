//! The walk that finds calls of hooks. Names are joined to their declarations by swc's resolver, which has run before.

mod visit;

use super::own::OwnFunctions;
use super::shapes::{self, Gives};
use crate::{HookCall, HookPlace, HookReads, HookTarget, HookUnder, is_hook_name, parse, shape::unwrap};
use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_ecma_ast::*;
use swc_ecma_visit::{Visit, VisitWith};
use velox_diagnostics::Span;

/// Functions of `velox/client` whose result is the same in every rendering of a component.
const STABLE: [&str; 8] =
    ["signal", "computed", "effect", "ref", "asyncSignal", "persistedSignal", "useRouter", "createContext"];

/// Longer paths than this lead to no hook: a module, a namespace of another one in it, an object, its member.
const LONGEST_PATH: usize = 4;

pub(super) fn read(text: &str, program: &Program, stem: &str) -> HookReads {
    let mut walk = Walk {
        text,
        default_name: crate::hook_name_of(stem).map_or_else(|| "default".into(), Atom::from),
        imports: FxHashMap::default(),
        own: OwnFunctions::default(),
        frames: Vec::new(),
        under: None,
        name: None,
        capturing: Vec::new(),
        found: Vec::new(),
        depth: 0,
    };
    program.visit_with(&mut walk);
    let Walk { found: mut calls, own, .. } = walk;
    calls.sort_by_key(|(call, _)| call.callee.start);
    HookReads { calls, functions: own.finish() }
}

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
    /// The name of a function that is the module's default export and has none.
    default_name: Atom,
    /// Imported names: the module, and the name there (`*` for all of it).
    imports: FxHashMap<Id, (String, String)>,
    own: OwnFunctions,
    frames: Vec<Frame>,
    under: Option<(HookUnder, Span)>,
    /// The name that the next function gets.
    name: Option<Atom>,
    /// Names that the arguments of the calls around use.
    capturing: Vec<Vec<Id>>,
    found: Vec<(HookCall, HookTarget)>,
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

    /// What is called, where that is imported or a function of this module that may be a hook.
    fn target(&self, node: &Expr) -> Option<(HookTarget, Span)> {
        let mut names: Vec<&IdentName> = Vec::new();
        let mut object = unwrap(node);
        while let Expr::Member(member) = object {
            let MemberProp::Ident(key) = &member.prop else { return None };
            if names.len() == LONGEST_PATH {
                return None;
            }
            names.push(key);
            object = unwrap(&member.obj);
        }
        let Expr::Ident(root) = object else { return None };
        let id = root.to_id();
        let span = parse::span(unwrap(node));
        let Some((specifier, imported)) = self.imports.get(&id) else {
            let own = names.is_empty() && self.own.contains(&id);
            return own.then(|| (HookTarget::Own(root.sym.as_str().to_owned()), span));
        };
        let mut path = if imported == "*" { String::new() } else { imported.clone() };
        for name in names.iter().rev() {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(&name.sym);
        }
        let name = match names.first() {
            Some(last) => last.sym.as_str().to_owned(),
            None if imported == "default" => root.sym.as_str().to_owned(),
            None => imported.clone(),
        };
        (!path.is_empty()).then(|| (HookTarget::Import { specifier: specifier.clone(), path, name }, span))
    }

    fn call(&mut self, callee: &Expr, args: &[ExprOrSpread], visit_callee: impl FnOnce(&mut Self)) {
        let Some((target, span)) = self.target(callee) else {
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
        let (module, name) = match &target {
            HookTarget::Import { specifier, name, .. } => (Some(specifier.clone()), name.clone()),
            HookTarget::Own(name) => (None, name.clone()),
        };
        if let [frame] = self.frames.as_slice()
            && frame.place == HookPlace::Component
        {
            self.own.calls(frame.name.as_ref(), &target);
        }
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
        self.found.push((call, target));
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
                matches!(self.target(callee), Some((HookTarget::Import { specifier, path, .. }, _))
                    if specifier == "velox/client" && STABLE.contains(&&*path))
            }
            _ => false,
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

impl Walk<'_> {
    fn import(&mut self, node: &ImportDecl) {
        let module = node.src.value.to_string_lossy().into_owned();
        for one in &node.specifiers {
            let (local, imported) = match one {
                ImportSpecifier::Named(one) if one.is_type_only => continue,
                ImportSpecifier::Named(one) => {
                    let name = match &one.imported {
                        None => one.local.sym.as_str().to_owned(),
                        Some(ModuleExportName::Ident(name)) => name.sym.as_str().to_owned(),
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
