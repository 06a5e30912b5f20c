//! What functions give back, as far as telling components from others needs it.

use crate::{parse, shape::unwrap};
use swc_ecma_ast::{ArrowFunctionBody, BinaryOp, Expr, Stmt};

/// What a function gives back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gives {
    /// Elements, somewhere.
    pub(super) elements: bool,
    /// An object, a function or something that was made: no component gives these.
    pub(super) others: bool,
}

/// What a function's body gives back; functions inside of it aside.
pub(super) fn of_statements(text: &str, statements: &[Stmt]) -> Gives {
    let mut gives = Gives::default();
    for_each_return(statements, &mut |argument| {
        if let Some(argument) = argument {
            value(text, argument, &mut gives);
        }
    });
    gives
}

/// What an arrow function gives back.
pub(super) fn of_arrow(text: &str, body: &ArrowFunctionBody) -> Gives {
    match body {
        ArrowFunctionBody::FunctionBody(body) => of_statements(text, &body.stmts),
        ArrowFunctionBody::Expr(expression) => {
            let mut gives = Gives::default();
            value(text, expression, &mut gives);
            gives
        }
    }
}

fn value(text: &str, node: &Expr, gives: &mut Gives) {
    let mut work = vec![node];
    while let Some(node) = work.pop() {
        match unwrap(node) {
            Expr::Array(array) if is_element(text, array.span) => gives.elements = true,
            Expr::Cond(cond) => work.extend([&*cond.cons, &*cond.alt]),
            Expr::Bin(binary)
                if matches!(
                    binary.op,
                    BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing
                ) =>
            {
                work.extend([&*binary.left, &*binary.right]);
            }
            Expr::Seq(sequence) => work.extend(sequence.exprs.last().map(|last| &**last)),
            Expr::Object(_)
            | Expr::New(_)
            | Expr::Arrow(_)
            | Expr::Fn(_)
            | Expr::Class(_)
            | Expr::This(_) => {
                gives.others = true;
            }
            _ => {}
        }
    }
}

/// Whether an array literal is an element that was masked.
pub(super) fn is_element(text: &str, span: swc_common::Span) -> bool {
    text.as_bytes().get(parse::offset(span.lo) as usize) == Some(&b'<')
}

/// Calls back for each `return` of a function with these statements.
pub(super) fn for_each_return<'ast>(statements: &'ast [Stmt], found: &mut dyn FnMut(Option<&'ast Expr>)) {
    let mut work: Vec<&Stmt> = statements.iter().rev().collect();
    while let Some(statement) = work.pop() {
        match statement {
            Stmt::Return(node) => found(node.arg.as_deref()),
            Stmt::Block(block) => work.extend(block.stmts.iter().rev()),
            Stmt::With(node) => work.push(&node.body),
            Stmt::Labeled(node) => work.push(&node.body),
            Stmt::If(node) => {
                work.extend(node.alt.as_deref());
                work.push(&node.cons);
            }
            Stmt::Switch(node) => work.extend(node.cases.iter().flat_map(|case| &case.cons)),
            Stmt::Try(node) => {
                work.extend(node.finalizer.iter().flat_map(|block| &block.stmts));
                work.extend(node.handler.iter().flat_map(|handler| &handler.body.stmts));
                work.extend(&node.block.stmts);
            }
            Stmt::While(node) => work.push(&node.body),
            Stmt::DoWhile(node) => work.push(&node.body),
            Stmt::For(node) => work.push(&node.body),
            Stmt::ForIn(node) => work.push(&node.body),
            Stmt::ForOf(node) => work.push(&node.body),
            Stmt::Empty(_)
            | Stmt::Debugger(_)
            | Stmt::Break(_)
            | Stmt::Continue(_)
            | Stmt::Throw(_)
            | Stmt::Expr(_)
            | Stmt::Decl(_) => {}
        }
    }
}
