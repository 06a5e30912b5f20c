//! Writes the markup that an abbreviation stands for: repeated, numbered, indented, with places to fill in.

use super::Options;
use super::names::{implied, is_inline, lorem, lorem_words, shorthand};
use super::parse::{Node, Tree};

/// The most elements, and the most bytes, that an abbreviation may give.
const ELEMENTS: usize = 1_000;
const BYTES: usize = 40_000;

/// More elements than this in a line are put on lines of their own.
const IN_LINE: usize = 3;

/// Stands for a tab stop until all of them are known; the text after it, up to its end, is shown in it.
const STOP: char = '\u{1}';

/// Writes a whole abbreviation.
pub(super) fn expand(tree: &Tree, parent: Option<&str>, options: Options) -> Option<String> {
    let mut elements = Vec::new();
    let mut maker = Maker { tree, made: 0 };
    maker.list(&tree.roots, parent, &[], &mut elements)?;
    let mut out = String::new();
    write_all(&elements, options, 0, &mut out)?;
    Some(with_stops(&out))
}

/// An element to be written, or a text.
struct Made {
    name: String,
    attributes: Vec<(String, String)>,
    text: Option<String>,
    self_closing: bool,
    children: Vec<Made>,
}

/// A place in a repetition: the number, from 1, and how many there are.
#[derive(Clone, Copy)]
struct Turn {
    number: u32,
    count: u32,
}

struct Maker<'a> {
    tree: &'a Tree,
    made: usize,
}

impl Maker<'_> {
    /// Makes a list of nodes. The depth is that of the abbreviation, which its parser bounds.
    fn list(
        &mut self,
        ids: &[usize],
        parent: Option<&str>,
        turns: &[Turn],
        out: &mut Vec<Made>,
    ) -> Option<()> {
        for id in ids {
            let node = self.tree.nodes.get(*id)?;
            let count = node.repeat.unwrap_or(1);
            for number in 1..=count {
                self.made += 1;
                if self.made > ELEMENTS {
                    return None;
                }
                let mut inner = turns.to_vec();
                if node.repeat.is_some() {
                    inner.push(Turn { number, count });
                }
                if node.is_group {
                    self.list(&node.children, parent, &inner, out)?;
                } else {
                    let made = self.element(node, parent, &inner)?;
                    out.push(made);
                }
            }
        }
        Some(())
    }

    fn element(&mut self, node: &Node, parent: Option<&str>, turns: &[Turn]) -> Option<Made> {
        let turn = turns.last().copied();
        let text = node.text.as_deref().map(|text| numbered(text, turn));
        let is_text = node.name.is_empty()
            && node.id.is_none()
            && node.classes.is_empty()
            && node.attributes.is_empty()
            && text.is_some();
        if let Some(count) = lorem_words(&node.name) {
            return Some(Made::text(lorem(count)));
        }
        if is_text {
            return Some(Made::text(text.unwrap_or_default()));
        }
        let written = numbered(&node.name, turn);
        let (name, given) = match shorthand(&written) {
            Some((name, given)) => (name.to_owned(), given),
            None if written.is_empty() => (implied(parent).to_owned(), Vec::new()),
            None => (written, Vec::new()),
        };
        let mut attributes: Vec<(String, String)> =
            given.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let mut set = |name: String, value: String| match attributes.iter_mut().find(|(one, _)| *one == name)
        {
            Some((_, old)) => *old = value,
            None => attributes.push((name, value)),
        };
        if let Some(id) = &node.id {
            set("id".to_owned(), numbered(id, turn));
        }
        if !node.classes.is_empty() {
            let classes: Vec<String> = node.classes.iter().map(|class| numbered(class, turn)).collect();
            set("class".to_owned(), classes.join(" "));
        }
        for (name, value) in &node.attributes {
            set(
                numbered(name, turn),
                value.as_deref().map(|value| numbered(value, turn)).unwrap_or_default(),
            );
        }
        let mut children = Vec::new();
        self.list(&node.children, Some(&name), turns, &mut children)?;
        Some(Made { self_closing: node.self_closing, name, attributes, text, children })
    }
}

