//! Joins files to the import graph: what the queries of `queries.rs` call to tell what runs where.
//!
//! Facts of one file hold no positions, and the graphs over them only what crosses a file's border, so an edit of a function's body
//! that changes no effect stops at its own file.

use crate::Db;
use crate::buckets::{number_of, numbers};
use crate::inputs::{Project, SourceFile};
use crate::kind::{FileRole, file_role};
use crate::parse::velox_file;
use crate::parsed::parsed;
use crate::queries::{
    bucket_client_reasons, bucket_client_roots, bucket_imported_pages, file_links, file_uses, imported_pages,
    imports, linked_files, linked_request_graph, node_packages, page, page_scripts, parse_script,
    project_facts, request_graph, role, shared_files,
};
use rustc_hash::FxHashSet;
use velox_core::analyze::{Mode, ModeFacts, RequestUse};
use velox_core::effects::{
    self, ClientReason, ClientRoot, Clients, FileLinks, FileUses, Files, Load, ModuleGraph, Modules, Reached,
    RequestGraph, RootKind, Source,
};
use velox_core::emit::FileKind;
use velox_core::resolve::{Resolution, resolve};
use velox_script::Value;

/// A file as the effects see it; nothing for files that hold no code.
pub(crate) fn source_of(db: &dyn Db, project: Project, file: SourceFile) -> Option<Source<'_>> {
    match role(db, project, file) {
        FileRole::Velox(_) => Some(Source::velox(&velox_file(db, file))),
        FileRole::Json | FileRole::Other => None,
        _ => {
            let script = parse_script(db, file);
            Some(Source::module(file.path(db), file.text(db), &script.facts, script.tree.as_ref()))
        }
    }
}

/// Reads something out of a file, whose tree need not stay.
fn read<T: Default>(db: &dyn Db, project: Project, file: SourceFile, read: impl Fn(&Source<'_>) -> T) -> T {
    match role(db, project, file) {
        FileRole::Velox(_) => read(&Source::velox(&parsed(db, file).file())),
        _ => source_of(db, project, file).map(|source| read(&source)).unwrap_or_default(),
    }
}

pub(crate) fn uses_of(db: &dyn Db, project: Project, file: SourceFile) -> FileUses {
    let is_page = role(db, project, file) == FileRole::TsxPage;
    read(db, project, file, |source| effects::read_uses(source, is_page))
}

pub(crate) fn links_of(db: &dyn Db, project: Project, file: SourceFile) -> FileLinks {
    read(db, project, file, effects::read_links)
}

/// The project's files as the graphs walk over them.
#[derive(Clone, Copy)]
pub(crate) struct Linked<'db> {
    pub(crate) db: &'db dyn Db,
    pub(crate) project: Project,
}

impl<'db> Linked<'db> {
    pub(crate) fn file(self, path: &str) -> Option<SourceFile> {
        self.project.files(self.db).sources.get(path).copied()
    }

    /// The file of the project that a specifier leads to; `.json` is none.
    fn follow(self, path: &str, specifier: &str) -> Option<&'db str> {
        let files = self.project.files(self.db);
        let from = *files.sources.get(path)?;
        let source = |target: &str| {
            let (target, _) = files.sources.get_key_value(target)?;
            Some(target.as_str()).filter(|target| !target.ends_with(".json"))
        };
        match imports(self.db, self.project, from).get(specifier) {
            Some(Resolution::File(target)) => source(target),
            Some(_) => None,
            // An import of a page's script.
            None => {
                let aliases = &project_facts(self.db, self.project).aliases;
                match resolve(path, specifier, aliases, &|path| files.contains(path)) {
                    Resolution::File(target) => source(&target),
                    _ => None,
                }
            }
        }
    }
}

impl<'db> Files<'db> for Linked<'db> {
    fn uses(&self, path: &str) -> Option<&'db FileUses> {
        Some(file_uses(self.db, self.project, self.file(path)?))
    }

    fn target(&self, path: &str, specifier: &str) -> Option<&'db str> {
        self.follow(path, specifier)
    }
}

