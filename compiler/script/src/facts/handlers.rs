//! Facts about the handlers of an endpoint.

use super::ModuleFacts;
use velox_diagnostics::Span;

/// An exported function that answers requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handler {
    /// The name that it is exported as.
    pub name: String,
    /// What it takes.
    pub parameters: Vec<Parameter>,
    /// Its statements without the braces around them, or the expression that it is.
    pub body: Span,
    /// Facts about its body, read as the top level of a module: parameters and names of the module are free in it. Spans count from
    /// the start of the module.
    pub facts: ModuleFacts,
}

/// A parameter: a name, or a pattern.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameter {
    /// The name, where it is one.
    pub name: Option<String>,
    /// The keys that an object pattern takes out of it.
    pub keys: Vec<TakenKey>,
    /// Whether it has a part that is not told here: the rest of an object, an array.
    pub rest: bool,
}

/// A key that a pattern takes out of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenKey {
    /// The key.
    pub key: String,
    /// Its place.
    pub span: Span,
    /// The name that its value gets, if it gets one.
    pub local: Option<String>,
    /// The keys that are taken out of its value.
    pub inner: Vec<TakenKey>,
    /// Whether it is written once, for key and name.
    pub short: bool,
}
