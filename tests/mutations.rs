//! Each syntax mistake is reported once, at its place: breaks every clean file of the corpus in every way there is, one mistake at
//! a time, and counts what is missed, what is told on the wrong line, and what is told twice.
//!
//! `VELOX_MUTATIONS=all` tries every place, and asserts no more than that none is missed and none makes more than two findings; else
//! a fixed sample of each operator in each file. `VELOX_MUTATIONS_SHOW=operator`
//! prints the mutants of an operator that are not told as they should be; so do `missed`, `elsewhere`, `several` and `many` for all.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests read fixtures from the disk, and a table is printed"
)]

#[path = "mutations/code.rs"]
mod code;
#[path = "mutations/corpus.rs"]
mod corpus;
#[path = "mutations/sites.rs"]
mod sites;

use corpus::{Site, sites};
use salsa::Setter;
use sites::{Mutation, mutations};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use velox_db::SourceFile;
use velox_diagnostics::{Diagnostic, LineIndex};

/// So many mutants of an operator are tried in one file.
const SAMPLE: usize = 3;

/// What became of the mutants of one operator.
#[derive(Debug, Default)]
struct Tally {
    mutants: usize,
    missed: usize,
    elsewhere: usize,
    /// Mutants with more than one finding, with more than two, and the most that one had.
    several: usize,
    many: usize,
    most: usize,
}

#[test]
fn each_syntax_mistake_is_reported_once_at_its_place() {
    let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let mut shown = String::new();
    let mut files = 0;
    for mut site in sites() {
        for (path, file) in site.pages() {
            let before = site.findings(file);
            let text = file.text(&site.db).to_owned();
            files += 1;
            for mutation in sample(mutations(&text)) {
                let broken = apply(&text, &mutation);
                file.set_text(&mut site.db).to(Arc::from(&*broken));
                judge(
                    &site,
                    &path,
                    file,
                    &before,
                    &text,
                    &broken,
                    &mutation,
                    tallies.entry(mutation.operator).or_default(),
                    &mut shown,
                );
            }
            file.set_text(&mut site.db).to(text);
        }
    }
    let table = table(&tallies, files);
    eprintln!("{table}\n{shown}");
    let sum = |count: fn(&Tally) -> usize| tallies.values().map(count).sum::<usize>();
    let all = sum(|tally| tally.mutants);
    assert!(all > 1000, "too few mutants to say anything\n{table}");
    assert_eq!(sum(|tally| tally.missed), 0, "mistakes that nothing is said about\n{table}");
    assert_eq!(sum(|tally| tally.many), 0, "more than two findings for one mistake\n{table}");
    if all_places() {
        return;
    }
    for (operator, tally) in tallies.iter().filter(|(_, tally)| tally.mutants >= 20) {
        assert!(
            tally.elsewhere * 20 <= tally.mutants,
            "{operator}: less than 95 % on the right line\n{table}"
        );
        assert!(tally.several * 20 <= tally.mutants, "{operator}: more than 5 % told twice\n{table}");
    }
    // Beyond what was asked for: 99 % of all, and one finding each.
    assert!(sum(|tally| tally.elsewhere) * 100 <= all, "less than 99 % on the right line\n{table}");
    assert!(sum(|tally| tally.several) * 100 <= all, "more than 1 % told twice\n{table}");
}

fn all_places() -> bool {
    std::env::var("VELOX_MUTATIONS").is_ok_and(|value| value == "all")
}

