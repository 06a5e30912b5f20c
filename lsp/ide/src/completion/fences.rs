//! Fences: a server block for a file that has none, and whole files to begin with.

use super::{Item, ItemKind, Items};
use crate::Document;
use velox_core::emit::FileKind;
use velox_core::route::ParamKind;
use velox_diagnostics::Span;

/// What could stand at a fence: its dashes, and what a file begins with.
pub(super) fn complete(document: Document<'_>, offset: u32) -> Option<Items> {
    let text = document.text();
    let server = document.regions().server?;
    // A fence that is there and closed needs nothing.
    let is_closed = !server.close.is_empty();
    if is_closed || !server.open.touches(offset) {
        return None;
    }
    let rest = text.get(server.open.end as usize..)?;
    let mut items = Vec::new();
    if rest.trim().is_empty() {
        items = scaffolds(document);
    } else {
        let mut item = Item::new("---", ItemKind::Snippet);
        item.detail = Some("server block".to_owned());
        item.text = "---\n$0\n---".to_owned();
        item.snippet = true;
        items.push(item);
    }
    Some(Items { span: server.open, items, incomplete: false })
}

/// What a file without a server block may begin with, where the offset is before all of its content.
pub(super) fn at_top(document: Document<'_>, offset: u32) -> Vec<Item> {
    if !document.is_velox() || document.regions().server.is_some() {
        return Vec::new();
    }
    let text = document.text();
    let Some(before) = text.get(..offset as usize) else { return Vec::new() };
    let line = before.rsplit(['\n', '\r']).next().unwrap_or(before);
    let dashes = line.trim_start_matches('\u{feff}');
    if !dashes.bytes().all(|byte| byte == b'-') || dashes.len() > 3 {
        return Vec::new();
    }
    // Only white space and comments may stand before a fence.
    let above = &before[..before.len() - dashes.len()];
    if !is_prologue(above) {
        return Vec::new();
    }
    let span = Span::new(offset - dashes.len() as u32, offset);
    let rest = text.get(offset as usize..).unwrap_or_default();
    let mut items = if rest.trim().is_empty() {
        scaffolds(document)
    } else {
        let mut item = Item::new("---", ItemKind::Snippet);
        item.detail = Some("server block".to_owned());
        let end = if rest.starts_with(['\n', '\r']) { "" } else { "\n" };
        item.text = format!("---\n$0\n---{end}");
        item.snippet = true;
        vec![item]
    };
    for item in &mut items {
        item.span = Some(span);
    }
    items
}

fn is_prologue(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some(end) = comment.find("-->") else { return false };
        rest = comment[end + 3..].trim_start();
    }
    rest.is_empty()
}

/// Whole files, by what the file is.
fn scaffolds(document: Document<'_>) -> Vec<Item> {
    let mut found = Vec::new();
    let mut add = |label: &str, detail: &str, text: String| {
        let mut item = Item::new(label, ItemKind::Snippet);
        item.detail = Some(detail.to_owned());
        item.filter = Some(format!("--- {label}"));
        item.sort = Some(format!("0{:02}", found.len()));
        item.text = text;
        item.snippet = true;
        found.push(item);
    };
    add("---", "server block", "---\n$1\n---\n$0".to_owned());
    match document.kind() {
        Some(FileKind::Layout) => add(
            "--- layout",
            "with meta and a slot",
            "---\n$1\n---\n<!DOCTYPE html>\n<html lang=\"${2:en}\">\n  <head>\n    <meta charset=\"utf-8\" />\n    \
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n  </head>\n  <body>\n    \
             <slot />$0\n  </body>\n</html>\n"
                .to_owned(),
        ),
        Some(FileKind::Page) => {
            let name = "${1:Title}";
            add(
                "--- page",
                "with a title",
                format!("---\nexport const meta = {{ title: '{name}' }};\n---\n<h1>{name}</h1>\n$0"),
            );
            let pattern = document.route().map(|entry| &entry.route.pattern);
            let params: Vec<(&str, ParamKind)> = pattern.map(|pattern| pattern.params().collect()).unwrap_or_default();
            if params.is_empty() {
                add(
                    "--- data",
                    "loads data on every request",
                    "---\nconst ${1:posts} = await ${2:load()};\n---\n<ul>\n  {${1:posts}.map((${3:post}) => <li>{${3:post}.${4:title}\\}</li>)\\}\n</ul>\n$0"
                        .to_owned(),
                );
            } else {
                let mut place = 0;
                let keys: Vec<String> = params
                    .iter()
                    .map(|(name, kind)| {
                        place += 1;
                        match kind {
                            ParamKind::Param | ParamKind::Optional => format!("{name}: '${place}'"),
                            ParamKind::Rest | ParamKind::OptionalRest => format!("{name}: ['${place}']"),
                        }
                    })
                    .collect();
                let names: Vec<&str> = params.iter().map(|(name, _)| *name).collect();
                add(
                    "--- ssg",
                    "rendered at build, with `paths`",
                    format!(
                        "---\nexport const config = {{ render: 'ssg' }};\nexport const paths = () => [{{ {} }}];\n\nconst {{ {} }} = params;\n---\n<h1>{{{}\\}}</h1>\n$0",
                        keys.join(", "),
                        names.join(", "),
                        names[0]
                    ),
                );
                add(
                    "--- params",
                    "rendered on every request",
                    format!("---\nconst {{ {} }} = params;\n---\n<h1>{{{}\\}}</h1>\n$0", names.join(", "), names[0]),
                );
            }
        }
        Some(FileKind::Component) => add(
            "--- component",
            "with props",
            "---\nconst { ${1:title} } = props;\n---\n<section>\n  <h2>{${1:title}\\}</h2>\n  <slot />\n</section>\n$0".to_owned(),
        ),
        None => {}
    }
    found
}
