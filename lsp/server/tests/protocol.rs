//! The protocol over stdio: what clients send in whatever order, and what they may rely on.

#![allow(clippy::disallowed_methods, reason = "tests write files and wait")]

mod support;

use serde_json::{Value, json};
use support::{Editor, Site, abilities, codes, pulling};

const BROKEN: &str = "<p>{missing}</p>\n";
const CLEAN: &str = "<p>well</p>\n";

fn at(uri: &str, line: u32, character: u32) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

#[test]
fn an_open_document_is_told_its_diagnostics_and_those_after_each_edit() {
    let site = Site::new(&[("routes/index.velox", CLEAN)]);
    let uri = site.uri("routes/index.velox");
    let mut editor = Editor::open(&site);
    editor.open_document(&uri, BROKEN);
    let found = editor.diagnostics(&uri, |found| !found.is_empty());
    assert_eq!(codes(&found), ["VX0408"]);
    assert_eq!(found[0]["source"], "velox");
    assert_eq!(found[0]["range"]["start"], json!({ "line": 0, "character": 4 }));
    let page = found[0]["codeDescription"]["href"].as_str().unwrap();
    let path = tower_lsp::lsp_types::Url::parse(page).unwrap().to_file_path().unwrap();
    assert!(std::fs::read_to_string(path).unwrap().contains("VX0408"));
    editor.replace(&uri, 2, CLEAN);
    editor.diagnostics(&uri, <[Value]>::is_empty);
    assert!(editor.close());
}

#[test]
fn edits_are_applied_in_their_order_whatever_is_asked_between_them() {
    let site = Site::new(&[("routes/index.velox", CLEAN)]);
    let uri = site.uri("routes/index.velox");
    let mut editor = Editor::open(&site);
    editor.open_document(&uri, "");
    // A burst of insertions, each at the end of what was typed before, with requests between them.
    let text = "<p>{await Promise.resolve('typed one by one')}</p>";
    for (nth, character) in text.chars().enumerate() {
        let end = json!({ "line": 0, "character": nth });
        let change = json!([{ "range": { "start": end, "end": end }, "text": character.to_string() }]);
        editor.edit(&uri, nth as i32 + 2, change);
        if nth % 3 == 0 {
            editor.ask("textDocument/completion", at(&uri, 0, nth as u32 + 1));
            editor.ask("textDocument/hover", at(&uri, 0, 1));
        }
    }
    let shown = json!({ "command": "velox.emittedCode", "arguments": [{ "uri": uri, "view": "server" }] });
    let code = editor.request("workspace/executeCommand", shown);
    assert!(code["code"].as_str().is_some_and(|code| code.contains("typed one by one")), "{code}");
    assert!(editor.close());
}

#[test]
fn positions_are_in_the_encoding_that_was_agreed_on() {
    let site = Site::new(&[("routes/index.velox", CLEAN)]);
    let uri = site.uri("routes/index.velox");
    let text = "<p>😀 é {missing}</p>\n";
    for (encoding, column) in [("utf-8", 12), ("utf-16", 9), ("utf-32", 8)] {
        let mut can = abilities();
        can["general"] = json!({ "positionEncodings": [encoding] });
        let mut editor = Editor::with(Some(&site.root()), can, Value::Null);
        assert_eq!(editor.capabilities["positionEncoding"], encoding);
        editor.open_document(&uri, text);
        let found = editor.diagnostics(&uri, |found| !found.is_empty());
        assert_eq!(found[0]["range"]["start"]["character"], column, "{encoding}");
        // An edit counts in the same unit.
        let range = found[0]["range"].clone();
        editor.edit(&uri, 2, json!([{ "range": range, "text": "1" }]));
        editor.diagnostics(&uri, <[Value]>::is_empty);
    }
}

