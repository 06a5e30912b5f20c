//! Which name means what: all names of a stretch of TypeScript, each joined to its declaration.

use velox_diagnostics::Span;

/// The names of a module, or of the holes of a template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bindings {
    /// What the names mean; [`BoundName::binding`] is an index into it.
    pub bindings: Vec<NameBinding>,
    /// The names, in the order of their places; keys of objects, members (`b` of `a.b`) and labels are not among them.
    pub names: Vec<BoundName>,
    /// Names that `import { .. }` takes out of other modules, in order; default and namespace imports too.
    pub imports: Vec<ImportName>,
    /// Names that `export { .. }` and `export * as x` give to other modules, in order.
    pub exports: Vec<ExportName>,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameBinding {
    /// The name.
    pub name: String,
    /// Where it is declared.
    pub place: BindingPlace,
    /// What declares it; of several the first.
    pub kind: Option<BindingKind>,
}

/// Where a name is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BindingPlace {
    /// Not here: an outer or a global name.
    Free,
    /// At the top level of the module.
    Top,
    /// In a function, a block, a class, a type; the code in which it is in scope.
    Inner(Span),
}

/// What declares a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BindingKind {
    /// `const`, `using`.
    Const,
    /// `let`, `var`.
    Let,
    /// A parameter, of a `catch` too.
    Parameter,
    /// A function.
    Function,
    /// A class.
    Class,
    /// An import.
    Import,
    /// An enum or namespace.
    Enum,
    /// An interface or type alias.
    Type,
    /// A type parameter.
    TypeParameter,
}

/// A place at which a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoundName {
    /// The identifier.
    pub span: Span,
    /// What it means, by its index.
    pub binding: u32,
    /// What it does.
    pub role: NameRole,
    /// How it is written.
    pub form: NameForm,
}

/// What a name does at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameRole {
    /// It is declared there.
    Declaration,
    /// It is assigned to.
    Write,
    /// It is read, or named.
    Read,
}

/// How a name is written, as far as a new name must be written otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameForm {
    /// By itself.
    Plain,
    /// `{ a }` in an object or in a pattern, where it is the key too: `{ a: b }`.
    Property,
    /// `import { a }`, where it is the other module's name too: `import { a as b }`.
    Import,
    /// `export { a }`, where it is the exported name too: `export { b as a }`.
    Export,
}

/// A name that an import takes out of another module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportName {
    /// The specifier.
    pub specifier: String,
    /// The name there: `default`, `*` for a namespace, else the exported name.
    pub imported: String,
    /// Its place (quotes included, where it has some): that of `local` where they are written as one.
    pub span: Span,
    /// The place of the local name.
    pub local: Span,
}

/// A name that a clause gives to other modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportName {
    /// The specifier, of `export .. from`.
    pub from: Option<String>,
    /// The local name, or the name in the other module; `*` for a namespace.
    pub local: String,
    /// Its place.
    pub local_span: Span,
    /// The name that is given.
    pub exported: String,
    /// Its place: that of `local` where they are written as one.
    pub span: Span,
}
