//! What the walk over a marked tree keeps: the names found, and where it is.

use crate::{BindingKind, BindingPlace, Bindings, BoundName, NameBinding, NameForm, NameRole, depth, parse};
use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::{Expr, Ident, TsFnParam, VarDeclarator};
use swc_ecma_visit::VisitWith;
use velox_diagnostics::Span;

/// What names in a pattern do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    Declare,
    Assign,
    Read,
}

pub(super) struct Collector<'a> {
    pub(super) text: &'a str,
    pub(super) unresolved: SyntaxContext,
    pub(super) top_level: SyntaxContext,
    pub(super) found: Bindings,
    pub(super) ids: FxHashMap<(Atom, SyntaxContext), u32>,
    pub(super) mode: Mode,
    /// What declares the names of the pattern that is walked.
    pub(super) kind: BindingKind,
    /// The code of the scopes around, the innermost last.
    pub(super) scopes: Vec<Span>,
    /// How many of them there are around the innermost function's body.
    pub(super) functions: Vec<usize>,
    /// Members of the enum that is walked.
    pub(super) members: FxHashSet<Atom>,
    pub(super) depth: u32,
}

impl Collector<'_> {
    /// The identifier's place; nothing where it is not written as it is called, with escapes.
    pub(super) fn place(&self, name: &Ident) -> Option<Span> {
        let start = parse::offset(name.span.lo);
        let rest = self.text.get(start as usize..)?;
        rest.starts_with(&*name.sym).then(|| Span::new(start, start + name.sym.len() as u32))
    }

    pub(super) fn name(&mut self, name: &Ident, role: NameRole, form: NameForm) {
        self.declare(name, role, form, None);
    }

    pub(super) fn declare(
        &mut self,
        name: &Ident,
        role: NameRole,
        form: NameForm,
        kind: Option<BindingKind>,
    ) {
        if &*name.sym == "undefined" || &*name.sym == "this" || name.sym.is_empty() {
            return;
        }
        let Some(span) = self.place(name) else { return };
        let count = self.found.bindings.len() as u32;
        let binding = *self.ids.entry((name.sym.clone(), name.ctxt)).or_insert(count);
        if binding == count {
            let place = if name.ctxt == self.top_level {
                BindingPlace::Top
            } else if name.ctxt == self.unresolved || name.ctxt == SyntaxContext::empty() {
                BindingPlace::Free
            } else {
                BindingPlace::Inner(Span::new(0, self.text.len() as u32))
            };
            self.found.bindings.push(NameBinding { name: name.sym.as_str().to_owned(), place, kind: None });
        }
        if role == NameRole::Declaration {
            let scope = self.scopes.last().copied();
            let one = &mut self.found.bindings[binding as usize];
            if one.kind.is_none() {
                one.kind = kind;
                if let (BindingPlace::Inner(_), Some(scope)) = (one.place, scope) {
                    one.place = BindingPlace::Inner(scope);
                }
            }
        }
        self.found.names.push(BoundName { span, binding, role, form });
    }

    pub(super) fn scoped(&mut self, span: swc_common::Span, work: impl FnOnce(&mut Self)) {
        self.scopes.push(parse::raw(span));
        work(self);
        self.scopes.pop();
    }

    pub(super) fn with_mode(&mut self, mode: Mode, kind: BindingKind, work: impl FnOnce(&mut Self)) {
        let before = (self.mode, self.kind);
        (self.mode, self.kind) = (mode, kind);
        work(self);
        (self.mode, self.kind) = before;
    }

    pub(super) fn deeper(&mut self, work: impl FnOnce(&mut Self)) {
        self.depth += 1;
        if self.depth.is_multiple_of(8) {
            depth::guarded(|| work(self))
        } else {
            work(self)
        }
        self.depth -= 1;
    }

    /// A key of an object, class or type: only a computed one uses names.
    pub(super) fn signature_key(&mut self, key: &Expr, computed: bool) {
        if computed {
            key.visit_with(self);
        }
    }

    pub(super) fn declarators(&mut self, declarators: &[VarDeclarator], kind: BindingKind) {
        for one in declarators {
            self.with_mode(Mode::Declare, kind, |c| one.name.visit_with(c));
            one.init.visit_with(self);
        }
    }

    pub(super) fn type_parameters(&mut self, parameters: &[TsFnParam]) {
        self.with_mode(Mode::Declare, BindingKind::Parameter, |c| parameters.visit_with(c));
    }

    /// A name in a pattern.
    pub(super) fn bind(&mut self, name: &Ident, form: NameForm) {
        match self.mode {
            Mode::Declare => self.declare(name, NameRole::Declaration, form, Some(self.kind)),
            Mode::Assign => self.name(name, NameRole::Write, form),
            Mode::Read => self.name(name, NameRole::Read, form),
        }
    }
}
