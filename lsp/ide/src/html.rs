//! What is known of HTML, SVG and MathML: elements, attributes, values, with words on them.
//!
//! The data is that of `data/README.md`; it is read once, when it is first asked for. What is right in a template is the
//! compiler's knowledge and not held here.

mod names;
mod words;

pub(crate) use names::{EVENTS, PRESENTATION_ORDER, handler_name, required_attributes, usual_children};
pub(crate) use words::{attribute_words, element_words, value_words};

use serde::Deserialize;
use std::borrow::Cow;
use std::sync::OnceLock;
use velox_diagnostics::Span;

/// Which language an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Namespace {
    /// HTML.
    Html,
    /// SVG: inside of `<svg>`.
    Svg,
    /// MathML: inside of `<math>`.
    Math,
}

impl Namespace {
    /// The letter that stands for it in the ids of completion items.
    pub(crate) fn letter(self) -> char {
        match self {
            Self::Html => 'h',
            Self::Svg => 's',
            Self::Math => 'm',
        }
    }

    /// The one of a letter.
    pub(crate) fn of_letter(letter: &str) -> Option<Self> {
        match letter {
            "h" => Some(Self::Html),
            "s" => Some(Self::Svg),
            "m" => Some(Self::Math),
            _ => None,
        }
    }
}

/// An element.
#[derive(Debug, Deserialize)]
pub(crate) struct Tag {
    /// Its name.
    #[serde(borrow, rename = "n")]
    pub(crate) name: Cow<'static, str>,
    /// Markdown.
    #[serde(borrow, default, rename = "d")]
    pub(crate) description: Cow<'static, str>,
    /// Its page.
    #[serde(borrow, default, rename = "u")]
    pub(crate) url: Cow<'static, str>,
    /// How widely it is available, as `xtask/src/generate.rs` writes it.
    #[serde(borrow, default, rename = "b")]
    pub(crate) available: Cow<'static, str>,
    /// `d` for deprecated, `s` for not standard, `e` for experimental.
    #[serde(borrow, default, rename = "x")]
    pub(crate) mark: Cow<'static, str>,
    /// Whether it is a void element.
    #[serde(default, rename = "e")]
    pub(crate) void: bool,
    /// Its own attributes, by name.
    #[serde(default, rename = "a")]
    pub(crate) attributes: Vec<Attr>,
}

/// An attribute.
#[derive(Debug, Deserialize)]
pub(crate) struct Attr {
    /// Its name.
    #[serde(borrow, rename = "n")]
    pub(crate) name: Cow<'static, str>,
    /// Markdown.
    #[serde(borrow, default, rename = "d")]
    pub(crate) description: Cow<'static, str>,
    /// Its page, where it has one of its own.
    #[serde(borrow, default, rename = "u")]
    pub(crate) url: Cow<'static, str>,
    /// How widely it is available.
    #[serde(borrow, default, rename = "b")]
    pub(crate) available: Cow<'static, str>,
    /// As [`Tag::mark`].
    #[serde(borrow, default, rename = "x")]
    pub(crate) mark: Cow<'static, str>,
    /// The name of its set of values; `v` where it has none.
    #[serde(borrow, default, rename = "v")]
    set: Cow<'static, str>,
}

impl Attr {
    /// Whether it is written bare.
    pub(crate) fn is_bare(&self) -> bool {
        self.set == "v"
    }

    /// Its values, where they are known.
    pub(crate) fn values(&self) -> &'static [Word] {
        let sets = &data().values;
        sets.binary_search_by(|set| (*set.name).cmp(&self.set)).map_or(&[], |at| &sets[at].values)
    }
}

/// A value of an attribute.
#[derive(Debug, Deserialize)]
pub(crate) struct Word {
    /// It.
    #[serde(borrow, rename = "n")]
    pub(crate) name: Cow<'static, str>,
    /// Markdown.
    #[serde(borrow, default, rename = "d")]
    pub(crate) description: Cow<'static, str>,
}

#[derive(Debug, Deserialize)]
struct ValueSet {
    #[serde(borrow, rename = "n")]
    name: Cow<'static, str>,
    #[serde(rename = "v")]
    values: Vec<Word>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Data {
    elements: Vec<Tag>,
    globals: Vec<Attr>,
    svg: Vec<Tag>,
    svg_globals: Vec<Attr>,
    math: Vec<Tag>,
    values: Vec<ValueSet>,
}

/// The data. It is part of the program, and a test reads it: that it does not parse cannot happen.
fn data() -> &'static Data {
    static DATA: OnceLock<Data> = OnceLock::new();
    DATA.get_or_init(|| serde_json::from_str(include_str!("../data/html.json")).unwrap_or_default())
}

