//! Lays out a page of Markdown for the terminal: headings, code, emphasis, lists, tables as they stand.
//!
//! It knows what the pages of `docs/diagnostics` use, and leaves anything else as it is written.

/// A page as text: headings bold, code blocks indented, with ANSI escapes where `color` is set and without a trace of
/// them where not.
pub(crate) fn render(page: &str, color: bool) -> String {
    let mut out = String::new();
    let mut fence: Option<String> = None;
    for line in page.lines() {
        let marker: String = line.trim_start().chars().take_while(|c| matches!(c, '`' | '~')).collect();
        match &fence {
            Some(open) if marker.starts_with(open.as_str()) && line.trim() == marker => fence = None,
            Some(_) => out.push_str(&code_line(line, color)),
            None if marker.len() >= 3 => fence = Some(marker),
            None => out.push_str(&text_line(line, color)),
        }
    }
    // The page's own blank lines around fences would leave two in a row.
    let mut text = String::new();
    let mut blank = true;
    for line in out.lines() {
        if line.is_empty() && blank {
            continue;
        }
        blank = line.is_empty();
        text.push_str(line);
        text.push('\n');
    }
    text
}

fn code_line(line: &str, color: bool) -> String {
    match (line.is_empty(), color) {
        (true, _) => "\n".to_owned(),
        (false, true) => format!("    \u{1b}[36m{line}\u{1b}[0m\n"),
        (false, false) => format!("    {line}\n"),
    }
}

fn text_line(line: &str, color: bool) -> String {
    let level = line.chars().take_while(|c| *c == '#').count();
    if level > 0
        && let Some(title) = line[level..].strip_prefix(' ')
    {
        return match (color, level) {
            (true, 1) => format!("\u{1b}[1;4m{title}\u{1b}[0m\n"),
            (true, _) => format!("\u{1b}[1m{title}\u{1b}[0m\n"),
            (false, _) => format!("{title}\n"),
        };
    }
    inline(line, color) + "\n"
}

/// Code in backquotes and `**strong**` words.
fn inline(line: &str, color: bool) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['`', '*']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (mark, ansi) = if rest.starts_with("``") {
            ("``", "36")
        } else if rest.starts_with('`') {
            ("`", "36")
        } else if rest.starts_with("**") {
            ("**", "1")
        } else {
            out.push('*');
            rest = &rest[1..];
            continue;
        };
        let inner = &rest[mark.len()..];
        let Some(end) = inner.find(mark) else {
            out.push_str(mark);
            rest = inner;
            continue;
        };
        match (color, mark) {
            (true, _) => out.push_str(&format!("\u{1b}[{ansi}m{}\u{1b}[0m", inner[..end].trim_matches(' '))),
            // Without colour the quotes are what tells code from words.
            (false, "**") => out.push_str(&inner[..end]),
            (false, _) => out.push_str(&rest[..mark.len() * 2 + end]),
        }
        rest = &inner[end + mark.len()..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# VX0001\n\nA `name` is **not** known * here.\n\n## Example\n\n```velox\n# no heading\n\n<Card />\n```\n\nEnd `` `a` ``.\n";

    #[test]
    fn plain_pages_hold_no_escape() {
        let expected = "VX0001\n\nA `name` is not known * here.\n\nExample\n\n    # no heading\n\n    <Card />\n\nEnd `` `a` ``.\n";
        assert_eq!(render(PAGE, false), expected);
    }

    #[test]
    fn headings_are_bold_and_code_is_coloured() {
        let text = render(PAGE, true);
        assert!(text.starts_with("\u{1b}[1;4mVX0001\u{1b}[0m\n"));
        assert!(text.contains("\u{1b}[1mExample\u{1b}[0m"));
        assert!(text.contains("    \u{1b}[36m<Card />\u{1b}[0m\n"));
        assert!(text.contains("A \u{1b}[36mname\u{1b}[0m is \u{1b}[1mnot\u{1b}[0m known * here."));
    }

    #[test]
    fn marks_that_are_never_closed_stay() {
        assert_eq!(inline("a ` b ** c", true), "a ` b ** c");
    }
}
