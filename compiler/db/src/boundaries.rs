//! What runs where: effects and server-only modules reached through imports, from static pages, the browser and the edge
//! (language.md M1 to M7, P4, L5).
//!
//! Says it with places: what is reached is known without them (`effects.rs`), so they are looked up only where there is a finding.

use crate::Db;
use crate::effects::{Linked, source_of};
use crate::inputs::{Project, SourceFile};
use crate::kind::FileRole;
use crate::queries::{
    client_roots, file_links, layouts_of, module_facts, module_graph, page, page_scripts, reached, regions,
};
use crate::shared_clients;
use velox_core::analyze::{Mode, check_endpoint, check_middleware, items_of_paths};
use velox_core::effects::{
    BrowserOffence, ClientReason, Modules, NodeChain, Place, Reached, RootKind, Source, Witness,
    ambient_server_names, browser_diagnostic, edge_diagnostic, edge_place, env_diagnostic,
    is_server_only_path, island_tags, paths_diagnostic, private_env, static_diagnostic,
    static_layout_diagnostic, use_sites,
};
use velox_core::emit::FileKind;
use velox_diagnostics::{Diagnostic, Span};

/// Checks a file that has no syntax error, as far as its own text tells.
pub(crate) fn check_alone(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    role: FileRole,
    found: &mut Vec<Diagnostic>,
) {
    let path = file.path(db);
    match role {
        FileRole::Endpoint => found.extend(check_endpoint(path, module_facts(db, file))),
        FileRole::Middleware => found.extend(check_middleware(path, module_facts(db, file))),
        FileRole::Velox(_) => check_script_env(db, project, file, found),
        _ => {}
    }
}

/// Checks a file that has no syntax error against what other files say. Its tree and facts may have been dropped: they are asked for
/// where there is something to say.
/// `in_browser` is why it runs in the browser.
pub(crate) fn check(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    role: FileRole,
    in_browser: Option<&ClientReason>,
    found: &mut Vec<Diagnostic>,
) {
    let path = file.path(db);
    if is_page(role, path) {
        if let Some((mode, _)) = page(db, project, file).render {
            found.extend(request_in_static(db, project, file, mode));
        }
        check_paths(db, project, file, found);
    }
    check_edge(db, project, file, role, found);
    check_roots(db, project, file, found);
    match in_browser {
        Some(reason) => check_browser(db, project, file, reason, found),
        None => shared_clients::check(db, project, file, role, found),
    }
}

/// Whether a file is a page that answers URLs, and so has a mode.
fn is_page(role: FileRole, path: &str) -> bool {
    matches!(role, FileRole::Velox(FileKind::Page) | FileRole::TsxPage)
        && !path.rsplit('/').next().is_some_and(|name| name.starts_with('_'))
}

/// VX0402 for what a page, were it of this mode, reaches of the request through imports; in itself and in its layouts.
#[must_use]
pub fn request_in_static(db: &dyn Db, project: Project, file: SourceFile, mode: Mode) -> Vec<Diagnostic> {
    let own = page(db, project, file);
    let mut found = Vec::new();
    if !mode.is_static() || own.mode_unclear {
        return found;
    }
    let path = file.path(db);
    let mode_at = own.render.map(|(_, span)| span);
    let in_paths = paths_sites(db, project, file);
    let mut uses: Vec<(Span, &Reached)> = reached(db, project, file)
        .iter()
        .filter(|reached| reached.sure)
        .filter_map(|reached| {
            let sites = sites_of(db, project, file, reached);
            // What `paths` does is reported as such.
            let span = sites.into_iter().find(|span| !in_paths.contains(span))?;
            Some((span, reached))
        })
        .collect();
    // One that is both called and passed on is told once, at its first place.
    uses.sort_by_key(|(span, reached)| (&reached.shown, *span));
    uses.dedup_by_key(|(_, reached)| &reached.shown);
    for (span, reached) in uses {
        let witness = witness(db, project, reached);
        found.push(static_diagnostic(path, span, reached, &witness, mode, mode_at));
    }
    let at = mode_at.or(own.config).unwrap_or_default();
    for layout in layouts_of(db, project, file) {
        // A layout that itself uses the request is reported already.
        if !page(db, project, *layout).request.is_empty() {
            continue;
        }
        if let Some(reached) = reached(db, project, *layout).iter().find(|reached| reached.sure) {
            let span = sites_of(db, project, *layout, reached).first().copied().unwrap_or_default();
            let witness = witness(db, project, reached);
            let layout = (layout.path(db), span);
            found.push(static_layout_diagnostic(path, at, layout, reached, &witness, mode));
        }
    }
    found
}

