//! `veloxc check`, run for real: what it prints, what it reads, how it ends.

mod support;

use serde_json::json;
use support::{Folder, Run};

/// One error, on line 1, column 4 (UTF-16), byte 6.
const BROKEN: &str = "<p>é</p></div>\n";

#[test]
fn a_clean_project_ends_with_zero() {
    let run = Folder::project().run(&["check"]).ends_with(0);
    assert_eq!(run.without_times(), "no problems in 5 files (TIME)\n");
    assert_eq!(run.err, "");
}

#[test]
fn a_finding_is_a_frame_and_a_summary() {
    let folder = Folder::project();
    folder.write("routes/broken.velox", BROKEN.as_bytes());
    let run = folder.run(&["check"]).ends_with(1);
    let text = run.without_times();
    assert!(text.starts_with("error[VX0202]: "), "{text}");
    assert!(text.contains("─[ routes/broken.velox:1:9 ]") && text.contains(" 1 │ <p>é</p></div>"), "{text}");
    assert!(text.ends_with("\n\n1 error in 6 files (TIME)\n"), "{text}");
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn json_is_one_object_with_places_in_three_units() {
    let folder = Folder::project();
    folder.write("routes/broken.velox", BROKEN.as_bytes());
    let printed = folder.run(&["check", "--format", "json"]).ends_with(1).json();
    assert_eq!(printed["version"], 1);
    assert_eq!(printed["summary"], json!({ "files": 6, "errors": 1, "warnings": 0 }));
    let found = &printed["diagnostics"][0];
    let keys: Vec<&String> = found.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["code", "severity", "message", "file", "range", "related", "help", "url", "fixes"]);
    assert_eq!((&found["code"], &found["severity"]), (&json!("VX0202"), &json!("error")));
    assert_eq!(found["file"], "routes/broken.velox");
    assert_eq!(found["range"]["start"], json!({ "line": 1, "column": 9, "offset": 9 }));
}

#[test]
fn concise_is_a_line_each_and_the_summary_goes_beside() {
    let folder = Folder::project();
    folder.write("routes/broken.velox", BROKEN.as_bytes());
    let run = folder.run(&["check", "--format", "concise"]).ends_with(1);
    assert!(
        run.out.starts_with("routes/broken.velox:1:9: error[VX0202]: ") && run.out.lines().count() == 1,
        "{}",
        run.out
    );
    assert!(run.err.starts_with("1 error in 6 files ("), "{}", run.err);
}

#[test]
fn the_output_does_not_change_from_run_to_run() {
    let folder = Folder::project();
    for number in 0..40 {
        folder.write(&format!("routes/r{number}.velox"), b"<p>{a b}</p></div>\n<Nope />\n");
    }
    let first = folder.run(&["check", "--format", "json"]).ends_with(1).out;
    for _ in 0..4 {
        assert_eq!(folder.run(&["check", "--format", "json"]).out, first);
    }
}

#[test]
fn paths_choose_what_is_reported() {
    let folder = Folder::project();
    folder.write("routes/a.velox", BROKEN.as_bytes());
    folder.write("routes/b/c.velox", BROKEN.as_bytes());
    let files = |args: &[&str]| -> (u64, Vec<String>) {
        let printed = folder.run(&[&["check", "--format", "json"], args].concat()).json();
        let files = printed["diagnostics"].as_array().unwrap().iter();
        let files = files.map(|found| found["file"].as_str().unwrap().to_owned()).collect();
        (printed["summary"]["files"].as_u64().unwrap(), files)
    };
    assert_eq!(files(&["routes/a.velox"]), (1, vec!["routes/a.velox".to_owned()]));
    assert_eq!(files(&["routes/b"]), (1, vec!["routes/b/c.velox".to_owned()]));
    assert_eq!(files(&["routes/index.velox"]), (1, vec![]));
    assert_eq!(files(&["routes"]).0, 5);
    assert_eq!(files(&["."]).0, 7);
    assert_eq!(files(&["routes/b/../a.velox", "components"]), (2, vec!["routes/a.velox".to_owned()]));
}

