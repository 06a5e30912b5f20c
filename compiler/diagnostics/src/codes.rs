//! The one list of diagnostic codes: number, name, default severity, title, page.
//!
//! By phase: `VX01xx` fences and lexing, `VX02xx` template syntax, `VX03xx` server block, `VX04xx` names and data,
//! `VX05xx` routes and project, `VX06xx` emission and build, `VX09xx` internal. A number is never used again.

use crate::Severity;
use std::fmt;

/// A stable diagnostic code, such as `VX0401`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(u16);

struct Entry {
    number: u16,
    name: &'static str,
    severity: Severity,
    title: &'static str,
    page: &'static str,
}

macro_rules! codes {
    ($( $constant:ident = $number:literal $severity:ident $name:literal $title:literal; )*) => {
        impl Code {
            $(
                #[doc = $title]
                pub const $constant: Self = Self($number);
            )*

            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Self] = &[$( Self($number) ),*];
        }

        const ENTRIES: &[Entry] = &[$(
            Entry {
                number: $number,
                name: $name,
                severity: Severity::$severity,
                title: $title,
                page: include_str!(concat!("../../../docs/diagnostics/VX", stringify!($number), ".md")),
            }
        ),*];
    };
}

// The number is written with four digits, so that `stringify!` names the page's file.
#[rustfmt::skip]
#[allow(clippy::zero_prefixed_literal)] // `0101` is the code's own spelling
mod list {
    use super::{Code, Entry, Severity};
    codes! {
        UNCLOSED_FENCE          = 0101 Error   "unclosed-fence"          "the server block is never closed";
        TEXT_BEFORE_FENCE       = 0102 Error   "text-before-fence"       "text stands before the opening fence";
        UNTERMINATED_STRING     = 0103 Error   "unterminated-string"     "a string is never closed";
        UNTERMINATED_TEMPLATE   = 0104 Error   "unterminated-template"   "a template literal is never closed";
        UNTERMINATED_COMMENT    = 0105 Error   "unterminated-comment"    "a comment is never closed";

        UNCLOSED_ELEMENT        = 0201 Error   "unclosed-element"        "an element is never closed";
        STRAY_CLOSING_TAG       = 0202 Error   "stray-closing-tag"       "a closing tag closes nothing";
        UNCLOSED_BRACE          = 0203 Error   "unclosed-brace"          "a `{` is never closed";
        UNCLOSED_TAG            = 0204 Error   "unclosed-tag"            "a tag is never closed with `>`";
        UNCLOSED_QUOTE          = 0205 Error   "unclosed-quote"          "an attribute's quote is never closed";
        STRAY_BRACE             = 0206 Error   "stray-brace"             "a `}` closes nothing";
        UNQUOTED_VALUE          = 0207 Error   "unquoted-value"          "an attribute value has no quotes";
        DUPLICATE_ATTRIBUTE     = 0208 Error   "duplicate-attribute"     "an attribute is written twice";
        VOID_CLOSING_TAG        = 0209 Error   "void-closing-tag"        "a void element has no closing tag";
        MISSING_VALUE           = 0210 Error   "missing-value"           "an attribute has `=` but no value";
        SEVERAL_ROOTS           = 0211 Error   "several-roots"           "an expression holds several elements side by side";
        UNEXPECTED_IN_TAG       = 0212 Error   "unexpected-in-tag"       "a tag holds something that is no attribute";
        EMPTY_EXPRESSION        = 0213 Error   "empty-expression"        "an attribute's expression is empty";
        CHILDREN_OF_RAW         = 0214 Error   "children-of-inner-html"  "an element with `innerHTML` has children";
        INVALID_STYLE           = 0215 Error   "invalid-style"           "a style sheet has a mistake";
        JSX_ATTRIBUTE_NAME      = 0216 Hint    "jsx-attribute-name"      "an attribute has the name that JSX gives it";
        INVALID_NESTING         = 0217 Warning "invalid-nesting"         "a browser moves or drops an element where it stands";
        DUPLICATE_ID            = 0218 Warning "duplicate-id"            "two elements of a page have the same `id`";
        DROPPED_URL             = 0219 Warning "dropped-url"             "a URL is not let through, or runs code";
        SCRIPT_IN_BOUNDARY      = 0220 Error   "script-in-boundary"      "a script stands in a Suspense boundary";

        TYPESCRIPT_SYNTAX       = 0301 Error   "typescript-syntax"       "the code is no valid TypeScript";
        DUPLICATE_DECLARATION   = 0302 Error   "duplicate-declaration"   "a name is declared twice";
        NOT_STATIC              = 0303 Error   "not-static"              "a value cannot be evaluated at compile time";
        UNKNOWN_CONFIG_KEY      = 0304 Error   "unknown-config-key"      "`config` has no such key";
        INVALID_CONFIG_VALUE    = 0305 Error   "invalid-config-value"    "a `config` value is not allowed";
        INVALID_PATHS           = 0306 Error   "invalid-paths"           "`paths` is no function without parameters";
        PATHS_NEEDS_REQUEST     = 0307 Error   "paths-needs-request"     "`paths` uses something that exists only in a request";
        PATHS_NOT_ALLOWED       = 0308 Error   "paths-not-allowed"       "`paths` has no meaning in this route";
        PATHS_KEYS              = 0309 Error   "paths-keys"              "an item of `paths` does not fit the route's params";
        INVALID_EXPORT          = 0310 Error   "invalid-export"          "an export with a meaning has a form that is not allowed";
        INVALID_LAYOUT          = 0311 Error   "invalid-layout"          "`layout` or `slots` has a value that is not allowed";
        UNKNOWN_META_KEY        = 0312 Warning "unknown-meta-key"        "a `meta` key is a near miss of a known one";
        INVALID_ENDPOINT_EXPORT = 0313 Error   "invalid-endpoint-export" "an endpoint or the middleware exports what has no meaning there";

        UNKNOWN_COMPONENT       = 0401 Error   "unknown-component"       "a component is not in scope";
        REQUEST_IN_STATIC       = 0402 Error   "request-in-static"       "the request is used in a page that is made without one";
        UNKNOWN_LAYOUT          = 0403 Error   "unknown-layout"          "a layout does not exist";
        UNKNOWN_SLOT            = 0404 Error   "unknown-slot"            "the layout has no such slot";
        UNRESOLVED_IMPORT       = 0405 Error   "unresolved-import"       "an import leads to no file";
        UNSAFE_INTERPOLATION    = 0406 Error   "unsafe-interpolation"    "a value stands where no escaping is safe";
        UNKNOWN_DIRECTIVE       = 0407 Error   "unknown-directive"       "there is no such `client:` directive";
        UNKNOWN_NAME            = 0408 Error   "unknown-name"            "a name is not in scope";
        UNKNOWN_PARAM           = 0409 Error   "unknown-param"           "the route has no such param";
        UNUSED_IMPORT           = 0410 Warning "unused-import"           "nothing uses an import";
        UNUSED_NAME             = 0411 Warning "unused-name"             "nothing uses a name of the server block";
        DEAD_EVENT_HANDLER      = 0412 Error   "dead-event-handler"      "an event handler that never runs";
        UNSERIALISABLE_PROP     = 0413 Error   "unserialisable-prop"     "an island is given what cannot reach the browser";
        SERVER_ONLY_IN_BROWSER  = 0414 Error   "server-only-in-browser"  "code that exists on the server only is loaded in the browser";
        PRIVATE_ENV_IN_BROWSER  = 0415 Error   "private-env-in-browser"  "a private name of the environment is read in the browser";
        NODE_ON_EDGE            = 0416 Error   "node-on-edge"            "a route on the edge reaches a module of Node";
        AWAIT_WATERFALL         = 0417 Warning "await-waterfall"         "an await waits for another that it does not need";
        UNKNOWN_TAG             = 0418 Warning "unknown-tag"             "a revalidated tag is carried by nothing";
        REVALIDATES_NOTHING     = 0419 Warning "revalidates-nothing"     "a revalidated path keeps no page";
        BROKEN_LINK             = 0420 Warning "broken-link"             "a link leads nowhere";
        UNKNOWN_EXPORT          = 0421 Error   "unknown-export"          "a module does not export a name";
        SHARED_QUERY_CLIENT     = 0422 Error   "shared-query-client"     "all requests share one `QueryClient`";
        CONDITIONAL_HOOK        = 0423 Error   "conditional-hook"        "a hook is not called once in each rendering";

        ROUTE_CONFLICT          = 0501 Error   "route-conflict"          "two files answer the same URLs";
        INVALID_PARAM           = 0502 Error   "invalid-param"           "a route parameter has a name that is not allowed";
        MISSING_PATHS           = 0503 Error   "missing-paths"           "a static route with params has no `paths`";
        MISSING_REVALIDATE      = 0504 Error   "missing-revalidate"      "an ISR route has no `revalidate`";
        REVALIDATE_OUTSIDE_ISR  = 0505 Error   "revalidate-outside-isr"  "`revalidate` has a meaning only in ISR";
        CATCH_ALL_NOT_LAST      = 0506 Error   "catch-all-not-last"      "a catch-all is not the last segment";
        INVALID_ROUTE_NAME      = 0507 Error   "invalid-route-name"      "a file name is no URL segment";
        CONFIG_NOT_STATIC       = 0508 Hint    "config-not-static"       "a value of velox.config cannot be read without running it";
        INVALID_PROJECT_CONFIG  = 0509 Error   "invalid-project-config"  "velox.config holds a value that is not allowed";
        UNREADABLE_FILE         = 0510 Error   "unreadable-file"         "a file cannot be read as UTF-8 text";
        UNUSED_IGNORE           = 0511 Warning "unused-ignore"           "a `velox-ignore` comment silences nothing";
        INVALID_IGNORE          = 0512 Warning "invalid-ignore"          "a `velox-ignore` comment has a form that is not allowed";

        PRERENDER_FAILED        = 0603 Error   "prerender-failed"        "a page could not be prerendered";
        BUNDLE_FAILED           = 0604 Error   "bundle-failed"           "code for the browser could not be bundled";

        INTERNAL                = 0901 Error   "internal"                "the compiler made a mistake of its own";
    }

