//! Renaming what stands at the cursor, in all files that name it.
//!
//! A rename is tried before it is offered: in each file that it touches all names must mean afterwards what they meant before.

mod param;
mod trial;

use crate::symbol::modules::{Mention, Root, Search, Spelling, export_root};
use crate::symbol::names::{FileNames, Meaning, NameAt};
use crate::symbol::site::{Destination, uses_of_tag};
use crate::symbol::styles::{StyleKind, style_names, unquoted};
use crate::symbol::{Symbol, export_at, symbol_at, trees, uses};
use crate::{Change, Document, TextEdit, UseKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use velox_core::ambient::SPECIAL_EXPORTS;
use velox_core::route::is_identifier;
use velox_db::{FileRole, SourceFile};
use velox_diagnostics::Span;
use velox_script::{BindingKind, NameRole};
use velox_syntax::{AttributeValue, NodeKind};

/// What would be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The name at the cursor, as it is edited.
    pub span: Span,
    /// The name now.
    pub name: String,
}

/// What a rename changes.
enum Subject {
    /// A name of the file alone.
    Local(Meaning),
    /// An import, in the file that imports it: `import { a as b }`.
    Import(String),
    /// What a file declares at its top level, and all that import it.
    Shared(SourceFile, String),
    /// What `export { other as name }` of a file gives, and all that import it.
    Alias(SourceFile, String),
    /// A param of the route that the file is: its file or folder gets another name.
    Param(String),
    /// Text that is no name of TypeScript: a slot, a tag, a class, an id.
    Text(Symbol),
}

/// What would be renamed at an offset.
///
/// # Errors
/// Why nothing can be renamed there, in one line.
pub fn prepare(document: Document<'_>, offset: u32) -> Result<Renamed, String> {
    let (span, _) = subject(document, offset)?;
    Ok(Renamed { span, name: span.text(document.text()).to_owned() })
}

/// The edits that rename what stands at an offset.
///
/// # Errors
/// Why it cannot get this name, in one line: it is no name, or it is taken.
pub fn rename(document: Document<'_>, offset: u32, name: &str) -> Result<Change, String> {
    let (span, subject) = subject(document, offset)?;
    let old = span.text(document.text());
    if old == name {
        return Ok(Change::default());
    }
    let mentions = match subject {
        Subject::Text(symbol) => {
            check_text(&symbol, name)?;
            return text_change(document, &symbol, name);
        }
        _ if !is_identifier(name) => {
            return Err(format!("`{name}` is no name that a variable can have"));
        }
        Subject::Param(old) => return param::change(document, &old, name),
        Subject::Alias(file, alias) => {
            check_framework_name(document.with(file), &alias, name)?;
            let mut search = Search::new(document.db, document.project, false);
            search.alias(file, &alias);
            search.found
        }
        Subject::Local(meaning) => local_mentions(document, &meaning),
        Subject::Import(local) => {
            check_framework_name(document, &local, name)?;
            let mut search = Search::new(document.db, document.project, false);
            search.local(document.file, &local, true);
            search.found
        }
        Subject::Shared(file, top) => {
            check_framework_name(document.with(file), &top, name)?;
            let mut search = Search::new(document.db, document.project, false);
            search.top(file, &top);
            search.found
        }
    };
    let change = edits(document, &mentions, old, name);
    trial::keeps_meaning(document, &change, name)?;
    Ok(change)
}

/// What stands at an offset, as far as it can be renamed.
fn subject(document: Document<'_>, offset: u32) -> Result<(Span, Subject), String> {
    let text = document.text();
    let names = FileNames::of(document.db, document.file);
    if let Some(name) = names.at(offset) {
        let subject = named(document, &names, &name)?;
        return Ok((name.span, subject));
    }
    if let Some((span, file, name)) = export_at(document, &names, offset) {
        if name == "default" {
            return Err("a default export has no name: rename it where it is imported".to_owned());
        }
        return match export_root(document.db, document.project, file, &name, 0) {
            Some(Root::Top(file)) => shared(document, file, &name).map(|subject| (span, subject)),
            Some(Root::Alias(file)) if span.text(text) == name => {
                shared(document, file, &name).map(|_| (span, Subject::Alias(file, name)))
            }
            _ => Err(format!("what exports `{name}` is not to be seen in this project")),
        };
    }
    let Some((span, symbol)) = symbol_at(document, offset) else {
        return Err("nothing here has a name that can be changed".to_owned());
    };
    let written = span.text(text);
    match &symbol {
        Symbol::Slot(_, name) if name == "default" => {
            Err("the slot without a name is called `default` by the language".to_owned())
        }
        Symbol::Slot(_, name) if name != written => {
            Err(format!("the slot is called `{name}`: rename it in its `name`"))
        }
        Symbol::Slot(..) | Symbol::Style(..) => Ok((span, Subject::Text(symbol))),
        Symbol::Tag(tag) if tag.text().is_some() => Ok((span, Subject::Text(symbol))),
        Symbol::Tag(_) => Err("a cache tag with holes is put together by code: edit it there".to_owned()),
        Symbol::Url(Destination::Routes(_)) => {
            Err("a route is named by its file: rename or move that, and links follow".to_owned())
        }
        Symbol::Layout(_) => {
            Err("a layout is named by its file: rename that, and the pages that use it follow".to_owned())
        }
        Symbol::File(_) | Symbol::Url(Destination::Public(_)) => {
            Err("this names a file: rename or move that, and what leads to it follows".to_owned())
        }
        Symbol::Param(name) => {
            param::check(document, name)?;
            Ok((unquoted(span, text), Subject::Param(name.clone())))
        }
        Symbol::Prop(..) => Err("props cannot be renamed without types".to_owned()),
        Symbol::Local(_) | Symbol::Shared(_) => Err("nothing here has a name that can be changed".to_owned()),
    }
}

