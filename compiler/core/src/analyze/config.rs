//! `export const config`, evaluated without running code (language.md S6).

use super::mode::{Mode, Revalidate};
use super::page::{Page, StreamOrder};
use crate::unit::VeloxFile;
use velox_diagnostics::{Code, Diagnostic, Span, nearest};
use velox_script::{Export, ExportKind, Property, Value};

const KEYS: [&str; 5] = ["render", "revalidate", "fallback", "stream", "edge"];

/// Reads `config`, and says what is wrong with it.
pub(crate) fn read_config(file: &VeloxFile<'_>, page: &mut Page) {
    let Some(export) = file.block.exports.iter().find(|export| export.name == "config" && !export.type_only)
    else {
        return;
    };
    let base = file.block_source().base;
    page.config = Some(export.span.shift(base));
    let Some(value) = config_value(file, export, page) else {
        unclear("", page);
        return;
    };
    let Value::Object(properties, _) = value else {
        unclear("", page);
        let found = describe(value);
        page.diagnostics.push(
            Diagnostic::new(
                Code::INVALID_CONFIG_VALUE,
                file.path,
                value.span().shift(base),
                format!("`config` is an object, but this is {found}"),
            )
            .help("write `export const config = { render: 'ssr' };`"),
        );
        return;
    };
    for property in properties {
        read_property(file, property, page);
    }
}

/// Notes that a key (empty: any key) has been written, but not with a value that can be told. One mistake is told once: what
/// follows from a missing `render` or `revalidate` is then not reported.
fn unclear(key: &str, page: &mut Page) {
    page.mode_unclear |= matches!(key, "" | "render");
    page.revalidate_unclear |= matches!(key, "" | "revalidate");
}

/// The value of the export; reports where there is none to evaluate.
fn config_value<'a>(file: &VeloxFile<'a>, export: &'a Export, page: &mut Page) -> Option<&'a Value> {
    let span = export.span.shift(file.block_source().base);
    match (&export.value, export.kind) {
        (Some(Value::Unknown(at, reason)), _) => {
            page.diagnostics.push(not_static(file, "config", *at, reason));
            None
        }
        (Some(value), ExportKind::Const | ExportKind::Reexport) => Some(value),
        _ => {
            page.diagnostics.push(
                Diagnostic::new(
                    Code::INVALID_EXPORT,
                    file.path,
                    span,
                    "`config` must be a `const` of this file",
                )
                .help("write `export const config = { ... };`"),
            );
            None
        }
    }
}

fn read_property(file: &VeloxFile<'_>, property: &Property, page: &mut Page) {
    let base = file.block_source().base;
    let span = property.value.span().shift(base);
    if let Value::Unknown(at, reason) = &property.value {
        let name =
            if property.key.is_empty() { "config".to_owned() } else { format!("config.{}", property.key) };
        page.diagnostics.push(not_static(file, &name, *at, reason));
        unclear(&property.key, page);
        return;
    }
    let known = page.diagnostics.len();
    let invalid = |message: String| Diagnostic::new(Code::INVALID_CONFIG_VALUE, file.path, span, message);
    match &*property.key {
        "render" => match &property.value {
            Value::String(text, _) if Mode::parse(text).is_some() => {
                page.render = Mode::parse(text).map(|mode| (mode, span));
                page.render_is_literal = stands_in_place(file, property);
            }
            Value::String(text, _) => {
                let mut diagnostic = invalid(format!("there is no render mode '{text}'"))
                    .help("the modes are 'ssr', 'ssg', 'isr' and 'csr'");
                if let Some(near) = near_mode(text) {
                    diagnostic = diagnostic.help(format!("did you mean '{near}'?"));
                    if let Some(quote) = literal_quote(file, property) {
                        diagnostic = diagnostic.fix(
                            format!("write '{near}'"),
                            false,
                            vec![(span, format!("{quote}{near}{quote}"))],
                        );
                    }
                }
                page.diagnostics.push(diagnostic);
            }
            other => page.diagnostics.push(
                invalid(format!(
                    "`config.render` is 'ssr', 'ssg', 'isr' or 'csr', but this is {}",
                    describe(other)
                ))
                .help("write one of the four in quotes"),
            ),
        },
        "revalidate" => match &property.value {
            Value::Boolean(false, _) => page.revalidate = Some((Revalidate::Never, span)),
            Value::Number(number, _)
                if *number >= 1.0 && number.fract() == 0.0 && *number <= f64::from(u32::MAX) =>
            {
                page.revalidate = Some((Revalidate::Seconds(*number as u32), span));
            }
            other => page.diagnostics.push(
                invalid(format!(
                    "`config.revalidate` is a whole number of seconds, 1 or more, or `false`, but this is {}",
                    describe(other)
                ))
                .help(
                    "write `revalidate: 60` for a minute, or `revalidate: false` to revalidate by hand only",
                )
                .fixed(unquoted(file, property, |text| {
                    text == "false" || text.parse::<u32>().is_ok_and(|seconds| seconds > 0)
                })),
            ),
        },
        "fallback" => match &property.value {
            Value::String(text, _) if matches!(&**text, "blocking" | "404") => {
                page.fallback_missing = text == "404";
            }
            other => page.diagnostics.push(
                invalid(format!("`config.fallback` is 'blocking' or '404', but this is {}", describe(other)))
                    .help("write `fallback: '404'` where only the pages of `paths` exist"),
            ),
        },
        "stream" => match &property.value {
            Value::String(text, _) if text == "ordered" => page.stream = Some(StreamOrder::Ordered),
            Value::String(text, _) if text == "off" => page.stream = Some(StreamOrder::Off),
            other => page.diagnostics.push(
                invalid(format!("`config.stream` is 'ordered' or 'off', but this is {}", describe(other))).help(
                    "leave it out to send boundaries as they come; 'ordered' keeps the order of the page, 'off' sends it whole",
                ),
            ),
        },
        "edge" => match &property.value {
            Value::Boolean(edge, _) => page.edge = *edge,
            other => page.diagnostics.push(
                invalid(format!("`config.edge` is `true` or `false`, but this is {}", describe(other)))
                    .help("write `edge: true` or `edge: false`")
                    .fixed(unquoted(file, property, |text| matches!(text, "true" | "false"))),
            ),
        },
        key => {
            let key_span = property.key_span.shift(base);
            let mut diagnostic = Diagnostic::new(
                Code::UNKNOWN_CONFIG_KEY,
                file.path,
                key_span,
                format!("`config` has no key `{key}`"),
            )
            .help("its keys are `render`, `revalidate`, `fallback`, `stream` and `edge`");
            if let Some(near) = nearest(key, KEYS) {
                unclear(near, page);
                let edit = rename_key(file.block_source().text, base, property.key_span, near);
                diagnostic = diagnostic.help(format!("did you mean `{near}`?")).fix(
                    format!("write `{near}`"),
                    false,
                    vec![edit],
                );
            }
            page.diagnostics.push(diagnostic);
        }
    }
    if page.diagnostics.len() > known {
        unclear(&property.key, page);
    }
}

