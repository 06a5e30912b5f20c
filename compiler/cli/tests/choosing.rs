//! What `veloxc check` reports, how heavily, how much of it, and in which form.

mod support;

use serde_json::{Value, json};
use support::{Folder, Run};

/// A warning and two errors, in three lines.
const PAGE: &str = "---\nexport const meta = { titel: 'x' };\n---\n<Nope />\n<Nope />\n";

fn project() -> Folder {
    let folder = Folder::project();
    folder.write("routes/page.velox", PAGE.as_bytes());
    folder
}

fn codes(run: &Run) -> Vec<String> {
    let found = run.json()["diagnostics"].as_array().unwrap().clone();
    found
        .iter()
        .map(|found| format!("{} {}", found["severity"].as_str().unwrap(), found["code"].as_str().unwrap()))
        .collect()
}

fn checked(folder: &Folder, args: &[&str], exit: i32) -> Vec<String> {
    codes(&folder.run(&[&["check", "--format", "json"], args].concat()).ends_with(exit))
}

#[test]
fn codes_are_chosen_by_number_and_by_name() {
    let folder = project();
    assert_eq!(checked(&folder, &["--only", "vx0312"], 1), ["warning VX0312"]);
    assert_eq!(checked(&folder, &["--skip", "unknown-component"], 1), ["warning VX0312"]);
    assert_eq!(checked(&folder, &["--skip", "unknown-component,VX0312"], 0), [""; 0]);
    assert_eq!(checked(&folder, &["--skip", "unknown-component", "--skip", "VX0312"], 0), [""; 0]);
    assert_eq!(checked(&folder, &["--quiet"], 1), ["error VX0401", "error VX0401"]);
    for (args, said) in [
        (["--only", "unknown-componnet"], "did you mean VX0401 (unknown-component)?"),
        (["--skip", "401"], "did you mean VX0401 (unknown-component)?"),
        (["--skip", "zzz"], "`veloxc explain` lists all"),
        (["--severity", "VX0401"], "write CODE=LEVEL; the levels are error, warning, hint, off"),
        (["--severity", "VX0401=warn"], "did you mean warning?"),
        (["--severity", "VX0201=off"], "VX0201 (unclosed-element) is always an error"),
    ] {
        let run = folder.run(&[&["check"], &args[..]].concat()).ends_with(2);
        assert!(run.err.contains(said), "{}", run.err);
    }
}

#[test]
fn the_command_line_wins_over_the_config_and_that_over_the_code() {
    let folder = project();
    folder.write(
        "velox.config.ts",
        b"export default { check: { severity: { VX0312: 'error', 'unknown-component': 'hint' } } };\n",
    );
    assert_eq!(checked(&folder, &[], 1), ["error VX0312", "hint VX0401", "hint VX0401"]);
    assert_eq!(checked(&folder, &["--severity", "VX0312=off"], 0), ["hint VX0401", "hint VX0401"]);
    assert_eq!(
        checked(&folder, &["--severity", "VX0312=off,VX0401=warning", "--error-on-warning"], 1),
        ["error VX0401", "error VX0401"]
    );
}

#[test]
fn what_is_silenced_in_a_comment_is_silent() {
    let folder = project();
    folder.write(
        "routes/page.velox",
        PAGE.replace("<Nope />\n<", "<!-- velox-ignore VX0401: x -->\n<Nope />\n<").as_bytes(),
    );
    assert_eq!(checked(&folder, &[], 1), ["warning VX0312", "error VX0401"]);
    assert_eq!(checked(&folder, &["--skip", "VX0401", "--skip", "VX0312"], 0), [""; 0]);
}

#[test]
fn a_build_honours_severities() {
    let folder = Folder::project();
    folder.write("routes/page.velox", b"---\nexport const meta = { titel: 'x' };\n---\n<p>x</p>\n");
    let run = folder.run(&["build", "--no-prerender", "--error-on-warning"]).ends_with(1);
    assert!(run.out.contains("error[VX0312]"), "{}", run.out);
    let run = folder.run(&["build", "--no-prerender", "--severity", "VX0312=off"]).ends_with(0);
    assert!(!run.out.contains("VX0312"), "{}", run.out);
    folder.write("velox.config.ts", b"export default { check: { severity: { VX0312: 'error' } } };\n");
    folder.run(&["build", "--no-prerender"]).ends_with(1);
}

