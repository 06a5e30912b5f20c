//! Names of a tag pair that are edited together.

mod support;

use support::everywhere::{assert_fits, broken_documents, each_document, offsets};
use support::{World, marked};
use velox_ide::linked::linked_names;

fn check(fixture: &str) -> String {
    let world = World::new(fixture);
    match linked_names(world.document(), world.offset()) {
        Some(names) => marked(world.document().text(), &names),
        None => "nothing".to_owned(),
    }
}

#[test]
fn the_names_of_a_pair_are_linked() {
    let cases = [
        ("<d$0iv><p>a</p></div>", "<«div»><p>a</p></«div»>"),
        ("<div><p>a</p></div$0>", "<«div»><p>a</p></«div»>"),
        ("<div><p$0>a</p></div>", "<div><«p»>a</«p»></div>"),
        ("<$0div class=\"a\">a</div >", "<«div» class=\"a\">a</«div» >"),
        ("<Ca$0rd>a</Card>", "<«Card»>a</«Card»>"),
        ("<ui.Ca$0rd>a</ui.Card>", "<«ui.Card»>a</«ui.Card»>"),
        ("<$0>a</>", "<«»>a</«»>"),
        ("<>a</$0>", "<«»>a</«»>"),
        ("<div><div$0></div></div>", "<div><«div»></«div»></div>"),
        ("<p>{x && <b$0>😀</b>}</p>", "<p>{x && <«b»>😀</«b»>}</p>"),
        ("<style$0>a { }</style>", "<«style»>a { }</«style»>"),
        ("//- /c.tsx\nexport default () => <p$0>a</p>;\n", "export default () => <«p»>a</«p»>;\n"),
    ];
    for (fixture, expected) in cases {
        assert_eq!(check(fixture), expected, "{fixture}");
    }
}

#[test]
fn nothing_else_is_linked() {
    let cases = [
        "<div cl$0ass=\"a\">a</div>",
        "<div $0>a</div>",
        "<div>$0a</div>",
        "<br$0>",
        "<Card$0 />",
        "<div$0>",
        "<div$0></span>",
        "---\nconst a = b <c$0> d;\n---\n",
        "$0\n",
    ];
    for fixture in cases {
        assert_eq!(check(fixture), "nothing", "{fixture}");
    }
}

#[test]
fn linked_names_of_all_files_are_equal() {
    let visit = |document: velox_ide::Document<'_>| {
        for offset in offsets(document.text()) {
            if let Some([one, other]) = linked_names(document, offset) {
                assert_fits(document.text(), one);
                assert_fits(document.text(), other);
                assert_eq!(one.text(document.text()), other.text(document.text()));
            }
        }
    };
    each_document(visit);
    broken_documents(visit);
}
