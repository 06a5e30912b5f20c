//! Routes, cache tags and params: what links, `revalidatePath`, `fetch` and their like name.

use super::styles::unquoted;
use crate::{Document, Use, UseKind};
use velox_core::analyze::site::{Glob, SiteLink, Target, Written, read_link};
use velox_core::resolve::normalize;
use velox_db::SourceFile;
use velox_diagnostics::Span;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Route files; several where holes leave it open.
    Routes(Vec<String>),
    /// A file of `public/`, by its path in the project.
    Public(String),
}

/// All URLs of this site that a file names with their places: links, redirects, revalidated paths, what `fetch` asks for. The flag
/// says that it is a pattern.
pub(crate) fn urls(document: Document<'_>) -> impl Iterator<Item = (&Written, bool)> {
    let uses = velox_db::site_uses(document.db, document.project, document.file);
    let links = uses.links.iter().chain(&uses.fetched).map(|link| (link, false));
    links.chain(uses.revalidated_paths.iter().map(|path| (&path.path, path.by_pattern)))
}

/// A URL as the path that a request for it has.
pub(crate) fn link_of(document: Document<'_>, written: &Written) -> Option<SiteLink> {
    let Document { db, project, file } = document;
    let site = velox_db::project_facts(db, project).config.site.as_deref();
    let relative = !written.text.prefix().starts_with('/');
    let page = if relative { velox_db::page_path(db, project, file) } else { None };
    read_link(&written.text, site, page.as_deref())
}

/// What a URL is meant to lead to: where holes leave it open, the routes with params, if there are any.
pub(crate) fn destination(
    document: Document<'_>,
    written: &Written,
    by_pattern: bool,
) -> Option<Destination> {
    let mut found = any_destination(document, written, by_pattern)?;
    if let Destination::Routes(routes) = &mut found
        && routes.len() > 1
    {
        let index = velox_db::route_index(document.db, document.project);
        let dynamic = |file: &String| {
            index.routes().iter().any(|route| route.file == *file && route.pattern.is_dynamic())
        };
        if routes.iter().any(dynamic) {
            routes.retain(dynamic);
        }
    }
    Some(found)
}

/// All that a URL can lead to.
pub(crate) fn any_destination(
    document: Document<'_>,
    written: &Written,
    by_pattern: bool,
) -> Option<Destination> {
    let index = velox_db::route_index(document.db, document.project);
    if by_pattern {
        let pattern = written.text.text()?;
        let route = index.routes().iter().find(|route| route.pattern.text() == pattern)?;
        return Some(Destination::Routes(vec![route.file.clone()]));
    }
    let link = link_of(document, written)?;
    if !link.path.is_literal() {
        let routes: Vec<String> =
            index.meant(&link.path).iter().map(|id| index.routes()[*id as usize].file.clone()).collect();
        return (!routes.is_empty()).then_some(Destination::Routes(routes));
    }
    match index.target(&link.path.segments) {
        Target::Route(route) | Target::NoPage(route, _) => {
            Some(Destination::Routes(vec![route.file.clone()]))
        }
        Target::File => {
            let path = normalize(&format!("public/{}", link.path.segments.join("/")))?;
            let files = document.project.files(document.db);
            [path.clone(), format!("{path}/index.html")]
                .into_iter()
                .find(|path| files.contains(path))
                .map(Destination::Public)
        }
        Target::Nothing => None,
    }
}

/// All places of the project that lead to a route, its own file's among them.
pub(crate) fn uses_of_route(document: Document<'_>, route: &str) -> Vec<Use> {
    let mut found = Vec::new();
    for file in project_files(document) {
        for (written, by_pattern) in urls(file) {
            let leads = matches!(destination(file, written, by_pattern),
                Some(Destination::Routes(routes)) if routes.iter().any(|one| one == route));
            if leads {
                found.push(Use { path: file.path().to_owned(), span: written.span, kind: UseKind::Read });
            }
        }
    }
    found
}

/// The cache tag at a place of a file.
pub(crate) fn tag_at(document: Document<'_>, offset: u32) -> Option<&Written> {
    let uses = velox_db::site_uses(document.db, document.project, document.file);
    uses.revalidated_tags.iter().chain(&uses.carried).find(|tag| tag.span.touches(offset))
}

/// All places of the project that name a tag, or one that can be the same; those that carry it are its declarations.
pub(crate) fn uses_of_tag(document: Document<'_>, tag: &Glob) -> Vec<(SourceFile, Written, UseKind)> {
    let mut found = Vec::new();
    for file in project_files(document) {
        let uses = velox_db::site_uses(file.db, file.project, file.file);
        let carried = uses.carried.iter().map(|one| (one, UseKind::Declaration));
        let asked = uses.revalidated_tags.iter().map(|one| (one, UseKind::Read));
        for (one, kind) in carried.chain(asked).filter(|(one, _)| one.text.meets(tag)) {
            found.push((file.file, one.clone(), kind));
        }
    }
    found
}

/// The files of the project, by path.
pub(crate) fn project_files(document: Document<'_>) -> Vec<Document<'_>> {
    let sources = &document.project.files(document.db).sources;
    let mut files: Vec<Document<'_>> = sources.values().map(|file| document.with(*file)).collect();
    files.sort_by_key(|file| file.path());
    files
}

/// Places in a route's file that read one of its params: `params.slug`, `const { slug } = params`, keys of `paths`.
pub(crate) fn uses_of_param(document: Document<'_>, name: &str) -> Vec<(Span, UseKind)> {
    let mut found: Vec<(Span, UseKind)> = document
        .page()
        .path_items
        .iter()
        .flat_map(|item| &item.keys)
        .filter(|key| key.name == name)
        .map(|key| (unquoted(key.span, document.text()), UseKind::Declaration))
        .collect();
    for (span, key) in super::members_of(document.db, document.file, "params") {
        if key == name {
            found.push((span, UseKind::Read));
        }
    }
    found
}
