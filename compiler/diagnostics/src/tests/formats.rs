//! What the formats of other tools look like, and that no printer fails whatever a span is.

use super::{PAGE, finding, rich};
use crate::{
    Code, Diagnostic, Fix, LineIndex, Severity, Sources, Span, concise, github, gitlab, json, junit, pretty,
    sarif,
};
use crate::{Edit, Related};
use insta::assert_snapshot;
use proptest::prelude::*;
use serde_json::Value;

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn github_commands_are_escaped() {
    let (files, mut diagnostic) = finding("é😀<¦Card¦ />");
    diagnostic.message = "100%, \"a\"\r\nb: c".to_owned();
    diagnostic.help = Some("one\ntwo".to_owned());
    diagnostic.file = PAGE.to_owned();
    assert_snapshot!(github(&[diagnostic], &files, "sites/a,b:c%/"), @r#"::error file=sites/a%2Cb%3Ac%25/routes/index.velox,line=1,endLine=1,col=5,endColumn=9,title=VX0401 (unknown-component)::100%25, "a"%0D%0Ab: c%0Ahelp: one%0Atwo"#);
}

#[test]
fn github_gives_columns_in_one_line_only() {
    let (files, diagnostic) = finding("<¦Card\r\n¦ />");
    assert_snapshot!(github(&[diagnostic], &files, ""), @r#"::error file=routes/index.velox,line=1,endLine=2,title=VX0401 (unknown-component)::`Card` is not in scope"#);
}

#[test]
fn gitlab_is_an_array_of_issues() {
    let (files, diagnostic) = rich();
    assert_snapshot!(serde_json::to_string_pretty(&parsed(&gitlab(&[diagnostic], &files, "site/"))).unwrap(), @r#"
    [
      {
        "description": "`Card` is not in scope",
        "check_name": "VX0401 unknown-component",
        "fingerprint": "38d003ad6eaefcacfe74b05ad160a8b8",
        "severity": "major",
        "location": {
          "path": "site/routes/index.velox",
          "positions": {
            "begin": {
              "line": 2,
              "column": 4
            },
            "end": {
              "line": 2,
              "column": 8
            }
          }
        }
      }
    ]
    "#);
    assert_eq!(gitlab(&[], &files, ""), "[]");
}

#[test]
fn fingerprints_stay_when_lines_move_and_tell_equal_lines_apart() {
    let prints = |source: &str| -> Vec<String> {
        let (files, first) = finding(source);
        let text = files.source(PAGE).unwrap().0;
        let all: Vec<Diagnostic> = text
            .match_indices("Card")
            .map(|(at, _)| Diagnostic { span: Span::from(at..at + 4), ..first.clone() })
            .collect();
        let issues = parsed(&gitlab(&all, &files, ""));
        issues
            .as_array()
            .unwrap()
            .iter()
            .map(|issue| issue["fingerprint"].as_str().unwrap().to_owned())
            .collect()
    };
    let first = prints("<¦Card¦ />\n<Card />\n");
    assert_ne!(first[0], first[1]);
    assert_eq!(prints("<p>\n\n</p>\n  <¦Card¦ />\n<Card />\n"), first);
}

#[test]
fn sarif_is_a_log_with_rules_and_fixes() {
    let (files, diagnostic) = rich();
    let mut log = parsed(&sarif(&[diagnostic], &files, "my site/", "1.2.3"));
    let rule = &mut log["runs"][0]["tool"]["driver"]["rules"][0];
    assert!(rule["help"]["markdown"].as_str().unwrap().starts_with("# VX0401: "));
    rule["help"]["markdown"] = "...".into();
    assert_snapshot!(serde_json::to_string_pretty(&log).unwrap(), @r#"
    {
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        {
          "tool": {
            "driver": {
              "name": "veloxc",
              "version": "1.2.3",
              "rules": [
                {
                  "id": "VX0401",
                  "name": "unknown-component",
                  "shortDescription": {
                    "text": "a component is not in scope"
                  },
                  "fullDescription": {
                    "text": "A tag with an upper-case name stands for a component, and nothing of that name is declared or imported in this file."
                  },
                  "help": {
                    "text": "veloxc explain VX0401",
                    "markdown": "..."
                  },
                  "defaultConfiguration": {
                    "level": "error"
                  }
                }
              ]
            }
          },
          "columnKind": "utf16CodeUnits",
          "results": [
            {
              "ruleId": "VX0401",
              "ruleIndex": 0,
              "level": "error",
              "message": {
                "text": "`Card` is not in scope\nhelp: add `import Card from '$components/Card'` to the server block"
              },
              "locations": [
                {
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "my%20site/routes/index.velox",
                      "uriBaseId": "%SRCROOT%"
                    },
                    "region": {
                      "startLine": 2,
                      "startColumn": 4,
                      "endLine": 2,
                      "endColumn": 8
                    }
                  }
                }
              ],
              "partialFingerprints": {
                "velox/v1": "38d003ad6eaefcacfe74b05ad160a8b8"
              },
              "relatedLocations": [
                {
                  "id": 1,
                  "message": {
                    "text": "a component of this name"
                  },
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "my%20site/components/Card.tsx",
                      "uriBaseId": "%SRCROOT%"
                    },
                    "region": {
                      "startLine": 1,
                      "startColumn": 25,
                      "endLine": 1,
                      "endColumn": 29
                    }
                  }
                },
                {
                  "id": 2,
                  "message": {
                    "text": "a name that is near"
                  },
                  "physicalLocation": {
                    "artifactLocation": {
                      "uri": "my%20site/routes/index.velox",
                      "uriBaseId": "%SRCROOT%"
                    },
                    "region": {
                      "startLine": 6,
                      "startColumn": 4,
                      "endLine": 6,
                      "endColumn": 8
                    }
                  }
                }
              ],
              "fixes": [
                {
                  "description": {
                    "text": "import `Card`"
                  },
                  "artifactChanges": [
                    {
                      "artifactLocation": {
                        "uri": "my%20site/routes/index.velox",
                        "uriBaseId": "%SRCROOT%"
                      },
                      "replacements": [
                        {
                          "deletedRegion": {
                            "startLine": 1,
                            "startColumn": 1,
                            "endLine": 1,
                            "endColumn": 1
                          },
                          "insertedContent": {
                            "text": "---\nimport Card from '$components/Card'\n---\n"
                          }
                        }
                      ]
                    }
                  ]
                }
              ]
            }
          ]
        }
      ]
    }
    "#);
}

