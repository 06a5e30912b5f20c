//! The fenced blocks of the documentation that are run as tests.

use crate::{files_under, repository};

/// A fenced block with the codes that it expects.
#[derive(Clone, Debug)]
pub struct DocumentedBlock {
    /// The page, from the repository's root.
    pub page: String,
    /// The line of the fence, from 1.
    pub line: usize,
    /// Codes after the fence's first word.
    pub codes: Vec<String>,
    /// What stands in the block: a fixture.
    pub text: String,
}

impl DocumentedBlock {
    /// `docs/language.md:12`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}:{}", self.page, self.line)
    }
}

/// Every block of `velox` or `project` in `docs/` and in the pages at the root.
#[must_use]
pub fn documentation() -> Vec<DocumentedBlock> {
    let mut pages: Vec<String> =
        files_under(&repository().join("docs"), ".md").iter().map(|path| format!("docs/{path}")).collect();
    pages.extend(["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "GLOSSARY.md"].map(str::to_owned));
    let mut found = Vec::new();
    for page in pages {
        let Ok(text) = std::fs::read_to_string(repository().join(&page)) else { continue };
        found.extend(blocks(&page, &text));
    }
    found
}

fn blocks(page: &str, text: &str) -> Vec<DocumentedBlock> {
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let ticks = line.chars().take_while(|c| *c == '`').count();
        if ticks < 3 {
            continue;
        }
        let mut words = line[ticks..].split_whitespace();
        let kind = words.next();
        let codes = words.map(str::to_owned).collect();
        let fence = "`".repeat(ticks);
        let mut body = String::new();
        for (_, line) in lines.by_ref() {
            if line.trim_end() == fence {
                break;
            }
            body.push_str(line);
            body.push('\n');
        }
        if matches!(kind, Some("velox" | "project")) {
            found.push(DocumentedBlock { page: page.to_owned(), line: at + 1, codes, text: body });
        }
    }
    found
}
