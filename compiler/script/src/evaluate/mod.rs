//! Values of expressions that can be known without running code (language.md S6).
//!
//! Refuses to call, to read from objects of the environment, and to guess: what cannot be known says why.

mod arithmetic;
mod literals;
mod operators;
mod reasons;

pub(crate) use arithmetic::number_text;

use arithmetic::truthy;
use reasons::{because, path};

use crate::{
    Property, Value, parse, shape,
    walk::{self, Names},
};
use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_ecma_ast::{
    ArrayLit, ArrowFunctionBody, Callee, Decl, Expr, Function, Lit, MemberProp, ModuleDecl, ModuleItem, Pat,
    Stmt, VarDeclKind,
};
use velox_diagnostics::Span;

/// Below this nesting nothing is evaluated: whoever reads a value may recurse over it.
const DEEPEST: u32 = 100;

/// How much a value may hold in all: names and spreads can multiply it without end.
const LARGEST: u32 = 100_000;

/// The `const`s of a file, by name.
pub(crate) struct Evaluator<'ast> {
    text: &'ast str,
    constants: FxHashMap<&'ast str, &'ast Expr>,
    functions: FxHashMap<&'ast str, &'ast Function>,
    /// Functions that give the object they are called with, and their own name as its `type`.
    makers: &'static [&'static str],
}

/// The `const` declarators with plain names.
fn constants_in<'ast>(declaration: &'ast Decl, into: &mut FxHashMap<&'ast str, &'ast Expr>) {
    if let Decl::Var(variables) = declaration
        && variables.kind == VarDeclKind::Const
    {
        for one in &variables.decls {
            if let (Pat::Ident(name), Some(init)) = (&one.name, &one.init) {
                into.insert(&name.id.sym, init);
            }
        }
    }
}

struct Run<'a> {
    depth: u32,
    /// Names that are being looked up, against cycles.
    names: Vec<&'a str>,
    left: u32,
}

impl Run<'_> {
    const fn new() -> Self {
        Self { depth: 0, names: Vec::new(), left: LARGEST }
    }
}

impl<'ast> Evaluator<'ast> {
    /// `text` is the source, in which embedded elements (masked as arrays in the tree) are told from arrays.
    pub(crate) fn new(text: &'ast str, units: &[&'ast [ModuleItem]]) -> Self {
        let mut constants = FxHashMap::default();
        let mut functions = FxHashMap::default();
        for item in units.iter().copied().flatten() {
            let declaration = match item {
                ModuleItem::Stmt(Stmt::Decl(declaration)) => declaration,
                ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => &export.decl,
                _ => continue,
            };
            constants_in(declaration, &mut constants);
            if let Decl::Fn(node) = declaration
                && node.function.body.is_some()
            {
                functions.insert(&*node.ident.sym, &*node.function);
            }
        }
        Self { text, constants, functions, makers: &[] }
    }

    /// The same, where calls of these functions are known: each gives its argument, an object, with its own name as `type`.
    pub(crate) fn with_makers(self, makers: &'static [&'static str]) -> Self {
        Self { makers, ..self }
    }

    /// The function of that name declared in the file.
    pub(crate) fn function(&self, name: &str) -> Option<&'ast Function> {
        self.functions.get(name).copied()
    }

    /// The expression that a file-level `const` holds.
    pub(crate) fn constant(&self, name: &str) -> Option<&'ast Expr> {
        self.constants.get(name).copied()
    }

    /// The value of an expression.
    pub(crate) fn value<'a>(&'a self, node: &'a Expr) -> Value {
        self.scope(None).value(node, &mut Run::new())
    }

    /// As [`Evaluator::value`], with no value for template literals that have holes.
    pub(crate) fn plain<'a>(&'a self, node: &'a Expr) -> Value {
        Scope { plain: true, ..self.scope(None) }.value(node, &mut Run::new())
    }

    fn scope<'a>(&'a self, names: Option<&'a Names<'a>>) -> Scope<'a> {
        Scope { evaluator: self, locals: Vec::new(), names, plain: false }
    }

    /// The value of an expression anywhere in the file, where it is not known as far as it is: [`Value::Template`] and
    /// [`Value::Instance`] are given too. `names` are those in scope there; `room` is how much may still be given.
    pub(crate) fn open<'a>(&'a self, node: &'a Expr, names: &'a Names<'a>, room: &mut u32) -> Value {
        let mut run = Run { left: *room, ..Run::new() };
        let value = self.scope(Some(names)).value(node, &mut run);
        *room = run.left;
        value
    }

    /// What a function's `return`s give, each.
    pub(crate) fn returns<'a>(
        &'a self,
        parameters: impl Iterator<Item = &'a Pat>,
        body: Returns<'a>,
    ) -> Vec<Value> {
        let mut scope = self.scope(None);
        scope.hide(parameters);
        match body {
            Returns::Expression(node) => vec![scope.returned(node, &mut Run::new(), 0)],
            Returns::Body(statements) => {
                scope.enter(statements);
                let mut values = Vec::new();
                shape::for_each_return(statements, &mut |node| {
                    values.push(match &node.arg {
                        Some(value) => scope.returned(value, &mut Run::new(), 0),
                        None => Value::Undefined(parse::raw(node.span)),
                    });
                });
                values
            }
        }
    }
}

