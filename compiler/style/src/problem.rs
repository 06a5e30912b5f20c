//! Puts into words, and into their exact places, what lightningcss could not read.

use crate::StyleProblem;
use crate::place::{CssPlace, offsets};
use crate::selector::is_selector_list;
use lightningcss::error::{Error, ParserError, SelectorError};
use lightningcss::properties::custom::Token;
use lightningcss::rules::Location;
use velox_diagnostics::{Span, nearest};

/// A `:global` that means nothing, with the start of its rule.
#[derive(Clone, Copy, Debug)]
pub(crate) enum GlobalMisuse {
    /// `:global` without anything after it.
    Bare(Location),
    /// `:global(…)` with something in it that is no selector.
    Argument(Location),
}

const AT_RULES: &[&str] = &[
    "charset",
    "container",
    "counter-style",
    "font-face",
    "font-feature-values",
    "font-palette-values",
    "import",
    "keyframes",
    "layer",
    "media",
    "namespace",
    "page",
    "position-try",
    "property",
    "scope",
    "starting-style",
    "supports",
    "view-transition",
];

const PSEUDO_CLASSES: &[&str] = &[
    "active",
    "any-link",
    "checked",
    "default",
    "disabled",
    "empty",
    "enabled",
    "first-child",
    "first-of-type",
    "focus",
    "focus-visible",
    "focus-within",
    "fullscreen",
    "has",
    "hover",
    "in-range",
    "indeterminate",
    "invalid",
    "is",
    "lang",
    "last-child",
    "last-of-type",
    "link",
    "modal",
    "not",
    "nth-child",
    "nth-last-child",
    "nth-of-type",
    "only-child",
    "only-of-type",
    "open",
    "optional",
    "out-of-range",
    "placeholder-shown",
    "popover-open",
    "read-only",
    "read-write",
    "required",
    "root",
    "scope",
    "target",
    "user-invalid",
    "user-valid",
    "valid",
    "visited",
    "where",
];

const PSEUDO_ELEMENTS: &[&str] = &[
    "after",
    "backdrop",
    "before",
    "cue",
    "details-content",
    "file-selector-button",
    "first-letter",
    "first-line",
    "marker",
    "part",
    "placeholder",
    "selection",
    "slotted",
    "view-transition",
];

