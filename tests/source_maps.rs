//! Source maps take each identifier of emitted code back to its place in the source, under every line ending and script.
//!
//! The maps are read by a library, not by our own encoder's twin.

#![allow(clippy::disallowed_methods, reason = "tests")]

use velox_core::emit::source_map;
use velox_db::emit;
use velox_tests::{Fixture, TestProject, files_under, repository};

/// Emits a file, and follows every identifier of the code that its map knows back to the source.
fn check(path: &str, text: &str) -> usize {
    let fixture = Fixture {
        files: vec![velox_tests::FixtureFile {
            path: path.to_owned(),
            text: text.to_owned(),
            marks: Vec::new(),
        }],
    };
    let project = TestProject::new(&fixture);
    let file = project.file(path);
    let emitted = emit(&project.db, project.project, file);
    let map = source_map("out.js", path, text, &emitted.code, &emitted.mappings);
    let map = sourcemap::SourceMap::from_slice(map.as_bytes()).expect("a valid map");
    let (code, source): (Vec<&str>, Vec<&str>) =
        (emitted.code.split('\n').collect(), text.split('\n').collect());
    let mut followed = 0;
    for token in map.tokens() {
        let generated = word_at(code[token.get_dst_line() as usize], token.get_dst_col());
        let original = word_at(source_line(text, &source, token.get_src_line()), token.get_src_col());
        // A printed statement begins with another word than it has in the source: `var` for `enum`.
        let keyword = ["return", "export", "var", "let"].contains(&generated);
        if generated.is_empty() || original.is_empty() || keyword {
            continue;
        }
        assert_eq!(
            generated,
            original,
            "{path}: generated {}:{}",
            token.get_dst_line() + 1,
            token.get_dst_col() + 1
        );
        followed += 1;
    }
    followed
}

/// Lines as the map counts them: a lone `\r` ends one too.
fn source_line<'a>(text: &'a str, lines: &[&'a str], line: u32) -> &'a str {
    if !text.contains('\r') {
        return lines[line as usize];
    }
    let index = velox_diagnostics::LineIndex::new(text);
    &text[index.line_start(line as usize) as usize..index.line_start(line as usize + 1) as usize]
}

/// The identifier at a UTF-16 column.
fn word_at(line: &str, column: u32) -> &str {
    let mut units = 0;
    for (at, character) in line.char_indices() {
        if units == column {
            let rest = &line[at..];
            let end =
                rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$')).unwrap_or(rest.len());
            return &rest[..end];
        }
        units += character.len_utf16() as u32;
    }
    ""
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