/// The body of a function whose results are wanted.
pub(crate) enum Returns<'a> {
    /// `() => expr`.
    Expression(&'a Expr),
    /// `{ ... }`.
    Body(&'a [Stmt]),
}

#[derive(Clone)]
struct Scope<'a> {
    evaluator: &'a Evaluator<'a>,
    /// Names declared inside; with what they hold where that is a `const` of the function's own block.
    locals: Vec<(&'a str, Option<&'a Expr>)>,
    /// In the open mode, the names that are in scope where the expression stands.
    names: Option<&'a Names<'a>>,
    /// Template literals that have holes are given no value.
    plain: bool,
}

impl<'a> Scope<'a> {
    fn hide(&mut self, parameters: impl Iterator<Item = &'a Pat>) {
        for parameter in parameters {
            walk::bound(parameter, &mut |name| self.locals.push((&name.sym, None)));
        }
    }

    /// Enters a function's body.
    fn enter(&mut self, statements: &'a [Stmt]) {
        let mut own = FxHashMap::default();
        for statement in statements {
            if let Stmt::Decl(declaration) = statement {
                constants_in(declaration, &mut own);
            }
        }
        let mut count: FxHashMap<&str, u32> = FxHashMap::default();
        walk::for_each_declaration(statements, &mut |name| *count.entry(name).or_default() += 1);
        for (name, times) in count {
            // A name that is declared in an inner block as well may mean either.
            self.locals.push((name, own.get(name).copied().filter(|_| times == 1)));
        }
    }

