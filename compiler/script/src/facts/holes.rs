//! The holes of a template: how they are handed in, and what is known of each.

use super::{Call, CodeEdit, MetaUse, NameUse, ScriptProblem, Value};
use velox_diagnostics::Span;

/// A stretch of TypeScript in a template, as cut out by the template parser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoleInput {
    /// The code, without braces (and, in a spread, without the dots).
    pub span: Span,
    /// Whether a spread element is meant (`{...x}`): the code is the expression after the dots.
    pub spread: bool,
    /// Elements that stand in the code, in order. Each is an expression there.
    pub elements: Vec<ElementInput>,
}

impl Drop for HoleInput {
    /// Takes nested inputs apart one by one: they can be nested deeper than a stack is.
    fn drop(&mut self) {
        let mut work = std::mem::take(&mut self.elements);
        while let Some(mut element) = work.pop() {
            for mut hole in element.holes.drain(..) {
                work.append(&mut hole.elements);
            }
        }
    }
}

/// An element that stands in code: its place, and the holes inside it (attributes and children, to any depth that is not again inside code).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementInput {
    /// All of it, from `<` of the opening to `>` of the closing tag.
    pub span: Span,
    /// Holes in it, in order.
    pub holes: Vec<HoleInput>,
}

/// Facts about the holes of a template, in the order (pre-order) in which the inputs name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplateFacts {
    /// One for each input, outer before inner, in pre-order: input 0, the holes of its elements, input 1, and so on.
    pub holes: Vec<HoleFacts>,
    /// `import('specifier')` with a literal specifier: the specifier, and its span with quotes; in order.
    pub dynamic_imports: Vec<(String, Span)>,
    /// Names of outer scopes that are used as types, sorted, each once. See [`ModuleFacts::type_uses`].
    pub type_uses: Vec<String>,
    /// Calls of names of outer scopes that say something by their arguments, in order.
    pub calls: Vec<Call>,
    /// Reads of `import.meta`, in order.
    pub meta: Vec<MetaUse>,
    /// Syntax errors and double declarations.
    pub problems: Vec<ScriptProblem>,
}

/// Facts about one hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoleFacts {
    /// The input's span: the key to find it by.
    pub span: Span,
    /// False where the code did not parse; everything below is then empty.
    pub valid: bool,
    /// How the expression is built, as far as rendering cares.
    pub shape: Shape,
    /// The value, evaluated as far as it can be, where the expression is an object, an array, a function or class, a `new`, or makes a
    /// symbol; nothing otherwise. Names are those of the module's `const`s; in a template none is known. A class is a
    /// [`Value::Function`].
    pub value: Option<Box<Value>>,
    /// Uses of names that the hole (and the holes around it) does not itself declare, those of inner holes excluded.
    pub uses: Vec<NameUse>,
    /// Whether it awaits, functions in it and inner holes aside.
    pub awaits: bool,
    /// Edits that make JavaScript of it (types erased), those of inner holes excluded; disjoint and sorted.
    pub edits: Vec<CodeEdit>,
}

/// How an expression is built, as far as rendering cares. Parentheses and types around an expression are looked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An embedded element; the span is the element's.
    Element(Span),
    /// `test ? yes : no`.
    Conditional {
        /// The test's code.
        test: Span,
        /// Rendered where it holds.
        yes: Box<Shape>,
        /// Rendered where not.
        no: Box<Shape>,
        /// All of it.
        span: Span,
    },
    /// `left && right`.
    And {
        /// The left side's code.
        left: Span,
        /// Rendered where the left side is truthy.
        right: Box<Shape>,
        /// All of it.
        span: Span,
    },
    /// `object.map(callback)` with one argument that is a plain (not async, not generator) arrow function; not optional-chained.
    Map {
        /// The code before `.map`.
        object: Span,
        /// The arrow function's head with its parameters, `=>` excluded: `(item, index)`.
        head: Span,
        /// What it gives for an item.
        body: MapBody,
        /// The whole call.
        span: Span,
    },
    /// A string, number or template literal without holes: its value, as it is rendered.
    Constant {
        /// The value as text.
        value: String,
        /// The literal.
        span: Span,
    },
    /// A template literal with holes, not tagged.
    Template {
        /// The cooked text of the quasis; one more than `parts`.
        texts: Vec<String>,
        /// The code of the holes.
        parts: Vec<Span>,
        /// The literal, backticks included.
        span: Span,
    },
    /// `null`, `undefined`, `true`, `false`: renders nothing (the value still counts in attributes, by its text).
    Nothing(Span),
    /// An arrow function or function expression.
    Function(Span),
    /// Any other expression; the span is its code.
    Other(Span),
}

impl Shape {
    /// The expression's code.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Element(span)
            | Self::Conditional { span, .. }
            | Self::And { span, .. }
            | Self::Map { span, .. }
            | Self::Constant { span, .. }
            | Self::Template { span, .. }
            | Self::Nothing(span)
            | Self::Function(span)
            | Self::Other(span) => *span,
        }
    }
}

/// The body of the arrow function of a [`Shape::Map`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapBody {
    /// `x => expr`.
    Expression(Box<Shape>),
    /// `x => { ...; return expr; }`: the block with its braces, and each `return` that belongs to this function.
    Block {
        /// The block, braces included.
        block: Span,
        /// Each `return` statement's span (keyword to the end of its argument, without the semicolon) and what it gives; a bare `return` gives `Nothing`.
        returns: Vec<(Span, Shape)>,
    },
}
