//! Names: what is not in scope, what nothing uses, params that the pattern lacks, exports that a module does not have (language.md T2).

use crate::Db;
use crate::buckets::numbers;
use crate::inputs::{Project, SourceFile};
use crate::kind::{FileRole, file_role};
use crate::parse::has_syntax_error;
use crate::parsed::code_facts;
use crate::queries::{
    all_exports, bucket_globals, exported_names, exporters, imports, page, parse_script, project_facts,
    project_globals, regions, role, route_params, route_table, routes, runs_in_browser,
};
use crate::table::route_of;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;
use velox_core::VeloxFile;
use velox_core::analyze::names::{
    AllExports, ExportedNames, Exporter, FrameworkModule, KnownParams, NameRole, ProjectNames, Scope, Target,
    check_handler_params, check_imported_names, check_params, check_unknown, check_unused, sort_names,
};
use velox_core::analyze::{Mode, check_module_components, handlers_of};
use velox_core::emit::FileKind;
use velox_core::resolve::{Alias, Resolution};
use velox_core::route::Route;
use velox_diagnostics::{Diagnostic, Span};
use velox_script::TemplateFacts;
use velox_syntax::{Regions, ServerRegion, Tree};

/// Checks a file that has no syntax error; `velox` is what it holds, where it is a `.velox` file.
pub(crate) fn check(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    role: FileRole,
    velox: Option<&VeloxFile<'_>>,
    found: &mut Vec<Diagnostic>,
) {
    match role {
        FileRole::Velox(kind) => {
            let Some(velox) = velox else { return };
            let in_browser = match kind {
                FileKind::Page => {
                    let page = page(db, project, file);
                    page.mode_unclear || page.render.is_some_and(|(mode, _)| mode == Mode::Csr)
                }
                FileKind::Component => *runs_in_browser(db, project),
                FileKind::Layout => false,
            };
            let role = match kind {
                FileKind::Page => NameRole::Page { in_browser },
                FileKind::Layout => NameRole::Layout,
                FileKind::Component => NameRole::Component { in_browser },
            };
            check_scope(db, project, file, &Scope::new(*velox, role), found);
        }
        FileRole::TsxPage => check_module(db, project, file, NameRole::TsxPage, found),
        FileRole::Endpoint => {
            check_module(db, project, file, NameRole::Endpoint, found);
            let known = || route_params(db, project, file).clone();
            let handlers = handlers_of(file.text(db));
            found.extend(check_handler_params(file.path(db), file.text(db), &handlers, &known));
        }
        FileRole::Middleware => check_module(db, project, file, NameRole::Middleware, found),
        FileRole::Module | FileRole::Config => check_module(db, project, file, NameRole::Module, found),
        FileRole::Json | FileRole::Other => {}
    }
}

/// A module is looked at as a `.velox` file that is all server block.
fn check_module(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    role: NameRole,
    found: &mut Vec<Diagnostic>,
) {
    let script = parse_script(db, file);
    let end = file.text(db).len() as u32;
    let whole = ServerRegion { open: Span::at(0), body: Span::new(0, end), close: Span::at(end) };
    let regions = Regions { server: Some(whole), template: Span::at(end), ..Regions::default() };
    let (template, facts) = (Tree::default(), TemplateFacts::default());
    let module = VeloxFile {
        path: file.path(db),
        text: file.text(db),
        regions: &regions,
        block: &script.facts,
        block_tree: script.tree.as_ref(),
        template: &template,
        facts: &facts,
    };
    if script.tree.is_some() && !file.path(db).ends_with(".js") {
        found.extend(check_module_components(&module, &project_facts(db, project).components));
    }
    check_scope(db, project, file, &Scope::new(module, role), found);
}

