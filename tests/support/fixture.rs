//! Reads fixtures: one file or several in a text, with marks for the diagnostics that are expected.

use crate::marks::Mark;

/// A fixture: files, and what is expected of them.
#[derive(Clone, Debug, Default)]
pub struct Fixture {
    /// Its files, in order.
    pub files: Vec<FixtureFile>,
}

/// One file of a fixture.
#[derive(Clone, Debug, Default)]
pub struct FixtureFile {
    /// Path relative to the project root.
    pub path: String,
    /// Its text, without the lines that belong to the harness.
    pub text: String,
    /// Diagnostics that are expected in it.
    pub marks: Vec<Mark>,
}

impl Fixture {
    /// Reads a fixture. A line `//- /path` begins a file; without one, all of it is `/routes/index.velox`. A line that begins
    /// with `//~` marks the source line above it.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut files: Vec<FixtureFile> = Vec::new();
        for line in text.split_inclusive('\n') {
            if let Some(path) = line.strip_prefix("//- /") {
                files.push(FixtureFile { path: path.trim_end().to_owned(), ..FixtureFile::default() });
                continue;
            }
            if files.is_empty() {
                files.push(FixtureFile { path: "routes/index.velox".to_owned(), ..FixtureFile::default() });
            }
            let Some(file) = files.last_mut() else { continue };
            match line.strip_prefix("//~") {
                Some(mark) => {
                    let above = file.text.lines().count();
                    file.marks.push(Mark::parse(mark.trim_end(), above));
                }
                None => file.text.push_str(line),
            }
        }
        Self { files }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_marks_and_text_come_apart() {
        let fixture = Fixture::parse("//- /a.velox\n<p>{x}</p>\n//~  ^ VX0401 near\n//- /b.ts\nexport {}\n");
        assert_eq!(fixture.files.len(), 2);
        assert_eq!(fixture.files[0].text, "<p>{x}</p>\n");
        assert_eq!(fixture.files[0].marks.len(), 1);
        assert_eq!(fixture.files[1].path, "b.ts");
    }
}
