//! Links of a description, as they work outside of the page that it was taken from.

/// Where links that begin with `/` lead.
const SITE: &str = "https://developer.mozilla.org";

/// The text with absolute links, without the titles of links. `url` is the page that it comes from.
pub(crate) fn absolute(text: &str, url: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let (before, link) = rest.split_at(at + 2);
        out.push_str(before);
        let target_end = link.find([' ', ')', '\n']).unwrap_or(link.len());
        let (target, after) = link.split_at(target_end);
        if target.starts_with('/') {
            out.push_str(SITE);
        } else if target.starts_with('#') {
            out.push_str(url);
        }
        out.push_str(target);
        rest = match after.strip_prefix(" \"").and_then(|title| title.find("\")")) {
            Some(end) => &after[end + 3..],
            None => after,
        };
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::absolute;

    #[test]
    fn links_lead_where_they_led() {
        let table = [
            ("a [b](#c) d", "a [b](https://x.y/p#c) d"),
            ("[b](/en-US/c \"T (1)\").", "[b](https://developer.mozilla.org/en-US/c)."),
            ("[b](http://c)", "[b](http://c)"),
            ("a ](", "a ]("),
            ("no link", "no link"),
        ];
        for (text, expected) in table {
            assert_eq!(absolute(text, "https://x.y/p"), expected, "{text}");
        }
    }
}
