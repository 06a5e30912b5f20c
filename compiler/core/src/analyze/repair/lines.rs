//! Lines and how far they are indented: where a person would say that something that is open ends.

/// Where the line of `at` begins.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |at| at + 1)
}

/// Where the line of `at` ends, its line break excluded.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |length| at + length)
}

/// The end of the last line before one that is indented no more than the line of `at`.
pub(super) fn dedent(text: &str, at: usize) -> Option<usize> {
    let own = indent(text, at);
    let mut end = line_end(text, at);
    while end < text.len() {
        let next = end + 1;
        let next_end = line_end(text, next);
        if !text[next..next_end].trim().is_empty() && indent(text, next) <= own {
            return Some(end);
        }
        end = next_end;
    }
    Some(end)
}

/// The end of the nearest line above that is indented no more than the line of `at`.
pub(super) fn opening_line(text: &str, at: usize) -> Option<usize> {
    let own = indent(text, at);
    let mut start = line_start(text, at);
    for _ in 0..400 {
        if start == 0 {
            return None;
        }
        let end = start - 1;
        start = line_start(text, end);
        if !text[start..end].trim().is_empty() && indent(text, start) <= own {
            return Some(start + text[start..end].trim_end().len());
        }
    }
    None
}

/// How far the line of `at` is indented, in bytes.
fn indent(text: &str, at: usize) -> usize {
    let line = &text[line_start(text, at)..];
    line.len() - line.trim_start_matches([' ', '\t']).len()
}
