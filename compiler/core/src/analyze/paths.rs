//! `export function paths` (language.md S8, S9): its form, and what it may use.

use super::config::is_shorthand;
use super::page::Page;
use crate::ambient::{REQUEST_HOOKS, REQUEST_NAMES};
use crate::lift::declarations;
use crate::unit::VeloxFile;
use velox_diagnostics::{Code, Diagnostic, Span};
use velox_script::{ModuleFacts, NameUse, Value};

/// An item that `paths` is seen to return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathItem {
    /// The item's place.
    pub span: Span,
    /// Its keys and, where they can be seen, what their values are.
    pub keys: Vec<PathKey>,
    /// Whether a spread may bring more keys.
    pub open: bool,
}

/// A key of an item of `paths`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathKey {
    /// The key.
    pub name: String,
    /// What its value is.
    pub value: PathValue,
    /// The key's place.
    pub span: Span,
    /// Whether it is written as `{ name }`, without a value of its own.
    pub shorthand: bool,
}

/// What a value in an item of `paths` is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathValue {
    /// A string.
    Text,
    /// An array.
    List,
    /// `undefined`.
    Nothing,
    /// A number, boolean, object or other value that is no param.
    Other,
    /// Not to be seen from the code.
    Unknown,
}

/// Reads `paths`.
pub(crate) fn check_paths(file: &VeloxFile<'_>, page: &mut Page) {
    let Some(export) = file.block.exports.iter().find(|export| export.name == "paths" && !export.type_only)
    else {
        return;
    };
    let base = file.block_source().base;
    let span = export.span.shift(base);
    page.paths = Some(span);
    let form = "write `export async function paths() { return [{ ... }]; }`";
    let Some(function) = &export.function else {
        // What is imported, or made by a call, cannot be seen from here.
        let imported = file.block.imports.iter().flat_map(|import| &import.names);
        let local = export.local.as_deref().unwrap_or("paths");
        let unseen = matches!(export.value, Some(Value::Unknown(..) | Value::Function(_)))
            || imported.into_iter().any(|name| name.local == local);
        if export.from.is_none() && !unseen {
            page.diagnostics.push(
                Diagnostic::new(Code::INVALID_PATHS, file.path, span, "`paths` must be a function")
                    .help(form),
            );
        }
        return;
    };
    if function.is_generator {
        page.diagnostics.push(
            Diagnostic::new(
                Code::INVALID_PATHS,
                file.path,
                span,
                "`paths` returns an array, but this is a generator",
            )
            .help(form),
        );
    }
    if let Some(parameters) = function.parameters.filter(|_| function.parameter_count > 0) {
        page.diagnostics.push(
            Diagnostic::new(
                Code::INVALID_PATHS,
                file.path,
                parameters.shift(base),
                "`paths` takes no parameters",
            )
            .label("it runs once per build, outside of any request")
            .help("remove them"),
        );
    }
    for value in &function.returns {
        read_items(file, value, page);
    }
    check_uses(file, page);
}

fn read_items(file: &VeloxFile<'_>, value: &Value, page: &mut Page) {
    let base = file.block_source().base;
    let items = match value {
        Value::Array(items, _) => items.as_slice(),
        Value::Repeated(item, _) => std::slice::from_ref(&**item),
        Value::Unknown(..) => return,
        other => {
            page.diagnostics.push(
                Diagnostic::new(
                    Code::INVALID_PATHS,
                    file.path,
                    other.span().shift(base),
                    format!(
                        "`paths` returns an array of objects, but this is {}",
                        super::config::describe(other)
                    ),
                )
                .help("return one object for each page: `[{ slug: 'a' }, { slug: 'b' }]`"),
            );
            return;
        }
    };
    for item in items {
        let item = if let Value::Repeated(item, _) = item { &**item } else { item };
        match item {
            Value::Object(properties, span) => {
                // `{ params, props }` is the long form; what it holds is seen at build.
                let long = properties.iter().any(|property| {
                    property.key == "params"
                        && matches!(property.value, Value::Object(..) | Value::Unknown(..))
                });
                if long && properties.iter().all(|property| matches!(&*property.key, "params" | "props")) {
                    continue;
                }
                let mut keys = Vec::new();
                let mut open = false;
                for property in properties {
                    if property.key.is_empty() {
                        open = true;
                    } else {
                        keys.push(PathKey {
                            name: property.key.clone(),
                            value: path_value(&property.value),
                            span: property.key_span.shift(base),
                            shorthand: is_shorthand(file.block_source().text, property.key_span),
                        });
                    }
                }
                page.path_items.push(PathItem { span: span.shift(base), keys, open });
            }
            Value::Unknown(..) => {}
            other => page.diagnostics.push(
                Diagnostic::new(
                    Code::INVALID_PATHS,
                    file.path,
                    other.span().shift(base),
                    format!(
                        "an item of `paths` is an object with the route's params, but this is {}",
                        super::config::describe(other)
                    ),
                )
                .help("write `{ slug: 'a' }`"),
            ),
        }
    }
}

