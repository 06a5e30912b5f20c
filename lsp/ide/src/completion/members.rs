//! Members: params of the route, members of what the framework gives, names of the environment, exports of a namespace; and what is
//! taken out of them by destructuring.

use super::exports::METHODS;
use super::routes::escaped;
use super::{Item, ItemKind};
use crate::code::{CodeAt, Origin, framework_name, origin};
use crate::framework::{self, Member};
use crate::{Document, ambient};
use velox_core::route::ParamKind;
use velox_db::{FileRole, all_exports, imports, route_params};

/// Names of the environment that the build knows (language.md P4).
pub(crate) const ENVIRONMENT: [(&str, &str); 6] = [
    ("MODE", "`development` or `production`."),
    ("DEV", "Whether it runs in development."),
    ("PROD", "Whether it runs in production."),
    ("SSR", "Whether it runs on the server."),
    ("BASE_URL", "The path that the site is served under."),
    ("NODE_ENV", "`development` or `production`."),
];

/// The members of a chain of names.
pub(super) fn complete(document: Document<'_>, code: &CodeAt<'_>, chain: &[String], items: &mut Vec<Item>) {
    let known = of_chain(document, code, chain);
    let is_known = !known.is_empty();
    items.extend(known);
    if !is_known {
        of_any(document, code, items);
        if let (Some(name), true) = (chain.last(), may_hold_elements(document, code)) {
            items.push(map_snippet(name));
        }
    }
}

/// The keys that a pattern may take out of a chain of names, those that it has left out.
pub(super) fn keys(
    document: Document<'_>,
    code: &CodeAt<'_>,
    of: &[String],
    taken: &[String],
    items: &mut Vec<Item>,
) {
    let known = of_chain(document, code, of);
    items.extend(known.into_iter().filter(|item| !taken.contains(&item.label)).map(|mut item| {
        item.text.clone_from(&item.label);
        item.snippet = false;
        item
    }));
}

/// What any value may have: nothing is known of it without types.
pub(super) fn of_any(_document: Document<'_>, _code: &CodeAt<'_>, _items: &mut Vec<Item>) {}

/// The members of what a chain of names holds, as far as it is known.
pub(crate) fn of_chain(document: Document<'_>, code: &CodeAt<'_>, chain: &[String]) -> Vec<Item> {
    let names: Vec<&str> = chain.iter().map(String::as_str).collect();
    match names.as_slice() {
        ["import", "meta"] => {
            vec![Item::new("env", ItemKind::Property), Item::new("url", ItemKind::Property)]
        }
        ["import", "meta", "env"] => environment(document, true),
        ["process", "env"] if !is_declared(document, code, "process") => environment(document, false),
        _ => match kind_of(document, code, &names) {
            Some(Known::Params) => params(document),
            Some(Known::Interface(module, name)) => members_of(module, name).map(member).collect(),
            Some(Known::Namespace(specifier)) => namespace(document, &specifier),
            None => Vec::new(),
        },
    }
}

/// The members of a type; those of the Web's `Request` behind those that the framework adds.
pub(crate) fn members_of(module: &str, name: &str) -> impl Iterator<Item = &'static Member> {
    let base = if name == "VeloxRequest" { framework::web("Request") } else { None };
    framework::export(module, name).into_iter().chain(base).flat_map(|entry| &entry.members)
}

/// What is known of a value.
pub(crate) enum Known {
    /// It is the params of the route.
    Params,
    /// It is of a type of the framework: package and name.
    Interface(&'static str, &'static str),
    /// It is a module as a whole.
    Namespace(String),
}

/// What is known of what a chain of names holds.
pub(crate) fn kind_of(document: Document<'_>, code: &CodeAt<'_>, names: &[&str]) -> Option<Known> {
    let (first, rest) = names.split_first()?;
    let inner = code.is_inner(first);
    let mut known = if inner {
        of_parameter(document, code, first)?
    } else {
        match origin(document.module_facts(), first) {
            Some(Origin::Import(import, name)) if name.imported == "*" => {
                Known::Namespace(import.specifier.clone())
            }
            Some(Origin::Import(..)) => return None,
            Some(Origin::Item(item)) => {
                let script = document.script()?.text(document.text());
                result_of(document, item.declarator.as_ref()?.span.text(script))?
            }
            None => of_ambient(document, code, first)?,
        }
    };
    for name in rest {
        let Known::Interface(module, interface) = known else { return None };
        known = match (interface, *name) {
            ("VeloxRequest", "params") | ("HandlerContext", "params") => Known::Params,
            ("VeloxRequest", "cookies") => Known::Interface("velox/server", "RequestCookies"),
            _ => {
                let member = members_of(module, interface).find(|member| member.name == *name)?;
                // What a method gives is not what it is.
                if member.signature.get(name.len()..).is_some_and(|rest| rest.starts_with(['(', '<'])) {
                    return None;
                }
                interface_of(member.signature.rsplit(": ").next()?)?
            }
        };
    }
    Some(known)
}

