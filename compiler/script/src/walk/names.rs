//! Which names are declared where, while the walk is inside.
//!
//! One table for all scopes: a declaration puts the one that it hides aside, and leaving the scope brings it back.
//! Declarations are entered before the uses of a scope are looked at, so hoisting needs no second pass.

use rustc_hash::FxHashMap;
use velox_diagnostics::Span;

/// How a name is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binding {
    /// `var`.
    Var,
    /// `let`, `const`, `using`, `class`.
    Lexical,
    /// A class declaration: a namespace of the same name may join it.
    Class,
    /// A function declaration.
    Function,
    /// A parameter.
    Parameter,
    /// The parameter of a `catch`, where it is a plain name.
    Catch,
    /// An import.
    Import,
    /// An enum.
    Enum,
    /// A namespace with values in it.
    Namespace,
    /// The own name of a function or class expression: anything may hide it.
    Own,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    scope: u32,
    binding: Binding,
    span: Span,
}

#[derive(Clone, Copy, Debug)]
struct Scope {
    id: u32,
    undo: usize,
    /// A function's body, or the module: `var`s end up here.
    function: bool,
    /// The scope of parameters that this body belongs to: its names must not be declared again by `let`.
    parameters: Option<u32>,
}

/// The names in scope.
#[derive(Default)]
pub(crate) struct Names<'ast> {
    entries: FxHashMap<&'ast str, Entry>,
    undo: Vec<(&'ast str, Option<Entry>)>,
    scopes: Vec<Scope>,
    next: u32,
    /// Places of namespaces that join a function or class of the same name.
    pub(crate) joined: Vec<Span>,
}

/// What kind of scope to enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScopeKind {
    /// The top level of a module. Its names count as free.
    Module,
    /// Parameters, the name of a function expression, the head of a loop.
    Head,
    /// A block.
    Block,
    /// A block that must not declare the names of the scope around it again: a `catch`'s.
    CatchBlock,
    /// A function's body.
    Body,
}

impl<'ast> Names<'ast> {
    /// Makes room for so many declarations.
    pub(crate) fn reserve(&mut self, names: usize) {
        self.entries.reserve(names);
        self.undo.reserve(names);
    }

    /// Enters a scope.
    pub(crate) fn enter(&mut self, kind: ScopeKind) {
        let parameters = match kind {
            ScopeKind::Body | ScopeKind::CatchBlock => self.scopes.last().map(|scope| scope.id),
            _ => None,
        };
        let function = matches!(kind, ScopeKind::Module | ScopeKind::Body);
        // The module's scope alone has the id 0.
        let id = if kind == ScopeKind::Module { 0 } else { self.next + 1 };
        self.next = id.max(self.next);
        self.scopes.push(Scope { id, undo: self.undo.len(), function, parameters });
    }

    /// Leaves the scope entered last.
    pub(crate) fn leave(&mut self) {
        let Some(scope) = self.scopes.pop() else { return };
        while self.undo.len() > scope.undo {
            match self.undo.pop() {
                Some((name, Some(entry))) => {
                    self.entries.insert(name, entry);
                }
                Some((name, None)) => {
                    self.entries.remove(name);
                }
                None => {}
            }
        }
    }

    /// Whether the name is declared inside, below the module's top level.
    pub(crate) fn is_local(&self, name: &str) -> bool {
        self.entries.get(name).is_some_and(|entry| entry.scope > 0)
    }

    /// Enters a declaration; gives the place of an earlier one that it must not stand beside.
    pub(crate) fn declare(&mut self, name: &'ast str, binding: Binding, span: Span) -> Option<Span> {
        let scope = *self.scopes.last()?;
        let entry = Entry { scope: scope.id, binding, span };
        match self.entries.insert(name, entry) {
            Some(old) if old.scope == scope.id => {
                if clash(old.binding, binding, scope) {
                    self.entries.insert(name, old);
                    return Some(old.span);
                }
                if binding == Binding::Namespace && matches!(old.binding, Binding::Function | Binding::Class)
                {
                    self.joined.push(span);
                }
                // Of declarations that join, the stricter one is remembered.
                if matches!(binding, Binding::Var | Binding::Namespace) {
                    self.entries.insert(name, old);
                }
                None
            }
            old => {
                self.undo.push((name, old));
                let old = old.filter(|old| scope.parameters == Some(old.scope))?;
                let hides = match old.binding {
                    Binding::Parameter => {
                        matches!(
                            binding,
                            Binding::Lexical | Binding::Class | Binding::Enum | Binding::Namespace
                        )
                    }
                    Binding::Catch => !matches!(binding, Binding::Var),
                    _ => false,
                };
                hides.then_some(old.span)
            }
        }
    }

    /// For a `var` in a nested block: a declaration between it and its function's body that it must not pass.
    pub(crate) fn blocked(&self, name: &str) -> Option<Span> {
        let function = self.scopes.iter().rposition(|scope| scope.function)?;
        let home = self.scopes[function].id;
        let entry = self.entries.get(name)?;
        let between = entry.scope > home || (home == 0 && entry.scope > 0);
        let strict =
            matches!(entry.binding, Binding::Lexical | Binding::Class | Binding::Function | Binding::Enum);
        (between && strict).then_some(entry.span)
    }
}

/// Whether two declarations of one name cannot stand in the same scope.
fn clash(old: Binding, new: Binding, scope: Scope) -> bool {
    use Binding::{Class, Enum, Function, Namespace, Own, Var};
    // In a function's body functions behave as `var`s; at a module's top level they do not.
    let loose = scope.function && scope.id > 0;
    match (old, new) {
        (Var, Var) | (Enum | Namespace, Enum | Namespace) | (Own, _) => false,
        (Function | Class, Namespace) | (Namespace, Function | Class) => false,
        (Var | Function, Var | Function) => !loose,
        _ => true,
    }
}
