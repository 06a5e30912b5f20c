//! `veloxc routes`: all routes of a project, with their modes and why; as a picture or as JSON.

use super::routes_tree::{Row, tree};
use crate::Exit;
use crate::args::{RoutesArgs, RoutesFormat};
use crate::build::{params_json, revalidate, static_tags};
use crate::crash::{self, Trouble, guarded};
use crate::failure::Failure;
use crate::output::Output;
use crate::project::{is_below, locate};
use crate::report::Report;
use crate::session::{self, Session};
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use velox_core::analyze::{Mode, Revalidate};
use velox_core::route::RouteKind;
use velox_db::{RouteEntry, page, route_table, unlinked};
use velox_diagnostics::{Code, Diagnostic, Severity};

#[derive(Serialize)]
struct Routes<'a> {
    version: u32,
    routes: Vec<RouteJson<'a>>,
}

#[derive(Serialize)]
struct RouteJson<'a> {
    pattern: String,
    file: &'a str,
    kind: RouteKind,
    mode: Mode,
    cause: String,
    params: serde_json::Value,
    layouts: Vec<&'a str>,
    revalidate: serde_json::Value,
    tags: Vec<String>,
}

/// # Errors
/// There is no project.
pub(crate) fn run(args: &RoutesArgs, root: Option<&Path>, output: &Output) -> Result<Exit, Failure> {
    let target = locate(root, args.path.as_slice())?;
    let session = session::open(&target.root, &crate::project::Selection::All, session::Keep::Few)?;
    let (db, project) = (&session.db, session.project);
    let entries = match guarded(|| {
        route_table(db, project).entries.iter().map(|entry| RouteEntry::clone(entry)).collect::<Vec<_>>()
    }) {
        Ok(entries) => entries,
        Err(trouble) => return Ok(crashed(&session, &trouble, output)),
    };
    let mut report = session.check_all();
    let broken = broken_files(&entries, &report.diagnostics);
    let files: HashSet<&str> = entries.iter().map(|entry| entry.route.file.as_str()).collect();
    let routes = project.routes_directory(db);
    report.diagnostics.retain(|diagnostic| is_about_routes(routes, &files, diagnostic));
    let shown = match shown(args, &session, &entries) {
        Ok(shown) => shown,
        Err(trouble) => return Ok(crashed(&session, &trouble, output)),
    };
    match args.format {
        RoutesFormat::Json => output.out(&(json(&session, &shown) + "\n")),
        RoutesFormat::Tree if args.unlinked && shown.is_empty() && !entries.is_empty() => {
            output.out("Something leads to every page.\n");
        }
        RoutesFormat::Tree => {
            let rows = rows(&session, &shown);
            output.out(&tree(&rows, project.routes_directory(db), output.width(), output.colors_out()));
            if !shown.is_empty() && args.unlinked {
                output.out("Nothing in the project leads to these pages.\n");
            }
        }
    }
    report.print_beside(output);
    match broken.as_slice() {
        [] => {}
        [file] => {
            output.err(&format!("note: {file} cannot be parsed, so its mode may be wrong; `veloxc check` says more\n"));
        }
        [file, others @ ..] => output.err(&format!(
            "note: {file} and {} more cannot be parsed, so their modes may be wrong; `veloxc check` says more\n",
            others.len()
        )),
    }
    Ok(report.exit())
}

/// The routes that are asked for.
fn shown(args: &RoutesArgs, session: &Session, entries: &[RouteEntry]) -> Result<Vec<RouteEntry>, Trouble> {
    if !args.unlinked {
        return Ok(entries.to_vec());
    }
    let files = guarded(|| unlinked(&session.db, session.project))?;
    let files: HashSet<String> = files.into_iter().collect();
    Ok(entries.iter().filter(|entry| files.contains(&entry.route.file)).cloned().collect())
}

fn crashed(session: &Session, trouble: &Trouble, output: &Output) -> Exit {
    let diagnostics = vec![crash::diagnostic(session.project.routes_directory(&session.db), trouble)];
    let sources = session.sources(&diagnostics);
    Report { diagnostics, files_checked: 1, sources, crashed: true, ..Report::default() }
        .print_beside(output);
    Exit::Internal
}

