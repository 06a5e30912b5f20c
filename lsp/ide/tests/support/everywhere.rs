//! All texts of the repository, as projects in memory: what holds everywhere is tested on them.

#![allow(clippy::disallowed_methods, reason = "tests read the texts from the disk")]

use super::World;
use std::collections::BTreeMap;
use velox_db::is_source;
use velox_diagnostics::Span;
use velox_ide::Document;
use velox_tests::{Fixture, files_under, repository};

/// The fixtures, sites and examples, each as a project.
pub(crate) fn projects() -> Vec<World> {
    let mut found = Vec::new();
    let cases = repository().join("tests/cases");
    for path in files_under(&cases, ".velox") {
        let text = std::fs::read_to_string(cases.join(&path)).expect("a fixture");
        let files = Fixture::parse(&text).files.into_iter().map(|file| (file.path, file.text)).collect();
        found.push(world(files));
    }
    for folder in ["tests/corpus", "examples"] {
        for site in std::fs::read_dir(repository().join(folder)).expect("a folder").flatten() {
            let mut files = BTreeMap::new();
            for path in files_under(&site.path(), "") {
                if is_source(&path) && !path.contains("node_modules/") && !path.starts_with(".velox/") {
                    files.insert(
                        path.clone(),
                        std::fs::read_to_string(site.path().join(&path)).expect("a file"),
                    );
                }
            }
            found.push(world(files));
        }
    }
    found
}

fn world(files: BTreeMap<String, String>) -> World {
    let path = files.keys().next().cloned().unwrap_or_default();
    World::with_files(files, path, Span::at(0))
}

/// Each file of each project.
pub(crate) fn each_document(mut visit: impl FnMut(Document<'_>)) {
    for world in projects() {
        // What lies in `public/` is known by its name alone.
        for path in world.project().files(world.db()).sources.keys().cloned().collect::<Vec<_>>() {
            visit(world.other(&path));
        }
    }
}

/// Texts of all `.velox` files of the fixtures, each cut off at one place and with all line breaks of the other kind.
pub(crate) fn broken_documents(mut visit: impl FnMut(Document<'_>)) {
    let cases = repository().join("tests/cases");
    for (nth, path) in files_under(&cases, ".velox").into_iter().enumerate() {
        let text = std::fs::read_to_string(cases.join(&path)).expect("a fixture");
        for file in Fixture::parse(&text).files.into_iter().filter(|file| is_source(&file.path)) {
            let mut at = file.text.len() * (nth % 17 + 1) / 18;
            while !file.text.is_char_boundary(at) {
                at -= 1;
            }
            let cut = file.text[..at].to_owned();
            let crlf = file.text.replace("\r\n", "\n").replace('\n', "\r\n");
            for text in [cut, format!("\u{feff}{crlf}")] {
                let world = world(BTreeMap::from([(file.path.clone(), text)]));
                if world.project().files(world.db()).sources.contains_key(&file.path) {
                    visit(world.document());
                }
            }
        }
    }
}

/// How many steps to go at once: as many as usual, or one where `VELOX_EXHAUSTIVE` is set, which takes hours.
pub(crate) fn stride(usual: usize) -> usize {
    if std::env::var_os("VELOX_EXHAUSTIVE").is_some() { 1 } else { usual.max(1) }
}

/// The offsets of a text to try: all of a short one, some of a long one.
pub(crate) fn offsets(text: &str) -> Vec<u32> {
    let stride = stride(text.len() / 400);
    let mut found: Vec<u32> = text.char_indices().map(|(at, _)| at as u32).step_by(stride).collect();
    found.push(text.len() as u32);
    found
}

/// Fails unless the span lies in the text, on character boundaries.
#[track_caller]
pub(crate) fn assert_fits(text: &str, span: Span) {
    assert!(text.get(span.range()).is_some(), "{span:?} does not fit a text of {} bytes", text.len());
}
