//! `data/framework.json`: what the framework's packages export, with signatures and words, as their declaration files say.
//!
//! The test compares; with `VELOX_GENERATE=1` it writes the file anew. The declarations are those that `npm run build` makes in
//! `runtime/`.

#![allow(clippy::disallowed_methods, reason = "the declarations of the runtime are read from disk")]

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use velox_core::analyze::names::FRAMEWORK_MODULES;
use velox_script::{Dialect, parse_module};
use velox_tests::repository;

fn index_of(specifier: &str) -> PathBuf {
    let path = match specifier {
        "velox" => "velox/dist/index.d.ts",
        "velox/server" => "velox/dist/server/index.d.ts",
        "velox/client" => "velox/dist/client/index.d.ts",
        "@velox/query" => "query/dist/index.d.ts",
        other => panic!("no declarations of `{other}` are known"),
    };
    repository().join("runtime").join(path)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("{}: {error}; run `npm run build` in runtime/", path.display()))
}

/// The data, an export a line.
fn generated() -> String {
    let mut modules = Vec::new();
    for module in FRAMEWORK_MODULES {
        let index = index_of(module.specifier);
        let facts = parse_module(&read(&index), Dialect::TypeScript, &[], false);
        let mut lines = Vec::new();
        for export in &facts.exports {
            let Some((from, _)) = &export.from else { panic!("{} declares itself", module.specifier) };
            let file = index.parent().expect("a folder").join(from.replace(".js", ".d.ts"));
            let name = export.local.as_deref().unwrap_or(&export.name);
            let mut found = declaration(&read(&file), name);
            found["n"] = json!(export.name);
            lines.push((export.name.clone(), found.to_string()));
        }
        lines.sort();
        let lines: Vec<String> = lines.into_iter().map(|(_, line)| line).collect();
        modules.push(format!(
            "{{\"module\": {:?}, \"exports\": [\n{}\n]}}",
            module.specifier,
            lines.join(",\n")
        ));
    }
    modules.push(web());
    format!("[\n{}\n]\n", modules.join(",\n"))
}

/// Objects of the Web platform that the framework hands out.
const WEB: [&str; 5] = ["Headers", "Request", "Response", "URL", "URLSearchParams"];

/// Members of objects of the Web platform with links to their pages, as the declarations of TypeScript say.
fn web() -> String {
    let folder = repository().join("runtime/node_modules/@typescript");
    let packages = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let library = packages
        .flatten()
        .map(|entry| entry.path().join("lib/lib.dom.d.ts"))
        .find(|path| path.exists())
        .expect("the declarations of the Web platform");
    let text = read(&library);
    let lines: Vec<String> = WEB
        .iter()
        .map(|name| {
            let mut found = bodies(&text, name);
            if matches!(*name, "Request" | "Response") {
                found.extend(bodies(&text, "Body"));
            }
            let mut seen = std::collections::BTreeSet::new();
            found.retain(|(name, ..)| seen.insert(name.clone()));
            let members: Vec<Value> = found
                .iter()
                .map(|(name, text, doc)| json!({ "n": name, "s": text, "d": page_of(doc) }))
                .collect();
            json!({ "k": "interface", "s": [name], "d": "", "m": members, "n": name }).to_string()
        })
        .collect();
    format!("{{\"module\": \"web\", \"exports\": [\n{}\n]}}", lines.join(",\n"))
}

/// The members of all declarations of an interface.
fn bodies(text: &str, name: &str) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for head in [format!("\ninterface {name} {{"), format!("\ninterface {name} extends Body {{")] {
        for (at, _) in text.match_indices(&head) {
            let body = &text[at + head.len()..];
            found.extend(members(&body[..body.find("\n}").expect("an interface that ends")]));
        }
    }
    found
}

/// The link to the page of a member.
fn page_of(doc: &str) -> String {
    let address = doc.split("[MDN Reference](").nth(1).and_then(|rest| rest.split(')').next());
    address.map_or(String::new(), |address| format!("[MDN]({address})"))
}

/// A declaration of a `.d.ts` file: kind, signatures, words and members.
fn declaration(text: &str, name: &str) -> Value {
    let parts = split(text);
    let mut found = json!({ "k": "", "s": [], "d": "" });
    for (doc, part) in &parts {
        let Some(rest) = part.strip_prefix("export ") else { continue };
        let rest = rest.strip_prefix("declare ").unwrap_or(rest);
        let Some((kind, rest)) = rest.split_once(' ') else { continue };
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').unwrap_or(rest.len());
        if &rest[..end] != name {
            continue;
        }
        found["k"] = json!(kind);
        if !doc.is_empty() {
            found["d"] = json!(doc);
        }
        let body = rest.find('{').filter(|_| matches!(kind, "class" | "interface"));
        match body {
            Some(open) => {
                let head = rest[..open].trim();
                let class = head
                    .split(" extends ")
                    .next()
                    .unwrap_or(head)
                    .split(" implements ")
                    .next()
                    .unwrap_or(head);
                let members = members(&rest[open + 1..rest.rfind('}').expect("a body that ends")]);
                let constructors: Vec<String> = members
                    .iter()
                    .filter(|(name, ..)| name == "constructor")
                    .map(|(_, text, _)| text.replace("constructor", class))
                    .collect();
                let shown = if constructors.is_empty() { vec![head.to_owned()] } else { constructors };
                found["s"] = json!(shown);
                let listed = members.iter().filter(|(name, ..)| name != "constructor");
                found["m"] =
                    listed.map(|(name, text, doc)| json!({ "n": name, "s": text, "d": doc })).collect();
            }
            None => found["s"].as_array_mut().expect("signatures").push(json!(rest.trim_end_matches(';'))),
        }
    }
    assert!(
        !found["k"].as_str().unwrap_or("").is_empty(),
        "`{name}` is not declared where it is exported from"
    );
    found
}