#[test]
fn a_file_that_is_checked_alone_still_knows_its_project() {
    let run = Folder::project().run(&["check", "routes/index.velox", "--format", "json"]).ends_with(0);
    assert_eq!(run.json()["diagnostics"], json!([]));
}

#[test]
fn the_project_is_found_from_below_and_by_root() {
    let folder = Folder::project();
    let below = Run::of(folder.command(&["check"]).current_dir(folder.join("routes/blog")).output().unwrap());
    assert_eq!(below.ends_with(0).without_times(), "no problems in 5 files (TIME)\n");
    let elsewhere = Folder::with(&[]);
    let root = folder.path().to_str().unwrap();
    elsewhere.run(&["check", "--root", root]).ends_with(0);
    elsewhere.run(&["check", root]).ends_with(0);
    let run = elsewhere.run(&["check", "--root", "nowhere"]).ends_with(2);
    assert_eq!(run.err, "error: nowhere: it does not exist\n");
}

#[test]
fn without_a_project_it_says_what_was_looked_for() {
    let run = Folder::with(&[("a.velox", "<p>a</p>")]).run(&["check"]).ends_with(2);
    assert_eq!(run.out, "");
    for name in ["velox.config.ts", "package.json", "routes", "veloxc init", "--syntax-only"] {
        assert!(run.err.contains(name), "{}", run.err);
    }
}

#[test]
fn paths_that_lead_nowhere_end_with_two() {
    let folder = Folder::project();
    folder.write("README.md", b"# x\n");
    folder.write(".gitignore", b"/old\n");
    folder.write("old/a.velox", b"<p>");
    folder.write("empty/.keep", b"");
    for (path, said) in [
        ("none.velox", "none.velox: it does not exist"),
        ("README.md", "README.md cannot be checked"),
        ("old/a.velox", "old/a.velox cannot be checked"),
        ("empty", "empty holds nothing to check"),
    ] {
        let run = folder.run(&["check", path]).ends_with(2);
        assert!(run.err.starts_with(&format!("error: {said}\n")), "{}", run.err);
        assert_eq!(run.out, "");
    }
}

#[test]
fn paths_of_two_projects_are_refused() {
    let folder = Folder::with(&[("a/routes/x.velox", "<p>x</p>"), ("b/routes/x.velox", "<p>x</p>")]);
    let run = folder.run(&["check", "a", "b"]).ends_with(2);
    assert!(run.err.contains("b does not belong to the project a"), "{}", run.err);
}

#[test]
fn ignored_files_are_not_checked_outside_of_a_repository_too() {
    let folder = Folder::project();
    folder.write(".gitignore", b"generated/\n");
    folder.write(".ignore", b"*.draft.velox\n");
    for path in [
        "generated/a.velox",
        "routes/b.draft.velox",
        "node_modules/x/c.velox",
        ".velox/types/d.velox",
        ".git/e.velox",
    ] {
        folder.write(path, BROKEN.as_bytes());
    }
    folder.run(&["check"]).ends_with(0);
    folder.write("routes/_parts/.gitignore", b"*\n!keep.velox\n");
    folder.write("routes/_parts/gone.velox", BROKEN.as_bytes());
    folder.run(&["check"]).ends_with(0);
    folder.write("routes/_parts/keep.velox", BROKEN.as_bytes());
    folder.run(&["check"]).ends_with(1);
}

