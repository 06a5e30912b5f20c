//! Params that the file's route does not have (language.md R5, T2), in pages, layouts and the handlers of endpoints.

use super::scope::Scope;
use rustc_hash::FxHashSet;
use velox_diagnostics::{Code, Diagnostic, Span, nearest};
use velox_script::{Handler, NameUse};

/// The params that a file may be given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownParams {
    /// Their names, each once.
    pub names: Vec<String>,
    /// The pattern, where the file has one of its own; layouts and error pages serve several routes.
    pub pattern: Option<String>,
}

/// Checks reads of `params` and `request.params`. `known` is asked where there are any; it gives nothing where the params
/// cannot be told.
#[must_use]
pub fn check_params(scope: &Scope<'_>, known: &dyn Fn() -> Option<KnownParams>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut params = None;
    for used in scope.uses() {
        let name = used.name;
        let members = match &*name.name {
            "params" => name.members.as_slice(),
            "request" if name.members.first().is_some_and(|(member, _)| member == "params") => {
                &name.members[1..]
            }
            _ => continue,
        };
        if scope.values.contains_key(&*name.name) {
            continue;
        }
        for (param, span) in read(name, members) {
            let Some(known) = params.get_or_insert_with(known) else { return found };
            if !known.names.contains(param) {
                let span = span.shift(used.base);
                let short = members.is_empty() && !follows(scope.file.text, span).starts_with(':');
                found.push(diagnostic(scope.file.path, scope.file.text, known, param, span, short));
            }
        }
    }
    found
}

/// Checks reads of params in the handlers of an endpoint: of what their first two parameters hold, the request and what goes with
/// it. `known` as in [`check_params`].
#[must_use]
pub fn check_handler_params(
    path: &str,
    text: &str,
    handlers: &[Handler],
    known: &dyn Fn() -> Option<KnownParams>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut params = None;
    for handler in handlers {
        // Each with its place, and whether it is a key and a name at once.
        let mut reads: Vec<(&String, Span, bool)> = Vec::new();
        let mut holders: Vec<&str> = Vec::new();
        let mut locals: FxHashSet<&str> = FxHashSet::default();
        for parameter in handler.parameters.iter().take(2) {
            holders.extend(parameter.name.as_deref());
            for taken in parameter.keys.iter().filter(|taken| taken.key == "params") {
                locals.extend(taken.local.as_deref());
                reads.extend(taken.inner.iter().map(|inner| (&inner.key, inner.span, inner.short)));
            }
        }
        let items = &handler.facts.items;
        let declared =
            || items.iter().flat_map(|item| item.declares.iter().map(move |(name, _)| (item, &**name)));
        let hidden: FxHashSet<&str> = declared().map(|(_, name)| name).collect();
        holders.retain(|name| !hidden.contains(name));
        locals.retain(|name| !hidden.contains(name));
        // `const { params } = request;`
        locals.extend(
            declared()
                .filter(|(item, name)| {
                    let takes = |used: &NameUse| {
                        holders.contains(&&*used.name)
                            && used.members.is_empty()
                            && used.destructured.iter().any(|(key, _)| key == name)
                    };
                    let is_const =
                        item.declarator.as_ref().is_some_and(|declarator| declarator.keyword == "const");
                    *name == "params" && is_const && item.uses.iter().any(takes)
                })
                .map(|(_, name)| name),
        );
        for used in items.iter().flat_map(|item| &item.uses) {
            let members = match &*used.name {
                name if locals.contains(name) => used.members.as_slice(),
                name if holders.contains(&name)
                    && used.members.first().is_some_and(|(member, _)| member == "params") =>
                {
                    &used.members[1..]
                }
                _ => continue,
            };
            let short = |span: Span| members.is_empty() && !follows(text, span).starts_with(':');
            reads.extend(read(used, members).iter().map(|(param, span)| (param, *span, short(*span))));
        }
        for (param, span, short) in reads {
            let Some(known) = params.get_or_insert_with(known) else { return found };
            if !known.names.contains(param) {
                found.push(diagnostic(path, text, known, param, span, short));
            }
        }
    }
    found
}

/// The params that a use reads; `members` are those behind the params themselves.
fn read<'a>(used: &'a NameUse, members: &'a [(String, Span)]) -> &'a [(String, Span)] {
    match members.first() {
        // A method of objects, called: `params` has none, but that is another mistake.
        Some(_) if used.called && members.len() == 1 => &[],
        Some(first) => std::slice::from_ref(first),
        None => &used.destructured,
    }
}

/// The code after a place.
fn follows(text: &str, span: Span) -> &str {
    text.get(span.end as usize..).unwrap_or_default().trim_start()
}

fn diagnostic(
    path: &str,
    text: &str,
    known: &KnownParams,
    param: &str,
    span: Span,
    short: bool,
) -> Diagnostic {
    let message = match (&known.pattern, known.names.is_empty()) {
        (Some(pattern), _) => format!("the route `{pattern}` has no param `{param}`"),
        (None, true) => format!("no route of this file has params, so there is no `{param}`"),
        (None, false) => format!("no route of this file has a param `{param}`"),
    };
    let diagnostic = Diagnostic::new(Code::UNKNOWN_PARAM, path, span, message);
    if let Some(near) = nearest(param, known.names.iter().map(String::as_str)) {
        let written = span.text(text);
        // A quoted key keeps its quotes, and a key taken out by its short form also names the variable.
        let right = match written.chars().next() {
            Some(quote @ ('\'' | '"')) => format!("{quote}{near}{quote}"),
            _ if short => format!("{near}: {param}"),
            _ => near.to_owned(),
        };
        return diagnostic.help(format!("did you mean `{near}`?")).fix(
            format!("write `{near}`"),
            false,
            vec![(span, right)],
        );
    }
    let list = known.names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match (known.names.len(), &known.pattern) {
        (0, Some(_)) => {
            let name = path.rsplit('/').next().unwrap_or(path);
            let end = if path.ends_with(".velox") { ".velox" } else { "+server.ts" };
            diagnostic.help(format!(
                "params come from file names in brackets: `[{param}]{end}` instead of `{name}`"
            ))
        }
        (0, None) => diagnostic.help(format!("params come from the file names of routes: `[{param}].velox`")),
        (_, Some(_)) => diagnostic.help(format!("this route has {list}")),
        (_, None) => diagnostic.help(format!("the routes here have {list}")),
    }
}
