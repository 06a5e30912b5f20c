//! Classes: members, modifiers, parameter properties.

use super::{Binding, ScopeKind, Walker};
use crate::{
    parse,
    scan::{Kind, Scanner},
};
use swc_common::Spanned;
use swc_ecma_ast::{
    AutoAccessor, Class, ClassMember, ClassProp, Constructor, Decorator, Expr, Function, Ident, Key,
    ParamOrTsParamProp, Pat, PrivateProp, Stmt, TsParamPropParam, TsTypeAnn,
};
use velox_diagnostics::Span;

/// Words before a member's name that are TypeScript's alone.
const MODIFIERS: &[&str] = &["public", "private", "protected", "override", "readonly", "abstract", "declare"];

impl<'ast> Walker<'ast, '_> {
    /// Walks a class whose name was declared already.
    pub(crate) fn class(&mut self, class: &'ast Class, name: Option<&'ast Ident>) {
        self.decorators(&class.decorators);
        let start = class.decorators.last().map_or(class.span.lo, |last| last.span.hi.max(class.span.lo));
        if class.is_abstract {
            self.erase_abstract(parse::offset(start));
        }
        let mut head = name.map_or(parse::offset(start), |name| parse::offset(name.span.hi));
        if let Some(types) = &class.type_params {
            self.enter_type_parameters(Some(types));
            self.erase(parse::raw(types.span));
            head = parse::offset(types.span.hi);
        }
        if let Some(parent) = &class.super_class {
            self.expression(parent);
            head = parse::offset(parent.span_hi());
        }
        if let Some(types) = &class.super_type_params {
            self.types_in(Some(types));
            self.erase(parse::raw(types.span));
            head = parse::offset(types.span.hi);
        }
        self.heritage(&class.implements);
        if let (Some(first), Some(last)) = (class.implements.first(), class.implements.last()) {
            let mut scanner =
                Scanner::new(self.text.as_bytes(), head as usize, parse::offset(first.span.lo) as usize);
            let mut start = None;
            loop {
                let token = scanner.next();
                match token.kind {
                    Kind::End => break,
                    Kind::Word if &self.text[token.start..token.end] == "implements" => {
                        start = Some(token.start as u32)
                    }
                    _ => {}
                }
            }
            if let Some(start) = start {
                self.erase(Span::new(start, parse::offset(last.span.hi)));
            }
        }
        for member in &class.body {
            self.deeper(|walker| walker.member_of_class(member));
        }
        self.leave_type_parameters(class.type_params.as_deref());
    }

    fn erase_abstract(&mut self, from: u32) {
        let mut scanner = Scanner::new(self.text.as_bytes(), from as usize, self.text.len());
        // `export default abstract class`: the span may begin before the word.
        for _ in 0..4 {
            let token = scanner.next();
            if token.kind == Kind::Word && &self.text[token.start..token.end] == "abstract" {
                let end = scanner.next().start;
                self.erase(Span::new(token.start as u32, end as u32));
                return;
            }
        }
    }

    fn member_of_class(&mut self, member: &'ast ClassMember) {
        match member {
            ClassMember::Constructor(node) if node.body.is_none() => {
                self.types_of_member(member);
                self.erase_member(parse::raw(node.span));
            }
            ClassMember::Constructor(node) => self.constructor(node),
            ClassMember::Method(node) => {
                if node.is_abstract || node.function.body.is_none() {
                    self.types_of_member(member);
                    self.erase_member(parse::raw(node.span));
                    return;
                }
                self.method_head(node.span, &node.function, parse::offset(node.key.span_lo()));
                self.key(&node.key);
                if node.is_optional {
                    self.erase_token(parse::offset(node.key.span_hi()), b'?');
                }
                self.function(&node.function);
            }
            ClassMember::PrivateMethod(node) => {
                if node.is_abstract || node.function.body.is_none() {
                    self.types_of_member(member);
                    self.erase_member(parse::raw(node.span));
                    return;
                }
                self.method_head(node.span, &node.function, parse::offset(node.key.span.lo));
                if node.is_optional {
                    self.erase_token(parse::offset(node.key.span.hi), b'?');
                }
                self.function(&node.function);
            }
            ClassMember::ClassProp(node) if node.declare || node.is_abstract => {
                self.types_of_member(member);
                self.erase_member(parse::raw(node.span));
            }
            ClassMember::ClassProp(node) => self.property(node),
            ClassMember::PrivateProp(node) => self.private_property(node),
            ClassMember::AutoAccessor(node) if node.is_abstract => {
                self.types_of_member(member);
                self.erase_member(parse::raw(node.span));
            }
            ClassMember::AutoAccessor(node) => self.accessor(node),
            ClassMember::TsIndexSignature(node) => {
                self.types_of_member(member);
                self.erase_member(parse::raw(node.span));
            }
            ClassMember::Empty(_) => {}
            ClassMember::StaticBlock(block) => self.scope(ScopeKind::Body, |walker| {
                walker.hoist_vars(&block.body.stmts);
                walker.hoist(&block.body.stmts);
                walker.statements(&block.body.stmts);
            }),
        }
    }

    fn method_head(&mut self, span: swc_common::Span, function: &'ast Function, key: u32) {
        self.decorators(&function.decorators);
        self.modifiers(parse::offset(span.lo), &function.decorators, key);
    }

    /// Erases the modifiers between the start of a member and its name.
    fn modifiers(&mut self, start: u32, decorators: &[Decorator], key: u32) {
        let from = decorators.last().map_or(start, |last| parse::offset(last.span.hi).max(start));
        if from >= key {
            return;
        }
        let mut scanner = Scanner::new(self.text.as_bytes(), from as usize, key as usize);
        let mut first = true;
        loop {
            let token = scanner.next();
            if token.kind == Kind::End {
                return;
            }
            let word = &self.text[token.start..token.end];
            if !MODIFIERS.contains(&word) {
                first = false;
                continue;
            }
            let (end, next) = self.code_after(token.end as u32);
            // The field before may have ended only because a word followed.
            let text = if first && matches!(next, b'[' | b'*') { ";" } else { "" };
            // White space goes too, comments stay.
            let end =
                if self.text[token.end..end as usize].trim().is_empty() { end } else { token.end as u32 };
            self.replace(Span::new(token.start as u32, end), text.to_owned());
        }
    }

    /// Erases a member. The field before it may have ended only because this one followed.
    fn erase_member(&mut self, span: Span) {
        let text = if self.member_continues(span.end) { ";" } else { "" };
        self.replace(span, text.to_owned());
    }

    /// Whether the next member could be read as going on with the field before it.
    fn member_continues(&self, end: u32) -> bool {
        let (at, next) = self.code_after(end);
        let rest = &self.text[(at as usize).min(self.text.len())..];
        matches!(next, b'[' | b'(' | b'*' | b'<' | b'`' | b'+' | b'-' | b'/')
            || ["in", "instanceof"].iter().any(|word| {
                rest.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
            })
    }

    fn property(&mut self, node: &'ast ClassProp) {
        let span = parse::raw(node.span);
        self.decorators(&node.decorators);
        self.modifiers(span.start, &node.decorators, parse::offset(node.key.span_lo()));
        self.key(&node.key);
        let end = parse::offset(node.key.span_hi());
        self.field(
            span,
            end,
            node.is_optional,
            node.definite,
            node.type_ann.as_deref(),
            node.value.as_deref(),
            node.is_static,
        );
    }

    fn private_property(&mut self, node: &'ast PrivateProp) {
        let span = parse::raw(node.span);
        self.decorators(&node.decorators);
        self.modifiers(span.start, &node.decorators, parse::offset(node.key.span.lo));
        let end = parse::offset(node.key.span.hi);
        self.field(
            span,
            end,
            node.is_optional,
            node.definite,
            node.type_ann.as_deref(),
            node.value.as_deref(),
            node.is_static,
        );
    }

    fn accessor(&mut self, node: &'ast AutoAccessor) {
        let span = parse::raw(node.span);
        self.decorators(&node.decorators);
        let key = match &node.key {
            Key::Public(key) => {
                self.key(key);
                parse::span(key)
            }
            Key::Private(key) => parse::raw(key.span),
        };
        self.modifiers(span.start, &node.decorators, key.start);
        self.field(
            span,
            key.end,
            false,
            node.definite,
            node.type_ann.as_deref(),
            node.value.as_deref(),
            node.is_static,
        );
    }

    fn field(
        &mut self,
        span: Span,
        key_end: u32,
        optional: bool,
        definite: bool,
        annotation: Option<&'ast TsTypeAnn>,
        value: Option<&'ast Expr>,
        is_static: bool,
    ) {
        if optional {
            self.erase_token(key_end, b'?');
        }
        if definite {
            self.erase_token(key_end, b'!');
        }
        self.annotation(annotation);
        if let Some(value) = value {
            if is_static {
                // Runs with the class itself, but `await` and `arguments` are not those of the code around.
                self.expression(value);
            } else {
                self.later(|walker| walker.expression(value));
            }
        }
        // `get` and `static` alone in a line would take the next member for their own.
        let end = span.end;
        let ended = end.checked_sub(1).and_then(|at| self.bytes().get(at as usize)) == Some(&b';');
        let (_, next) = self.code_after(end);
        if !ended && !matches!(next, b';' | b'}') {
            let name =
                self.text[span.start as usize..key_end as usize].split_whitespace().last().unwrap_or("");
            let word = value.is_none() && matches!(name, "get" | "set" | "static" | "async" | "accessor");
            if (word || self.member_continues(end))
                && let Some(edit) = self.edits.last_mut()
                && edit.span.end == end
            {
                edit.text = ";".to_owned();
            }
        }
    }

    fn constructor(&mut self, node: &'ast Constructor) {
        let span = parse::raw(node.span);
        let Some(body) = &node.body else { return };
        self.modifiers(span.start, &[], parse::offset(node.key.span_lo()));
        self.later(|walker| {
            let mut properties = Vec::new();
            for parameter in &node.params {
                match parameter {
                    ParamOrTsParamProp::Param(parameter) => {
                        walker.declare_pattern(&parameter.pat, Binding::Parameter)
                    }
                    ParamOrTsParamProp::TsParamProp(property) => {
                        let name = match &property.param {
                            TsParamPropParam::Ident(name) => Some(&name.id),
                            TsParamPropParam::Assign(assign) => match &*assign.left {
                                Pat::Ident(name) => Some(&name.id),
                                _ => None,
                            },
                        };
                        if let Some(name) = name {
                            let span = walker.name_span(name);
                            walker.declare(&name.sym, Binding::Parameter, span);
                            properties.push(name.sym.as_str().to_owned());
                        }
                    }
                }
            }
            for parameter in &node.params {
                match parameter {
                    ParamOrTsParamProp::Param(parameter) => {
                        walker.decorators(&parameter.decorators);
                        walker.pattern(&parameter.pat, true);
                    }
                    ParamOrTsParamProp::TsParamProp(property) => {
                        walker.decorators(&property.decorators);
                        let start = parse::offset(property.span.lo);
                        match &property.param {
                            TsParamPropParam::Ident(name) => {
                                walker.modifiers(start, &property.decorators, parse::offset(name.id.span.lo));
                                if name.id.optional {
                                    let end = walker.name_span(&name.id).end;
                                    walker.erase_token(end, b'?');
                                }
                                walker.annotation(name.type_ann.as_deref());
                            }
                            TsParamPropParam::Assign(assign) => {
                                walker.modifiers(
                                    start,
                                    &property.decorators,
                                    parse::offset(assign.left.span_lo()),
                                );
                                walker.pattern(&assign.left, true);
                                walker.expression(&assign.right);
                            }
                        }
                    }
                }
            }
            walker.names.enter(ScopeKind::Body);
            walker.hoist_vars(&body.stmts);
            walker.hoist(&body.stmts);
            let at = properties_go_after(&body.stmts);
            if at.is_none() && !properties.is_empty() {
                walker.assign_properties(parse::offset(body.span.lo) + 1, &properties);
            }
            for (index, statement) in body.stmts.iter().enumerate() {
                walker.statement(statement);
                if at == Some(index) && !properties.is_empty() {
                    walker.assign_properties(parse::offset(statement.span_hi()), &properties);
                }
            }
            walker.names.leave();
        });
    }

    /// Inserts `this.x = x;` for each parameter property.
    fn assign_properties(&mut self, at: u32, properties: &[String]) {
        let mut text = String::new();
        if !matches!((at as usize).checked_sub(1).and_then(|at| self.bytes().get(at)), Some(b';' | b'{')) {
            text.push(';');
        }
        for name in properties {
            text.push_str(&format!(" this.{name} = {name};"));
        }
        self.replace(Span::at(at), text);
    }

    /// Decorators have no JavaScript to be erased to.
    pub(crate) fn decorators(&mut self, decorators: &'ast [Decorator]) {
        for decorator in decorators {
            self.problem(
                parse::raw(decorator.span),
                "decorators cannot be compiled: no JavaScript engine runs them yet",
                Some("call the function on the class or the value instead"),
            );
            self.expression(&decorator.expr);
        }
    }
}

/// The statement after which parameter properties are assigned: the call of `super`, else the last directive.
fn properties_go_after(statements: &[Stmt]) -> Option<usize> {
    let calls_super = |statement: &Stmt| {
        matches!(statement, Stmt::Expr(node)
            if matches!(&*node.expr, Expr::Call(call) if matches!(call.callee, swc_ecma_ast::Callee::Super(_))))
    };
    statements.iter().position(calls_super).or_else(|| {
        let directives = statements
            .iter()
            .take_while(|statement| {
                matches!(statement, Stmt::Expr(node)
                    if matches!(&*node.expr, Expr::Lit(swc_ecma_ast::Lit::Str(_))))
            })
            .count();
        directives.checked_sub(1)
    })
}