impl Made {
    fn text(text: String) -> Self {
        Self {
            name: String::new(),
            attributes: Vec::new(),
            text: Some(text),
            self_closing: false,
            children: Vec::new(),
        }
    }

    fn is_in_line(&self) -> bool {
        self.name.is_empty() || is_inline(&self.name) && !breaks(&self.children)
    }
}

/// Whether the elements stand on lines of their own.
fn breaks(elements: &[Made]) -> bool {
    elements.iter().any(|element| !element.is_in_line())
        || elements.iter().filter(|element| !element.name.is_empty()).count() >= IN_LINE
}

fn write_all(elements: &[Made], options: Options, depth: usize, out: &mut String) -> Option<()> {
    let broken = breaks(elements);
    for (at, element) in elements.iter().enumerate() {
        if at > 0 && broken {
            line(depth, out);
        }
        write(element, options, depth, out)?;
        if out.len() > BYTES {
            return None;
        }
    }
    Some(())
}

fn line(depth: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n('\t', depth));
}

fn write(element: &Made, options: Options, depth: usize, out: &mut String) -> Option<()> {
    let text = element.text.as_deref().map(escaped);
    if element.name.is_empty() {
        out.push_str(&text.unwrap_or_default());
        return Some(());
    }
    let name = escaped(&element.name);
    out.push_str(&format!("<{name}"));
    for (attribute, value) in &element.attributes {
        out.push_str(&format!(" {}=\"", escaped(attribute)));
        if value.is_empty() || value.ends_with(':') || value.ends_with("://") {
            out.push_str(&escaped(value));
            out.push(STOP);
        } else {
            out.push_str(&escaped(value));
        }
        out.push('"');
    }
    if velox_syntax::is_void(&element.name) {
        out.push_str(if options.self_closing || element.self_closing { " />" } else { ">" });
        return Some(());
    }
    if element.self_closing {
        out.push_str(" />");
        return Some(());
    }
    out.push('>');
    match &text {
        Some(text) => out.push_str(text),
        None if element.children.is_empty() => out.push(STOP),
        None => {}
    }
    if !element.children.is_empty() {
        if breaks(&element.children) {
            line(depth + 1, out);
            write_all(&element.children, options, depth + 1, out)?;
            line(depth, out);
        } else {
            write_all(&element.children, options, depth, out)?;
        }
    }
    out.push_str(&format!("</{name}>"));
    Some(())
}

/// A text with the number of its turn for each run of `$`: `$$` pads with zeros, `$@3` counts from 3, `$@-` downwards.
fn numbered(text: &str, turn: Option<Turn>) -> String {
    let Turn { number, count } = turn.unwrap_or(Turn { number: 1, count: 1 });
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let run = rest[at..].len() - rest[at..].trim_start_matches('$').len();
        rest = &rest[at + run..];
        let mut value = u64::from(number);
        if let Some(after) = rest.strip_prefix('@') {
            let (down, after) = match after.strip_prefix('-') {
                Some(after) => (true, after),
                None => (false, after),
            };
            let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let start: u64 = after[..digits].parse().unwrap_or(1);
            value = start + u64::from(if down { count - number } else { number - 1 });
            rest = &after[digits..];
        }
        out.push_str(&format!("{value:0run$}"));
    }
    out.push_str(rest);
    out
}

/// A text as it stands in a snippet.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}").replace(STOP, "")
}

/// The text with its tab stops numbered, the last one `$0`.
fn with_stops(text: &str) -> String {
    let count = text.matches(STOP).count();
    let mut out = String::with_capacity(text.len() + count);
    let mut number = 0;
    for character in text.chars() {
        if character == STOP {
            number += 1;
            out.push_str(&if number == count { "$0".to_owned() } else { format!("${number}") });
        } else {
            out.push(character);
        }
    }
    out
}
