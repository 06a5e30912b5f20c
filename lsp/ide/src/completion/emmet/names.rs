//! Names in abbreviations: shorthands of elements, what an element without a name is, which elements stand in a line.

use crate::html::{Namespace, tag};

/// A shorthand, the element that it stands for, and attributes; those without a value are to be filled in.
type Shorthand = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const SHORTHANDS: [Shorthand; 78] = [
    ("a", "a", &[("href", "")]),
    ("a:blank", "a", &[("href", ""), ("target", "_blank"), ("rel", "noopener noreferrer")]),
    ("a:link", "a", &[("href", "https://")]),
    ("a:mail", "a", &[("href", "mailto:")]),
    ("a:tel", "a", &[("href", "tel:")]),
    ("abbr", "abbr", &[("title", "")]),
    ("adr", "address", &[]),
    ("area", "area", &[("shape", ""), ("coords", ""), ("href", ""), ("alt", "")]),
    ("art", "article", &[]),
    ("audio", "audio", &[("src", "")]),
    ("base", "base", &[("href", "")]),
    ("bdo", "bdo", &[("dir", "")]),
    ("bq", "blockquote", &[]),
    ("btn", "button", &[]),
    ("btn:b", "button", &[("type", "button")]),
    ("btn:r", "button", &[("type", "reset")]),
    ("btn:s", "button", &[("type", "submit")]),
    ("button:button", "button", &[("type", "button")]),
    ("button:reset", "button", &[("type", "reset")]),
    ("button:submit", "button", &[("type", "submit")]),
    ("cap", "caption", &[]),
    ("colg", "colgroup", &[]),
    ("dlg", "dialog", &[]),
    ("embed", "embed", &[("src", ""), ("type", "")]),
    ("fig", "figure", &[]),
    ("figc", "figcaption", &[]),
    ("form", "form", &[("action", "")]),
    ("form:get", "form", &[("action", ""), ("method", "get")]),
    ("form:post", "form", &[("action", ""), ("method", "post")]),
    ("fset", "fieldset", &[]),
    ("fst", "fieldset", &[]),
    ("ftr", "footer", &[]),
    ("hdr", "header", &[]),
    ("html", "html", &[("lang", "en")]),
    ("iframe", "iframe", &[("src", ""), ("title", "")]),
    ("ifr", "iframe", &[("src", ""), ("title", "")]),
    ("img", "img", &[("src", ""), ("alt", "")]),
    ("img:lazy", "img", &[("src", ""), ("alt", ""), ("loading", "lazy")]),
    ("inp", "input", &[("type", "text"), ("name", ""), ("id", "")]),
    ("input", "input", &[("type", "text")]),
    ("label", "label", &[("for", "")]),
    ("leg", "legend", &[]),
    ("link", "link", &[("rel", "stylesheet"), ("href", "")]),
    ("link:css", "link", &[("rel", "stylesheet"), ("href", "")]),
    ("link:favicon", "link", &[("rel", "icon"), ("href", "/favicon.ico")]),
    ("link:icon", "link", &[("rel", "icon"), ("href", "")]),
    ("link:manifest", "link", &[("rel", "manifest"), ("href", "")]),
    ("link:preload", "link", &[("rel", "preload"), ("href", ""), ("as", "")]),
    (
        "link:rss",
        "link",
        &[("rel", "alternate"), ("type", "application/rss+xml"), ("title", "RSS"), ("href", "")],
    ),
    ("map", "map", &[("name", "")]),
    ("meta:desc", "meta", &[("name", "description"), ("content", "")]),
    ("meta:utf", "meta", &[("charset", "utf-8")]),
    ("meta:vp", "meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]),
    ("mn", "main", &[]),
    ("obj", "object", &[("data", ""), ("type", "")]),
    ("object", "object", &[("data", ""), ("type", "")]),
    ("opt", "option", &[("value", "")]),
    ("optg", "optgroup", &[("label", "")]),
    ("optgroup", "optgroup", &[("label", "")]),
    ("option", "option", &[("value", "")]),
    ("out", "output", &[]),
    ("param", "param", &[("name", ""), ("value", "")]),
    ("pic", "picture", &[]),
    ("prog", "progress", &[]),
    ("script:module", "script", &[("type", "module"), ("src", "")]),
    ("script:src", "script", &[("src", "")]),
    ("sect", "section", &[]),
    ("select", "select", &[("name", ""), ("id", "")]),
    ("source", "source", &[("src", "")]),
    ("src", "source", &[("src", "")]),
    ("str", "strong", &[]),
    ("sum", "summary", &[]),
    ("tarea", "textarea", &[("name", ""), ("id", "")]),
    ("tem", "template", &[]),
    ("textarea", "textarea", &[("name", ""), ("id", "")]),
    ("track", "track", &[("src", "")]),
    ("video", "video", &[("src", "")]),
    ("vid", "video", &[("src", "")]),
];

/// The types of `input:email` and the like that take a value instead of a name, or neither.
const INPUT_TYPES: [&str; 21] = [
    "hidden",
    "text",
    "search",
    "email",
    "url",
    "password",
    "date",
    "datetime-local",
    "month",
    "week",
    "time",
    "tel",
    "number",
    "color",
    "checkbox",
    "radio",
    "range",
    "file",
    "submit",
    "button",
    "reset",
];

/// The element that a shorthand stands for, with its attributes.
pub(super) fn shorthand(name: &str) -> Option<(&'static str, Vec<(&'static str, &'static str)>)> {
    if let Some(kind) = name.strip_prefix("input:") {
        let kind = short_type(kind).or_else(|| INPUT_TYPES.iter().copied().find(|one| *one == kind))?;
        let attributes = match kind {
            "submit" | "button" | "reset" => vec![("type", kind), ("value", "")],
            _ => vec![("type", kind), ("name", ""), ("id", "")],
        };
        return Some(("input", attributes));
    }
    let (_, element, attributes) = SHORTHANDS.iter().find(|(one, ..)| *one == name)?;
    Some((element, attributes.to_vec()))
}

/// `input:p` is a password.
fn short_type(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "h" => "hidden",
        "t" => "text",
        "p" => "password",
        "c" => "checkbox",
        "r" => "radio",
        "f" => "file",
        "s" => "submit",
        "b" => "button",
        "n" => "number",
        _ => return None,
    })
}

