//! Joins files to pages, layouts and routes. What the queries of `queries.rs` call; pure but for asking other queries.

use crate::Db;
use crate::buckets::numbers;
use crate::inputs::{Project, SourceFile};
use crate::kind::FileRole;
use crate::parsed::{code_facts, facts_of_template, parsed};
use crate::queries::{
    bucket_routes, imports, page, parse_script, project_facts, role, route_conflicts, routes, specifiers,
};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use velox_core::analyze::{Cause, LayoutChoice, Mode, Page, analyze_page};
use velox_core::resolve::{Resolution, resolve};
use velox_core::route::{Conflicts, Layer, Route, RouteFiles, by_specificity, exclusion};

/// All routes of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteTable {
    /// The routes, the more specific first (language.md R2).
    pub entries: Vec<Arc<RouteEntry>>,
    /// Files that stand in each other's way (language.md R3).
    pub conflicts: Conflicts,
    /// File → index of its route.
    by_source: FxHashMap<SourceFile, usize>,
}

impl RouteTable {
    /// The route of a file.
    #[must_use]
    pub fn of(&self, file: SourceFile) -> Option<&RouteEntry> {
        self.by_source.get(&file).map(|at| &*self.entries[*at])
    }
}

/// A route with what decides on how it is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteEntry {
    /// Its name and pattern.
    pub route: Route,
    /// Its source.
    pub source: SourceFile,
    /// Its mode (language.md M1); `ssr` for endpoints.
    pub mode: Mode,
    /// Why.
    pub cause: Cause,
    /// Files of its layouts, outermost first.
    pub layouts: Vec<SourceFile>,
    /// Whether it exports `paths`.
    pub has_paths: bool,
}

pub(crate) fn route_files<'a>(db: &'a dyn Db, project: Project) -> RouteFiles<'a> {
    RouteFiles { directory: project.routes_directory(db), base: &project_facts(db, project).config.base }
}

/// The folder that `layouts/`, `components/` and `styles/` lie in: empty, or `src/`.
#[must_use]
pub fn source_folder(db: &dyn Db, project: Project) -> &str {
    project.routes_directory(db).strip_suffix("routes").unwrap_or("")
}

/// The route that a file is, if it is one. Asks its name alone, and so waits for no other file.
pub(crate) fn route_of(db: &dyn Db, project: Project, file: SourceFile) -> Option<Route> {
    let route = route_files(db, project).route(file.path(db))?;
    is_served(db, project)(&route).then_some(route)
}

/// Tells whether the configuration leaves a file a route.
pub(crate) fn is_served(db: &dyn Db, project: Project) -> impl Fn(&Route) -> bool {
    let exclude = exclusion(&project_facts(db, project).config.exclude);
    let directory = project.routes_directory(db);
    move |route| {
        let below = route.file.strip_prefix(directory).map(|rest| rest.trim_start_matches('/'));
        below.is_some_and(|rest| !exclude.is_match(rest))
    }
}

pub(crate) fn find_routes(db: &dyn Db, project: Project) -> Vec<Route> {
    let files = route_files(db, project);
    let exclude = exclusion(&project_facts(db, project).config.exclude);
    let prefix = format!("{}/", project.routes_directory(db));
    let mut found: Vec<Route> = project
        .files(db)
        .sources
        .keys()
        .filter(|path| path.strip_prefix(&*prefix).is_some_and(|rest| !exclude.is_match(rest)))
        .filter_map(|path| files.route(path))
        .collect();
    found.sort_by(by_specificity);
    found
}

pub(crate) fn find_conflicts(db: &dyn Db, project: Project) -> Conflicts {
    let files = project.files(db).sources.keys().map(|path| &**path);
    Conflicts::find(routes(db, project), files, project.routes_directory(db))
}

pub(crate) fn build_table(db: &dyn Db, project: Project) -> RouteTable {
    let found: FxHashMap<&str, &Arc<RouteEntry>> = numbers(db, project)
        .flat_map(|at| bucket_routes(db, project, at).values())
        .map(|entry| (&*entry.route.file, entry))
        .collect();
    let routes = routes(db, project).iter();
    let entries: Vec<Arc<RouteEntry>> =
        routes.filter_map(|route| Some(Arc::clone(found.get(&*route.file)?))).collect();
    let by_source = entries.iter().enumerate().map(|(at, entry)| (entry.source, at)).collect();
    RouteTable { entries, conflicts: route_conflicts(db, project).clone(), by_source }
}

pub(crate) fn find_layouts(db: &dyn Db, project: Project, file: SourceFile) -> Vec<SourceFile> {
    let files = &project.files(db).sources;
    let path = file.path(db);
    let mut found = Vec::new();
    let outermost = match &page(db, project, file).layout {
        LayoutChoice::None => None,
        LayoutChoice::Default => Some("default"),
        LayoutChoice::Named(name) => Some(&**name),
    };
    if let Some(name) = outermost {
        let layout = format!("{}layouts/{name}.velox", source_folder(db, project));
        found.extend(files.get(&layout).copied().filter(|layout| *layout != file));
    }
    let layers = route_files(db, project).layers(path, Layer::Layout, &|path| files.contains_key(path));
    found.extend(layers.iter().filter_map(|path| files.get(path).copied()));
    found
}

