//! What holds for every text, tried on all fixtures, sites and examples, each cut off and each with one character gone: nothing
//! panics, tokens give the source back, trees cover it, positions lie in it.
//!
//! Strided, so that it takes seconds; `VELOX_EXHAUSTIVE=1` tries every place. What must hold is written down once, in `fuzz/`.

#![allow(
    clippy::disallowed_methods,
    unreachable_pub,
    reason = "tests read fixtures from the disk; `fuzz/` is a crate too"
)]

#[path = "../fuzz/src/project.rs"]
mod project;
#[path = "../fuzz/src/trees.rs"]
mod trees;

use trees::{quick_as_slow, sound_tokens, sound_trees};
use velox_core::holes::template_holes;
use velox_script::{Dialect, ScriptProblem, parse_holes, parse_module};
use velox_syntax::{parse_template, regions};
use velox_tests::{Fixture, files_under, repository};

/// Places that are tried in each text, for the parsers and for the whole check.
const PLACES: usize = 12;
const PLACES_CHECKED: usize = 2;

/// All texts that are templates, from fixtures, sites, examples and documentation.
fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    for folder in ["tests/cases", "tests/corpus", "examples", "compiler/cli/tests/render", "docs"] {
        for ending in [".velox", ".tsx", ".md"] {
            for path in files_under(&repository().join(folder), ending) {
                if path.contains("node_modules/") || path.contains("/.velox/") {
                    continue;
                }
                let text = std::fs::read_to_string(repository().join(folder).join(&path)).unwrap_or_default();
                if ending == ".md" {
                    let blocks =
                        text.split("\n```").skip(1).step_by(2).filter_map(|block| block.split_once('\n'));
                    let blocks =
                        blocks.filter(|(kind, _)| kind.starts_with("velox") || kind.starts_with("project"));
                    texts.extend(blocks.map(|(_, block)| block.to_owned()));
                } else if folder == "tests/cases" {
                    texts.extend(Fixture::parse(&text).files.into_iter().map(|file| file.text));
                } else {
                    texts.push(text);
                }
            }
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

/// Calls `test` with prefixes of each text, and with each text without one character: `places` of each, or all.
fn each_broken(places: usize, test: impl Fn(&str) + Sync) {
    let exhaustive = std::env::var("VELOX_EXHAUSTIVE").is_ok_and(|value| value == "1");
    let texts = texts();
    assert!(texts.len() > 600, "{} texts", texts.len());
    let tested = |(number, text): (usize, &String)| {
        test(text);
        let stride = if exhaustive { 1 } else { (text.len() / places).max(1) };
        // Other places in each text: fixtures begin alike.
        for (at, character) in text.char_indices().skip(number % stride).step_by(stride) {
            test(&text[..at]);
            test(&format!("{}{}", &text[..at], &text[at + character.len_utf8()..]));
        }
    };
    let halves = [0, 1];
    std::thread::scope(|scope| {
        for half in halves {
            let mine = texts.iter().enumerate().filter(move |(number, _)| number % halves.len() == half);
            scope.spawn(|| mine.for_each(tested));
        }
    });
}

#[test]
fn tokens_and_trees_are_sound_in_every_broken_text() {
    each_broken(PLACES, |text| {
        sound_tokens(text);
        sound_trees(text);
    });
}

#[test]
fn what_is_read_in_a_quick_way_is_what_the_slow_way_makes_of_it_in_every_broken_text() {
    each_broken(PLACES, |text| {
        quick_as_slow(text);
        // As a template alone, too.
        quick_as_slow(regions(text).template.text(text));
    });
}

#[test]
fn typescript_is_read_in_every_broken_text() {
    let fit = |text: &str, problems: &[ScriptProblem]| {
        for problem in problems {
            assert!(text.get(problem.span.range()).is_some(), "{problem:?} does not fit {text:?}");
        }
    };
    each_broken(PLACES, |text| {
        let cut = regions(text);
        let template = cut.template.text(text);
        fit(template, &parse_holes(template, &template_holes(&parse_template(template))).problems);
        let block = cut.server.map_or(text, |server| server.body.text(text));
        fit(block, &parse_module(block, Dialect::TypeScript, &[], true).problems);
    });
}

#[test]
fn every_broken_text_is_checked() {
    each_broken(PLACES_CHECKED, |text| {
        project::check_project(text);
    });
}

#[test]
fn what_checks_clean_can_be_emitted() {
    for text in texts() {
        project::emit_project(&text);
    }
}
