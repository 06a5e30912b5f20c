//! Words for why a value cannot be known without running code, made to follow "because".

use crate::{Value, shape};
use swc_ecma_ast::{Callee, Expr, MemberProp};

/// Why an operand cannot be used: its own reason, or what it is.
pub(super) fn reason(value: Value, node: &Expr) -> String {
    match value {
        Value::Unknown(_, why) => why,
        Value::Function(_) => "it holds a function".to_owned(),
        Value::Array(..) | Value::Object(..) | Value::Repeated(..) | Value::Instance(..) => {
            "it computes with an array or object".to_owned()
        }
        _ => because(node),
    }
}

/// What an expression is that cannot be evaluated, worded to follow "because".
pub(super) fn because(node: &Expr) -> String {
    match shape::unwrap(node) {
        Expr::Call(call) => match &call.callee {
            Callee::Expr(callee) => match path(callee) {
                Some(name) => format!("it calls `{name}`"),
                None => "it calls a function".to_owned(),
            },
            Callee::Import(_) => "it imports".to_owned(),
            Callee::Super(_) => "it calls `super`".to_owned(),
        },
        Expr::OptChain(chain) => match &*chain.base {
            swc_ecma_ast::OptChainBase::Call(call) => path(&call.callee)
                .map_or_else(|| "it calls a function".to_owned(), |name| format!("it calls `{name}`")),
            swc_ecma_ast::OptChainBase::Member(_) => path(node)
                .map_or_else(|| "it reads a property".to_owned(), |name| format!("it reads `{name}`")),
        },
        Expr::New(new) => path(&new.callee)
            .map_or_else(|| "it makes an object".to_owned(), |name| format!("it makes a `{name}`")),
        Expr::Member(_) => {
            path(node).map_or_else(|| "it reads a property".to_owned(), |name| format!("it reads `{name}`"))
        }
        Expr::Ident(name) => format!("it uses `{}`", name.sym),
        Expr::Await(_) => "it awaits".to_owned(),
        Expr::Yield(_) => "it yields".to_owned(),
        Expr::Assign(_) | Expr::Update(_) => "it assigns".to_owned(),
        Expr::TaggedTpl(tagged) => path(&tagged.tag)
            .map_or_else(|| "it calls a function".to_owned(), |name| format!("it calls `{name}`")),
        Expr::Class(_) => "it is a class".to_owned(),
        Expr::This(_) => "it uses `this`".to_owned(),
        Expr::MetaProp(_) => "it uses `import.meta`".to_owned(),
        Expr::Cond(cond) => because(&cond.test),
        _ => "it computes something that only running it can tell".to_owned(),
    }
}

/// `a.b.c` as text.
pub(super) fn path(node: &Expr) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut node = shape::unwrap(node);
    loop {
        let member = match node {
            Expr::Ident(name) => {
                parts.push(name.sym.as_str().to_owned());
                break;
            }
            Expr::This(_) => {
                parts.push("this".to_owned());
                break;
            }
            Expr::MetaProp(_) => {
                parts.push("import.meta".to_owned());
                break;
            }
            Expr::Member(member) => member,
            Expr::OptChain(chain) => match &*chain.base {
                swc_ecma_ast::OptChainBase::Member(member) => member,
                swc_ecma_ast::OptChainBase::Call(_) => return None,
            },
            _ => return None,
        };
        match &member.prop {
            MemberProp::Ident(name) => parts.push(name.sym.as_str().to_owned()),
            MemberProp::PrivateName(name) => parts.push(format!("#{}", name.name)),
            MemberProp::Computed(_) => return None,
        }
        if parts.len() > 16 {
            return None;
        }
        node = shape::unwrap(&member.obj);
    }
    parts.reverse();
    Some(parts.join("."))
}
