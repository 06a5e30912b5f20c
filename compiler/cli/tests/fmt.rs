//! `veloxc fmt`: what it writes, what it lists, what it leaves alone.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod support;

use std::io::Write;
use std::process::Stdio;
use support::{Folder, Run};

const ROUGH: &str = "---\nconst a = \"b\"\n---\n<p   class='x'>{a}</p>\n";
const SMOOTH: &str = "---\nconst a = 'b';\n---\n<p class=\"x\">{a}</p>\n";
const BROKEN: &str = "<p>\n  <b>a</p>\n";

fn folder(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::project();
    for (path, text) in files {
        folder.write(path, text.as_bytes());
    }
    folder
}

fn with_input(folder: &Folder, args: &[&str], text: &str) -> Run {
    let mut command = folder.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    Run::of(child.wait_with_output().unwrap())
}

#[test]
fn files_are_written_where_they_differ_and_listed() {
    let folder = folder(&[
        ("routes/fmt/a.velox", ROUGH),
        ("routes/fmt/b.velox", SMOOTH),
        ("routes/fmt/c.ts", "let a=1"),
    ]);
    let run = folder.run(&["fmt", "routes/fmt"]).ends_with(0);
    assert_eq!(run.out, "routes/fmt/a.velox\n");
    assert_eq!(run.err, "formatted 1 of 2 files\n");
    assert_eq!(folder.read("routes/fmt/a.velox"), SMOOTH);
    // A module is formatted where it is named.
    assert_eq!(folder.read("routes/fmt/c.ts"), "let a=1");
    folder.run(&["fmt", "routes/fmt/c.ts"]).ends_with(0);
    assert_eq!(folder.read("routes/fmt/c.ts"), "let a = 1;\n");
    let again = folder.run(&["fmt", "routes/fmt"]).ends_with(0);
    assert_eq!((again.out.as_str(), again.err.as_str()), ("", "formatted 0 of 2 files\n"));
}

#[test]
fn check_changes_nothing_and_tells() {
    let folder = folder(&[("routes/fmt/a.velox", ROUGH), ("routes/fmt/b.velox", SMOOTH)]);
    let run = folder.run(&["fmt", "--check", "routes/fmt"]).ends_with(1);
    assert_eq!((run.out.as_str(), run.err.as_str()), ("routes/fmt/a.velox\n", "would format 1 of 2 files\n"));
    assert_eq!(folder.read("routes/fmt/a.velox"), ROUGH);
    folder.run(&["fmt", "--check", "routes/fmt/b.velox"]).ends_with(0);
}

#[test]
fn a_broken_file_is_left_alone_and_the_others_are_formatted() {
    let folder = folder(&[("routes/fmt/a.velox", ROUGH), ("routes/fmt/b.velox", BROKEN)]);
    let run = folder.run(&["fmt", "routes/fmt"]).ends_with(1);
    assert_eq!(run.out, "routes/fmt/a.velox\n");
    let place = "routes/fmt/b.velox:2:4: not formatted, since its syntax is broken: ";
    assert!(run.err.starts_with(place), "{}", run.err);
    assert!(run.err.ends_with("formatted 1 of 2 files, left 1 alone\n"), "{}", run.err);
    assert_eq!(
        (folder.read("routes/fmt/a.velox").as_str(), folder.read("routes/fmt/b.velox").as_str()),
        (SMOOTH, BROKEN)
    );
}

#[test]
fn a_text_from_standard_input_is_printed() {
    let folder = Folder::project();
    let run = with_input(&folder, &["fmt", "--stdin-filename", "routes/new.velox"], ROUGH).ends_with(0);
    assert_eq!((run.out.as_str(), run.err.as_str()), (SMOOTH, ""));
    let broken = with_input(&folder, &["fmt", "--stdin-filename", "routes/new.velox"], BROKEN).ends_with(1);
    assert_eq!(broken.out, "");
    assert!(broken.err.contains("routes/new.velox:2:4: "), "{}", broken.err);
    with_input(&folder, &["fmt", "--check", "--stdin-filename", "routes/new.velox"], ROUGH).ends_with(1);
}

#[test]
fn settings_come_from_the_config_then_from_editorconfig() {
    let folder =
        folder(&[("routes/fmt/a.velox", ROUGH), ("routes/fmt/b.velox", "<ul>\n<li>a</li>\n</ul>\n")]);
    folder.write(".editorconfig", b"root = true\n[*.velox]\nindent_size = 4\n");
    folder.write("velox.config.ts", b"export default { format: { quotes: 'double', semicolons: false } };\n");
    folder.run(&["fmt", "routes/fmt"]).ends_with(0);
    assert_eq!(folder.read("routes/fmt/a.velox"), "---\nconst a = \"b\"\n---\n<p class=\"x\">{a}</p>\n");
    assert_eq!(folder.read("routes/fmt/b.velox"), "<ul>\n    <li>a</li>\n</ul>\n");
    folder.write("velox.config.ts", b"export default { format: { indent: 'tab' } };\n");
    folder.run(&["fmt", "routes/fmt"]).ends_with(0);
    assert_eq!(folder.read("routes/fmt/b.velox"), "<ul>\n\t<li>a</li>\n</ul>\n");
    folder.write("velox.config.ts", b"export default { format: { lineWidth: 'wide' } };\n");
    let run = folder.run(&["fmt", "routes/fmt"]).ends_with(2);
    assert!(
        run.err.contains("velox.config.ts:1:39: `format.lineWidth` is a number of columns"),
        "{}",
        run.err
    );
}

#[test]
fn calls_that_make_no_sense_are_refused() {
    let folder = folder(&[("notes.txt", "a")]);
    for args in
        [&["fmt", "nowhere"][..], &["fmt", "notes.txt"], &["fmt", "-"], &["fmt", "--stdin-filename", "a.txt"]]
    {
        folder.run(args).ends_with(2);
    }
}
