//! Colours in values of CSS, read by lightningcss: names, hexadecimal, and all colour functions that need no context.
//!
//! Refuses `currentcolor`, system colours, `light-dark()` and whatever holds a `var()`: what they are, the text does not tell.

use lightningcss::traits::Parse;
use lightningcss::values::color::CssColor;
use velox_diagnostics::Span;

/// Functions that give a colour.
const FUNCTIONS: &[&str] =
    &["color", "color-mix", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "rgb", "rgba"];

/// Properties (or beginnings of their names) whose words are names of something else.
const WORDS_ARE_NO_COLORS: &[&str] = &[
    "animation",
    "content",
    "counter",
    "font",
    "grid",
    "container",
    "list-style",
    "page",
    "quotes",
    "transition",
    "view-",
    "voice",
    "will-",
];

/// Red, green, blue and alpha of one colour, each from 0 to 1 and in the precision of a byte, as it is shown on a screen (sRGB).
#[must_use]
pub fn color(text: &str) -> Option<[f32; 4]> {
    // The parser recurses into brackets; colours nest in `color-mix()` alone.
    if text.len() > 256 || text.matches('(').count() > 8 {
        return None;
    }
    match CssColor::parse_string(text).ok()?.to_rgb().ok()? {
        CssColor::RGBA(rgba) => {
            Some([rgba.red, rgba.green, rgba.blue, rgba.alpha].map(|part| f32::from(part) / 255.0))
        }
        _ => None,
    }
}

/// The colours in the value of a property, in order. An empty `property` is one whose value is a colour or nothing.
#[must_use]
pub fn colors_in(property: &str, value: &str) -> Vec<(Span, [f32; 4])> {
    let words =
        property.starts_with("--") || !WORDS_ARE_NO_COLORS.iter().any(|start| property.starts_with(start));
    let bytes = value.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b'/' if bytes.get(at + 1) == Some(&b'*') => {
                at = value
                    .get(at + 2..)
                    .and_then(|rest| rest.find("*/"))
                    .map_or(bytes.len(), |end| at + end + 4);
            }
            quote @ (b'"' | b'\'') => {
                at += 1;
                while at < bytes.len() && bytes[at] != quote {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at += 1;
            }
            b'#' => {
                at = word_end(bytes, at + 1);
                add(&mut found, value, start, at);
            }
            byte if byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_') || byte >= 0x80 => {
                at = word_end(bytes, at);
                let word = value.get(start..at).unwrap_or("").to_ascii_lowercase();
                if bytes.get(at) == Some(&b'(') {
                    let end = closing(bytes, at);
                    if FUNCTIONS.contains(&&*word) && add(&mut found, value, start, end) || word == "url" {
                        at = end;
                    }
                } else if words && word != "transparent" && word.bytes().all(|byte| byte.is_ascii_lowercase())
                {
                    add(&mut found, value, start, at);
                }
            }
            byte if byte.is_ascii_digit() => at = word_end(bytes, at),
            _ => at += 1,
        }
    }
    found
}

fn add(found: &mut Vec<(Span, [f32; 4])>, value: &str, start: usize, end: usize) -> bool {
    let rgba = value.get(start..end).and_then(color);
    found.extend(rgba.map(|rgba| (Span::from(start..end), rgba)));
    rgba.is_some()
}

fn word_end(bytes: &[u8], at: usize) -> usize {
    let goes_on = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') || *byte >= 0x80;
    bytes[at..].iter().position(|byte| !goes_on(byte)).map_or(bytes.len(), |length| at + length)
}

/// The place behind the parenthesis that closes the one at `open`.
fn closing(bytes: &[u8], open: usize) -> usize {
    let mut depth = 0usize;
    for (length, byte) in bytes[open..].iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return open + length + 1;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(property: &str, value: &str) -> Vec<String> {
        let hex = |rgba: [f32; 4]| -> String {
            rgba.iter().map(|part| format!("{:02x}", (part * 255.0).round() as u8)).collect()
        };
        let found = colors_in(property, value);
        found.into_iter().map(|(span, rgba)| format!("{} {}", span.text(value), hex(rgba))).collect()
    }

    #[test]
    fn colors_of_all_kinds_are_read() {
        assert_eq!(check("color", "red"), ["red ff0000ff"]);
        assert_eq!(check("border", "1px solid #0a0c"), ["#0a0c 00aa00cc"]);
        assert_eq!(check("color", "rgb(255 0 0 / 50%)"), ["rgb(255 0 0 / 50%) ff000080"]);
        assert_eq!(check("color", "hsl(120deg 100% 50%)"), ["hsl(120deg 100% 50%) 00ff00ff"]);
        assert_eq!(check("color", "hwb(0 0% 0%)"), ["hwb(0 0% 0%) ff0000ff"]);
        assert_eq!(check("color", "color(srgb 0 0 1)"), ["color(srgb 0 0 1) 0000ffff"]);
        assert_eq!(check("color", "oklch(0 0 0)"), ["oklch(0 0 0) 000000ff"]);
        assert_eq!(check("background", "linear-gradient(red, #fff 50%)"), ["red ff0000ff", "#fff ffffffff"]);
        assert_eq!(check("--tone", "Tan"), ["Tan d2b48cff"]);
    }

    #[test]
    fn what_is_no_color_is_let_be() {
        for (property, value) in [
            ("color", "currentcolor"),
            ("color", "var(--red)"),
            ("color", "rgb(var(--r) 0 0)"),
            ("color", "light-dark(#zzz, x)"),
            ("font-family", "Tan, 'red'"),
            ("animation-name", "red"),
            ("background", "url(red.png) url('#fff')"),
            ("color", "/* red */ inherit"),
            ("color", "transparent"),
            ("width", "10red"),
            ("color", "#ggg"),
            ("color", "'red"),
            ("color", "rgb(1"),
        ] {
            assert!(check(property, value).is_empty(), "{property}: {value}: {:?}", check(property, value));
        }
    }
}
