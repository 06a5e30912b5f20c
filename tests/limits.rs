//! Texts that are deeper, longer or wider than anyone writes: none panics or overflows a thread's usual stack, and what is wrong
//! with them is told.
//!
//! Refuses to measure: how the time grows is printed by `bench/growth.mjs`.

use std::collections::BTreeMap;
use velox_db::{Database, MemoryFiles, check_file, load_project};

/// What threads are started with.
const STACK: usize = 2 << 20;

/// The codes that the check of a page tells, with how often each is told.
fn codes(text: String) -> BTreeMap<String, usize> {
    let check = move || {
        let db = Database::default();
        let files = BTreeMap::from([("routes/index.velox".to_owned(), text)]);
        let project = load_project(&db, &MemoryFiles(files)).project;
        let file = *project.files(&db).sources.values().next().expect("there is a page");
        let mut codes = BTreeMap::new();
        for found in check_file(&db, project, file).iter() {
            *codes.entry(found.code.to_string()).or_insert(0) += 1;
        }
        codes
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(check).expect("a thread starts");
    thread.join().expect("no panic")
}

#[track_caller]
fn check(text: impl Into<String>, expected: &[(&'static str, usize)]) {
    assert_eq!(
        codes(text.into()),
        expected.iter().map(|(code, count)| ((*code).to_owned(), *count)).collect::<BTreeMap<_, _>>()
    );
}

fn lines(count: usize, broken: Option<usize>) -> String {
    let line = |at: usize| match broken == Some(at) {
        true => format!("<p class=\"a{}\">{{n + {at} tea</p>\n", at % 50),
        false => format!("<p class=\"a{}\">{{n + {at}}} tea</p>\n", at % 50),
    };
    format!("---\nconst n = 1;\n---\n{}", (0..count).map(line).collect::<String>())
}

#[test]
fn nested_elements() {
    let n = 5_000;
    check(format!("{}x{}", "<div>".repeat(n), "</div>".repeat(n)), &[]);
    check("<div>".repeat(n), &[("VX0201", n)]);
    check("</div>".repeat(n), &[("VX0202", n)]);
    let n = 1_000;
    check(format!("{}{}", "{[1] && <b>".repeat(n), "</b>}".repeat(n)), &[]);
}

#[test]
fn open_braces() {
    check(format!("<p>{}", "{".repeat(10_000)), &[("VX0201", 1), ("VX0203", 1)]);
}

#[test]
fn nested_brackets() {
    for (open, close) in [("(", ")"), ("[", "]")] {
        check(format!("<p>{{{}1{}}}</p>", open.repeat(10_000), close.repeat(10_000)), &[]);
    }
}

#[test]
fn a_long_attribute() {
    let value = "a ".repeat(500_000);
    check(format!("<p title=\"{value}\">x</p>"), &[]);
    check(format!("<p title=\"{value}>x</p>\n"), &[("VX0205", 1)]);
}

#[test]
fn many_lines() {
    check(lines(20_000, None), &[]);
    check(lines(2_000, Some(1_000)), &[("VX0203", 1)]);
    check(lines(20_000, Some(10_000)), &[("VX0203", 1)]);
    let inside =
        |text: String| text.replacen("---\n<p", "---\n<main>\n<section>\n<p", 1) + "</section></main>\n";
    check(inside(lines(20_000, Some(19_990))), &[("VX0203", 1)]);
}

#[test]
fn many_siblings() {
    check("<b>x</b>".repeat(100_000), &[]);
}

#[test]
fn many_attributes() {
    let attributes: String = (0..100_000).map(|at| format!(" data-a{at}=\"1\"")).collect();
    check(format!("<p{attributes}></p>"), &[]);
}

#[test]
fn many_awaits() {
    let block: String = (0..5_000).map(|at| format!("const a{at} = await fetch('/x/{at}');\n")).collect();
    let template: String = (0..5_000).map(|at| format!("{{a{at}.url}}")).collect();
    check(format!("---\n{block}---\n{template}\n"), &[("VX0417", 1)]);
}
