//! Emmet abbreviations: `ul>li.item$*3>a{Text $}` as markup.
//!
//! Pure: text in, a snippet out. What it makes is bounded, whatever numbers an abbreviation holds. CSS abbreviations are not read.

mod expand;
mod names;
mod parse;

/// How markup is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether elements without content end with `/>`, as in TSX.
    pub self_closing: bool,
}

/// The longest abbreviation that is read, in bytes.
const LONGEST: usize = 500;

/// The markup that an abbreviation stands for, as a snippet of the protocol: with tab stops, `$`, `}` and `\` escaped, lines indented
/// by tabs. `parent` is the name of the element around it. Nothing where it is no abbreviation, or stands for too much.
#[must_use]
pub fn expand(abbreviation: &str, parent: Option<&str>, options: Options) -> Option<String> {
    if abbreviation.len() > LONGEST {
        return None;
    }
    if let Some(whole) = names::document(abbreviation) {
        return Some(whole.to_owned());
    }
    let tree = parse::parse(abbreviation)?;
    expand::expand(&tree, parent, options)
}

/// Whether an abbreviation is one beyond doubt: each name in it is that of an element, of a shorthand or of a component that
/// `is_component` knows.
#[must_use]
pub fn is_plain(abbreviation: &str, is_component: &dyn Fn(&str) -> bool) -> bool {
    if names::document(abbreviation).is_some() {
        return true;
    }
    let Some(tree) = (abbreviation.len() <= LONGEST).then(|| parse::parse(abbreviation)).flatten() else {
        return false;
    };
    tree.nodes.iter().all(|node| {
        let name = node.name.trim_end_matches('$');
        name.is_empty()
            || names::is_element(name)
            || names::shorthand(name).is_some()
            || names::lorem_words(name).is_some()
            || name.contains('-') && name.starts_with(|first: char| first.is_ascii_lowercase())
            || is_component(name)
    })
}

/// The abbreviation that ends at the end of a text: its start, in bytes.
#[must_use]
pub fn start_of(text: &str) -> usize {
    let mut closers: Vec<char> = Vec::new();
    let mut start = text.len();
    for (at, character) in text.char_indices().rev() {
        if let Some(opener) = closers.last() {
            // In braces and brackets anything may stand but a line break.
            if character == *opener {
                closers.pop();
            } else if matches!(character, '\n' | '\r') {
                break;
            } else if let Some(opener) = opener_of(character)
                && *closers.last().unwrap_or(&' ') != '{'
            {
                closers.push(opener);
            }
        } else if let Some(opener) = opener_of(character) {
            closers.push(opener);
        } else if !(character.is_ascii_alphanumeric() || "-_:.#>+^*$@!/".contains(character)) {
            break;
        }
        if closers.is_empty() {
            start = at;
        }
    }
    // What follows a tag belongs to no tag.
    let found = &text[start..];
    match found.find(|character: char| character != '>' && character != '/') {
        Some(skipped) => start + skipped,
        None => text.len(),
    }
}

fn opener_of(closer: char) -> Option<char> {
    match closer {
        '}' => Some('{'),
        ']' => Some('['),
        ')' => Some('('),
        _ => None,
    }
}