/// The mutations to try: of each operator, some that are spread over the file.
fn sample(all: Vec<Mutation>) -> Vec<Mutation> {
    if all_places() {
        return all;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for mutation in &all {
        *counts.entry(mutation.operator).or_default() += 1;
    }
    let mut met: BTreeMap<&str, usize> = BTreeMap::new();
    all.into_iter()
        .filter(|mutation| {
            let (count, index) = (counts[mutation.operator], met.entry(mutation.operator).or_default());
            let (before, after) = (*index * SAMPLE / count, (*index + 1) * SAMPLE / count);
            *index += 1;
            before != after || count <= SAMPLE
        })
        .collect()
}

fn apply(text: &str, mutation: &Mutation) -> String {
    format!("{}{}{}", &text[..mutation.range.start], mutation.insert, &text[mutation.range.end..])
}

#[expect(clippy::too_many_arguments)]
fn judge(
    site: &Site,
    path: &str,
    file: SourceFile,
    before: &[Diagnostic],
    text: &str,
    broken: &str,
    mutation: &Mutation,
    tally: &mut Tally,
    shown: &mut String,
) {
    let lines = LineIndex::new(broken);
    let moved = |at: usize| {
        if at < mutation.range.end.max(mutation.range.start + 1) && at <= mutation.range.start {
            at
        } else {
            (at + mutation.insert.len()).saturating_sub(mutation.range.len()).max(mutation.range.start)
        }
    };
    let right: Vec<usize> = std::iter::once(mutation.range.start)
        .chain(mutation.looked_for.iter().map(|at| moved(*at)))
        .map(|at| lines.line_of(at as u32))
        .collect();
    let found: Vec<Diagnostic> = site
        .findings(file)
        .into_iter()
        .filter(|found| !before.iter().any(|old| old.code == found.code && old.message == found.message))
        .collect();
    tally.mutants += 1;
    tally.missed += usize::from(found.is_empty());
    let elsewhere = found.first().is_some_and(|first| !right.contains(&lines.line_of(first.span.start)));
    tally.elsewhere += usize::from(elsewhere);
    tally.several += usize::from(found.len() > 1);
    tally.many += usize::from(found.len() > 2);
    tally.most = tally.most.max(found.len());
    let shows = |wanted: String| {
        wanted == "missed" && found.is_empty()
            || wanted == "elsewhere" && elsewhere
            || wanted == "several" && found.len() > 1
            || wanted == "many" && found.len() > 2
            || mutation.operator.starts_with(&*wanted)
    };
    if (found.is_empty() || elsewhere || found.len() > 1)
        && std::env::var("VELOX_MUTATIONS_SHOW").is_ok_and(shows)
    {
        let line = lines.line_of(mutation.range.start as u32);
        let _ = writeln!(shown, "\n## {} · {} {path}:{}", mutation.operator, site.name, line + 1);
        let _ = writeln!(shown, "  before: {}", text.lines().nth(line).unwrap_or_default());
        let _ = writeln!(shown, "  broken: {}", broken.lines().nth(line).unwrap_or_default());
        for found in &found {
            let at = lines.line_column(broken, found.span.start);
            let _ = writeln!(shown, "  {}:{} {} {}", at.line, at.column, found.code, found.message);
        }
        let right: Vec<usize> = right.iter().map(|line| line + 1).collect();
        let _ = writeln!(shown, "  right: {right:?}");
    }
}

fn table(tallies: &BTreeMap<&'static str, Tally>, files: usize) -> String {
    let mut out = format!(
        "{:<40}{:>8}{:>8}{:>12}{:>10}{:>8}\n",
        "operator", "mutants", "missed", "right line", "several", "most"
    );
    let mut all = Tally::default();
    for (operator, tally) in tallies {
        row(&mut out, operator, tally);
        all.mutants += tally.mutants;
        all.missed += tally.missed;
        all.elsewhere += tally.elsewhere;
        all.several += tally.several;
        all.most = all.most.max(tally.most);
    }
    row(&mut out, &format!("all, in {files} files"), &all);
    out
}

fn row(out: &mut String, name: &str, tally: &Tally) {
    let right = 100.0 * (1.0 - tally.elsewhere as f64 / tally.mutants.max(1) as f64);
    let _ = writeln!(
        out,
        "{name:<40}{:>8}{:>8}{right:>10.1} %{:>10}{:>8}",
        tally.mutants, tally.missed, tally.several, tally.most
    );
}
