//! Operators and template literals: values of parts joined to one.

use super::Run;
use super::Scope;
use super::arithmetic::{arithmetic, as_text, to_int32, truthy};
use super::reasons::reason;
use crate::{Value, parse};
use swc_ecma_ast::{BinaryOp, Expr, Tpl, UnaryOp};
use velox_diagnostics::Span;

impl<'a> Scope<'a> {
    pub(super) fn template(&self, template: &'a Tpl, span: Span, run: &mut Run<'a>) -> Value {
        if self.plain && !template.exprs.is_empty() {
            return Value::Unknown(span, "it is a template literal with holes".to_owned());
        }
        let mut known = vec![String::new()];
        for (index, part) in template.quasis.iter().enumerate() {
            let Some(cooked) = &part.cooked else {
                return Value::Unknown(span, "it has an invalid escape".to_owned());
            };
            if let Some(last) = known.last_mut() {
                last.push_str(&cooked.to_string_lossy());
            }
            if let Some(hole) = template.exprs.get(index) {
                let value = self.value(hole, run);
                if self.names.is_none() && as_text(&value).is_none() {
                    return Value::Unknown(span, reason(value, hole));
                }
                append(&mut known, value);
            }
        }
        joined(known, span)
    }

    pub(super) fn unary(&self, unary: &'a swc_ecma_ast::UnaryExpr, span: Span, run: &mut Run<'a>) -> Value {
        let value = self.value(&unary.arg, run);
        let result = match (unary.op, &value) {
            (UnaryOp::Minus, Value::Number(number, _)) => Some(Value::Number(-number, span)),
            (UnaryOp::Plus, Value::Number(number, _)) => Some(Value::Number(*number, span)),
            (UnaryOp::Tilde, Value::Number(number, _)) => {
                Some(Value::Number(f64::from(!to_int32(*number)), span))
            }
            (UnaryOp::Bang, value) => truthy(value).map(|truth| Value::Boolean(!truth, span)),
            (UnaryOp::Void, value) if !matches!(value, Value::Unknown(..)) => Some(Value::Undefined(span)),
            _ => None,
        };
        result.unwrap_or_else(|| Value::Unknown(span, reason(value, &unary.arg)))
    }

    /// A chain of operators may be as long as the file: its left side is walked in a loop.
    pub(super) fn binary(&self, node: &'a swc_ecma_ast::BinExpr, span: Span, run: &mut Run<'a>) -> Value {
        let mut steps = vec![node];
        let mut left = &*node.left;
        while let Expr::Bin(inner) = left {
            steps.push(inner);
            left = &inner.left;
        }
        let mut value = self.value(left, run);
        let mut whose = left;
        while let Some(step) = steps.pop() {
            let step_span = parse::raw(step.span);
            let decided = match step.op {
                BinaryOp::LogicalAnd => truthy(&value).map(|truth| !truth),
                BinaryOp::LogicalOr => truthy(&value),
                BinaryOp::NullishCoalescing => match &value {
                    Value::Unknown(..) => None,
                    Value::Null(_) | Value::Undefined(_) => Some(false),
                    _ => Some(true),
                },
                _ => {
                    let right = self.value(&step.right, run);
                    let known = self.names.is_some() || as_text(&right).is_some();
                    if step.op == BinaryOp::Add
                        && (matches!(value, Value::String(..) | Value::Template(..)) && known
                            || matches!(right, Value::String(..) | Value::Template(..))
                                && self.names.is_some())
                    {
                        value = concatenated(value, right, step_span);
                        continue;
                    }
                    value = match arithmetic(step.op, &value, &right, step_span) {
                        Some(result) => result,
                        None if matches!(value, Value::Unknown(..)) => {
                            return Value::Unknown(span, reason(value, whose));
                        }
                        None => return Value::Unknown(span, reason(right, &step.right)),
                    };
                    continue;
                }
            };
            match decided {
                Some(true) => {}
                Some(false) => {
                    value = self.value(&step.right, run);
                    whose = &step.right;
                }
                None => return Value::Unknown(span, reason(value, whose)),
            }
        }
        value
    }
}

/// What is known of a value's text: the stretches around what is not.
fn texts(value: Value) -> Vec<String> {
    match value {
        Value::Template(texts, _) => texts,
        Value::String(text, _) => vec![text],
        value => as_text(&value).map_or_else(|| vec![String::new(); 2], |text| vec![text]),
    }
}

/// Appends a value's text, as far as it is known, to `known`.
fn append(known: &mut Vec<String>, value: Value) {
    let mut more = texts(value).into_iter();
    if let (Some(last), Some(first)) = (known.last_mut(), more.next()) {
        last.push_str(&first);
    }
    known.extend(more);
}

/// Text that is known in one stretch, or around what is not.
fn joined(mut known: Vec<String>, span: Span) -> Value {
    match known.len() {
        0 | 1 => Value::String(known.pop().unwrap_or_default(), span),
        _ => Value::Template(known, span),
    }
}

fn concatenated(left: Value, right: Value, span: Span) -> Value {
    let mut known = texts(left);
    append(&mut known, right);
    joined(known, span)
}
