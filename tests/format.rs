//! Formatting keeps what every file means: fixtures, sites, examples, the pages of the render tests and the documentation are
//! formatted, and what is emitted for them is compared. It is idempotent on all of them.

#![allow(clippy::disallowed_methods, reason = "tests read fixtures from the disk")]

use std::collections::BTreeMap;
use velox_db::{emit, emit_client, is_source};
use velox_diagnostics::Span;
use velox_format::{FormatOptions, Indent, Quotes, RefusalKind, edits, format, format_range};
use velox_script::same_module;
use velox_syntax::{NodeKind, parse_template, regions};
use velox_tests::{Fixture, FixtureFile, TestProject, files_under, repository};

/// Projects: fixtures, sites, the example, pages of the render tests, documented blocks.
fn projects() -> Vec<(String, Fixture)> {
    let mut projects = Vec::new();
    for folder in ["tests/cases", "compiler/cli/tests/render"] {
        for path in files_under(&repository().join(folder), ".velox") {
            let text = std::fs::read_to_string(repository().join(folder).join(&path)).expect("it is there");
            projects.push((format!("{folder}/{path}"), Fixture::parse(&text)));
        }
    }
    let mut folders = vec!["examples/blog".to_owned()];
    for entry in std::fs::read_dir(repository().join("tests/corpus")).expect("it is there").flatten() {
        folders.push(format!("tests/corpus/{}", entry.file_name().to_string_lossy()));
    }
    for folder in folders {
        let mut files = Vec::new();
        for path in files_under(&repository().join(&folder), "") {
            let ignored = path.contains("node_modules/") || path.starts_with(".velox/");
            if is_source(&path) && !ignored {
                let text =
                    std::fs::read_to_string(repository().join(&folder).join(&path)).expect("it is there");
                files.push(FixtureFile { path, text, marks: Vec::new() });
            }
        }
        projects.push((folder, Fixture { files }));
    }
    for path in files_under(&repository().join("docs"), ".md") {
        let text = std::fs::read_to_string(repository().join("docs").join(&path)).expect("it is there");
        for (at, block) in text.split("\n```").skip(1).step_by(2).enumerate() {
            if let Some((kind, block)) = block.split_once('\n')
                && (kind.starts_with("velox") || kind.starts_with("project"))
            {
                projects.push((format!("docs/{path}#{at}"), Fixture::parse(&format!("{block}\n"))));
            }
        }
    }
    projects.retain(|(_, fixture)| !fixture.files.is_empty());
    projects
}

fn is_formatted(path: &str) -> bool {
    [".velox", ".ts", ".tsx"].iter().any(|ending| path.ends_with(ending))
}

fn options() -> Vec<FormatOptions> {
    vec![
        FormatOptions::default(),
        FormatOptions { line_width: 40, indent: Indent::Tabs(4), quotes: Quotes::Double, semicolons: false },
    ]
}