/// What renaming a name of the file changes.
fn named(document: Document<'_>, names: &FileNames<'_>, name: &NameAt) -> Result<Subject, String> {
    match &name.meaning {
        Meaning::Inner(..) => Ok(Subject::Local(name.meaning.clone())),
        Meaning::Free(text) if !names.declares(text) => {
            Err(format!("`{text}` is not declared in this project: it comes from Velox or from the platform"))
        }
        Meaning::Top(text) | Meaning::Free(text) => {
            let declared = names.declaration(&name.meaning);
            if declared.is_some_and(|one| one.kind == Some(BindingKind::Import)) {
                return Ok(Subject::Import(text.clone()));
            }
            shared(document, document.file, text)
        }
    }
}

/// A top-level name of a file, unless its name has a meaning for Velox.
fn shared(document: Document<'_>, file: SourceFile, name: &str) -> Result<Subject, String> {
    let document = document.with(file);
    let exported = document.module_facts().exports.iter().any(|export| export.name == name);
    if exported && has_meaning(document, name) {
        return Err(format!("`{name}` is exported for Velox, which knows it by this name"));
    }
    Ok(Subject::Shared(file, name.to_owned()))
}

/// Whether an export of this name means something to Velox.
fn has_meaning(document: Document<'_>, name: &str) -> bool {
    match document.role() {
        FileRole::Velox(_) | FileRole::TsxPage => SPECIAL_EXPORTS.contains(&name),
        FileRole::Endpoint => {
            name == "config" || ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].contains(&name)
        }
        FileRole::Middleware | FileRole::Config => true,
        _ => false,
    }
}

/// Refuses a new name that would make an export mean something else.
fn check_framework_name(document: Document<'_>, old: &str, name: &str) -> Result<(), String> {
    let exports = &document.module_facts().exports;
    let exported = exports.iter().any(|export| export.name == old);
    if !exported {
        return Ok(());
    }
    if has_meaning(document, name) {
        return Err(format!("an export called `{name}` has a meaning of its own in this file"));
    }
    if exports.iter().any(|export| export.name == name) {
        return Err(format!("{} exports a `{name}` already", document.path()));
    }
    Ok(())
}

fn local_mentions(document: Document<'_>, meaning: &Meaning) -> Vec<Mention> {
    let names = FileNames::of(document.db, document.file).with(meaning);
    names
        .into_iter()
        .map(|name| Mention {
            file: document.file,
            span: name.span,
            kind: if name.role == NameRole::Read { UseKind::Read } else { UseKind::Write },
            spelling: name.form.into(),
        })
        .collect()
}

/// The edits that give each mention its new name.
fn edits(document: Document<'_>, mentions: &[Mention], old: &str, name: &str) -> Change {
    let mut by_file: BTreeMap<&str, Vec<&Mention>> = BTreeMap::new();
    for mention in mentions {
        by_file.entry(mention.file.path(document.db)).or_default().push(mention);
    }
    let mut change = Change::default();
    for (path, mentions) in by_file {
        let shorthands = shorthand_attributes(document.with(mentions[0].file));
        let mut seen = FxHashSet::default();
        let edits = mentions
            .into_iter()
            .filter(|mention| seen.insert(mention.span.start))
            .map(|mention| match (mention.spelling, shorthands.get(&mention.span.start)) {
                (_, Some(attribute)) => TextEdit::new(*attribute, format!("{old}={{{name}}}")),
                (Spelling::Value, None) => TextEdit::new(mention.span, format!("{old}: {name}")),
                (Spelling::Import, None) => TextEdit::new(mention.span, format!("{old} as {name}")),
                (Spelling::Export, None) => TextEdit::new(mention.span, format!("{name} as {old}")),
                (Spelling::Key, None) => TextEdit::new(mention.span, format!("{name}: {old}")),
                (Spelling::Plain, None) => TextEdit::new(mention.span, name),
            })
            .collect();
        change.add(path, edits);
    }
    change
}

