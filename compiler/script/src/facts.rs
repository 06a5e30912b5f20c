//! What leaves this crate: plain facts about a stretch of TypeScript. No swc type among them.
//!
//! All spans are byte offsets in the text that was given to the parse function (region-relative). Every value is
//! comparable, so that equal facts stop a recomputation.

mod bindings;
mod handlers;
mod holes;
mod hooks;
mod value;

pub use bindings::{
    BindingKind, BindingPlace, Bindings, BoundName, ExportName, ImportName, NameBinding, NameForm, NameRole,
};
pub use handlers::{Handler, Parameter, TakenKey};
pub use holes::{ElementInput, HoleFacts, HoleInput, MapBody, Shape, TemplateFacts};
pub use hooks::{HookCall, HookFunction, HookPlace, HookReads, HookTarget, HookUnder};
pub use value::{Property, Value};

use velox_diagnostics::Span;

/// Something that is wrong with the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptProblem {
    /// The place to underline.
    pub span: Span,
    /// What is wrong.
    pub kind: ScriptProblemKind,
}

/// What is wrong with the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScriptProblemKind {
    /// A syntax error: what was found and what was expected, worded by this crate.
    Syntax {
        /// One line: ``expected `}` or an operator, found `b` ``.
        message: String,
        /// The edit that mends it, as a sentence, where one is obvious.
        help: Option<String>,
    },
    /// A string, template literal or comment that is never closed; the span is its quote, its backtick, its `/*`.
    Unterminated(Unterminated),
    /// A name exported twice; the span is the second.
    DuplicateExport {
        /// The exported name.
        name: String,
        /// Where it is exported first.
        first: Span,
    },
    /// A name declared twice in one scope; the span is the second.
    DuplicateDeclaration {
        /// The name.
        name: String,
        /// The first declaration's name.
        first: Span,
    },
}

impl ScriptProblemKind {
    /// Whether code did not parse because of it, so that names may be missing from the facts.
    #[must_use]
    pub fn is_syntax(&self) -> bool {
        matches!(self, Self::Syntax { .. } | Self::Unterminated(_))
    }
}

/// What is never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unterminated {
    /// A string in quotes.
    String,
    /// A template literal.
    Template,
    /// A comment that begins with `/*`.
    Comment,
}

/// A use of a name as a value (types aside).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NameUse {
    /// The name.
    pub name: String,
    /// The identifier.
    pub span: Span,
    /// Whether it is inside a function (and so may run later, or never).
    pub in_function: bool,
    /// What is read of it: `x.a.b` gives `a`, `b`; `x?.['a']` gives `a`; ends at the first call or computed key. Empty where it is used itself.
    pub members: Vec<(String, Span)>,
    /// Whether the name or member chain is called: `x()`, `x.a()`.
    pub called: bool,
    /// Whether it is assigned to.
    pub assigned: bool,
    /// Keys taken out of it by destructuring: `const { slug } = params`.
    pub destructured: Vec<(String, Span)>,
    /// Whether it is itself (no member of it) the operand of `typeof`, which asks whether a name exists.
    pub typeof_operand: bool,
}

/// A call `name(...)`, `name?.(...)` or `new name(...)` of a name that no inner scope declares, whose first or second argument is
/// written as a string (or one put together with `+`), a template literal, an array or an object: calls that may say something of
/// tags, paths and links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The called name.
    pub name: String,
    /// Its place.
    pub span: Span,
    /// All of the call, arguments included.
    pub call: Span,
    /// Its arguments, evaluated as far as they can be; a spread and what follows it are left out.
    pub arguments: Vec<Value>,
    /// Whether it is inside a function (and so may run later, or never).
    pub in_function: bool,
}

/// A read of `import.meta`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MetaUse {
    /// `import.meta`.
    pub span: Span,
    /// What is read of it: `import.meta.env.MODE` gives `env`, `MODE`; as in [`NameUse::members`].
    pub members: Vec<(String, Span)>,
    /// Keys taken out of it by destructuring.
    pub destructured: Vec<(String, Span)>,
}