#[test]
fn a_client_that_pulls_is_answered_and_not_pushed() {
    let site = Site::new(&[("routes/index.velox", BROKEN), ("routes/other.velox", BROKEN)]);
    let uri = site.uri("routes/index.velox");
    let options = json!({ "diagnostics": { "scope": "workspace" } });
    let mut editor = Editor::with(Some(&site.root()), pulling(), options);
    editor.open_document(&uri, BROKEN);
    editor.ready();
    let document = json!({ "textDocument": { "uri": uri } });
    let report = editor.request("textDocument/diagnostic", document.clone());
    assert_eq!(report["kind"], "full");
    assert_eq!(codes(report["items"].as_array().unwrap()), ["VX0408"]);
    let mut again = document;
    again["previousResultId"] = report["resultId"].clone();
    assert_eq!(editor.request("textDocument/diagnostic", again)["kind"], "unchanged");
    let report = editor.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let files: Vec<_> = report["items"].as_array().unwrap().iter().map(|item| item["uri"].clone()).collect();
    assert_eq!(files, [json!(uri), json!(site.uri("routes/other.velox"))]);
}

#[test]
fn malformed_messages_and_unknown_methods_do_not_end_the_server() {
    let site = Site::new(&[("routes/index.velox", CLEAN)]);
    let uri = site.uri("routes/index.velox");
    let mut editor = Editor::open(&site);
    editor.send_bytes(b"Content-Length: 9\r\n\r\n{\"broken\"");
    editor.send_bytes(b"Content-Length: 2\r\n\r\n[]");
    editor.notify("textDocument/didFrobnicate", json!({ "x": 1 }));
    editor.notify("textDocument/didChange", json!({ "wrong": true }));
    let id = editor.ask("textDocument/frobnicate", json!({}));
    assert_eq!(editor.answer(id).unwrap_err()["code"], -32601);
    let id = editor.ask("textDocument/hover", json!({ "wrong": true }));
    assert_eq!(editor.answer(id).unwrap_err()["code"], -32602);
    editor.open_document(&uri, BROKEN);
    editor.diagnostics(&uri, |found| !found.is_empty());
}

#[test]
fn documents_that_are_not_open_are_refused_by_name() {
    let site = Site::new(&[("routes/index.velox", CLEAN)]);
    let uri = site.uri("routes/index.velox");
    let mut editor = Editor::open(&site);
    let id = editor.ask("textDocument/hover", at(&uri, 0, 0));
    let error = editor.answer(id).unwrap_err();
    assert!(error["message"].as_str().unwrap().ends_with("index.velox is not open"), "{error}");
    editor.replace(&uri, 2, "x");
    let logged = editor.wait("a line in the log", |message| message["method"] == "window/logMessage");
    assert!(logged["params"]["message"].as_str().unwrap().contains("never opened"));
    // A position far outside, and a range the wrong way round.
    editor.open_document(&uri, CLEAN);
    assert_eq!(editor.request("textDocument/hover", at(&uri, 99_999, 99_999)), Value::Null);
    let (start, end) = (json!({ "line": 9, "character": 9 }), json!({ "line": 0, "character": 0 }));
    editor.edit(&uri, 2, json!([{ "range": { "start": start, "end": end }, "text": BROKEN }]));
    editor.diagnostics(&uri, |found| !found.is_empty());
}

#[test]
fn unsaved_text_counts_and_closing_brings_the_disk_back() {
    let page = "---\nimport { a } from '../lib/a';\n---\n<p>{a}</p>\n";
    let site = Site::new(&[("routes/index.velox", page), ("lib/a.ts", "export const a = 1;\n")]);
    let (uri, module) = (site.uri("routes/index.velox"), site.uri("lib/a.ts"));
    let mut editor = Editor::open(&site);
    editor.open_document(&uri, page);
    editor.ready();
    editor.diagnostics(&uri, <[Value]>::is_empty);
    editor.open_document(&module, "export const b = 1;\n");
    let found = editor.diagnostics(&uri, |found| !found.is_empty());
    assert_eq!(codes(&found), ["VX0421"]);
    editor.notify("textDocument/didClose", json!({ "textDocument": { "uri": module } }));
    editor.diagnostics(&uri, <[Value]>::is_empty);
}

