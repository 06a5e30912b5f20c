//! Gathers everything that is wrong in a file, from the problems of each stage.

use crate::Db;
use crate::buckets::{number_of, route_entry};
use crate::effects::{is_rendered_in_browser, own_reason};
use crate::emission::compile_styles;
use crate::inputs::{Project, SourceFile};
use crate::kind::FileRole;
use crate::parse::has_syntax_error;
use crate::parsed::{self, Parsed, block_of, code_facts, facts_of_template, parsed};
use crate::queries::{
    client_reason, file_names, imports, layout_names, layouts_of, page, parse_script, project_facts, regions,
    role, route_conflicts, template_mistakes, template_text,
};
use crate::scripts::check_scripts;
use crate::table::imported_velox;
use crate::{boundaries, callees, hooks, names, queries, silence, site};
use std::cell::OnceCell;
use std::sync::Arc;
use velox_core::VeloxFile;
use velox_core::analyze::{
    Cause, Mode, PageContext, block_diagnostic, check_component_slots, check_components, check_markup,
    check_module_markup, check_page, check_route_file, script_diagnostic, syntax_diagnostic,
    syntax_diagnostics,
};
use velox_core::effects::ClientReason;
use velox_core::emit::FileKind;
use velox_core::resolve::{Resolution, respelled};
use velox_diagnostics::{Code, Diagnostic, Span};

/// What can be said of a file without the project's route table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alone {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether its TypeScript parsed, so that what it imports and exports is known.
    pub code_whole: bool,
    /// Whether all of it parsed, so that the names that it uses are known.
    pub whole: bool,
}

/// Everything that is wrong in a file, sorted by place. That imports lead from the browser to it is the one thing that is asked of
/// all files, so it is asked last, of the file's bucket.
pub(crate) fn check(db: &dyn Db, project: Project, file: SourceFile) -> Arc<[Diagnostic]> {
    let reasons = queries::bucket_client_reasons(db, project, number_of(db, project, file));
    match reasons.get(&file) {
        Some(reason) if !is_rendered_in_browser(db, project, file) => {
            gather(db, project, file, Some(reason)).into()
        }
        _ => Arc::clone(queries::check_placed(db, project, file)),
    }
}

/// As [`check`], of a file that is not imported in the browser.
pub(crate) fn check_placed(db: &dyn Db, project: Project, file: SourceFile) -> Arc<[Diagnostic]> {
    let reason = is_rendered_in_browser(db, project, file).then(|| own_reason(db, file));
    gather(db, project, file, reason.as_ref()).into()
}

/// What needs the file's tree and facts is in [`check_alone`]: this part must do without them where nothing is wrong, as they may
/// have been dropped.
fn gather(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    in_browser: Option<&ClientReason>,
) -> Vec<Diagnostic> {
    let alone = queries::check_alone(db, project, file);
    let mut found = alone.diagnostics.clone();
    let role = role(db, project, file);
    match role {
        FileRole::Json | FileRole::Other => {}
        FileRole::Config => {
            let path = file.path(db);
            found.extend(project_facts(db, project).diagnostics.iter().filter(|d| d.file == path).cloned());
        }
        FileRole::Velox(kind) if alone.code_whole => {
            check_slots_of_components(db, project, file, &mut found);
            if kind == FileKind::Page {
                check_as_page(db, project, file, &mut found);
            }
        }
        FileRole::TsxPage if alone.code_whole => check_as_page(db, project, file, &mut found),
        _ => {}
    }
    if alone.code_whole {
        check_imports(db, project, file, &mut found);
    }
    if alone.whole {
        boundaries::check(db, project, file, role, in_browser, &mut found);
        if in_browser.is_some() {
            hooks::check(db, project, file, &mut found);
        }
        site::check(db, project, file, &mut found);
    }
    check_route_name(db, project, file, &mut found);
    silence::apply(db, project, file, &mut found);
    found.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    found.dedup();
    found
}

/// What can be said of a file before the project's routes are known: for an editor that has just begun to read a project. Ignores that
/// silence nothing are not reported, as not all findings are there.
#[must_use]
pub fn check_early(db: &dyn Db, project: Project, file: SourceFile) -> Vec<Diagnostic> {
    let mut found = queries::check_alone(db, project, file).diagnostics.clone();
    silence::silence_build(db, project, file, &mut found);
    found.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
    found.dedup();
    found
}

