//! Array and object literals, part by part.

use super::arithmetic::as_text;
use super::reasons::reason;
use super::{Run, Scope};
use crate::{Property, Value, parse, walk};
use swc_ecma_ast::{ExprOrSpread, ObjectLit, Prop, PropOrSpread};
use velox_diagnostics::Span;

impl<'a> Scope<'a> {
    pub(super) fn array(&self, items: &'a [Option<ExprOrSpread>], span: Span, run: &mut Run<'a>) -> Value {
        let mut values = Vec::new();
        for item in items {
            match item {
                None => values.push(Value::Undefined(Span::at(span.start))),
                Some(item) if item.spread.is_some() => match self.value(&item.expr, run) {
                    Value::Array(inner, _) => {
                        run.left = run.left.saturating_sub(inner.len() as u32);
                        values.extend(inner);
                    }
                    Value::Unknown(_, why) => values.push(Value::Unknown(parse::span(&item.expr), why)),
                    _ => values.push(Value::Unknown(
                        parse::span(&item.expr),
                        "it spreads something that is no array".to_owned(),
                    )),
                },
                Some(item) => values.push(self.value(&item.expr, run)),
            }
        }
        Value::Array(values, span)
    }

    pub(super) fn object(&self, object: &'a ObjectLit, span: Span, run: &mut Run<'a>) -> Value {
        let mut properties = Vec::new();
        for part in &object.props {
            match part {
                PropOrSpread::Spread(spread) => {
                    let place = parse::span(&spread.expr);
                    match self.value(&spread.expr, run) {
                        Value::Object(inner, _) => {
                            run.left = run.left.saturating_sub(inner.len() as u32);
                            properties.extend(inner);
                        }
                        Value::Null(_) | Value::Undefined(_) | Value::Boolean(..) | Value::Number(..) => {}
                        value => properties.push(Property {
                            key: String::new(),
                            key_span: place,
                            value: Value::Unknown(place, reason(value, &spread.expr)),
                        }),
                    }
                }
                PropOrSpread::Prop(prop) => properties.push(self.property(prop, run)),
            }
        }
        Value::Object(properties, span)
    }

    fn property(&self, prop: &'a Prop, run: &mut Run<'a>) -> Property {
        let (key, value) = match prop {
            Prop::Shorthand(name) => {
                let span = parse::raw(name.span);
                return Property {
                    key: name.sym.as_str().to_owned(),
                    key_span: span,
                    value: self.name(&name.sym, span, run),
                };
            }
            Prop::KeyValue(pair) => (&pair.key, self.value(&pair.value, run)),
            Prop::Method(method) => (&method.key, Value::Function(parse::span(method))),
            Prop::Getter(getter) => {
                (&getter.key, Value::Unknown(parse::raw(getter.span), "it is a getter".to_owned()))
            }
            Prop::Setter(setter) => {
                (&setter.key, Value::Unknown(parse::raw(setter.span), "it is a setter".to_owned()))
            }
            Prop::Assign(assign) => {
                let span = parse::raw(assign.span);
                let key_span = parse::raw(assign.key.span);
                return Property {
                    key: assign.key.sym.as_str().to_owned(),
                    key_span,
                    value: Value::Unknown(span, "it is an assignment".to_owned()),
                };
            }
        };
        match walk::static_key(key) {
            Some((key, key_span)) => Property { key, key_span, value },
            None => {
                let key_span = parse::span(key);
                let computed = match key {
                    swc_ecma_ast::PropName::Computed(computed) => as_text(&self.value(&computed.expr, run)),
                    _ => None,
                };
                match computed {
                    Some(key) => Property { key, key_span, value },
                    None => Property {
                        key: String::new(),
                        key_span,
                        value: Value::Unknown(key_span, "its key is computed".to_owned()),
                    },
                }
            }
        }
    }
}