impl<'db> Modules<'db> for Linked<'db> {
    fn links(&self, path: &str) -> Option<&'db FileLinks> {
        Some(file_links(self.db, self.project, self.file(path)?))
    }

    fn target(&self, path: &str, specifier: &str) -> Option<&'db str> {
        self.follow(path, specifier)
    }

    fn is_node(&self, path: &str, specifier: &str) -> bool {
        effects::is_node_module(specifier)
            && !node_packages(self.db, self.project).iter().any(|name| name == specifier)
            && self.follow(path, specifier).is_none()
    }
}

/// Whether a file is where things begin: nothing but a route, or the runtime, asks for it, as a rule.
pub(crate) fn is_entry(role: FileRole) -> bool {
    matches!(
        role,
        FileRole::Velox(FileKind::Page | FileKind::Layout)
            | FileRole::TsxPage
            | FileRole::Endpoint
            | FileRole::Middleware
            | FileRole::Config
    )
}

pub(crate) fn find_imported_pages(db: &dyn Db, project: Project) -> Vec<SourceFile> {
    by_path(db, numbers(db, project).flat_map(|at| bucket_imported_pages(db, project, at)).copied().collect())
}

/// What may be imported and has code, and from there along imports.
pub(crate) fn find_shared_files(db: &dyn Db, project: Project) -> Vec<SourceFile> {
    let files = &project.files(db).sources;
    let is_shared = |file: &SourceFile| {
        let role = role(db, project, *file);
        !is_entry(role) && !matches!(role, FileRole::Json | FileRole::Other)
    };
    let mut work: Vec<SourceFile> = files.values().copied().filter(is_shared).collect();
    let mut found: FxHashSet<SourceFile> = work.iter().copied().collect();
    while let Some(file) = work.pop() {
        for target in imports(db, project, file).values() {
            if let Resolution::File(target) = target
                && let Some(target) = files.get(target)
                && is_entry(role(db, project, *target))
                && found.insert(*target)
            {
                work.push(*target);
            }
        }
    }
    by_path(db, found.into_iter().collect())
}

pub(crate) fn find_linked_files(db: &dyn Db, project: Project) -> Vec<SourceFile> {
    by_path(db, shared_files(db, project).iter().chain(imported_pages(db, project)).copied().collect())
}

/// Sorts files, and leaves each once.
fn by_path(db: &dyn Db, mut files: Vec<SourceFile>) -> Vec<SourceFile> {
    files.sort_by_key(|file| file.path(db));
    files.dedup();
    files
}

fn paths<'db>(db: &'db dyn Db, files: &[SourceFile]) -> Vec<&'db str> {
    files.iter().map(|file| file.path(db)).collect()
}

pub(crate) fn build_request_graph(db: &dyn Db, project: Project) -> RequestGraph {
    effects::request_graph(&paths(db, shared_files(db, project)), &Linked { db, project })
}

pub(crate) fn build_linked_request_graph(db: &dyn Db, project: Project) -> RequestGraph {
    effects::request_graph(&paths(db, linked_files(db, project)), &Linked { db, project })
}

pub(crate) fn build_module_graph(db: &dyn Db, project: Project) -> ModuleGraph {
    effects::module_graph(&paths(db, linked_files(db, project)), &Linked { db, project })
}

/// Ways from shared files never leave them: what no page is imported by is not asked for the imports of all pages.
pub(crate) fn find_reached(db: &dyn Db, project: Project, file: SourceFile) -> Vec<Reached> {
    let files = &project.files(db).sources;
    let routes = project.routes_directory(db);
    let is_unshared_page = |target: &str| {
        is_entry(file_role(target, routes))
            && files.contains_key(target)
            && shared_files(db, project).binary_search_by_key(&target, |file| file.path(db)).is_err()
    };
    let beyond = imports(db, project, file).values().any(|target| match target {
        Resolution::File(target) => is_unshared_page(target),
        _ => false,
    });
    let graph = if beyond { linked_request_graph(db, project) } else { request_graph(db, project) };
    effects::reached(file.path(db), &Linked { db, project }, graph)
}