#[test]
fn sarif_holds_to_what_its_schema_asks() {
    let (files, diagnostic) = rich();
    let hint = Diagnostic::new(Code::JSX_ATTRIBUTE_NAME, PAGE, Span::at(0), "x");
    let log = parsed(&sarif(&[diagnostic, hint], &files, "", "1.2.3"));
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in run["results"].as_array().unwrap() {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        let region = &result["locations"][0]["physicalLocation"]["region"];
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(region[key].as_u64().unwrap() >= 1);
        }
    }
    assert!(parsed(&sarif(&[], &files, "", "1"))["runs"][0]["results"].as_array().unwrap().is_empty());
}

#[test]
fn sarif_does_not_count_the_byte_order_mark() {
    let (files, diagnostic) = finding("\u{feff}<¦Card¦ />");
    let log = parsed(&sarif(&[diagnostic], &files, "", "1"));
    assert_eq!(log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"], 2);
}

#[test]
fn junit_is_a_suite_for_each_file() {
    let (files, mut diagnostic) = rich();
    diagnostic.message = "`<Card>` & \"co\" \u{1b}[31m".to_owned();
    let hint = Diagnostic::new(Code::JSX_ATTRIBUTE_NAME, PAGE, Span::at(0), "in place");
    assert_snapshot!(junit(&[diagnostic, hint], &files, "site/", 2), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="veloxc" tests="2" skipped="0" failures="1" errors="0">
        <testsuite name="site/routes/index.velox" tests="2" skipped="0" errors="0" failures="1">
            <testcase name="VX0216 jsx-attribute-name 1:1" classname="site/routes/index.velox">
                <system-out>site/routes/index.velox:1:1: hint[VX0216]: in place</system-out>
            </testcase>
            <testcase name="VX0401 unknown-component 2:4" classname="site/routes/index.velox">
                <failure message="`&lt;Card&gt;` &amp; &quot;co&quot; ␛[31m" type="error">site/routes/index.velox:2:4: error[VX0401]: `&lt;Card&gt;` &amp; &quot;co&quot; ␛[31m
    help: add `import Card from &apos;$components/Card&apos;` to the server block</failure>
            </testcase>
        </testsuite>
    </testsuites>
    "#);
    assert_snapshot!(junit(&[], &files, "", 2), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="veloxc" tests="1" skipped="0" failures="0" errors="0">
        <testsuite name="veloxc" tests="1" skipped="0" errors="0" failures="0">
            <testcase name="2 files without a problem"/>
        </testsuite>
    </testsuites>
    "#);
}

/// Diagnostics as no stage would make them.
fn anything() -> impl Strategy<Value = Diagnostic> {
    let span = || (0..40u32, 0..40u32).prop_map(|(start, length)| Span::new(start, start + length));
    let file = || prop::sample::select(vec![PAGE, "components/Card.tsx", "gone.velox", "a b/%é\n.velox", ""]);
    let text = || "\\PC{0,8}|[\u{0}-\u{20}]{0,4}|\u{feff}|\u{1b}\\[31m";
    (
        (prop::sample::select(Code::ALL), file(), span(), text(), prop::option::of(text())),
        (file(), span(), text()),
        (
            file(),
            span(),
            text(),
            prop::sample::select(vec![Severity::Error, Severity::Warning, Severity::Hint]),
        ),
    )
        .prop_map(|((code, file, at, message, help), related, (edited, edit, new, severity))| {
            let mut found = Diagnostic::new(code, file, at, message);
            found.severity = severity;
            found.help = help;
            found.label = Some(new.clone());
            found.related.push(Related { file: related.0.to_owned(), span: related.1, message: related.2 });
            let edit = Edit { file: edited.to_owned(), span: edit, text: new.clone() };
            found.fixes.push(Fix { title: new, safe: true, edits: vec![edit] });
            found
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// No printer fails, and what it prints can be read by what it is for.
    #[test]
    fn every_format_prints_every_diagnostic(found in prop::collection::vec(anything(), 0..5), mark in any::<bool>()) {
        let (mut files, _) = rich();
        if mark {
            let text = "\u{feff}é😀\r\n\r<Card />\u{2028}x\n";
            files.0.insert(PAGE.to_owned(), (text.to_owned(), LineIndex::new(text)));
        }
        let _ = pretty(&found, &files, true);
        let lines = concise(&found, &files);
        prop_assert_eq!(lines.lines().count(), found.len());
        prop_assert_eq!(github(&found, &files, "p/").lines().count(), found.len());
        for text in [json(&found, &files, 1), gitlab(&found, &files, "p/"), sarif(&found, &files, "p/", "1")] {
            prop_assert!(serde_json::from_str::<Value>(&text).is_ok());
        }
        let xml = junit(&found, &files, "p/", 1);
        prop_assert!(quick_junit::Report::deserialize_from_str(&xml).is_ok(), "{}", xml);
    }
}
