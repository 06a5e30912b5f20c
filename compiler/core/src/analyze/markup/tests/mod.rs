//! Holds the table of `scene.rs` against a parser of HTML: html5ever, which follows the same standard as browsers do.

mod browser;

use super::names::kind;
use super::scene::{Scene, Tag};
use browser::{Written, parse};
use velox_syntax::{NodeId, is_void};

/// All elements of HTML but those of `Kind::Obsolete`, with some of SVG and MathML and names that nobody knows.
const NAMES: &str = "a abbr acronym address applet area article aside audio b base bdi bdo big blockquote body br button canvas \
    caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption \
    figure font footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link \
    listing main map mark marquee math menu meta meter nav nobr noembed noscript object ol optgroup option output p param \
    picture pre progress q rb rp rt rtc ruby s samp script search section select slot small source span strike strong style \
    sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul unheard var video wbr \
    xmp x-tea foreignObject desc mi mtext path";

/// One of each kind, for longer chains.
const KINDS: &str = "a applet b body button caption col colgroup dd dialog div dt form h1 h2 head html iframe input li link \
    math mi nobr noscript ol option optgroup p path rb rp rtc ruby script select style summary svg table tbody td template \
    title tr foreignObject";

fn names(list: &str) -> Vec<&str> {
    list.split_ascii_whitespace().collect()
}

/// Whether the chain, each element in the one before, is left as it is written, as `scene.rs` says.
fn stays(chain: &[&str]) -> bool {
    let mut scene = Scene::UNKNOWN;
    for (at, name) in chain.iter().enumerate() {
        let tag = Tag {
            id: NodeId(at as u32),
            name,
            kind: kind(name),
            maybe_hidden: false,
            has_content: at + 1 < chain.len(),
            styled_font: false,
            holds_html: false,
        };
        let misplaced = scene.misplaced(tag);
        if misplaced.is_some() {
            return false;
        }
        scene = scene.enter(tag, misplaced);
    }
    true
}

/// What has to stand around an element so that it stays where it is.
fn around(first: &str) -> &'static str {
    match first {
        "html" => "",
        "head" => "<html>",
        "body" => "<html><head></head>",
        "caption" | "colgroup" | "tbody" | "thead" | "tfoot" => "<html><head></head><body><table>",
        "col" => "<html><head></head><body><table><colgroup>",
        "tr" => "<html><head></head><body><table><tbody>",
        "td" | "th" => "<html><head></head><body><table><tbody><tr>",
        "foreignObject" | "desc" | "path" => "<html><head></head><body><svg>",
        "mi" | "mtext" => "<html><head></head><body><math>",
        _ => "<html><head></head><body>",
    }
}

fn written(chain: &[&str]) -> String {
    let mut text = format!("<!DOCTYPE html>{}", around(chain[0]));
    for (at, name) in chain.iter().enumerate() {
        text.push_str(&format!("<{name} w={at}>"));
    }
    for name in chain.iter().rev().filter(|name| !is_void(name)) {
        text.push_str(&format!("</{name}>"));
    }
    text
}

/// Whether the parser leaves the chain as it is written.
fn left_alone(chain: &[&str]) -> bool {
    let wanted: Vec<Written> =
        (0..chain.len()).map(|at| Written { index: at, parent: at.checked_sub(1) }).collect();
    parse(&written(chain)) == wanted
}

/// Where nothing is said since it depends on what comes before, or where html5ever is not (yet) what the standard says.
fn is_left_out(chain: &[&str]) -> bool {
    if chain.windows(2).any(|pair| pair == ["html", "noscript"]) {
        return true;
    }
    let in_list = |name: &str| matches!(name, "li" | "dd" | "dt");
    let list_in = |bound: &dyn Fn(&str) -> bool| {
        let at = chain.iter().position(|name| in_list(name));
        at.is_some_and(|at| {
            let inner = chain[at + 1..].iter().position(|name| in_list(name));
            inner.is_some_and(|inner| chain[at + 1..at + 1 + inner].iter().any(|name| bound(name)))
        })
    };
    // These bound a list: they are special.
    list_in(&|name| matches!(name, "search" | "foreignObject" | "desc" | "mi" | "mtext"))
}

fn compare(chains: impl Iterator<Item = Vec<&'static str>>) {
    let mut wrong = Vec::new();
    let mut count = 0;
    for chain in chains {
        // Nothing stands in a void element.
        if chain[..chain.len() - 1].iter().any(|name| is_void(name)) || is_left_out(&chain) {
            continue;
        }
        count += 1;
        let (ours, theirs) = (stays(&chain), left_alone(&chain));
        if ours != theirs {
            let what = if ours { "missed" } else { "false alarm" };
            wrong.push(format!("{what}: {}", chain.join(" > ")));
        }
    }
    assert!(count > 1000, "only {count} chains");
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong[..wrong.len().min(60)].join("\n"));
}

#[test]
fn each_pair_of_elements_is_as_the_parser_has_it() {
    let all = names(NAMES);
    compare(
        all.clone()
            .into_iter()
            .flat_map(|outer| all.clone().into_iter().map(move |inner| vec![outer, inner])),
    );
}

#[test]
fn each_chain_of_three_kinds_is_as_the_parser_has_it() {
    let kinds = names(KINDS);
    compare(kinds.iter().flat_map(|a| {
        let kinds = &kinds;
        kinds.iter().flat_map(move |b| kinds.iter().map(move |c| vec![*a, *b, *c]))
    }));
}

#[test]
fn chains_of_four_around_what_hides_its_surroundings() {
    let bounds = names("button caption foreignObject li object ol select span svg table td template tr");
    let kinds = names("a button dd div form h1 li nobr option p ruby rt select table td tr");
    compare(kinds.iter().flat_map(|a| {
        let (bounds, kinds) = (&bounds, &kinds);
        bounds.iter().flat_map(move |b| {
            bounds.iter().flat_map(move |c| kinds.iter().map(move |d| vec![*a, *b, *c, *d]))
        })
    }));
}

#[test]
fn text_is_moved_where_the_parser_moves_it() {
    let mut wrong = Vec::new();
    for name in names(NAMES).into_iter().filter(|name| !is_void(name)) {
        let scene = Scene::UNKNOWN;
        let tag = Tag {
            id: NodeId(0),
            name,
            kind: kind(name),
            maybe_hidden: false,
            has_content: true,
            styled_font: false,
            holds_html: false,
        };
        let ours = scene.enter(tag, scene.misplaced(tag)).text().is_some();
        let text = format!("<!DOCTYPE html>{}<{name} w=0>Tea</{name}>", around(name));
        let theirs = browser::holder_of_text(&text) != Some(0);
        // The text of a document without `<body>` stands in the one that is implied.
        if ours != theirs {
            wrong.push(format!("{name}: ours {ours}, theirs {theirs}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
