//! What holds for every name and every place of all fixtures and sites: navigation never panics, definition leads to a place that
//! references hold, and a rename to a fresh name and back leaves everything as it was.

#![allow(clippy::disallowed_methods, reason = "tests read fixtures from the disk")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use support::World;
use velox_diagnostics::{Severity, Span};
use velox_ide::change::applied;
use velox_ide::definition::definition;
use velox_ide::highlight::highlights;
use velox_ide::links::{LinkTarget, links};
use velox_ide::references::references;
use velox_ide::rename::{prepare, rename};
use velox_ide::{Change, Document};
use velox_tests::{Fixture, files_under, repository};

/// The sites of `tests/corpus` and `examples`, and the cases of `tests/cases`, as projects of their own.
fn sites() -> Vec<(String, World)> {
    let mut found = Vec::new();
    for folder in ["tests/corpus", "examples"] {
        let folder = repository().join(folder);
        let mut names: Vec<String> = std::fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        for name in names {
            let files = read(&folder.join(&name));
            if !files.is_empty() {
                found.push((name, World::with_files(files, String::new(), Span::at(0))));
            }
        }
    }
    found
}

fn cases() -> Vec<(String, World)> {
    let folder = repository().join("tests/cases");
    let names = files_under(&folder, ".velox");
    let read = |name: &String| {
        let text = std::fs::read_to_string(folder.join(name)).ok()?;
        let fixture = Fixture::parse(&text);
        let files = fixture.files.into_iter().map(|file| (file.path, file.text)).collect();
        Some((name.clone(), World::with_files(files, String::new(), Span::at(0))))
    };
    names.iter().filter_map(read).collect()
}

fn read(folder: &Path) -> BTreeMap<String, String> {
    files_under(folder, "")
        .into_iter()
        .filter(|path| {
            velox_db::is_source(path) && !path.contains("node_modules") && !path.starts_with(".velox")
        })
        .filter_map(|path| Some((path.clone(), std::fs::read_to_string(folder.join(&path)).ok()?)))
        .collect()
}

fn in_text(text: &str, span: Span, what: &str) {
    assert!(text.get(span.range()).is_some(), "{what}: {span:?} is no stretch of the text");
}

/// Whether this is one of the places that are tried: every one where `VELOX_EXHAUSTIVE` is set.
fn tried(count: usize, stride: usize) -> bool {
    count.is_multiple_of(support::everywhere::stride(stride))
}

#[test]
fn every_place_of_every_text_is_answered() {
    let mut count = 0;
    for (name, world) in cases().into_iter().chain(sites()) {
        let files = world.files();
        for (path, text) in &files {
            let document = world.other(path);
            for link in links(document) {
                in_text(text, link.span, &name);
                if let LinkTarget::File(path) = link.target {
                    assert!(world.project().files(world.db()).contains(&path), "{name}: {path}");
                }
            }
            for offset in 0..=text.len() as u32 {
                count += 1;
                if !tried(count, 23) {
                    continue;
                }
                for target in definition(document, offset) {
                    let other = files.get(&target.path).map_or("", String::as_str);
                    in_text(other, target.span, &name);
                    in_text(other, target.focus, &name);
                    if let Some(origin) = target.origin {
                        assert!(origin.touches(offset), "{name}: {path} at {offset}: {target:?}");
                    }
                }
                let marks = highlights(document, offset);
                for (span, _) in &marks {
                    in_text(text, *span, &name);
                }
                if let Ok(renamed) = prepare(document, offset) {
                    assert!(renamed.span.touches(offset), "{name}: {path} at {offset}: {renamed:?}");
                    assert_eq!(renamed.span.text(text), renamed.name);
                }
            }
        }
    }
}

/// The places at which names begin, found by what is highlighted.
fn names(document: Document<'_>) -> Vec<u32> {
    let text = document.text();
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '$');
    let mut found = Vec::new();
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        if is_part(character) && !is_part(before) && !character.is_ascii_digit() {
            found.push(at as u32);
        }
        before = character;
    }
    found
}

