//! Emitted code, run for real: the fixtures under `render/` are built into one project, and one Node process asks its handler
//! for their pages.
//!
//! Refuses to look at emitted code: what counts is the HTML that arrives. `tests/README.md` describes the fixtures.

#![expect(clippy::disallowed_methods, reason = "tests read fixtures, write a project and run the binary")]

use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the pages of all fixtures share, unless a fixture brings a layout of its own.
const SHARED: [(&str, &str); 3] = [
    ("package.json", "{ \"name\": \"render\", \"type\": \"module\" }\n"),
    ("velox.config.ts", "export default { server: { allowedHosts: ['render.test'] } };\n"),
    (
        "layouts/default.velox",
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"></head><body><slot /></body></html>\n",
    ),
];

/// Asks the handler for all pages at once and prints the answers as JSON: what one rendering holds must not reach another.
const ASK: &str = "
import { pathToFileURL } from 'node:url';
const pages = JSON.parse(await new Response(process.stdin).text());
const { handler } = await import(pathToFileURL(process.argv[1]).href);
const ask = async (page) => {
  const request = new Request('http://render.test' + page, { headers: { host: 'render.test', accept: 'text/html' } });
  const response = await handler(request);
  return { status: response.status, location: response.headers.get('location'), body: await response.text() };
};
const answers = await Promise.all(pages.map(ask));
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
";

/// One page that a fixture asks for.
struct Expectation {
    fixture: String,
    line: usize,
    /// Whether the content of `<head>` is compared, and not that of `<body>`.
    head: bool,
    /// Path and query.
    page: String,
    status: u64,
    html: String,
}