#[test]
fn files_that_cannot_be_read_are_findings_of_their_own() {
    let folder = Folder::project();
    folder.write("routes/latin.velox", b"<p>caf\xe9</p>");
    folder.write("routes/about.velox/inner.velox", b"<p>x</p>");
    folder.write("routes/broken.velox", BROKEN.as_bytes());
    let run = folder.run(&["check", "--format", "concise"]).ends_with(1);
    assert_eq!(
        run.out.lines().filter(|line| line.contains("VX0510")).collect::<Vec<_>>(),
        [
            "routes/about.velox:1:1: error[VX0510]: routes/about.velox cannot be read: it is a directory, but has the name of a file",
            "routes/latin.velox:1:1: error[VX0510]: routes/latin.velox cannot be read: it is not UTF-8 text (byte 6)",
        ]
    );
    assert!(run.out.contains("routes/broken.velox:1:9: error[VX0202]"), "{}", run.out);
    folder.run(&["check", "routes/latin.velox"]).ends_with(1);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_a_loop_of_them_ends() {
    use std::os::unix::fs::symlink;
    let folder = Folder::project();
    symlink(folder.path(), folder.join("routes/loop")).unwrap();
    symlink(folder.join("routes/self"), folder.join("routes/self")).unwrap();
    symlink(folder.join("nowhere"), folder.join("routes/gone.velox")).unwrap();
    let run = folder.run(&["check"]).ends_with(0);
    assert_eq!(run.without_times(), "no problems in 5 files (TIME)\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8_is_a_finding() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::project();
    let name = OsStr::from_bytes(b"caf\xe9.velox");
    #[expect(clippy::disallowed_methods, reason = "no other way to write a file of this name")]
    std::fs::write(folder.join("routes").join(name), "<p>x</p>").unwrap();
    let run = folder.run(&["check", "--format", "concise"]).ends_with(1);
    assert!(run.out.contains("VX0510") && run.out.contains("its name is not UTF-8 text"), "{}", run.out);
}

#[test]
fn syntax_alone_needs_no_project() {
    let folder = Folder::with(&[
        ("good.velox", "---\nimport x from './nowhere';\n---\n<Nope />{x}\n"),
        ("sub/bad.velox", BROKEN),
        ("sub/other.ts", "const = ;"),
        ("notes.md", "# x\n"),
    ]);
    let run = folder.run(&["check", "--syntax-only", "--format", "json"]).ends_with(1);
    assert_eq!(run.json()["summary"], json!({ "files": 2, "errors": 1, "warnings": 0 }));
    assert_eq!(run.json()["diagnostics"][0]["file"], "sub/bad.velox");
    folder.run(&["check", "--syntax-only", "good.velox"]).ends_with(0);
    let given = folder.run(&["check", "--syntax-only", "./sub/../sub", "--format", "concise"]).ends_with(1);
    assert!(given.out.starts_with("sub/../sub/bad.velox:1:9: "), "{}", given.out);
    let run = folder.run(&["check", "--syntax-only", "notes.md"]).ends_with(2);
    assert!(run.err.contains("notes.md is no .velox file"), "{}", run.err);
    folder.run(&["check", "--syntax-only", "none.velox"]).ends_with(2);
}

#[test]
fn syntax_alone_names_files_of_a_project_from_its_root() {
    let folder = Folder::project();
    folder.write("routes/blog/bad.velox", BROKEN.as_bytes());
    let mut command = folder.command(&["check", "--syntax-only", "--format", "concise", "bad.velox"]);
    let run = Run::of(command.current_dir(folder.join("routes/blog")).output().unwrap()).ends_with(1);
    assert!(run.out.starts_with("routes/blog/bad.velox:1:9: "), "{}", run.out);
}

#[test]
fn a_bad_configuration_ends_with_two() {
    let folder = Folder::project();
    folder.write("velox.config.ts", b"export default { app: { trailingSlash: 'sometimes' } };\n");
    let run = folder.run(&["check", "--format", "concise"]).ends_with(2);
    assert!(run.out.starts_with("velox.config.ts:1:") && run.out.contains("error[VX0509]"), "{}", run.out);
    let run = folder.run(&["routes"]).ends_with(2);
    assert!(run.err.contains("error[VX0509]") && run.out.contains("3 routes"), "{}", run.err);
    folder.run(&["build"]).ends_with(2);
}

#[test]
fn warnings_are_findings_and_hints_are_not() {
    let folder = Folder::project();
    let page = |body: &str| format!("---\n{body}\n---\n<p>x</p>\n");
    folder.write("routes/index.velox", page("export const meta = { titel: 'x' };").as_bytes());
    let run = folder.run(&["check", "--format", "json"]).ends_with(1);
    assert_eq!(run.json()["summary"], json!({ "files": 5, "errors": 0, "warnings": 1 }));
    folder.write("routes/index.velox", page("").as_bytes());
    folder.write("velox.config.ts", b"export default { site: process.env.SITE };\n");
    let run = folder.run(&["check", "--format", "json"]).ends_with(0);
    assert_eq!(run.json()["diagnostics"][0]["severity"], "hint");
}
