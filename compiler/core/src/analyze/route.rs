//! Checks that depend on a page's place in the project: its pattern, its mode, its layouts.

use super::mode::{Cause, Mode};
use super::page::{LayoutChoice, Page};
use super::paths::{PathKey, PathValue};
use crate::route::{ParamKind, Pattern};
use velox_diagnostics::{Code, Diagnostic, Span, nearest};

/// A page with what surrounds it.
#[derive(Clone, Copy, Debug)]
pub struct PageContext<'a> {
    /// Path relative to the project root.
    pub file: &'a str,
    /// Its pattern; nothing for `_error.velox` and its like.
    pub pattern: Option<&'a Pattern>,
    /// Its mode and why.
    pub mode: Mode,
    /// Why it has that mode.
    pub cause: &'a Cause,
    /// What the file says of itself.
    pub page: &'a Page,
    /// Its layouts with their files, outermost first.
    pub layouts: &'a [(&'a str, &'a Page)],
    /// Names of the files in `layouts/`, without their ending.
    pub layout_names: &'a [String],
}

/// Everything that is wrong with a page because of what surrounds it.
#[must_use]
pub fn check_page(context: PageContext<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    check_layout(context, &mut found);
    check_fills(context, &mut found);
    if let Some(pattern) = context.pattern {
        if !context.page.mode_unclear {
            check_request(context, &mut found);
            check_revalidate(context, &mut found);
            check_paths(context, pattern, &mut found);
        }
        if pattern.is_dynamic() {
            for item in &context.page.path_items {
                check_item(context, pattern, item, &mut found);
            }
        }
    }
    found
}

fn check_layout(context: PageContext<'_>, found: &mut Vec<Diagnostic>) {
    let LayoutChoice::Named(name) = &context.page.layout else { return };
    if context.layout_names.contains(name) {
        return;
    }
    let span = context.page.layout_span;
    let mut diagnostic =
        Diagnostic::new(Code::UNKNOWN_LAYOUT, context.file, span, format!("there is no layout `{name}`"))
            .label(format!("layouts/{name}.velox does not exist"));
    diagnostic = match nearest(name, context.layout_names.iter().map(String::as_str)) {
        Some(near) => diagnostic.help(format!("did you mean '{near}'?")).fix(
            format!("write '{near}'"),
            false,
            vec![(span, format!("'{near}'"))],
        ),
        None if context.layout_names.is_empty() => diagnostic.help(format!("make layouts/{name}.velox")),
        None => diagnostic.help(format!("the layouts are {}", list(context.layout_names))),
    };
    found.push(diagnostic);
}

fn check_fills(context: PageContext<'_>, found: &mut Vec<Diagnostic>) {
    let slots: Vec<String> = context
        .layouts
        .iter()
        .flat_map(|(_, layout)| layout.slots.iter().filter(|name| *name != "default").cloned())
        .collect();
    for (name, span) in &context.page.fills {
        if name == "default" || slots.contains(name) {
            continue;
        }
        let mut diagnostic = Diagnostic::new(
            Code::UNKNOWN_SLOT,
            context.file,
            *span,
            format!("no layout of this page has a slot `{name}`"),
        );
        for (file, layout) in context.layouts {
            let names: Vec<String> = layout.slots.iter().filter(|name| *name != "default").cloned().collect();
            let has = if names.is_empty() { "no named slots".to_owned() } else { list(&names) };
            diagnostic = diagnostic.related(file, Span::at(0), format!("this layout has {has}"));
        }
        diagnostic = match nearest(name, slots.iter().map(String::as_str)) {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")).fix(
                format!("write `{near}`"),
                false,
                vec![(*span, near.to_owned())],
            ),
            None => diagnostic
                .help(format!("add `<slot name=\"{name}\" />` to the layout, or remove this element")),
        };
        found.push(diagnostic);
    }
}