/// What of a page or layout decides on modes, what it reaches through imports included.
pub(crate) fn joined_mode_facts(db: &dyn Db, project: Project, file: SourceFile) -> ModeFacts {
    let mut facts = page(db, project, file).mode_facts();
    if facts.request.is_none() {
        let reached = crate::queries::reached(db, project, file);
        let first = reached.iter().find(|reached| reached.sure).or(reached.first());
        facts.request = first.map(|reached| RequestUse {
            name: reached.name.clone(),
            through: Some((reached.file().to_owned(), reached.shown.clone())),
        });
    }
    facts
}

/// Names of Node's modules that are packages here: `events`, where package.json lists it.
pub(crate) fn find_node_packages(db: &dyn Db, project: Project) -> Vec<String> {
    let Some(file) = project.files(db).sources.get("package.json") else { return Vec::new() };
    let Some(value) = velox_script::evaluate_json(file.text(db)) else { return Vec::new() };
    let lists = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];
    let mut found: Vec<String> = lists
        .iter()
        .filter_map(|list| match &value.get(list)?.value {
            Value::Object(properties, _) => Some(properties),
            _ => None,
        })
        .flatten()
        .map(|property| &property.key)
        .filter(|name| effects::is_node_module(name))
        .cloned()
        .collect();
    found.sort();
    found.dedup();
    found
}

pub(crate) fn find_client_roots(db: &dyn Db, project: Project, file: SourceFile) -> Vec<ClientRoot> {
    let path = file.path(db);
    let role = role(db, project, file);
    let root = |kind, load| ClientRoot { file: path.to_owned(), kind, load };
    if !matches!(role, FileRole::Velox(_) | FileRole::TsxPage | FileRole::Module) {
        return Vec::new();
    }
    let links = file_links(db, project, file);
    if is_rendered_in_browser(db, project, file) {
        return links.loads.iter().map(|load| root(RootKind::Page, load.clone())).collect();
    }
    let mut found: Vec<ClientRoot> =
        links.islands.iter().map(|(tag, load)| root(RootKind::Island(tag.clone()), load.clone())).collect();
    for script in page_scripts(db, project, file) {
        found.extend(script.imports.iter().map(|(specifier, _)| {
            let load = Load { specifier: specifier.clone(), names: vec!["*".to_owned()], dynamic: false };
            root(RootKind::Script, load)
        }));
    }
    found.sort();
    found.dedup();
    found
}

/// Whether a file is a `csr` page (language.md M5).
#[must_use]
pub fn is_rendered_in_browser(db: &dyn Db, project: Project, file: SourceFile) -> bool {
    let name = file.path(db).rsplit('/').next().unwrap_or_default();
    matches!(role(db, project, file), FileRole::Velox(FileKind::Page) | FileRole::TsxPage)
        && !name.starts_with('_')
        && page(db, project, file).render.is_some_and(|(mode, _)| mode == Mode::Csr)
}

pub(crate) fn find_clients(db: &dyn Db, project: Project) -> Clients {
    let mut roots: Vec<&ClientRoot> =
        numbers(db, project).flat_map(|at| bucket_client_roots(db, project, at)).collect();
    roots.sort_by_key(|root| &root.file);
    Clients::new(&roots, &Linked { db, project })
}

pub(crate) fn find_client_reason(db: &dyn Db, project: Project, file: SourceFile) -> Option<ClientReason> {
    if is_rendered_in_browser(db, project, file) {
        return Some(own_reason(db, file));
    }
    bucket_client_reasons(db, project, number_of(db, project, file)).get(&file).cloned()
}

/// Why a page runs in the browser that is rendered there.
pub(crate) fn own_reason(db: &dyn Db, file: SourceFile) -> ClientReason {
    let (hops, taken) = (Vec::new(), Vec::new());
    ClientReason { root: file.path(db).to_owned(), kind: RootKind::Page, hops, taken }
}
