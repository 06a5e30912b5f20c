//! The values of `velox.config.ts` and of JSON with comments.

use crate::{Value, evaluate::Evaluator, parse, shape};
use swc_ecma_ast::{ArrowFunctionBody, Callee, Expr, ModuleDecl, ModuleItem, Stmt};

/// The value that a configuration file exports by default, looked through `defineConfig(...)`, types and names.
/// `None` where nothing could be parsed, or there is no default export.
pub(crate) fn evaluate_config(text: &str) -> Option<Value> {
    let parsed = parse::parse(text, 0);
    let items = parsed.module.as_ref()?.body.as_slice();
    let evaluator = Evaluator::new(text, &[items]).with_makers(&["redis"]);
    let exported = items.iter().find_map(|item| match item {
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => Some(&*export.expr),
        ModuleItem::ModuleDecl(ModuleDecl::TsExportAssignment(export)) => Some(&*export.expr),
        _ => None,
    })?;
    Some(evaluator.value(configured(exported, &evaluator)))
}

/// The object in `defineConfig({ .. })`, `defineConfig(() => ({ .. }))` or a name that holds one of these.
fn configured<'a>(node: &'a Expr, evaluator: &Evaluator<'a>) -> &'a Expr {
    let mut node = shape::unwrap(node);
    // Each step is a name or a call; a cycle of names ends with the bound.
    for _ in 0..16 {
        node = match node {
            Expr::Ident(name) => match evaluator.constant(&name.sym) {
                Some(init) => shape::unwrap(init),
                None => return node,
            },
            Expr::Call(call) => match (&call.callee, call.args.as_slice()) {
                (Callee::Expr(callee), [argument]) if matches!(shape::unwrap(callee), Expr::Ident(name) if &*name.sym == "defineConfig") => {
                    shape::unwrap(&argument.expr)
                }
                _ => return node,
            },
            Expr::Arrow(arrow) if !arrow.is_async => match &*arrow.body {
                ArrowFunctionBody::Expr(body) => shape::unwrap(body),
                ArrowFunctionBody::FunctionBody(_) => return node,
            },
            _ => return node,
        };
    }
    node
}

/// The value of JSON in which comments and trailing commas may stand. `None` where it does not parse.
pub(crate) fn evaluate_json(text: &str) -> Option<Value> {
    let code = format!("({}\n)", text.replacen('\u{feff}', "   ", usize::from(text.starts_with('\u{feff}'))));
    let parsed = parse::parse(&code, -1);
    let evaluator = Evaluator::new(&code, &[]);
    match parsed.module.as_ref()?.body.as_slice() {
        [ModuleItem::Stmt(Stmt::Expr(statement))] => match &*statement.expr {
            Expr::Paren(paren) if !matches!(&*paren.expr, Expr::Seq(_)) => Some(evaluator.value(&paren.expr)),
            _ => None,
        },
        _ => None,
    }
}