fn sites_of(db: &dyn Db, project: Project, file: SourceFile, reached: &Reached) -> Vec<Span> {
    source_of(db, project, file)
        .map(|source| use_sites(&source, "", &reached.shown, reached.called))
        .unwrap_or_default()
}

/// The steps from a helper to the request, with their places.
fn witness(db: &dyn Db, project: Project, reached: &Reached) -> Witness {
    let place = |hop: &velox_core::effects::Hop| -> Option<Place> {
        let file = Linked { db, project }.file(&hop.file)?;
        let source = source_of(db, project, file)?;
        let Some(span) = use_sites(&source, &hop.unit, &hop.shown, hop.called).first().copied() else {
            let mut exports = module_facts(db, file).exports.iter().filter_map(|export| export.from.as_ref());
            let export = exports.find(|(specifier, _)| specifier == "velox/server");
            let span = export.map(|(_, span)| *span).or_else(|| specifier_place(db, file, "velox/server"))?;
            return Some((hop.file.clone(), span, format!("`{}` is handed on here", hop.shown)));
        };
        let message = match &*hop.unit {
            "" => format!("`{}` is used here", hop.shown),
            "default" => format!("the default export uses `{}`", hop.shown),
            unit => format!("`{unit}` uses `{}`", hop.shown),
        };
        Some((hop.file.clone(), span, message))
    };
    reached.hops.iter().filter_map(place).collect()
}

/// A use that `paths` makes of what reaches the request.
struct PathsUse<'db> {
    reached: &'db Reached,
    /// Names of the block through which it makes it, with places in the block.
    way: Vec<(Span, String)>,
    span: Span,
}

/// Uses that `paths` makes of what reaches the request, itself or through names of the block.
fn paths_uses(db: &dyn Db, project: Project, file: SourceFile) -> Vec<PathsUse<'_>> {
    let reached = reached(db, project, file);
    if page(db, project, file).paths.is_none() || !reached.iter().any(|reached| reached.sure) {
        return Vec::new();
    }
    let Some(source) = source_of(db, project, file) else { return Vec::new() };
    let items = items_of_paths(source.facts);
    let mut found = Vec::new();
    for reached in reached.iter().filter(|reached| reached.sure && !reached.shown.starts_with('<')) {
        let sites = use_sites(&source, "", &reached.shown, reached.called);
        for step in &items {
            let extent = &source.facts.items[step.item];
            let extent =
                extent.declarator.as_ref().map_or(extent.statement, |one| one.span).shift(source.base);
            if let Some(span) = sites.iter().find(|span| extent.contains(**span)) {
                found.push(PathsUse { reached, way: step.way.clone(), span: *span });
            }
        }
    }
    found
}

fn paths_sites(db: &dyn Db, project: Project, file: SourceFile) -> Vec<Span> {
    paths_uses(db, project, file).into_iter().map(|used| used.span).collect()
}

fn check_paths(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    let path = file.path(db);
    let base = block_base(db, file);
    for PathsUse { reached, way, span } in paths_uses(db, project, file) {
        let before: Witness =
            way.into_iter().map(|(span, message)| (path.to_owned(), span.shift(base), message)).collect();
        found.push(paths_diagnostic(path, span, reached, &before, &witness(db, project, reached)));
    }
}

/// Where a file's module begins.
fn block_base(db: &dyn Db, file: SourceFile) -> u32 {
    if !file.path(db).ends_with(".velox") {
        return 0;
    }
    regions(db, file).server.map_or(0, |server| server.body.start)
}

/// The place of a specifier that a file imports, or exports from.
fn specifier_place(db: &dyn Db, file: SourceFile, specifier: &str) -> Option<Span> {
    let base = block_base(db, file);
    let facts = module_facts(db, file);
    let imports = facts.imports.iter().filter(|import| !import.type_only);
    let imports = imports.map(|import| (&import.specifier, import.specifier_span));
    let exports = facts.exports.iter().filter(|export| !export.type_only);
    let exports =
        exports.filter_map(|export| export.from.as_ref()).map(|(specifier, span)| (specifier, *span));
    let dynamic = facts.dynamic_imports.iter().map(|(specifier, span)| (specifier, *span));
    imports
        .chain(exports)
        .chain(dynamic)
        .find(|(written, _)| *written == specifier)
        .map(|(_, span)| span.shift(base))
}

