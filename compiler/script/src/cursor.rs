//! What stands at an offset of code, and around it, by tokens alone: it answers where the code does not parse, as code seldom does
//! while it is typed.
//!
//! Refuses to know what names mean, and types. Linear in the text before the offset; what is looked for behind it is bounded.

mod ahead;
mod finish;
mod frame;
mod pattern;
mod place;
mod walk;

use crate::scan::{Kind, Scanner};
use velox_diagnostics::Span;

/// What an offset stands in, the innermost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In code.
    Code,
    /// In a string: what is between its quotes. Of one that is never closed it ends with the word at the offset.
    String(Span),
    /// In the text of a template literal: the stretch between two of its delimiters, and where the literal begins.
    Template(Span, u32),
    /// In a comment: what is between its delimiters, and whether it begins with `//`.
    Comment(Span, bool),
    /// In a regular expression or a number.
    Literal,
}

/// A name that is in scope at the offset, and declared in the code before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Local {
    /// The name.
    pub name: String,
    /// Its place.
    pub span: Span,
    /// What declares it.
    pub kind: LocalKind,
    /// Whether it is declared inside a bracket of the code, and not at its top level.
    pub inner: bool,
}

/// What declares a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalKind {
    /// A parameter, or the name of `catch`.
    Parameter,
    /// `const`, `let`, `var`.
    Variable,
    /// A function.
    Function,
    /// A class.
    Class,
}

/// What a member is read of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// Nothing: no dot stands before the word.
    None,
    /// A chain of names: `a.b.` gives `a`, `b`.
    Chain(Vec<String>, Span),
    /// Any other expression; the span ends where it ends.
    Other(u32),
}

/// A bracket that is open at the offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosing {
    /// Where it stands.
    pub open: u32,
    /// What it begins.
    pub kind: EnclosingKind,
    /// Number of commas in it before the offset.
    pub index: u32,
}

/// What an open bracket begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnclosingKind {
    /// An object literal (or a pattern among parameters): the key whose value the offset is in, and all keys in it.
    Object {
        /// The key, with its place.
        key: Option<(String, Span)>,
        /// Keys that are written, before and behind the offset.
        keys: Vec<String>,
    },
    /// A pattern behind `const`, `let` or `var`: what it takes apart, where that is a chain of names, and the keys in it.
    Pattern {
        /// `params` of `const { slug } = params`.
        of: Vec<String>,
        /// Keys that are written.
        keys: Vec<String>,
    },
    /// The braces of an `import` or `export`.
    Clause {
        /// Whether of an `import`.
        import: bool,
        /// The specifier behind `from`.
        specifier: Option<String>,
        /// Names that are written.
        keys: Vec<String>,
    },
    /// An array literal.
    Array,
    /// The arguments of a call: the chain of names that is called.
    Call {
        /// `a`, `b` of `a.b(`; empty where no chain of names is called.
        callee: Vec<String>,
        /// The place of the chain.
        span: Span,
        /// Whether `new` stands before it.
        is_new: bool,
    },
    /// A block of statements, or the body of a class.
    Block,
    /// `${` of a template literal.
    Hole,
    /// `[` behind a value.
    Index,
    /// Any other bracket.
    Group,
}

/// What is known of an offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// What it stands in.
    pub place: Place,
    /// The word that it stands in or ends; empty where there is none.
    pub word: Span,
    /// What a member is read of, where the word is one.
    pub receiver: Receiver,
    /// Brackets that are open, the outermost first.
    pub around: Vec<Enclosing>,
    /// Whether a statement may begin with the word.
    pub starts_statement: bool,
    /// Words of the statement at top level that the offset is in, before its first `=` or bracket: `export`, `const`, `config`.
    pub head: Vec<String>,
    /// The words of the innermost statement, in the same way.
    pub inner_head: Vec<String>,
    /// The token before the word; empty at the start.
    pub before: String,
    /// Names in scope, outer before inner.
    pub locals: Vec<Local>,
}

/// Where in an object literal that is the value of a top-level name an offset stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectPath {
    /// The name: `config`; `default` for `export default`.
    pub owner: String,
    /// Whether it is exported.
    pub exported: bool,
    /// Keys from the outermost object on, those of the value that the offset is in included; `[]` for an array.
    pub keys: Vec<String>,
    /// The keys of the innermost object, where a key may stand at the offset; nothing where a value may.
    pub siblings: Option<Vec<String>>,
}

