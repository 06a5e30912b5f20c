//! Makes the data that the language server carries, of the packages that `lsp/ide/data/package.json` pins.
//!
//! Installs them where they are missing. What is made is committed, so that a build needs no network.

mod links;
mod values;

use crate::steps::Steps;
use crate::{setup, workspace::root};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::Path;

/// Features of elements that the compatibility data lists among attributes.
const NOT_ATTRIBUTES: [&str; 1] = ["cross-origin-top-navigation-by-user-activation"];

/// Attributes without a value that the first package does not mark.
const BARE: [&str; 8] = [
    "allowfullscreen",
    "async",
    "disablepictureinpicture",
    "disableremoteplayback",
    "inert",
    "nomodule",
    "playsinline",
    "webkitdirectory",
];

/// Attributes that neither package has, and pages do: those of the Open Graph protocol are written so.
const MORE: [(&str, &str); 1] = [("meta", "property")];

/// Makes the data, or with `check` compares it with what is committed.
///
/// # Errors
/// Says what is missing or differs.
pub(crate) fn run(check: bool) -> Result<(), String> {
    let folder = root().join("lsp/ide/data");
    let mut steps = Steps::default();
    setup::install(&mut steps, &folder, true);
    setup::outcome(&steps)?;
    let made = html(
        &read(&folder, "@vscode/web-custom-data/data/browsers.html-data.json")?,
        &read(&folder, "@mdn/browser-compat-data/data.json")?,
    );
    let path = folder.join("html.json");
    if check {
        let committed = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        return if committed == made {
            Ok(())
        } else {
            Err("lsp/ide/data/html.json is not what the packages give: run `cargo xtask generate`".to_owned())
        };
    }
    fs::write(&path, made).map_err(|error| format!("{}: {error}", path.display()))
}

fn read(folder: &Path, name: &str) -> Result<Value, String> {
    let path = folder.join("node_modules").join(name);
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

/// The data as JSON, an element or attribute a line.
fn html(documented: &Value, compat: &Value) -> String {
    let mut elements: Vec<Value> =
        list(&documented["tags"]).map(|tag| element(tag, &compat["html"]["elements"])).collect();
    for (name, feature) in features(&compat["html"]["elements"]) {
        if elements.iter().all(|element| element["n"] != *name) && is_deprecated(feature) {
            elements.push(plain(name, feature));
        }
    }
    let mut globals: Vec<Value> = list(&documented["globalAttributes"])
        .map(|one| attribute("*", one, &compat["html"]["global_attributes"], ""))
        .collect();
    missing("*", &mut globals, &compat["html"]["global_attributes"]);
    let sections = [
        ("elements", sorted(elements)),
        ("globals", sorted(globals)),
        ("svg", drawn(&compat["svg"])),
        ("svg_globals", drawn_globals(&compat["svg"])),
        ("math", drawn(&compat["mathml"])),
        ("values", value_sets(documented)),
    ];
    let mut out = String::from("{\n");
    for (at, (name, lines)) in sections.iter().enumerate() {
        let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
        let comma = if at + 1 == sections.len() { "" } else { "," };
        out.push_str(&format!("\"{name}\": [\n{}\n]{comma}\n", lines.join(",\n")));
    }
    out.push_str("}\n");
    out
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// What the compatibility data lists under a feature.
fn features(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten().filter(|(name, _)| *name != "__compat")
}

fn sorted(mut list: Vec<Value>) -> Vec<Value> {
    list.sort_by(|a, b| a["n"].as_str().cmp(&b["n"].as_str()));
    list
}

fn status<'a>(feature: &'a Value, name: &str) -> Option<&'a Value> {
    feature["__compat"]["status"].get(name)
}

fn is_deprecated(feature: &Value) -> bool {
    status(feature, "deprecated") == Some(&Value::Bool(true))
}

fn is_experimental(feature: &Value) -> bool {
    status(feature, "experimental") == Some(&Value::Bool(true))
}

