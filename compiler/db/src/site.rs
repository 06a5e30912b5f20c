//! What only the whole site can answer: cache tags, revalidated paths, links.

use crate::Db;
use crate::buckets::{numbers, route_entry, shown_pages_of};
use crate::inputs::{Project, SourceFile};
use crate::kind::FileRole;
use crate::parse::has_syntax_error;
use crate::parsed::parsed;
use crate::queries::{
    bucket_tags, middleware_answers, page, parse_script, project_facts, role, route_index, routes,
    site_index, site_paths, site_uses,
};
use crate::table::route_files;
use rustc_hash::FxHashMap;
use velox_core::VeloxFile;
use velox_core::analyze::site::{
    LinkPath, RouteIndex, SiteContext, SiteFacts, SiteFile, SiteIndex, SiteRoute, SiteUses, Written,
    check_links, check_paths, check_tags, may_answer, named_paths, read_uses,
};
use velox_core::analyze::{Cause, Mode, TrailingSlash};
use velox_core::emit::FileKind;
use velox_core::route::RouteKind;
use velox_diagnostics::Diagnostic;

/// Checks a file that has no syntax error.
pub(crate) fn check(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    let uses = site_uses(db, project, file);
    let path = file.path(db);
    if !uses.revalidated_tags.is_empty() {
        found.extend(check_tags(path, site_index(db, project), uses));
    }
    if uses.links.is_empty() && uses.revalidated_paths.is_empty() {
        return;
    }
    let routes = route_index(db, project);
    if routes.routes().is_empty() {
        // A file on its own has no site around it.
        return;
    }
    let source = |file: &str| project.files(db).sources.get(file).copied();
    let unclear = |file: &str| source(file).is_some_and(|source| page(db, project, source).mode_unclear);
    let pages = |file: &str| shown_pages_of(db, project, source(file)?);
    let mode = |file: &str| {
        let entry = source(file).and_then(|source| route_entry(db, project, source));
        entry.map_or((Mode::Ssr, Cause::Static), |entry| (entry.mode, entry.cause.clone()))
    };
    let relative = |link: &Written| !link.text.prefix().starts_with(['/', '#', '?']);
    let own = (uses.links.iter().any(relative) && !site_index(db, project).has_base)
        .then(|| page_path(db, project, file))
        .flatten();
    let context = SiteContext {
        file: path,
        directory: project.routes_directory(db),
        routes,
        pages: &pages,
        mode: &mode,
        site: project_facts(db, project).config.site.as_deref(),
        page: own.as_deref(),
        unclear: &unclear,
    };
    found.extend(check_paths(&context, uses));
    if !uses.links.is_empty() && !middleware_answers(db, project) {
        found.extend(check_links(&context, uses));
    }
}

/// The path of the page that a file is, as a relative link in it sees it; nothing where there is no one path.
#[must_use]
pub fn page_path(db: &dyn Db, project: Project, file: SourceFile) -> Option<String> {
    let page = matches!(role(db, project, file), FileRole::Velox(FileKind::Page) | FileRole::TsxPage);
    let route = route_files(db, project).route(file.path(db)).filter(|_| page)?;
    if route.pattern.is_dynamic() {
        return None;
    }
    let text = route.pattern.text();
    match project_facts(db, project).config.trailing_slash {
        _ if text == "/" => Some(text),
        TrailingSlash::Never => Some(text),
        TrailingSlash::Always => Some(text + "/"),
        TrailingSlash::Ignore => None,
    }
}

pub(crate) fn read_file(db: &dyn Db, project: Project, file: SourceFile) -> SiteUses {
    let role = role(db, project, file);
    match role {
        FileRole::Velox(_) => {
            let parsed = parsed(db, file);
            let VeloxFile { text, regions, block, block_tree, template: tree, facts: template, .. } =
                parsed.file();
            let (base, body) =
                regions.server.map_or((0, ""), |server| (server.body.start, server.body.text(text)));
            read_uses(&SiteFile {
                text,
                module: (base, body, block, block_tree),
                template: Some((regions.template.start, regions.template.text(text), template, tree)),
                ambient: true,
                whole: regions.problems.is_empty()
                    && tree.problems.is_empty()
                    && template.problems.is_empty()
                    && !has_syntax_error(block),
            })
        }
        FileRole::TsxPage | FileRole::Endpoint | FileRole::Middleware | FileRole::Module => {
            let script = parse_script(db, file);
            let text = file.text(db);
            read_uses(&SiteFile {
                text,
                module: (0, text, &script.facts, script.tree.as_ref()),
                template: None,
                ambient: role == FileRole::Endpoint,
                whole: !has_syntax_error(&script.facts),
            })
        }
        FileRole::Config | FileRole::Json | FileRole::Other => SiteUses::default(),
    }
}

pub(crate) fn facts_of_file(db: &dyn Db, project: Project, file: SourceFile) -> SiteFacts {
    SiteFacts::of(site_uses(db, project, file))
}

pub(crate) fn paths_of_file(db: &dyn Db, project: Project, file: SourceFile) -> Vec<LinkPath> {
    let site = project_facts(db, project).config.site.as_deref();
    named_paths(file.text(db), site_uses(db, project, file), site, page_path(db, project, file).as_deref())
}

pub(crate) fn index_tags(db: &dyn Db, project: Project) -> SiteIndex {
    SiteIndex::join(numbers(db, project).map(|at| bucket_tags(db, project, at)))
}

pub(crate) fn index_routes(db: &dyn Db, project: Project) -> RouteIndex {
    let routes = routes(db, project).iter().map(|route| SiteRoute {
        file: route.file.clone(),
        kind: route.kind,
        pattern: route.pattern.clone(),
    });
    let files = project.files(db);
    let public =
        files.assets.keys().chain(files.sources.keys()).filter_map(|path| path.strip_prefix("public/"));
    RouteIndex::new(routes, public, &project_facts(db, project).config.base)
}

pub(crate) fn read_middleware(db: &dyn Db, project: Project) -> bool {
    let source = crate::table::source_folder(db, project);
    let files = &project.files(db).sources;
    ["ts", "js"]
        .iter()
        .filter_map(|ending| files.get(&format!("{source}middleware.{ending}")))
        .any(|file| may_answer(file.text(db)))
}

/// Page routes, by their files, that nothing in the project leads to but the pages themselves: no link, no `redirect`, and no
/// other string or template literal that looks like a path. The page at the base of the site is where visitors begin.
#[must_use]
pub fn unlinked(db: &dyn Db, project: Project) -> Vec<String> {
    let index = route_index(db, project);
    let mut linked = vec![false; index.routes().len()];
    let mut seen: FxHashMap<&LinkPath, Vec<u32>> = FxHashMap::default();
    for file in project.files(db).sources.values() {
        for path in site_paths(db, project, *file) {
            for id in seen.entry(path).or_insert_with(|| index.meant(path)).iter() {
                let own = index.routes()[*id as usize].file == file.path(db);
                linked[*id as usize] |= !own;
            }
        }
    }
    let base = index.base();
    let routes = index.routes().iter().zip(linked);
    routes
        .filter(|(route, linked)| !linked && route.kind == RouteKind::Page && route.pattern.text() != base)
        .map(|(route, _)| route.file.clone())
        .collect()
}
