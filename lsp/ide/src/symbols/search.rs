//! Names of the project that hold the letters of a query in their order.
//!
//! Asks position-free queries of all files, and parsed files of the best answers alone.

use super::{Found, SymbolKind};
use crate::Document;
use velox_db::{Db, FileRole, Project, SourceFile};
use velox_diagnostics::Span;
use velox_script::ExportKind;

/// How many names an answer holds.
const MOST: usize = 200;

/// Something that may be an answer.
struct Candidate<'a> {
    score: i32,
    name: std::borrow::Cow<'a, str>,
    file: SourceFile,
    /// The export that it is; nothing for a route or a component.
    export: Option<&'a str>,
    kind: SymbolKind,
    container: Option<String>,
}

/// Names of the project that hold the letters of `query` in their order: routes, components, exports. The best first, 200 at most;
/// without a query the routes come first.
#[must_use]
pub fn search(db: &dyn Db, project: Project, query: &str) -> Vec<Found> {
    let query: Vec<char> = query.chars().filter(|letter| !letter.is_whitespace()).collect();
    let mut candidates = Vec::new();
    let table = velox_db::route_table(db, project);
    for entry in &table.entries {
        let name = entry.route.pattern.text();
        // The file's name leads to a route too: `[slug]`.
        let by_file = score(&query, &entry.route.file).map(|score| score - 30);
        let Some(score) = score(&query, &name).max(by_file) else { continue };
        candidates.push(Candidate {
            score: score + 5,
            name: name.into(),
            file: entry.source,
            export: None,
            kind: SymbolKind::Route,
            container: Some(format!("{} · {}", entry.mode.name(), entry.route.file)),
        });
    }
    let routes = project.routes_directory(db);
    for (path, file) in &project.files(db).sources {
        let role = velox_db::file_role(path, routes);
        if matches!(role, FileRole::Json | FileRole::Other) {
            continue;
        }
        let stem = stem(path);
        let is_component = stem.starts_with(char::is_uppercase);
        if is_component && let Some(score) = score(&query, stem) {
            candidates.push(Candidate {
                score: score + 3,
                name: stem.into(),
                file: *file,
                export: None,
                kind: SymbolKind::Component,
                container: Some(path.clone()),
            });
        }
        for (name, type_only) in &velox_db::exported_names(db, *file).names {
            if name == "default" || is_component && name == stem {
                continue;
            }
            let Some(score) = score(&query, name) else { continue };
            candidates.push(Candidate {
                score,
                name: name.into(),
                file: *file,
                export: Some(name),
                kind: if *type_only { SymbolKind::Type } else { SymbolKind::Variable },
                container: Some(path.clone()),
            });
        }
    }
    let order = |one: &Candidate<'_>, other: &Candidate<'_>| {
        other
            .score
            .cmp(&one.score)
            .then_with(|| one.name.cmp(&other.name))
            .then_with(|| one.container.cmp(&other.container))
    };
    if candidates.len() > MOST {
        candidates.select_nth_unstable_by(MOST, order);
        candidates.truncate(MOST);
    }
    candidates.sort_unstable_by(order);
    candidates
        .into_iter()
        .map(|candidate| found(Document::new(db, project, candidate.file), candidate))
        .collect()
}

/// The name of a file without its folders and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

/// An answer with its place, for which the file is read.
fn found(document: Document<'_>, candidate: Candidate<'_>) -> Found {
    let mut kind = candidate.kind;
    let mut span = Span::at(0);
    let exports = match kind {
        SymbolKind::Route => None,
        _ => Some(&document.module_facts().exports),
    };
    let name = candidate.export.unwrap_or("default");
    if let Some(export) = exports.and_then(|exports| exports.iter().find(|export| export.name == name)) {
        span = export.span.shift(document.script_start());
        if kind == SymbolKind::Variable {
            kind = match export.kind {
                ExportKind::Function => SymbolKind::Function,
                ExportKind::Class => SymbolKind::Class,
                _ => SymbolKind::Variable,
            };
        }
    }
    let path = document.path().to_owned();
    Found { name: candidate.name.into_owned(), kind, path, span, container: candidate.container }
}

/// How well a name answers a query: nothing where it does not hold its letters in their order. Letters count more side by side, at the
/// beginning of a word, and in the same case; short names win.
fn score(query: &[char], name: &str) -> Option<i32> {
    let mut score = 0;
    let mut wanted = query.iter();
    let mut next = wanted.next();
    let mut before: Option<char> = None;
    let mut matched = false;
    for letter in name.chars() {
        let Some(want) = next else { break };
        let same = *want == letter;
        if same || want.to_lowercase().eq(letter.to_lowercase()) {
            let starts_word = before.is_none_or(|before| {
                !before.is_alphanumeric() || before.is_lowercase() && letter.is_uppercase()
            });
            score += 10 + if matched { 15 } else { 0 } + if starts_word { 12 } else { 0 } + i32::from(same);
            matched = true;
            next = wanted.next();
        } else {
            matched = false;
        }
        before = Some(letter);
    }
    next.is_none().then(|| score - (name.len() as i32).min(60) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_their_order_are_found_and_whole_words_first() {
        let of = |query: &str, name: &str| score(&query.chars().collect::<Vec<_>>(), name);
        assert_eq!(of("pc", "Post"), None);
        assert!(of("pc", "PostCard") > of("pc", "epic"));
        assert!(of("post", "Post") > of("post", "PostCard"));
        assert!(of("slug", "/blog/:slug") > of("slug", "/s/lug"));
        assert!(of("", "x").is_some());
    }
}
