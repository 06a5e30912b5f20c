//! What is wrong with links, tags and revalidated paths of one file.

use super::facts::SiteIndex;
use super::path::{path_text, read_link, segments_of};
use super::routes::{RouteIndex, ShownPages, SiteRoute, Target, near_page};
use super::uses::{PathUse, SiteUses, Written};
use crate::analyze::{Cause, Mode};
use crate::route::RouteKind;
use velox_diagnostics::{Code, Diagnostic, Span};

/// The site around a file.
#[derive(Clone, Copy)]
pub struct SiteContext<'a> {
    /// The file, relative to the project root.
    pub file: &'a str,
    /// The routes directory, relative to the project root.
    pub directory: &'a str,
    /// Routes and public files.
    pub routes: &'a RouteIndex,
    /// The pages that are seen of a route, by its file.
    pub pages: &'a ShownPages<'a>,
    /// How a route is answered, and why, by its file.
    pub mode: &'a dyn Fn(&str) -> (Mode, Cause),
    /// The configured origin.
    pub site: Option<&'a str>,
    /// The path that relative links of the file begin at, where it is known.
    pub page: Option<&'a str>,
    /// Whether the mode of a route, by its file, cannot be told.
    pub unclear: &'a dyn Fn(&str) -> bool,
}

/// Links that lead nowhere.
#[must_use]
pub fn check_links(context: &SiteContext<'_>, uses: &SiteUses) -> Vec<Diagnostic> {
    uses.links.iter().filter_map(|link| check_link(context, link)).collect()
}

fn check_link(context: &SiteContext<'_>, link: &Written) -> Option<Diagnostic> {
    let routes = context.routes;
    let found = read_link(&link.text, context.site, context.page)?;
    let path = &found.path;
    // Names that no route can have belong to hosts and their tools.
    if path.segments.first().or(path.hole.as_ref()).is_some_and(|first| first.starts_with(['_', '.']))
        || path.segments == ["styles", "global.css"]
    {
        return None;
    }
    let written = &link.text.prefix()[found.place.0..found.place.1];
    let span = part(link, found.place);
    let fixed = |diagnostic: Diagnostic, near: &str| {
        let near = if written.ends_with('/') && !near.ends_with('/') && path.is_literal() {
            format!("{near}/")
        } else {
            near.to_owned()
        };
        let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        if link.verbatim {
            diagnostic.fix(format!("write `{near}`"), false, vec![(span, near)])
        } else {
            diagnostic
        }
    };
    let new = |message: String| Diagnostic::new(Code::BROKEN_LINK, context.file, span, message);
    if !path.is_literal() {
        if !routes.in_base(&path.segments) || routes.can_reach(path) {
            return None;
        }
        let message = format!("no page, endpoint or file of `public/` begins with `{}`", path.shown());
        let near = path
            .hole
            .as_deref()
            .filter(|start| start.is_empty())
            .and_then(|_| routes.near_folder(&path.segments));
        return Some(match near {
            Some(near) => fixed(new(message), &format!("{near}/")),
            None => new(message).help("correct the path"),
        });
    }
    match routes.page(&path.segments, context.pages) {
        Target::Route(_) | Target::File => None,
        Target::NoPage(route, _) if (context.unclear)(&route.file) => None,
        Target::NoPage(route, pages) => {
            let message =
                format!("`{}` is none of the pages that `paths` of {} gives", path.shown(), route.file);
            Some(match near_page(pages, &path.segments) {
                Some(near) => fixed(new(message), &near),
                None => {
                    new(message).help(format!("correct the path, or add it to `paths` of {}", route.file))
                }
            })
        }
        Target::Nothing => {
            let near = routes.near(&path.segments, context.pages);
            if !routes.in_base(&path.segments) {
                // Another application may answer there, unless the base was forgotten.
                let base = routes.base();
                let near = near.filter(|near| near.starts_with(&*base) && !path.segments.is_empty())?;
                let message =
                    format!("`{}` lies outside of this site, whose `routes.base` is `{base}`", path.shown());
                return Some(fixed(new(message), &near));
            }
            let (message, near) = match context.page.filter(|_| !written.starts_with('/')) {
                None => (format!("`{}` leads to no page, endpoint or file of `public/`", path.shown()), near),
                Some(page) => {
                    let message = format!(
                        "`{written}` leads from `{page}` to `{}`, which is no page, endpoint or file of `public/`",
                        path.shown()
                    );
                    // A relative link begins at the folder of the page, not at the page.
                    let below = segments_of(&format!("{page}/{written}")).filter(|below| {
                        matches!(routes.page(below, context.pages), Target::Route(_) | Target::File)
                    });
                    (message, below.map(|below| path_text(&below)).or(near))
                }
            };
            Some(match near {
                Some(near) => fixed(new(message), &near),
                None => new(message).help(missing_file(context, &path.segments)),
            })
        }
    }
}