/// An edit that makes JavaScript of TypeScript: the bytes of `span` become `text`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CodeEdit {
    /// What is replaced.
    pub span: Span,
    /// What stands there: nothing for an erased type, printed code for an enum or namespace.
    pub text: String,
    /// Where identifiers of `text` come from: byte offset in `text` → byte offset in the source; sorted.
    pub map: Vec<(u32, u32)>,
}

/// Facts about a module: a server block, a `.ts` or a `.tsx` file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModuleFacts {
    /// False where nothing of it could be parsed.
    pub valid: bool,
    /// Imports, in order.
    pub imports: Vec<Import>,
    /// Top-level statements other than imports, in order; a declaration with several declarators is one item for each.
    pub items: Vec<Item>,
    /// Exports, in order.
    pub exports: Vec<Export>,
    /// Edits that make JavaScript of it, those of embedded elements' holes excluded; disjoint and sorted. Imports are edited too
    /// (types erased from the clause); an import of which nothing is left is erased whole.
    pub edits: Vec<CodeEdit>,
    /// Whether a top-level statement awaits, functions aside.
    pub awaits: Option<Span>,
    /// `import('specifier')` with a literal specifier, anywhere in the module (types aside): the specifier, and its span with quotes; in order.
    pub dynamic_imports: Vec<(String, Span)>,
    /// Names of its top level and of outer scopes that are used as types anywhere in it, its holes included: in annotations, type
    /// arguments, `implements` and what an interface extends; `x` of `typeof x` in a type, `A` of `A.B`; in `import type x = A.B`,
    /// `export type { A }`, and `export { A }` of a type. Sorted, each once. More than that at worst: a type's own name where it uses
    /// itself, and types that a function declares for itself. Type parameters are not among them.
    pub type_uses: Vec<String>,
    /// Calls of its top-level names and of global ones that say something by their arguments, those of its holes included, in order.
    pub calls: Vec<Call>,
    /// Reads of `import.meta`, in order.
    pub meta: Vec<MetaUse>,
    /// Values that it declares for the whole project in `declare global`, in order. A `.d.ts` can declare them otherwise too, see
    /// [`ModuleFacts::ambient_values`].
    pub globals: Vec<String>,
    /// Facts about the holes of elements that stand in it (in pre-order); `shape` is [`Shape::Other`] where it is not needed.
    pub holes: Vec<HoleFacts>,
    /// Syntax errors and double declarations.
    pub problems: Vec<ScriptProblem>,
}

impl ModuleFacts {
    /// Values that a `.d.ts` of this text declares for the whole project: those of `declare global`, and those of its top level
    /// where it neither imports nor exports (it is then a script, and no module).
    pub fn ambient_values(&self) -> impl Iterator<Item = &str> {
        let script = self.imports.is_empty() && !self.items.iter().any(|item| item.exported);
        let items = if script { self.items.as_slice() } else { &[] };
        let declared = items.iter().flat_map(|item| &item.declares).map(|(name, _)| name.as_str());
        self.globals.iter().map(String::as_str).chain(declared)
    }
}

/// An import declaration, or `import x = require()`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Import {
    /// The whole statement, semicolon included.
    pub span: Span,
    /// The specifier's text.
    pub specifier: String,
    /// The specifier with its quotes.
    pub specifier_span: Span,
    /// `import type`.
    pub type_only: bool,
    /// Names that it binds; empty for `import 'x'`.
    pub names: Vec<ImportedName>,
}

/// A name that an import binds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImportedName {
    /// Name in this file.
    pub local: String,
    /// Its place.
    pub span: Span,
    /// Name in the other file: `default`, `*` for a namespace, else the exported name.
    pub imported: String,
    /// `import { type T }`, or under `import type`.
    pub type_only: bool,
}

