//! The one walk over the tree: uses of names, awaits, double declarations, and the edits that erase types.
//!
//! All of it is found in one pass, in the order of the source, because this crate is most of the compiler's time.
//! Refuses to know what a hole or an item is for: `holes.rs` and `module.rs` begin a [`Sink`] for each and take it.

mod class;
mod erase;
mod expression;
mod function;
mod hoist;
mod names;
mod pattern;
mod plain;
mod statement;
mod types;

pub(crate) use hoist::{for_each_declaration, for_each_var, is_type};
pub(crate) use names::{Binding, Names, ScopeKind};
pub(crate) use pattern::{bound, static_key};
pub(crate) use types::root;

use crate::{
    Call, CodeEdit, HoleFacts, MetaUse, NameUse, ScriptProblem, ScriptProblemKind, Shape, Value,
    evaluate::{self, Evaluator},
    mask::Hole,
    parse, shape,
};
use rustc_hash::FxHashSet;
use swc_ecma_ast::{ArrayLit, Expr};
use velox_diagnostics::Span;

/// What the walk finds in one hole, or one item.
#[derive(Default)]
pub(crate) struct Sink {
    /// Uses of names.
    pub(crate) uses: Vec<NameUse>,
    /// The first await outside of functions.
    pub(crate) awaits: Option<Span>,
    /// Depth of functions where it began.
    base: u32,
}

/// The walk.
pub(crate) struct Walker<'ast, 'a: 'ast> {
    pub(crate) text: &'a str,
    pub(crate) names: Names<'ast>,
    pub(crate) sink: Sink,
    pub(crate) edits: Vec<CodeEdit>,
    pub(crate) problems: Vec<ScriptProblem>,
    /// `import('specifier')` with a literal specifier.
    pub(crate) dynamic_imports: Vec<(String, Span)>,
    /// Names used as types.
    pub(crate) types: types::Types<'ast>,
    /// Calls that say something by their arguments.
    pub(crate) calls: Vec<Call>,
    /// Reads of `import.meta`.
    pub(crate) meta: Vec<MetaUse>,
    /// Evaluates arguments of calls and values of holes, with the `const`s of the module.
    pub(crate) evaluator: Evaluator<'ast>,
    /// How much they may hold in all.
    room: u32,
    /// The holes of embedded elements, and what was found in them.
    pub(crate) flat: &'a [Hole<'a>],
    pub(crate) holes: Vec<HoleFacts>,
    /// Holes that were read without the parser.
    among: plain::Among<'ast>,
    /// Whether code was found that does not lie in one hole: `{a]+[b}`.
    pub(crate) mixed: bool,
    /// Where names are declared twice.
    pub(crate) duplicates: FxHashSet<u32>,
    /// Whether `var` stands anywhere in the text.
    has_var: bool,
    functions: u32,
    /// Functions around that have their own `arguments`.
    own_arguments: u32,
    depth: u32,
    /// Inside a statement that is printed anew, so that edits are void.
    printing: bool,
}

impl<'ast, 'a> Walker<'ast, 'a> {
    pub(crate) fn new(text: &'a str, flat: &'a [Hole<'a>], evaluator: Evaluator<'ast>) -> Self {
        let holes = flat
            .iter()
            .map(|hole| HoleFacts {
                span: hole.input.span,
                valid: false,
                shape: Shape::Nothing(hole.input.span),
                value: None,
                uses: Vec::new(),
                awaits: false,
                edits: Vec::new(),
            })
            .collect();
        Self {
            text,
            names: Names::default(),
            sink: Sink::default(),
            edits: Vec::new(),
            problems: Vec::new(),
            dynamic_imports: Vec::new(),
            types: types::Types::default(),
            calls: Vec::new(),
            meta: Vec::new(),
            evaluator,
            // Names and spreads can multiply what is written, without end: in all it stays about as long as the text.
            room: 10_000 + text.len() as u32,
            flat,
            holes,
            among: plain::Among::default(),
            mixed: false,
            duplicates: FxHashSet::default(),
            has_var: memchr::memmem::find(text.as_bytes(), b"var").is_some(),
            functions: 0,
            own_arguments: 0,
            depth: 0,
            printing: false,
        }
    }

    pub(crate) fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// Takes what was found since the last call, and begins anew.
    pub(crate) fn take_sink(&mut self) -> Sink {
        std::mem::take(&mut self.sink)
    }

    /// Walks deeper, with more stack where little is left. Checked at every few levels: the check costs as much as a
    /// small node.
    pub(crate) fn deeper<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let result =
            if self.depth.is_multiple_of(8) { crate::depth::guarded(|| work(self)) } else { work(self) };
        self.depth -= 1;
        result
    }

    pub(crate) fn problem(&mut self, span: Span, message: impl Into<String>, help: Option<&str>) {
        let kind = ScriptProblemKind::Syntax { message: message.into(), help: help.map(str::to_owned) };
        self.problems.push(ScriptProblem { span, kind });
    }

