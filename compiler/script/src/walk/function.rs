//! Functions: their scopes, parameters, and the types around them.

use super::{Binding, ScopeKind, Walker};
use crate::parse;
use swc_common::Spanned;
use swc_ecma_ast::{ArrowExpr, ArrowFunctionBody, Function, FunctionBody, Pat};
use velox_diagnostics::Span;

impl<'ast> Walker<'ast, '_> {
    /// Walks a function's parameters and body.
    pub(crate) fn function(&mut self, function: &'ast Function) {
        self.inside_function(true, |walker| {
            if let Some(types) = &function.type_params {
                walker.enter_type_parameters(Some(types));
                walker.erase(parse::raw(types.span));
            }
            if let Some(this) = &function.this_param {
                if let Some(annotation) = &this.type_ann {
                    walker.in_type(&annotation.type_ann);
                }
                let end = this
                    .type_ann
                    .as_ref()
                    .map_or(this.span.hi, |annotation| annotation.span.hi.max(this.span.hi));
                let end = parse::offset(end);
                let (at, next) = walker.code_after(end);
                let end = if next == b',' { at + 1 } else { end };
                walker.erase(Span::new(parse::offset(this.span.lo), end));
            }
            for parameter in &function.params {
                walker.declare_pattern(&parameter.pat, Binding::Parameter);
            }
            for parameter in &function.params {
                walker.decorators(&parameter.decorators);
                walker.pattern(&parameter.pat, true);
            }
            walker.annotation(function.return_type.as_deref());
            if let Some(body) = &function.body {
                walker.body(body);
            }
            walker.leave_type_parameters(function.type_params.as_deref());
        });
    }

    /// Walks an arrow function.
    pub(crate) fn arrow(&mut self, arrow: &'ast ArrowExpr) {
        self.inside_function(false, |walker| {
            if let Some(types) = &arrow.type_params {
                walker.enter_type_parameters(Some(types));
                walker.arrow_type_parameters(parse::raw(types.span));
            }
            for parameter in &arrow.params {
                walker.declare_pattern(parameter, Binding::Parameter);
            }
            for parameter in &arrow.params {
                walker.pattern(parameter, true);
            }
            if let Some(annotation) = &arrow.return_type {
                walker.in_type(&annotation.type_ann);
                walker.arrow_return_type(arrow, parse::raw(annotation.span));
            }
            match &*arrow.body {
                ArrowFunctionBody::Expr(body) => walker.expression(body),
                ArrowFunctionBody::FunctionBody(body) => walker.body(body),
            }
            walker.leave_type_parameters(arrow.type_params.as_deref());
        });
    }

    fn inside_function(&mut self, own_arguments: bool, work: impl FnOnce(&mut Self)) {
        self.functions += 1;
        self.own_arguments += u32::from(own_arguments);
        self.names.enter(ScopeKind::Head);
        work(self);
        self.names.leave();
        self.own_arguments -= u32::from(own_arguments);
        self.functions -= 1;
    }

    /// Walks code that runs later though it stands in no function of its own: the value of a class's field.
    pub(crate) fn later(&mut self, work: impl FnOnce(&mut Self)) {
        self.inside_function(true, work);
    }

    pub(crate) fn body(&mut self, body: &'ast FunctionBody) {
        self.names.enter(ScopeKind::Body);
        self.hoist_vars(&body.stmts);
        self.hoist(&body.stmts);
        self.statements(&body.stmts);
        self.names.leave();
    }

    /// `<T>` before an arrow function's parameters. `return <T>` with the parenthesis on the next line would become a
    /// bare `return`, and `async <T>` a name: the parenthesis is moved up.
    fn arrow_type_parameters(&mut self, span: Span) {
        let (parenthesis, next) = self.code_after(span.end);
        let between = Span::new(span.end, parenthesis).text(self.text);
        if next == b'(' && between.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
            self.replace(Span::new(span.start, parenthesis + 1), "(".to_owned());
        } else {
            self.erase(span);
        }
    }

    /// The return type of an arrow function. `=>` must stay on the line of `)`.
    fn arrow_return_type(&mut self, arrow: &ArrowExpr, span: Span) {
        let from = match arrow.params.last() {
            Some(last) => {
                let mut end = parse::offset(last.span_hi());
                if let Some(annotation) = type_of(last) {
                    end = end.max(annotation);
                }
                end
            }
            None => {
                let types = arrow.type_params.as_ref().map(|types| parse::offset(types.span.hi));
                let (at, _) = self.code_after(types.unwrap_or_else(|| parse::offset(arrow.span.lo)));
                // `async` may stand before the empty parentheses.
                let word = self.text[at as usize..].starts_with("async");
                if word { at + 5 } else { at }
            }
        };
        let mut at = from;
        let mut close = None;
        for _ in 0..4 {
            let (next, byte) = self.code_after(at);
            if next >= span.start {
                break;
            }
            if byte == b')' {
                close = Some(next + 1);
            }
            at = next + 1;
        }
        let start = match close {
            Some(close) if Span::new(close, span.start).text(self.text).contains(['\n', '\r']) => close,
            _ => span.start,
        };
        self.erase(Span::new(start, span.end));
    }
}

fn type_of(pattern: &Pat) -> Option<u32> {
    let annotation = match pattern {
        Pat::Ident(name) => name.type_ann.as_ref(),
        Pat::Array(array) => array.type_ann.as_ref(),
        Pat::Object(object) => object.type_ann.as_ref(),
        Pat::Rest(rest) => rest.type_ann.as_ref(),
        _ => None,
    };
    annotation.map(|annotation| parse::offset(annotation.span.hi))
}
