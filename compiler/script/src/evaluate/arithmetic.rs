//! What JavaScript's operators give for values that are known.
//!
//! Refuses what depends on more than numbers, strings, booleans, `null` and `undefined`.

use crate::Value;
use swc_ecma_ast::BinaryOp;
use velox_diagnostics::Span;

/// Whether a value counts as true; `None` where it is not known.
pub(super) fn truthy(value: &Value) -> Option<bool> {
    Some(match value {
        Value::String(text, _) => !text.is_empty(),
        Value::Number(number, _) => *number != 0.0 && !number.is_nan(),
        Value::Boolean(boolean, _) => *boolean,
        Value::Null(_) | Value::Undefined(_) => false,
        Value::Array(..) | Value::Object(..) | Value::Function(_) | Value::Instance(..) => true,
        Value::Repeated(..) | Value::Template(..) | Value::Unknown(..) => return None,
    })
}

/// A value as it is put into a string; `None` for what is no plain value.
pub(super) fn as_text(value: &Value) -> Option<String> {
    Some(match value {
        Value::String(text, _) => text.clone(),
        Value::Number(number, _) => number_text(*number),
        Value::Boolean(boolean, _) => boolean.to_string(),
        Value::Null(_) => "null".to_owned(),
        Value::Undefined(_) => "undefined".to_owned(),
        _ => return None,
    })
}

/// What an operator gives for two values; `None` where it is not known.
pub(super) fn arithmetic(op: BinaryOp, left: &Value, right: &Value, span: Span) -> Option<Value> {
    if let (Value::Number(a, _), Value::Number(b, _)) = (left, right) {
        let (a, b) = (*a, *b);
        let number = match op {
            BinaryOp::Add => a + b,
            BinaryOp::Sub => a - b,
            BinaryOp::Mul => a * b,
            BinaryOp::Div => a / b,
            BinaryOp::Mod => a % b,
            // JavaScript has no answer for 1 ** NaN where floating point has one.
            BinaryOp::Exp if b.is_nan() || (a.abs() == 1.0 && b.is_infinite()) => f64::NAN,
            BinaryOp::Exp => a.powf(b),
            BinaryOp::BitAnd => f64::from(to_int32(a) & to_int32(b)),
            BinaryOp::BitOr => f64::from(to_int32(a) | to_int32(b)),
            BinaryOp::BitXor => f64::from(to_int32(a) ^ to_int32(b)),
            BinaryOp::LShift => f64::from(to_int32(a).wrapping_shl(to_int32(b) as u32 & 31)),
            BinaryOp::RShift => f64::from(to_int32(a).wrapping_shr(to_int32(b) as u32 & 31)),
            BinaryOp::ZeroFillRShift => f64::from((to_int32(a) as u32).wrapping_shr(to_int32(b) as u32 & 31)),
            BinaryOp::Lt => return Some(Value::Boolean(a < b, span)),
            BinaryOp::LtEq => return Some(Value::Boolean(a <= b, span)),
            BinaryOp::Gt => return Some(Value::Boolean(a > b, span)),
            BinaryOp::GtEq => return Some(Value::Boolean(a >= b, span)),
            BinaryOp::EqEqEq => return Some(Value::Boolean(a == b, span)),
            BinaryOp::NotEqEq => return Some(Value::Boolean(a != b, span)),
            _ => return None,
        };
        return Some(Value::Number(number, span));
    }
    let strings = matches!(left, Value::String(..)) || matches!(right, Value::String(..));
    match op {
        BinaryOp::Add if strings => Some(Value::String(as_text(left)? + &as_text(right)?, span)),
        BinaryOp::EqEqEq | BinaryOp::NotEqEq => {
            let equal = match (left, right) {
                (Value::String(a, _), Value::String(b, _)) => a == b,
                (Value::Boolean(a, _), Value::Boolean(b, _)) => a == b,
                (Value::Null(_), Value::Null(_)) | (Value::Undefined(_), Value::Undefined(_)) => true,
                (a, b) if as_text(a).is_some() && as_text(b).is_some() => false,
                _ => return None,
            };
            Some(Value::Boolean(equal == (op == BinaryOp::EqEqEq), span))
        }
        _ => None,
    }
}

/// A number as the bit operators take it.
pub(super) fn to_int32(number: f64) -> i32 {
    if !number.is_finite() {
        return 0;
    }
    number.trunc().rem_euclid(4_294_967_296.0) as u32 as i32
}

/// A number as JavaScript prints it.
pub(crate) fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    let magnitude = number.abs();
    if (1e-6..1e21).contains(&magnitude) {
        return number.to_string();
    }
    let text = format!("{number:e}");
    match text.split_once('e') {
        Some((mantissa, exponent)) if !exponent.starts_with('-') => format!("{mantissa}e+{exponent}"),
        _ => text,
    }
}