/// An element of the first package.
fn element(tag: &Value, compat: &Value) -> Value {
    let name = tag["name"].as_str().unwrap_or_default();
    let feature = &compat[name];
    let url = tag["references"][0]["url"].as_str().unwrap_or_default();
    let mut attributes: Vec<Value> =
        list(&tag["attributes"]).map(|one| attribute(name, one, feature, url)).collect();
    missing(name, &mut attributes, feature);
    for (_, more) in MORE.iter().filter(|(of, _)| *of == name) {
        attributes.push(attribute(name, &json!({ "name": more }), feature, url));
    }
    let mut out = described(tag, url);
    out.insert("u".to_owned(), json!(url));
    mark(&mut out, feature);
    if tag["void"] == true {
        out.insert("e".to_owned(), json!(true));
    }
    out.insert("a".to_owned(), Value::Array(sorted(attributes)));
    Value::Object(out)
}

/// An attribute of the first package. `url` is the page of its element.
fn attribute(element: &str, one: &Value, compat: &Value, url: &str) -> Value {
    let name = one["name"].as_str().unwrap_or_default();
    let page = one["references"][0]["url"].as_str().filter(|url| url.contains("developer.mozilla.org"));
    let mut out = described(one, page.unwrap_or(url));
    if let Some(page) = page {
        out.insert("u".to_owned(), json!(page));
    }
    mark(&mut out, &compat[name]);
    set_values(&mut out, element, name, one["valueSet"].as_str());
    Value::Object(out)
}

/// Name, description and availability.
fn described(one: &Value, url: &str) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("n".to_owned(), one["name"].clone());
    let text = one["description"].as_str().or_else(|| one["description"]["value"].as_str()).unwrap_or("");
    if !text.is_empty() {
        out.insert("d".to_owned(), json!(links::absolute(text.trim(), url)));
    }
    if let Some(available) = availability(one) {
        out.insert("b".to_owned(), json!(available));
    }
    out
}

/// How widely something is available: `h` and since when for all browsers, `l` for their newest versions, `n` and the browsers that
/// have it.
fn availability(one: &Value) -> Option<String> {
    let status = one.get("status")?;
    let month = |name: &str| status[name].as_str().and_then(|date| date.get(..7)).unwrap_or("");
    match status.get("baseline")? {
        Value::String(level) if level == "high" => Some(format!("h{}", month("baseline_high_date"))),
        Value::String(level) if level == "low" => Some(format!("l{}", month("baseline_low_date"))),
        Value::Bool(false) => {
            let desktop = [("C", "Chrome"), ("E", "Edge"), ("FF", "Firefox"), ("S", "Safari")];
            let versions: Vec<String> = list(&one["browsers"])
                .filter_map(Value::as_str)
                .filter_map(|text| {
                    let at = text.find(|c: char| c.is_ascii_digit())?;
                    let (_, browser) = desktop.iter().find(|(short, _)| *short == &text[..at])?;
                    Some(format!("{browser} {}", &text[at..]))
                })
                .collect();
            Some(format!("n{}", versions.join(", ")))
        }
        _ => None,
    }
}

/// Notes what is deprecated, not standard or experimental.
fn mark(out: &mut Map<String, Value>, feature: &Value) {
    let mark = if is_deprecated(feature) {
        "d"
    } else if status(feature, "standard_track") == Some(&Value::Bool(false)) {
        "s"
    } else if is_experimental(feature) {
        "e"
    } else {
        return;
    };
    out.insert("x".to_owned(), json!(mark));
}

fn set_values(out: &mut Map<String, Value>, element: &str, name: &str, set: Option<&str>) {
    if set == Some("v") || BARE.contains(&name) {
        out.insert("v".to_owned(), json!("v"));
    } else if values::find(element, name).is_some() {
        out.insert("v".to_owned(), json!(values::set_name(element, name)));
    } else if let Some(set) = set {
        out.insert("v".to_owned(), json!(set));
    }
}

