//! TypeScript: parses a stretch of it and reports facts. The only crate that names swc.
//!
//! Refuses to know templates, routes, salsa, files. What leaves it is in `facts.rs`.

mod ambient;
mod bindings;
mod config;
pub mod cursor;
mod depth;
mod enclosing;
mod evaluate;
mod export;
mod facts;
mod handlers;
mod holes;
mod hooks;
mod items;
mod leading;
mod limits;
mod mask;
mod messages;
mod module;
mod parse;
mod plain;
mod print;
mod props;
mod recover;
mod same;
mod scan;
mod shape;
#[cfg(test)]
mod tests;
mod unclosed;
mod walk;

use velox_diagnostics::Span;

pub use facts::{
    AwaitedInit, BindingKind, BindingPlace, Bindings, BoundName, Call, CodeEdit, Declarator, ElementInput,
    Export, ExportKind, ExportName, FunctionFacts, Handler, HoleFacts, HoleInput, HookCall, HookFunction,
    HookPlace, HookReads, HookTarget, HookUnder, Import, ImportName, ImportedName, Item, ItemKind, MapBody,
    MetaUse, ModuleFacts, NameBinding, NameForm, NameRole, NameUse, Parameter, Property, ScriptProblem,
    ScriptProblemKind, Shape, TakenKey, TemplateFacts, Unterminated, Value,
};

pub use props::{ComponentProps, Prop};

/// Which syntax a module is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// TypeScript; `<T>x` is a cast.
    TypeScript,
    /// TypeScript in which elements (given as inputs) stand.
    Tsx,
}

/// The functions that a module without elements exports under one of `names`, as they are or given to a function called `wrapper`.
/// Parses the module anew.
#[must_use]
pub fn handlers(text: &str, names: &[&str], wrapper: &str) -> Vec<Handler> {
    handlers::handlers(text, names, wrapper)
}

/// Parses a module (a server block, a `.ts`, `.tsx` or `.js` file). `elements` are those that stand in it (empty in [`Dialect::TypeScript`]).
/// `top_level_return` allows `return` outside of functions, as server blocks have it.
#[must_use]
pub fn parse_module(
    text: &str,
    dialect: Dialect,
    elements: &[ElementInput],
    top_level_return: bool,
) -> ModuleFacts {
    module::parse_module(text, dialect, elements, top_level_return)
}

/// Whether TypeScript without elements parses as a whole: what [`parse_module`] then gives has no problem that stopped the parser.
#[must_use]
pub fn parses(text: &str) -> bool {
    module::parses(text)
}

/// Parses the holes of a template. `text` is the whole template; outside of the holes it is not looked at.
#[must_use]
pub fn parse_holes(text: &str, holes: &[HoleInput]) -> TemplateFacts {
    holes::parse_holes(text, holes)
}

/// [`parse_holes`] without its quick way, for tests from outside: both must give the same.
#[doc(hidden)]
#[must_use]
pub fn parse_holes_with_parser(text: &str, holes: &[HoleInput]) -> TemplateFacts {
    holes::facts(text, holes, &|_| plain::Plain::default())
}

/// [`parse_module`] of TypeScript without its quick way, for tests from outside: both must give the same.
#[doc(hidden)]
#[must_use]
pub fn parse_module_with_parser(text: &str, top_level_return: bool) -> ModuleFacts {
    module::parse_all(text, &[], top_level_return)
}

/// All names of a module, each joined to its declaration: what editors ask. `elements` as in [`parse_module`].
#[must_use]
pub fn module_bindings(text: &str, dialect: Dialect, elements: &[ElementInput]) -> Bindings {
    bindings::of_module(text, dialect, elements)
}

/// All names of a template's holes, each joined to its declaration; those of the server block are free here. A hole may also be the
/// name of a component in a tag.
#[must_use]
pub fn hole_bindings(text: &str, holes: &[HoleInput]) -> Bindings {
    bindings::of_holes(text, holes)
}

/// The value that `velox.config.ts` exports by default, looked through `defineConfig(...)`, `satisfies` and names.
/// `None` where the file does not parse or exports nothing by default.
#[must_use]
pub fn evaluate_config(text: &str) -> Option<Value> {
    config::evaluate_config(text)
}

/// The value of JSON in which comments and trailing commas may stand (`tsconfig.json`). `None` where it does not parse.
#[must_use]
pub fn evaluate_json(text: &str) -> Option<Value> {
    config::evaluate_json(text)
}

/// The expressions, statements, types and patterns around an offset of a module, each span once, those inside before those around
/// them. Of a module that does not parse those in the statements that do. Takes what [`parse_module`] takes.
#[must_use]
pub fn enclosing_in_module(
    text: &str,
    dialect: Dialect,
    elements: &[ElementInput],
    offset: u32,
) -> Vec<Span> {
    enclosing::in_module(text, dialect, elements, offset)
}

/// The same for the code of a hole; nothing where it does not parse.
#[must_use]
pub fn enclosing_in_hole(text: &str, hole: &HoleInput, offset: u32) -> Vec<Span> {
    enclosing::in_hole(text, hole, offset)
}

/// The components that a module exports, with the props that its own text shows. `elements` are those that stand in it.
#[must_use]
pub fn component_props(text: &str, elements: &[ElementInput]) -> Vec<ComponentProps> {
    props::module(text, elements)
}

/// The props that the server block of a `.velox` component takes, as far as its own text shows them (language.md T12); nothing
/// where it does not parse.
#[must_use]
pub fn block_props(text: &str) -> Option<ComponentProps> {
    props::block(text)
}

/// What a module says of hooks: calls of what is imported, with the function that each stands in and what keeps it from running once in
/// each rendering, and its functions that are named like hooks. A function that the module exports as its default without a name has
/// that of the file, `stem`. Nothing where the module does not parse. Takes what [`parse_module`] takes.
#[must_use]
pub fn hook_reads(text: &str, dialect: Dialect, elements: &[ElementInput], stem: &str) -> HookReads {
    hooks::of_module(text, dialect, elements, stem)
}

/// Whether a name is one of a hook: `useCart`.
#[must_use]
pub fn is_hook_name(name: &str) -> bool {
    name.strip_prefix("use").is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// The name that a file gives to a hook: `useCart` of `useCart.ts` and of `use-cart.ts`.
#[must_use]
pub fn hook_name_of(stem: &str) -> Option<String> {
    let mut words = stem.split(['-', '_']);
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.push_str(letters.as_str());
    }
    is_hook_name(&name).then_some(name)
}

/// Whether two modules are the same program but for layout, comments, quotes and parentheses, types included. `elements` are those
/// that stand in each, as in [`parse_module`]. False where one of them does not parse.
#[must_use]
pub fn same_module(before: (&str, &[ElementInput]), after: (&str, &[ElementInput])) -> bool {
    same::modules(before, after)
}

/// Whether the holes of two templates hold the same code, as [`same_module`] has it. False where one does not parse.
#[must_use]
pub fn same_holes(before: (&str, &[HoleInput]), after: (&str, &[HoleInput])) -> bool {
    same::holes(before, after)
}