    pub(crate) fn declare(&mut self, name: &'ast str, binding: Binding, span: Span) {
        if let Some(other) = self.names.declare(name, binding, span) {
            self.duplicate(name, span, other);
        }
    }

    pub(crate) fn duplicate(&mut self, name: &str, one: Span, other: Span) {
        let (first, second) = if one.start < other.start { (one, other) } else { (other, one) };
        let kind = ScriptProblemKind::DuplicateDeclaration { name: name.to_string(), first };
        if self.duplicates.insert(second.start) {
            self.problems.push(ScriptProblem { span: second, kind });
        }
    }

    pub(crate) fn scope(&mut self, kind: ScopeKind, work: impl FnOnce(&mut Self)) {
        self.names.enter(kind);
        work(self);
        self.names.leave();
    }

    /// Notes an `await`.
    pub(crate) fn awaits(&mut self, span: Span) {
        if self.functions == self.sink.base && self.sink.awaits.is_none() {
            self.sink.awaits = Some(span);
        }
    }

    /// Whether an array literal is an embedded element that was masked.
    pub(crate) fn is_element(&self, array: &ArrayLit) -> bool {
        self.bytes().get(parse::offset(array.span.lo) as usize) == Some(&b'<')
    }

    /// Puts what is told of the whole text into the order of the source.
    pub(crate) fn put_in_order(&mut self) {
        in_order(&mut self.dynamic_imports, |(_, span)| span.start);
        in_order(&mut self.calls, |call| call.span.start);
        in_order(&mut self.meta, |one| one.span.start);
    }

    /// The value of an expression, evaluated as far as it can be in the scope that the walk is in.
    pub(crate) fn evaluated(&mut self, node: &'ast Expr) -> Value {
        self.evaluator.open(node, &self.names, &mut self.room)
    }

    /// The value of a hole, where it is one of the kinds that [`HoleFacts::value`] tells.
    fn value_of_hole(&mut self, node: &'ast Expr) -> Option<Box<Value>> {
        let told = match shape::unwrap(node) {
            Expr::Object(_) | Expr::New(_) | Expr::Arrow(_) | Expr::Fn(_) | Expr::Class(_) => true,
            Expr::Array(array) => !self.is_element(array),
            Expr::Call(call) => evaluate::is_symbol(call),
            _ => false,
        };
        told.then(|| Box::new(self.evaluated(node)))
    }

    /// Walks the holes of an embedded element.
    pub(crate) fn element(&mut self, array: &'ast ArrayLit) {
        if self.among.is_some() {
            return self.element_among_plain(array);
        }
        let mut before = None;
        for item in array.elems.iter().flatten() {
            let index = self.hole(&item.expr, Some(item.spread.is_some()));
            // Two values in one hole: `{a, b}`.
            self.mixed |= index.is_none() || index == before;
            before = index;
        }
    }

    /// Walks the expression of one hole, and gives the hole's index. It must lie in it, and agree about `spread`.
    pub(crate) fn hole(&mut self, node: &'ast Expr, spread: Option<bool>) -> Option<usize> {
        let span = parse::span(node);
        let index = hole_at(self.flat, span.start)?;
        let input = self.flat[index].input;
        if !input.span.contains(span) || spread.is_some_and(|spread| spread != input.spread) {
            self.mixed = true;
            return None;
        }
        let sink = Sink { base: self.functions, ..Sink::default() };
        let outer = std::mem::replace(&mut self.sink, sink);
        let edits = std::mem::take(&mut self.edits);
        self.expression(node);
        let found = std::mem::replace(&mut self.sink, outer);
        let edits = sorted(std::mem::replace(&mut self.edits, edits));
        let shape = shape::shape(node, self.text);
        let value = self.value_of_hole(node);
        if let Some(facts) = self.holes.get_mut(index) {
            facts.valid = true;
            facts.shape = shape;
            facts.value = value;
            facts.uses = found.uses;
            facts.awaits = found.awaits.is_some();
            facts.edits = edits;
        }
        Some(index)
    }
}

/// Puts calls and the like into the order of the source. They nearly always come in it.
fn in_order<T>(list: &mut [T], place: impl Fn(&T) -> u32) {
    if !list.is_sorted_by_key(&place) {
        list.sort_by_key(place);
    }
}

/// The innermost hole in which code at this place can stand.
pub(crate) fn hole_at(flat: &[Hole<'_>], offset: u32) -> Option<usize> {
    let mut at = flat.partition_point(|hole| hole.input.span.start <= offset).checked_sub(1)?;
    loop {
        let hole = &flat[at];
        if hole.usable && hole.input.span.touches(offset) {
            return Some(at);
        }
        at = hole.parent? as usize;
    }
}

/// Edits in the order of the source. They nearly always come in that order.
pub(crate) fn sorted(mut edits: Vec<CodeEdit>) -> Vec<CodeEdit> {
    if !edits.is_sorted_by_key(|edit| (edit.span.start, edit.span.end)) {
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    }
    edits
}
