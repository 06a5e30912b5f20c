//! What the printers for machines print, and the pages of the codes.

use super::{PAGE, finding, rich};
use crate::{Code, Diagnostic, Span, json, summary};
use insta::assert_snapshot;

#[test]
fn the_json_object_is_what_tools_rely_on() {
    let (files, diagnostic) = rich();
    let text = json(&[diagnostic], &files, 2);
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_snapshot!(serde_json::to_string_pretty(&value).unwrap(), @r#"
    {
      "version": 1,
      "diagnostics": [
        {
          "code": "VX0401",
          "severity": "error",
          "message": "`Card` is not in scope",
          "file": "routes/index.velox",
          "range": {
            "start": {
              "line": 2,
              "column": 4,
              "offset": 10
            },
            "end": {
              "line": 2,
              "column": 8,
              "offset": 14
            }
          },
          "related": [
            {
              "file": "components/Card.tsx",
              "range": {
                "start": {
                  "line": 1,
                  "column": 25,
                  "offset": 24
                },
                "end": {
                  "line": 1,
                  "column": 29,
                  "offset": 28
                }
              },
              "message": "a component of this name"
            },
            {
              "file": "routes/index.velox",
              "range": {
                "start": {
                  "line": 6,
                  "column": 4,
                  "offset": 41
                },
                "end": {
                  "line": 6,
                  "column": 8,
                  "offset": 45
                }
              },
              "message": "a name that is near"
            }
          ],
          "help": "add `import Card from '$components/Card'` to the server block",
          "url": "docs/diagnostics/VX0401.md",
          "fixes": [
            {
              "title": "import `Card`",
              "safe": true,
              "edits": [
                {
                  "file": "routes/index.velox",
                  "range": {
                    "start": {
                      "line": 1,
                      "column": 1,
                      "offset": 0
                    },
                    "end": {
                      "line": 1,
                      "column": 1,
                      "offset": 0
                    }
                  },
                  "text": "---\nimport Card from '$components/Card'\n---\n"
                }
              ]
            }
          ]
        }
      ],
      "summary": {
        "files": 2,
        "errors": 1,
        "warnings": 0
      }
    }
    "#);
}

#[test]
fn json_counts_columns_in_utf16_and_offsets_in_bytes() {
    let (files, diagnostic) = finding("é😀<¦Card\r\n¦ />");
    assert_snapshot!(json(&[diagnostic], &files, 1), @r#"{"version":1,"diagnostics":[{"code":"VX0401","severity":"error","message":"`Card` is not in scope","file":"routes/index.velox","range":{"start":{"line":1,"column":5,"offset":7},"end":{"line":2,"column":1,"offset":13}},"related":[],"help":null,"url":"docs/diagnostics/VX0401.md","fixes":[]}],"summary":{"files":1,"errors":1,"warnings":0}}"#);
}

#[test]
fn the_summary_counts_and_is_grammatical() {
    let of = |severities: &[Code], files| {
        let all: Vec<_> =
            severities.iter().map(|code| Diagnostic::new(*code, PAGE, Span::at(0), "x")).collect();
        summary(&all, files)
    };
    let (error, warning, hint) = (Code::UNKNOWN_COMPONENT, Code::UNKNOWN_META_KEY, Code::JSX_ATTRIBUTE_NAME);
    assert_eq!(of(&[], 12), "no problems in 12 files");
    assert_eq!(of(&[error, error, warning], 12), "2 errors and 1 warning in 12 files");
    assert_eq!(of(&[warning], 1), "1 warning in 1 file");
    assert_eq!(of(&[hint], 3), "no problems and 1 hint in 3 files");
    assert_eq!(of(&[hint, error, warning, hint], 3), "1 error, 1 warning and 2 hints in 3 files");
}

#[test]
fn every_code_has_a_page_with_its_title_and_all_sections() {
    for code in Code::ALL {
        let page = code.page();
        assert_eq!(page.lines().next(), Some(format!("# {code}: {}", code.title()).as_str()));
        let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(sections, ["Why", "Example", "Fix"], "{code}");
        assert_eq!(
            page.lines().filter(|line| line.starts_with("```")).count() % 2,
            0,
            "{code}: a block is open"
        );
    }
}
