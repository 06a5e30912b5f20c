//! Code for the browser: islands and the scripts of pages are planned, bundled, and told of to whoever writes the application.
//!
//! Decides what is bundled; how is `bundler.rs`'s business. A project without islands and without packages in its scripts needs none.

mod bundler;
mod cache;
mod failure;

use bundler::Job;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use velox_core::analyze::Mode;
use velox_core::emit::source_map;
use velox_core::hash;
use velox_core::resolve::Resolution;
use velox_core::route::RouteKind;
use velox_db::{
    Db, PageScript, Project, SourceFile, emit_client, emit_script, imports, islands_of, module_facts,
    output_module, page_scripts, public_asset_name, relative_specifier, route_table, runs_in_browser_itself,
};
use velox_diagnostics::{Diagnostic, Span};

use super::output::Staging;

/// The entry of the router.
const ROUTER: &str = "router.js";

/// How to bundle.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ClientOptions {
    /// Readable code, with checks of what the server sent.
    pub(crate) development: bool,
    /// Writes source maps beside the files.
    pub(crate) source_maps: bool,
}

/// The files of an entry, as URLs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct EntryFiles {
    pub(crate) src: String,
    pub(crate) preload: Vec<String>,
    pub(crate) styles: Vec<String>,
    /// What an island loads first where HTML is passed into it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) slots: Option<String>,
    /// What an island loads first where its props hold what JSON has no word for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) decoder: Option<String>,
}

/// What the browser loads.
#[derive(Debug, Default)]
pub(crate) struct Client {
    /// Files of each island, by its id.
    pub(crate) islands: BTreeMap<String, EntryFiles>,
    /// Files of each page that is rendered in the browser, by its path.
    pub(crate) pages: BTreeMap<String, EntryFiles>,
    /// The router, where something links by it.
    pub(crate) router: Option<EntryFiles>,
    /// URLs of the scripts of pages, by file and place; nothing where scripts are not bundled.
    pub(crate) scripts: Option<FxHashMap<(String, u32), String>>,
}

/// Why nothing was bundled.
pub(crate) enum ClientError {
    /// What is wrong in the project.
    Found(Vec<Diagnostic>),
    /// Anything else, in one line.
    Other(String),
}

impl From<String> for ClientError {
    fn from(message: String) -> Self {
        Self::Other(message)
    }
}

/// Bundles what islands and scripts of `modules` need in the browser.
///
/// # Errors
/// What is wrong in the project, or one line.
pub(crate) fn bundle(
    db: &dyn Db,
    project: Project,
    root: &Path,
    modules: &[SourceFile],
    staging: &Staging,
    options: ClientOptions,
) -> Result<Client, ClientError> {
    let mut plan = Plan::new(db, project, root, options);
    for file in modules {
        // In a page of the browser a component is no island: it is a part of the page.
        if !runs_in_browser_itself(db, project, *file) {
            plan.islands(*file);
        }
    }
    let scripts: Vec<(SourceFile, &PageScript)> = modules
        .iter()
        .flat_map(|file| page_scripts(db, project, *file).iter().map(|one| (*file, one)))
        .collect();
    for entry in &route_table(db, project).entries {
        if entry.mode == Mode::Csr && entry.route.kind == RouteKind::Page {
            plan.page(entry.source);
        }
    }
    if modules.iter().any(|file| links_by_router(db, *file)) {
        plan.router();
    }
    if plan.entries.is_empty() && !scripts.iter().any(|(_, script)| plan.imports_packages(script)) {
        return Ok(Client::default());
    }
    for (file, script) in scripts {
        plan.script(file, script);
    }
    plan.reach();
    plan.assets(staging)?;
    let bundled = match bundler::bundle(&plan.job(staging), root, staging)? {
        Ok(entries) => entries,
        Err(errors) => return Err(ClientError::Found(plan.failures(&errors))),
    };
    let files = |module: &str| bundled.get(module).cloned().unwrap_or_default();
    Ok(Client {
        islands: plan.islands.iter().map(|(id, module)| (id.clone(), files(module))).collect(),
        pages: plan.pages.iter().map(|(path, module)| (path.clone(), files(module))).collect(),
        router: plan.modules.contains_key(ROUTER).then(|| files(ROUTER)),
        scripts: Some(plan.scripts.iter().map(|(at, module)| (at.clone(), files(module).src)).collect()),
    })
}

