//! The path of a link, as a request for it would be read.
//!
//! Refuses, with nothing, whatever is no path of this site or cannot be read in exactly one way: nothing is then said of it.

use super::glob::Glob;

/// The path of a link: decoded segments, and where a hole begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkPath {
    /// Decoded segments before the first hole.
    pub segments: Vec<String>,
    /// Decoded text of the segment in which the first hole stands, before it; nothing where there is no hole.
    pub hole: Option<String>,
    /// For a path with holes: its segments from the one with the first hole on, each with its holes, for [`super::routes`] to
    /// guess what the link is meant to reach. Empty where there is no hole.
    pub rest: Vec<Glob>,
}

impl LinkPath {
    /// Whether it is one path, without holes.
    #[must_use]
    pub fn is_literal(&self) -> bool {
        self.hole.is_none()
    }

    /// As it is written in a URL, without escapes: `/blog/`, of a path with holes what stands before the first.
    #[must_use]
    pub fn shown(&self) -> String {
        let mut text = String::new();
        for segment in &self.segments {
            text.push('/');
            text.push_str(segment);
        }
        match &self.hole {
            Some(start) => {
                text.push('/');
                text.push_str(start);
            }
            None if text.is_empty() => text.push('/'),
            None => {}
        }
        text
    }
}

/// A link that leads into this site: its path, and where in the first piece of its text the path stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteLink {
    /// The path.
    pub path: LinkPath,
    /// Bytes of the first piece that are the path: after the site's origin, before `?` and `#`.
    pub place: (usize, usize),
}

/// Paths longer than this are not looked at.
const MAX_SEGMENTS: usize = 64;

/// Reads a URL reference. `site` is the origin that the site is served from; `base` the path of the page that holds a relative
/// link, where that is known.
#[must_use]
pub fn read_link(text: &Glob, site: Option<&str>, base: Option<&str>) -> Option<SiteLink> {
    let first = text.prefix();
    let leading = first.len() - first.trim_start_matches(is_space).len();
    let mut start = leading;
    let mut rest = &first[start..];
    if let Some(site) = site
        && let Some(origin) = rest.get(..site.len())
        && origin.eq_ignore_ascii_case(site)
        && matches!(rest.as_bytes().get(site.len()), Some(b'/'))
    {
        start += site.len();
        rest = &rest[site.len()..];
    }
    let literal = text.text().is_some();
    let end = rest.find(['?', '#']);
    let path = &rest[..end.unwrap_or(rest.len())];
    // The rest of the text is the query's or the fragment's.
    let closed = literal || end.is_some();
    let path = if closed && end.is_none() { path.trim_end_matches(is_space) } else { path };
    // An entity or a backslash is read differently by the tools that may see it.
    if path.contains(['\\', '&']) || path.contains(|c: char| c.is_control() || c == ' ') {
        return None;
    }
    let place = (start, start + path.len());
    let absolute = path.starts_with('/');
    if path.starts_with("//") || (!absolute && (path.is_empty() || has_scheme(path))) {
        return None;
    }
    let whole;
    let joined = if absolute {
        path
    } else {
        // Where a relative link has a hole, its dots may be in there.
        if !closed {
            return None;
        }
        let folder = base?.rsplit_once('/').map_or("", |(folder, _)| folder);
        whole = format!("{folder}/{path}");
        &whole
    };
    if closed {
        let segments = segments_of(joined)?;
        return Some(SiteLink { path: LinkPath { segments, hole: None, rest: Vec::new() }, place });
    }
    let (before, start) = joined.rsplit_once('/')?;
    // `/.${x}` may be anything.
    if start.starts_with('.') || start.contains('%') {
        return None;
    }
    let segments = if before.is_empty() { Vec::new() } else { segments_of(before)? };
    let rest = rest_of(start, &text.pieces()[1..]);
    Some(SiteLink { path: LinkPath { segments, hole: Some(start.to_owned()), rest }, place })
}

