//! Keywords of attributes that no package lists, after the tables of the HTML and SVG standards.

/// Element (`*` for any of HTML, `svg` for any of SVG), attribute, its keywords.
pub(crate) const ALL: [(&str, &str, &[&str]); 32] = [
    ("*", "autocapitalize", &["off", "none", "on", "sentences", "words", "characters"]),
    ("*", "contenteditable", &["true", "false", "plaintext-only"]),
    ("*", "inputmode", &["none", "text", "tel", "url", "email", "numeric", "decimal", "search"]),
    ("*", "writingsuggestions", &["true", "false"]),
    ("a", "rel", LINK_TYPES),
    ("area", "rel", LINK_TYPES),
    ("form", "rel", LINK_TYPES),
    (
        "link",
        "rel",
        &[
            "stylesheet",
            "icon",
            "canonical",
            "alternate",
            "preload",
            "modulepreload",
            "preconnect",
            "dns-prefetch",
            "prefetch",
            "manifest",
            "apple-touch-icon",
            "author",
            "expect",
            "help",
            "license",
            "next",
            "prev",
            "search",
            "pingback",
            "privacy-policy",
            "terms-of-service",
        ],
    ),
    (
        "link",
        "as",
        &[
            "audio", "document", "embed", "fetch", "font", "image", "object", "script", "style", "track",
            "video", "worker",
        ],
    ),
    ("link", "blocking", &["render"]),
    ("script", "blocking", &["render"]),
    ("style", "blocking", &["render"]),
    (
        "script",
        "type",
        &["module", "importmap", "speculationrules", "application/json", "application/ld+json"],
    ),
    ("meta", "charset", &["utf-8"]),
    (
        "meta",
        "http-equiv",
        &[
            "content-language",
            "content-security-policy",
            "content-type",
            "default-style",
            "refresh",
            "x-ua-compatible",
        ],
    ),
    (
        "meta",
        "name",
        &[
            "application-name",
            "author",
            "color-scheme",
            "description",
            "format-detection",
            "generator",
            "keywords",
            "publisher",
            "referrer",
            "robots",
            "theme-color",
            "viewport",
            "twitter:card",
            "twitter:title",
            "twitter:description",
            "twitter:image",
        ],
    ),
    (
        "meta",
        "property",
        &["og:title", "og:description", "og:image", "og:url", "og:type", "og:site_name", "og:locale"],
    ),
    ("iframe", "loading", &["eager", "lazy"]),
    (
        "button",
        "command",
        &["show-modal", "close", "request-close", "show-popover", "hide-popover", "toggle-popover"],
    ),
    ("button", "popovertargetaction", POPOVER),
    ("input", "popovertargetaction", POPOVER),
    ("input", "capture", &["user", "environment"]),
    ("dialog", "closedby", &["any", "closerequest", "none"]),
    ("template", "shadowrootmode", &["open", "closed"]),
    ("svg", "clip-rule", FILL_RULES),
    ("svg", "fill-rule", FILL_RULES),
    ("svg", "stroke-linecap", &["butt", "round", "square"]),
    ("svg", "stroke-linejoin", &["miter", "round", "bevel"]),
    ("svg", "text-anchor", &["start", "middle", "end"]),
    (
        "svg",
        "dominant-baseline",
        &[
            "auto",
            "text-bottom",
            "alphabetic",
            "ideographic",
            "middle",
            "central",
            "mathematical",
            "hanging",
            "text-top",
        ],
    ),
    ("svg", "vector-effect", &["none", "non-scaling-stroke"]),
    ("svg", "visibility", &["visible", "hidden", "collapse"]),
];

const POPOVER: &[&str] = &["hide", "show", "toggle"];
const FILL_RULES: &[&str] = &["nonzero", "evenodd"];
const LINK_TYPES: &[&str] = &[
    "noopener",
    "noreferrer",
    "nofollow",
    "external",
    "author",
    "bookmark",
    "help",
    "license",
    "me",
    "next",
    "opener",
    "prev",
    "privacy-policy",
    "search",
    "sponsored",
    "tag",
    "terms-of-service",
    "ugc",
];

/// The keywords of an attribute.
pub(crate) fn find(element: &str, name: &str) -> Option<&'static [&'static str]> {
    ALL.iter().find(|(of, one, _)| *of == element && *one == name).map(|(_, _, words)| *words)
}

/// The name of the set of these keywords.
pub(crate) fn set_name(element: &str, name: &str) -> String {
    format!("{element}.{name}")
}