/// The file that would mend a link.
fn missing_file(context: &SiteContext<'_>, segments: &[String]) -> String {
    let base = context.routes.base();
    let base = segments_of(&base).map_or(0, |base| base.len());
    let rest = segments.get(base..).unwrap_or_default();
    let path = rest.join("/");
    let is_file = rest.last().is_some_and(|last| last.contains('.'));
    if is_file {
        format!("correct the path, or make the file public/{path}")
    } else if rest.first().is_some_and(|first| first == "api") {
        format!("correct the path, or make the endpoint {}/{path}+server.ts", context.directory)
    } else {
        let path = if path.is_empty() { "index" } else { &path };
        format!("correct the path, or make the page {}/{path}.velox", context.directory)
    }
}

/// The place of some bytes of the first piece of a text.
fn part(written: &Written, place: (usize, usize)) -> Span {
    if written.verbatim {
        Span::new(written.span.start + place.0 as u32, written.span.start + place.1 as u32)
    } else {
        written.span
    }
}

/// Revalidated tags that no `fetch` and no `useCache` carries.
#[must_use]
pub fn check_tags(file: &str, index: &SiteIndex, uses: &SiteUses) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if index.carries_unseen {
        return found;
    }
    for used in uses.revalidated_tags.iter().filter(|used| !index.carries(&used.text)) {
        let tag = used.text.shown();
        let diagnostic = Diagnostic::new(
            Code::UNKNOWN_TAG,
            file,
            used.span,
            format!("no `fetch` or `useCache` carries the tag `{tag}`, so no page is revalidated"),
        );
        found.push(match index.near(&used.text) {
            Some(near) => {
                let prefix = used.text.prefix();
                let meant = format!("{near}{}", &tag[prefix.len()..]);
                let diagnostic = diagnostic.help(format!("did you mean `{meant}`?"));
                if used.verbatim {
                    let place = part(used, (0, prefix.len()));
                    diagnostic.fix(format!("write `{meant}`"), false, vec![(place, near.to_owned())])
                } else {
                    diagnostic
                }
            }
            None if !index.has_tags() => diagnostic
                .label("nothing in this project carries any tag")
                .help("give it to what the pages are made of: `fetch(url, { next: { tags: [...] } })` or `useCache(key, load, { tags: [...] })`"),
            None => diagnostic.help(
                "correct the tag, or give it to a `fetch` (`next: { tags: [...] }`) or a `useCache` (`tags: [...]`)",
            ),
        });
    }
    found
}

/// Revalidated paths at which no page is kept.
#[must_use]
pub fn check_paths(context: &SiteContext<'_>, uses: &SiteUses) -> Vec<Diagnostic> {
    uses.revalidated_paths.iter().filter_map(|used| check_path(context, used)).collect()
}

