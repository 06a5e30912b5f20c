//! Modules for the browser: snapshots of them, their source maps, and a comparison with the modules for the server in Node.

#![allow(clippy::disallowed_methods, reason = "tests read fixtures, and run Node on what they write")]

use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use velox_db::{emit, emit_client};
use velox_diagnostics::Severity;
use velox_tests::{Fixture, TestProject, files_under, follow, repository};

#[path = "client/templates.rs"]
mod templates;

fn is_module(path: &str) -> bool {
    [".velox", ".ts", ".tsx"].iter().any(|ending| path.ends_with(ending))
}

#[test]
fn modules_are_as_they_were() {
    let folder = repository().join("tests/cases/client");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository().join("snapshots/client"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let cases = files_under(&folder, ".velox");
    assert!(cases.len() >= 15, "the fixtures are there");
    for path in cases {
        let fixture = Fixture::parse(&std::fs::read_to_string(folder.join(&path)).expect("a fixture"));
        let project = TestProject::new(&fixture);
        let mut out = String::new();
        for file in fixture.files.iter().filter(|file| is_module(&file.path)) {
            let code = &emit_client(&project.db, project.project, project.file(&file.path)).code;
            let _ = write!(
                out,
                "──── {} ────\n{}\n════ {} → client ════\n{code}\n",
                file.path, file.text, file.path
            );
        }
        let name = format!("{}@browser", path.trim_end_matches(".velox"));
        settings.bind(|| insta::assert_snapshot!(name, out));
    }
}

/// Follows the identifiers of the module for the browser.
fn check_map(path: &str, text: &str) -> usize {
    let renamed = |generated: &str, original: &str| {
        let of_preact =
            [("class", "className"), ("for", "htmlFor"), ("dangerouslySetInnerHTML", "innerHTML")];
        of_preact.contains(&(generated, original))
            || (generated != original && generated.eq_ignore_ascii_case(original))
    };
    follow(path, text, |db, project, file| emit_client(db, project, file).clone(), renamed)
}

const PAGE: &str = "---\nimport { posts } from '$lib/db';\nconst grüße = '😀', list: string[] = posts();\nenum Tone { Warm }\n---\n<p title={grüße} onClick={() => list.push(grüße)}>😀 {list.map((item) => <b key={item}>{item} {grüße as string}</b>)} {Tone.Warm}</p>\n";

#[test]
fn each_identifier_goes_back_to_itself() {
    for text in [PAGE.to_owned(), PAGE.replace('\n', "\r\n"), format!("\u{feff}{PAGE}")] {
        assert!(check_map("routes/index.velox", &text) > 15);
    }
}

#[test]
fn every_case_maps_back() {
    let folder = repository().join("tests/cases");
    let mut followed = 0;
    for path in files_under(&folder, ".velox") {
        let text = std::fs::read_to_string(folder.join(&path)).expect("a fixture");
        if text.contains("//~") {
            continue;
        }
        for file in Fixture::parse(&text).files.iter().filter(|file| is_module(&file.path)) {
            followed += check_map(&file.path, &file.text);
        }
    }
    assert!(followed > 1000, "{followed} identifiers");
}

/// Writes the modules of a template for one target, as they would lie in the output.
fn write_modules(fixture: &Fixture, folder: &Path, client: bool) {
    let project = TestProject::new(fixture);
    for file in fixture.files.iter().filter(|file| is_module(&file.path)) {
        let source = project.file(&file.path);
        let found = project.check(source);
        let wrong = found.iter().find(|diagnostic| diagnostic.severity == Severity::Error);
        assert!(wrong.is_none(), "{}: {wrong:?}", file.text);
        let emitted = if client {
            emit_client(&project.db, project.project, source)
        } else {
            emit(&project.db, project.project, source)
        };
        let path = folder.join(velox_db::output_module(&file.path));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, &emitted.code).expect("a module");
    }
}

/// What the folder of templates finds under `velox` and `preact`.
fn link_packages(folder: &Path) {
    let packages = repository().join("tests/client/node_modules");
    let runtime = repository().join("runtime/velox");
    assert!(
        packages.join("preact").is_dir(),
        "no packages: run `npm ci` in tests/client (or `cargo xtask setup`)"
    );
    assert!(
        runtime.join("dist/internal.js").is_file(),
        "no runtime: run `npm run build` in runtime (or `cargo xtask setup`)"
    );
    let modules = folder.join("node_modules");
    std::fs::create_dir_all(&modules).expect("a folder");
    let link = |from: &Path, name: &str| {
        let from = from.canonicalize().expect("a package");
        std::os::unix::fs::symlink(from, modules.join(name)).expect("a link");
    };
    link(&runtime, "velox");
    link(&packages.join("preact"), "preact");
}

#[test]
fn both_targets_render_the_same() {
    let folder = repository().join("tests/.tmp").join(format!("client-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    link_packages(&folder);
    std::fs::write(folder.join("package.json"), "{\"type\":\"module\"}").expect("a file");
    for (at, template) in templates::TEMPLATES.iter().enumerate() {
        let fixture = Fixture::parse(&format!("{}//- /routes/index.velox\n{template}\n", templates::SHARED));
        for target in ["server", "client"] {
            write_modules(&fixture, &folder.join(format!("{at}/{target}")), target == "client");
        }
    }
    let script = repository().join("tests/client/compare.mjs");
    let output = Command::new("node").arg(script).arg(&folder).output().expect("Node runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let mut failures = String::new();
    let mut compared = 0;
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("a line of JSON");
        let at = line["at"].as_u64().expect("a number") as usize;
        compared += 1;
        let failed = line.get("serverError").or(line.get("clientError"));
        if failed.is_some() || line["server"] != line["client"] {
            let _ = writeln!(
                failures,
                "──── template {at}\n{}\nserver: {} {}\nclient: {} {}\n{}",
                templates::TEMPLATES[at],
                line["serverHtml"],
                line["server"],
                line["clientHtml"],
                line["client"],
                failed.and_then(Value::as_str).unwrap_or_default()
            );
        } else if line["server"]["html"].as_array().is_none_or(Vec::is_empty) {
            let _ = writeln!(failures, "template {at} renders nothing, so it compares nothing");
        }
    }
    assert_eq!(compared, templates::TEMPLATES.len());
    assert!(failures.is_empty(), "{failures}");
    let _ = std::fs::remove_dir_all(&folder);
}