#[test]
fn places_in_other_files_move_with_the_lines_of_those_files() {
    let page = "---\nimport { where } from '../lib/where';\nexport const config = { render: 'ssg' };\nconst at = where();\n---\n<p>{at}</p>\n";
    let module = "import { useRequest } from 'velox/server'; export const where = () => useRequest().url;\n";
    let site = Site::new(&[("routes/index.velox", page), ("lib/where.ts", module)]);
    let (uri, lib) = (site.uri("routes/index.velox"), site.uri("lib/where.ts"));
    let line = |found: &[Value]| {
        let related = found[0]["relatedInformation"].as_array().unwrap();
        related.iter().find(|one| one["location"]["uri"] == json!(lib)).unwrap()["location"]["range"]["start"]
            ["line"]
            .clone()
    };
    // The same bytes before the place, on one line more.
    let moved = module.replace("; export", ";\nexport");
    let mut editor = Editor::open(&site);
    editor.open_document(&uri, page);
    editor.open_document(&lib, module);
    editor.ready();
    let found = editor.diagnostics(&uri, |found| codes(found) == ["VX0402"]);
    assert_eq!(line(&found), 0);
    editor.replace(&lib, 2, &moved);
    let found = editor.diagnostics(&uri, |found| !found.is_empty() && line(found) == 1);
    assert_eq!(codes(&found), ["VX0402"]);
    // The same for who asks.
    let mut editor = Editor::with(Some(&site.root()), pulling(), Value::Null);
    editor.open_document(&uri, page);
    editor.open_document(&lib, module);
    editor.ready();
    let report = editor.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
    assert_eq!(line(report["items"].as_array().unwrap()), 0);
    editor.replace(&lib, 2, &moved);
    let again = json!({ "textDocument": { "uri": uri }, "previousResultId": report["resultId"] });
    let report = editor.request("textDocument/diagnostic", again);
    assert_eq!(report["kind"], "full");
    assert_eq!(line(report["items"].as_array().unwrap()), 1);
}

#[test]
fn what_is_edited_is_answered_before_all_that_depends_on_it() {
    let page = "---\nimport { a } from '../lib/a';\n---\n<p>{a}</p>\n";
    let pages: Vec<(String, &str)> = (0..60).map(|nth| (format!("routes/page{nth}.velox"), page)).collect();
    let mut files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    files.push(("lib/a.ts", "export const a = 1;\n"));
    let site = Site::new(&files);
    let lib = site.uri("lib/a.ts");
    let mut editor = Editor::open(&site);
    for (path, text) in &pages {
        editor.open_document(&site.uri(path), text);
    }
    editor.open_document(&lib, "export const a = 1;\n");
    editor.ready();
    for version in 1..6 {
        let (name, wanted) = if version % 2 == 0 { ("b", vec!["VX0421"]) } else { ("a", vec![]) };
        if version > 1 {
            editor.forget();
            editor.replace(&lib, version, &format!("export const {name} = 1;\n"));
            let is_told = |message: &Value| message["method"] == "textDocument/publishDiagnostics";
            let first = editor.wait("diagnostics", is_told);
            assert_eq!(first["params"]["uri"], json!(lib), "{first}");
            assert_eq!(first["params"]["version"], version);
        }
        for (path, _) in &pages {
            editor.diagnostics(&site.uri(path), |found| codes(found) == wanted);
        }
    }
}

