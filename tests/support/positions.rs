//! Follows the identifiers of emitted code back to the source, by its source map.
//!
//! The map is read by a library, not by our own encoder's twin.

use crate::fixture::{Fixture, FixtureFile};
use crate::project::TestProject;
use velox_core::emit::{Emitted, source_map};
use velox_db::{Database, Project, SourceFile};

/// Emits a file that stands alone, and follows every identifier of the code that its map knows back to the source. Gives how many
/// there are.
///
/// # Panics
/// Where one of them leads to another word than itself, unless `renamed` says that this word (the first) stands for that one.
pub fn follow(
    path: &str,
    text: &str,
    emit: impl Fn(&Database, Project, SourceFile) -> Emitted,
    renamed: impl Fn(&str, &str) -> bool,
) -> usize {
    let file = FixtureFile { path: path.to_owned(), text: text.to_owned(), marks: Vec::new() };
    let project = TestProject::new(&Fixture { files: vec![file] });
    let emitted = emit(&project.db, project.project, project.file(path));
    let map = source_map("out.js", path, text, &emitted.code, &emitted.mappings);
    let map = sourcemap::SourceMap::from_slice(map.as_bytes()).expect("a valid map");
    let (code, source): (Vec<&str>, Vec<&str>) =
        (emitted.code.split('\n').collect(), text.split('\n').collect());
    let mut followed = 0;
    for token in map.tokens() {
        let generated = word_at(code[token.get_dst_line() as usize], token.get_dst_col());
        let original = word_at(source_line(text, &source, token.get_src_line()), token.get_src_col());
        // A printed statement begins with another word than it has in the source: `var` for `enum`; a component that is
        // rendered in the browser only is `null` on the server.
        let keyword = ["return", "export", "var", "let", "null"].contains(&generated);
        if generated.is_empty() || original.is_empty() || keyword || renamed(generated, original) {
            continue;
        }
        assert_eq!(
            generated,
            original,
            "{path}: generated {}:{}",
            token.get_dst_line() + 1,
            token.get_dst_col() + 1
        );
        followed += 1;
    }
    followed
}

/// Lines as the map counts them: a lone `\r` ends one too.
fn source_line<'a>(text: &'a str, lines: &[&'a str], line: u32) -> &'a str {
    if !text.contains('\r') {
        return lines[line as usize];
    }
    let index = velox_diagnostics::LineIndex::new(text);
    &text[index.line_start(line as usize) as usize..index.line_start(line as usize + 1) as usize]
}

/// The identifier at a UTF-16 column.
fn word_at(line: &str, column: u32) -> &str {
    let mut units = 0;
    for (at, character) in line.char_indices() {
        if units == column {
            let rest = &line[at..];
            let end =
                rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '$')).unwrap_or(rest.len());
            return &rest[..end];
        }
        units += character.len_utf16() as u32;
    }
    ""
}
