//! What the printers print, looked at as a whole.

use crate::{Code, Diagnostic, LineIndex, Sources, Span, concise, json, pretty};
use insta::assert_snapshot;
use std::collections::BTreeMap;

mod formats;
mod machines;

/// Files in memory.
struct Files(BTreeMap<String, (String, LineIndex)>);

impl Sources for Files {
    fn source(&self, file: &str) -> Option<(&str, &LineIndex)> {
        self.0.get(file).map(|(text, lines)| (text.as_str(), lines))
    }
}

fn files<const N: usize>(files: [(&str, &str); N]) -> Files {
    Files(files.map(|(name, text)| (name.to_owned(), (text.to_owned(), LineIndex::new(text)))).into())
}

const PAGE: &str = "routes/index.velox";

/// The file `routes/index.velox` and a finding in it, at the text between two `¦` or at a single one.
fn finding(marked: &str) -> (Files, Diagnostic) {
    let parts: Vec<&str> = marked.split('¦').collect();
    let start = parts[0].len() as u32;
    let end = if parts.len() > 2 { start + parts[1].len() as u32 } else { start };
    let message = "`Card` is not in scope";
    (
        files([(PAGE, &parts.concat())]),
        Diagnostic::new(Code::UNKNOWN_COMPONENT, PAGE, Span::new(start, end), message),
    )
}

/// The frame that shows the marked place, without colours.
fn framed(marked: &str) -> String {
    let (files, diagnostic) = finding(marked);
    pretty(&[diagnostic.label("not found")], &files, false)
}

/// A finding with everything that one can have, in two files.
fn rich() -> (Files, Diagnostic) {
    let files = files([
        (PAGE, "<main>\n  <Card title=\"x\" />\n</main>\n\n\n<Crad />\n"),
        ("components/Card.tsx", "export default function Card() {}\n"),
    ]);
    let diagnostic =
        Diagnostic::new(Code::UNKNOWN_COMPONENT, PAGE, Span::new(10, 14), "`Card` is not in scope")
            .label("no import or declaration has this name")
            .related("components/Card.tsx", Span::new(24, 28), "a component of this name")
            .related(PAGE, Span::new(41, 45), "a name that is near")
            .help("add `import Card from '$components/Card'` to the server block")
            .fix(
                "import `Card`",
                true,
                vec![(Span::at(0), "---\nimport Card from '$components/Card'\n---\n".to_owned())],
            );
    (files, diagnostic)
}

#[test]
fn a_frame_shows_the_place_its_relatives_and_the_help() {
    let (files, diagnostic) = rich();
    assert_snapshot!(pretty(&[diagnostic], &files, false), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:2:4 ]
       │
     2 │   <Card title="x" />
       │    ──┬─
       │      ╰─── no import or declaration has this name
       ┆
     6 │ <Crad />
       │    ──┬─
       │      ╰─── a name that is near
       │
       ├─[ components/Card.tsx:1:25 ]
       │
     1 │ export default function Card() {}
       │                         ──┬─
       │                           ╰─── a component of this name
       │
       │ help: add `import Card from '$components/Card'` to the server block
    ───╯
    "#);
}

