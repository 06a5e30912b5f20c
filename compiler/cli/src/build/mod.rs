//! Builds a project: emits its modules, writes its assets, prerenders what is static, and swaps the result in.

mod app;
mod assets;
mod cache;
mod client;
mod graph;
mod modules;
mod output;
mod packages;
mod prerender;
mod runtime;
mod scripts;
mod tags;

use crate::session::Session;
use app::{AppParts, HANDLER, SERVER, app_module, manifest_routes, param_kind};
use assets::{RouteAssets, Styles, copy_public, file_hashes, write_imported};
use cache::Cache;
use client::ClientError;
use output::Staging;
use scripts::Scripts;
use std::path::{Path, PathBuf};
use velox_db::project_facts;
use velox_diagnostics::Diagnostic;

pub(crate) use app::revalidate;
pub(crate) use client::ClientOptions;
pub(crate) use runtime::{runtime_file, write_types};
pub(crate) use tags::static_tags;

/// How to build.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BuildOptions {
    /// Leaves static pages to their first request.
    pub(crate) prerender: bool,
    /// Pages rendered at a time.
    pub(crate) concurrency: Option<usize>,
    /// Shows a progress bar.
    pub(crate) show_progress: bool,
    /// How code for the browser is bundled.
    pub(crate) client: ClientOptions,
}

/// A finished build.
#[derive(Debug)]
pub(crate) struct Built {
    /// `.velox/output`.
    pub(crate) output: PathBuf,
    /// Number of routes.
    pub(crate) routes: usize,
    /// Number of pages that were prerendered.
    pub(crate) pages: usize,
}

/// Why there is no build.
#[derive(Debug)]
pub(crate) enum BuildError {
    /// What is wrong in the project: packages that are missing, pages that could not be rendered.
    Found(Vec<Diagnostic>),
    /// Anything else, in one line.
    Other(String),
}

impl From<String> for BuildError {
    fn from(message: String) -> Self {
        Self::Other(message)
    }
}

impl From<ClientError> for BuildError {
    fn from(error: ClientError) -> Self {
        match error {
            ClientError::Found(found) => Self::Found(found),
            ClientError::Other(message) => Self::Other(message),
        }
    }
}

/// Builds a project that was checked and has no errors. The last output stays as it is unless all goes well.
///
/// # Errors
/// Pages that failed, or one line.
pub(crate) fn build(session: &Session, options: BuildOptions) -> Result<Built, BuildError> {
    let (db, project, root) = (&session.db, session.project, session.root.as_path());
    write_types(root)?;
    let routes = graph::plan_routes(db, project);
    let graph = graph::graph(db, project, &routes);
    let missing = packages::missing_packages(db, project, root, &graph.modules);
    if !missing.is_empty() {
        return Err(BuildError::Found(missing));
    }
    let staging = Staging::new(root)?;
    let errors = graph::error_pages(db, project, &format!("{}/index.velox", project.routes_directory(db)));

    let cache = Cache::open(root);
    let modules = modules::emit_modules(db, project, &graph.modules, &cache);
    for written in &modules {
        staging.write(&written.path, written.module.code.as_bytes())?;
        staging.write(&format!("{}.map", written.path), written.module.map.as_bytes())?;
    }
    cache.save();
    write_imported(root, &staging, graph.assets)?;
    let mut public: Vec<String> = project.files(db).assets.keys().cloned().collect();
    public.sort();
    copy_public(root, &staging, &public)?;
    let mut styles = Styles::new(db, project, root, &staging);
    // The bundler reads the runtime from there.
    runtime::write_carried(root, &staging)?;
    let client = client::bundle(db, project, root, &graph.modules, &staging, options.client)?;
    let mut scripts = Scripts::new(db, project, &staging, client.scripts.as_ref());
    let assets = RouteAssets::write(&mut styles, &mut scripts, &routes, &errors)?;

    let name = project_name(root);
    let mut parts = AppParts {
        db,
        project,
        config: &project_facts(db, project).config,
        build: "",
        name: &name,
        prerender: options.prerender,
        routes: &routes,
        errors: &errors,
        middleware: graph::middleware(db, project),
        assets: &assets,
        islands: &client.islands,
        pages: &client.pages,
        router: client.router.as_ref(),
    };
    // The build's name is the hash of all that it serves from.
    let mut hash = blake3::Hasher::new();
    hash.update(app_module(&parts).as_bytes());
    for written in &modules {
        hash.update(written.path.as_bytes());
        hash.update(written.module.code.as_bytes());
    }
    let build_id = hash.finalize().to_hex()[..16].to_owned();
    parts.build = &build_id;
    staging.write("server/app.js", app_module(&parts).as_bytes())?;
    staging.write("handler.js", HANDLER.as_bytes())?;
    staging.write("server.js", SERVER.as_bytes())?;
    staging.write("package.json", b"{ \"private\": true, \"type\": \"module\" }\n")?;

    let mut pages = Vec::new();
    if options.prerender {
        let text_of = |path: &str| Some(project.files(db).sources.get(path)?.text(db).to_string());
        let outcome =
            prerender::prerender(root, staging.root(), options.concurrency, options.show_progress, &text_of)?;
        if !outcome.failures.is_empty() {
            return Err(BuildError::Found(outcome.failures));
        }
        pages = outcome.pages;
    }
    staging.write("manifest.json", manifest(&parts, &staging, &pages)?.as_bytes())?;
    let output = staging.finish()?;
    Ok(Built { output, routes: routes.len(), pages: pages.len() })
}

/// `name` of package.json; `velox` where there is none.
fn project_name(root: &Path) -> String {
    let text = std::fs::read(root.join("package.json")).unwrap_or_default();
    let manifest: serde_json::Value = serde_json::from_slice(&text).unwrap_or_default();
    manifest.get("name").and_then(|name| name.as_str()).unwrap_or("velox").to_owned()
}

/// `manifest.json`: what the output holds, for tools and deployments.
fn manifest(
    parts: &AppParts<'_>,
    staging: &Staging,
    pages: &[prerender::Prerendered],
) -> Result<String, String> {
    let prerendered: Vec<serde_json::Value> = pages
        .iter()
        .map(|page| serde_json::json!({ "route": page.route, "path": page.path, "file": page.file }))
        .collect();
    let manifest = serde_json::json!({
        "version": 1,
        "build": parts.build,
        "compiler": env!("CARGO_PKG_VERSION"),
        "base": parts.config.base,
        "trailingSlash": parts.config.trailing_slash.name(),
        "routes": manifest_routes(parts),
        "prerendered": prerendered,
        "files": file_hashes(staging.root())?,
    });
    serde_json::to_string_pretty(&manifest).map(|text| text + "\n").map_err(|error| error.to_string())
}

/// The params of a pattern for `veloxc routes --format json`.
pub(crate) fn params_json(pattern: &velox_core::route::Pattern) -> serde_json::Value {
    pattern
        .params()
        .map(|(name, kind)| serde_json::json!({ "name": name, "kind": param_kind(kind) }))
        .collect()
}