/// Calls `test` for each project, on both cores; what it gives are failures.
fn for_each_project(test: impl Fn(&str, &Fixture) -> Vec<String> + Sync) {
    let projects = projects();
    assert!(projects.len() > 550, "{} projects", projects.len());
    let run = |half: usize| {
        let mine = projects.iter().skip(half).step_by(2);
        mine.flat_map(|(name, fixture)| test(name, fixture)).collect::<Vec<String>>()
    };
    let failures: Vec<String> = std::thread::scope(|scope| {
        let threads = [0, 1].map(|half| {
            let run = &run;
            scope.spawn(move || run(half))
        });
        threads.into_iter().flat_map(|thread| thread.join().expect("it ends")).collect()
    });
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn every_file_is_formatted_or_broken_and_formatting_again_changes_nothing() {
    for_each_project(|name, fixture| {
        let mut failures = Vec::new();
        for file in fixture.files.iter().filter(|file| is_formatted(&file.path)) {
            for options in options() {
                let width = options.line_width;
                let formatted = match format(&file.path, &file.text, &options) {
                    Ok(formatted) => formatted,
                    Err(refusal) if refusal.kind == RefusalKind::Syntax => continue,
                    Err(refusal) => {
                        failures.push(format!("{name} {} at {width}: {}", file.path, refusal.message));
                        continue;
                    }
                };
                match format(&file.path, &formatted, &options) {
                    Ok(again) if again == formatted => {}
                    Ok(again) => {
                        let (old, new): (Vec<&str>, Vec<&str>) =
                            (formatted.lines().collect(), again.lines().collect());
                        let at = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
                        let line = |lines: &[&str]| lines.get(at).copied().unwrap_or("(end)").to_owned();
                        let place = format!("line {}: {:?} then {:?}", at + 1, line(&old), line(&new));
                        failures.push(format!("{name} {} at {width} is not idempotent: {place}", file.path));
                    }
                    Err(refusal) => failures.push(format!("{name} {} again: {}", file.path, refusal.message)),
                }
            }
        }
        failures
    });
}

#[test]
fn the_fixtures_look_as_they_did() {
    let folder = repository().join("tests/format");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(repository().join("snapshots/format"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in files_under(&folder, ".velox") {
        let text = std::fs::read_to_string(folder.join(&path)).expect("it is there");
        let formatted = format(&path, &text, &FormatOptions::default()).expect("its syntax is right");
        let narrow = FormatOptions { line_width: 50, ..FormatOptions::default() };
        let narrow = format(&path, &text, &narrow).expect("its syntax is right");
        let shown = format!("{text}\n=== formatted\n{formatted}\n=== in 50 columns\n{narrow}");
        settings.bind(|| insta::assert_snapshot!(path.trim_end_matches(".velox").to_owned(), shown));
    }
}

/// Emitted code with each run of white space in strings as one space: which of it is rendered, the emitter has decided.
fn without_white_space(code: &str) -> String {
    let code = code.replace("\\n", " ").replace("\\t", " ").replace("\\r", " ");
    let mut out = String::with_capacity(code.len());
    for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            out.push(' ');
            out.push_str(word);
        }
        out.push('\n');
    }
    // Around the value of a JSON script white space says nothing.
    out.replace("> \" + $$json(", ">\" + $$json(")
        .replace("> \") + $$json(", ">\") + $$json(")
        .replace("\" </script>", "\"</script>")
}

/// A file without the text of its scripts and styles, which is emitted as it is written, and without the white space that its
/// template begins with: formatting drops it, wherever it stands.
fn without_raw_text(path: &str, text: &str) -> String {
    if !path.ends_with(".velox") {
        return text.to_owned();
    }
    let template = regions(text).template;
    let tree = parse_template(template.text(text));
    let raw = tree.nodes.iter().filter(|node| node.kind == NodeKind::RawText);
    let mut cut: Vec<(Span, String)> =
        raw.map(|node| (node.span.shift(template.start), String::new())).collect();
    cut.sort_by_key(|(span, _)| span.start);
    let blanks = template.text(text).len() - template.text(text).trim_start().len();
    cut.insert(0, (Span::new(template.start, template.start + blanks as u32), String::new()));
    applied(text, &cut)
}

#[test]
fn what_is_emitted_for_a_formatted_file_is_the_same_program() {
    for_each_project(|name, fixture| {
        let mut bare = fixture.clone();
        for file in &mut bare.files {
            file.text = without_raw_text(&file.path, &file.text);
        }
        let before = TestProject::new(&bare);
        let mut failures = Vec::new();
        for options in options() {
            let mut formatted = fixture.clone();
            for file in formatted.files.iter_mut().filter(|file| is_formatted(&file.path)) {
                let text = format(&file.path, &file.text, &options);
                file.text = without_raw_text(&file.path, text.as_deref().unwrap_or(&file.text));
            }
            let after = TestProject::new(&formatted);
            for file in before.files() {
                let path = file.path(&before.db);
                if !is_formatted(path) || path.ends_with(".d.ts") || path.starts_with("velox.config") {
                    continue;
                }
                let other = after.file(path);
                let sides = [
                    (emit(&before.db, before.project, file), emit(&after.db, after.project, other)),
                    (
                        emit_client(&before.db, before.project, file),
                        emit_client(&after.db, after.project, other),
                    ),
                ];
                for (left, right) in sides {
                    let (left, right) = (without_white_space(&left.code), without_white_space(&right.code));
                    if left != right && !same_module((&left, &[]), (&right, &[])) {
                        let (old, new): (Vec<&str>, Vec<&str>) =
                            (left.split(' ').collect(), right.split(' ').collect());
                        let at = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
                        let near = |words: &[&str]| {
                            words[at.saturating_sub(6)..]
                                .iter()
                                .take(24)
                                .copied()
                                .collect::<Vec<_>>()
                                .join(" ")
                        };
                        let place = format!("{:?} then {:?}", near(&old), near(&new));
                        failures.push(format!("{name} {path} at {}: {place}", options.line_width));
                    }
                }
            }
        }
        failures
    });
}

#[test]
fn diagnostics_are_the_same_after_formatting() {
    for_each_project(|name, fixture| {
        let options = FormatOptions::default();
        let mut formatted = fixture.clone();
        for file in formatted.files.iter_mut().filter(|file| is_formatted(&file.path)) {
            if let Ok(text) = format(&file.path, &file.text, &options) {
                file.text = text;
            }
        }
        let codes = |fixture: &Fixture| {
            let project = TestProject::new(fixture);
            let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for file in project.files() {
                let found = project.check(file);
                let mut found: Vec<String> = found.iter().map(|found| found.code.to_string()).collect();
                found.sort();
                codes.insert(file.path(&project.db).to_string(), found);
            }
            codes
        };
        let (before, after) = (codes(fixture), codes(&formatted));
        if before == after { Vec::new() } else { vec![format!("{name}: {before:?} then {after:?}")] }
    });
}

#[test]
fn edits_make_the_formatted_text_and_those_of_a_line_keep_the_meaning() {
    for_each_project(|name, fixture| {
        let mut failures = Vec::new();
        let options = FormatOptions::default();
        for file in fixture.files.iter().filter(|file| is_formatted(&file.path)) {
            let Ok(formatted) = format(&file.path, &file.text, &options) else { continue };
            if applied(&file.text, &edits(&file.text, &formatted)) != formatted {
                failures.push(format!("{name} {}: the edits make another text", file.path));
            }
            // A line in the middle: what it becomes is still a file that is formatted to the same.
            let middle = (file.text.len() / 2) as u32;
            if !file.text.is_char_boundary(middle as usize) {
                continue;
            }
            let span = Span::at(middle);
            match format_range(&file.path, &file.text, span, &options) {
                Ok(edits) => {
                    let partly = applied(&file.text, &edits);
                    if let Err(refusal) = format(&file.path, &partly, &options) {
                        failures.push(format!("{name} {}: {}", file.path, refusal.message));
                    }
                }
                Err(refusal) => failures.push(format!("{name} {}: {}", file.path, refusal.message)),
            }
        }
        failures
    });
}

fn applied(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (span, new) in edits {
        out.push_str(&text[at..span.start as usize]);
        out.push_str(new);
        at = span.end as usize;
    }
    out.push_str(&text[at..]);
    out
}
