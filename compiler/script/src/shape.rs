//! How an expression is built, as far as rendering cares.
//!
//! Refuses to look into code that is not rendered: tests, objects, arguments are spans.

use crate::{MapBody, Shape, evaluate, parse};
use swc_common::Spanned;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, BinaryOp, CallExpr, Callee, Expr, Lit, MemberProp, Pat, Stmt,
};
use velox_diagnostics::Span;

/// Below this nesting an expression is "other": whoever reads a shape may recurse over it.
const DEEPEST: u32 = 100;

/// The shape of an expression.
pub(crate) fn shape(node: &Expr, text: &str) -> Shape {
    Shaper { text }.shape(node, 0)
}

/// The expression inside parentheses and types.
pub(crate) fn unwrap(mut node: &Expr) -> &Expr {
    loop {
        node = match node {
            Expr::Paren(inner) => &inner.expr,
            Expr::TsNonNull(inner) => &inner.expr,
            Expr::TsAs(inner) => &inner.expr,
            Expr::TsSatisfies(inner) => &inner.expr,
            Expr::TsConstAssertion(inner) => &inner.expr,
            Expr::TsTypeAssertion(inner) => &inner.expr,
            Expr::TsInstantiation(inner) => &inner.expr,
            _ => return node,
        };
    }
}

struct Shaper<'a> {
    text: &'a str,
}

impl Shaper<'_> {
    fn shape(&self, outer: &Expr, depth: u32) -> Shape {
        let node = unwrap(outer);
        // `a, b` must keep its parentheses wherever it is put.
        let other = || match node {
            Expr::Seq(_) => Shape::Other(parse::span(outer)),
            _ => Shape::Other(parse::span(node)),
        };
        if depth > DEEPEST {
            return match node {
                Expr::Array(array) if self.is_element(array.span) => Shape::Element(parse::raw(array.span)),
                _ => other(),
            };
        }
        let inner = |node: &Expr| Box::new(crate::depth::guarded(|| self.shape(node, depth + 1)));
        match node {
            Expr::Array(array) if self.is_element(array.span) => Shape::Element(parse::raw(array.span)),
            Expr::Cond(cond) => Shape::Conditional {
                test: parse::span(&cond.test),
                yes: inner(&cond.cons),
                no: inner(&cond.alt),
                span: parse::span(node),
            },
            Expr::Bin(binary) if binary.op == BinaryOp::LogicalAnd => Shape::And {
                left: parse::span(&binary.left),
                right: inner(&binary.right),
                span: parse::span(node),
            },
            Expr::Call(call) => self.map(call, depth).unwrap_or_else(other),
            Expr::Lit(Lit::Str(string)) => {
                // A lone surrogate has no text that could be rendered.
                string.value.as_str().map_or_else(other, |value| Shape::Constant {
                    value: value.to_owned(),
                    span: parse::raw(string.span),
                })
            }
            Expr::Lit(Lit::Num(number)) => {
                Shape::Constant { value: evaluate::number_text(number.value), span: parse::raw(number.span) }
            }
            Expr::Lit(Lit::Null(_) | Lit::Bool(_)) => Shape::Nothing(parse::span(node)),
            Expr::Ident(name) if &*name.sym == "undefined" => Shape::Nothing(parse::raw(name.span)),
            Expr::Tpl(template) => {
                let texts: Option<Vec<String>> = template
                    .quasis
                    .iter()
                    .map(|part| part.cooked.as_ref().and_then(|cooked| cooked.as_str()).map(str::to_owned))
                    .collect();
                let span = parse::raw(template.span);
                match texts {
                    Some(mut texts) if template.exprs.is_empty() && texts.len() == 1 => {
                        Shape::Constant { value: texts.pop().unwrap_or_default(), span }
                    }
                    Some(texts) => Shape::Template {
                        texts,
                        parts: template.exprs.iter().map(parse::span).collect(),
                        span,
                    },
                    None => other(),
                }
            }
            Expr::Arrow(_) | Expr::Fn(_) => Shape::Function(parse::span(node)),
            _ => other(),
        }
    }

    fn is_element(&self, span: swc_common::Span) -> bool {
        self.text.as_bytes().get(parse::offset(span.lo) as usize) == Some(&b'<')
    }

    fn map(&self, call: &CallExpr, depth: u32) -> Option<Shape> {
        let Callee::Expr(callee) = &call.callee else { return None };
        let Expr::Member(member) = unwrap(callee) else { return None };
        if !matches!(&member.prop, MemberProp::Ident(name) if &*name.sym == "map") {
            return None;
        }
        let [argument] = call.args.as_slice() else { return None };
        let Expr::Arrow(arrow) = unwrap(&argument.expr) else { return None };
        if argument.spread.is_some() || arrow.is_async || arrow.is_generator || has_this(arrow) {
            return None;
        }
        let body = match &*arrow.body {
            ArrowFunctionBody::Expr(body) => {
                MapBody::Expression(Box::new(crate::depth::guarded(|| self.shape(body, depth + 1))))
            }
            ArrowFunctionBody::FunctionBody(body) => {
                let mut returns = Vec::new();
                for_each_return(&body.stmts, &mut |node| {
                    let span = parse::raw(node.span);
                    match &node.arg {
                        Some(value) => {
                            let end = parse::offset(value.span_hi());
                            let shape = crate::depth::guarded(|| self.shape(value, depth + 1));
                            returns.push((Span::new(span.start, end), shape));
                        }
                        None => {
                            let span = Span::new(span.start, span.start + 6);
                            returns.push((span, Shape::Nothing(span)));
                        }
                    }
                });
                MapBody::Block { block: parse::raw(body.span), returns }
            }
        };
        Some(Shape::Map {
            object: parse::span(&member.obj),
            head: self.head(arrow),
            body,
            span: parse::raw(call.span),
        })
    }

    /// The head of an arrow function, `=>` and what stands before it excluded.
    fn head(&self, arrow: &ArrowExpr) -> Span {
        let start = parse::offset(arrow.span.lo);
        let body = match &*arrow.body {
            ArrowFunctionBody::Expr(body) => parse::offset(body.span_lo()),
            ArrowFunctionBody::FunctionBody(body) => parse::offset(body.span.lo),
        };
        // The last `=>` before the body at the depth of no bracket: types of parameters may hold others.
        let mut scanner = crate::scan::Scanner::new(self.text.as_bytes(), start as usize, body as usize);
        let mut arrow_at = body;
        loop {
            let token = scanner.next();
            match token.kind {
                crate::scan::Kind::End => break,
                crate::scan::Kind::Punctuator
                    if scanner.open.is_empty() && &self.text.as_bytes()[token.start..token.end] == b"=>" =>
                {
                    arrow_at = token.start as u32;
                }
                _ => {}
            }
        }
        let head = Span::new(start, arrow_at).text(self.text);
        Span::new(start, start + head.trim_end().len() as u32)
    }
}