/// Mode names are so short that any anagram or single slip counts as near.
fn near_mode(text: &str) -> Option<&'static str> {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.to_lowercase().chars().collect();
        letters.sort_unstable();
        letters
    };
    let alias = match &*text.to_lowercase() {
        "static" | "prerender" => Some("ssg"),
        "server" | "dynamic" => Some("ssr"),
        "client" | "spa" => Some("csr"),
        "incremental" => Some("isr"),
        _ => None,
    };
    alias
        .or_else(|| Mode::NAMES.into_iter().find(|mode| text.eq_ignore_ascii_case(mode)))
        .or_else(|| {
            nearest(text, Mode::NAMES).and_then(|near| Mode::NAMES.into_iter().find(|mode| *mode == near))
        })
        .or_else(|| Mode::NAMES.into_iter().find(|mode| sorted(mode) == sorted(text)))
}

/// The edit that renames a key of an object literal; in a shorthand property the name stays what it refers to.
pub(crate) fn rename_key(source: &str, base: u32, key: Span, name: &str) -> (Span, String) {
    let text =
        if is_shorthand(source, key) { format!("{name}: {}", key.text(source)) } else { name.to_owned() };
    (key.shift(base), text)
}

/// Whether a key of an object literal stands without a value: `{ key }`.
pub(crate) fn is_shorthand(source: &str, key: Span) -> bool {
    source.get(key.end as usize..).unwrap_or("").trim_start().starts_with([',', '}'])
}

/// Whether a value is a string literal after its key, not one that a name leads to.
fn stands_in_place(file: &VeloxFile<'_>, property: &Property) -> bool {
    let (key, value) = (property.key_span, property.value.span());
    let between = file.block_source().text.get(key.end as usize..value.start as usize);
    between.is_some_and(|between| between.trim() == ":") && literal_quote(file, property).is_some()
}

/// The quote of a string literal, where the value is written as one.
fn literal_quote(file: &VeloxFile<'_>, property: &Property) -> Option<char> {
    let text = property.value.span().text(file.block_source().text);
    let quote = text.chars().next().filter(|quote| matches!(quote, '\'' | '"' | '`'))?;
    (text.len() > 1 && text.ends_with(quote)).then_some(quote)
}

trait Fixed {
    fn fixed(self, edit: Option<(Span, String)>) -> Self;
}

impl Fixed for Diagnostic {
    /// Adds the fix that writes a text instead, where there is one.
    fn fixed(self, edit: Option<(Span, String)>) -> Self {
        match edit {
            Some((span, text)) => self.fix(format!("write `{text}`"), false, vec![(span, text)]),
            None => self,
        }
    }
}

/// The edit that takes the quotes from a value that is right without them.
fn unquoted(
    file: &VeloxFile<'_>,
    property: &Property,
    is_right: impl Fn(&str) -> bool,
) -> Option<(Span, String)> {
    let Value::String(text, span) = &property.value else { return None };
    literal_quote(file, property)?;
    is_right(text).then(|| (span.shift(file.block_source().base), text.clone()))
}

/// `VX0303`, worded for a part of a value.
pub(crate) fn not_static(
    file: &VeloxFile<'_>,
    name: &str,
    at: velox_diagnostics::Span,
    reason: &str,
) -> Diagnostic {
    let span = at.shift(file.block_source().base);
    Diagnostic::new(
        Code::NOT_STATIC,
        file.path,
        span,
        format!("`{name}` must be known at compile time, but {reason}"),
    )
    .help("write a literal, or a `const` of this file that holds one")
}

/// A value in words: ``the string 'x'``, `an array`.
pub(crate) fn describe(value: &Value) -> String {
    match value {
        Value::String(text, _) => format!("the string '{text}'"),
        Value::Number(number, _) => format!("the number {number}"),
        Value::Boolean(boolean, _) => format!("`{boolean}`"),
        Value::Null(_) => "`null`".to_owned(),
        Value::Undefined(_) => "`undefined`".to_owned(),
        Value::Array(..) | Value::Repeated(..) => "an array".to_owned(),
        Value::Object(..) => "an object".to_owned(),
        Value::Function(_) => "a function".to_owned(),
        Value::Template(..) => "a template literal".to_owned(),
        Value::Instance(name, _) => format!("a `{name}`"),
        Value::Unknown(..) => "not known".to_owned(),
    }
}
