//! The handlers of an endpoint: exported functions that are called with a request, and what stands in them.
//!
//! Parses the module anew, so it is for modules in which there is something to look for. Refuses to know what is exported under which
//! name, and what the parameters are.

use crate::facts::{Handler, Parameter, TakenKey};
use crate::{Dialect, module, parse, shape, walk};
use rustc_hash::FxHashMap;
use swc_ecma_ast::{
    ArrowFunctionBody, Callee, Decl, ExportSpecifier, Expr, Function, ModuleDecl, ModuleExportName,
    ModuleItem, ObjectPat, ObjectPatProp, Pat, Stmt,
};
use velox_diagnostics::Span;

/// A function with parameters and a body.
#[derive(Clone, Copy)]
enum Known<'a> {
    Function(&'a Function),
    Value(&'a Expr),
}

/// The functions that `text` exports under one of `names`, given as they are or to a function called `wrapper`. Nothing where
/// the module does not parse.
pub(crate) fn handlers(text: &str, names: &[&str], wrapper: &str) -> Vec<Handler> {
    let parsed = parse::parse(text, 0);
    let Some(module) = parsed.module.as_ref().filter(|_| parsed.errors.is_empty()) else { return Vec::new() };
    let mut declared: FxHashMap<&str, Known<'_>> = FxHashMap::default();
    let mut exported: Vec<(&str, &str)> = Vec::new();
    for item in &module.body {
        let declaration = match item {
            ModuleItem::Stmt(Stmt::Decl(declaration)) => declaration,
            ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => {
                each_name(&export.decl, &mut |name| exported.push((name, name)));
                &export.decl
            }
            ModuleItem::ModuleDecl(ModuleDecl::ExportNamed(export)) if export.src.is_none() => {
                for specifier in &export.specifiers {
                    if let ExportSpecifier::Named(one) = specifier
                        && let ModuleExportName::Ident(local) = &one.orig
                    {
                        match &one.exported {
                            Some(ModuleExportName::Ident(name)) => exported.push((&name.sym, &local.sym)),
                            None => exported.push((&local.sym, &local.sym)),
                            Some(ModuleExportName::Str(_)) => {}
                        }
                    }
                }
                continue;
            }
            _ => continue,
        };
        match declaration {
            Decl::Fn(function) => {
                declared.insert(&function.ident.sym, Known::Function(&function.function));
            }
            Decl::Var(variables) => {
                for one in &variables.decls {
                    if let (Pat::Ident(name), Some(init)) = (&one.name, &one.init) {
                        declared.insert(&name.id.sym, Known::Value(init));
                    }
                }
            }
            _ => {}
        }
    }
    exported
        .into_iter()
        .filter(|(name, _)| names.contains(name))
        .filter_map(|(name, local)| handler(text, name, *declared.get(local)?, wrapper))
        .collect()
}

fn each_name<'a>(declaration: &'a Decl, each: &mut dyn FnMut(&'a str)) {
    match declaration {
        Decl::Fn(function) => each(&function.ident.sym),
        Decl::Var(variables) => {
            for one in &variables.decls {
                walk::bound(&one.name, &mut |name| each(&name.sym));
            }
        }
        _ => {}
    }
}

fn handler(text: &str, name: &str, known: Known<'_>, wrapper: &str) -> Option<Handler> {
    let (parameters, body) = match known {
        Known::Function(function) => of_function(function)?,
        Known::Value(value) => match shape::unwrap(value) {
            Expr::Call(call) => {
                let Callee::Expr(callee) = &call.callee else { return None };
                let Expr::Ident(callee) = shape::unwrap(callee) else { return None };
                let first =
                    call.args.first().filter(|first| first.spread.is_none() && callee.sym == *wrapper)?;
                of_value(&first.expr)?
            }
            _ => of_value(value)?,
        },
    };
    // All else is blank, so that places stay as they are.
    let blank =
        |part: &str| -> String { part.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect() };
    let code = format!(
        "{}{}",
        blank(text.get(..body.start as usize)?),
        text.get(body.start as usize..body.end as usize)?
    );
    let facts = module::parse_module(&code, Dialect::TypeScript, &[], true);
    let whole = !facts.problems.iter().any(|problem| problem.kind.is_syntax());
    whole.then(|| Handler { name: name.to_owned(), parameters, body, facts })
}

fn of_value(value: &Expr) -> Option<(Vec<Parameter>, Span)> {
    match shape::unwrap(value) {
        Expr::Fn(function) => of_function(&function.function),
        Expr::Arrow(arrow) => {
            let body = match &*arrow.body {
                ArrowFunctionBody::Expr(body) => parse::span(body),
                ArrowFunctionBody::FunctionBody(body) => inside(parse::raw(body.span)),
            };
            Some((arrow.params.iter().map(parameter).collect(), body))
        }
        _ => None,
    }
}

fn of_function(function: &Function) -> Option<(Vec<Parameter>, Span)> {
    let body = inside(parse::raw(function.body.as_ref()?.span));
    Some((function.params.iter().map(|one| parameter(&one.pat)).collect(), body))
}

/// A block without its braces.
fn inside(block: Span) -> Span {
    Span::new(block.start + 1, (block.end - 1).max(block.start + 1))
}

fn parameter(pattern: &Pat) -> Parameter {
    match pattern {
        Pat::Ident(name) => Parameter { name: Some(name.id.sym.to_string()), ..Parameter::default() },
        Pat::Assign(assign) => match &*assign.left {
            Pat::Assign(_) => Parameter::default(),
            left => parameter(left),
        },
        Pat::Object(object) => Parameter { name: None, keys: keys(object), rest: has_rest(object) },
        _ => Parameter { rest: true, ..Parameter::default() },
    }
}

fn has_rest(object: &ObjectPat) -> bool {
    object.props.iter().any(|part| matches!(part, ObjectPatProp::Rest(_)))
}

/// The keys that a pattern takes out, with those that are taken out of them.
fn keys(object: &ObjectPat) -> Vec<TakenKey> {
    let taken = |part: &ObjectPatProp| match part {
        ObjectPatProp::Assign(short) => {
            let start = parse::offset(short.key.id.span.lo);
            let name = short.key.id.sym.to_string();
            let span = Span::new(start, start + name.len() as u32);
            Some(TakenKey { key: name.clone(), span, local: Some(name), inner: Vec::new(), short: true })
        }
        ObjectPatProp::KeyValue(pair) => {
            let (key, span) = walk::static_key(&pair.key)?;
            let mut value = &*pair.value;
            if let Pat::Assign(assign) = value {
                value = &assign.left;
            }
            let (local, inner) = match value {
                Pat::Ident(name) => (Some(name.id.sym.to_string()), Vec::new()),
                Pat::Object(object) => (None, crate::depth::guarded(|| keys(object))),
                _ => (None, Vec::new()),
            };
            Some(TakenKey { key, span, local, inner, short: false })
        }
        ObjectPatProp::Rest(_) => None,
    };
    object.props.iter().filter_map(taken).collect()
}
