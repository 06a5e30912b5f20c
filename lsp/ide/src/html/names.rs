//! Names that the data does not tell: what an element must have and what it usually holds, how handlers are written.

/// The attributes without which an element is not valid HTML, in the order in which they are filled in.
pub(crate) fn required_attributes(name: &str, parent: Option<&str>) -> &'static [&'static str] {
    match name {
        "img" => &["src", "alt"],
        "base" => &["href"],
        "bdo" => &["dir"],
        "data" | "meter" => &["value"],
        "link" => &["rel", "href"],
        "map" => &["name"],
        "object" => &["data"],
        "optgroup" => &["label"],
        "param" => &["name", "value"],
        "source" if parent == Some("picture") => &["srcset"],
        "source" | "track" => &["src"],
        _ => &[],
    }
}

/// The elements that stand in an element before all others.
pub(crate) fn usual_children(name: &str) -> &'static [&'static str] {
    match name {
        "ul" | "ol" | "menu" => &["li"],
        "dl" => &["dt", "dd"],
        "table" => &["thead", "tbody", "tfoot", "tr", "caption", "colgroup"],
        "thead" | "tbody" | "tfoot" => &["tr"],
        "tr" => &["td", "th"],
        "colgroup" => &["col"],
        "select" => &["option", "optgroup", "hr"],
        "optgroup" | "datalist" => &["option"],
        "picture" => &["source", "img"],
        "video" | "audio" => &["source", "track"],
        "details" => &["summary"],
        "fieldset" => &["legend"],
        "figure" => &["figcaption"],
        "map" => &["area"],
        "ruby" => &["rt", "rp"],
        "object" => &["param"],
        "html" => &["head", "body"],
        "head" => &["title", "meta", "link", "script", "style", "base"],
        "hgroup" => &["h1", "h2", "h3", "p"],
        "linearGradient" | "radialGradient" => &["stop"],
        "clipPath" | "mask" => &["path", "rect", "circle"],
        "text" => &["tspan", "textPath"],
        "filter" => &["feGaussianBlur", "feOffset", "feBlend", "feColorMatrix", "feMerge", "feFlood"],
        "feMerge" => &["feMergeNode"],
        _ => &[],
    }
}

/// The elements of SVG that are used most, before all others.
pub(crate) const PRESENTATION_ORDER: [&str; 10] =
    ["path", "circle", "rect", "g", "line", "polyline", "polygon", "ellipse", "text", "use"];

/// The words that names of events are made of.
const EVENT_WORDS: [&str; 58] = [
    "abort", "blur", "can", "play", "through", "change", "click", "context", "menu", "dbl", "drag", "end",
    "enter", "leave", "over", "start", "drop", "duration", "emptied", "ended", "error", "focus", "input",
    "invalid", "key", "down", "press", "up", "load", "loaded", "data", "metadata", "mouse", "move", "out",
    "wheel", "pause", "playing", "progress", "rate", "reset", "resize", "ready", "state", "scroll", "seeked",
    "seeking", "select", "show", "stalled", "submit", "suspend", "time", "update", "volume", "waiting",
    "pointer", "cancel",
];

/// Events that the data lacks, as handlers are written.
pub(crate) const EVENTS: [&str; 10] = [
    "onBeforeInput",
    "onCompositionEnd",
    "onCompositionStart",
    "onCopy",
    "onCut",
    "onPaste",
    "onToggle",
    "onTouchEnd",
    "onTouchMove",
    "onTouchStart",
];

/// How a handler is written: `onKeyDown` for `onkeydown`.
pub(crate) fn handler_name(name: &str) -> String {
    let mut out = String::from("on");
    let mut rest = name.strip_prefix("on").unwrap_or(name);
    while !rest.is_empty() {
        let word = EVENT_WORDS.iter().filter(|word| rest.starts_with(**word)).max_by_key(|word| {
            // The longest word after which the rest is made of words too.
            let after = &rest[word.len()..];
            let fits = after.is_empty() || EVENT_WORDS.iter().any(|next| after.starts_with(next));
            (fits, word.len())
        });
        let length = word.map_or(rest.len(), |word| word.len());
        let (word, after) = rest.split_at(length);
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::handler_name;

    #[test]
    fn handlers_are_written_as_words() {
        let names = [
            "onClick",
            "onDblClick",
            "onKeyDown",
            "onContextMenu",
            "onCanPlayThrough",
            "onDragEnter",
            "onDragEnd",
            "onMouseOver",
            "onPointerDown",
            "onLoadedMetadata",
            "onTimeUpdate",
            "onVolumeChange",
            "onSubmit",
            "onEnded",
            "onReadyStateChange",
            "onLoadStart",
            "onInput",
            "onPlaying",
        ];
        for name in names {
            assert_eq!(handler_name(&name.to_ascii_lowercase()), name);
        }
    }
}