fn path_value(value: &Value) -> PathValue {
    match value {
        Value::String(..) => PathValue::Text,
        Value::Array(..) | Value::Repeated(..) => PathValue::List,
        Value::Undefined(_) => PathValue::Nothing,
        Value::Template(..) => PathValue::Text,
        Value::Unknown(..) => PathValue::Unknown,
        _ => PathValue::Other,
    }
}

/// A declaration that `paths` uses, itself or through others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathsStep {
    /// Index in the block's items.
    pub item: usize,
    /// The uses that lead from `paths` to it, in the block: the place, and what is there.
    pub way: Vec<(Span, String)>,
}

/// `paths` and every declaration that it uses, with the way there; what is awaited is left out, as it is an error to use it.
#[must_use]
pub fn items_of_paths(block: &ModuleFacts) -> Vec<PathsStep> {
    let reach = follow(block);
    reach.order.iter().map(|item| PathsStep { item: *item, way: reach.way(block, *item) }).collect()
}

/// What `paths` reaches in its block.
#[derive(Default)]
struct Reach<'a> {
    /// Items, in the order in which they are reached.
    order: Vec<usize>,
    /// For each item, the one that uses it first, and where.
    from: Vec<Option<(usize, &'a NameUse)>>,
    /// Uses of declarations that await, with the item that uses them.
    awaited: Vec<(usize, &'a NameUse)>,
}

impl Reach<'_> {
    fn way(&self, block: &ModuleFacts, item: usize) -> Vec<(Span, String)> {
        let mut steps = Vec::new();
        let mut at = item;
        while let Some((previous, used)) = self.from[at] {
            let user = block.items[previous].declares.first().map_or("it", |(name, _)| name);
            steps.push((used.span, format!("`{user}` uses `{}`", used.name)));
            at = previous;
        }
        steps.reverse();
        steps
    }
}

fn follow(block: &ModuleFacts) -> Reach<'_> {
    let declared = declarations(block);
    let mut reach = Reach { from: vec![None; block.items.len()], ..Reach::default() };
    let Some(start) = declared.get("paths").copied() else { return reach };
    let mut seen = vec![false; block.items.len()];
    let mut work = vec![start];
    seen[start] = true;
    while let Some(at) = work.pop() {
        reach.order.push(at);
        for used in &block.items[at].uses {
            let Some(next) = declared.get(&*used.name).copied() else { continue };
            if seen[next] {
                continue;
            }
            if block.items[next].awaits.is_some() {
                reach.awaited.push((at, used));
                continue;
            }
            seen[next] = true;
            reach.from[next] = Some((at, used));
            work.push(next);
        }
    }
    reach
}

/// Follows what `paths` uses to names that exist only in a request, or after an `await` of the block (S9).
fn check_uses(file: &VeloxFile<'_>, page: &mut Page) {
    let block = file.block;
    let base = file.block_source().base;
    let reach = follow(block);
    let mut found = Vec::new();
    for at in &reach.order {
        for used in &block.items[*at].uses {
            let needs_request = REQUEST_NAMES.contains(&&*used.name) || REQUEST_HOOKS.contains(&&*used.name);
            if needs_request && !file.declares(&used.name) {
                let what = format!("`paths` runs at build, where there is no `{}`", used.name);
                found.push((*at, used.span, what));
            } else if is_imported_hook(block, &used.name) {
                let what = format!("`paths` runs at build, where there is no request for `{}`", used.name);
                found.push((*at, used.span, what));
            }
        }
    }
    for (at, used) in &reach.awaited {
        let what = format!(
            "`paths` runs outside of the block, so it cannot use `{}`, which is awaited there",
            used.name
        );
        found.push((*at, used.span, what));
    }
    for (at, span, message) in found {
        let mut diagnostic = Diagnostic::new(Code::PATHS_NEEDS_REQUEST, file.path, span.shift(base), message)
            .help("compute it inside of `paths`, from imports and from values that need no request");
        for (span, message) in reach.way(block, at) {
            diagnostic = diagnostic.related(file.path, span.shift(base), message);
        }
        page.diagnostics.push(diagnostic);
    }
}

/// Whether a name is a hook of `velox/server`, imported by the block.
fn is_imported_hook(block: &ModuleFacts, name: &str) -> bool {
    block.imports.iter().filter(|import| import.specifier == "velox/server").any(|import| {
        import.names.iter().any(|one| one.local == name && REQUEST_HOOKS.contains(&&*one.imported))
    })
}