/// Whether a finding is about what routes there are and how they are rendered. `files` are those of the routes.
fn is_about_routes(routes: &str, files: &HashSet<&str>, diagnostic: &Diagnostic) -> bool {
    const OF_CONFIG: [Code; 3] = [Code::UNKNOWN_CONFIG_KEY, Code::INVALID_CONFIG_VALUE, Code::NOT_STATIC];
    let path = diagnostic.file.as_str();
    let is_route = files.contains(path);
    let decides = is_route || is_below(path, routes) || path.starts_with("velox.config.");
    diagnostic.code == Code::INTERNAL
        || diagnostic.severity != Severity::Hint
            && (decides && diagnostic.code.to_string().starts_with("VX05")
                || is_route && OF_CONFIG.contains(&diagnostic.code))
}

/// Routes whose own text does not parse: what they await and use is not known for sure.
fn broken_files<'a>(entries: &'a [RouteEntry], found: &[Diagnostic]) -> Vec<&'a str> {
    let is_syntax = |diagnostic: &&Diagnostic| {
        let code = diagnostic.code.to_string();
        diagnostic.severity == Severity::Error
            && (code.starts_with("VX01")
                || code.starts_with("VX02")
                || diagnostic.code == Code::TYPESCRIPT_SYNTAX)
    };
    let broken: HashSet<&str> =
        found.iter().filter(is_syntax).map(|diagnostic| diagnostic.file.as_str()).collect();
    entries.iter().map(|entry| entry.route.file.as_str()).filter(|path| broken.contains(path)).collect()
}

fn json(session: &Session, entries: &[RouteEntry]) -> String {
    let routes = entries.iter().map(|entry| RouteJson {
        pattern: entry.route.pattern.text(),
        file: &entry.route.file,
        kind: entry.route.kind,
        mode: entry.mode,
        cause: entry.cause.text(&entry.route.file),
        params: params_json(&entry.route.pattern),
        layouts: entry.layouts.iter().map(|layout| layout.path(&session.db)).collect(),
        revalidate: revalidate(&session.db, session.project, entry.source),
        tags: static_tags(&session.db, session.project, entry),
    });
    // Strings, numbers and lists alone: nothing here can fail to be written as JSON.
    serde_json::to_string_pretty(&Routes { version: 1, routes: routes.collect() }).unwrap_or_default()
}

fn rows<'a>(session: &'a Session, entries: &'a [RouteEntry]) -> Vec<Row<'a>> {
    let mut conflicts: HashMap<&str, &str> = HashMap::new();
    let found = &route_table(&session.db, session.project).conflicts;
    for conflict in &found.same {
        conflicts.entry(&conflict.file).or_insert(&conflict.other);
        conflicts.entry(&conflict.other).or_insert(&conflict.file);
    }
    // What hides a route is right as it is.
    for hidden in found.hidden.iter().filter(|hidden| hidden.form.is_none()) {
        if let Some((other, _)) = hidden.by.first() {
            conflicts.entry(&hidden.file).or_insert(other);
        }
    }
    let row = |entry: &'a RouteEntry| {
        let file = entry.route.file.as_str();
        let conflict = conflicts.get(file).copied();
        let fresh = match page(&session.db, session.project, entry.source).revalidate {
            Some((Revalidate::Seconds(seconds), _)) => format!("fresh for {}, ", period(seconds)),
            Some((Revalidate::Never, _)) => "fresh until revalidated, ".to_owned(),
            None => String::new(),
        };
        let tags = static_tags(&session.db, session.project, entry);
        let tagged = if tags.is_empty() { String::new() } else { format!("tags {}, ", tags.join(", ")) };
        // First what is not said elsewhere: a narrow terminal cuts the end.
        let cause = format!("{fresh}{tagged}{}", entry.cause.text(file));
        Row { pattern: &entry.route.pattern, file, kind: entry.route.kind, mode: entry.mode, cause, conflict }
    };
    entries.iter().map(row).collect()
}

/// `90 s`, `5 min`, `1 h`, `7 d`: in the largest unit that gives a whole number.
fn period(seconds: u32) -> String {
    let units = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s")];
    let fitting = units.iter().find(|(length, _)| seconds.is_multiple_of(*length));
    fitting.map_or_else(String::new, |(length, unit)| format!("{} {unit}", seconds / length))
}

#[cfg(test)]
mod tests {
    use super::period;

    #[test]
    fn periods_are_told_in_whole_units() {
        let table =
            [(1, "1 s"), (60, "1 min"), (90, "90 s"), (3600, "1 h"), (5400, "90 min"), (604_800, "7 d")];
        for (seconds, text) in table {
            assert_eq!(period(seconds), text);
        }
    }
}
