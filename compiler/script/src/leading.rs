//! The imports that a module begins with, read without the parser: `import A, { b, c as d } from 'e';`.
//!
//! They are half of many server blocks. Refuses types, comments, escapes, attributes, and names that may be keywords: from the
//! first statement on that is not known for certain, all is the parser's. Each import that is read ends with its semicolon, so that
//! what follows parses as it would behind it.

use crate::{Import, ImportedName, plain, scan::is_word};
use velox_diagnostics::Span;

/// The imports, and where what follows the last of them begins.
pub(crate) fn imports(text: &str) -> (Vec<Import>, usize) {
    let mut reader = Reader { text, at: 0 };
    let mut imports = Vec::new();
    let mut end = 0;
    while let Some(import) = reader.import() {
        imports.push(import);
        end = reader.at;
    }
    (imports, end)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn eats(&mut self, byte: u8) -> bool {
        self.skip();
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        self.eats(byte).then_some(())
    }

    /// A word in ASCII.
    fn word(&mut self) -> Option<(&'a str, Span)> {
        self.skip();
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        let length = rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len());
        let word = self.text.get(start..start + length)?;
        let begins = rest.first().is_some_and(|byte| !byte.is_ascii_digit());
        if word.is_empty() || !begins || !word.is_ascii() || rest.get(length) == Some(&b'\\') {
            return None;
        }
        self.at += length;
        Some((word, Span::new(start as u32, self.at as u32)))
    }

    fn keyword(&mut self, wanted: &str) -> Option<()> {
        self.word().filter(|(word, _)| *word == wanted).map(|_| ())
    }

    /// A name that is declared.
    fn local(&mut self) -> Option<(&'a str, Span)> {
        self.word().filter(|(word, _)| plain::is_name(word) && !matches!(*word, "from" | "defer" | "source"))
    }

    fn import(&mut self) -> Option<Import> {
        self.skip();
        let start = self.at;
        self.keyword("import")?;
        self.skip();
        let mut names = Vec::new();
        if !matches!(self.peek()?, b'"' | b'\'') {
            self.clause(&mut names)?;
            self.keyword("from")?;
            self.skip();
        }
        let (specifier, specifier_span) = self.string()?;
        self.eat(b';')?;
        let span = Span::new(start as u32, self.at as u32);
        Some(Import { span, specifier, specifier_span, type_only: false, names })
    }

    fn clause(&mut self, names: &mut Vec<ImportedName>) -> Option<()> {
        if !matches!(self.peek()?, b'{' | b'*') {
            names.push(named(self.local()?, "default"));
            if !self.eats(b',') {
                return Some(());
            }
        }
        if self.eats(b'*') {
            self.keyword("as")?;
            names.push(named(self.local()?, "*"));
            return Some(());
        }
        self.eat(b'{')?;
        while !self.eats(b'}') {
            let start = self.at;
            let (imported, _) = self.word()?;
            self.skip();
            if matches!(self.peek()?, b',' | b'}') {
                self.at = start;
                let local = self.local()?;
                names.push(named(local, imported));
            } else {
                // `type A` would be the type, and not the name `type` with another one.
                if imported == "type" {
                    return None;
                }
                self.keyword("as")?;
                names.push(named(self.local()?, imported));
            }
            if !self.eats(b',') {
                self.eat(b'}')?;
                break;
            }
        }
        Some(())
    }

    /// A string without escapes.
    fn string(&mut self) -> Option<(String, Span)> {
        let start = self.at;
        let quote = self.peek().filter(|byte| matches!(byte, b'"' | b'\''))?;
        let rest = &self.text.as_bytes()[start + 1..];
        let length = rest.iter().position(|byte| *byte == quote || matches!(byte, b'\\' | b'\n' | b'\r'))?;
        if rest[length] != quote {
            return None;
        }
        self.at = start + length + 2;
        Some((
            self.text.get(start + 1..start + 1 + length)?.to_owned(),
            Span::new(start as u32, self.at as u32),
        ))
    }
}

fn named((local, span): (&str, Span), imported: &str) -> ImportedName {
    ImportedName { local: local.to_owned(), span, imported: imported.to_owned(), type_only: false }
}
