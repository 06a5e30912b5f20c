//! What the emitter knows of HTML: boolean and URL attributes, constant escaping.
//!
//! The lists follow the HTML standard's indices; `runtime/velox/src/shared/` holds the same ones for values known only at run time.

use super::runs::Stops;

/// Whether an attribute is written bare or not at all (language.md T4).
pub(crate) fn is_boolean_attribute(name: &str) -> bool {
    matches!(
        name,
        "allowfullscreen"
            | "async"
            | "autofocus"
            | "autoplay"
            | "checked"
            | "controls"
            | "default"
            | "defer"
            | "disabled"
            | "formnovalidate"
            | "inert"
            | "ismap"
            | "itemscope"
            | "loop"
            | "multiple"
            | "muted"
            | "nomodule"
            | "novalidate"
            | "open"
            | "playsinline"
            | "readonly"
            | "required"
            | "reversed"
            | "selected"
            | "shadowrootclonable"
            | "shadowrootdelegatesfocus"
            | "shadowrootserializable"
    )
}

/// Whether an attribute writes `true` and `false` out: there their absence would mean something else.
pub(crate) fn writes_false(name: &str) -> bool {
    name.starts_with("aria-")
        || name.starts_with("data-")
        || ["contenteditable", "draggable", "spellcheck", "writingsuggestions"]
            .iter()
            .any(|other| name.eq_ignore_ascii_case(other))
}

/// What URLs an attribute holds (runtime.md ESC-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Urls {
    None,
    One,
    /// Each of them is looked at by itself.
    Several,
}

/// What URLs the attribute `name` of the element `tag` holds; `name` in lower case. The runtime has the same lists, in `shared/url.ts`.
pub(crate) fn urls_of(tag: &str, name: &str) -> Urls {
    match name {
        "srcset" | "imagesrcset" | "ping" => Urls::Several,
        _ if is_url_attribute(name) => Urls::One,
        // SVG's animations can write the `href` of what they stand in.
        "values" if is_animation(tag) => Urls::Several,
        "to" | "from" | "by" if is_animation(tag) => Urls::One,
        _ => Urls::None,
    }
}

fn is_animation(tag: &str) -> bool {
    ["animate", "set", "animateMotion", "animateTransform"]
        .iter()
        .any(|other| tag.eq_ignore_ascii_case(other))
}

/// Whether a constant may stand in an attribute as it is: everywhere but in a URL with a scheme that is not let through.
pub(crate) fn is_plain_value(urls: Urls, value: &str) -> bool {
    if urls == Urls::None {
        return true;
    }
    let relative = value.split(['/', '?', '#']).next().is_none_or(|first| !first.contains(':'));
    let plain = value.bytes().all(|byte| byte.is_ascii_graphic() && byte != b',' && byte != b';');
    plain
        && (relative
            || value.starts_with("https://")
            || value.starts_with("http://")
            || value.starts_with("mailto:"))
}

/// Whether an attribute holds a URL, or a list of them, whatever the element. Asked of every attribute: patterns of bytes are
/// decided on by length and bytes, those of strings one after another.
pub(crate) fn is_url_attribute(name: &str) -> bool {
    matches!(
        name.as_bytes(),
        b"href"
            | b"src"
            | b"action"
            | b"formaction"
            | b"poster"
            | b"data"
            | b"srcset"
            | b"imagesrcset"
            | b"xlink:href"
            | b"ping"
            | b"cite"
            | b"background"
            | b"manifest"
            | b"longdesc"
            | b"codebase"
            | b"classid"
            | b"usemap"
            | b"profile"
            | b"lowsrc"
            | b"dynsrc"
    )
}

/// The name that an attribute has in HTML: `className` is `class`, `htmlFor` is `for` (language.md T4).
pub(crate) fn attribute_name(name: &str) -> &str {
    match name.as_bytes() {
        b"className" | b"class:list" => "class",
        b"htmlFor" => "for",
        b"xlinkHref" => "xlink:href",
        _ => name,
    }
}

/// Whether the attribute says what a `<select>` or `<textarea>` holds, which HTML says by its content (language.md T4).
pub(crate) fn is_field_value(tag: &str, name: &str) -> bool {
    matches!(tag, "select" | "textarea") && matches!(name, "value" | "defaultValue")
}

/// The attribute that says what a property of an element says when the page is made (language.md T4).
pub(crate) fn attribute_of<'n>(tag: &str, name: &'n str) -> &'n str {
    match (tag, name) {
        ("input", "defaultValue") => "value",
        ("input", "defaultChecked") => "checked",
        ("video" | "audio", "defaultMuted") => "muted",
        _ => attribute_name(name),
    }
}

/// Whether the name is that of an event handler: `onClick`, `onclick`.
#[must_use]
pub fn is_event_handler(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.len() > 2 && bytes[..2].eq_ignore_ascii_case(b"on") && bytes[2].is_ascii_alphabetic()
}

/// Whether the compiler keeps an attribute for itself: directives and list keys never reach the page.
pub(crate) fn is_own_attribute(name: &str) -> bool {
    matches!(name, "key" | "ref") || name.starts_with("client:") || name.starts_with("is:")
}

/// Whether white space in the element's text is kept as written (language.md T13).
#[must_use]
pub fn keeps_white_space(name: &str) -> bool {
    name.eq_ignore_ascii_case("pre") || name.eq_ignore_ascii_case("textarea")
}

/// Whether text holds nothing but HTML's white space.
#[must_use]
pub fn is_white_space(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0C))
}

const TEXT_STOPS: Stops = Stops::new(false, b"&<>\0");
const ATTRIBUTE_STOPS: Stops = Stops::new(false, b"&<>\"\0");

/// Writes text so that it stands for itself between tags.
pub(crate) fn escape_text(text: &str, out: &mut String) {
    TEXT_STOPS.copy(text, out, escape);
}

/// Writes text so that it stands for itself in double quotes.
pub(crate) fn escape_attribute(text: &str, out: &mut String) {
    ATTRIBUTE_STOPS.copy(text, out, escape);
}

fn escape(byte: u8, out: &mut String) {
    out.push_str(match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        _ => "\u{FFFD}",
    });
}
