//! Words on what stands in TypeScript or at a fence: exports with a meaning, settings, ambient names, functions of the framework,
//! declarations, the route.

use super::{Hover, route, strings};
use crate::code::{CodeAt, Origin, framework_name, origin};
use crate::completion::members::{ENVIRONMENT, Known, kind_of, members_of};
use crate::completion::settings::path_at;
use crate::declarations::{export_words, item_words};
use crate::settings::{choices, setting};
use crate::{Context, Document, framework};
use velox_core::effects::is_public_env;
use velox_core::resolve::{Resolution, resolve};
use velox_db::project_facts;
use velox_diagnostics::{Code, Span};
use velox_script::cursor::{EnclosingKind, LocalKind, Place, Receiver};

/// Words on what stands at an offset.
pub(super) fn hover(document: Document<'_>, offset: u32, context: Context<'_>) -> Option<Hover> {
    if matches!(context, Context::Fence) {
        let server = document.regions().server?;
        let span = [server.open, server.close]
            .into_iter()
            .find(|fence| fence.touches(offset) && !fence.is_empty())?;
        return Some(Hover { span, markdown: route::file_words(document)? });
    }
    let code = CodeAt::new(document, offset, context)?;
    let (span, markdown) = match code.cursor.place {
        Place::Comment(inside, _) => ignored(document, code.place(inside), offset)?,
        Place::String(inside) => {
            let span = code.place(inside);
            (span, strings::words(document, &code, span, offset)?)
        }
        Place::Template(inside, _) => {
            let span = code.place(inside);
            (span, strings::words(document, &code, span, offset)?)
        }
        Place::Literal => return None,
        Place::Code => {
            let word = code.cursor.word;
            let name = word.text(code.text);
            if name.is_empty() {
                return None;
            }
            (code.place(word), words(document, &code, name)?)
        }
    };
    Some(Hover { span, markdown })
}

fn words(document: Document<'_>, code: &CodeAt<'_>, name: &str) -> Option<String> {
    match &code.cursor.receiver {
        Receiver::Chain(chain, _) => return member(document, code, chain, name),
        Receiver::Other(_) => return None,
        Receiver::None => {}
    }
    match code.cursor.inside() {
        Some(EnclosingKind::Clause { specifier: Some(specifier), .. }) => {
            return exported(document, specifier, name);
        }
        Some(EnclosingKind::Pattern { of, .. }) => {
            let names: Vec<&str> = of.iter().map(String::as_str).collect();
            if matches!(names.as_slice(), ["params"] | ["request", "params"])
                && let Some(words) = route::param_words(document, name)
            {
                return Some(words);
            }
        }
        _ => {}
    }
    if let Some((path, object)) = path_at(document, code) {
        if object.siblings.is_some() && is_key(code) {
            return key(document, &format!("{path}.{name}"));
        }
        if let Some(choice) = choices(&path).find(|choice| choice.code == name) {
            return Some(format!("`{}`: {}", choice.code, choice.words));
        }
    }
    if let Some(key) = crate::shapes::key_at(document, code, name).filter(|_| is_key(code)) {
        return Some(key.markdown());
    }
    if is_key(code) && matches!(code.cursor.inside(), Some(EnclosingKind::Object { key: None, .. })) {
        return None;
    }
    let declares = matches!(&*code.cursor.before, "const" | "function" | "let" | "*" | "class" | "default");
    if declares
        && code.cursor.around.is_empty()
        && code.cursor.head.first().is_some_and(|word| word == "export")
    {
        let meaning = route::export_words(document, name);
        let declaration = declared(document, name);
        return match (declaration, meaning) {
            (Some(declaration), Some(meaning)) => Some(format!("{declaration}\n\n{meaning}")),
            (declaration, meaning) => meaning.or(declaration),
        };
    }
    if code.is_inner(name) {
        let local = code.outer.iter().chain(&code.cursor.locals).rfind(|local| local.name == name)?;
        let kind = match local.kind {
            LocalKind::Parameter => "parameter",
            LocalKind::Variable => "local",
            LocalKind::Function => "function",
            LocalKind::Class => "class",
        };
        return Some(format!("```ts\n({kind}) {name}\n```"));
    }
    match origin(document.module_facts(), name) {
        Some(Origin::Import(import, imported)) => match &*imported.imported {
            "*" => strings::specifier_words(document, &import.specifier),
            imported => exported(document, &import.specifier, imported),
        },
        Some(Origin::Item(..)) => {
            let meaning = document.module_facts().exports.iter().any(|export| export.name == name);
            let meaning = meaning.then(|| route::export_words(document, name)).flatten();
            let declaration = declared(document, name)?;
            Some(meaning.map_or(declaration.clone(), |meaning| format!("{declaration}\n\n{meaning}")))
        }
        None => route::ambient_words(document, name).or_else(|| {
            let chain = [name.to_owned()];
            let (module, name) = framework_name(document, &chain)?;
            let words = framework::export(&module, name)?.markdown(&module);
            Some(format!("{words}, in scope without an import"))
        }),
    }
}