/// A module that is handed to the bundler.
#[derive(Debug, Serialize)]
pub(crate) struct Module {
    pub(crate) code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) map: Option<String>,
    /// The folder from which packages are found.
    pub(crate) folder: String,
    /// Whether it is loaded although nothing of it is used.
    pub(crate) effects: bool,
    #[serde(skip)]
    origin: Origin,
}

/// Where a module's code comes from.
#[derive(Debug, Default)]
pub(crate) struct Origin {
    /// The file; nothing for generated code.
    pub(crate) file: Option<SourceFile>,
    /// Byte offsets in the code, rising, and in the file.
    pub(crate) mappings: Vec<(u32, u32)>,
    /// What is shown where nothing is mapped.
    pub(crate) fallback: Span,
}

/// A module that is loaded first, with the name of its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Entry {
    pub(crate) module: String,
    pub(crate) name: String,
}

struct Plan<'a> {
    db: &'a dyn Db,
    project: Project,
    root: &'a Path,
    options: ClientOptions,
    /// By the path of its code.
    modules: BTreeMap<String, Module>,
    entries: Vec<Entry>,
    /// Island → entry.
    islands: BTreeMap<String, String>,
    /// Page of the browser → entry.
    pages: BTreeMap<String, String>,
    /// Script → entry.
    scripts: BTreeMap<(String, u32), String>,
    /// Files of the project that are needed, and have not been looked at.
    wanted: Vec<String>,
    /// Files that are no modules.
    files: BTreeSet<String>,
    /// Modules that are imported for what they do.
    effects: FxHashSet<String>,
}

impl<'a> Plan<'a> {
    fn new(db: &'a dyn Db, project: Project, root: &'a Path, options: ClientOptions) -> Self {
        Self {
            db,
            project,
            root,
            options,
            modules: BTreeMap::new(),
            entries: Vec::new(),
            islands: BTreeMap::new(),
            pages: BTreeMap::new(),
            scripts: BTreeMap::new(),
            wanted: Vec::new(),
            files: BTreeSet::new(),
            effects: FxHashSet::default(),
        }
    }

    /// An entry for each island of a file that has none yet.
    fn islands(&mut self, file: SourceFile) {
        for island in islands_of(self.db, self.project, file) {
            if self.islands.contains_key(&island.id) {
                continue;
            }
            let key = format!("islands/{}.js", island.id.replace('#', "/"));
            let in_project = self.project.files(self.db).sources.contains_key(&island.module);
            let specifier = if in_project {
                self.wanted.push(island.module.clone());
                relative_specifier(&key, &output_module(&island.module))
            } else {
                island.module.clone()
            };
            let (root, members) = match island.export.split_once('.') {
                Some((root, rest)) => (root, format!(".{rest}")),
                None => (&*island.export, String::new()),
            };
            let code = format!(
                "import {{ {} as Component }} from {};\nimport {{ island }} from \"velox/islands\";\nexport default island(Component{members});\n",
                export_name(root),
                serde_json::Value::String(specifier),
            );
            let stem = if island.export == "default" { &island.module } else { &island.export };
            let name = file_name(stem.rsplit('/').next().unwrap_or(stem), "island");
            let origin = Origin { file: Some(file), mappings: Vec::new(), fallback: island.span };
            self.entry(
                key.clone(),
                name,
                Module { code, map: None, folder: self.folder(""), effects: true, origin },
            );
            self.islands.insert(island.id, key);
        }
    }