/// Segments with holes, from the one with the first hole on: `${slug}/edit?x` gives `*` and `edit`.
fn rest_of(start: &str, pieces: &[String]) -> Vec<Glob> {
    let mut segments = Vec::new();
    let mut current = vec![start.to_owned()];
    'pieces: for piece in pieces {
        let end = piece.find(['?', '#']);
        let path = &piece[..end.unwrap_or(piece.len())];
        let mut parts = path.split('/');
        current.push(parts.next().unwrap_or_default().to_owned());
        for part in parts {
            segments.push(Glob::new(std::mem::replace(&mut current, vec![part.to_owned()])));
        }
        if end.is_some() {
            break 'pieces;
        }
    }
    if current != [String::new()] {
        segments.push(Glob::new(current));
    }
    segments.truncate(MAX_SEGMENTS);
    segments
}

fn is_space(character: char) -> bool {
    character.is_ascii_whitespace()
}

/// `mailto:`, `https:`; a colon in the first segment of anything else.
fn has_scheme(path: &str) -> bool {
    path.split('/').next().unwrap_or("").contains(':')
}

/// Decoded segments of a path, without empty ones and with dots resolved; nothing where the server would answer 400.
#[must_use]
pub fn segments_of(path: &str) -> Option<Vec<String>> {
    let mut segments: Vec<String> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            part => {
                let segment = decode(part)?;
                if segment.contains(['/', '\\', '\0']) || segment == "." || segment == ".." {
                    return None;
                }
                segments.push(segment);
            }
        }
    }
    (segments.len() <= MAX_SEGMENTS).then_some(segments)
}

fn decode(part: &str) -> Option<String> {
    if !part.contains('%') {
        return Some(part.to_owned());
    }
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let digits = tail.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = &tail[2..];
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}

/// Segments as a path of a URL; characters that a path cannot hold as they are get escaped.
#[must_use]
pub fn path_text(segments: &[String]) -> String {
    if segments.is_empty() {
        return "/".to_owned();
    }
    let mut path = String::new();
    for segment in segments {
        path.push('/');
        for character in segment.chars() {
            if character.is_ascii()
                && !(character.is_ascii_alphanumeric() || "-_.~$&+,:;=@!'()*".contains(character))
            {
                path.push_str(&format!("%{:02X}", character as u32));
            } else {
                path.push(character);
            }
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> String {
        let glob = Glob::new(text.split('*').map(str::to_owned).collect());
        match read_link(&glob, Some("https://tea.example"), Some("/shop/teas")) {
            None => "-".to_owned(),
            Some(link) => {
                let rest: Vec<String> = link.path.rest.iter().map(Glob::shown).collect();
                format!("{} @{}..{} {}", link.path.shown(), link.place.0, link.place.1, rest.join(" | "))
                    .trim_end()
                    .to_owned()
            }
        }
    }

    #[test]
    fn paths_of_this_site_are_read_and_all_else_is_left_alone() {
        let table = [
            ("/about", "/about @0..6"),
            ("/about/", "/about @0..7"),
            (" /about?x=1#y ", "/about @1..7"),
            ("/a/../b/./c", "/b/c @0..11"),
            ("/caf%C3%A9", "/café @0..10"),
            ("/a%2Fb", "-"),
            ("/a%", "-"),
            ("/", "/ @0..1"),
            ("", "-"),
            ("#top", "-"),
            ("?page=2", "-"),
            ("//cdn.example/x", "-"),
            ("mailto:a@b.example", "-"),
            ("https://other.example/x", "-"),
            ("https://tea.example/about", "/about @19..25"),
            ("https://tea.example.evil/about", "-"),
            ("green", "/shop/green @0..5"),
            ("./green", "/shop/green @0..7"),
            ("../about", "/about @0..8"),
            ("/a&amp;b", "-"),
            ("/blog/*", "/blog/ @0..6 ${…}"),
            ("/blog/*/edit?x=*", "/blog/ @0..6 ${…} | edit"),
            ("/blog/p-*", "/blog/p- @0..8 p-${…}"),
            ("/blog?page=*", "/blog @0..5"),
            ("*/about", "-"),
            ("x/*", "-"),
        ];
        for (text, expected) in table {
            assert_eq!(check(text), expected, "{text:?}");
        }
    }
}