#[test]
fn pages_arrive_as_the_fixtures_expect() {
    let project = tempfile::tempdir().unwrap();
    let mut expected = Vec::new();
    for (path, text) in SHARED {
        write(project.path(), path, text);
    }
    for fixture in fixtures() {
        let text = fs::read_to_string(&fixture).unwrap();
        let name = fixture.file_stem().unwrap().to_string_lossy().into_owned();
        let before = expected.len();
        place(project.path(), &name, &text, &mut expected);
        assert!(expected.len() > before, "{name} expects nothing: add a section `//- /expected.html`");
    }
    build(project.path());
    let pages: Vec<&str> = expected.iter().map(|one| &*one.page).collect();
    let answers = ask(project.path(), &json!(pages));
    assert_eq!(answers.len(), expected.len());
    let mut failures = String::new();
    for (expectation, answer) in expected.iter().zip(&answers) {
        compare(expectation, answer, &mut failures);
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/render");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "velox"))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "there are no fixtures");
    found
}

/// Writes the files of a fixture into the project, in folders of its own, and notes what it expects.
fn place(project: &Path, fixture: &str, text: &str, expected: &mut Vec<Expectation>) {
    let mut file = ("routes/index.velox".to_owned(), String::new());
    let mut current: Option<Expectation> = None;
    let mut finish = |file: &mut (String, String), current: &mut Option<Expectation>| {
        let text = std::mem::take(&mut file.1);
        match current.take() {
            Some(expectation) => {
                let html = text.lines().map(str::trim).collect();
                expected.push(Expectation { html, ..expectation });
            }
            None if text.trim().is_empty() => {}
            None => write(project, &own_path(&file.0, fixture), &own_imports(&text, fixture)),
        }
    };
    for (at, line) in text.split_inclusive('\n').enumerate() {
        let Some(header) = line.strip_prefix("//- /") else {
            file.1.push_str(line);
            continue;
        };
        finish(&mut file, &mut current);
        let mut words = header.split_whitespace();
        file.0 = words.next().unwrap_or_default().to_owned();
        if matches!(&*file.0, "expected.html" | "head.html") {
            let (mut page, mut status) = (String::new(), 200);
            for word in words {
                match word.parse() {
                    Ok(number) => status = number,
                    Err(_) => page = word.to_owned(),
                }
            }
            let page = format!("/{fixture}{}", page.strip_suffix('/').unwrap_or(&page));
            let head = file.0 == "head.html";
            let fixture = fixture.to_owned();
            current = Some(Expectation { fixture, line: at + 1, head, page, status, html: String::new() });
        }
    }
    finish(&mut file, &mut current);
}

/// `components/Card.tsx` of the fixture `slots` → `components/slots/Card.tsx`.
fn own_path(path: &str, fixture: &str) -> String {
    match path.split_once('/') {
        Some((folder @ ("routes" | "components" | "lib"), rest)) => format!("{folder}/{fixture}/{rest}"),
        _ => path.to_owned(),
    }
}

fn own_imports(text: &str, fixture: &str) -> String {
    text.replace("'$components/", &format!("'$components/{fixture}/"))
        .replace("'$lib/", &format!("'$lib/{fixture}/"))
}

fn write(project: &Path, path: &str, text: &str) {
    let path = project.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    assert!(!path.exists(), "two fixtures bring {}", path.display());
    fs::write(path, text).unwrap();
}

fn build(project: &Path) {
    let output = Command::new(env!("CARGO_BIN_EXE_veloxc"))
        .args(["build", "--color", "never"])
        .current_dir(project)
        .env(
            "VELOX_ESBUILD",
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../../runtime/node_modules/esbuild"),
        )
        .stdin(Stdio::null())
        .output()
        .expect("veloxc runs");
    let printed = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(
        !printed.contains("without its runtime"),
        "this veloxc carries no runtime: run `npm run build` in runtime/ and build it again\n{printed}"
    );
    assert!(output.status.success(), "the fixtures do not build:\n{printed}");
}

fn ask(project: &Path, pages: &Value) -> Vec<Value> {
    let mut node = Command::new("node")
        .args(["--input-type=module", "--eval", ASK])
        .arg(project.join(".velox/output/handler.js"))
        .current_dir(project)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("these tests need Node.js 20 or newer on the PATH");
    node.stdin.take().unwrap().write_all(pages.to_string().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    match serde_json::from_str(&printed) {
        Ok(Value::Array(answers)) => answers,
        _ => panic!("the pages were not rendered ({}):\n{printed}\n{errors}", output.status),
    }
}

fn compare(expected: &Expectation, answer: &Value, failures: &mut String) {
    let body = answer["body"].as_str().unwrap_or_default();
    let found = match answer["location"].as_str() {
        Some(location) => format!("location: {location}"),
        None => inside(body, if expected.head { "head" } else { "body" }).unwrap_or(body).replace('\n', "⏎"),
    };
    let found = without_hashes(&found);
    let status = answer["status"].as_u64().unwrap_or_default();
    if found == expected.html && status == expected.status {
        return;
    }
    let Expectation { fixture, line, page, .. } = expected;
    let _ = writeln!(failures, "render/{fixture}.velox:{line} ({page})");
    let _ = writeln!(failures, "  expected {} {}", expected.status, expected.html);
    let _ = writeln!(failures, "  found    {status} {found}\n");
}

/// `/_velox/Counter.P25B2U5O.js` as `/_velox/Counter.js`: the hash changes with the runtime.
fn without_hashes(html: &str) -> String {
    let mut parts = html.split("/_velox/");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut names = part.splitn(3, '.');
        let (name, hash, rest) = (names.next(), names.next(), names.next());
        match (name, hash, rest) {
            (Some(name), Some(hash), Some(rest)) if hash.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
                let _ = write!(out, "/_velox/{name}.{rest}");
            }
            _ => {
                let _ = write!(out, "/_velox/{part}");
            }
        }
    }
    out
}

/// What stands between the tags of an element that appears once.
fn inside<'a>(html: &'a str, tag: &str) -> Option<&'a str> {
    let start = html.find(&format!("<{tag}>"))? + tag.len() + 2;
    let end = html.rfind(&format!("</{tag}>"))?;
    html.get(start..end)
}