/// Attributes `{name}`, by the places of their names.
fn shorthand_attributes(document: Document<'_>) -> FxHashMap<u32, Span> {
    let mut found = FxHashMap::default();
    for (tree, _, base) in trees(document) {
        for node in &tree.nodes {
            let NodeKind::Element(element) = &node.kind else { continue };
            for attribute in &element.attributes {
                if let AttributeValue::Shorthand(_) = attribute.value {
                    found.insert(attribute.name.start + base, attribute.span.shift(base));
                }
            }
        }
    }
    found
}

/// Refuses a text that cannot stand where the old one does.
fn check_text(symbol: &Symbol, name: &str) -> Result<(), String> {
    let fits = match symbol {
        Symbol::Style(..) => {
            let mut characters = name.chars();
            characters
                .next()
                .is_some_and(|first| first.is_alphabetic() || matches!(first, '_' | '-') && name.len() > 1)
                && characters.all(|next| next.is_alphanumeric() || matches!(next, '_' | '-'))
        }
        Symbol::Slot(..) => {
            name != "default" && !name.is_empty() && !name.contains(is_awkward) && !name.contains(' ')
        }
        _ => !name.is_empty() && !name.contains(is_awkward),
    };
    if fits { Ok(()) } else { Err(format!("`{name}` cannot stand here as it is")) }
}

/// What would have to be escaped in one of the places.
fn is_awkward(character: char) -> bool {
    matches!(character, '"' | '\'' | '`' | '\\' | '<' | '>' | '{' | '}' | '&' | '$') || character.is_control()
}

/// Replaces a text wherever it stands.
fn text_change(document: Document<'_>, symbol: &Symbol, name: &str) -> Result<Change, String> {
    let mut change = Change::default();
    if let Symbol::Tag(tag) = symbol {
        let all = uses_of_tag(document, tag);
        if let Some((file, _, _)) = all.iter().find(|(_, one, _)| one.text != *tag || !one.verbatim) {
            let path = file.path(document.db);
            return Err(format!("{path} puts a tag together that can be this one: edit it there first"));
        }
        let renamed = velox_core::analyze::site::Glob::literal(name);
        if !uses_of_tag(document, &renamed).is_empty() {
            return Err(format!("there is a cache tag `{name}` already"));
        }
        for (file, one, _) in all {
            change.add(file.path(document.db), vec![TextEdit::new(one.span, name)]);
        }
        return Ok(change);
    }
    match symbol {
        Symbol::Slot(owners, _) => {
            let taken = owners
                .iter()
                .find(|owner| document.with(**owner).page().slots.iter().any(|slot| slot == name));
            if let Some(owner) = taken {
                return Err(format!("{} has a slot `{name}` already", owner.path(document.db)));
            }
            if owners.is_empty() {
                return Err("nothing declares this slot".to_owned());
            }
        }
        Symbol::Style(kind, _) if !uses(document, &Symbol::Style(*kind, name.to_owned())).is_empty() => {
            return Err(format!("the file has a `{name}` already"));
        }
        _ => {}
    }
    if let Symbol::Style(kind, old) = symbol {
        return Ok(style_change(document, *kind, old, name));
    }
    for one in uses(document, symbol) {
        change.add(&one.path, vec![TextEdit::new(one.span, name)]);
    }
    // A tag without a name of its own is no place to write one.
    let text_of = |path: &str, span: Span| document.at(path).map(|file| span.text(file.text()).to_owned());
    let Symbol::Slot(_, old) = symbol else { return Ok(change) };
    for (path, edits) in &mut change.edits {
        edits.retain(|edit| text_of(path, edit.span).as_deref() == Some(&**old));
    }
    change.edits.retain(|_, edits| !edits.is_empty());
    Ok(change)
}

/// The edits that rename a class or id; a key of an object, and `{ name }`, get what an object needs.
fn style_change(document: Document<'_>, kind: StyleKind, old: &str, name: &str) -> Change {
    let names = FileNames::of(document.db, document.file);
    let key = if is_identifier(name) { name.to_owned() } else { format!("'{name}'") };
    let all = style_names(document).into_iter();
    let all = all.filter(|one| one.kind == kind && one.span.text(document.text()) == old);
    let edits = all
        .map(|one| match (one.is_key, names.at(one.span.start)) {
            (true, Some(_)) => TextEdit::new(one.span, format!("{key}: {old}")),
            (true, None) => TextEdit::new(one.span, key.clone()),
            (false, _) => TextEdit::new(one.span, name),
        })
        .collect();
    Change::of(document.path(), edits)
}