/// Whether a name is that of an element of HTML, SVG or MathML.
pub(super) fn is_element(name: &str) -> bool {
    let is_known = |namespace| tag(namespace, name).is_some_and(|tag| &*tag.mark != "d");
    is_known(Namespace::Html) || is_known(Namespace::Svg)
}

/// What an element without a name is in another.
pub(super) fn implied(parent: Option<&str>) -> &'static str {
    match parent {
        Some("ul" | "ol" | "menu") => "li",
        Some("table" | "tbody" | "thead" | "tfoot") => "tr",
        Some("tr") => "td",
        Some("dl") => "dt",
        Some("colgroup") => "col",
        Some("select" | "optgroup" | "datalist") => "option",
        Some("map") => "area",
        Some("picture" | "audio" | "video") => "source",
        Some("object") => "param",
        Some("svg" | "g") => "g",
        Some(name) if is_inline(name) || matches!(name, "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
            "span"
        }
        _ => "div",
    }
}

/// Whether an element stands in a line with its neighbours.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "br"
            | "button"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "i"
            | "img"
            | "input"
            | "ins"
            | "kbd"
            | "label"
            | "map"
            | "mark"
            | "meter"
            | "output"
            | "progress"
            | "q"
            | "s"
            | "samp"
            | "select"
            | "small"
            | "span"
            | "strong"
            | "sub"
            | "sup"
            | "textarea"
            | "time"
            | "tspan"
            | "u"
            | "var"
            | "wbr"
    )
}

/// The number of words of `lorem` and `lorem12`.
pub(super) fn lorem_words(name: &str) -> Option<usize> {
    match name.strip_prefix("lorem")? {
        "" => Some(30),
        number => number.parse().ok().filter(|count| *count <= 1_000),
    }
}

/// Words of placeholder text.
pub(super) fn lorem(count: usize) -> String {
    const WORDS: [&str; 30] = [
        "lorem",
        "ipsum",
        "dolor",
        "sit",
        "amet",
        "consectetur",
        "adipiscing",
        "elit",
        "sed",
        "do",
        "eiusmod",
        "tempor",
        "incididunt",
        "ut",
        "labore",
        "et",
        "dolore",
        "magna",
        "aliqua",
        "enim",
        "ad",
        "minim",
        "veniam",
        "quis",
        "nostrud",
        "exercitation",
        "ullamco",
        "laboris",
        "nisi",
        "aliquip",
    ];
    let mut out = String::new();
    for at in 0..count {
        let word = WORDS[at % WORDS.len()];
        if at % 10 == 0 {
            out.push_str(if at == 0 { "" } else { ". " });
            out.push_str(&word[..1].to_ascii_uppercase());
            out.push_str(&word[1..]);
        } else {
            out.push(' ');
            out.push_str(word);
        }
    }
    out.push('.');
    out
}

/// A whole document: `!` and `html:5`.
pub(super) fn document(abbreviation: &str) -> Option<&'static str> {
    matches!(abbreviation, "!" | "!!!" | "html:5" | "doc").then_some(if abbreviation == "!!!" {
        "<!DOCTYPE html>"
    } else {
        DOCUMENT
    })
}

/// A layout that holds nothing but what it must.
pub(crate) const DOCUMENT: &str = "<!DOCTYPE html>\n<html lang=\"${1:en}\">\n\t<head>\n\t\t<meta charset=\"utf-8\">\n\t\t\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\t\t<title>${2:Title}</title>\n\t</head>\n\t\
    <body>\n\t\t$0\n\t</body>\n</html>";