fn of_ambient(document: Document<'_>, code: &CodeAt<'_>, name: &str) -> Option<Known> {
    // A declaration that the parser lost hides the name.
    if code.cursor.locals.iter().any(|local| local.name == name) {
        return None;
    }
    match name {
        "params" => ambient::find(document, name).map(|_| Known::Params),
        "url" => ambient::find(document, name).map(|_| Known::Interface(framework::WEB, "URL")),
        _ => ambient::find(document, name)?.members.map(|(module, name)| Known::Interface(module, name)),
    }
}

/// What a handler or a middleware is given, by the names that everybody gives it.
fn of_parameter(document: Document<'_>, code: &CodeAt<'_>, name: &str) -> Option<Known> {
    let head = code.cursor.head.iter().any(|word| METHODS.contains(&word.as_str()) || word == "default");
    let is_handler = match document.role() {
        FileRole::Endpoint => head,
        FileRole::Middleware => true,
        _ => false,
    };
    match name {
        "request" | "req" if is_handler => Some(Known::Interface("velox/server", "VeloxRequest")),
        "params" if is_handler => Some(Known::Params),
        "context" | "ctx" if is_handler => Some(Known::Interface("velox/server", "HandlerContext")),
        _ => {
            // `const cookies = useCookies()` in a function.
            let local = code.cursor.locals.iter().rfind(|local| local.name == name && local.inner)?;
            let rest = code.text.get(local.span.start as usize..)?;
            let end = rest.find(['\n', ';']).unwrap_or(rest.len());
            result_of(document, &rest[..end])
        }
    }
}

/// What `name = callee(...)` holds, where the callee is a function of the framework that gives one of its types.
fn result_of(document: Document<'_>, declarator: &str) -> Option<Known> {
    let value = declarator.split_once('=')?.1.trim_start();
    let awaited = value.strip_prefix("await ");
    let value = awaited.unwrap_or(value).trim_start();
    let (value, is_new) =
        value.strip_prefix("new ").map_or((value, false), |value| (value.trim_start(), true));
    let end =
        value.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '.'))).unwrap_or(value.len());
    if !value[end..].starts_with(['(', '<']) {
        return None;
    }
    let chain: Vec<String> = value[..end].split('.').map(str::to_owned).collect();
    let (module, name) = framework_name(document, &chain)?;
    let module = &*framework::module(&module)?.specifier;
    if is_new {
        let entry = framework::export(module, name)?;
        return Some(Known::Interface(module, &entry.name));
    }
    let gives = framework::export(module, name)?.signatures.first()?.rsplit("): ").next()?;
    // A promise has to be awaited first.
    (awaited.is_some() || !gives.starts_with("Promise<")).then(|| interface_of(gives)).flatten()
}

/// `Promise<Cookies>` → the type of the framework that it names.
fn interface_of(written: &'static str) -> Option<Known> {
    let written = written.strip_prefix("Promise<").unwrap_or(written);
    let name = written.split(['<', '>', ' ', '|', '[']).next()?.trim();
    if let Some(entry) = framework::web(name) {
        return Some(Known::Interface(framework::WEB, &entry.name));
    }
    let (module, entry) = framework::modules().iter().find_map(|module| {
        let entry = framework::export(&module.specifier, name)?;
        Some((&*module.specifier, entry))
    })?;
    if name == "Params" {
        return Some(Known::Params);
    }
    // `ReadonlySignal<T> = Computed<T>`.
    if entry.kind == "type" {
        let other = entry.signatures.first()?.split_once(" = ")?.1;
        return if other.starts_with(name) { None } else { interface_of(other) };
    }
    (!entry.members.is_empty()).then_some(Known::Interface(module, &entry.name))
}

/// The params of the file's route, or of the routes around which it stands.
pub(crate) fn params(document: Document<'_>) -> Vec<Item> {
    let make = |name: &str, shape: &str| {
        let mut item = Item::new(name, ItemKind::Param);
        item.detail = Some(shape.to_owned());
        item
    };
    if let Some(entry) = document.route() {
        let pattern = &entry.route.pattern;
        let text = pattern.text();
        return pattern
            .params()
            .map(|(name, kind)| {
                let mut item = make(name, param_shape(kind));
                item.documentation = Some(format!("A param of `{text}`."));
                item
            })
            .collect();
    }
    let known = route_params(document.db, document.project, document.file).as_ref();
    known.into_iter().flat_map(|known| &known.names).map(|name| make(name, "of some of its routes")).collect()
}