/// What stands at an offset. `elements` are the elements in the text, which are looked past; none of them holds the offset.
#[must_use]
pub fn cursor_at(text: &str, elements: &[Span], offset: u32) -> Cursor {
    let blank = place::without_elements(text, elements);
    walk::Walk::new(blank.as_deref().unwrap_or(text), offset).run()
}

/// The place of an offset in the object that is the value of a top-level name: `export const config = { render: '|' }` gives
/// `config` and `render`. Objects that a function of that name returns count too, and those given to one wrapping function.
#[must_use]
pub fn object_path_at(text: &str, offset: u32) -> Option<ObjectPath> {
    cursor_at(text, &[], offset).object_path()
}

/// Where the bracket that a text begins with is closed; nothing where it is not.
#[must_use]
pub fn bracket_end(text: &str) -> Option<u32> {
    let mut scanner = Scanner::new(text.as_bytes(), 0, text.len());
    scanner.next();
    loop {
        let token = scanner.next();
        if token.kind == Kind::End {
            return None;
        }
        if scanner.open.is_empty() {
            return Some(token.start as u32);
        }
    }
}

/// The commas of a text that stand in no bracket of it, angle brackets of types included.
#[must_use]
pub fn commas(text: &str) -> Vec<u32> {
    dividers(text, b',')
}

/// The parts of a text between the marks (`|`, `;`) that stand in no bracket of it.
#[must_use]
pub fn parts_between(text: &str, mark: u8) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in dividers(text, mark) {
        found.extend(text.get(start..at as usize));
        start = at as usize + 1;
    }
    found.extend(text.get(start..));
    found
}

fn dividers(text: &str, mark: u8) -> Vec<u32> {
    let mut scanner = Scanner::new(text.as_bytes(), 0, text.len());
    let (mut found, mut angles) = (Vec::new(), 0i32);
    loop {
        let token = scanner.next();
        match &text.as_bytes()[token.start..token.end] {
            _ if token.kind == Kind::End => return found,
            b"<" => angles += 1,
            b">" => angles -= 1,
            b">>" => angles -= 2,
            [byte] if *byte == mark && scanner.open.is_empty() && angles <= 0 => {
                found.push(token.start as u32)
            }
            _ => {}
        }
    }
}

impl Cursor {
    /// See [`object_path_at`].
    #[must_use]
    pub fn object_path(&self) -> Option<ObjectPath> {
        let exported = self.head.first().is_some_and(|word| word == "export");
        let owner = match self
            .head
            .iter()
            .rposition(|word| matches!(&**word, "const" | "let" | "var" | "function" | "default"))
        {
            Some(at) if self.head[at] == "default" => "default".to_owned(),
            Some(at) => self.head.get(at + 1)?.clone(),
            None => return None,
        };
        // In a function's body only what is returned is its value.
        let in_body = self.around.iter().any(|enclosing| enclosing.kind == EnclosingKind::Block);
        if in_body && self.inner_head.first().is_none_or(|word| word != "return") {
            return None;
        }
        let mut path = ObjectPath { owner, exported, keys: Vec::new(), siblings: None };
        let mut calls = 0;
        for (at, enclosing) in self.around.iter().enumerate() {
            path.siblings = None;
            let is_last = at + 1 == self.around.len();
            match &enclosing.kind {
                EnclosingKind::Object { key: Some((key, _)), .. } => path.keys.push(key.clone()),
                EnclosingKind::Object { key: None, keys } if is_last => path.siblings = Some(keys.clone()),
                EnclosingKind::Array => path.keys.push("[]".to_owned()),
                // A function that returns the object; a group around it.
                EnclosingKind::Block | EnclosingKind::Group if path.keys.is_empty() => {}
                // `defineConfig({ ... })`, its one argument.
                EnclosingKind::Call { .. } if at == 0 && enclosing.index == 0 && calls == 0 => calls += 1,
                _ => return None,
            }
        }
        Some(path)
    }

    /// The innermost open bracket.
    #[must_use]
    pub fn inside(&self) -> Option<&EnclosingKind> {
        self.around.last().map(|enclosing| &enclosing.kind)
    }
}
