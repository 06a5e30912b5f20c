//! Patterns: what parameters, declarations and assignments bind.

use super::{
    Binding, Walker,
    expression::{Chain, Head},
};
use crate::parse;
use swc_ecma_ast::{ArrayPat, Expr, Ident, Lit, ObjectPat, ObjectPatProp, Pat, PropName, TsTypeAnn};
use velox_diagnostics::Span;

/// The names that a pattern binds, in order.
pub(crate) fn bound<'ast>(pattern: &'ast Pat, each: &mut dyn FnMut(&'ast Ident)) {
    match pattern {
        Pat::Ident(name) => each(&name.id),
        Pat::Array(array) => {
            for item in array.elems.iter().flatten() {
                crate::depth::guarded(|| bound(item, each));
            }
        }
        Pat::Rest(rest) => bound(&rest.arg, each),
        Pat::Object(object) => {
            for part in &object.props {
                match part {
                    ObjectPatProp::KeyValue(pair) => crate::depth::guarded(|| bound(&pair.value, each)),
                    ObjectPatProp::Assign(short) => each(&short.key.id),
                    ObjectPatProp::Rest(rest) => bound(&rest.arg, each),
                }
            }
        }
        Pat::Assign(assign) => bound(&assign.left, each),
        Pat::Invalid(_) | Pat::Expr(_) => {}
    }
}

impl<'ast> Walker<'ast, '_> {
    /// Declares the names of a pattern.
    pub(crate) fn declare_pattern(&mut self, pattern: &'ast Pat, binding: Binding) {
        bound(pattern, &mut |name| {
            let span = self.name_span(name);
            self.declare(&name.sym, binding, span);
        });
    }

    /// Walks a pattern: defaults, computed keys, types. In an assignment (`declares` is false) its names are assigned to.
    pub(crate) fn pattern(&mut self, pattern: &'ast Pat, declares: bool) {
        match pattern {
            Pat::Ident(name) => {
                if !declares {
                    let chain = self.use_name(&name.id);
                    self.assigned(chain);
                }
                self.name_and_type(&name.id, name.type_ann.as_deref());
            }
            Pat::Array(array) => self.deeper(|walker| walker.array_pattern(array, Some(declares))),
            Pat::Object(object) => self.deeper(|walker| walker.object_pattern(object, Some(declares))),
            Pat::Rest(rest) => {
                self.deeper(|walker| walker.pattern(&rest.arg, declares));
                self.annotation(rest.type_ann.as_deref());
            }
            Pat::Assign(assign) => {
                self.deeper(|walker| walker.pattern(&assign.left, declares));
                self.expression(&assign.right);
            }
            Pat::Expr(expression) => {
                let chain = self.chain(expression);
                self.assigned(chain);
            }
            Pat::Invalid(_) => {}
        }
    }

    /// An array pattern; `declares` is `None` in an assignment.
    pub(crate) fn array_pattern(&mut self, array: &'ast ArrayPat, declares: Option<bool>) {
        let span = parse::raw(array.span);
        if self.bytes().get(span.start as usize) == Some(&b'<') {
            self.problem(span, "an element cannot be assigned to", None);
            return;
        }
        for item in array.elems.iter().flatten() {
            self.pattern(item, declares.unwrap_or(false));
        }
        self.optional_and_type(array.optional, array.span, array.type_ann.as_deref());
    }

    /// An object pattern; `declares` is `None` in an assignment.
    pub(crate) fn object_pattern(&mut self, object: &'ast ObjectPat, declares: Option<bool>) {
        let declares = declares.unwrap_or(false);
        for part in &object.props {
            match part {
                ObjectPatProp::KeyValue(pair) => {
                    self.key(&pair.key);
                    self.pattern(&pair.value, declares);
                }
                ObjectPatProp::Assign(short) => {
                    if !declares {
                        let chain = self.use_name(&short.key.id);
                        self.assigned(chain);
                    }
                    self.optional(short.value.as_deref());
                }
                ObjectPatProp::Rest(rest) => self.deeper(|walker| walker.pattern(&rest.arg, declares)),
            }
        }
        self.optional_and_type(object.optional, object.span, object.type_ann.as_deref());
    }

    /// Notes the keys that a pattern takes out of the name that `chain` begins with.
    pub(crate) fn destructured(&mut self, chain: Chain, object: &ObjectPat) {
        let Some(head) = chain else { return };
        for part in &object.props {
            let key = match part {
                ObjectPatProp::Assign(short) => {
                    Some((short.key.id.sym.as_str().to_owned(), self.name_span(&short.key.id)))
                }
                ObjectPatProp::KeyValue(pair) => static_key(&pair.key),
                ObjectPatProp::Rest(_) => None,
            };
            match head {
                Head::Name(index) => self.sink.uses[index].destructured.extend(key),
                Head::Meta(index) => self.meta[index].destructured.extend(key),
            }
        }
    }

    fn name_and_type(&mut self, name: &Ident, annotation: Option<&'ast TsTypeAnn>) {
        if name.optional {
            let end = self.name_span(name).end;
            self.erase_token(end, b'?');
        }
        self.annotation(annotation);
    }

    fn optional_and_type(
        &mut self,
        optional: bool,
        span: swc_common::Span,
        annotation: Option<&'ast TsTypeAnn>,
    ) {
        if optional {
            // The pattern's span may reach over the mark and the type: search from its closing bracket.
            let end = annotation.map_or(parse::raw(span).end, |annotation| parse::raw(annotation.span).start);
            self.erase_optional_mark(parse::raw(span).start, end);
        }
        self.annotation(annotation);
    }
}

/// A key that is known without running code, and its place.
pub(crate) fn static_key(key: &PropName) -> Option<(String, Span)> {
    Some(match key {
        PropName::Ident(name) => (name.sym.as_str().to_owned(), parse::raw(name.span)),
        PropName::Str(string) => (string.value.to_string_lossy().into_owned(), parse::raw(string.span)),
        PropName::Num(number) => (crate::evaluate::number_text(number.value), parse::raw(number.span)),
        PropName::BigInt(number) => (number.value.to_string(), parse::raw(number.span)),
        PropName::Computed(computed) => match &*computed.expr {
            Expr::Lit(Lit::Str(string)) => {
                (string.value.to_string_lossy().into_owned(), parse::raw(string.span))
            }
            _ => return None,
        },
    })
}
