//! Exports with a meaning (language.md S6 to S10, L5), as snippets, where a statement may begin.

use super::routes::escaped;
use super::{Item, ItemKind};
use crate::code::CodeAt;
use crate::imports::{ImportAs, import_edits};
use crate::{Document, TextEdit};
use velox_core::analyze::Mode;
use velox_core::emit::FileKind;
use velox_core::route::{ParamKind, Pattern};
use velox_db::{FileRole, layout_names};

/// The methods that an endpoint may answer (language.md L5).
pub(crate) const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// A snippet of an export.
struct Snippet {
    /// What it exports.
    name: String,
    /// What tells it from others of the same name.
    detail: String,
    /// Markdown.
    words: String,
    /// What stands behind `export `.
    text: String,
}

fn snippet(name: &str, detail: &str, words: &str, text: impl Into<String>) -> Snippet {
    Snippet { name: name.to_owned(), detail: detail.to_owned(), words: words.to_owned(), text: text.into() }
}

/// Exports that the file does not have yet, where a statement may begin, or behind `export`.
pub(super) fn complete(document: Document<'_>, code: &CodeAt<'_>, items: &mut Vec<Item>) {
    let at_top = code.cursor.around.is_empty() && !code.in_template;
    let behind_export = code.cursor.before == "export";
    if !at_top || behind_export && code.cursor.head.len() != 1 {
        return;
    }
    for (nth, snippet) in snippets(document).into_iter().enumerate() {
        let mut item = item(&snippet, nth);
        if behind_export {
            item.text.clone_from(&snippet.text);
            item.also = bring(document, &snippet.text);
        } else {
            item.text = format!("export {}", snippet.text);
            item.also = bring(document, &snippet.text);
            // Two edits at one place have no order: what is imported is then written with the rest.
            let word = code.place(code.cursor.word);
            if let [edit] = item.also.as_slice()
                && edit.span.touches(word.start)
            {
                item.text = format!("{}\n{}", edit.text.trim_end(), item.text);
                item.also.clear();
            }
            item.filter = Some(format!("export {} {}", snippet.name, snippet.name));
            // The word that is typed is that of the export, or of the keyword.
            if snippet.name.starts_with(code.cursor.word.text(code.text)) {
                item.filter = Some(snippet.name.clone());
            }
        }
        items.push(item);
    }
}

/// The import that a snippet needs where the name is not in scope without one.
fn bring(document: Document<'_>, text: &str) -> Vec<TextEdit> {
    let import = |name, module| import_edits(document, name, ImportAs::Named, module);
    match document.role() {
        FileRole::Middleware if text.contains("defineMiddleware(") => {
            import("defineMiddleware", "velox/server")
        }
        FileRole::Config if text.contains("defineConfig(") => import("defineConfig", "velox"),
        _ => Vec::new(),
    }
}

/// Behind `export const` the names of exports; whether that is where the cursor is, so that no other name could stand there.
pub(super) fn declared(document: Document<'_>, code: &CodeAt<'_>, items: &mut Vec<Item>) -> bool {
    let keyword = &*code.cursor.before;
    if !matches!(
        keyword,
        "const" | "let" | "var" | "function" | "class" | "interface" | "type" | "enum" | "import"
    ) {
        return false;
    }
    let head: Vec<&str> = code.cursor.head.iter().map(String::as_str).collect();
    let starts = match head.as_slice() {
        ["export", "const"] => "const ",
        ["export", "function"] => "function ",
        ["export", "async", "function"] => "async function ",
        _ => return true,
    };
    if code.cursor.around.is_empty() && !code.in_template {
        for (nth, snippet) in snippets(document).into_iter().enumerate() {
            let Some(text) = snippet.text.strip_prefix(starts) else { continue };
            let mut item = item(&snippet, nth);
            item.text = text.to_owned();
            items.push(item);
        }
    }
    true
}

fn item(snippet: &Snippet, nth: usize) -> Item {
    let mut item = Item::new(snippet.name.clone(), ItemKind::Snippet);
    item.detail = Some(snippet.detail.clone());
    item.documentation = Some(snippet.words.clone());
    item.sort = Some(format!("0{nth:02}"));
    item.snippet = true;
    item
}

/// What the file may export and does not.
fn snippets(document: Document<'_>) -> Vec<Snippet> {
    let mut found = match document.role() {
        FileRole::Velox(FileKind::Page) | FileRole::TsxPage => page(document),
        FileRole::Velox(FileKind::Layout) => {
            let mut found = meta();
            found.push(slots());
            found
        }
        FileRole::Endpoint => endpoint(document),
        FileRole::Middleware => vec![snippet(
            "default",
            "middleware",
            "Runs before every route; `next()` gives the route's response.",
            "default defineMiddleware(async (request, next) => {\n\t$0\n\treturn next();\n});",
        )],
        FileRole::Config => vec![snippet(
            "default",
            "defineConfig",
            "The settings of the project; every one of them has a default.",
            "default defineConfig({\n\t$0\n});",
        )],
        _ => Vec::new(),
    };
    let exports = &document.module_facts().exports;
    found.retain(|snippet| !exports.iter().any(|export| export.name == snippet.name && !export.type_only));
    found
}