    /// What a name holds: `None` where it is not known, or not declared.
    fn lookup(&self, name: &str) -> Option<&'a Expr> {
        match self.locals.iter().rev().find(|(local, _)| *local == name) {
            Some((_, init)) => *init,
            None => self.evaluator.constant(name),
        }
    }

    /// As `value`, but lists that are made item by item give one item, repeated.
    fn returned(&self, outer: &'a Expr, run: &mut Run<'a>, hops: u32) -> Value {
        let node = shape::unwrap(outer);
        let span = parse::span(node);
        match node {
            Expr::Await(inner) if hops < 8 => return self.returned(&inner.arg, run, hops + 1),
            Expr::Ident(name) if hops < 8 => {
                if let Some(init) = self.lookup(&name.sym) {
                    return self.returned(init, run, hops + 1);
                }
            }
            Expr::Call(call) => {
                if let Some(item) = self.repeated(call, run) {
                    return Value::Array(vec![Value::Repeated(Box::new(item), span)], span);
                }
            }
            _ => {}
        }
        self.value(node, run)
    }

    /// `x.map(y => item)`, `x.flatMap(y => [item])`, `Array.from(x, y => item)`.
    fn repeated(&self, call: &'a swc_ecma_ast::CallExpr, run: &mut Run<'a>) -> Option<Value> {
        let Callee::Expr(callee) = &call.callee else { return None };
        let Expr::Member(member) = shape::unwrap(callee) else { return None };
        let MemberProp::Ident(method) = &member.prop else { return None };
        let callback = match (&*method.sym, call.args.as_slice()) {
            ("map", [callback, ..]) => callback,
            ("from", [_, callback, ..]) if matches!(shape::unwrap(&member.obj), Expr::Ident(name) if &*name.sym == "Array") => {
                callback
            }
            // `x.map(..).filter(..)` and the like keep the items as they are.
            ("filter" | "slice" | "sort" | "reverse" | "toSorted" | "toReversed", _) => {
                let mut object = shape::unwrap(&member.obj);
                if let Expr::Ident(name) = object {
                    object = shape::unwrap(self.lookup(&name.sym)?);
                }
                let Expr::Call(inner) = object else { return None };
                if run.depth >= DEEPEST {
                    return None;
                }
                run.depth += 1;
                let found = crate::depth::guarded(|| self.repeated(inner, run));
                run.depth -= 1;
                return found;
            }
            _ => return None,
        };
        let mut inner = self.clone();
        match shape::unwrap(&callback.expr) {
            Expr::Arrow(arrow) if !arrow.is_async => {
                inner.hide(arrow.params.iter());
                match &*arrow.body {
                    ArrowFunctionBody::Expr(body) => Some(inner.value(body, run)),
                    ArrowFunctionBody::FunctionBody(body) => inner.only_return(&body.stmts, run),
                }
            }
            Expr::Fn(function) if !function.function.is_async && !function.function.is_generator => {
                inner.hide(function.function.params.iter().map(|parameter| &parameter.pat));
                inner.only_return(&function.function.body.as_ref()?.stmts, run)
            }
            _ => None,
        }
    }

    fn only_return(mut self, statements: &'a [Stmt], run: &mut Run<'a>) -> Option<Value> {
        self.enter(statements);
        let mut found = Vec::new();
        shape::for_each_return(statements, &mut |node| found.push(node.arg.as_deref()));
        match found.as_slice() {
            [Some(value)] => Some(self.value(value, run)),
            _ => None,
        }
    }

    fn value(&self, outer: &'a Expr, run: &mut Run<'a>) -> Value {
        let node = shape::unwrap(outer);
        let span = parse::span(node);
        if run.depth >= DEEPEST {
            return Value::Unknown(span, "it is nested too deeply".to_owned());
        }
        if run.left == 0 {
            return Value::Unknown(span, "it is too large".to_owned());
        }
        run.left -= 1;
        run.depth += 1;
        let value = crate::depth::guarded(|| self.inside(node, span, run));
        run.depth -= 1;
        value
    }

    fn inside(&self, node: &'a Expr, span: Span, run: &mut Run<'a>) -> Value {
        match node {
            Expr::Lit(literal) => match literal {
                Lit::Str(string) => Value::String(string.value.to_string_lossy().into_owned(), span),
                Lit::Num(number) => Value::Number(number.value, span),
                Lit::Bool(boolean) => Value::Boolean(boolean.value, span),
                Lit::Null(_) => Value::Null(span),
                Lit::BigInt(_) => Value::Unknown(span, "it is a BigInt".to_owned()),
                Lit::Regex(_) => Value::Unknown(span, "it is a regular expression".to_owned()),
                Lit::JSXText(_) => Value::Unknown(span, "it holds an element".to_owned()),
            },
            Expr::Tpl(template) => self.template(template, span, run),
            Expr::Unary(unary) => self.unary(unary, span, run),
            Expr::Bin(binary) => self.binary(binary, span, run),
            Expr::Cond(cond) => match truthy(&self.value(&cond.test, run)) {
                Some(true) => self.value(&cond.cons, run),
                Some(false) => self.value(&cond.alt, run),
                None => Value::Unknown(span, because(&cond.test)),
            },
            Expr::Array(array) if self.is_element(array) => {
                Value::Unknown(span, "it holds an element".to_owned())
            }
            Expr::Array(array) => self.array(&array.elems, span, run),
            Expr::Object(object) => self.object(object, span, run),
            Expr::Ident(name) => self.name(&name.sym, span, run),
            Expr::Member(member) => {
                let key = match &member.prop {
                    MemberProp::Ident(name) => Some(name.sym.as_str().to_owned()),
                    MemberProp::Computed(key) => match self.value(&key.expr, run) {
                        Value::String(key, _) => Some(key),
                        Value::Number(key, _) => Some(number_text(key)),
                        _ => None,
                    },
                    MemberProp::PrivateName(_) => None,
                };
                let object = self.value(&member.obj, run);
                match (&object, key) {
                    (Value::Object(properties, _), Some(key))
                        if properties.iter().all(|one| !one.key.is_empty()) =>
                    {
                        object.get(&key).map_or(Value::Undefined(span), |property| property.value.clone())
                    }
                    (Value::Array(items, _), Some(key))
                        if !items
                            .iter()
                            .any(|item| matches!(item, Value::Repeated(..) | Value::Unknown(..))) =>
                    {
                        match key.parse::<usize>().ok().and_then(|index| items.get(index)) {
                            Some(item) => item.clone(),
                            None if key == "length" => Value::Number(items.len() as f64, span),
                            None => Value::Unknown(span, because(node)),
                        }
                    }
                    _ => Value::Unknown(span, because(node)),
                }
            }
            Expr::Arrow(_) | Expr::Fn(_) => Value::Function(span),
            Expr::Class(_) if self.names.is_some() => Value::Function(span),
            Expr::New(new) if self.names.is_some() => match path(&new.callee) {
                Some(name) => Value::Instance(name, span),
                None => Value::Unknown(span, because(node)),
            },
            Expr::Call(call) if self.names.is_some() && is_symbol(call) => {
                Value::Instance("Symbol".to_owned(), span)
            }
            Expr::Call(call) => {
                self.made(call, span, run).unwrap_or_else(|| Value::Unknown(span, because(node)))
            }
            _ => Value::Unknown(span, because(node)),
        }
    }

    /// `redis({ url })` is `{ type: "redis", url }`.
    fn made(&self, call: &'a swc_ecma_ast::CallExpr, span: Span, run: &mut Run<'a>) -> Option<Value> {
        let Callee::Expr(callee) = &call.callee else { return None };
        let Expr::Ident(name) = shape::unwrap(callee) else { return None };
        let name = self.evaluator.makers.iter().find(|maker| **maker == &*name.sym)?;
        let at = parse::span(callee);
        let kind =
            Property { key: "type".to_owned(), key_span: at, value: Value::String((*name).to_owned(), at) };
        match call.args.as_slice() {
            [] => Some(Value::Object(vec![kind], span)),
            [argument] if argument.spread.is_none() => match self.value(&argument.expr, run) {
                Value::Object(properties, _) => Some(Value::Object([vec![kind], properties].concat(), span)),
                _ => None,
            },
            _ => None,
        }
    }

    fn is_element(&self, array: &ArrayLit) -> bool {
        self.evaluator.text.as_bytes().get(parse::offset(array.span.lo) as usize) == Some(&b'<')
    }

    fn name(&self, name: &'a Atom, span: Span, run: &mut Run<'a>) -> Value {
        match &**name {
            "undefined" => return Value::Undefined(span),
            "NaN" => return Value::Number(f64::NAN, span),
            "Infinity" => return Value::Number(f64::INFINITY, span),
            _ => {}
        }
        // Names that a looked-up `const` is made of are those of the file's top level.
        let hidden = run.names.is_empty() && self.names.is_some_and(|names| names.is_local(name));
        let Some(init) = self.lookup(name).filter(|_| !hidden) else {
            return Value::Unknown(span, format!("it uses `{name}`"));
        };
        if run.names.contains(&&**name) {
            return Value::Unknown(span, format!("`{name}` uses itself"));
        }
        run.names.push(name);
        let value = self.value(init, run);
        run.names.pop();
        if let Value::String(text, _) = &value {
            run.left = run.left.saturating_sub(text.len() as u32 / 16);
        }
        value
    }
}

/// Whether a call makes a symbol: `Symbol(..)`, `Symbol.for(..)`.
pub(crate) fn is_symbol(call: &swc_ecma_ast::CallExpr) -> bool {
    let Callee::Expr(callee) = &call.callee else { return false };
    let is_name = |node: &Expr| matches!(shape::unwrap(node), Expr::Ident(name) if &*name.sym == "Symbol");
    match shape::unwrap(callee) {
        Expr::Member(member) => {
            matches!(&member.prop, MemberProp::Ident(name) if &*name.sym == "for") && is_name(&member.obj)
        }
        node => is_name(node),
    }
}
