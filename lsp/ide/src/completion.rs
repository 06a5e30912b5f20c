//! Completion: what could stand at the cursor.
//!
//! [`complete`] lists names and what is typed for them; [`resolve`] adds documentation and the edits elsewhere (an import) of one.

mod attributes;
mod closing;
mod components;
mod elements;
pub mod emmet;
mod exports;
mod fences;
mod ignore;
pub(crate) mod members;
mod names;
mod references;
mod routes;
mod script;
mod selectors;
pub(crate) mod settings;
mod slots;
mod specifiers;
pub(crate) mod strings;
mod tags;
mod template;
mod texts;
mod values;

pub(crate) use components::value_form;
pub(crate) use exports::METHODS;

use crate::{Context, Document, TextEdit, context_at};
use velox_diagnostics::Span;

/// What an item stands for; an editor shows it as a small picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// An HTML element or a closing tag.
    Element,
    /// An attribute.
    Attribute,
    /// A value of an attribute or of a setting.
    Value,
    /// A directive of Velox: `client:load`.
    Directive,
    /// A component.
    Component,
    /// A value in scope.
    Variable,
    /// A function in scope, or of the framework.
    Function,
    /// A param of the route.
    Param,
    /// A key of an object.
    Property,
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A route.
    Route,
    /// A cache tag.
    Tag,
    /// A code of a diagnostic.
    Code,
    /// A keyword.
    Keyword,
    /// A text with places to fill in.
    Snippet,
    /// A slot or layout.
    Slot,
}

/// Something that could stand at the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is shown, and matched against what is typed unless `filter` says otherwise.
    pub label: String,
    /// What it is.
    pub kind: ItemKind,
    /// A short word on it, shown beside the label: the type, the mode, the path.
    pub detail: Option<String>,
    /// What is typed is matched against this instead of the label.
    pub filter: Option<String>,
    /// Order among the items; by the label where it is missing.
    pub sort: Option<String>,
    /// What replaces [`Items::span`] (or `span`), in the snippet syntax of the protocol where `snippet` is set.
    pub text: String,
    /// Another span to replace than that of the list.
    pub span: Option<Span>,
    /// Whether `text` has places to fill in: `$1`, `${2:name}`, `$0`. Without snippet support the server strips them.
    pub snippet: bool,
    /// Markdown, where it is at hand without asking for more.
    pub documentation: Option<String>,
    /// Edits elsewhere in the file: an import. Where they are dear, [`resolve`] makes them.
    pub also: Vec<TextEdit>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Whether the editor should ask again after it is inserted: `href=""` wants its routes.
    pub again: bool,
    /// Characters that accept it.
    pub commit: Vec<char>,
    /// Whether choosing it adds an import.
    pub imports: bool,
    /// Whether it is the expansion of an Emmet abbreviation.
    pub emmet: bool,
    /// What [`resolve`] needs to know it again; nothing where there is no more to say.
    pub id: Option<String>,
}

impl Item {
    /// An item that inserts its label.
    #[must_use]
    pub fn new(label: impl Into<String>, kind: ItemKind) -> Self {
        let label = label.into();
        Self {
            text: label.clone(),
            label,
            kind,
            detail: None,
            filter: None,
            sort: None,
            span: None,
            snippet: false,
            documentation: None,
            also: Vec::new(),
            deprecated: false,
            again: false,
            commit: Vec::new(),
            imports: false,
            emmet: false,
            id: None,
        }
    }
}

/// What could stand at a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Items {
    /// What an item replaces: the word that is being typed.
    pub span: Span,
    /// The items.
    pub items: Vec<Item>,
    /// Whether typing on may bring others.
    pub incomplete: bool,
}

/// What [`resolve`] adds to an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Markdown.
    pub documentation: Option<String>,
    /// Edits elsewhere in the file.
    pub also: Vec<TextEdit>,
}

/// What could stand at an offset. `typed` is the character that brought the question, if one did.
#[must_use]
pub fn complete(document: Document<'_>, offset: u32, typed: Option<char>) -> Option<Items> {
    let context = context_at(document, offset);
    match context {
        Context::Fence | Context::Script | Context::Hole { .. } => {
            template::complete_in_code(document, offset, context)
                .or_else(|| script::complete(document, offset, context, typed))
        }
        _ => {
            let mut items = template::complete(document, offset, context, typed);
            let fences = fences::at_top(document, offset);
            if !fences.is_empty() {
                let span = Span::at(offset);
                items.get_or_insert(Items { span, ..Items::default() }).items.extend(fences);
            }
            items
        }
    }
}

/// More on an item, by its id: `template:` or `script:`, and what the module that made it wrote behind it.
#[must_use]
pub fn resolve(document: Document<'_>, id: &str) -> Option<Details> {
    match id.split_once(':')? {
        ("script", rest) => script::resolve(document, rest),
        ("template", rest) => template::resolve(document, rest),
        _ => None,
    }
}

/// The text of a snippet without its places to fill in: `$1` and `$0` vanish, `${1:name}` leaves `name`, `${1|a,b|}` leaves `a`.
#[must_use]
pub fn without_stops(snippet: &str) -> String {
    let mut out = String::new();
    let mut rest = snippet.chars().peekable();
    // For each open `${1:`, a closing brace that is not copied.
    let mut open = 0;
    while let Some(character) = rest.next() {
        match character {
            '\\' => out.extend(rest.next()),
            '}' if open > 0 => open -= 1,
            '$' => {
                let braced = rest.next_if_eq(&'{').is_some();
                while rest.next_if(char::is_ascii_digit).is_some() {}
                if !braced {
                    continue;
                }
                match rest.next() {
                    Some(':') => open += 1,
                    Some('|') => {
                        while let Some(character) = rest.next_if(|next| !matches!(next, ',' | '|')) {
                            out.push(character);
                        }
                        while rest.next_if(|next| *next != '}').is_some() {}
                        rest.next();
                    }
                    _ => {}
                }
            }
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::without_stops;

    #[test]
    fn a_snippet_loses_its_stops() {
        let cases = [
            ("<p>$1</p>$0", "<p></p>"),
            ("${1:name}=\\$2", "name=$2"),
            ("render: '${1|ssr,ssg|}',$0", "render: 'ssr',"),
            ("({ ${1:a: ${2:b}} })", "({ a: b })"),
            ("plain { text }", "plain { text }"),
        ];
        for (snippet, text) in cases {
            assert_eq!(without_stops(snippet), text);
        }
    }
}