/// Imports that lead from one file to the next, with their places; the last one is left to the diagnostic itself.
fn import_witness(db: &dyn Db, project: Project, hops: &[(String, String)]) -> Witness {
    let place = |(path, specifier): &(String, String)| -> Option<Place> {
        let file = Linked { db, project }.file(path)?;
        let span = specifier_place(db, file, specifier)?;
        Some((path.clone(), span, format!("`{specifier}` is imported here")))
    };
    hops.iter().filter_map(place).collect()
}

/// VX0416 (language.md M7).
fn check_edge(db: &dyn Db, project: Project, file: SourceFile, role: FileRole, found: &mut Vec<Diagnostic>) {
    let path = file.path(db);
    if !is_page(role, path) && role != FileRole::Endpoint {
        return;
    }
    if !file_links(db, project, file).edge {
        return;
    }
    let edge = || source_of(db, project, file).and_then(|source| edge_place(&source));
    for (specifier, chain) in node_chains(db, project, file) {
        let Some(span) = specifier_place(db, file, &specifier) else { continue };
        let witness = import_witness(db, project, &chain.hops);
        found.push(edge_diagnostic(path, span, &chain, None, edge(), &witness));
    }
    if role == FileRole::Endpoint {
        return;
    }
    for layout in layouts_of(db, project, file) {
        let layout_path = layout.path(db);
        let Some((specifier, chain)) = node_chains(db, project, *layout).into_iter().next() else { continue };
        let Some(at) = edge() else { continue };
        let mut hops = vec![(layout_path.to_owned(), specifier)];
        hops.extend(chain.hops.iter().cloned());
        let witness = import_witness(db, project, &hops);
        found.push(edge_diagnostic(path, at, &chain, Some(layout_path), None, &witness));
    }
}

/// For each import of a file, the shortest way to a module of Node.
fn node_chains(db: &dyn Db, project: Project, file: SourceFile) -> Vec<(String, NodeChain)> {
    let linked = Linked { db, project };
    let path = file.path(db);
    let links = file_links(db, project, file);
    let direct = |specifier: &str| {
        linked.is_node(path, specifier).then(|| NodeChain { module: specifier.to_owned(), hops: Vec::new() })
    };
    let from = links.from.iter().map(|(_, specifier, name)| (specifier, std::slice::from_ref(name), false));
    let loads = links.loads.iter().map(|load| (&load.specifier, load.names.as_slice(), load.dynamic));
    loads
        .chain(from)
        .filter_map(|(specifier, names, dynamic)| {
            let chain = match Modules::target(&linked, path, specifier) {
                Some(_) => module_graph(db, project).chain(path, specifier, names, &linked),
                None if dynamic => None,
                None => direct(specifier),
            };
            Some((specifier.clone(), chain?))
        })
        .collect()
}

/// VX0414 and VX0415 (language.md M5, P4), where the file runs in the browser.
fn check_browser(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    reason: &ClientReason,
    found: &mut Vec<Diagnostic>,
) {
    let path = file.path(db);
    let links = file_links(db, project, file);
    let loads = links.loads.iter().filter(|load| !load.dynamic).map(|load| &load.specifier);
    let mut specifiers: Vec<&String> = loads.chain(&reason.taken).collect();
    specifiers.sort();
    specifiers.dedup();
    let mut witness: Option<Witness> = None;
    let mut report = |span: Span, offence: BrowserOffence<'_>| {
        let witness = witness.get_or_insert_with(|| client_witness(db, project, reason));
        found.push(browser_diagnostic(path, span, offence, reason, witness));
    };
    let linked = Linked { db, project };
    for specifier in specifiers {
        let target = Modules::target(&linked, path, specifier);
        let marked = target.filter(|target| is_marked(&linked, target));
        let offence = match (marked, &**specifier) {
            (Some(target), _) => BrowserOffence::Marked(target, is_server_only_path(target)),
            (None, "velox/server" | "velox/node") => BrowserOffence::Framework(specifier),
            (None, _) if linked.is_node(path, specifier) => BrowserOffence::Node(specifier),
            _ => continue,
        };
        if let Some(span) = specifier_place(db, file, specifier) {
            report(span, offence);
        }
    }
    let source = Some(()).filter(|()| links.server_names).and_then(|()| source_of(db, project, file));
    let Some(source) = source else { return };
    for (name, span) in ambient_server_names(&source) {
        report(span, BrowserOffence::Ambient(name));
    }
    let env = private_env(&source);
    if !env.is_empty() {
        let witness = client_witness(db, project, reason);
        for (written, name, span) in env {
            found.push(env_diagnostic(path, span, &written, &name, reason, &witness));
        }
    }
}