fn check_scope<'db>(
    db: &'db dyn Db,
    project: Project,
    file: SourceFile,
    scope: &Scope<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let resolved = imports(db, project, file);
    let routes = project.routes_directory(db);
    let find = |specifier: &str, resolution: &'db Resolution| match resolution {
        Resolution::File(path) => {
            let source = *project.files(db).sources.get(path)?;
            let is_module = !matches!(file_role(path, routes), FileRole::Json | FileRole::Other);
            is_module.then(|| Target::Module(path, all_exports(db, project, source)))
        }
        Resolution::Framework => FrameworkModule::find(specifier).map(Target::Framework),
        Resolution::Package | Resolution::Missing(_) => None,
    };
    // It is asked for each import, and again for each name of it.
    let found_before: RefCell<FxHashMap<&str, Option<Target<'_>>>> = RefCell::default();
    let target = |specifier: &str| {
        let (specifier, resolution) = resolved.get_key_value(specifier)?;
        *found_before.borrow_mut().entry(specifier).or_insert_with(|| find(specifier, resolution))
    };
    // A `.velox` file is a component, whatever else it exports.
    let has_default = |specifier: &str| matches!(resolved.get(specifier), Some(Resolution::File(path)) if path.ends_with(".velox"));
    found.extend(check_imported_names(scope, &has_default, &target));
    let mut meant = FxHashSet::default();
    if !is_unclear(scope) {
        let target_of = |specifier: &str, name: &str| {
            if name == "default" && has_default(specifier) { None } else { target(specifier) }
        };
        let names = ProjectNames {
            is_global: &|name| project_globals(db, project).contains(name),
            is_package: &|specifier| matches!(resolved.get(specifier), Some(Resolution::Package)),
            exporters: &|name| {
                let paths = exporters(db, project).get(name).map_or(&[][..], Vec::as_slice);
                let aliases = &project_facts(db, project).aliases;
                let others = paths.iter().filter(|(path, _)| path != scope.file.path);
                others
                    .map(|(path, default)| Exporter {
                        specifier: specifier_of(scope.file.path, path, aliases),
                        default: *default,
                    })
                    .collect()
            },
            is_type: &|specifier, name| match target_of(specifier, name) {
                Some(Target::Module(_, exports)) => exports.get(name) == Some(true),
                Some(Target::Framework(module)) => {
                    module.types.contains(&name) && !module.values.contains(&name)
                }
                None => false,
            },
        };
        let (wrong, near) = check_unknown(scope, &names);
        found.extend(wrong);
        meant = near;
    }
    if scope.role.is_velox() {
        found.extend(check_params(scope, &|| route_params(db, project, file).clone()));
    }
    found.extend(check_unused(scope, &meant, &|specifier| match resolved.get(specifier) {
        Some(Resolution::File(path)) => brings_only_code(db, project, path),
        Some(Resolution::Package) => {
            ![".css", ".scss", ".less"].iter().any(|ending| specifier.ends_with(ending))
        }
        _ => true,
    }));
}

/// Whether nothing certain can be said of names that the file does not declare: plain JavaScript may be a CommonJS module, and
/// tests have the globals of their runner.
fn is_unclear(scope: &Scope<'_>) -> bool {
    let path = scope.file.path;
    scope.role == NameRole::Module
        && ([".js", ".jsx", ".mjs"].iter().any(|ending| path.ends_with(ending))
            || [".test.", ".spec.", "__tests__/"].iter().any(|part| path.contains(part)))
}

/// Whether a module and all that it imports hold code alone: style sheets come along with an import, used or not.
fn brings_only_code(db: &dyn Db, project: Project, path: &str) -> bool {
    let mut seen = FxHashSet::default();
    let mut work = vec![path.to_owned()];
    while let Some(path) = work.pop() {
        if path.ends_with(".velox") || path.ends_with(".css") {
            return false;
        }
        let Some(source) = project.files(db).sources.get(&path).copied() else { continue };
        if path.ends_with(".json") || !seen.insert(path) {
            continue;
        }
        work.extend(imports(db, project, source).values().filter_map(|target| match target {
            Resolution::File(path) => Some(path.clone()),
            _ => None,
        }));
    }
    true
}

/// What a file exports by its own text.
pub(crate) fn read_exported_names(db: &dyn Db, file: SourceFile) -> ExportedNames {
    let facts = code_facts(db, file);
    let fences = !file.path(db).ends_with(".velox") || regions(db, file).problems.is_empty();
    let whole = fences && facts.valid && !has_syntax_error(&facts);
    velox_core::analyze::names::exported_names(file.path(db), &facts, whole)
}

/// Follows `export *`, each file once.
pub(crate) fn follow_exports(db: &dyn Db, project: Project, file: SourceFile) -> AllExports {
    let mut all = AllExports::default();
    let mut seen = FxHashSet::default();
    let mut work = vec![file];
    while let Some(at) = work.pop() {
        if !seen.insert(at) {
            continue;
        }
        let own = exported_names(db, at);
        all.open |= own.open;
        all.names.extend(own.names.iter().filter(|(name, _)| at == file || name != "default").cloned());
        for specifier in &own.stars {
            let next = match imports(db, project, at).get(specifier) {
                Some(Resolution::File(path)) => project.files(db).sources.get(path).copied(),
                _ => None,
            };
            match next.filter(|next| !matches!(role(db, project, *next), FileRole::Json | FileRole::Other)) {
                Some(next) => work.push(next),
                None => all.open = true,
            }
        }
    }
    sort_names(&mut all.names);
    all
}

