//! Reads from the output of test runners how many tests passed and failed.
//!
//! It knows the closing lines of cargo-nextest, of `cargo test` and of Node's test runner; what is no such line counts nothing.

/// Numbers of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

/// Who prints the closing lines. A test that fails may print those of another runner that it ran itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Runner {
    Nextest,
    Cargo,
    Node,
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// What one line of a runner's output adds.
    pub(crate) fn of_line(line: &str, runner: Runner) -> Self {
        let line = plain(line);
        let counts = match runner {
            Runner::Nextest => of_nextest(line.trim()),
            Runner::Cargo => of_cargo(line.trim_end()),
            Runner::Node => of_node(line.trim_end()),
        };
        counts.unwrap_or_default()
    }
}

/// `# pass 12` or `ℹ fail 1`.
fn of_node(line: &str) -> Option<Counts> {
    let rest = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ "))?;
    let (word, number) = rest.split_once(' ')?;
    let number = number.parse().ok()?;
    match word {
        "pass" => Some(Counts { passed: number, failed: 0 }),
        "fail" | "cancelled" => Some(Counts { passed: 0, failed: number }),
        _ => None,
    }
}

/// `Summary [   1.2s] 64 tests run: 62 passed (1 slow), 1 failed, 1 timed out, 3 skipped`.
fn of_nextest(line: &str) -> Option<Counts> {
    let rest = line.strip_prefix("Summary [")?;
    let (_, numbers) = rest.split_once(" run: ")?;
    Some(numbered(numbers, ','))
}

/// `test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s`.
fn of_cargo(line: &str) -> Option<Counts> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    Some(numbered(numbers, ';'))
}

fn numbered(text: &str, separator: char) -> Counts {
    let mut counts = Counts::default();
    for part in text.split(separator) {
        let Some((number, what)) = part.trim().split_once(' ') else { continue };
        let Ok(number) = number.parse::<u64>() else { continue };
        match what.split(" (").next() {
            Some("passed") => counts.passed += number,
            Some("failed" | "timed out" | "exec failed") => counts.failed += number,
            _ => {}
        }
    }
    counts
}

/// A line without ANSI escapes.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut parts = line.split('\u{1b}');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.find(|c: char| c.is_ascii_alphabetic()).map_or(part.len(), |at| at + 1);
        out.push_str(&part[end..]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_of_each_runner_are_read() {
        let table = [
            (Runner::Node, "# pass 12", (12, 0)),
            (Runner::Node, "ℹ fail 2", (0, 2)),
            (Runner::Node, "# cancelled 1", (0, 1)),
            (Runner::Node, "# tests 15", (0, 0)),
            (Runner::Node, "    # pass 4", (0, 0)),
            (Runner::Node, "# a heading with 3 words", (0, 0)),
            (
                Runner::Nextest,
                "     Summary [   0.512s] 64 tests run: 62 passed (1 slow), 1 failed, 1 timed out, 3 skipped",
                (62, 2),
            ),
            (
                Runner::Nextest,
                "\u{1b}[32;1m     Summary\u{1b}[0m [   0.5s] \u{1b}[1m3\u{1b}[0m tests run: \u{1b}[1m3\u{1b}[0m \u{1b}[32;1mpassed\u{1b}[0m, 0 skipped",
                (3, 0),
            ),
            (Runner::Nextest, "     Summary [   0.5s] 2/9 tests run: 1 passed, 1 failed, 0 skipped", (1, 1)),
            (Runner::Nextest, "test result: FAILED. 0 passed; 1 failed; 0 ignored", (0, 0)),
            (
                Runner::Cargo,
                "test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 9 filtered out; finished in 0.01s",
                (3, 1),
            ),
            (Runner::Cargo, "test a::b ... ok", (0, 0)),
        ];
        for (runner, line, (passed, failed)) in table {
            assert_eq!(Counts::of_line(line, runner), Counts { passed, failed }, "{line}");
        }
    }
}