/// Something that only the compatibility data has.
fn plain(name: &str, feature: &Value) -> Value {
    let mut out = Map::new();
    out.insert("n".to_owned(), json!(name));
    if let Some(url) = feature["__compat"]["mdn_url"].as_str() {
        out.insert("u".to_owned(), json!(url));
    }
    mark(&mut out, feature);
    Value::Object(out)
}

/// Adds the attributes that the first package lacks.
fn missing(element: &str, attributes: &mut Vec<Value>, compat: &Value) {
    for (name, feature) in features(compat) {
        let is_name = name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
        let is_known = attributes.iter().any(|one| one["n"] == *name);
        if !is_name || is_known || is_experimental(feature) || NOT_ATTRIBUTES.contains(&&**name) {
            continue;
        }
        let mut one = plain(name, feature);
        if let Value::Object(one) = &mut one {
            set_values(one, element, name, None);
        }
        attributes.push(one);
    }
}

/// The elements of SVG or MathML.
fn drawn(compat: &Value) -> Vec<Value> {
    let elements = features(&compat["elements"]).map(|(name, feature)| {
        let mut attributes = Vec::new();
        missing(name, &mut attributes, feature);
        let mut one = plain(name, feature);
        one["a"] = Value::Array(sorted(attributes));
        one
    });
    sorted(elements.collect())
}

fn drawn_globals(compat: &Value) -> Vec<Value> {
    let mut globals = Vec::new();
    missing("svg", &mut globals, &compat["global_attributes"]);
    sorted(globals)
}

/// The sets of values, by name.
fn value_sets(documented: &Value) -> Vec<Value> {
    let mut sets: Vec<Value> = list(&documented["valueSets"])
        .map(|set| {
            let values: Vec<Value> =
                list(&set["values"]).map(|value| Value::Object(described(value, ""))).collect();
            json!({ "n": set["name"], "v": values })
        })
        .collect();
    for (element, name, words) in values::ALL {
        let words: Vec<Value> = words.iter().map(|word| json!({ "n": word })).collect();
        sets.push(json!({ "n": values::set_name(element, name), "v": words }));
    }
    sorted(sets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_is_put_together_of_both_packages() {
        let documented = json!({
            "tags": [{
                "name": "img", "void": true,
                "description": { "kind": "markdown", "value": "An image, see [more](/en-US/docs/x \"X\")." },
                "references": [{ "name": "MDN Reference", "url": "https://developer.mozilla.org/img" }],
                "status": { "baseline": "high", "baseline_high_date": "2018-01-29" },
                "attributes": [
                    { "name": "alt", "description": "In words.", "browsers": ["C1", "CA18", "S3"],
                      "status": { "baseline": false } },
                    { "name": "ismap", "valueSet": "v" },
                ],
            }],
            "globalAttributes": [], "valueSets": [],
        });
        let status = |deprecated: bool| json!({ "__compat": { "status": { "deprecated": deprecated } } });
        let compat = json!({
            "html": { "elements": {
                "img": { "__compat": {}, "ismap": status(true), "sizes": status(false), "align": status(true),
                         "implicit_size": status(false) },
                "tt": status(true), "new": status(false),
            } },
        });
        let made: Value = serde_json::from_str(&html(&documented, &compat)).unwrap_or_default();
        assert_eq!(
            made["elements"],
            json!([
                {
                    "n": "img",
                    "d": "An image, see [more](https://developer.mozilla.org/en-US/docs/x).",
                    "b": "h2018-01", "u": "https://developer.mozilla.org/img", "e": true,
                    "a": [
                        { "n": "align", "x": "d" },
                        { "n": "alt", "d": "In words.", "b": "nChrome 1, Safari 3" },
                        { "n": "ismap", "x": "d", "v": "v" },
                        { "n": "sizes" },
                    ],
                },
                { "n": "tt", "x": "d" },
            ])
        );
    }
}