#[test]
fn colours_are_ansi_and_joined() {
    let (files, diagnostic) = finding("<¦Card¦ />");
    assert_snapshot!(pretty(&[diagnostic], &files, true).replace('\u{1b}', "␛"), @r#"
    ␛[1;31merror[VX0401]␛[0m: ␛[1m`Card` is not in scope␛[0m
    ␛[38;5;246m   ╭␛[0m␛[38;5;246m─[␛[0m routes/index.velox:1:2 ␛[38;5;246m]␛[0m
    ␛[38;5;246m   │␛[0m
    ␛[38;5;246m 1 │␛[0m ␛[38;5;249m<␛[0m␛[31mCard␛[0m␛[38;5;249m />␛[0m
    ␛[38;5;246m   │␛[0m  ␛[31m──┬─␛[0m
    ␛[38;5;246m   │␛[0m    ␛[31m╰───␛[0m here
    ␛[38;5;246m───╯␛[0m
    "#);
}

#[test]
fn diagnostics_come_by_file_and_place() {
    let (files, later) = finding("<b>\n<¦Card¦ />");
    let mut earlier = later.clone();
    earlier.span = Span::new(1, 2);
    let mut other = later.clone();
    other.file = "routes/about.velox".to_owned();
    let all = [later, other, earlier];
    assert_snapshot!(concise(&all, &files), @r#"
    routes/about.velox:1:1: error[VX0401]: `Card` is not in scope
    routes/index.velox:1:2: error[VX0401]: `Card` is not in scope
    routes/index.velox:2:2: error[VX0401]: `Card` is not in scope
    "#);
    let heads =
        |text: &str| text.lines().filter(|line| line.contains('╭')).map(str::to_owned).collect::<Vec<_>>();
    assert_snapshot!(heads(&pretty(&all, &files, false)).join("\n"), @r#"
    ╭─[ routes/about.velox ]
    ╭─[ routes/index.velox:1:2 ]
    ╭─[ routes/index.velox:2:2 ]
    "#);
    let value: serde_json::Value = serde_json::from_str(&json(&all, &files, 2)).unwrap();
    let starts: Vec<_> = value["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            (finding["file"].as_str().unwrap(), finding["range"]["start"]["offset"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(starts, [("routes/about.velox", 5), (PAGE, 1), (PAGE, 5)]);
}

#[test]
fn tabs_wide_characters_emoji_and_a_byte_order_mark_keep_the_underline_in_place() {
    assert_snapshot!(framed("\u{feff}<p>\r\n\t😀日本 <¦Card¦/>\r\n</p>"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:2:8 ]
       │
     2 │     😀日本 <Card/>
       │             ──┬─
       │               ╰─── not found
    ───╯
    "#);
    assert_snapshot!(framed("👨\u{200d}👩\u{200d}👧 e\u{301} ❤\u{fe0f} <¦Card¦/>"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:1:17 ]
       │
     1 │ 👨👩👧 é ❤ <Card/>
       │             ──┬─
       │               ╰─── not found
    ───╯
    "#);
    assert_snapshot!(framed("\u{feff}<¦Card¦/>"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:1:3 ]
       │
     1 │ <Card/>
       │  ──┬─
       │    ╰─── not found
    ───╯
    "#);
}

#[test]
fn a_lone_carriage_return_ends_a_line_and_a_form_feed_does_not() {
    assert_snapshot!(framed("a\rb <¦Card¦/>\rc"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:2:4 ]
       │
     2 │ b <Card/>
       │    ──┬─
       │      ╰─── not found
    ───╯
    "#);
    assert_snapshot!(framed("a\u{c}b\u{2028}c\u{85} <¦Card¦/>"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:1:9 ]
       │
     1 │ a␌b�c� <Card/>
       │         ──┬─
       │           ╰─── not found
    ───╯
    "#);
}

#[test]
fn an_empty_span_points_at_one_place() {
    assert_snapshot!(framed("<p>\n  {a¦ + b\n</p>\n"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:2:5 ]
       │
     2 │   {a + b
       │     ┬
       │     ╰── not found
    ───╯
    "#);
    assert_snapshot!(framed("<p>\n  {a¦\r\n</p>\n"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:2:5 ]
       │
     2 │   {a
       │     ┬
       │     ╰── not found
    ───╯
    "#);
}

#[test]
fn the_end_of_the_file_can_be_pointed_at() {
    assert_snapshot!(framed("<p>¦"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:1:4 ]
       │
     1 │ <p>
       │    ┬
       │    ╰── not found
    ───╯
    "#);
    assert_snapshot!(framed("<p>\n¦"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:2:1 ]
       │
     2 │
       │ ┬
       │ ╰── not found
    ───╯
    "#);
    assert_snapshot!(framed("¦"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:1:1 ]
       │
     1 │
       │ ┬
       │ ╰── not found
    ───╯
    "#);
    assert_snapshot!(framed("<p>¦\n¦"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:1:4 ]
       │
     1 │ <p>
       │    ┬
       │    ╰── not found
    ───╯
    "#);
}

#[test]
fn a_span_over_many_lines_is_shortened() {
    assert_snapshot!(framed("<div>\n¦<ul>\n<li>\n</li>\n</ul>¦\n</div>"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:2:1 ]
       │
     2 │ ╭─▶ <ul>
       ┆ ┆
     5 │ ├─▶ </ul>
       │ │
       │ ╰──────────── not found
    ───╯
    "#);
    assert_snapshot!(framed("<div>\n¦<ul>\n</ul>¦\n</div>"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:2:1 ]
       │
     2 │ ╭─▶ <ul>
     3 │ ├─▶ </ul>
       │ │
       │ ╰──────────── not found
    ───╯
    "#);
    assert_snapshot!(framed("<div>¦\n\n¦</div>"), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:1:6 ]
       │
     1 │ ╭─▶ <div>
     2 │ ├─▶
       │ │
       │ ╰─────── not found
    ───╯
    "#);
}

#[test]
fn line_numbers_of_any_length_fit() {
    assert_snapshot!(framed(&format!("{}<¦Card¦ />", "\n".repeat(12_344))), @r#"
    error[VX0401]: `Card` is not in scope
           ╭─[ routes/index.velox:12345:2 ]
           │
     12345 │ <Card />
           │  ──┬─
           │    ╰─── not found
    ───────╯
    "#);
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    assert_snapshot!(framed(&format!("{}<¦Card¦ />{}", "x日".repeat(200_000), "y".repeat(500_000))), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:1:400002 ]
       │
     1 │ …日x日x日x日x日x日x日x日x日x日x日x日x日x日x日<Card />yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
       │                                               ──┬─
       │                                                 ╰─── not found
    ───╯
    "#);
    assert_snapshot!(framed(&format!("¦{}¦", "y".repeat(500_000))), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:1:1 ]
       │
     1 │ yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
       │ ─────────────────────────────────────────────┬─────────────────────────────────────────────
       │                                              ╰─────────────────────────────────────────────── not found
    ───╯
    "#);
    assert_snapshot!(framed(&format!("¦{}\n{}¦", "y".repeat(500_000), "z".repeat(500_000))), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:1:1 ]
       │
     1 │ ╭─▶ yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
     2 │ ├─▶ …zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz
       │ │
       │ ╰─────────────────────────────────────── not found
    ───╯
    "#);
}

#[test]
fn places_far_apart_in_one_long_line_get_a_frame_each() {
    let (files, diagnostic) = finding(&format!("<¦Card¦ />{}<Crad />", "y".repeat(500)));
    let diagnostic = diagnostic.related(PAGE, Span::new(509, 513), "near");
    assert_snapshot!(pretty(&[diagnostic], &files, false), @r#"
    error[VX0401]: `Card` is not in scope
       ╭─[ routes/index.velox:1:2 ]
       │
     1 │ <Card />yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
       │  ──┬─
       │    ╰─── here
       │
       ├─[ routes/index.velox:1:510 ]
       │
     1 │ …yyyyyyyyyyyyyyyyyyyyyyyyyyyyy<Crad />
       │                                ──┬─
       │                                  ╰─── near
    ───╯
    "#);
}

#[test]
fn a_file_that_cannot_be_read_still_gets_its_message() {
    let diagnostic =
        Diagnostic::new(Code::UNREADABLE_FILE, "routes/bad.velox", Span::at(0), "the file is not UTF-8")
            .label("at byte 12")
            .help("save it as UTF-8");
    let none = files([]);
    assert_snapshot!(pretty(std::slice::from_ref(&diagnostic), &none, false), @r#"
    error[VX0510]: the file is not UTF-8
       ╭─[ routes/bad.velox ]
       │ at byte 12
       │
       │ help: save it as UTF-8
    ───╯
    "#);
    assert_snapshot!(concise(&[diagnostic], &none), @"routes/bad.velox:1:1: error[VX0510]: the file is not UTF-8");
}

#[test]
fn what_a_project_holds_cannot_command_the_terminal() {
    let (files, mut diagnostic) = finding("a\u{1b}[2Jb\u{202e} <¦Card¦ />\u{7}");
    diagnostic.message = "bad \u{1b}]0;title\u{7} name".to_owned();
    let text = pretty(&[diagnostic], &files, false);
    assert!(!text.chars().any(|character| character.is_control() && character != '\n'));
    assert_snapshot!(text, @r#"
    error[VX0401]: bad ␛]0;title␇ name
       ╭─[ routes/index.velox:1:10 ]
       │
     1 │ a␛[2Jb� <Card />␇
       │          ──┬─
       │            ╰─── here
    ───╯
    "#);
}

#[test]
fn no_span_in_any_text_can_break_the_frame() {
    for text in [
        "",
        "\n",
        "a",
        "é😀\r\n\t日\r\r\n",
        "\u{feff}\u{200d}\u{301}\n\n x",
        "\u{85}\u{2028}\u{b}\u{c}\u{1c}",
    ] {
        for start in 0..text.len() as u32 + 2 {
            for end in start..text.len() as u32 + 3 {
                let (mut files, mut diagnostic) = finding("¦");
                files.0.insert(PAGE.to_owned(), (text.to_owned(), LineIndex::new(text)));
                diagnostic.span = Span::new(start, end);
                let diagnostic =
                    diagnostic.related(PAGE, Span::new(0, end), "a").related(PAGE, Span::at(start), "b");
                for color in [false, true] {
                    let printed = pretty(std::slice::from_ref(&diagnostic), &files, color);
                    for label in [" here", " a", " b"] {
                        assert!(printed.contains(label), "{text:?} {start}..{end}\n{printed}");
                    }
                }
                let _ = json(std::slice::from_ref(&diagnostic), &files, 1);
                let _ = concise(&[diagnostic], &files);
            }
        }
    }
}

#[test]
fn many_findings_in_one_long_line_do_not_take_the_square_of_the_time() {
    let text = "é<Card/>".repeat(50_000);
    let mut files = files([(PAGE, text.as_str())]);
    let all: Vec<Diagnostic> = (0..50_000)
        .map(|nth| Diagnostic::new(Code::UNKNOWN_COMPONENT, PAGE, Span::new(nth * 9 + 3, nth * 9 + 7), "x"))
        .collect();
    let printed = concise(&all, &files);
    assert!(
        printed.ends_with("routes/index.velox:1:399995: error[VX0401]: x\n"),
        "{}",
        &printed[printed.len() - 60..]
    );
    // The places agree with those that are counted from the start of the line.
    let (text, lines) = files.0.remove(PAGE).unwrap();
    assert_eq!(lines.line_column(&text, all[49_999].span.start).column, 399_995);
}