    pub(super) fn entry(code: Code) -> &'static Entry {
        match ENTRIES.binary_search_by_key(&code.0, |entry| entry.number) {
            Ok(at) => &ENTRIES[at],
            Err(_) => unreachable!("codes are made from the list alone"),
        }
    }
}

/// Errors that are no mistakes of form: what is emitted is as it is written, and only whoever wrote it can tell that it is right.
const ADJUSTABLE_ERRORS: [u16; 6] = [401, 408, 409, 412, 413, 416];

impl Code {
    fn entry(self) -> &'static Entry {
        list::entry(self)
    }

    /// The code named `VX0401`, in any letter case, or `unknown-component`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let wanted = text.trim().to_ascii_lowercase();
        Self::ALL
            .iter()
            .copied()
            .find(|code| wanted == code.to_string().to_ascii_lowercase() || wanted == code.name())
    }

    /// The speaking name: `unknown-component`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// The severity it has unless configuration changes it.
    #[must_use]
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// Whether it says that a text does not parse (`VX01xx`, `VX02xx` errors, `typescript-syntax`): other checks are then
    /// silent about what they cannot tell.
    #[must_use]
    pub fn is_syntax(self) -> bool {
        let parse = self.0 / 100 == 1 || self.0 / 100 == 2 || self == Self::TYPESCRIPT_SYNTAX;
        parse && self.severity() == Severity::Error
    }

    /// Whether configuration may lower or silence it, and a `velox-ignore` comment too: warnings, hints, and those errors that
    /// do not make what is emitted wrong.
    #[must_use]
    pub fn is_adjustable(self) -> bool {
        self.severity() != Severity::Error || ADJUSTABLE_ERRORS.contains(&self.0)
    }

    /// Whether only a build reports it, so that a check cannot tell that it is absent.
    #[must_use]
    pub fn is_of_build(self) -> bool {
        self.0 / 100 == 6
    }

    /// The code that `text`, which names none, most likely means: its number or its name is near.
    #[must_use]
    pub fn near(text: &str) -> Option<Self> {
        let wanted = text.trim().to_ascii_lowercase();
        let digits: String = wanted.chars().filter(char::is_ascii_digit).collect();
        if !digits.is_empty()
            && let Some(code) = Self::parse(&format!("vx{digits:0>4}"))
        {
            return Some(code);
        }
        // The nearest of many numbers is any: only names are worth guessing at.
        let names = Self::ALL.iter().map(|code| code.name());
        let near = if wanted.starts_with("vx") && !digits.is_empty() {
            None
        } else {
            crate::nearest(&wanted, names)
        };
        near.and_then(Self::parse)
    }

    /// One line on what it is about, for lists.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.entry().title
    }

    /// Its page, in Markdown, as `veloxc explain` prints it.
    #[must_use]
    pub fn page(self) -> &'static str {
        self.entry().page
    }
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "VX{:04}", self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_and_names_are_unique() {
        assert!(Code::ALL.windows(2).all(|pair| pair[0] < pair[1]));
        for code in Code::ALL {
            assert_eq!(Code::parse(&code.to_string()), Some(*code));
            assert_eq!(Code::parse(code.name()), Some(*code));
        }
    }
}
