//! Writes `server/app.js`, `handler.js` and `server.js`: the application as the runtime takes it. ARCHITECTURE.md describes them.

use super::assets::{PageAssets, RouteAssets};
use super::client::EntryFiles;
use super::graph::PlannedRoute;
use super::tags::static_tags;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use velox_core::analyze::{CacheSettings, CacheStore, ContentPolicy, Mode, ProjectConfig, Revalidate};
use velox_core::route::{ParamKind, Pattern, RouteKind, Segment};
use velox_db::{Db, Project, SourceFile, page, query_users};

/// `handler.js`: the application as a Web-standard function.
pub(crate) const HANDLER: &str = "import { createHandler } from \"velox/node\";
import app from \"./server/app.js\";
export const handler = await createHandler(app, { root: new URL(\".\", import.meta.url) });
export default handler;
";

/// `server.js`: the application behind Node's own HTTP server.
pub(crate) const SERVER: &str = "import { serve } from \"velox/node\";
import app from \"./server/app.js\";
// Errors are logged with their places in the sources; routes are loaded after this.
process.setSourceMapsEnabled(true);
await serve(app, { root: new URL(\".\", import.meta.url) });
";

/// What the application is made of.
pub(crate) struct AppParts<'a> {
    pub(crate) db: &'a dyn Db,
    pub(crate) project: Project,
    pub(crate) config: &'a ProjectConfig,
    pub(crate) build: &'a str,
    /// The project's name, for keys of a shared cache.
    pub(crate) name: &'a str,
    /// Whether static pages are made at build.
    pub(crate) prerender: bool,
    pub(crate) routes: &'a [PlannedRoute<'a>],
    pub(crate) errors: &'a [(SourceFile, Vec<SourceFile>)],
    pub(crate) middleware: Option<SourceFile>,
    pub(crate) assets: &'a RouteAssets,
    /// Files of the islands, by id.
    pub(crate) islands: &'a BTreeMap<String, EntryFiles>,
    /// Files of pages that are rendered in the browser, by path.
    pub(crate) pages: &'a BTreeMap<String, EntryFiles>,
    /// The router for links.
    pub(crate) router: Option<&'a EntryFiles>,
}

/// The text of `server/app.js`.
pub(crate) fn app_module(parts: &AppParts<'_>) -> String {
    let mut out = String::from("export default {\n");
    let config = parts.config;
    let fields = [
        ("version", json!(1)),
        ("build", json!(parts.build)),
        ("base", json!(config.base)),
        ("trailingSlash", json!(config.trailing_slash.name())),
        ("site", json!(config.site)),
        ("allowedHosts", json!(config.allowed_hosts)),
        ("trustProxy", json!(config.trust_proxy)),
        ("bodyLimit", json!(config.body_limit)),
        ("streamTimeout", json!(config.stream_timeout.map(|milliseconds| f64::from(milliseconds) / 1000.0))),
        ("csp", csp(&config.csp)),
        ("name", json!(parts.name)),
        ("cache", cache(&config.cache)),
        ("islands", islands(parts)),
        ("router", json!(parts.router)),
    ];
    for (name, value) in fields {
        let _ = writeln!(out, "  {name}: {value},");
    }
    out.push_str("  routes: [\n");
    for route in parts.routes {
        self::route(parts, route, &mut out);
    }
    out.push_str("  ],\n  errors: [");
    errors(parts, parts.errors, &mut out);
    let _ = writeln!(out, "],\n  middleware: {},", optional_load(parts.db, parts.middleware));
    out.push_str("};\n");
    out
}

/// The islands; one that may use queries says so, since its page then tells the browser when it was rendered.
fn islands(parts: &AppParts<'_>) -> Value {
    let users = query_users(parts.db, parts.project);
    let entries = parts.islands.iter().map(|(id, files)| {
        let mut entry = json!(files);
        if users.contains(id.split('#').next().unwrap_or(id)) {
            entry["queries"] = json!(true);
        }
        (id.clone(), entry)
    });
    Value::Object(entries.collect())
}

/// The content security policy; `null` where there is none.
fn csp(policy: &ContentPolicy) -> Value {
    match policy {
        ContentPolicy::None => Value::Null,
        ContentPolicy::Strict => json!(true),
        ContentPolicy::Directives(text) => json!(text),
    }
}

/// What `velox.config` says of the cache; `null` where it says nothing.
fn cache(settings: &CacheSettings) -> Value {
    let mut out = serde_json::Map::new();
    match &settings.store {
        CacheStore::Files => {}
        CacheStore::Memory => {
            out.insert("store".to_owned(), json!("memory"));
        }
        CacheStore::Redis { url, prefix } => {
            let mut redis = serde_json::Map::from_iter([("type".to_owned(), json!("redis"))]);
            redis.extend(url.as_ref().map(|url| ("url".to_owned(), json!(url))));
            redis.extend(prefix.as_ref().map(|prefix| ("prefix".to_owned(), json!(prefix))));
            out.insert("store".to_owned(), Value::Object(redis));
        }
    }
    out.extend(settings.folder.as_ref().map(|folder| ("folder".to_owned(), json!(folder))));
    out.extend(settings.memory_bytes.map(|bytes| ("memoryBytes".to_owned(), json!(bytes))));
    out.extend(settings.max_entries.map(|entries| ("maxEntries".to_owned(), json!(entries))));
    out.extend(settings.cdn.then(|| ("cdn".to_owned(), json!(true))));
    out.extend(settings.purge.as_ref().map(|url| ("purge".to_owned(), json!(url))));
    if out.is_empty() { Value::Null } else { Value::Object(out) }
}

fn route(parts: &AppParts<'_>, planned: &PlannedRoute<'_>, out: &mut String) {
    let entry = planned.entry;
    let assets = assets(parts, &entry.route.file);
    // A static page that was not made at build is made at its first request, and kept.
    let late = !parts.prerender && entry.mode == Mode::Ssg;
    let fields = [
        ("id", json!(entry.route.id)),
        ("pattern", json!(entry.route.pattern.text())),
        ("file", json!(entry.route.file)),
        ("kind", json!(entry.route.kind)),
        ("mode", json!(if late { Mode::Isr } else { entry.mode })),
        ("revalidate", if late { json!(false) } else { revalidate(parts.db, parts.project, entry.source) }),
        ("segments", segments(&entry.route.pattern)),
        ("styles", json!(assets.styles)),
        ("scripts", json!(assets.scripts)),
        ("hasPaths", json!(entry.has_paths)),
        (
            "prerender",
            json!(entry.mode.is_static() && (entry.has_paths || !entry.route.pattern.is_dynamic())),
        ),
    ];
    out.push_str("    {\n");
    let said = page(parts.db, parts.project, entry.source);
    if said.fallback_missing {
        out.push_str("      fallback: \"404\",\n");
    }
    if let Some(stream) = said.stream {
        let _ = writeln!(out, "      stream: {},", json!(stream.name()));
    }
    for (name, value) in fields {
        let _ = writeln!(out, "      {name}: {value},");
    }
    if let Some(files) = parts.pages.get(&entry.route.file) {
        let _ = writeln!(out, "      client: {},", json!(files));
    }
    let _ = writeln!(out, "      load: {},", load(parts.db, entry.source));
    if entry.route.kind == RouteKind::Page {
        let layouts: Vec<String> = entry.layouts.iter().map(|layout| load(parts.db, *layout)).collect();
        let _ = writeln!(out, "      layouts: [{}],", layouts.join(", "));
        out.push_str("      errors: [");
        errors(parts, &planned.errors, out);
        out.push_str("],\n");
        let _ = writeln!(out, "      loading: {},", optional_load(parts.db, planned.loading));
    }
    out.push_str("    },\n");
}

fn errors(parts: &AppParts<'_>, pages: &[(SourceFile, Vec<SourceFile>)], out: &mut String) {
    for (at, (error, layouts)) in pages.iter().enumerate() {
        let layouts: Vec<String> = layouts.iter().map(|layout| load(parts.db, *layout)).collect();
        let assets = assets(parts, error.path(parts.db));
        let _ = write!(
            out,
            "{}{{ load: {}, layouts: [{}], styles: {}, scripts: {} }}",
            if at > 0 { ", " } else { "" },
            load(parts.db, *error),
            layouts.join(", "),
            json!(assets.styles),
            json!(assets.scripts),
        );
    }
}

/// Styles and scripts of a page; none for an endpoint.
fn assets<'a>(parts: &AppParts<'a>, file: &str) -> &'a PageAssets {
    static NONE: PageAssets = PageAssets { styles: Vec::new(), scripts: Vec::new() };
    parts.assets.pages.get(file).unwrap_or(&NONE)
}

/// `() => import("./routes/index.velox.js")`.
fn load(db: &dyn Db, file: SourceFile) -> String {
    let path = file.path(db).replace('%', "%25").replace('?', "%3F").replace('#', "%23");
    format!("() => import({})", Value::String(format!("./{path}.js")))
}

fn optional_load(db: &dyn Db, file: Option<SourceFile>) -> String {
    file.map_or_else(|| "null".to_owned(), |file| load(db, file))
}

/// The segments of a pattern, as the runtime's router takes them.
pub(crate) fn segments(pattern: &Pattern) -> Value {
    let one = |segment: &Segment| match segment {
        Segment::Static(value) => json!({ "kind": "static", "value": value }),
        Segment::Param(kind, name) => json!({ "kind": param_kind(*kind), "name": name }),
    };
    pattern.segments.iter().map(one).collect()
}

/// `param`, `optional`, `rest` or `optional-rest`.
pub(crate) fn param_kind(kind: ParamKind) -> Value {
    serde_json::to_value(kind).unwrap_or_default()
}

/// Seconds, `false`, or `null` outside of ISR.
pub(crate) fn revalidate(db: &dyn Db, project: Project, source: SourceFile) -> Value {
    match page(db, project, source).revalidate {
        Some((Revalidate::Seconds(seconds), _)) => json!(seconds),
        Some((Revalidate::Never, _)) => json!(false),
        None => Value::Null,
    }
}

/// The `routes` of `manifest.json`.
pub(crate) fn manifest_routes(parts: &AppParts<'_>) -> Value {
    let route = |planned: &PlannedRoute<'_>| {
        let entry = planned.entry;
        let params: Vec<Value> = entry
            .route
            .pattern
            .params()
            .map(|(name, kind)| json!({ "name": name, "kind": param_kind(kind) }))
            .collect();
        let layouts: Vec<&str> = entry.layouts.iter().map(|layout| layout.path(parts.db)).collect();
        json!({
            "id": entry.route.id,
            "pattern": entry.route.pattern.text(),
            "file": entry.route.file,
            "kind": entry.route.kind,
            "mode": entry.mode,
            "cause": entry.cause.text(&entry.route.file),
            "params": params,
            "layouts": layouts,
            "revalidate": revalidate(parts.db, parts.project, entry.source),
            "tags": static_tags(parts.db, parts.project, entry),
            "module": velox_db::output_module(&entry.route.file),
            "styles": assets(parts, &entry.route.file).styles,
            "scripts": assets(parts, &entry.route.file).scripts,
        })
    };
    parts.routes.iter().map(route).collect()
}
