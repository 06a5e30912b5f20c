//! Expressions: uses of names with what is read of them, and types that stand around expressions.

use super::{ScopeKind, Walker};
use crate::{Call, MetaUse, NameUse, parse, shape};
use swc_ecma_ast::{
    AssignTarget, AssignTargetPat, BinaryOp, Callee, Expr, ExprOrSpread, Ident, Lit, MemberExpr, MemberProp,
    MetaPropExpr, MetaPropKind, ObjectLit, OptChainBase, Prop, PropName, PropOrSpread, SimpleAssignTarget,
    SuperProp, TsTypeParamInstantiation, UnaryOp,
};
use velox_diagnostics::Span;

/// What a chain of members begins with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Head {
    /// A name: the index of its use.
    Name(usize),
    /// `import.meta`: the index of its read.
    Meta(usize),
}

/// What a chain of members begins with, where that is told.
pub(crate) type Chain = Option<Head>;

impl<'ast> Walker<'ast, '_> {
    /// Walks an expression.
    pub(crate) fn expression(&mut self, node: &'ast Expr) {
        self.chain(node);
    }

    pub(crate) fn optional(&mut self, node: Option<&'ast Expr>) {
        if let Some(node) = node {
            self.expression(node);
        }
    }

    /// Walks an expression; where it is a name, or members read of one, gives the use of that name.
    pub(crate) fn chain(&mut self, node: &'ast Expr) -> Chain {
        match node {
            Expr::Ident(name) => self.use_name(name),
            Expr::MetaProp(node) => self.meta_property(node),
            Expr::Lit(_) | Expr::This(_) | Expr::PrivateName(_) | Expr::Invalid(_) => None,
            _ => self.deeper(|walker| walker.compound(node)),
        }
    }

    fn compound(&mut self, node: &'ast Expr) -> Chain {
        match node {
            Expr::Member(member) => return self.member(member),
            Expr::OptChain(chain) => match &*chain.base {
                OptChainBase::Member(member) => return self.member(member),
                OptChainBase::Call(call) => {
                    self.call(&call.callee, call.type_args.as_deref(), &call.args, call.span);
                }
            },
            Expr::Call(call) => match &call.callee {
                Callee::Expr(callee) => self.call(callee, call.type_args.as_deref(), &call.args, call.span),
                Callee::Super(_) | Callee::Import(_) => {
                    if let (Callee::Import(_), Some(specifier)) = (&call.callee, call.args.first())
                        && let Expr::Lit(swc_ecma_ast::Lit::Str(string)) = &*specifier.expr
                    {
                        let text = string.value.to_string_lossy().into_owned();
                        self.dynamic_imports.push((text, parse::raw(string.span)));
                    }
                    self.type_arguments(call.type_args.as_deref());
                    self.items(&call.args);
                }
            },
            Expr::Paren(paren) => return self.chain(&paren.expr),
            Expr::TsNonNull(inner) => {
                let chain = self.chain(&inner.expr);
                self.erase_after(&inner.expr, inner.span);
                return chain;
            }
            Expr::TsAs(inner) => {
                let chain = self.chain(&inner.expr);
                self.in_type(&inner.type_ann);
                self.erase_after(&inner.expr, inner.span);
                return chain;
            }
            Expr::TsSatisfies(inner) => {
                let chain = self.chain(&inner.expr);
                self.in_type(&inner.type_ann);
                self.erase_after(&inner.expr, inner.span);
                return chain;
            }
            Expr::TsConstAssertion(inner) => {
                self.erase_before(inner.span, &inner.expr);
                let chain = self.chain(&inner.expr);
                self.erase_after(&inner.expr, inner.span);
                return chain;
            }
            Expr::TsTypeAssertion(inner) => {
                self.in_type(&inner.type_ann);
                self.erase_before(inner.span, &inner.expr);
                return self.chain(&inner.expr);
            }
            Expr::TsInstantiation(inner) => {
                let chain = self.chain(&inner.expr);
                self.type_arguments(Some(&inner.type_args));
                return chain;
            }
            Expr::Array(array) if self.is_element(array) => self.element(array),
            Expr::Array(array) => {
                for item in array.elems.iter().flatten() {
                    self.expression(&item.expr);
                }
            }
            Expr::Object(object) => self.object(object),
            Expr::Unary(unary) => {
                if unary.op == UnaryOp::Delete && matches!(&*unary.arg, Expr::Ident(_)) {
                    self.problem(parse::span(&unary.arg), "`delete` takes a property, not a name", None);
                }
                let chain = self.chain(&unary.arg);
                if unary.op == UnaryOp::TypeOf
                    && let Some(Head::Name(index)) = chain
                {
                    let one = &mut self.sink.uses[index];
                    one.typeof_operand = one.members.is_empty();
                }
            }
            Expr::Update(update) => {
                let chain = self.chain(&update.arg);
                self.assigned(chain);
            }
            Expr::Bin(binary) => self.binary(binary),
            Expr::Assign(assign) => {
                let keys = match &assign.left {
                    AssignTarget::Simple(target) => {
                        self.simple_target(target);
                        None
                    }
                    AssignTarget::Pat(AssignTargetPat::Array(array)) => {
                        self.array_pattern(array, None);
                        None
                    }
                    AssignTarget::Pat(AssignTargetPat::Object(object)) => {
                        self.object_pattern(object, None);
                        Some(object)
                    }
                    AssignTarget::Pat(AssignTargetPat::Invalid(_)) => None,
                };
                let chain = self.chain(&assign.right);
                if let Some(object) = keys {
                    self.destructured(chain, object);
                }
            }
            Expr::SuperProp(prop) => {
                if let SuperProp::Computed(key) = &prop.prop {
                    self.expression(&key.expr);
                }
            }
            Expr::Cond(cond) => {
                self.expression(&cond.test);
                self.expression(&cond.cons);
                self.expression(&cond.alt);
            }
            Expr::New(new) => {
                let args = new.args.as_deref().unwrap_or_default();
                self.call(&new.callee, new.type_args.as_deref(), args, new.span);
            }
            Expr::Seq(sequence) => {
                for item in &sequence.exprs {
                    self.expression(item);
                }
            }
            Expr::Tpl(template) => {
                for item in &template.exprs {
                    self.expression(item);
                }
            }
            Expr::TaggedTpl(tagged) => {
                let chain = self.chain(&tagged.tag);
                self.called(chain);
                self.type_arguments(tagged.type_params.as_deref());
                for item in &tagged.tpl.exprs {
                    self.expression(item);
                }
            }
            Expr::Arrow(arrow) => self.arrow(arrow),
            Expr::Fn(function) => match &function.ident {
                Some(name) => self.scope(ScopeKind::Head, |walker| {
                    walker.declare(&name.sym, super::Binding::Own, parse::raw(name.span));
                    walker.function(&function.function);
                }),
                None => self.function(&function.function),
            },
            Expr::Class(class) => match &class.ident {
                Some(name) => self.scope(ScopeKind::Head, |walker| {
                    walker.declare(&name.sym, super::Binding::Own, parse::raw(name.span));
                    walker.class(&class.class, Some(name));
                }),
                None => self.class(&class.class, None),
            },
            Expr::Yield(inner) => self.optional(inner.arg.as_deref()),
            Expr::Await(inner) => {
                self.awaits(parse::raw(inner.span));
                self.expression(&inner.arg);
            }
            Expr::JSXMember(_)
            | Expr::JSXNamespacedName(_)
            | Expr::JSXEmpty(_)
            | Expr::JSXElement(_)
            | Expr::JSXFragment(_)
            | Expr::Ident(_)
            | Expr::Lit(_)
            | Expr::This(_)
            | Expr::MetaProp(_)
            | Expr::PrivateName(_)
            | Expr::Invalid(_) => {}
        }
        None
    }

    /// Left-recursive chains of operators are walked in a loop: `a + b + c + ...` may be as long as the file.
    fn binary(&mut self, node: &'ast swc_ecma_ast::BinExpr) {
        let mut rights = vec![&*node.right];
        let mut left = &*node.left;
        while let Expr::Bin(inner) = left {
            rights.push(&inner.right);
            left = &inner.left;
        }
        self.expression(left);
        for right in rights.into_iter().rev() {
            self.expression(right);
        }
    }

    fn member(&mut self, member: &'ast MemberExpr) -> Chain {
        let chain = self.chain(&member.obj);
        match &member.prop {
            MemberProp::Ident(name) => {
                let head = chain?;
                self.members_of(head).push((name.sym.as_str().to_owned(), parse::raw(name.span)));
                chain
            }
            MemberProp::PrivateName(_) => None,
            MemberProp::Computed(key) => match &*key.expr {
                Expr::Lit(Lit::Str(string)) => {
                    let key = (string.value.to_string_lossy().into_owned(), parse::raw(string.span));
                    self.members_of(chain?).push(key);
                    chain
                }
                other => {
                    self.expression(other);
                    None
                }
            },
        }
    }

    /// What is read of the name, or of `import.meta`, that a chain begins with.
    fn members_of(&mut self, head: Head) -> &mut Vec<(String, Span)> {
        match head {
            Head::Name(index) => &mut self.sink.uses[index].members,
            Head::Meta(index) => &mut self.meta[index].members,
        }
    }

    fn meta_property(&mut self, node: &MetaPropExpr) -> Chain {
        if node.kind != MetaPropKind::ImportMeta {
            return None;
        }
        let span = parse::raw(node.span);
        self.meta.push(MetaUse { span, members: Vec::new(), destructured: Vec::new() });
        Some(Head::Meta(self.meta.len() - 1))
    }

    /// A call or a `new`; `span` is all of it.
    fn call(
        &mut self,
        callee: &'ast Expr,
        types: Option<&'ast TsTypeParamInstantiation>,
        args: &'ast [ExprOrSpread],
        span: swc_common::Span,
    ) {
        let chain = self.chain(callee);
        if let Some(Head::Name(index)) = chain {
            self.sink.uses[index].called = true;
            if self.sink.uses[index].members.is_empty() && args.iter().take(2).any(|one| self.tells(one)) {
                let called = &self.sink.uses[index];
                let (name, place) = (called.name.clone(), called.span);
                let arguments = args
                    .iter()
                    .take_while(|one| one.spread.is_none())
                    .map(|one| self.evaluated(&one.expr))
                    .collect();
                let in_function = self.functions > 0;
                self.calls.push(Call { name, span: place, call: parse::raw(span), arguments, in_function });
            }
        }
        self.type_arguments(types);
        self.items(args);
    }

    /// Whether an argument says something by how it is written: a string (or one that is put together with `+`), a
    /// template literal, an array, an object.
    fn tells(&self, argument: &ExprOrSpread) -> bool {
        let mut node = shape::unwrap(&argument.expr);
        while let Expr::Bin(binary) = node
            && binary.op == BinaryOp::Add
        {
            node = shape::unwrap(&binary.left);
        }
        argument.spread.is_none()
            && match node {
                Expr::Lit(Lit::Str(_)) | Expr::Tpl(_) | Expr::Object(_) => true,
                Expr::Array(array) => !self.is_element(array),
                _ => false,
            }
    }

    pub(super) fn called(&mut self, chain: Chain) {
        if let Some(Head::Name(index)) = chain {
            self.sink.uses[index].called = true;
        }
    }

    /// Marks a use as assigned to. Assigning to a member leaves the name itself as it is.
    pub(crate) fn assigned(&mut self, chain: Chain) {
        if let Some(Head::Name(index)) = chain
            && self.sink.uses[index].members.is_empty()
        {
            self.sink.uses[index].assigned = true;
        }
    }

    fn items(&mut self, items: &'ast [ExprOrSpread]) {
        for item in items {
            self.expression(&item.expr);
        }
    }

    pub(crate) fn use_name(&mut self, name: &'ast Ident) -> Chain {
        let local = self.names.is_local(&name.sym)
            || &*name.sym == "undefined"
            || (self.own_arguments > 0 && &*name.sym == "arguments");
        if local {
            return None;
        }
        let span = self.name_span(name);
        self.add_use(name.sym.as_str().to_owned(), span)
    }

    pub(crate) fn add_use(&mut self, name: String, span: Span) -> Chain {
        if self.sink.uses.is_empty() {
            // Most items use one name or two, and a list that grows by itself begins with four.
            self.sink.uses.reserve_exact(2);
        }
        self.sink.uses.push(NameUse {
            name,
            span,
            in_function: self.functions > 0,
            members: Vec::new(),
            called: false,
            assigned: false,
            destructured: Vec::new(),
            typeof_operand: false,
        });
        Some(Head::Name(self.sink.uses.len() - 1))
    }

    fn simple_target(&mut self, target: &'ast SimpleAssignTarget) {
        match target {
            SimpleAssignTarget::Ident(name) => {
                let chain = self.use_name(&name.id);
                self.assigned(chain);
            }
            SimpleAssignTarget::Member(member) => {
                self.deeper(|walker| walker.member(member));
            }
            SimpleAssignTarget::SuperProp(prop) => {
                if let SuperProp::Computed(key) = &prop.prop {
                    self.expression(&key.expr);
                }
            }
            SimpleAssignTarget::Paren(inner) => {
                let chain = self.chain(&inner.expr);
                self.assigned(chain);
            }
            SimpleAssignTarget::OptChain(chain) => match &*chain.base {
                OptChainBase::Member(member) => {
                    self.deeper(|walker| walker.member(member));
                }
                OptChainBase::Call(call) => {
                    self.call(&call.callee, call.type_args.as_deref(), &call.args, call.span);
                }
            },
            SimpleAssignTarget::TsAs(inner) => {
                let chain = self.chain(&inner.expr);
                self.in_type(&inner.type_ann);
                self.assigned(chain);
                self.erase_after(&inner.expr, inner.span);
            }
            SimpleAssignTarget::TsSatisfies(inner) => {
                let chain = self.chain(&inner.expr);
                self.in_type(&inner.type_ann);
                self.assigned(chain);
                self.erase_after(&inner.expr, inner.span);
            }
            SimpleAssignTarget::TsNonNull(inner) => {
                let chain = self.chain(&inner.expr);
                self.assigned(chain);
                self.erase_after(&inner.expr, inner.span);
            }
            SimpleAssignTarget::TsTypeAssertion(inner) => {
                self.in_type(&inner.type_ann);
                self.erase_before(inner.span, &inner.expr);
                let chain = self.chain(&inner.expr);
                self.assigned(chain);
            }
            SimpleAssignTarget::TsInstantiation(inner) => {
                self.expression(&inner.expr);
                self.type_arguments(Some(&inner.type_args));
            }
            SimpleAssignTarget::Invalid(_) => {}
        }
    }

    fn object(&mut self, object: &'ast ObjectLit) {
        for part in &object.props {
            match part {
                PropOrSpread::Spread(spread) => self.expression(&spread.expr),
                PropOrSpread::Prop(prop) => match &**prop {
                    Prop::Shorthand(name) => {
                        self.use_name(name);
                    }
                    Prop::KeyValue(pair) => {
                        self.key(&pair.key);
                        self.expression(&pair.value);
                    }
                    Prop::Assign(assign) => {
                        self.use_name(&assign.key);
                        self.expression(&assign.value);
                    }
                    Prop::Getter(getter) => {
                        self.key(&getter.key);
                        self.function(&getter.function);
                    }
                    Prop::Setter(setter) => {
                        self.key(&setter.key);
                        self.function(&setter.function);
                    }
                    Prop::Method(method) => {
                        self.key(&method.key);
                        self.function(&method.function);
                    }
                },
            }
        }
    }

    /// A key of an object, class or pattern: only a computed one uses names.
    pub(crate) fn key(&mut self, key: &'ast PropName) {
        if let PropName::Computed(computed) = key {
            self.expression(&computed.expr);
        }
    }
}