#[test]
fn files_that_come_and_go_on_the_disk_are_seen_by_clients_that_watch() {
    let page = "---\nimport { a } from '../lib/a';\n---\n<p>{a}</p>\n";
    let site = Site::new(&[("routes/index.velox", page)]);
    let uri = site.uri("routes/index.velox");
    let mut editor = Editor::open(&site);
    editor.wait("a registration", |message| message["method"] == "client/registerCapability");
    editor.open_document(&uri, page);
    editor.ready();
    editor.diagnostics(&uri, |found| !found.is_empty());
    let changed = |kind: u32| json!({ "changes": [{ "uri": site.uri("lib/a.ts"), "type": kind }] });
    site.write("lib/a.ts", "export const a = 1;\n");
    editor.notify("workspace/didChangeWatchedFiles", changed(1));
    editor.diagnostics(&uri, <[Value]>::is_empty);
    site.write("lib/a.ts", "export const b = 1;\n");
    editor.notify("workspace/didChangeWatchedFiles", changed(2));
    editor.diagnostics(&uri, |found| codes(found) == ["VX0421"]);
    std::fs::remove_file(site.root().join("lib/a.ts")).unwrap();
    editor.notify("workspace/didChangeWatchedFiles", changed(3));
    editor.diagnostics(&uri, |found| !found.is_empty() && codes(found) != ["VX0421"]);
}

#[test]
fn files_that_come_and_go_are_seen_for_clients_that_cannot_watch() {
    let page = "---\nimport { a } from '../lib/a';\n---\n<p>{a}</p>\n";
    let site = Site::new(&[("routes/index.velox", page)]);
    let uri = site.uri("routes/index.velox");
    let mut can = abilities();
    can["workspace"]["didChangeWatchedFiles"] = json!({ "dynamicRegistration": false });
    let mut editor = Editor::with(Some(&site.root()), can, Value::Null);
    editor.open_document(&uri, page);
    editor.ready();
    editor.diagnostics(&uri, |found| !found.is_empty());
    site.write("lib/a.ts", "export const a = 1;\n");
    editor.diagnostics(&uri, <[Value]>::is_empty);
    site.write("lib/a.ts", "export const b = 1;\n");
    editor.diagnostics(&uri, |found| codes(found) == ["VX0421"]);
    std::fs::remove_dir_all(site.root().join("lib")).unwrap();
    editor.diagnostics(&uri, |found| !found.is_empty() && codes(found) != ["VX0421"]);
}

#[test]
fn another_configuration_counts_at_once() {
    let site = Site::new(&[("routes/index.velox", BROKEN)]);
    let uri = site.uri("routes/index.velox");
    let page = "---\nconst unused = 1;\n---\n<p>x</p>\n";
    let mut editor = Editor::open(&site);
    editor.open_document(&uri, page);
    editor.ready();
    let found = editor.diagnostics(&uri, |found| !found.is_empty());
    assert_eq!((codes(&found), &found[0]["severity"]), (vec!["VX0411"], &json!(2)));
    assert_eq!(found[0]["tags"], json!([1]));
    site.write("velox.config.ts", "export default { check: { severity: { VX0411: 'off' } } };\n");
    let change = json!({ "changes": [{ "uri": site.uri("velox.config.ts"), "type": 2 }] });
    editor.notify("workspace/didChangeWatchedFiles", change);
    editor.diagnostics(&uri, <[Value]>::is_empty);
}

#[test]
fn a_client_that_wants_all_files_is_told_them_and_what_changes_in_them() {
    let page = "---\nimport { a } from '../lib/a';\n---\n<p>{a}</p>\n";
    let module = "export const a = 1;\n";
    let site = Site::new(&[("routes/index.velox", page), ("routes/b.velox", BROKEN), ("lib/a.ts", module)]);
    let options = json!({ "diagnostics": { "scope": "workspace" } });
    let mut editor = Editor::with(Some(&site.root()), abilities(), options);
    let (page, closed, lib) =
        (site.uri("routes/index.velox"), site.uri("routes/b.velox"), site.uri("lib/a.ts"));
    let found = editor.diagnostics(&closed, |found| !found.is_empty());
    assert_eq!(codes(&found), ["VX0408"]);
    // An edit of one file is told of another, although neither of the two was asked about.
    editor.open_document(&lib, "export const b = 1;\n");
    let found = editor.diagnostics(&page, |found| !found.is_empty());
    assert_eq!(codes(&found), ["VX0421"]);
    editor.replace(&lib, 2, module);
    editor.diagnostics(&page, <[Value]>::is_empty);
    // A file that goes takes its diagnostics along.
    std::fs::remove_file(site.root().join("routes/b.velox")).unwrap();
    let change = json!({ "changes": [{ "uri": closed, "type": 3 }] });
    editor.notify("workspace/didChangeWatchedFiles", change);
    editor.diagnostics(&closed, <[Value]>::is_empty);
    editor.replace(&lib, 3, "export const b = 1;\n");
    editor.diagnostics(&page, |found| !found.is_empty());
    let open = json!({ "velox": { "diagnostics": { "scope": "openFiles" } } });
    editor.notify("workspace/didChangeConfiguration", json!({ "settings": open }));
}

