//! The settings as VS Code wants them described: one flat name for each, made of the types. `cargo xtask generate` writes them to
//! `editors/vscode/settings.json`, and the extension's manifest takes them from there.

#![expect(
    clippy::disallowed_methods,
    reason = "compares with a file of the repository, and writes it where that is asked for"
)]

use super::Settings;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// All settings below an object, by their full names.
fn flatten(name: &str, schema: &Value, default: &Value, found: &mut Map<String, Value>) {
    if let Some(properties) = schema["properties"].as_object() {
        for (key, inner) in properties {
            flatten(&format!("{name}.{key}"), inner, &default[key], found);
        }
        return;
    }
    let mut one = Map::new();
    match schema["oneOf"].as_array() {
        Some(words) => {
            let all = |key: &str| words.iter().map(|word| word[key].clone()).collect::<Vec<_>>();
            one.insert("type".to_owned(), json!("string"));
            one.insert("enum".to_owned(), json!(all("const")));
            one.insert("enumDescriptions".to_owned(), json!(all("description")));
        }
        None => {
            one.insert("type".to_owned(), schema["type"].clone());
        }
    }
    one.insert("default".to_owned(), default.clone());
    // The server asks for the settings of the window: projects share one.
    one.insert("scope".to_owned(), json!("window"));
    one.insert("description".to_owned(), schema["description"].clone());
    found.insert(name.to_owned(), Value::Object(one));
}

fn described() -> String {
    let generator =
        SchemaSettings::default().with(|settings| settings.inline_subschemas = true).into_generator();
    let schema = generator.into_root_schema_for::<Settings>().to_value();
    let default = serde_json::to_value(Settings::default()).expect("settings are JSON");
    let mut found = Map::new();
    flatten("velox", &schema, &default, &mut found);
    let mut text = serde_json::to_string_pretty(&found).expect("JSON");
    text.push('\n');
    text
}

#[test]
fn the_described_settings_are_those_of_the_types() {
    let described = described();
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../editors/vscode/settings.json");
    if std::env::var_os("VELOX_WRITE_SETTINGS").is_some() {
        std::fs::write(&path, &described).expect("the file can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(committed, described, "editors/vscode/settings.json is old: run `cargo xtask generate`");
}

#[test]
fn each_setting_is_described_and_has_a_default_that_it_allows() {
    let all: Map<String, Value> = serde_json::from_str(&described()).expect("JSON");
    assert!(
        all.contains_key("velox.diagnostics.scope") && all.contains_key("velox.codeLens.links"),
        "{all:?}"
    );
    for (name, one) in all {
        assert!(one["description"].as_str().is_some_and(|words| !words.is_empty()), "{name}");
        match one["enum"].as_array() {
            Some(words) => assert!(words.contains(&one["default"]), "{name}"),
            None => assert!(one["default"].is_boolean() && one["type"] == "boolean", "{name}: {one}"),
        }
    }
}
