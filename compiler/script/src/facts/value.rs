//! Values that are known without running code, with the place of each part. How they are found is in `evaluate/`.

use velox_diagnostics::Span;

/// A value evaluated without running code (language.md S6), with the place of each part.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    String(String, Span),
    /// A number.
    Number(f64, Span),
    /// `true` or `false`.
    Boolean(bool, Span),
    /// `null`.
    Null(Span),
    /// `undefined`.
    Undefined(Span),
    /// An array.
    Array(Vec<Value>, Span),
    /// An object, in order; a later key wins. Spreads of objects that can be evaluated are written out.
    Object(Vec<Property>, Span),
    /// Any number of values like this one.
    Repeated(Box<Value>, Span),
    /// A template literal with holes that cannot be evaluated, or strings joined with such by `+`: the cooked text around them, one more
    /// than there are holes.
    Template(Vec<String>, Span),
    /// `new Name(...)`, and `Symbol(...)`: the name.
    Instance(String, Span),
    /// A function.
    Function(Span),
    /// What cannot be evaluated: its place, and what it is, worded to follow "because": ``it calls `foo` ``.
    Unknown(Span, String),
}

impl Eq for Value {}

impl Value {
    /// The code that gave it.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::String(_, span)
            | Self::Number(_, span)
            | Self::Boolean(_, span)
            | Self::Null(span)
            | Self::Undefined(span)
            | Self::Array(_, span)
            | Self::Object(_, span)
            | Self::Repeated(_, span)
            | Self::Template(_, span)
            | Self::Instance(_, span)
            | Self::Function(span)
            | Self::Unknown(span, _) => *span,
        }
    }

    /// The property of an object with this key, the last one winning.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Property> {
        match self {
            Self::Object(properties, _) => properties.iter().rev().find(|property| property.key == key),
            _ => None,
        }
    }
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Its key; empty for a spread that could not be evaluated (the value is then `Unknown`).
    pub key: String,
    /// The key's place, quotes included.
    pub key_span: Span,
    /// Its value.
    pub value: Value,
}