#[test]
fn progress_is_told_while_a_large_project_is_read() {
    let pages: Vec<(String, &str)> = (0..700).map(|nth| (format!("routes/page{nth}.velox"), CLEAN)).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let site = Site::new(&files);
    let mut editor = Editor::open(&site);
    let uri = site.uri("routes/page3.velox");
    // What can be said of the text alone is said before the project is known.
    editor.open_document(&uri, "<p>{unclosed</p>\n");
    let found = editor.diagnostics(&uri, |found| !found.is_empty());
    assert_eq!(codes(&found), ["VX0203"]);
    let is = |message: &Value, kind: &str| {
        message["method"] == "$/progress" && message["params"]["value"]["kind"] == kind
    };
    let created = editor.wait("a token", |message| message["method"] == "window/workDoneProgress/create");
    let begun = editor.wait("the begin of progress", |message| is(message, "begin"));
    assert_eq!(begun["params"]["token"], created["params"]["token"]);
    let ended = editor.wait("the end of progress", |message| is(message, "end"));
    assert_eq!(ended["params"]["token"], begun["params"]["token"]);
    editor.ready();
}

#[test]
fn a_document_is_formatted_as_the_project_says_and_left_alone_with_a_reason() {
    let site =
        Site::new(&[("routes/index.velox", CLEAN), (".editorconfig", "root = true\n[*]\nindent_size = 4\n")]);
    let uri = site.uri("routes/index.velox");
    let mut editor = Editor::open(&site);
    editor.open_document(
        &uri,
        "<ul><li   class='a'>one</li><li>two</li><li>three</li></ul>\n<div><p>x</p></div>\n",
    );
    editor.ready();
    let options = json!({ "tabSize": 8, "insertSpaces": false });
    let asked = json!({ "textDocument": { "uri": uri }, "options": options });
    let edits = editor.request("textDocument/formatting", asked.clone());
    let text = edits.to_string();
    assert!(text.contains("    "), "{text}");
    editor.replace(&uri, 2, "<p>{</p>\n");
    let id = editor.ask("textDocument/formatting", asked);
    let refused = editor.answer(id).unwrap_err();
    assert_eq!(refused["code"], -32803);
    assert!(refused["message"].as_str().unwrap().starts_with("line 1, column "), "{refused}");
}