fn check_path(context: &SiteContext<'_>, used: &PathUse) -> Option<Diagnostic> {
    let routes = context.routes;
    let text = &used.path.text;
    let new =
        |message: String| Diagnostic::new(Code::REVALIDATES_NOTHING, context.file, used.path.span, message);
    if used.by_pattern {
        let pattern = text.text()?;
        let named = |route: &&SiteRoute| {
            route.pattern.text() == pattern || id(&route.file, context.directory) == pattern
        };
        let Some(route) = routes.routes().iter().find(named) else {
            let patterns: Vec<String> = routes.routes().iter().map(|route| route.pattern.text()).collect();
            let near = velox_diagnostics::nearest(pattern, patterns.iter().map(String::as_str));
            let diagnostic = new(format!("no route has the pattern `{pattern}`"));
            return Some(with_near(diagnostic, &used.path, used.path.span, near));
        };
        return keeps_nothing(context, route, &route.pattern.text(), used.path.span);
    }
    let first = text.prefix();
    if text.text().is_some() && !first.starts_with('/') {
        if first.is_empty() {
            return None;
        }
        let near = format!("/{first}");
        let leads = segments_of(&near)
            .is_some_and(|segments| matches!(routes.page(&segments, context.pages), Target::Route(_)));
        let diagnostic = new(format!("`{first}` is no path of this site: a path begins with `/`"));
        return Some(with_near(diagnostic, &used.path, used.path.span, Some(&*near).filter(|_| leads)));
    }
    if text.text().is_some()
        && let Some(end) = first.find(['?', '#'])
    {
        let what = if first.as_bytes()[end] == b'?' { "query" } else { "fragment" };
        let path = &first[..end];
        return Some(with_near(
            new(format!("`revalidatePath` takes a path alone, but `{first}` has a {what}")),
            &used.path,
            used.path.span,
            Some(path).filter(|path| !path.is_empty()),
        ));
    }
    let found = read_link(text, None, None)?;
    let path = &found.path;
    let span = part(&used.path, found.place);
    if !path.is_literal() {
        let mut reached = routes.meant(path).into_iter().map(|id| &routes.routes()[id as usize]).peekable();
        if reached.peek().is_none() {
            if routes.can_reach(path) && !routes.only_files(path) {
                return None;
            }
            let diagnostic = Diagnostic::new(
                Code::REVALIDATES_NOTHING,
                context.file,
                span,
                format!("no page has a path that begins with `{}`", path.shown()),
            );
            let near = path
                .hole
                .as_deref()
                .filter(|start| start.is_empty())
                .and_then(|_| routes.near_folder(&path.segments));
            return Some(with_near(diagnostic, &used.path, span, near.map(|near| near + "/").as_deref()));
        }
        let reached: Vec<&SiteRoute> = reached.collect();
        if reached.iter().any(|route| keeps(context, route) || (context.unclear)(&route.file)) {
            return None;
        }
        // The route whose form is that of the path says most.
        let length = path.segments.len() + path.rest.len();
        let route = reached.iter().find(|route| route.pattern.segments.len() == length).or(reached.first())?;
        return keeps_nothing(context, route, &route.pattern.text(), span);
    }
    match routes.page(&path.segments, context.pages) {
        Target::Route(route) | Target::NoPage(route, _) => {
            keeps_nothing(context, route, &path_text(&path.segments), span)
        }
        Target::File | Target::Nothing => {
            let diagnostic = Diagnostic::new(
                Code::REVALIDATES_NOTHING,
                context.file,
                span,
                format!("no page has the path `{}`", path.shown()),
            );
            let near = routes.near(&path.segments, context.pages).filter(|near| {
                segments_of(near)
                    .is_some_and(|near| matches!(routes.page(&near, context.pages), Target::Route(_)))
            });
            Some(with_near(diagnostic, &used.path, span, near.as_deref()))
        }
    }
}

fn with_near(diagnostic: Diagnostic, written: &Written, span: Span, near: Option<&str>) -> Diagnostic {
    match near {
        None => diagnostic.help("correct the path, or remove the call"),
        Some(near) => {
            let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
            if written.verbatim {
                diagnostic.fix(format!("write `{near}`"), false, vec![(span, near.to_owned())])
            } else {
                diagnostic
            }
        }
    }
}

/// The id by which the runtime knows a route: its file below the routes directory, without the ending.
fn id<'a>(file: &'a str, directory: &str) -> &'a str {
    let path = file.strip_prefix(directory).and_then(|path| path.strip_prefix('/')).unwrap_or(file);
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    stem.strip_suffix("+server").unwrap_or(stem)
}

fn keeps(context: &SiteContext<'_>, route: &SiteRoute) -> bool {
    route.kind == RouteKind::Page && (context.mode)(&route.file).0 == Mode::Isr
}

/// Says why no page of a route is kept; nothing where some are.
fn keeps_nothing(context: &SiteContext<'_>, route: &SiteRoute, path: &str, span: Span) -> Option<Diagnostic> {
    if keeps(context, route) || (context.unclear)(&route.file) {
        return None;
    }
    let (mode, cause) = (context.mode)(&route.file);
    let name = mode.name();
    let why = match mode {
        _ if route.kind == RouteKind::Endpoint => format!("`{path}` is an endpoint, and only pages are kept"),
        Mode::Csr => {
            format!("`{path}` is `{name}`: it is rendered in the browser, and the server keeps no page of it")
        }
        Mode::Ssg => {
            format!("`{path}` is `{name}`: it is rendered at build, and never again before the next")
        }
        Mode::Ssr | Mode::Isr => {
            format!("`{path}` is `{name}`: it is rendered on every request, and never kept")
        }
    };
    let diagnostic = Diagnostic::new(Code::REVALIDATES_NOTHING, context.file, span, why);
    if route.kind == RouteKind::Endpoint {
        return Some(diagnostic.help("name the page that shows its data, or remove the call"));
    }
    let diagnostic = diagnostic.label(format!("{}: {}", route.file, cause.text(&route.file)));
    if matches!(cause, Cause::Request(..)) {
        return Some(diagnostic.help("remove the call: a page that needs the request cannot be kept"));
    }
    Some(
        diagnostic.help(format!("set `render: 'isr'` in the `config` of {}, or remove the call", route.file)),
    )
}