/// Whether a colon follows the word, or a method's parentheses: it is a key where an object is written.
fn is_key(code: &CodeAt<'_>) -> bool {
    let rest = code.text.get(code.cursor.word.end as usize..).unwrap_or_default();
    rest.trim_start().starts_with(':')
}

/// A key of settings in words, with what it amounts to.
fn key(document: Document<'_>, path: &str) -> Option<String> {
    let words = setting(path)?.markdown();
    let entry = document.route().filter(|_| path.starts_with("config."));
    let effect = entry.and_then(|entry| match path {
        "config.render" => Some(format!(
            "Here: `{}`, because of: {}",
            entry.mode.name(),
            entry.cause.text(&entry.route.file)
        )),
        "config.revalidate" => route::revalidation(document, entry.mode).map(|text| format!("Here: {text}")),
        _ => None,
    });
    Some(effect.map_or(words.clone(), |effect| format!("{words}\n\n{effect}")))
}

/// A declaration of the file's own.
fn declared(document: Document<'_>, name: &str) -> Option<String> {
    let Some(Origin::Item(item)) = origin(document.module_facts(), name) else { return None };
    Some(item_words(document.script()?.text(document.text()), item))
}

/// What a module exports under a name.
fn exported(document: Document<'_>, specifier: &str, name: &str) -> Option<String> {
    if framework::module(specifier).is_some() {
        return Some(framework::export(specifier, name)?.markdown(specifier));
    }
    let aliases = &project_facts(document.db, document.project).aliases;
    let files = document.project.files(document.db);
    match resolve(document.path(), specifier, aliases, &|path| files.contains(path)) {
        Resolution::File(path) => {
            let target = document.at(&path)?;
            let words = export_words(target, name).map_or(String::new(), |words| format!("{words}\n\n"));
            Some(format!("{words}from `{path}`"))
        }
        Resolution::Package => Some(format!("from `{specifier}`")),
        Resolution::Framework | Resolution::Missing(_) => None,
    }
}

/// A member of what a chain of names holds.
fn member(document: Document<'_>, code: &CodeAt<'_>, chain: &[String], name: &str) -> Option<String> {
    let names: Vec<&str> = chain.iter().map(String::as_str).collect();
    if matches!(names.as_slice(), ["import", "meta", "env"] | ["process", "env"]) {
        let known =
            ENVIRONMENT.iter().find(|(known, _)| *known == name).map(|(_, words)| (*words).to_owned());
        let reach = if is_public_env(name) {
            "It reaches code of the browser."
        } else {
            "It never reaches code of the browser: only names that begin with `PUBLIC_` do."
        };
        let words = known.map_or(String::new(), |words| format!(" {words}"));
        return Some(format!("`{name}`: a name of the environment.{words} {reach}"));
    }
    match kind_of(document, code, &names)? {
        Known::Params => route::param_words(document, name),
        Known::Interface(module, interface) => {
            let member = members_of(module, interface).find(|member| member.name == name)?;
            let words = if member.words.is_empty() { String::new() } else { format!("\n\n{}", member.words) };
            Some(format!("```ts\n({interface}) {}\n```{words}", member.signature))
        }
        Known::Namespace(specifier) => exported(document, &specifier, name),
    }
}

/// The code that the offset is on in a `velox-ignore` comment.
fn ignored(document: Document<'_>, inside: Span, offset: u32) -> Option<(Span, String)> {
    let text = inside.text(document.text());
    let list =
        text.trim_start_matches(|c: char| c.is_whitespace() || c == '*').strip_prefix("velox-ignore")?;
    let list = list.split(':').next()?;
    let start = inside.end - text.len() as u32
        + (text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '*').len()) as u32;
    let mut at = start + "velox-ignore".len() as u32;
    for word in list.split_inclusive(|c: char| c == ',' || c.is_whitespace()) {
        let name = word.trim_end_matches(|c: char| c == ',' || c.is_whitespace());
        let span = Span::new(at, at + name.len() as u32);
        at += word.len() as u32;
        if !name.is_empty() && span.touches(offset) {
            let code = Code::parse(name)?;
            return Some((span, code_words(code)));
        }
    }
    None
}

/// A code in words: the beginning of its page.
fn code_words(code: Code) -> String {
    let page = code.page();
    let first = page.split("\n## ").next().unwrap_or(page).trim();
    let first = first.strip_prefix("# ").unwrap_or(first);
    format!("**{first}").replacen('\n', "**\n", 1)
}