/// Asks all of a file that needs its tree and facts: what others want to know of it, and with `check` what is wrong in it. Worth it
/// before many files are checked. Unless they are to be kept, the tree and facts are dropped then, by the thread that made
/// them, while they are still in the processor's caches.
pub fn read_ahead(db: &dyn Db, project: Project, file: SourceFile, check: bool, keep: bool) {
    let role = role(db, project, file);
    if matches!(role, FileRole::Json | FileRole::Other) {
        return;
    }
    imports(db, project, file);
    if matches!(role, FileRole::Velox(_) | FileRole::TsxPage) {
        queries::page(db, project, file);
        queries::shown_pages(db, file);
        queries::client_roots(db, project, file);
    }
    queries::site_facts(db, project, file);
    queries::file_uses(db, project, file);
    queries::file_links(db, project, file);
    if role == FileRole::Module {
        queries::call_effects(db, file);
        queries::hook_functions(db, file);
    }
    if check {
        queries::check_alone(db, project, file);
    }
    if !keep && matches!(role, FileRole::Velox(_)) {
        parsed::clear(db, file);
    }
}

/// Asks what decides on the mode of a page, apart from the table of routes: many can be asked at a time.
pub fn read_mode(db: &dyn Db, project: Project, page: SourceFile) {
    queries::mode_facts(db, project, page);
    layouts_of(db, project, page);
}

/// What is wrong in a file, as far as its own text, the configuration and what other files export tell.
pub(crate) fn check_alone(db: &dyn Db, project: Project, file: SourceFile) -> Alone {
    let role = role(db, project, file);
    let parsed = matches!(role, FileRole::Velox(_)).then(|| parsed(db, file));
    let velox = parsed.as_ref().map(Parsed::file);
    let mut alone = match (role, &velox) {
        (FileRole::Json | FileRole::Other, _) => return Alone::default(),
        (FileRole::Velox(kind), Some(velox)) => check_velox(db, project, file, velox, kind),
        _ => check_script(db, file),
    };
    if alone.whole {
        names::check(db, project, file, role, velox.as_ref(), &mut alone.diagnostics);
        boundaries::check_alone(db, project, file, role, &mut alone.diagnostics);
        match &velox {
            Some(velox) => callees::check(db, project, file, velox, &mut alone.diagnostics),
            None if role == FileRole::Endpoint => {
                callees::check_endpoint(db, project, file, &mut alone.diagnostics);
            }
            None => {}
        }
    }
    alone
}

fn check_script(db: &dyn Db, file: SourceFile) -> Alone {
    let mut found = Vec::new();
    let script = parse_script(db, file);
    let path = file.path(db);
    if let Some(tree) = &script.tree {
        found.extend(tree.problems.iter().map(|problem| syntax_diagnostic(path, 0, file.text(db), problem)));
    }
    found.extend(script.facts.problems.iter().map(|problem| script_diagnostic(path, 0, problem)));
    let whole = !has_syntax_error(&script.facts);
    if let Some(tree) = script.tree.as_ref().filter(|tree| whole && tree.problems.is_empty()) {
        found.extend(check_module_markup(path, file.text(db), tree, &script.facts));
    }
    Alone { diagnostics: found, code_whole: whole, whole }
}

