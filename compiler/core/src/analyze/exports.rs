//! The other exports with a meaning: `layout`, `slots`, `meta`, and the forms that are not allowed (language.md S7, S10, S11).

use super::config::{describe, not_static, rename_key};
use super::page::{LayoutChoice, Page};
use crate::emit::FileKind;
use crate::unit::VeloxFile;
use velox_diagnostics::{Code, Diagnostic, Span, nearest};
use velox_script::{Export, Property, Value};

const META_KEYS: [&str; 11] = [
    "title",
    "description",
    "keywords",
    "author",
    "canonical",
    "robots",
    "viewport",
    "themeColor",
    "openGraph",
    "twitter",
    "alternates",
];

/// Objects in `meta`, with the keys that are known in them: those of the language, and more that there are in pages.
const GROUPS: [(&str, &[&str]); 2] = [
    (
        "openGraph",
        &[
            "title",
            "description",
            "image",
            "url",
            "type",
            "siteName",
            "locale",
            "audio",
            "video",
            "determiner",
        ],
    ),
    ("twitter", &["card", "title", "description", "image", "site", "creator", "player"]),
];

/// Finds exports that are not allowed: default exports. Special names exported twice are told where the block is parsed (S11).
pub(crate) fn check_exports(file: &VeloxFile<'_>, page: &mut Page) {
    let base = file.block_source().base;
    for export in file.block.exports.iter().filter(|export| !export.type_only && export.name == "default") {
        page.diagnostics.push(
            Diagnostic::new(
                Code::INVALID_EXPORT,
                file.path,
                export.span.shift(base),
                "a server block has no default export",
            )
            .label("the template is what the file exports")
            .help("remove `export default`; every name of the block is visible in the template"),
        );
    }
}

fn find<'a>(file: &VeloxFile<'a>, name: &str) -> Option<&'a Export> {
    file.block.exports.iter().find(|export| export.name == name && !export.type_only)
}

/// Reads `layout` (S10).
pub(crate) fn read_layout(file: &VeloxFile<'_>, page: &mut Page) {
    let Some(export) = find(file, "layout") else { return };
    let base = file.block_source().base;
    let invalid = |span: Span, found: String| {
        Diagnostic::new(
            Code::INVALID_LAYOUT,
            file.path,
            span.shift(base),
            format!("`layout` is the name of a file in layouts/, or `false`, but this is {found}"),
        )
        .help("write `export const layout = 'docs';` or `export const layout = false;`")
    };
    match &export.value {
        Some(Value::String(name, span)) => {
            let name = name.strip_suffix(".velox").unwrap_or(name);
            page.layout = LayoutChoice::Named(name.to_owned());
            page.layout_span = span.shift(base);
        }
        Some(Value::Boolean(false, _)) => page.layout = LayoutChoice::None,
        Some(Value::Unknown(at, reason)) => page.diagnostics.push(not_static(file, "layout", *at, reason)),
        Some(value) => page.diagnostics.push(invalid(value.span(), describe(value))),
        None => page.diagnostics.push(invalid(export.span, "no constant".to_owned())),
    }
}

/// Reads `slots` (S10).
pub(crate) fn read_slots(file: &VeloxFile<'_>, kind: FileKind, page: &mut Page) {
    let Some(export) = find(file, "slots") else { return };
    let base = file.block_source().base;
    let mut report = |span: Span, message: String, help: &str| {
        page.diagnostics.push(
            Diagnostic::new(Code::INVALID_LAYOUT, file.path, span.shift(base), message).help(help.to_owned()),
        );
    };
    let form = "write `export const slots = ['sidebar'];`";
    if kind == FileKind::Page {
        report(
            export.span,
            "only layouts declare `slots`".to_owned(),
            "remove the export; a page fills a slot with `<velox:slot name=\"...\">`",
        );
        return;
    }
    match &export.value {
        Some(Value::Array(items, _)) => {
            let mut names = Vec::new();
            for item in items {
                match item {
                    Value::String(name, _) => names.push(name.clone()),
                    Value::Unknown(at, reason) => {
                        report(*at, format!("`slots` must be known at compile time, but {reason}"), form);
                    }
                    other => report(
                        other.span(),
                        format!("a slot's name is a string, but this is {}", describe(other)),
                        form,
                    ),
                }
            }
            page.slots = names;
        }
        Some(value) => report(
            value.span(),
            format!("`slots` is an array of names, but this is {}", describe(value)),
            form,
        ),
        None => {
            report(export.span, "`slots` must be a `const` that holds an array of names".to_owned(), form)
        }
    }
}

/// Looks for near misses among the keys of `meta`, of what it returns where it is a function, and of the objects in it (S7).
pub(crate) fn read_meta(file: &VeloxFile<'_>, page: &mut Page) {
    let Some(export) = find(file, "meta") else { return };
    let returned = export.function.iter().flat_map(|function| &function.returns);
    for value in export.value.iter().chain(returned) {
        let Value::Object(properties, _) = value else { continue };
        check_keys(file, "meta", properties, page);
        for property in properties {
            if let Value::Object(inner, _) = &property.value
                && GROUPS.iter().any(|(name, _)| *name == property.key)
            {
                check_keys(file, &property.key, inner, page);
            }
        }
    }
}

fn check_keys(file: &VeloxFile<'_>, of: &str, properties: &[Property], page: &mut Page) {
    let group = GROUPS.iter().find(|(name, _)| *name == of);
    let known = group.map_or(&META_KEYS[..], |(_, keys)| *keys);
    let base = file.block_source().base;
    for property in properties {
        let key = &*property.key;
        // Names as they stand in the page, `site_name`, are written as they are.
        if known.contains(&key) || key.contains(['_', ':', '-']) && group.is_some() {
            continue;
        }
        let Some(near) = nearest(key, known.iter().copied()) else { continue };
        let name = if of == "meta" { "`meta`".to_owned() } else { format!("`{of}` of `meta`") };
        page.diagnostics.push(
            Diagnostic::new(
                Code::UNKNOWN_META_KEY,
                file.path,
                property.key_span.shift(base),
                format!("{name} knows no key `{key}`"),
            )
            .help(format!("did you mean `{near}`?"))
            .fix(
                format!("write `{near}`"),
                false,
                vec![rename_key(file.block_source().text, base, property.key_span, near)],
            ),
        );
    }
}