#[test]
fn what_is_not_shown_is_counted() {
    let folder = project();
    let run = folder.run(&["check", "--max-diagnostics", "1"]).ends_with(1);
    assert_eq!(run.out.matches("error[VX0401]").count(), 1, "{}", run.out);
    assert!(
        run.out.contains(
            "\n2 more findings are not shown (--max-diagnostics)\n2 errors and 1 warning in 6 files ("
        ),
        "{}",
        run.out
    );
    let run = folder.run(&["check", "--max-diagnostics", "0", "--format", "json"]).ends_with(1);
    assert_eq!(run.json()["summary"], json!({ "files": 6, "errors": 2, "warnings": 1, "not_shown": 3 }));
    folder.write("routes/page.velox", "<Nope />\n".repeat(120).as_bytes());
    let run = folder.run(&["check"]).ends_with(1);
    assert!(run.out.contains("20 more findings are not shown"), "{}", run.out);
    let run = folder.run(&["check", "--format", "concise"]).ends_with(1);
    assert_eq!(run.out.lines().count(), 120);
}

#[test]
fn services_get_paths_from_the_current_folder() {
    let folder = Folder::with(&[("site/routes/a.velox", "<Nope />\n")]);
    let check = |format| folder.run(&["check", "site", "--format", format]).ends_with(1);
    let github = check("github");
    assert!(
        github.out.starts_with("::error file=site/routes/a.velox,line=1,endLine=1,col=2,endColumn=6,title=VX0401 (unknown-component)::"),
        "{}", github.out
    );
    let gitlab: Value = check("gitlab").json();
    assert_eq!(gitlab[0]["location"]["path"], "site/routes/a.velox");
    let sarif = check("sarif").json();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"], json!({ "uri": "site/routes/a.velox", "uriBaseId": "%SRCROOT%" }));
    let junit = check("junit");
    assert!(
        junit.out.starts_with("<?xml") && junit.out.contains("<testsuite name=\"site/routes/a.velox\""),
        "{}",
        junit.out
    );
    let clean = Folder::project();
    assert_eq!(clean.run(&["check", "--format", "gitlab"]).ends_with(0).out, "[]\n");
    assert_eq!(clean.run(&["check", "--format", "github"]).ends_with(0).out, "");
}

#[test]
fn timings_tell_phases_and_kinds() {
    let folder = Folder::project();
    let run = folder.run(&["check", "--timings"]).ends_with(0);
    for word in ["read", "load", "parse", "check", "total", "page", "endpoint"] {
        assert!(run.out.lines().any(|line| line.trim_start().starts_with(word)), "{word}: {}", run.out);
    }
    let timings =
        folder.run(&["check", "--timings", "--format", "json"]).ends_with(0).json()["timings"].clone();
    assert_eq!(timings["unit"], "ms");
    assert_eq!(timings["kinds"]["page"]["files"], 2);
    assert!(timings["phases"]["check"].as_f64().unwrap() <= timings["total"].as_f64().unwrap());
    let run = folder.run(&["check", "--syntax-only", "--timings"]).ends_with(0);
    assert!(run.out.contains("time by phase\n  read") && !run.out.contains("time by kind"), "{}", run.out);
}

#[test]
fn paths_that_name_nothing_say_what_was_meant() {
    let folder = project();
    let run = folder.run(&["check", "routes/**"]).ends_with(2);
    assert!(run.err.contains("routes/**: it does not exist") && run.err.contains("name a folder"), "{run:?}");
    let run = folder.run(&["check", "--stdin-filename", "routes"]).ends_with(2);
    assert!(run.err.contains("routes is a folder") && run.out.is_empty(), "{run:?}");
}

#[cfg(unix)]
#[test]
fn a_project_that_has_two_names_is_one() {
    let folder = Folder::with(&[]);
    folder.write("site/package.json", b"{}");
    folder.write("site/routes/page.velox", PAGE.as_bytes());
    folder.write("site/routes/other.velox", b"<Nope />\n");
    folder.write("other/package.json", b"{}");
    std::os::unix::fs::symlink(folder.join("site"), folder.join("link")).unwrap();
    let args = ["link/routes/page.velox", "site/routes/page.velox", "./link/../site/routes/page.velox"];
    assert_eq!(checked(&folder, &args, 1), ["warning VX0312", "error VX0401", "error VX0401"]);
    let run = folder.run(&["check", "site", "other"]).ends_with(2);
    assert!(run.err.contains("other does not belong to the project site"), "{run:?}");
}