/// Problems of fences, template and TypeScript syntax alone: all that can be said of a file outside of a project.
#[must_use]
pub fn check_syntax(db: &dyn Db, file: SourceFile) -> Vec<Diagnostic> {
    let path = file.path(db);
    let regions = regions(db, file);
    let text = file.text(db);
    let mut found: Vec<Diagnostic> =
        regions.problems.iter().map(|problem| syntax_diagnostic(path, 0, text, problem)).collect();
    let template = template_text(db, file);
    let base = regions.template.start;
    let mistakes = template_mistakes(db, file);
    found.extend(syntax_diagnostics(path, base, template, &mistakes.syntax));
    // Code in a hole that the lexer had to mend is broken for a reason that is already said.
    let syntax: Vec<Span> = found.iter().map(|diagnostic| diagnostic.span).collect();
    let script = mistakes.script.iter().map(|problem| script_diagnostic(path, base, problem));
    let script: Vec<Diagnostic> = script
        .filter(|diagnostic| mistakes.explained || !same_mistake(text, &syntax, diagnostic.span))
        .collect();
    // In `['a, 'b']` the last quote is left over.
    let broken: Vec<Span> =
        script.iter().filter(|one| one.code == Code::TYPESCRIPT_SYNTAX).map(|one| one.span).collect();
    if !broken.is_empty() {
        found
            .retain(|one| one.code != Code::UNTERMINATED_STRING || !follows_in_line(text, &broken, one.span));
    }
    found.extend(script);
    if let Some(server) = &regions.server {
        let block = block_of(db, file);
        let body = server.body.text(text);
        if let Some(tree) = &block.tree {
            found.extend(
                tree.problems.iter().map(|problem| syntax_diagnostic(path, server.body.start, body, problem)),
            );
        }
        if regions.problems.is_empty() {
            found.extend(
                block
                    .facts
                    .problems
                    .iter()
                    .filter_map(|problem| block_diagnostic(path, server.body.start, problem)),
            );
        }
    }
    found.sort_by_key(|a| (a.span, a.code));
    found
}

/// Whether a complaint of the TypeScript parser stands on the line of one that the template parser already made.
fn same_mistake(text: &str, syntax: &[Span], span: Span) -> bool {
    syntax.iter().any(|other| {
        let (from, to) = (other.start.min(span.start), other.start.max(span.start));
        !Span::new(from, to).text(text).contains('\n') || other.touches(span.start)
    })
}

/// Whether one of these, which are sorted, stands before a place, or there, in its line.
fn follows_in_line(text: &str, spans: &[Span], place: Span) -> bool {
    let before = &spans[..spans.partition_point(|span| span.start <= place.start)];
    let before_place = text.get(..place.start as usize).unwrap_or(text);
    let line = before_place.rfind('\n').map_or(0, |at| at + 1);
    before.last().is_some_and(|span| span.start as usize >= line)
}

fn check_velox(
    db: &dyn Db,
    project: Project,
    file: SourceFile,
    velox: &VeloxFile<'_>,
    kind: FileKind,
) -> Alone {
    let mut found = check_syntax(db, file);
    let code_whole = velox.regions.problems.is_empty() && !has_syntax_error(velox.block);
    // What a tag that is not closed swallowed is no style and no script.
    if !velox.template.index.raw_texts.is_empty()
        && !found.iter().any(|found| matches!(found.code, Code::UNCLOSED_ELEMENT | Code::UNCLOSED_TAG))
    {
        found.extend(compile_styles(velox).1);
        found.extend(check_scripts(db, project, file));
    }
    if !code_whole {
        // Names may be missing from a block that did not parse; what is said about them would be wrong.
        return Alone { diagnostics: found, code_whole, whole: false };
    }
    extend_known(&mut found, page(db, project, file).diagnostics.iter().cloned());
    let template_whole = velox.template.problems.is_empty();
    if template_whole {
        let known = OnceCell::new();
        let runs_in_browser = || match kind {
            // What an island or a page of the browser imports runs there; what else imports it does not matter.
            FileKind::Component => client_reason(db, project, file).is_some(),
            FileKind::Page => page(db, project, file).render.is_some_and(|(mode, _)| mode == Mode::Csr),
            FileKind::Layout => false,
        };
        let in_browser = || *known.get_or_init(runs_in_browser);
        let is_velox = |local: &str| imported_velox(db, project, file, local).is_some();
        found.extend(check_markup(velox, kind, &in_browser, &is_velox));
        found.extend(check_components(velox, &project_facts(db, project).components));
    }
    let whole = template_whole && velox.facts.problems.is_empty();
    Alone { diagnostics: found, code_whole, whole }
}

/// Where code stands whose `{` is missing: it was read as text, and what the names in it mean is not known.
fn read_as_text(found: &[Diagnostic]) -> Vec<Span> {
    let strays = found.iter().filter(|found| found.code == Code::STRAY_BRACE);
    let code = strays.filter_map(|stray| {
        let brace = stray.related.iter().find(|related| related.span.start < stray.span.start)?;
        Some(Span::new(brace.span.start, stray.span.start))
    });
    code.collect()
}