/// VX0414 for islands and scripts that are themselves for the server only: no module of the browser imports them.
fn check_roots(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    let linked = Linked { db, project };
    let path = file.path(db);
    for root in client_roots(db, project, file) {
        let specifier = &root.load.specifier;
        let Some(target) = Modules::target(&linked, path, specifier) else { continue };
        if root.kind == RootKind::Page || !is_marked(&linked, target) {
            continue;
        }
        let span = match root.kind {
            RootKind::Script => script_specifier(db, project, file, specifier),
            _ => specifier_place(db, file, specifier),
        };
        let Some(span) = span else { continue };
        let (hops, taken) = (Vec::new(), Vec::new());
        let reason = ClientReason { root: path.to_owned(), kind: root.kind.clone(), hops, taken };
        let witness = client_witness(db, project, &reason);
        let offence = BrowserOffence::Marked(target, is_server_only_path(target));
        found.push(browser_diagnostic(path, span, offence, &reason, &witness));
    }
}

/// The place of a specifier in the scripts of a page.
fn script_specifier(db: &dyn Db, project: Project, file: SourceFile, specifier: &str) -> Option<Span> {
    page_scripts(db, project, file).iter().find_map(|script| {
        let import = script.facts.imports.iter().find(|import| import.specifier == specifier)?;
        Some(import.specifier_span.shift(script.span.start))
    })
}

fn is_marked(linked: &Linked<'_>, target: &str) -> bool {
    is_server_only_path(target) || linked.links(target).is_some_and(|links| links.server_only)
}

/// Why a module runs in the browser: the page or island, and the imports that lead to it, with their places.
fn client_witness(db: &dyn Db, project: Project, reason: &ClientReason) -> Witness {
    let mut places: Witness = Vec::new();
    let root = Linked { db, project }.file(&reason.root);
    match (&reason.kind, root) {
        (RootKind::Island(tag), Some(file)) => {
            let source = source_of(db, project, file);
            if let Some(span) = source.and_then(|source| island_tags(&source, tag).first().copied()) {
                places.push((reason.root.clone(), span, format!("the island `<{tag}>`")));
            }
        }
        (RootKind::Page, Some(file)) => {
            if let Some((_, span)) = page(db, project, file).render {
                places.push((reason.root.clone(), span, "the page is rendered in the browser".to_owned()));
            }
        }
        (RootKind::Script, Some(file)) => {
            let specifier = reason.hops.first().map_or("", |(_, specifier)| specifier);
            if let Some(span) = script_specifier(db, project, file, specifier) {
                places.push((reason.root.clone(), span, format!("`{specifier}` is imported here")));
            }
        }
        (_, None) => {}
    }
    let rest = if reason.kind == RootKind::Script { reason.hops.get(1..) } else { Some(&*reason.hops) };
    places.extend(import_witness(db, project, rest.unwrap_or_default()));
    places
}

/// VX0415 in the `<script>` elements of a page, which run in the browser whatever the page does.
fn check_script_env(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    let path = file.path(db);
    if !path.ends_with(".velox") {
        return;
    }
    for script in page_scripts(db, project, file) {
        let text = script.span.text(file.text(db));
        let mut source = Source::module(path, text, &script.facts, None);
        source.base = script.span.start;
        let reason = ClientReason {
            root: path.to_owned(),
            kind: RootKind::Script,
            hops: Vec::new(),
            taken: Vec::new(),
        };
        for (written, name, span) in private_env(&source) {
            found.push(env_diagnostic(path, span, &written, &name, &reason, &[]));
        }
    }
}
