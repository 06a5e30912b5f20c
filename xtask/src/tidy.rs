//! Checks that no other tool makes: how files begin, how long they are, what they are called.

use crate::workspace::root;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders that are generated, installed, or hold material for tests.
const LEFT_OUT: [&str; 11] = [
    "target",
    "node_modules",
    ".git",
    ".velox",
    "dist",
    ".test",
    ".tmp",
    "snapshots",
    "cases",
    ".data",
    "corpus",
];

/// Lines that a file may have; from 300 on it is worth asking whether it is two.
const MOST_LINES: usize = 500;

/// Names that say nothing about what is in a file.
const NO_NAMES: [&str; 6] = ["utils", "util", "helpers", "helper", "common", "misc"];

/// Words for what is not done. Put together, so that this file does not hold them.
const UNDONE: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// Checks all files of the repository.
///
/// # Errors
/// Lists what is wrong.
pub(crate) fn run() -> Result<(), String> {
    let root = root();
    let mut files = Vec::new();
    list(&root, &mut files);
    files.sort();
    let mut found = Vec::new();
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        match fs::read_to_string(file) {
            Ok(text) => found.extend(check(&name, &text)),
            Err(error) => found.push(format!("{name}: {error}")),
        }
    }
    println!("{} files", files.len());
    if found.is_empty() { Ok(()) } else { Err(format!("{} to mend\n{}", found.len(), found.join("\n"))) }
}

fn list(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() && !LEFT_OUT.iter().any(|name| entry.file_name() == *name) {
            list(&path, found);
        } else if kind.is_file() && path.to_str().is_some_and(is_code) {
            found.push(path);
        }
    }
}

fn is_code(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending);
    matches!(ending, Some("rs" | "ts" | "tsx" | "mts" | "js" | "mjs" | "velox" | "css" | "sh"))
}

/// What is wrong with one file.
fn check(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut say = |line: usize, what: &str| found.push(format!("{path}:{line}: {what}"));
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.split('.').next().unwrap_or(name);
    if path.ends_with(".rs") && !text.starts_with("//!") {
        say(1, "a Rust file opens with `//!`, saying what it is for and what it refuses to do");
    }
    let opens_with_comment = text.starts_with("//") || text.starts_with("/*");
    if folders.starts_with("runtime/")
        && (path.ends_with(".ts") || path.ends_with(".tsx"))
        && !opens_with_comment
    {
        say(1, "a TypeScript file of the runtime opens with a comment saying what it is for");
    }
    if NO_NAMES.contains(&stem) || folders.split('/').any(|folder| NO_NAMES.contains(&folder)) {
        say(1, "this name says nothing about what is in the file");
    }
    let lines = text.lines().count();
    if lines > MOST_LINES {
        say(lines, &format!("{lines} lines: split what is longer than {MOST_LINES}"));
    }
    for (at, line) in text.lines().enumerate() {
        if let Some(word) = UNDONE.iter().find(|word| holds_word(line, word)) {
            say(at + 1, &format!("`{word}`: do it, or make an issue of it"));
        }
    }
    found
}

fn holds_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        let is_part = |neighbour: Option<char>| neighbour.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !is_part(before) && !is_part(after)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_finds_its_violation() {
        let todo = format!("//! x\n// {}: later\n", UNDONE[0]);
        let long = format!("//! x\n{}", "\n".repeat(MOST_LINES));
        let table = [
            ("a/lib.rs", "use x;\n", 1),
            ("a/utils.rs", "//! x\n", 1),
            ("a/common/x.rs", "//! x\n", 1),
            ("a/lib.rs", &*todo, 1),
            ("a/lib.rs", &*long, 1),
            ("runtime/velox/src/x.ts", "export {};\n", 1),
            ("runtime/velox/src/x.ts", "// About x.\nexport {};\n", 0),
            ("examples/x.ts", "export {};\n", 0),
            ("a/lib.rs", "//! x\nconst AUTODOS: u8 = 1;\n", 0),
        ];
        for (path, text, count) in table {
            assert_eq!(check(path, text).len(), count, "{path}: {:?}", check(path, text));
        }
    }
}