fn meta() -> Vec<Snippet> {
    vec![
        snippet(
            "meta",
            "object",
            "What stands in `<head>`: title, description and more. It may use everything in the block.",
            "const meta = {\n\ttitle: '$1',\n\tdescription: '$2',\n};",
        ),
        snippet(
            "meta",
            "function",
            "What stands in `<head>`, from a function, which may be async.",
            "function meta() {\n\treturn { title: $1 };\n}",
        ),
    ]
}

fn slots() -> Snippet {
    snippet(
        "slots",
        "names of slots",
        "The slots that pages may fill with `<velox:slot name=\"...\">`. Those that the template has need not be listed.",
        "const slots = ['$1'];",
    )
}

fn page(document: Document<'_>) -> Vec<Snippet> {
    let mut found = Vec::new();
    let Some(entry) = document.route() else { return meta() };
    let pattern = &entry.route.pattern;
    let mode = document.page().render.map(|(mode, _)| mode);
    let config = |mode: &str, more: &str, words: &str| {
        snippet("config", mode, words, format!("const config = {{ render: '{mode}'{more} }};"))
    };
    found.extend([
        config("ssr", "", "Renders the page on every request."),
        config("ssg", "", "Renders the page at build, once."),
        config(
            "isr",
            ", revalidate: ${1:60}",
            "Renders the page, keeps it, and makes it again after some seconds.",
        ),
        config("csr", "", "Renders the template in the browser."),
    ]);
    let takes_paths = match mode {
        Some(mode) => mode.is_static(),
        None => true,
    };
    if pattern.is_dynamic() && takes_paths && entry.route.problems.is_empty() {
        found.extend(paths(pattern, mode));
    }
    found.extend(meta());
    let names = layout_names(document.db, document.project);
    let others: Vec<String> =
        names.iter().filter(|name| *name != "default").map(|name| escaped(name)).collect();
    if !others.is_empty() && !others.iter().any(|name| name.contains([',', '|'])) {
        found.push(snippet(
            "layout",
            "a file of layouts/",
            "The outermost layout, by the name of its file in `layouts/`; `default` unless it is set.",
            format!("const layout = '${{1|{}|}}';", others.join(",")),
        ));
    }
    if !names.is_empty() {
        found.push(snippet(
            "layout",
            "none",
            "Does without a layout of `layouts/`. Those of `_layout.velox` files stay.",
            "const layout = false;",
        ));
    }
    found
}

/// `paths` with the params of the route.
fn paths(pattern: &Pattern, mode: Option<Mode>) -> [Snippet; 2] {
    let words = match mode {
        Some(Mode::Isr) => {
            "The params of the pages that are rendered at build; others are rendered at the first request."
        }
        _ => "The params of all pages that the route has: each is rendered at build, and any other is 404.",
    };
    let mut place = 0;
    let literal: Vec<String> = pattern
        .params()
        .map(|(name, kind)| {
            place += 1;
            match kind {
                ParamKind::Param | ParamKind::Optional => format!("{name}: '${place}'"),
                ParamKind::Rest | ParamKind::OptionalRest => format!("{name}: ['${place}']"),
            }
        })
        .collect();
    let item = "${3:item}";
    let mut place = 3;
    let mapped: Vec<String> = pattern
        .params()
        .map(|(name, kind)| {
            place += 1;
            let value = format!("{item}.${{{place}:{name}}}");
            match kind {
                ParamKind::Param | ParamKind::Optional => format!("{name}: {value}"),
                ParamKind::Rest | ParamKind::OptionalRest => format!("{name}: {value}.split('/')"),
            }
        })
        .collect();
    [
        snippet("paths", "listed", words, format!("const paths = () => [{{ {} }}];", literal.join(", "))),
        snippet(
            "paths",
            "from data",
            words,
            format!(
                "async function paths() {{\n\tconst ${{1:items}} = await ${{2:load()}};\n\treturn ${{1:items}}.map(({item}) => ({{ {} }}));\n}}",
                mapped.join(", ")
            ),
        ),
    ]
}

fn endpoint(document: Document<'_>) -> Vec<Snippet> {
    let params: Vec<&str> = document
        .route()
        .map(|entry| entry.route.pattern.params().map(|(name, _)| name).collect())
        .unwrap_or_default();
    let context = if params.is_empty() { String::new() } else { ", { params }".to_owned() };
    METHODS
        .iter()
        .map(|method| {
            let request = if params.is_empty() && *method == "GET" { "" } else { "request" };
            let body = match *method {
                "POST" | "PUT" | "PATCH" => {
                    "\tconst ${1:data} = await request.json();\n\t$0\n\treturn json(${1:data});"
                }
                "DELETE" => "\t$0\n\treturn new Response(null, { status: 204 });",
                "HEAD" | "OPTIONS" => "\treturn new Response(null, { status: 204 });$0",
                _ => "\treturn json($0);",
            };
            let words = match *method {
                "HEAD" => "Answers `HEAD`. Without it `HEAD` follows `GET`.".to_owned(),
                method => format!("Answers `{method}`. A method without a handler is answered with 405."),
            };
            snippet(
                method,
                "handler",
                &words,
                format!("const {method} = defineHandler(async ({request}{context}) => {{\n{body}\n}});"),
            )
        })
        .collect()
}
