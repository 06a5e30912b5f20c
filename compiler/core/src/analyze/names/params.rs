//! Params that the file's route does not have (language.md R5, T2).

use super::scope::Scope;
use velox_diagnostics::{Code, Diagnostic, Span, nearest};

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
        let read = match members.first() {
            // A method of objects, called: `params` has none, but that is another mistake.
            Some(_) if name.called && members.len() == 1 => continue,
            Some(first) => std::slice::from_ref(first),
            None => &name.destructured,
        };
        for (param, span) in read {
            let Some(known) = params.get_or_insert_with(known) else { return found };
            if !known.names.contains(param) {
                let span = span.shift(used.base);
                let short = members.is_empty() && !follows(scope.file.text, span).starts_with(':');
                found.push(diagnostic(scope, known, param, span, short));
            }
        }
    }
    found
}

/// The code after a place.
fn follows(text: &str, span: Span) -> &str {
    text.get(span.end as usize..).unwrap_or_default().trim_start()
}

fn diagnostic(scope: &Scope<'_>, known: &KnownParams, param: &str, span: Span, short: bool) -> Diagnostic {
    let message = match (&known.pattern, known.names.is_empty()) {
        (Some(pattern), _) => format!("the route `{pattern}` has no param `{param}`"),
        (None, true) => format!("no route of this file has params, so there is no `{param}`"),
        (None, false) => format!("no route of this file has a param `{param}`"),
    };
    let diagnostic = Diagnostic::new(Code::UNKNOWN_PARAM, scope.file.path, span, message);
    if let Some(near) = nearest(param, known.names.iter().map(String::as_str)) {
        let written = span.text(scope.file.text);
        // A quoted key keeps its quotes, and a key taken out by its short form also names the variable.
        let text = match written.chars().next() {
            Some(quote @ ('\'' | '"')) => format!("{quote}{near}{quote}"),
            _ if short => format!("{near}: {param}"),
            _ => near.to_owned(),
        };
        return diagnostic.help(format!("did you mean `{near}`?")).fix(
            format!("write `{near}`"),
            false,
            vec![(span, text)],
        );
    }
    let list = known.names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match (known.names.len(), &known.pattern) {
        (0, Some(_)) => {
            let name = scope.file.path.rsplit('/').next().unwrap_or(scope.file.path);
            diagnostic.help(format!(
                "params come from file names in brackets: `[{param}].velox` instead of `{name}`"
            ))
        }
        (0, None) => diagnostic.help(format!("params come from the file names of routes: `[{param}].velox`")),
        (_, Some(_)) => diagnostic.help(format!("this route has {list}")),
        (_, None) => diagnostic.help(format!("the routes here have {list}")),
    }
}