/// Members of a class or interface: name, text, words. What is private or named by a symbol is left out.
fn members(body: &str) -> Vec<(String, String, String)> {
    let mut found: Vec<(String, String, String)> = Vec::new();
    for (doc, part) in split(body) {
        let text = part.trim_end_matches(';').replace("readonly ", "");
        let plain = text.strip_prefix("get ").unwrap_or(&text).to_owned();
        let name: String =
            plain.chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '$').collect();
        let is_setter = text.starts_with("set ");
        if name.is_empty() || is_setter || matches!(&*name, "brand" | "toString" | "toJSON" | "valueOf") {
            continue;
        }
        let shown = if text.starts_with("get ") { plain.replacen("()", "", 1) } else { plain };
        found.push((name, shown, doc));
    }
    found
}

/// The statements of a text at its top level, each on one line, with the comments before them.
fn split(text: &str) -> Vec<(String, String)> {
    let bytes = text.as_bytes();
    let (mut found, mut at, mut doc) = (Vec::new(), 0, String::new());
    while at < bytes.len() {
        if bytes[at].is_ascii_whitespace() {
            at += 1;
        } else if text[at..].starts_with("/*") {
            let end = at + text[at..].find("*/").expect("a comment that ends");
            doc = words(&text[at..end]);
            at = end + 2;
        } else {
            let (mut depth, mut end) = (0i32, at);
            while end < bytes.len() {
                match bytes[end] {
                    b'{' | b'(' | b'[' => depth += 1,
                    b')' | b']' => depth -= 1,
                    b'}' => {
                        depth -= 1;
                        let rest = text[end + 1..].trim_start_matches([' ', '\t']);
                        let starts = text[at..].trim_start_matches("export ").trim_start_matches("declare ");
                        let has_body = starts.starts_with("class ") || starts.starts_with("interface ");
                        if depth == 0 && (has_body || rest.is_empty()) && rest.starts_with(['\n', '\r']) {
                            break;
                        }
                    }
                    b';' if depth == 0 => break,
                    _ => {}
                }
                end += 1;
            }
            let end = (end + 1).min(bytes.len());
            let whole = &text[at..end];
            let is_body = whole.contains("class ") || whole.contains("interface ");
            let one =
                if is_body && depth == 0 && whole.ends_with('}') { whole.to_owned() } else { line(whole) };
            found.push((std::mem::take(&mut doc), one));
            at = end;
        }
    }
    found
}

/// A text on one line, without comments, and without the marks of parameters that one side does not use.
fn line(text: &str) -> String {
    let mut plain = text.to_owned();
    while let Some(start) = plain.find("/*") {
        let end = start + plain[start..].find("*/").expect("a comment that ends") + 2;
        plain.replace_range(start..end, "");
    }
    let words = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace("; }", " }").replace("(_", "(").replace(", _", ", ")
}

/// The words of a comment.
fn words(comment: &str) -> String {
    let lines = comment.trim_start_matches("/**").trim_start_matches("/*").lines();
    let mut text = lines.map(|line| line.trim().trim_start_matches('*').trim()).collect::<Vec<_>>().join(" ");
    // The rules of the specification have numbers that say nothing to people who write pages.
    while let Some(start) = text.find(" (").filter(|start| is_rule(&text[start + 2..])) {
        let end = start + text[start..].find(')').unwrap_or(0) + 1;
        text.replace_range(start..end, "");
    }
    text.trim().to_owned()
}

/// Whether a text begins with the number of a rule: `S7)`, `QRY-7)`.
fn is_rule(text: &str) -> bool {
    let inside = text.split(')').next().unwrap_or_default();
    inside.starts_with(|c: char| c.is_ascii_uppercase())
        && inside.ends_with(|c: char| c.is_ascii_digit())
        && inside.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
}

#[test]
fn what_is_known_of_the_framework_is_what_it_declares() {
    let path = repository().join("lsp/ide/data/framework.json");
    let made = generated();
    if std::env::var_os("VELOX_GENERATE").is_some() {
        std::fs::write(&path, &made).expect("a file that can be written");
    }
    let committed = read(&path);
    assert!(
        committed == made,
        "run `VELOX_GENERATE=1 cargo test -p velox_ide --test framework`, and read the difference"
    );
}

#[test]
fn every_function_has_its_signature_and_words() {
    let modules: Value = serde_json::from_str(&generated()).expect("JSON");
    let packages = modules.as_array().expect("modules").iter().filter(|module| module["module"] != "web");
    for module in packages {
        for export in module["exports"].as_array().expect("exports") {
            let name = export["n"].as_str().unwrap_or_default();
            let signatures = export["s"].as_array().expect("signatures");
            assert!(
                !signatures.is_empty() && signatures[0].as_str().is_some_and(|one| one.starts_with(name)),
                "{export}"
            );
            assert!(
                export["k"] != "function" || !export["d"].as_str().unwrap_or_default().is_empty(),
                "{export}"
            );
        }
    }
}