/// The request does not exist in static modes (M3, M4), in the page or in a layout around it, nor in a page that is rendered in the
/// browser (M5), whose layouts are not.
fn check_request(context: PageContext<'_>, found: &mut Vec<Diagnostic>) {
    let made = match context.mode {
        Mode::Ssr => return,
        Mode::Ssg => "rendered once, at build",
        Mode::Isr => "kept and shared between visitors",
        Mode::Csr => "rendered in the browser",
    };
    let mode = context.mode.name();
    let help = "set `render: 'ssr'`, or move what needs the request into an endpoint that the page fetches";
    // What `paths` does is reported as such.
    let in_paths = |span: Span| {
        let mut others = context.page.diagnostics.iter();
        others.any(|other| other.code == Code::PATHS_NEEDS_REQUEST && other.span == span)
    };
    // Functions of `velox/server` are reported as all that runs on the server only.
    let is_told = |name: &str| context.mode.is_static() || matches!(name, "request" | "response");
    for (name, span) in context.page.request.iter().filter(|(name, span)| is_told(name) && !in_paths(*span)) {
        let mut diagnostic = Diagnostic::new(
            Code::REQUEST_IN_STATIC,
            context.file,
            *span,
            format!("`{name}` does not exist here: the page is `{mode}`, {made}"),
        )
        .help(help);
        if let Some((_, at)) = context.page.render {
            diagnostic = diagnostic.related(context.file, at, "the mode is set here");
            // With `paths` or `revalidate` another mode would be wrong for these.
            let free = context.page.paths.is_none() && context.page.revalidate.is_none();
            if free && context.page.render_is_literal {
                diagnostic = diagnostic.fix("write 'ssr'", false, vec![(at, "'ssr'".to_owned())]);
            }
        }
        found.push(diagnostic);
    }
    if !context.mode.is_static() {
        return;
    }
    let at = context.page.render.map(|(_, span)| span).or(context.page.config).unwrap_or_default();
    for (file, layout) in context.layouts {
        if let Some((name, span)) = layout.request.first() {
            found.push(
                Diagnostic::new(
                    Code::REQUEST_IN_STATIC,
                    context.file,
                    at,
                    format!("the page is `{mode}`, {made}, but its layout {file} uses `{name}`"),
                )
                .related(file, *span, format!("`{name}` is used here"))
                .help("set `render: 'ssr'`, or give the page another layout"),
            );
        }
    }
}

/// `revalidate` belongs to ISR, and ISR needs it (M4, M6).
fn check_revalidate(context: PageContext<'_>, found: &mut Vec<Diagnostic>) {
    match (context.mode, context.page.revalidate, context.page.render) {
        (Mode::Isr, None, Some((_, span))) if !context.page.revalidate_unclear => {
            let diagnostic = Diagnostic::new(
                Code::MISSING_REVALIDATE,
                context.file,
                span,
                "an ISR page says how long it is fresh, by `revalidate`",
            )
            .help("add `revalidate: 60` for a minute, or `revalidate: false` to revalidate by hand only");
            found.push(if context.page.render_is_literal {
                let edit = (Span::at(span.end), ", revalidate: 60".to_owned());
                diagnostic.fix("add `revalidate: 60`", false, vec![edit])
            } else {
                diagnostic
            });
        }
        (mode, Some((_, span)), render) if mode != Mode::Isr => {
            let mut diagnostic = Diagnostic::new(
                Code::REVALIDATE_OUTSIDE_ISR,
                context.file,
                span,
                format!("`revalidate` has a meaning only in ISR, but this page is `{}`", mode.name()),
            );
            diagnostic = match render {
                Some((_, at)) => {
                    let diagnostic = diagnostic
                        .related(context.file, at, "the mode is set here")
                        .help("set `render: 'isr'`, or remove `revalidate`");
                    if context.page.render_is_literal {
                        diagnostic.fix("write 'isr'", false, vec![(at, "'isr'".to_owned())])
                    } else {
                        diagnostic
                    }
                }
                None => diagnostic
                    .label(format!("inferred: {}", context.cause.text(context.file)))
                    .help("add `render: 'isr'`, or remove `revalidate`"),
            };
            found.push(diagnostic);
        }
        _ => {}
    }
}