/// The type of a param.
pub(crate) fn param_shape(kind: ParamKind) -> &'static str {
    match kind {
        ParamKind::Param => "string",
        ParamKind::Optional => "string | undefined",
        ParamKind::Rest | ParamKind::OptionalRest => "string[]",
    }
}

fn member(member: &'static Member) -> Item {
    let rest = member.signature.strip_prefix(&*member.name).unwrap_or_default();
    let is_function = rest.starts_with(['(', '<']);
    let kind = if is_function { ItemKind::Function } else { ItemKind::Property };
    let mut item = Item::new(&*member.name, kind);
    item.detail = Some(rest.trim_start_matches(['?', ':']).trim().to_owned());
    let words = if member.words.is_empty() { String::new() } else { format!("\n\n{}", member.words) };
    item.documentation = Some(format!("```ts\n{}\n```{words}", member.signature));
    if is_function {
        let empty = rest.starts_with("()");
        item.text = format!("{}({})$0", escaped(&member.name), if empty { "" } else { "$1" });
        item.snippet = true;
    }
    item
}

/// Names of the environment: what the build knows, and what this file reads already.
fn environment(document: Document<'_>, meta: bool) -> Vec<Item> {
    let mut found: Vec<Item> = ENVIRONMENT
        .iter()
        .filter(|(name, _)| (*name == "NODE_ENV") != meta)
        .map(|(name, words)| {
            let mut item = Item::new(*name, ItemKind::Variable);
            item.documentation = Some((*words).to_owned());
            item
        })
        .collect();
    let facts = document.module_facts();
    let metas = facts.meta.iter().map(|used| &used.members);
    let uses = facts.items.iter().flat_map(|item| &item.uses).filter(|used| used.name == "process");
    let read = metas.chain(uses.map(|used| &used.members)).filter_map(|members| match members.as_slice() {
        [(env, _), (name, _), ..] if env == "env" => Some(name),
        _ => None,
    });
    for name in read {
        if !found.iter().any(|item| item.label == *name) {
            let mut item = Item::new(name.clone(), ItemKind::Variable);
            item.detail = Some(if name.starts_with("PUBLIC_") { "public" } else { "server only" }.to_owned());
            found.push(item);
        }
    }
    let mut public = Item::new("PUBLIC_", ItemKind::Snippet);
    public.text = "PUBLIC_$0".to_owned();
    public.snippet = true;
    public.documentation = Some("Only names that begin with `PUBLIC_` reach code of the browser.".to_owned());
    found.push(public);
    found
}

/// What a module exports.
fn namespace(document: Document<'_>, specifier: &str) -> Vec<Item> {
    if let Some(module) = framework::module(specifier) {
        let values = module.exports.iter().filter(|entry| !entry.is_type());
        return values
            .map(|entry| {
                let mut item = Item::new(&*entry.name, ItemKind::Function);
                item.documentation = Some(entry.markdown(specifier));
                item
            })
            .collect();
    }
    let resolved = imports(document.db, document.project, document.file).get(specifier);
    let Some(velox_core::resolve::Resolution::File(path)) = resolved else { return Vec::new() };
    let Some(target) = document.at(path) else { return Vec::new() };
    let exports = all_exports(document.db, document.project, target.file);
    let values = exports.names.iter().filter(|(_, type_only)| !type_only);
    values.map(|(name, _)| Item::new(name.clone(), ItemKind::Variable)).collect()
}

fn is_declared(document: Document<'_>, code: &CodeAt<'_>, name: &str) -> bool {
    code.is_inner(name) || origin(document.module_facts(), name).is_some()
}

fn may_hold_elements(document: Document<'_>, code: &CodeAt<'_>) -> bool {
    code.in_template || document.path().ends_with(".tsx")
}

/// `posts.map`: an element for each item.
fn map_snippet(name: &str) -> Item {
    let singular = match name {
        _ if name.ends_with("ies") && name.len() > 4 => format!("{}y", &name[..name.len() - 3]),
        _ if name.ends_with('s') && !name.ends_with("ss") && name.len() > 2 => {
            name[..name.len() - 1].to_owned()
        }
        _ => "item".to_owned(),
    };
    let mut item = Item::new("map", ItemKind::Snippet);
    item.detail = Some("an element for each item".to_owned());
    item.text = format!("map((${{1:{singular}}}) => <${{2:li}}>{{${{1:{singular}}}\\}}</${{2:li}}>)$0");
    item.snippet = true;
    item.sort = Some("0map".to_owned());
    item
}