#[test]
fn several_folders_and_several_projects_in_one_are_all_known() {
    let one = Site::new(&[("routes/index.velox", CLEAN)]);
    let many = Site::new(&[
        ("apps/a/velox.config.ts", "export default {};\n"),
        ("apps/a/routes/a.velox", CLEAN),
        ("apps/b/package.json", "{}"),
        ("apps/b/src/routes/b.velox", CLEAN),
    ]);
    std::fs::remove_file(many.root().join("velox.config.ts")).unwrap();
    let mut editor = Editor::open(&one);
    let added = json!([{ "uri": many.uri(""), "name": "many" }]);
    editor
        .notify("workspace/didChangeWorkspaceFolders", json!({ "event": { "added": added, "removed": [] } }));
    let mut roots = Vec::new();
    for _ in 0..500 {
        editor.ready();
        let status = editor.request("workspace/executeCommand", json!({ "command": "velox.status" }));
        roots =
            status["projects"].as_array().unwrap().iter().map(|project| project["root"].clone()).collect();
        let ready = |project: &Value| project["state"] == "ready";
        if roots.len() == 3 && status["projects"].as_array().unwrap().iter().all(ready) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    assert_eq!(roots.len(), 3, "{roots:?}");
    let routes = editor.request("workspace/executeCommand", json!({ "command": "velox.routes" }));
    let patterns: Vec<_> = routes.as_array().unwrap().iter().map(|route| route["pattern"].clone()).collect();
    assert_eq!(patterns, ["/", "/a", "/b"]);
}

#[test]
fn a_file_outside_of_any_project_has_its_syntax_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("loose.velox");
    std::fs::write(&path, CLEAN).unwrap();
    let uri = tower_lsp::lsp_types::Url::from_file_path(&path).unwrap().to_string();
    let mut editor = Editor::with(None, abilities(), Value::Null);
    editor.open_document(&uri, "<p>{missing}</q>\n");
    let found = editor.diagnostics(&uri, |found| !found.is_empty());
    assert!(!codes(&found).contains(&"VX0408"));
    let untitled = "untitled:Untitled-1";
    editor.open_document(untitled, "<p>{missing</p>\n");
    let found = editor.diagnostics(untitled, |found| !found.is_empty());
    assert_eq!(codes(&found), ["VX0203"]);
}

#[test]
fn a_request_that_an_edit_overtakes_is_answered_or_told_so() {
    let site = Site::new(&[("routes/index.velox", CLEAN)]);
    let uri = site.uri("routes/index.velox");
    let mut editor = Editor::open(&site);
    let text = "<ul>{xs.map((x) => <li>{x}</li>)}</ul>\n".repeat(400);
    editor.open_document(&uri, &text);
    editor.ready();
    for version in 2..20 {
        editor.replace(&uri, version, &format!("{text}<p>{version}</p>"));
        let hover = editor.ask("textDocument/hover", at(&uri, 0, 1));
        let outline = editor.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri } }));
        editor.replace(&uri, version, &format!("{text}<p>{version}!</p>"));
        if let Err(error) = editor.answer(hover) {
            assert_eq!(error["code"], -32801, "{error}");
        }
        // What names no place is begun again.
        if let Err(error) = editor.answer(outline) {
            assert_eq!(error["code"], -32801, "{error}");
        }
    }
    assert!(editor.close());
}

#[test]
fn a_cancelled_request_is_told_so_and_the_server_goes_on() {
    let site = Site::new(&[("routes/index.velox", CLEAN)]);
    let uri = site.uri("routes/index.velox");
    let mut editor = Editor::open(&site);
    editor.open_document(&uri, BROKEN);
    let id = editor.ask("textDocument/hover", at(&uri, 0, 1));
    editor.notify("$/cancelRequest", json!({ "id": id }));
    if let Err(error) = editor.answer(id) {
        assert_eq!(error["code"], -32800, "{error}");
    }
    assert_eq!(editor.request("textDocument/hover", at(&uri, 5, 5)), Value::Null);
}

#[test]
fn the_server_ends_when_its_client_is_gone() {
    let site = Site::new(&[("routes/index.velox", CLEAN)]);
    let editor = Editor::open(&site);
    assert!(editor.vanish());
}

#[test]
fn a_digit_brings_abbreviations_and_nothing_else() {
    let site = Site::new(&[("routes/index.velox", CLEAN)]);
    let uri = site.uri("routes/index.velox");
    let mut editor = Editor::open(&site);
    editor.open_document(&uri, "---\nconst a = 1\n---\nul>li*2\n");
    editor.ready();
    let mut ask = |line: u32, character: u32| {
        let mut question = at(&uri, line, character);
        question["context"] = json!({ "triggerKind": 2, "triggerCharacter": "2" });
        editor.request("textDocument/completion", question)
    };
    assert_eq!(ask(1, 11), Value::Null);
    let found = ask(3, 7);
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{found}");
    assert!(found["items"][0]["textEdit"]["newText"].as_str().unwrap().contains("</li>"), "{found}");
}