    /// An entry for a page that is rendered in the browser (language.md M5).
    fn page(&mut self, file: SourceFile) {
        let path = file.path(self.db);
        let key = format!("pages/{path}.js");
        let specifier = relative_specifier(&key, &output_module(path));
        self.wanted.push(path.to_owned());
        let code = format!(
            "import * as page from {};\nimport {{ mountPage }} from \"velox/page\";\nmountPage(page, import.meta.url);\n",
            serde_json::Value::String(specifier),
        );
        let name = file_name(path.rsplit('/').next().unwrap_or(path), "page");
        self.generated(key.clone(), name, code, Some(file));
        self.pages.insert(path.to_owned(), key);
    }

    /// The entry of pages with links of the router.
    fn router(&mut self) {
        let code = "import { startRouter } from \"velox/router\";\nstartRouter();\n";
        self.generated(ROUTER.to_owned(), "router".to_owned(), code.to_owned(), None);
    }

    fn generated(&mut self, key: String, name: String, code: String, file: Option<SourceFile>) {
        let origin = Origin { file, mappings: Vec::new(), fallback: Span::at(0) };
        self.entry(key, name, Module { code, map: None, folder: self.folder(""), effects: true, origin });
    }

    /// An entry for a script of a page (language.md T11).
    fn script(&mut self, file: SourceFile, script: &PageScript) {
        let path = file.path(self.db);
        let text = script.span.text(file.text(self.db));
        let key = format!("{}.{}.js", output_module(path), script.span.start);
        for (_, target) in &script.imports {
            self.want(target);
        }
        let emitted = emit_script(path, text, &script.facts, &|specifier| match script
            .imports
            .iter()
            .find(|(name, _)| name == specifier)
        {
            Some((_, Resolution::File(path))) => relative_specifier(&key, &output_module(path)),
            _ => specifier.to_owned(),
        });
        let base = script.span.start;
        let mappings: Vec<(u32, u32)> =
            emitted.mappings.iter().map(|(at, from)| (*at, from + base)).collect();
        let name = file_name(path.rsplit('/').next().unwrap_or(path), "script");
        let folder = self.folder(path);
        let map = self.map(&key, file, &emitted.code, &mappings);
        let origin = Origin { file: Some(file), mappings, fallback: script.span };
        self.entry(key.clone(), name, Module { code: emitted.code, map, folder, effects: true, origin });
        self.scripts.insert((path.to_owned(), base), key);
    }

    fn entry(&mut self, key: String, name: String, module: Module) {
        self.entries.push(Entry { module: key.clone(), name });
        self.modules.insert(key, module);
    }

    fn want(&mut self, target: &Resolution) {
        if let Resolution::File(path) = target {
            self.wanted.push(path.clone());
        }
    }

    /// Emits everything that entries import.
    fn reach(&mut self) {
        while let Some(path) = self.wanted.pop() {
            let key = output_module(&path);
            if self.modules.contains_key(&key) {
                continue;
            }
            let file = self.project.files(self.db).sources.get(&path).copied();
            let Some(file) = file.filter(|_| !path.ends_with(".json")) else {
                self.files.insert(path);
                continue;
            };
            let resolved = imports(self.db, self.project, file);
            for target in resolved.values() {
                self.want(target);
            }
            let bare = module_facts(self.db, file)
                .imports
                .iter()
                .filter(|one| !one.type_only && one.names.is_empty());
            for import in bare {
                if let Some(Resolution::File(path)) = resolved.get(&import.specifier) {
                    self.effects.insert(output_module(path));
                }
            }
            let emitted = emit_client(self.db, self.project, file);
            let map = self.map(&key, file, &emitted.code, &emitted.mappings);
            let folder = self.folder(&path);
            let origin =
                Origin { file: Some(file), mappings: emitted.mappings.clone(), fallback: Span::at(0) };
            self.modules
                .insert(key, Module { code: emitted.code.clone(), map, folder, effects: false, origin });
        }
        for key in &self.effects {
            if let Some(module) = self.modules.get_mut(key) {
                module.effects = true;
            }
        }
    }

