//! The attributes and elements that Velox adds to HTML, with words on them (language.md T5, T6, T8, T11).

/// Something that Velox adds.
pub(crate) struct Directive {
    /// Its name.
    pub(crate) name: &'static str,
    /// Markdown.
    pub(crate) words: &'static str,
}

/// The directives that make an island of a component, the usual one first.
pub(crate) const CLIENT: [&str; 5] =
    ["client:load", "client:idle", "client:visible", "client:media", "client:only"];

/// Media queries that islands usually wait for.
pub(crate) const MEDIA: [(&str, &str); 6] = [
    ("(max-width: 640px)", "on small screens"),
    ("(min-width: 768px)", "from the width of a tablet on"),
    ("(min-width: 1024px)", "on wide screens"),
    ("(prefers-reduced-motion: no-preference)", "where motion is welcome"),
    ("(prefers-color-scheme: dark)", "where dark colours are preferred"),
    ("(hover: hover)", "where there is a pointer that hovers"),
];

const ALL: [Directive; 12] = [
    Directive {
        name: "client:load",
        words: "Makes an island of the component: its HTML is rendered on the server, and it becomes alive in the browser **as \
                soon as the page has loaded**.\n\nFor what has to work at once: a search box, a basket.",
    },
    Directive {
        name: "client:idle",
        words: "Makes an island of the component: its HTML is rendered on the server, and it becomes alive in the browser **once \
                the browser is idle**.\n\nFor what is not needed in the first moment.",
    },
    Directive {
        name: "client:visible",
        words: "Makes an island of the component: its HTML is rendered on the server, and it becomes alive in the browser **when \
                it comes into view**.\n\nFor what stands far down the page; nothing of it is loaded before.",
    },
    Directive {
        name: "client:media",
        words: "Makes an island of the component: its HTML is rendered on the server, and it becomes alive in the browser **when \
                the media query holds**: `client:media=\"(max-width: 640px)\"`.\n\nFor what only some screens show, such as a menu.",
    },
    Directive {
        name: "client:only",
        words: "Makes an island of the component that is **not rendered on the server**: its HTML is made in the browser, as soon \
                as the page has loaded.\n\nFor what cannot run without a browser.",
    },
    Directive {
        name: "slot",
        words: "The place where content goes that is given to this layout or component: without a `name` all that stands between \
                its tags, with one what a `<velox:slot>` of the same name holds. What stands between the tags of the slot itself is \
                shown when nobody fills it.",
    },
    Directive {
        name: "velox:slot",
        words: "Fills a named slot: of the component that it stands in directly, else of the page's layout.",
    },
    Directive {
        name: "is:global",
        words: "The rules of this `<style>` apply to the whole page, and not to the elements of this file alone.",
    },
    Directive {
        name: "is:inline",
        words: "The `<script>` stays where and as it is: it is not bundled, and its types are not erased.",
    },
    Directive {
        name: "innerHTML",
        words: "Writes a value as HTML, unescaped: `innerHTML={html}`. The element must have no children. Use it for HTML that you \
                trust alone.",
    },
    Directive {
        name: "ref",
        words: "Is given the element once it is in the page, and `null` when it leaves.",
    },
    Directive {
        name: "key",
        words: "Tells items of a list apart, so that each keeps its state when the list changes.",
    },
];

/// Words on a directive.
pub(crate) fn words(name: &str) -> Option<&'static str> {
    ALL.iter().find(|one| one.name == name).map(|one| one.words)
}
