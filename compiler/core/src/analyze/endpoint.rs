//! Exports of endpoints and of the middleware (language.md L5): what the runtime looks for, and nothing else.

use super::config::describe;
use velox_diagnostics::{Code, Diagnostic, Span, nearest};
use velox_script::{Export, Handler, ModuleFacts, Value};

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// The handlers of an endpoint, looked for where params are read in it, or something is awaited twice.
#[must_use]
pub fn handlers_of(text: &str) -> Vec<Handler> {
    let is_worth_it = text.contains("params") || text.matches("await").nth(1).is_some();
    if is_worth_it { velox_script::handlers(text, &METHODS, "defineHandler") } else { Vec::new() }
}

/// Checks the exports of a `+server.ts`.
#[must_use]
pub fn check_endpoint(path: &str, facts: &ModuleFacts) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let values = || facts.exports.iter().filter(|export| !export.type_only);
    // What `export *` brings is another file's affair.
    let mut answers = values().any(|export| export.name == "*");
    for export in values().filter(|export| export.name != "*") {
        if METHODS.contains(&&*export.name) {
            answers = true;
            found.extend(check_handler(path, export));
        } else if export.name != "config" {
            found.push(unknown_export(path, facts, export));
        }
    }
    if !answers && found.is_empty() {
        let message = "this endpoint exports no method, so every request to it is answered with 405";
        found.push(
            Diagnostic::new(Code::INVALID_ENDPOINT_EXPORT, path, Span::at(0), message)
                .help("export a function for each method that it answers: `export const GET = () => ...`"),
        );
    }
    found
}

/// A method that is certainly no function.
fn check_handler(path: &str, export: &Export) -> Option<Diagnostic> {
    let value = export.value.as_ref().filter(|value| is_plain(value))?;
    let message = format!("`{}` must be a function, but this is {}", export.name, describe(value));
    let help = format!("write `export const {} = () => ...`", export.name);
    Some(Diagnostic::new(Code::INVALID_ENDPOINT_EXPORT, path, export.span, message).help(help))
}

/// Whether a value is known, and no function.
fn is_plain(value: &Value) -> bool {
    !matches!(value, Value::Function(_) | Value::Unknown(..) | Value::Instance(..) | Value::Repeated(..))
}

fn unknown_export(path: &str, facts: &ModuleFacts, export: &Export) -> Diagnostic {
    let name = &*export.name;
    if name == "default" {
        let message = "an endpoint has no default export: its functions are named after methods";
        return Diagnostic::new(Code::INVALID_ENDPOINT_EXPORT, path, export.span, message)
            .help("name the method that it answers: `export const GET = ...`");
    }
    let diagnostic = Diagnostic::new(
        Code::INVALID_ENDPOINT_EXPORT,
        path,
        export.span,
        format!("an endpoint exports methods and `config`, but `{name}` is neither"),
    );
    let near = match name {
        "del" | "destroy" | "remove" => Some("DELETE"),
        _ => nearest(name, METHODS.into_iter().chain(["config"])),
    };
    let Some(near) = near else {
        return diagnostic
            .label("its methods are `GET`, `POST`, `PUT`, `PATCH`, `DELETE`, `HEAD` and `OPTIONS`")
            .help("leave `export` out, or move it into a module of lib/ that others can import");
    };
    let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
    let is_taken = facts.exports.iter().any(|other| other.name == near);
    let used = facts.items.iter().flat_map(|item| &item.uses);
    let is_used = used.chain(facts.holes.iter().flat_map(|hole| &hole.uses)).any(|used| used.name == name);
    match export.local.as_deref() {
        _ if is_taken => diagnostic,
        Some(local) if local == name => diagnostic.fix(
            format!("export it as `{near}`"),
            false,
            vec![(export.span, format!("{name} as {near}"))],
        ),
        Some(_) => {
            diagnostic.fix(format!("export it as `{near}`"), false, vec![(export.span, near.to_owned())])
        }
        None if is_used => diagnostic,
        None => diagnostic.fix(format!("name it `{near}`"), false, vec![(export.span, near.to_owned())]),
    }
}

/// Checks the exports of `middleware.ts`: the runtime takes the default export, or one that is named `middleware`.
#[must_use]
pub fn check_middleware(path: &str, facts: &ModuleFacts) -> Vec<Diagnostic> {
    let mut values = facts.exports.iter().filter(|export| !export.type_only);
    let Some(export) = facts
        .exports
        .iter()
        .find(|export| export.name == "default" && !export.type_only)
        .or_else(|| facts.exports.iter().find(|export| export.name == "middleware" && !export.type_only))
    else {
        if values.any(|export| export.name == "*") {
            return Vec::new();
        }
        let message = "the middleware exports no function by default, so no request could be answered";
        return vec![Diagnostic::new(Code::INVALID_ENDPOINT_EXPORT, path, Span::at(0), message).help(
            "write `export default defineMiddleware((request, next) => next());`, or remove the file",
        )];
    };
    let Some(value) = export.value.as_ref().filter(|value| is_plain(value)) else { return Vec::new() };
    let message = format!("the middleware must be a function, but this is {}", describe(value));
    vec![
        Diagnostic::new(Code::INVALID_ENDPOINT_EXPORT, path, export.span, message)
            .help("write `export default defineMiddleware((request, next) => next());`"),
    ]
}