/// Values that a file declares for the whole project.
pub(crate) fn read_global_names(db: &dyn Db, file: SourceFile) -> Vec<String> {
    let path = file.path(db);
    if path.ends_with(".json") || !file.text(db).contains("declare") {
        return Vec::new();
    }
    let facts = code_facts(db, file);
    if path.ends_with(".d.ts") {
        facts.ambient_values().map(str::to_owned).collect()
    } else {
        facts.globals.clone()
    }
}

pub(crate) fn collect_globals(db: &dyn Db, project: Project) -> FxHashSet<String> {
    numbers(db, project).flat_map(|at| bucket_globals(db, project, at)).cloned().collect()
}

/// By name, the modules that export it as a value, and whether as their default; routes and configuration are no libraries.
pub(crate) fn index_exports(db: &dyn Db, project: Project) -> FxHashMap<String, Vec<(String, bool)>> {
    let mut index: FxHashMap<String, Vec<(String, bool)>> = FxHashMap::default();
    let routes = project.routes_directory(db);
    let is_test = |path: &str| [".test.", ".spec.", "__tests__/"].iter().any(|part| path.contains(part));
    // Paths tell, so that no query is asked for each of many pages.
    let mut modules: Vec<(&String, SourceFile)> = project
        .files(db)
        .sources
        .iter()
        .filter(|(path, _)| file_role(path, routes) == FileRole::Module && !is_test(path))
        .map(|(path, file)| (path, *file))
        .collect();
    modules.sort_unstable_by_key(|(path, _)| *path);
    for (path, file) in modules {
        let name = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or(path);
        for (exported, type_only) in &exported_names(db, file).names {
            if exported == "default" {
                index.entry(name.to_owned()).or_default().push((path.to_owned(), true));
            } else if !type_only {
                index.entry(exported.clone()).or_default().push((path.to_owned(), false));
            }
        }
    }
    index
}

/// The specifier by which one file names another: by an alias, else by the relative path.
fn specifier_of(from: &str, path: &str, aliases: &[Alias]) -> String {
    let stem = [".ts", ".tsx"].iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path);
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    let by_alias = aliases.iter().find_map(|alias| {
        let target = alias.targets.first()?;
        let (before, after) = target.split_once('*')?;
        let rest = stem.strip_prefix(before)?.strip_suffix(after)?;
        (!before.is_empty()).then(|| alias.pattern.replacen('*', rest, 1))
    });
    by_alias.unwrap_or_else(|| crate::specifiers::relative(from, stem))
}

/// The params that a file may be given; nothing where they cannot be told. Modes have no part in it, so that only a file of
/// `layouts/` asks for the route table.
pub(crate) fn find_params(db: &dyn Db, project: Project, file: SourceFile) -> Option<KnownParams> {
    let kind = match role(db, project, file) {
        FileRole::Velox(kind) => kind,
        FileRole::Endpoint => FileKind::Page,
        _ => return None,
    };
    if let Some(route) = route_of(db, project, file) {
        if !route.problems.is_empty() {
            return None;
        }
        let names = route.pattern.params().map(|(name, _)| name.to_owned()).collect();
        return Some(KnownParams { names, pattern: Some(route.pattern.text()) });
    }
    let (folder, name) = file.path(db).rsplit_once('/').unwrap_or(("", file.path(db)));
    if kind == FileKind::Component {
        return None;
    }
    if kind == FileKind::Layout && name != "_layout.velox" {
        let entries = &route_table(db, project).entries;
        return params_of(
            entries.iter().filter(|entry| entry.layouts.contains(&file)).map(|entry| &entry.route),
        );
    }
    let below = |path: &str| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    params_of(routes(db, project).iter().filter(|route| below(&route.file)))
}

/// The params of all these routes; nothing where there is none, or one whose name is wrong.
fn params_of<'a>(routes: impl Iterator<Item = &'a Route>) -> Option<KnownParams> {
    let mut names: Vec<String> = Vec::new();
    let mut served = false;
    for route in routes {
        if !route.problems.is_empty() {
            return None;
        }
        served = true;
        for (name, _) in route.pattern.params() {
            if !names.iter().any(|other| other == name) {
                names.push(name.to_owned());
            }
        }
    }
    served.then_some(KnownParams { names, pattern: None })
}

/// Whether a page of the project runs in the browser.
pub(crate) fn find_browser_pages(db: &dyn Db, project: Project) -> bool {
    route_table(db, project).entries.iter().any(|entry| entry.mode == Mode::Csr)
}