/// `paths` fits the route (S8), and static routes with params have it (M3).
fn check_paths(context: PageContext<'_>, pattern: &Pattern, found: &mut Vec<Diagnostic>) {
    let page = context.page;
    match page.paths {
        None if context.mode == Mode::Ssg && pattern.is_dynamic() => {
            let needs_value =
                pattern.params().any(|(_, kind)| matches!(kind, ParamKind::Param | ParamKind::Rest));
            let at = page.render.map(|(_, span)| span).or(page.config).unwrap_or_default();
            let keys: Vec<String> = pattern.params().map(|(name, _)| name.to_owned()).collect();
            if needs_value {
                let mut diagnostic = Diagnostic::new(
                    Code::MISSING_PATHS,
                    context.file,
                    at,
                    format!("a static page for `{}` must say which pages there are", pattern.text()),
                )
                .help(format!(
                    "export a function `paths` that returns them: `[{{ {}: '...' }}]`; or set `render: 'ssr'`",
                    keys.join(": '...', ")
                ));
                if let Some(end) = page.block_end {
                    let edit = (Span::at(end), example_of_paths(pattern));
                    diagnostic = diagnostic.fix("add `paths` with one page", false, vec![edit]);
                }
                found.push(diagnostic);
            }
        }
        Some(span) if !pattern.is_dynamic() => found.push(
            Diagnostic::new(
                Code::PATHS_NOT_ALLOWED,
                context.file,
                span,
                format!("`{}` has no params, so `paths` has nothing to name", pattern.text()),
            )
            .help("remove `paths`, or name the file with a parameter: `[slug].velox`"),
        ),
        Some(span) if !context.mode.is_static() => {
            let mut diagnostic = Diagnostic::new(
                Code::PATHS_NOT_ALLOWED,
                context.file,
                span,
                format!(
                    "`paths` names the pages to render at build, but this page is `{}`",
                    context.mode.name()
                ),
            )
            .help("set `render: 'ssg'` or `'isr'`, or remove `paths`");
            diagnostic = match page.render {
                Some((_, at)) => diagnostic.related(context.file, at, "the mode is set here"),
                None => {
                    diagnostic.label(format!("the mode is inferred: {}", context.cause.text(context.file)))
                }
            };
            found.push(diagnostic);
        }
        _ => {}
    }
}

/// A function `paths` that names one page, to be written at the end of the block.
fn example_of_paths(pattern: &Pattern) -> String {
    let params: Vec<String> = pattern
        .params()
        .filter_map(|(name, kind)| match kind {
            ParamKind::Param => Some(format!("{name}: 'example'")),
            ParamKind::Rest => Some(format!("{name}: ['example']")),
            ParamKind::Optional | ParamKind::OptionalRest => None,
        })
        .collect();
    format!("\n\nexport function paths() {{\n  return [{{ {} }}];\n}}", params.join(", "))
}

fn check_item(
    context: PageContext<'_>,
    pattern: &Pattern,
    item: &super::paths::PathItem,
    found: &mut Vec<Diagnostic>,
) {
    let names: Vec<String> = pattern.params().map(|(name, _)| name.to_owned()).collect();
    for (name, kind) in pattern.params() {
        let written = item.keys.iter().find(|key| key.name == name);
        let optional = matches!(kind, ParamKind::Optional | ParamKind::OptionalRest);
        let list_wanted = matches!(kind, ParamKind::Rest | ParamKind::OptionalRest);
        let (wanted, example) =
            if list_wanted { ("an array of strings", "['a', 'b']") } else { ("a string", "'a'") };
        match written {
            None if optional || item.open => {}
            None => found.push(
                Diagnostic::new(
                    Code::PATHS_KEYS,
                    context.file,
                    item.span,
                    format!("this item of `paths` has no `{name}`, which `{}` needs", pattern.text()),
                )
                .help(format!("add `{name}: {example}`")),
            ),
            Some(PathKey { value, span, .. }) => {
                let fits = match value {
                    PathValue::Text => !list_wanted,
                    PathValue::List => list_wanted,
                    PathValue::Nothing => optional,
                    PathValue::Other => false,
                    PathValue::Unknown => true,
                };
                if !fits {
                    found.push(
                        Diagnostic::new(
                            Code::PATHS_KEYS,
                            context.file,
                            *span,
                            format!("`{name}` is {wanted} in `{}`", pattern.text()),
                        )
                        .help(format!("write `{name}: {example}`")),
                    );
                }
            }
        }
    }
    for PathKey { name: key, span, shorthand, .. } in &item.keys {
        if names.contains(key) || matches!(&**key, "params" | "props") {
            continue;
        }
        let diagnostic = Diagnostic::new(
            Code::PATHS_KEYS,
            context.file,
            *span,
            format!("`{}` has no param `{key}`", pattern.text()),
        );
        found.push(match nearest(key, names.iter().map(String::as_str)) {
            // Where it has the right key too, the other is a leftover.
            Some(near) if item.keys.iter().any(|key| key.name == near) => {
                diagnostic.help(format!("did you mean `{near}`?"))
            }
            Some(near) => {
                let text = if *shorthand { format!("{near}: {key}") } else { near.to_owned() };
                diagnostic.help(format!("did you mean `{near}`?")).fix(
                    format!("write `{near}`"),
                    false,
                    vec![(*span, text)],
                )
            }
            None => diagnostic.help(format!("its params are {}", list(&names))),
        });
    }
}

/// `` `a`, `b` and `c` ``.
pub(crate) fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => "none".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}