/// Adds what is said about a page, but for what was read as text.
fn extend_known(found: &mut Vec<Diagnostic>, of_page: impl IntoIterator<Item = Diagnostic>) {
    let as_text = read_as_text(found);
    let known = |found: &Diagnostic| !as_text.iter().any(|code| code.contains(found.span));
    found.extend(of_page.into_iter().filter(known));
}

fn check_slots_of_components(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    let fills = &page(db, project, file).component_fills;
    let slots_of = |component: &str| {
        let file = imported_velox(db, project, file, component)?;
        Some(page(db, project, file).slots.clone())
    };
    found.extend(check_component_slots(file.path(db), fills, &slots_of));
}

fn check_as_page(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    let entry = route_entry(db, project, file);
    let layouts = layouts_of(db, project, file);
    let layouts: Vec<_> =
        layouts.iter().map(|layout| (layout.path(db), page(db, project, *layout))).collect();
    let of_page = check_page(PageContext {
        file: file.path(db),
        pattern: entry.map(|entry| &entry.route.pattern),
        mode: entry.map_or(Mode::Ssr, |entry| entry.mode),
        cause: entry.map_or(&Cause::Static, |entry| &entry.cause),
        page: page(db, project, file),
        layouts: &layouts,
        layout_names: layout_names(db, project),
    });
    extend_known(found, of_page);
}

fn check_imports(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    let resolved = imports(db, project, file);
    if !resolved.values().any(|resolution| matches!(resolution, Resolution::Missing(_))) {
        return;
    }
    let facts = code_facts(db, file);
    let static_imports = facts
        .imports
        .iter()
        .filter(|import| !import.type_only)
        .map(|import| (&import.specifier, import.specifier_span));
    let exports = facts
        .exports
        .iter()
        .filter(|export| !export.type_only)
        .filter_map(|export| export.from.as_ref())
        .map(|(specifier, span)| (specifier, *span));
    let dynamic = facts.dynamic_imports.iter().map(|(specifier, span)| (specifier, *span));
    let velox = file.path(db).ends_with(".velox");
    let base = if velox { regions(db, file).server.map_or(0, |server| server.body.start) } else { 0 };
    let template = velox.then(|| (facts_of_template(db, file), regions(db, file).template.start));
    let in_template = template.iter().flat_map(|(template, start)| {
        // The others count from the block's start, and are moved by `base` below.
        template.dynamic_imports.iter().map(move |(specifier, span)| {
            (specifier, Span::new(span.start + start - base, span.end + start - base))
        })
    });
    for (specifier, span) in static_imports.chain(exports).chain(dynamic).chain(in_template) {
        let Some(Resolution::Missing(tried)) = resolved.get(specifier) else { continue };
        let mut diagnostic = Diagnostic::new(
            Code::UNRESOLVED_IMPORT,
            file.path(db),
            span.shift(base),
            format!("`{specifier}` leads to no file"),
        );
        diagnostic = match tried.first() {
            None => diagnostic.label("it leads out of the project"),
            Some(path) => {
                let files = project.files(db);
                let names = file_names(db, project);
                let near = std::iter::once(path).chain(tried).find_map(|path| names.nearest(path, |_| true));
                let diagnostic = diagnostic.label(format!("{path} does not exist"));
                match near {
                    Some(near) => {
                        let diagnostic = diagnostic.help(format!("did you mean {near}?"));
                        let aliases = &project_facts(db, project).aliases;
                        let exists = |path: &str| files.contains(path);
                        match respelled(file.path(db), specifier, near, aliases, &exists) {
                            Some(right) => {
                                // The span holds the quotes.
                                let inside = Span::new(span.start + 1, span.end - 1).shift(base);
                                diagnostic.fix(format!("write `{right}`"), false, vec![(inside, right)])
                            }
                            None => diagnostic,
                        }
                    }
                    None => diagnostic.help("correct the path, or make the file"),
                }
            }
        };
        found.push(diagnostic);
    }
}

/// What is wrong with the name of a route's file.
fn check_route_name(db: &dyn Db, project: Project, file: SourceFile, found: &mut Vec<Diagnostic>) {
    let route = route_entry(db, project, file).map(|entry| &entry.route);
    found.extend(check_route_file(file.path(db), route, route_conflicts(db, project)));
}