#[test]
fn definition_leads_to_a_place_that_references_hold() {
    let mut count = 0;
    let mut asked = 0;
    for (name, world) in sites() {
        for path in world.files().keys() {
            let document = world.other(path);
            for offset in names(document) {
                count += 1;
                if !tried(count, 11) || prepare(document, offset).is_err() {
                    continue;
                }
                asked += 1;
                let all = references(document, offset);
                assert!(
                    all.iter().any(|one| one.path == *path && one.span.touches(offset)),
                    "{name}: {path} at {offset} is not among its own references"
                );
                for target in definition(document, offset) {
                    // A component's file, a route: no name stands there.
                    if target.focus.is_empty() {
                        continue;
                    }
                    assert!(
                        all.iter().any(|one| one.path == target.path && one.span == target.focus),
                        "{name}: {path} at {offset} leads to {target:?}, which is not among {all:#?}"
                    );
                }
            }
        }
    }
    assert!(asked > 300, "only {asked} names were asked about");
}

#[test]
fn a_rename_and_back_leaves_everything_as_it_was() {
    let mut count = 0;
    let mut done = 0;
    for (site, world) in sites() {
        let files = world.files();
        for path in files.keys() {
            let document = world.other(path);
            for offset in names(document) {
                count += 1;
                if !tried(count, 97) || prepare(document, offset).is_err() {
                    continue;
                }
                let what = format!("{site}: {path} at {offset}");
                let old = prepare(document, offset).expect("it was asked").name;
                let fresh = if old.starts_with(char::is_uppercase) { "FreshName" } else { "freshName" };
                let change =
                    rename(document, offset, fresh).unwrap_or_else(|reason| panic!("{what}: {reason}"));
                assert!(!change.is_empty(), "{what}: `{old}` is renamed nowhere");
                if !change.files.is_empty() {
                    continue;
                }
                let renamed = after(&files, &change);
                let there = World::with_files(renamed.clone(), path.clone(), Span::at(0));
                assert_eq!(errors(&world, &change), errors(&there, &change), "{what}: `{old}` renamed");
                let longer = change.edits.values().flatten().any(|edit| edit.text != fresh);
                // The cursor moves with the edits before it.
                let moved = change.edits.get(path).map_or(0, |edits| {
                    let before = edits.iter().filter(|edit| edit.span.end <= offset);
                    before.map(|edit| edit.text.len() as i64 - i64::from(edit.span.len())).sum::<i64>()
                });
                let own = change.edits.get(path).and_then(|edits| {
                    edits
                        .iter()
                        .find(|edit| edit.span.touches(offset))
                        .map(|edit| edit.text.find(fresh).unwrap_or(0))
                });
                let at = (i64::from(offset) + moved + own.unwrap_or(0) as i64) as u32;
                let back = rename(there.document(), at, &old)
                    .unwrap_or_else(|reason| panic!("{what}: back: {reason}"));
                let restored = after(&renamed, &back);
                // What was one word for two things is two words now.
                if !longer {
                    assert_eq!(files, restored, "{what}: `{old}`");
                }
                done += 1;
            }
        }
    }
    assert!(done > 25, "only {done} names were renamed");
}

fn after(files: &BTreeMap<String, String>, change: &Change) -> BTreeMap<String, String> {
    let mut files = files.clone();
    for (path, edits) in &change.edits {
        let text = applied(&files[path], edits).expect("edits that fit");
        files.insert(path.clone(), text);
    }
    files
}

/// What is wrong in the files that a change touches.
fn errors(world: &World, change: &Change) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in change.edits.keys() {
        let document = world.other(path);
        let all = velox_db::check_file(document.db, document.project, document.file);
        let worse = all.iter().filter(|one| one.severity != Severity::Hint);
        found.extend(worse.map(|one| (path.clone(), one.code.to_string())));
    }
    found
}