/// The problems of a text.
pub(crate) fn in_text(
    css: &str,
    errors: &[Error<ParserError<'_>>],
    misuses: Vec<GlobalMisuse>,
    scoped: bool,
) -> Vec<StyleProblem> {
    let mut told = Vec::new();
    let mut places = Vec::new();
    for error in errors {
        if let Some(loc) = &error.loc {
            told.push(&error.kind);
            places.push(CssPlace { line: loc.line, column: loc.column });
        }
    }
    let rules = misuses.iter().map(|misuse| match misuse {
        GlobalMisuse::Bare(loc) | GlobalMisuse::Argument(loc) => loc,
    });
    places.extend(rules.map(|loc| CssPlace { line: loc.line, column: loc.column }));
    let offsets = offsets(css, &places);
    let mut problems: Vec<StyleProblem> =
        told.iter().zip(&offsets).filter_map(|(kind, at)| problem(css, kind, *at as usize, scoped)).collect();
    for (misuse, rule) in misuses.iter().zip(&offsets[told.len()..]) {
        misused(css, *misuse, *rule as usize, &mut problems);
    }
    problems
}

/// One error as a problem; nothing where it is only a name that this version of lightningcss does not know, and
/// that is near no name that it knows: CSS grows faster than its parsers.
fn problem(css: &str, kind: &ParserError<'_>, at: usize, scoped: bool) -> Option<StyleProblem> {
    let told = |span: Span, message: String| Some(StyleProblem { span, message });
    let here = word_at(css, at);
    let word = here.text(css);
    match kind {
        ParserError::AtRuleInvalid(name) => {
            let span = at_keyword_before(css, at).unwrap_or(here);
            if AT_RULES.contains(&name.to_ascii_lowercase().as_str()) {
                return told(span, format!("`@{name}` cannot stand inside a rule"));
            }
            let meant = nearest(name, AT_RULES.iter().copied())?;
            told(span, format!("there is no `@{name}`; did you mean `@{meant}`?"))
        }
        ParserError::SelectorError(SelectorError::UnsupportedPseudoClass(name)) => {
            if name.eq_ignore_ascii_case("global") {
                if scoped {
                    return None;
                }
                let message = "`:global` has a meaning only in a scoped style";
                return told(name_near(css, at, name).unwrap_or(here), message.to_owned());
            }
            let meant = nearest(name, PSEUDO_CLASSES.iter().copied())?;
            told(
                name_near(css, at, name).unwrap_or(here),
                format!("there is no `:{name}`; did you mean `:{meant}`?"),
            )
        }
        ParserError::SelectorError(SelectorError::UnsupportedPseudoElement(name)) => {
            let meant = nearest(name, PSEUDO_ELEMENTS.iter().copied())?;
            told(
                name_near(css, at, name).unwrap_or(here),
                format!("there is no `::{name}`; did you mean `::{meant}`?"),
            )
        }
        ParserError::SelectorError(SelectorError::ClassNeedsIdent(_)) => {
            let dot = Span::new(at.saturating_sub(1) as u32, at as u32);
            told(
                if dot.text(css) == "." { dot } else { here },
                "a class name is missing after `.`".to_owned(),
            )
        }
        ParserError::SelectorError(SelectorError::DanglingCombinator) => {
            told(last_before(css, at), "a selector is missing after this".to_owned())
        }
        ParserError::SelectorError(SelectorError::EmptySelector) if word != "}" => {
            told(here, "a selector is missing here".to_owned())
        }
        ParserError::SelectorError(error) if word != "}" => told(here, selector_message(error, word)),
        ParserError::UnexpectedImportRule => told(
            at_keyword_before(css, at).unwrap_or(here),
            "`@import` has to stand before all other rules but `@charset` and `@layer`".to_owned(),
        ),
        ParserError::UnexpectedNamespaceRule => told(
            at_keyword_before(css, at).unwrap_or(here),
            "`@namespace` has to stand before all other rules but `@charset`, `@import` and `@layer`"
                .to_owned(),
        ),
        ParserError::MaximumNestingDepth => told(here, "this is nested too deeply".to_owned()),
        ParserError::InvalidMediaQuery => told(here, "this is no valid media query".to_owned()),
        ParserError::InvalidPageSelector => told(here, "this is no valid page selector".to_owned()),
        ParserError::InvalidValue => told(here, format!("`{word}` is no valid value here")),
        ParserError::UnexpectedToken(Token::BadString(_)) => {
            told(here, "this string is never closed".to_owned())
        }
        ParserError::UnexpectedToken(Token::BadUrl(_)) => {
            told(here, "this `url(…)` holds a character that has to stand in quotes".to_owned())
        }
        _ => {
            // A closing bracket that closes nothing is read as the start of a rule that never comes.
            let before = last_before(css, at);
            if word == "}" && !matches!(kind, ParserError::EndOfInput) {
                told(here, "this `}` closes nothing".to_owned())
            } else if word.is_empty() && before.text(css) == "}" {
                told(before, "this `}` closes nothing".to_owned())
            } else if matches!(kind, ParserError::EndOfInput) || word.is_empty() {
                told(here, "something is missing here".to_owned())
            } else {
                told(here, format!("`{word}` is not expected here"))
            }
        }
    }
}

fn selector_message(error: &SelectorError<'_>, word: &str) -> String {
    match error {
        SelectorError::ExpectedNamespace(name) => format!("no `@namespace` declares `{name}`"),
        SelectorError::InvalidPseudoClassAfterPseudoElement
        | SelectorError::UnexpectedSelectorAfterPseudoElement(_) => {
            format!("`{word}` cannot stand after a pseudo-element")
        }
        _ if word.is_empty() => "this selector ends too early".to_owned(),
        _ => format!("`{word}` is not expected in a selector"),
    }
}

/// All uses of `:global` in a rule's selectors that mean nothing.
fn misused(css: &str, misuse: GlobalMisuse, rule: usize, problems: &mut Vec<StyleProblem>) {
    const NAME: &str = ":global";
    let prelude = &css[rule..];
    let prelude = &prelude[..prelude.find('{').unwrap_or(prelude.len())];
    let lower = prelude.to_ascii_lowercase();
    for (at, _) in lower.match_indices(NAME) {
        let after = &prelude[at + NAME.len()..];
        let span = Span::from(rule + at..rule + at + NAME.len());
        match misuse {
            GlobalMisuse::Bare(_) if !after.starts_with('(') => {
                let message = "`:global` needs a selector: write `:global(.name)`, or `<style is:global>`";
                problems.push(StyleProblem { span, message: message.to_owned() });
            }
            GlobalMisuse::Argument(_) if after.starts_with('(') && !is_selector_list(inside(after)) => {
                let end = (span.end as usize + inside(after).len() + 2).min(rule + prelude.len());
                let span = Span::new(span.start, end as u32);
                let message = "`:global(…)` holds something that is no selector".to_owned();
                problems.push(StyleProblem { span, message });
            }
            _ => {}
        }
    }
}

/// The text between the bracket that `text` starts with and the one that closes it.
fn inside(text: &str) -> &str {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return &text[1..at],
            b')' => depth -= 1,
            _ => {}
        }
    }
    &text[1..]
}

