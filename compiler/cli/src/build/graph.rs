//! Which files end up in the output: everything that routes, layouts and middleware reach through imports.
//!
//! Reads the database only.

use rustc_hash::FxHashSet;
use std::collections::BTreeSet;
use velox_core::resolve::Resolution;
use velox_core::route::{Layer, RouteKind};
use velox_db::{Db, Project, RouteEntry, SourceFile, imports, nearest_layers, route_table, source_folder};

/// The files of the output.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    /// Modules that are emitted, sorted by path.
    pub(crate) modules: Vec<SourceFile>,
    /// Other files that modules import, sorted: styles, images, JSON.
    pub(crate) assets: BTreeSet<String>,
}

/// A route with the special files around it.
#[derive(Debug)]
pub(crate) struct PlannedRoute<'db> {
    pub(crate) entry: &'db RouteEntry,
    /// `_error.velox` files, the nearest first, each with its layouts.
    pub(crate) errors: Vec<(SourceFile, Vec<SourceFile>)>,
    /// The nearest `_loading.velox`.
    pub(crate) loading: Option<SourceFile>,
}

/// All routes with their special files.
pub(crate) fn plan_routes(db: &dyn Db, project: Project) -> Vec<PlannedRoute<'_>> {
    route_table(db, project)
        .entries
        .iter()
        .map(|entry| PlannedRoute {
            entry,
            errors: if entry.route.kind == RouteKind::Page {
                error_pages(db, project, &entry.route.file)
            } else {
                Vec::new()
            },
            loading: nearest_layers(db, project, &entry.route.file, Layer::Loading).first().copied(),
        })
        .collect()
}

/// The error pages that a path under the routes directory falls back to, the nearest first.
pub(crate) fn error_pages(db: &dyn Db, project: Project, path: &str) -> Vec<(SourceFile, Vec<SourceFile>)> {
    nearest_layers(db, project, path, Layer::Error)
        .into_iter()
        .map(|error| (error, velox_db::layouts_of(db, project, error).clone()))
        .collect()
}

/// `middleware.ts`, where there is one.
pub(crate) fn middleware(db: &dyn Db, project: Project) -> Option<SourceFile> {
    let folder = source_folder(db, project);
    ["ts", "js"]
        .iter()
        .find_map(|ending| project.files(db).sources.get(&format!("{folder}middleware.{ending}")).copied())
}

/// Follows imports from the entry points.
pub(crate) fn graph(db: &dyn Db, project: Project, routes: &[PlannedRoute<'_>]) -> Graph {
    let mut work: Vec<SourceFile> = middleware(db, project).into_iter().collect();
    let root = format!("{}/index.velox", project.routes_directory(db));
    for (error, layouts) in error_pages(db, project, &root) {
        work.push(error);
        work.extend(layouts);
    }
    for route in routes {
        work.push(route.entry.source);
        work.extend(&route.entry.layouts);
        work.extend(route.loading);
        for (error, layouts) in &route.errors {
            work.push(*error);
            work.extend(layouts);
        }
    }
    let mut seen: FxHashSet<SourceFile> = FxHashSet::default();
    let mut graph = Graph::default();
    while let Some(file) = work.pop() {
        if !seen.insert(file) {
            continue;
        }
        for target in imports(db, project, file).values() {
            let Resolution::File(path) = target else { continue };
            match project.files(db).sources.get(path) {
                Some(source) if !path.ends_with(".json") => work.push(*source),
                _ => {
                    graph.assets.insert(path.clone());
                }
            }
        }
    }
    graph.modules = seen.into_iter().collect();
    graph.modules.sort_by(|a, b| a.path(db).cmp(b.path(db)));
    graph
}

/// The `.velox` files and style sheets that a page brings along, in the order in which their styles apply: what is imported
/// first, then what imports it; `entries` are the layouts from the outside in, then the page.
pub(crate) fn style_order(db: &dyn Db, project: Project, entries: &[SourceFile]) -> Vec<String> {
    let mut order = Vec::new();
    let mut seen = FxHashSet::default();
    for entry in entries {
        visit_styles(db, project, *entry, &mut seen, &mut order);
    }
    order
}

fn visit_styles(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    seen: &mut FxHashSet<String>,
    order: &mut Vec<String>,
) {
    // An explicit stack: chains of imports can be long.
    let mut stack = vec![(file, false)];
    while let Some((file, done)) = stack.pop() {
        if done {
            order.push(file.path(db).to_owned());
            continue;
        }
        if !seen.insert(file.path(db).to_owned()) {
            continue;
        }
        stack.push((file, true));
        let resolved = imports(db, project, file);
        let mut next = Vec::new();
        for import in &velox_db::module_facts(db, file).imports {
            let Some(Resolution::File(path)) = resolved.get(&import.specifier) else { continue };
            if path.ends_with(".css") {
                if seen.insert(path.clone()) {
                    order.push(path.clone());
                }
            } else if let Some(source) =
                project.files(db).sources.get(path).filter(|_| !path.ends_with(".json"))
            {
                next.push((*source, false));
            }
        }
        stack.extend(next.into_iter().rev());
    }
}