    /// Modules that stand for files that are none: JSON as its value, styles (which pages have already) as nothing, anything else as
    /// its URL.
    fn assets(&mut self, staging: &Staging) -> Result<(), String> {
        for path in std::mem::take(&mut self.files) {
            let bytes = std::fs::read(self.root.join(&path))
                .map_err(|error| format!("{path} cannot be read: {error}"))?;
            let code = if path.ends_with(".css") {
                "export {};\n".to_owned()
            } else if path.ends_with(".json") {
                let value: serde_json::Value =
                    serde_json::from_slice(&bytes).map_err(|error| format!("{path} is no JSON: {error}"))?;
                format!("export default {value};\n")
            } else {
                let url = public_asset_name(&path, &hash(&bytes)[..12]);
                staging.write(&format!("static{url}"), &bytes)?;
                format!("export default {};\n", serde_json::Value::String(url))
            };
            let folder = self.folder(&path);
            let origin = Origin::default();
            self.modules
                .insert(output_module(&path), Module { code, map: None, folder, effects: false, origin });
        }
        Ok(())
    }

    /// Whether a script, or what it imports, needs packages.
    fn imports_packages(&self, script: &PageScript) -> bool {
        let is_package = |specifier: &str, target: &Resolution| {
            matches!(target, Resolution::Package | Resolution::Framework)
                && !specifier.contains("://")
                && !specifier.starts_with('/')
        };
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let mut work: Vec<(&str, &Resolution)> =
            script.imports.iter().map(|(specifier, target)| (&**specifier, target)).collect();
        while let Some((specifier, target)) = work.pop() {
            if is_package(specifier, target) {
                return true;
            }
            let Resolution::File(path) = target else { continue };
            if !seen.insert(path) {
                continue;
            }
            // What is no plain module is made one by the bundler.
            let Some(file) = self.project.files(self.db).sources.get(path) else { return true };
            if !velox_db::is_browser_module(path) {
                return true;
            }
            let resolved = imports(self.db, self.project, *file);
            work.extend(resolved.iter().map(|(specifier, target)| (&**specifier, target)));
        }
        false
    }

    fn folder(&self, path: &str) -> String {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.root.join(folder).to_string_lossy().into_owned()
    }

    fn map(&self, key: &str, file: SourceFile, code: &str, mappings: &[(u32, u32)]) -> Option<String> {
        let name = key.rsplit('/').next().unwrap_or(key);
        let source = format!("/{}", file.path(self.db));
        self.options.source_maps.then(|| source_map(name, &source, file.text(self.db), code, mappings))
    }

    fn job<'j>(&'j self, staging: &Staging) -> Job<'j> {
        Job {
            project: self.root.to_string_lossy().into_owned(),
            outdir: staging.root().join("static/_velox").to_string_lossy().into_owned(),
            packages: vec![staging.root().join("node_modules").to_string_lossy().into_owned()],
            modules: &self.modules,
            entries: &self.entries,
            development: self.options.development,
            sourcemap: self.options.source_maps,
        }
    }

    fn failures(&self, errors: &[bundler::BundleError]) -> Vec<Diagnostic> {
        failure::diagnostics(self.db, errors, &|module| Some(&self.modules.get(module)?.origin), &|module| {
            self.modules.get(module).map_or("", |module| &module.code)
        })
    }
}

/// Whether a module may make links of the router.
fn links_by_router(db: &dyn Db, file: SourceFile) -> bool {
    module_facts(db, file).imports.iter().any(|import| {
        import.specifier == "velox/client"
            && import.names.iter().any(|name| !name.type_only && matches!(&*name.imported, "Link" | "*"))
    })
}

/// The name of an export as it stands in an import.
fn export_name(name: &str) -> String {
    let identifier = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '$'));
    if identifier { name.to_owned() } else { serde_json::Value::String(name.to_owned()).to_string() }
}

/// The beginning of a name, without what could mean something in a URL.
fn file_name(name: &str, otherwise: &str) -> String {
    let stem = name.split('.').next().unwrap_or_default();
    let plain: String =
        stem.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    if plain.is_empty() { otherwise.to_owned() } else { plain }
}