fn has_this(arrow: &ArrowExpr) -> bool {
    arrow.params.iter().any(|parameter| matches!(parameter, Pat::Ident(name) if &*name.id.sym == "this"))
}

/// Calls `each` for every `return` that belongs to the function these statements are the body of.
pub(crate) fn for_each_return<'ast>(
    statements: &'ast [Stmt],
    each: &mut dyn FnMut(&'ast swc_ecma_ast::ReturnStmt),
) {
    for statement in statements {
        crate::depth::guarded(|| returns_of(statement, each));
    }
}

fn returns_of<'ast>(statement: &'ast Stmt, each: &mut dyn FnMut(&'ast swc_ecma_ast::ReturnStmt)) {
    match statement {
        Stmt::Return(node) => each(node),
        Stmt::Block(block) => for_each_return(&block.stmts, each),
        Stmt::With(with) => returns_of(&with.body, each),
        Stmt::Labeled(labeled) => for_each_return(std::slice::from_ref(&*labeled.body), each),
        Stmt::If(node) => {
            for_each_return(std::slice::from_ref(&*node.cons), each);
            if let Some(alt) = &node.alt {
                for_each_return(std::slice::from_ref(alt), each);
            }
        }
        Stmt::Switch(switch) => {
            for case in &switch.cases {
                for_each_return(&case.cons, each);
            }
        }
        Stmt::Try(node) => {
            for_each_return(&node.block.stmts, each);
            if let Some(handler) = &node.handler {
                for_each_return(&handler.body.stmts, each);
            }
            if let Some(finalizer) = &node.finalizer {
                for_each_return(&finalizer.stmts, each);
            }
        }
        Stmt::While(node) => for_each_return(std::slice::from_ref(&*node.body), each),
        Stmt::DoWhile(node) => for_each_return(std::slice::from_ref(&*node.body), each),
        Stmt::For(node) => for_each_return(std::slice::from_ref(&*node.body), each),
        Stmt::ForIn(node) => for_each_return(std::slice::from_ref(&*node.body), each),
        Stmt::ForOf(node) => for_each_return(std::slice::from_ref(&*node.body), each),
        _ => {}
    }
}
