//! Calls of hooks: what keeps its state from one rendering of a component to the next.

use velox_diagnostics::Span;

/// A call of a hook, or of what may be one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HookCall {
    /// The module that it is imported from, which is the one that declares it where others only hand it on; nothing where this
    /// one declares it.
    pub module: Option<String>,
    /// Its name in that module.
    pub name: String,
    /// What is called, as it is written: `signal`, `client.signal`.
    pub callee: Span,
    /// The end of the only argument, where there is just one, and it is no spread.
    pub only_argument: Option<u32>,
    /// The function that the call stands in.
    pub place: HookPlace,
    /// Name of that function, or of the component around it, where it has one.
    pub component: Option<String>,
    /// What keeps the call from running once in each rendering.
    pub under: Option<(HookUnder, Span)>,
    /// Names of the component that its arguments capture, and that may hold another value at the next rendering.
    pub captures: Vec<String>,
    /// Where the call stands behind a `return`, and is all of a declaration that nothing before it is needed for: that
    /// declaration, and the beginning of the statement with the `return`.
    pub movable: Option<(Span, u32)>,
}

/// What a module's text says of hooks, before it is known what of all that it imports is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HookReads {
    /// Calls of what is imported, and of functions of the module that may be hooks, in the order of the source.
    pub calls: Vec<(HookCall, HookTarget)>,
    /// Functions of the module that are hooks where they call one, in the order of the source.
    pub functions: Vec<HookFunction>,
}

/// A function that is named like a hook (`useCart`), or another name for what may be one. Without positions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HookFunction {
    /// The name in its module.
    pub name: String,
    /// The names under which the module exports it, sorted.
    pub exports: Vec<String>,
    /// What its body calls, or what it is another name for; sorted, each once.
    pub calls: Vec<HookTarget>,
}

/// What a call calls, by names alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HookTarget {
    /// An export of another module.
    Import {
        /// The specifier.
        specifier: String,
        /// The names that lead to it: `useCart`, `default`, `cart.useCart`.
        path: String,
        /// What it is called by: the last of these names, or the local one where it is the default export.
        name: String,
    },
    /// A function of the module itself.
    Own(String),
}

/// The function that a call stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HookPlace {
    /// None: the top level.
    Module,
    /// A component, or a hook.
    Component,
    /// A function inside of a component that gives elements: a callback that runs while the component renders.
    Callback,
    /// Any other function.
    Other,
}

/// What keeps a call from running once in each rendering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HookUnder {
    /// A condition: `if`, `?:`, `&&`, `||`, `??`, `switch`, `catch`, a default value.
    Condition,
    /// A loop.
    Loop,
    /// A `return` that may come before it.
    Return,
}