pub(crate) fn resolve_imports(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
) -> FxHashMap<String, Resolution> {
    let files = project.files(db);
    let aliases = &project_facts(db, project).aliases;
    let found = |specifier: &str| resolve(file.path(db), specifier, aliases, &|path| files.contains(path));
    specifiers(db, file).iter().map(|specifier| (specifier.clone(), found(specifier))).collect()
}

/// The specifiers that a file names: of imports, re-exports and `import()`.
pub(crate) fn named_specifiers(db: &dyn Db, file: SourceFile) -> Vec<String> {
    let facts = code_facts(db, file);
    let imported = facts.imports.iter().map(|import| &import.specifier);
    let exported = facts.exports.iter().filter_map(|export| Some(&export.from.as_ref()?.0));
    let template = file.path(db).ends_with(".velox").then(|| facts_of_template(db, file));
    let in_template = template.iter().flat_map(|template| &template.dynamic_imports);
    let dynamic = facts.dynamic_imports.iter().chain(in_template).map(|(specifier, _)| specifier);
    let mut found: Vec<&String> = imported.chain(exported).chain(dynamic).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().cloned().collect()
}

/// The names that a file takes out of other modules: (specifier, name).
pub(crate) fn named_imports(db: &dyn Db, file: SourceFile) -> Vec<(String, String)> {
    let facts = code_facts(db, file);
    let mut found = Vec::new();
    for import in &facts.imports {
        found.extend(import.names.iter().map(|name| (import.specifier.clone(), name.imported.clone())));
    }
    for export in &facts.exports {
        if let Some((specifier, _)) = &export.from {
            let name = export.local.as_ref().unwrap_or(&export.name);
            found.push((specifier.clone(), name.clone()));
        }
    }
    let template = file.path(db).ends_with(".velox").then(|| facts_of_template(db, file));
    let in_template = template.iter().flat_map(|template| &template.dynamic_imports);
    let dynamic = facts.dynamic_imports.iter().chain(in_template);
    found.extend(dynamic.map(|(specifier, _)| (specifier.clone(), "*".to_owned())));
    found.sort_unstable();
    found.dedup();
    found
}

pub(crate) fn read_page(db: &dyn Db, project: Project, file: SourceFile) -> Page {
    match role(db, project, file) {
        FileRole::Velox(kind) => analyze_page(&parsed(db, file).file(), kind),
        FileRole::TsxPage => {
            let regions = velox_syntax::Regions {
                server: Some(velox_syntax::ServerRegion {
                    open: velox_diagnostics::Span::at(0),
                    body: velox_diagnostics::Span::new(0, file.text(db).len() as u32),
                    close: velox_diagnostics::Span::at(file.text(db).len() as u32),
                }),
                ..Default::default()
            };
            let script = parse_script(db, file);
            let empty = (velox_syntax::Tree::default(), velox_script::TemplateFacts::default());
            let page = velox_core::VeloxFile {
                path: file.path(db),
                text: file.text(db),
                regions: &regions,
                block: &script.facts,
                block_tree: script.tree.as_ref(),
                template: &empty.0,
                facts: &empty.1,
            };
            velox_core::analyze::analyze_tsx_page(&page)
        }
        _ => Page::default(),
    }
}

/// Special files of one kind around a route, the nearest first.
pub fn nearest_layers(db: &dyn Db, project: Project, path: &str, layer: Layer) -> Vec<SourceFile> {
    let files = &project.files(db).sources;
    let mut layers = route_files(db, project).layers(path, layer, &|path| files.contains_key(path));
    layers.reverse();
    layers.iter().filter_map(|path| files.get(path).copied()).collect()
}

/// Whether a component that a file imports is a `.velox` file; by its local name.
pub(crate) fn imported_velox(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    local: &str,
) -> Option<SourceFile> {
    let facts = code_facts(db, file);
    let import = facts
        .imports
        .iter()
        .find(|import| import.names.iter().any(|name| name.local == local && name.imported == "default"))?;
    match imports(db, project, file).get(&import.specifier)? {
        Resolution::File(path) if path.ends_with(".velox") => project.files(db).sources.get(path).copied(),
        _ => None,
    }
}

/// The names of the files in `layouts/`, without their ending, sorted.
pub(crate) fn find_layout_names(db: &dyn Db, project: Project) -> Vec<String> {
    let folder = format!("{}layouts/", source_folder(db, project));
    let mut names: Vec<String> = project
        .files(db)
        .sources
        .keys()
        .filter_map(|path| Some(path.strip_prefix(&*folder)?.strip_suffix(".velox")?.to_owned()))
        .collect();
    names.sort();
    names
}
