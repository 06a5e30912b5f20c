//! Calls of hooks: what keeps its state from one rendering of a component to the next.

use velox_diagnostics::Span;

/// A call of something that may be a hook, by the name that an import binds, or of a hook that the module itself declares.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HookCall {
    /// The module that it is imported from; nothing where this one declares it.
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