/// A top-level statement, or one declarator of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The whole statement, `export` and semicolon included.
    pub statement: Span,
    /// The declaration without `export`: `const a = 1, b = 2;` → the statement from `const`; for a declarator see `declarator`.
    pub span: Span,
    /// Keyword and place, where this is one declarator of a `const`, `let` or `var` statement.
    pub declarator: Option<Declarator>,
    /// What it is.
    pub kind: ItemKind,
    /// Names that it declares as values. An item of the kind [`ItemKind::Type`] has them too, where it is a `declare const`, `declare
    /// function`, `declare class`, `declare enum`, or a `declare namespace` that holds values: they are declared, and leave nothing.
    pub declares: Vec<(String, Span)>,
    /// Names that it uses as values.
    pub uses: Vec<NameUse>,
    /// First `await` outside of functions (`for await` and `await using` included).
    pub awaits: Option<Span>,
    /// Where this is a declarator `pattern = await expression` (of any keyword, see [`Declarator::keyword`]): its parts.
    pub awaited: Option<AwaitedInit>,
    /// Whether `export` stands before it.
    pub exported: bool,
}

/// The parts of a declarator `pattern: Type = await expression`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AwaitedInit {
    /// The name or pattern, its type annotation excluded.
    pub pattern: Span,
    /// The type annotation, with its colon.
    pub annotation: Option<Span>,
    /// What is awaited, without the keyword.
    pub expression: Span,
    /// Whether what is awaited is a call (`import('x')` too).
    pub call: bool,
    /// Whether types stand around the `await` (`(await x) as T`, `(await x)!`): made of the parts alone, code would lose them.
    pub cast: bool,
}

/// One declarator of a variable statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Declarator {
    /// `const`, `let`, `var`, `using` or `await using`.
    pub keyword: &'static str,
    /// `a = 1`, without keyword and comma.
    pub span: Span,
    /// Index in the statement, and how many there are.
    pub index: (u32, u32),
}

/// What a top-level statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// `const`, `let`, `var`.
    Variable,
    /// A function declaration.
    Function,
    /// A class declaration.
    Class,
    /// An enum, or a namespace that holds values.
    Enum,
    /// Interface, type alias, `declare`, or a namespace of types: leaves nothing.
    Type,
    /// `export { a as b }`, `export * from 'x'`, `export default expr`.
    Export,
    /// A `return` at top level.
    Return,
    /// Any other statement.
    Statement,
}

/// An export of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The exported name; `default` for a default export; `*` for `export * from`.
    pub name: String,
    /// The place of the name (of the keyword `default`, of the `*`).
    pub span: Span,
    /// The local name, where it differs or is exported by `export { local as name }`.
    pub local: Option<String>,
    /// `export ... from 'specifier'`: the specifier and its span with quotes.
    pub from: Option<(String, Span)>,
    /// What is exported.
    pub kind: ExportKind,
    /// For a `const` (looked up through the file's own `const`s): the value, evaluated as far as it can be without running code. For
    /// what is exported as `config`, template literals with holes have no value (language.md S6).
    pub value: Option<Value>,
    /// For a function: its shape.
    pub function: Option<FunctionFacts>,
    /// Only a type.
    pub type_only: bool,
}

/// What an export exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportKind {
    /// `export const`.
    Const,
    /// `export let` or `var`.
    Let,
    /// `export function`, or a `const` that holds an arrow function or function expression.
    Function,
    /// `export class`.
    Class,
    /// `export { x }`, with or without `from`, or `export *`.
    Reexport,
    /// `export default`.
    Default,
    /// Enum, namespace, type.
    Other,
}

/// The shape of a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionFacts {
    /// `async`.
    pub is_async: bool,
    /// `function*`.
    pub is_generator: bool,
    /// Its parameters with types, parentheses excluded; empty where it has none.
    pub parameters: Option<Span>,
    /// Number of parameters.
    pub parameter_count: u32,
    /// What it returns, for each `return` (or the arrow's expression), evaluated as far as possible. `x.map(y => ({ .. }))` and
    /// `Array.from(.., y => ({ .. }))` give an array with one item, marked [`Value::Repeated`].
    pub returns: Vec<Value>,
}
