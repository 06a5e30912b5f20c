//! Style sheets in a file.

mod support;

use support::everywhere::{assert_fits, broken_documents, each_document, offsets};
use support::{World, marked};
use velox_ide::embedded::{StyleKind, style_at};

fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    match style_at(world.document(), world.offset()) {
        Some(style) => {
            let kind = match style.kind {
                StyleKind::Rules => "rules",
                StyleKind::Declarations => "declarations",
            };
            format!("{} {kind}: {}", style.language, marked(world.document().text(), &[style.span]))
        }
        None => "nothing".to_owned(),
    }
}

#[test]
fn style_sheets_are_found() {
    let cases = [
        ("<style>a { $0 }</style>", "css rules: <style>«a {  }»</style>"),
        ("<style>$0</style>", "css rules: <style>«»</style>"),
        ("<style lang=\"scss\">a { b$0 }</style>", "scss rules: <style lang=\"scss\">«a { b }»</style>"),
        ("<style lang=\"stylus\">a$0</style>", "css rules: <style lang=\"stylus\">«a»</style>"),
        (
            "---\nconst a = 1;\n---\r\n<style>\r\n$0\r\n</style>",
            "css rules: ---\nconst a = 1;\n---\r\n<style>«\r\n\r\n»</style>",
        ),
        ("<style>a { color: $0", "css rules: <style>«a { color: »"),
        ("<p style=\"col$0or\">😀</p>", "css declarations: <p style=\"«color»\">😀</p>"),
        ("<p style=\"$0\">a</p>", "css declarations: <p style=\"«»\">a</p>"),
        ("<p>{x && <b style='a$0'>b</b>}</p>", "css declarations: <p>{x && <b style='«a»'>b</b>}</p>"),
        (
            "//- /c.tsx\nexport default () => <p style=\"a$0\">b</p>;\n",
            "css declarations: export default () => <p style=\"«a»\">b</p>;\n",
        ),
    ];
    for (fixture, expected) in cases {
        assert_eq!(check(fixture), expected, "{fixture}");
    }
}

#[test]
fn nothing_else_is_one() {
    let cases = [
        "<script>a$0</script>",
        "<p title=\"a$0\">b</p>",
        "<p style={a$0}>b</p>",
        "<p sty$0le=\"a\">b</p>",
        "---\nconst a = '<style>$0</style>';\n---\n<p>{a}</p>",
        "<!-- <style>$0</style> -->",
        "<sty$0le>a</style>",
    ];
    for fixture in cases {
        assert_eq!(check(fixture), "nothing", "{fixture}");
    }
}

#[test]
fn it_answers_everywhere() {
    let look = |document: velox_ide::Document<'_>| {
        for offset in offsets(document.text()) {
            if let Some(style) = style_at(document, offset) {
                assert_fits(document.text(), style.span);
                assert!(style.span.touches(offset), "{style:?} at {offset}");
            }
        }
    };
    each_document(look);
    broken_documents(look);
}
