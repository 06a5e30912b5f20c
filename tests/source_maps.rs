//! Source maps take each identifier of emitted code back to its place in the source, under every line ending and script.
//!
//! `client.rs` holds the same for the browser.

#![allow(clippy::disallowed_methods, reason = "tests")]

use velox_db::emit;
use velox_tests::{Fixture, files_under, follow, repository};

fn check(path: &str, text: &str) -> usize {
    follow(path, text, |db, project, file| emit(db, project, file).clone(), |_, _| false)
}

const PAGE: &str = "---\nimport { posts } from '$lib/db';\nconst grüße = '😀', list: string[] = posts();\nenum Tone { Warm }\n---\n<p title={grüße}>😀 {list.map((item) => <b>{item} {grüße as string}</b>)} {Tone.Warm}</p>\n";

#[test]
fn each_identifier_goes_back_to_itself() {
    assert!(check("routes/index.velox", PAGE) > 10);
}

#[test]
fn crlf_bom_and_lone_cr_do_not_move_anything() {
    assert!(check("routes/index.velox", &PAGE.replace('\n', "\r\n")) > 10);
    assert!(check("routes/index.velox", &format!("\u{feff}{PAGE}")) > 10);
}

#[test]
fn every_case_maps_back() {
    let folder = repository().join("tests/cases");
    for path in files_under(&folder, ".velox") {
        let text = std::fs::read_to_string(folder.join(&path)).expect("a fixture");
        if text.contains("//~") {
            continue;
        }
        for file in Fixture::parse(&text).files {
            if [".velox", ".ts", ".tsx"].iter().any(|ending| file.path.ends_with(ending)) {
                check(&file.path, &file.text);
            }
        }
    }
}