/// All elements of a language, by name.
pub(crate) fn tags(namespace: Namespace) -> &'static [Tag] {
    match namespace {
        Namespace::Html => &data().elements,
        Namespace::Svg => &data().svg,
        Namespace::Math => &data().math,
    }
}

/// An element by its name; `svg` and `math` are found in HTML too.
pub(crate) fn tag(namespace: Namespace, name: &str) -> Option<&'static Tag> {
    let find = |namespace: Namespace| {
        let tags = tags(namespace);
        tags.binary_search_by(|tag| (*tag.name).cmp(name)).ok().map(|at| &tags[at])
    };
    find(namespace).or_else(|| match name {
        "svg" => find(Namespace::Svg),
        "math" => find(Namespace::Math),
        _ => None,
    })
}

/// The attributes that an element may have: its own, then those of all elements.
pub(crate) fn attributes(namespace: Namespace, name: &str) -> impl Iterator<Item = &'static Attr> {
    let own: &[Attr] = tag(namespace, name).map_or(&[], |tag| &tag.attributes);
    let drawn: &[Attr] = match namespace {
        Namespace::Html if name != "svg" => &[],
        Namespace::Math => &[],
        _ => &data().svg_globals,
    };
    let is_own = move |attr: &&Attr| !own.iter().any(|other| other.name == attr.name);
    let is_drawn = move |attr: &&Attr| !drawn.iter().any(|other| other.name == attr.name);
    own.iter().chain(drawn.iter().filter(is_own)).chain(data().globals.iter().filter(is_own).filter(is_drawn))
}

/// An attribute by its name as written: `class`, `className`, `onClick`, `strokeWidth`.
pub(crate) fn attribute(namespace: Namespace, tag: &str, name: &str) -> Option<&'static Attr> {
    let name = match name {
        "className" => "class",
        "htmlFor" => "for",
        other => other,
    };
    attributes(namespace, tag).find(|attr| attr.name.eq_ignore_ascii_case(name)).or_else(|| {
        let is_camel = name.bytes().any(|byte| byte.is_ascii_uppercase());
        is_camel.then(|| attributes(namespace, tag).find(|attr| is_camel_of(name, &attr.name)))?
    })
}

/// Whether `strokeWidth` stands for `stroke-width`.
fn is_camel_of(camel: &str, name: &str) -> bool {
    let plain = name.bytes().filter(|byte| !matches!(byte, b'-' | b':'));
    plain.map(|byte| byte.to_ascii_lowercase()).eq(camel.bytes().map(|byte| byte.to_ascii_lowercase()))
}

/// The word of a list that an offset is in.
pub(crate) fn word_at(text: &str, inside: Span, offset: u32) -> Span {
    let before = Span::new(inside.start, offset).text(text);
    let after = Span::new(offset, inside.end).text(text);
    let start = before
        .rfind(char::is_whitespace)
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let end = after.find(char::is_whitespace).unwrap_or(after.len());
    Span::new(inside.start + start as u32, offset + end as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_there_and_in_order() {
        let data = data();
        assert!(data.elements.len() > 110 && data.svg.len() > 60 && data.globals.len() > 140);
        for tags in [&data.elements, &data.svg, &data.math] {
            assert!(tags.windows(2).all(|pair| pair[0].name < pair[1].name));
        }
        assert!(data.values.windows(2).all(|pair| pair[0].name < pair[1].name));
        let attributes = data.elements.iter().flat_map(|tag| &tag.attributes).chain(&data.globals);
        for attr in attributes {
            let known = attr.set.is_empty() || attr.is_bare() || !attr.values().is_empty();
            assert!(known, "{} has the values {}, which are not there", attr.name, attr.set);
        }
    }

    #[test]
    fn names_of_tsx_are_those_of_html() {
        let table = [
            (Namespace::Html, "p", "className", Some("class")),
            (Namespace::Html, "label", "htmlFor", Some("for")),
            (Namespace::Html, "button", "onClick", Some("onclick")),
            (Namespace::Svg, "path", "strokeWidth", Some("stroke-width")),
            (Namespace::Svg, "svg", "viewBox", Some("viewBox")),
            (Namespace::Html, "p", "href", None),
        ];
        for (namespace, tag, name, expected) in table {
            assert_eq!(attribute(namespace, tag, name).map(|attr| &*attr.name), expected, "{tag} {name}");
        }
    }
}
