//! Words on elements, attributes and values: Markdown with a description, what is to be said against their use, where they work,
//! and a link to their page.

use super::{Attr, Namespace, Tag, Word};

const ARIA: &str = "https://developer.mozilla.org/docs/Web/Accessibility/ARIA/Reference";

/// Words on an element.
pub(crate) fn element_words(namespace: Namespace, tag: &Tag) -> String {
    let described = if tag.description.is_empty() {
        let language = match namespace {
            Namespace::Html if tag.name != "svg" && tag.name != "math" => "HTML",
            Namespace::Math => "MathML",
            Namespace::Html if tag.name == "math" => "MathML",
            _ => "SVG",
        };
        format!("The {language} element `<{}>`.", tag.name)
    } else {
        tag.description.to_string()
    };
    together(described, &tag.mark, &tag.available, &tag.url)
}

/// Words on an attribute. `tag` is its element.
pub(crate) fn attribute_words(namespace: Namespace, tag: &str, attr: &Attr) -> String {
    let name = &*attr.name;
    let url = if name == "role" {
        format!("{ARIA}/Roles")
    } else if name.starts_with("aria-") {
        format!("{ARIA}/Attributes/{name}")
    } else if !attr.url.is_empty() {
        attr.url.to_string()
    } else if let Some(event) = name.strip_prefix("on") {
        format!("https://developer.mozilla.org/docs/Web/API/Element/{event}_event")
    } else {
        let page = super::tag(namespace, tag).map_or("", |tag| &*tag.url);
        if page.is_empty() { String::new() } else { format!("{page}#{name}") }
    };
    let described = if attr.description.is_empty() {
        match name {
            "role" => {
                "What the element is to assistive technology, where its own meaning is another.".to_owned()
            }
            _ => format!("The attribute `{name}` of `<{tag}>`."),
        }
    } else {
        attr.description.to_string()
    };
    together(described, &attr.mark, &attr.available, &url)
}

/// Words on a value of an attribute.
pub(crate) fn value_words(attr: &Attr, word: &Word) -> Option<String> {
    if attr.name == "role" {
        let url = format!("{ARIA}/Roles/{}_role", word.name);
        return Some(together(format!("The role `{}`.", word.name), "", "", &url));
    }
    (!word.description.is_empty()).then(|| word.description.to_string())
}

fn together(described: String, mark: &str, available: &str, url: &str) -> String {
    let mut out = described;
    let against = match mark {
        "d" => "**Deprecated**: browsers may drop it.",
        "s" => "**Not standard**: not every browser will have it.",
        "e" => "**Experimental**: it may still change.",
        _ => "",
    };
    let since = availability(available);
    for line in [against, &since] {
        if !line.is_empty() {
            out.push_str("\n\n");
            out.push_str(line);
        }
    }
    if !url.is_empty() {
        out.push_str(&format!("\n\n[MDN Reference]({url})"));
    }
    out
}

/// How widely something is available, in a sentence.
fn availability(available: &str) -> String {
    let Some(level) = available.chars().next() else { return String::new() };
    let rest = &available[level.len_utf8()..];
    let year = rest.get(..4).unwrap_or(rest);
    match level {
        'h' => format!("Baseline: widely available across browsers since {year}."),
        'l' => format!("Baseline: newly available across browsers since {}.", month(rest)),
        _ if rest.is_empty() => "Limited availability: not in all browsers.".to_owned(),
        _ => format!("Limited availability: {rest}."),
    }
}

/// `June 2025` for `2025-06`.
fn month(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let Some((year, number)) = date.split_once('-') else { return date.to_owned() };
    let month = number.parse::<usize>().ok().and_then(|number| MONTHS.get(number.checked_sub(1)?));
    month.map_or_else(|| date.to_owned(), |month| format!("{month} {year}"))
}

#[cfg(test)]
mod tests {
    use super::availability;

    #[test]
    fn availability_is_a_sentence() {
        let table = [
            ("", ""),
            ("h2018-01", "Baseline: widely available across browsers since 2018."),
            ("l2025-06", "Baseline: newly available across browsers since June 2025."),
            ("nChrome 43, Safari 3", "Limited availability: Chrome 43, Safari 3."),
        ];
        for (written, expected) in table {
            assert_eq!(availability(written), expected);
        }
    }
}
