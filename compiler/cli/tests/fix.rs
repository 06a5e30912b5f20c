//! `veloxc check --fix`, `--diff`, and texts from standard input.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod support;

use serde_json::json;
use std::io::Write;
use std::process::Stdio;
use support::{Folder, Run};

/// A safe fix (quotes), an unsafe one (a name), and a finding without any.
const PAGE: &str = "---\nexport const meta = { titel: 'x' };\n---\n<p class=a>x</p>\n<Nope />\n";

fn project() -> Folder {
    let folder = Folder::project();
    folder.write("routes/page.velox", PAGE.as_bytes());
    folder
}

/// Runs with a text on standard input.
fn with_input(folder: &Folder, args: &[&str], text: &[u8]) -> Run {
    let mut command = folder.command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(text).unwrap();
    Run::of(child.wait_with_output().unwrap())
}

#[test]
fn safe_fixes_are_written_and_the_rest_is_reported() {
    let folder = project();
    let run = folder.run(&["check", "--fix", "--format", "concise"]).ends_with(1);
    assert_eq!(folder.read("routes/page.velox"), PAGE.replace("=a>", "=\"a\">"));
    assert!(run.err.starts_with("fixed 1 of 3\n1 error and 1 warning in 6 files ("), "{}", run.err);
    assert_eq!(run.out.lines().count(), 2, "{}", run.out);
    // What is not an error any more lets the others speak; there is nothing left to fix.
    let again = folder.run(&["check", "--fix"]).ends_with(1);
    assert!(again.out.contains("fixed 0 of 2"), "{}", again.out);
}

#[test]
fn unsafe_fixes_have_to_be_asked_for() {
    let folder = project();
    folder.run(&["check", "--fix", "--unsafe"]).ends_with(1);
    assert!(folder.read("routes/page.velox").contains("{ title: 'x' }"));
    let run = folder.run(&["check", "--unsafe"]).ends_with(2);
    assert!(run.err.contains("--fix or --diff"), "{}", run.err);
}

#[test]
fn a_project_that_is_mended_is_clean() {
    let folder = Folder::project();
    folder.write("routes/page.velox", b"<p class=a id=b>x</p>\n");
    let run = folder.run(&["check", "--fix", "--format", "json"]).ends_with(0);
    assert_eq!(run.json()["summary"], json!({ "files": 6, "errors": 0, "warnings": 0, "fixed": 2 }));
    assert_eq!(folder.read("routes/page.velox"), "<p class=\"a\" id=\"b\">x</p>\n");
}

#[test]
fn a_diff_changes_nothing_and_can_be_applied() {
    let folder = project();
    let run = folder.run(&["check", "--diff"]).ends_with(1);
    assert_eq!(folder.read("routes/page.velox"), PAGE);
    assert_eq!(
        run.out,
        "--- a/routes/page.velox\n+++ b/routes/page.velox\n@@ -1,5 +1,5 @@\n ---\n export const meta = { titel: 'x' };\n \
         ---\n-<p class=a>x</p>\n+<p class=\"a\">x</p>\n <Nope />\n"
    );
    assert_eq!(run.err, "would fix 1 of 3\n");
    folder.run(&["check", "--diff", "--fix"]).ends_with(2);
}

#[test]
fn line_ends_the_byte_order_mark_and_permissions_are_kept() {
    let folder = Folder::project();
    folder.write("routes/page.velox", "\u{feff}<p class=a>é</p>\r\n<p>😀</p>\r\n".as_bytes());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder.join("routes/page.velox"), std::fs::Permissions::from_mode(0o640))
            .unwrap();
    }
    folder.run(&["check", "--fix"]).ends_with(0);
    assert_eq!(folder.read("routes/page.velox"), "\u{feff}<p class=\"a\">é</p>\r\n<p>😀</p>\r\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = folder.join("routes/page.velox").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
    }
    let names = folder.join("routes").read_dir().unwrap().count();
    assert_eq!(names, 4, "a temporary file is left");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let folder = Folder::project();
    folder.write("shared/Tag.velox", b"<p class=a>x</p>\n");
    std::os::unix::fs::symlink(folder.join("shared"), folder.join("linked")).unwrap();
    folder.run(&["check", "--fix", "shared"]).ends_with(0);
    assert_eq!(folder.read("shared/Tag.velox"), "<p class=\"a\">x</p>\n");
    assert!(folder.join("linked").symlink_metadata().unwrap().is_symlink());
}

#[test]
fn only_what_is_chosen_is_fixed() {
    let folder = project();
    folder.run(&["check", "--fix", "--skip", "unquoted-value"]).ends_with(1);
    assert_eq!(folder.read("routes/page.velox"), PAGE);
    folder.run(&["check", "--fix", "routes/index.velox"]).ends_with(0);
    assert_eq!(folder.read("routes/page.velox"), PAGE);
    folder.run(&["check", "--fix", "--only", "VX0207"]).ends_with(0);
    assert!(folder.read("routes/page.velox").contains("=\"a\""));
}

#[test]
fn standard_input_stands_for_a_file() {
    let folder = project();
    let args = ["check", "--stdin-filename", "routes/page.velox", "--format", "concise"];
    let run = with_input(&folder, &args, b"<p>{x</p>\n").ends_with(1);
    assert!(run.out.starts_with("routes/page.velox:1:4: error[VX0203]"), "{}", run.out);
    assert_eq!(run.out.lines().count(), 1, "{}", run.out);
    assert!(run.err.starts_with("1 error in 1 file ("), "{}", run.err);
    with_input(&folder, &args, b"<p>x</p>\n").ends_with(0);
    assert_eq!(folder.read("routes/page.velox"), PAGE);
}

#[test]
fn standard_input_may_stand_for_a_file_that_is_not_there() {
    let folder = Folder::project();
    let text = b"---\nimport Card from '$components/Card.velox';\n---\n<Card>x</Card>\n";
    with_input(&folder, &["check", "--stdin-filename", "routes/new/page.velox"], text).ends_with(0);
    let args = ["check", "--stdin-filename", "routes/new/page.velox", "-", "--format", "json"];
    let run = with_input(&folder, &args, b"<Nope />").ends_with(1);
    assert_eq!(run.json()["summary"], json!({ "files": 1, "errors": 1, "warnings": 0 }));
    let run = with_input(&folder, &["check", "--stdin-filename", "notes.md"], b"# x").ends_with(2);
    assert!(run.err.contains("notes.md cannot be checked"), "{}", run.err);
    with_input(&folder, &["check", "--stdin-filename", "routes/a.velox"], b"\xff").ends_with(2);
    with_input(&folder, &["check", "--stdin-filename", "../a.velox"], b"").ends_with(2);
    let run = with_input(&folder, &["check", "-"], b"").ends_with(2);
    assert!(run.err.contains("--stdin-filename"), "{}", run.err);
    assert!(!folder.has("routes/new"));
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let folder = Folder::project();
    let args = ["check", "--fix", "--stdin-filename", "routes/page.velox"];
    let run = with_input(&folder, &args, b"<p class=a>x</p>\r\n").ends_with(0);
    assert_eq!(run.out, "<p class=\"a\">x</p>\r\n");
    assert!(run.err.contains("fixed 1 of 1"), "{}", run.err);
    let run = with_input(&folder, &args, b"<p class=a>x</p><Nope />").ends_with(1);
    assert_eq!(run.out, "<p class=\"a\">x</p><Nope />");
    assert!(run.err.contains("error[VX0401]"), "{}", run.err);
    assert!(!folder.has("routes/page.velox"));
}
