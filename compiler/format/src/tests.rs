//! What the interface promises; what formatted files look like is in `tests/format/`.

use crate::{FormatOptions, FormatRefusal, RefusalKind, edits, format, format_range};
use velox_diagnostics::Span;

fn formatted(path: &str, text: &str) -> String {
    format(path, text, &FormatOptions::default()).unwrap_or_else(|refusal| panic!("{text:?}: {refusal:?}"))
}

fn refused(path: &str, text: &str) -> FormatRefusal {
    format(path, text, &FormatOptions::default()).expect_err("its syntax is broken")
}

#[test]
fn line_ends_and_the_byte_order_mark_are_kept() {
    assert_eq!(formatted("a.velox", "<p>a</p>"), "<p>a</p>\n");
    assert_eq!(
        formatted("a.velox", "\u{feff}---\r\nconst a=1\r\n---\r\n<p>é</p>\r\n"),
        "\u{feff}---\r\nconst a = 1;\r\n---\r\n<p>é</p>\r\n"
    );
    // Most lines decide.
    assert_eq!(formatted("a.velox", "<p>a</p>\n<p>b</p>\n<p>c</p>\r\n"), "<p>a</p>\n<p>b</p>\n<p>c</p>\n");
    assert_eq!(formatted("a.velox", ""), "");
    assert_eq!(formatted("a.velox", "\n \n"), "");
    assert_eq!(formatted("a.velox", "---\n---\n"), "---\n---\n");
}

#[test]
fn the_ending_says_what_a_file_is() {
    assert_eq!(formatted("a.ts", "const a=<T>(x:T)=>x"), "const a = <T>(x: T) => x;\n");
    assert_eq!(formatted("a.tsx", "const a=<T,>(x:T)=>x"), "const a = <T,>(x: T) => x;\n");
    assert_eq!(
        formatted("a.tsx", "export default ()=><p   class='a'>b</p>"),
        "export default () => <p class=\"a\">b</p>;\n"
    );
    assert_eq!(formatted("a.velox", "<p   class='a'>b</p>"), "<p class=\"a\">b</p>\n");
}

#[test]
fn a_broken_file_is_left_alone_with_the_place_of_its_first_mistake() {
    for (path, text, place) in [
        ("a.velox", "<p>é<b></p>\n", "b"),
        ("a.velox", "\u{feff}<p>\r\n<b></p>\r\n", "b"),
        ("a.velox", "---\nconst = 1;\n---\n<p class=a></p>\n", "="),
        ("a.velox", "<p>{a +}</p>\n", "}"),
        ("a.ts", "const = 1;", "="),
        ("a.tsx", "const a = <p><b></p>;", "b"),
    ] {
        let refusal = refused(path, text);
        assert_eq!(refusal.kind, RefusalKind::Syntax);
        assert_eq!(text.get(refusal.span.range()), Some(place), "{text:?}: {refusal:?}");
        assert!(refusal.message.starts_with("not formatted, since its syntax is broken: "), "{refusal:?}");
        assert!(!refusal.message.contains('\n'));
    }
}

#[test]
fn a_comment_leaves_the_whole_file_alone() {
    for text in [
        "<!-- velox-format-ignore-file -->\n<p   >a</p>",
        "---\n// velox-format-ignore-file\nconst a=1\n---\n<p   >a</p>",
    ] {
        assert_eq!(formatted("a.velox", text), text);
    }
}

#[test]
fn nesting_of_any_depth_is_formatted_or_left_alone() {
    let deep = |open: &str, close: &str| format!("{}x{}\n", open.repeat(300), close.repeat(300));
    for text in [deep("<b>", "</b>"), deep("<p>\n", "\n</p>"), deep("{a && <b>", "</b>}")] {
        match format("a.velox", &text, &FormatOptions::default()) {
            Ok(once) => assert_eq!(formatted("a.velox", &once), once),
            Err(refusal) => assert_eq!(refusal.kind, RefusalKind::Syntax, "{refusal:?}"),
        }
    }
}

#[test]
fn nesting_beyond_what_is_laid_out_is_refused_at_once_with_the_place() {
    let deep = |levels: usize, open: &str, close: &str| {
        format!("\u{feff}<i>a</i>\r\n{}x{}\r\n", open.repeat(levels), close.repeat(levels))
    };
    for (open, close) in [("<b>", "</b>"), ("<p>\r\n", "\r\n</p>"), ("{a && <b>", "</b>}")] {
        let text = deep(2_000, open, close);
        let refusal = format("a.velox", &text, &FormatOptions::default()).unwrap_err();
        if refusal.kind == RefusalKind::Syntax {
            // The parser of TypeScript has a limit of its own.
            continue;
        }
        assert_eq!(refusal.kind, RefusalKind::Depth);
        assert_eq!(refusal.message, "not formatted, since its elements nest deeper than 500 levels");
        assert!(
            text[refusal.span.start as usize..].starts_with(open.trim_start_matches("{a && ").trim_end()),
            "{refusal:?}"
        );
        assert_eq!(
            text[..refusal.span.start as usize].matches(open).count() + usize::from(open.starts_with('{')),
            501 - usize::from(!open.starts_with('{'))
        );
    }
}

fn applied(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = text.to_owned();
    for (span, new) in edits.iter().rev() {
        out.replace_range(span.range(), new);
    }
    out
}

#[test]
fn edits_touch_what_differs_and_nothing_else() {
    let (before, after) = ("<p  >a</p>\n<p>b</p>\n<p>c\n", "<p>a</p>\n<p>b</p>\n<p>c</p>\n");
    let found = edits(before, after);
    assert_eq!(applied(before, &found), after);
    let touched: Vec<&str> = found.iter().map(|(span, _)| span.text(before)).collect();
    assert!(touched.concat().len() < 12, "{found:?}");
    assert!(found.iter().all(|(span, _)| !(11..19).contains(&span.start)), "{found:?}");
    assert_eq!(edits(after, after), []);
}

#[test]
fn a_range_formats_its_lines() {
    let text = "<p  >a</p>\n<p  >b</p>\n<p  >c</p>\n";
    let options = FormatOptions::default();
    let one = format_range("a.velox", text, Span::new(14, 15), &options).unwrap();
    assert_eq!(applied(text, &one), "<p  >a</p>\n<p>b</p>\n<p  >c</p>\n");
    let two = format_range("a.velox", text, Span::new(0, 12), &options).unwrap();
    assert_eq!(applied(text, &two), "<p>a</p>\n<p>b</p>\n<p  >c</p>\n");
    let none = format_range("a.velox", "<p>a</p>\n<p  >b</p>\n", Span::new(0, 9), &options).unwrap();
    assert_eq!(none, []);
}

#[test]
fn a_range_never_takes_half_of_a_pair() {
    let text = "<ul>\n  {teas.map((tea) => <li class=\"a-rather-long-class-name\" title={tea.name}>{tea.name} is a tea</li>)}\n</ul>\n";
    let options = FormatOptions::default();
    for at in 0..text.len() as u32 {
        let partly = applied(text, &format_range("a.velox", text, Span::at(at), &options).unwrap());
        formatted("a.velox", &partly);
    }
}