/// The word at `at`, or behind the white space that starts there: an identifier with the sign before it, a string,
/// or a single character. Empty at the end of the text.
fn word_at(css: &str, at: usize) -> Span {
    let at = at + css[at..].len() - css[at..].trim_start_matches([' ', '\t', '\n', '\r', '\x0c']).len();
    let rest = &css[at..];
    let Some(first) = rest.chars().next() else { return Span::at(at as u32) };
    let name =
        |from: usize| rest[from..].find(|next| !is_name_character(next)).map_or(rest.len(), |end| from + end);
    let length = match first {
        '"' | '\'' => rest[1..]
            .find([first, '\n', '\r', '\x0c'])
            .map_or(rest.len(), |end| 1 + end + usize::from(rest[1 + end..].starts_with(first))),
        '@' | '#' | '.' => name(1),
        first if is_name_character(first) => name(0),
        first => first.len_utf8(),
    };
    Span::from(at..at + length)
}

fn is_name_character(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_') || !character.is_ascii()
}

/// The `@name` that ends at `at`, or before the white space that ends there.
fn at_keyword_before(css: &str, at: usize) -> Option<Span> {
    let before = css[..at].trim_end();
    let start = before.rfind(|character| !is_name_character(character))?;
    before[start..].starts_with('@').then(|| Span::from(start..before.len()))
}

/// The name of a pseudo-class or a pseudo-element, whose error lies before it, or behind the bracket that follows.
fn name_near(css: &str, at: usize, name: &str) -> Option<Span> {
    let reach = name.len() + 2;
    let (mut from, mut to) = (at.saturating_sub(reach), (at + reach).min(css.len()));
    while !css.is_char_boundary(from) {
        from -= 1;
    }
    while !css.is_char_boundary(to) {
        to += 1;
    }
    let start = from + css[from..to].rfind(name)?;
    Some(Span::from(start..start + name.len()))
}

/// The last character before `at` that is no white space; empty where there is none.
fn last_before(css: &str, at: usize) -> Span {
    let before = css[..at].trim_end();
    let length = before.chars().next_back().map_or(0, char::len_utf8);
    Span::from(before.len() - length..before.len())
}
