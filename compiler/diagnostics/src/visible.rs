//! Makes text from a project safe and aligned on a terminal.
//!
//! Sources, file names and messages may hold escape sequences, marks that turn the direction of writing, and
//! characters without width. Printed as they are, they would recolour the terminal, show code in another order
//! than the compiler reads it, or push the underline away from its place.

/// How one character is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// As it is, or as a stand-in of the same width.
    As(char),
    /// Not at all: it has no width and says nothing that a reader needs.
    Hidden,
}

/// Decides how `character` is shown. Tabs are kept; the frame expands them.
pub(crate) fn shown(character: char) -> Shown {
    match character {
        '\t' => Shown::As('\t'),
        '\u{0}'..='\u{1f}' => Shown::As(char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}')),
        '\u{7f}' => Shown::As('\u{2421}'),
        // C1 controls, and what some terminals take for a line end.
        '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => Shown::As('\u{fffd}'),
        // Marks that reorder what follows must be seen.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            Shown::As('\u{fffd}')
        }
        // Joiners, variation selectors, the byte-order mark: a joined emoji is shown as its parts, whose widths
        // every terminal agrees on.
        '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => {
            Shown::Hidden
        }
        other => Shown::As(other),
    }
}

/// `text` on one line, safe to print.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .filter_map(|character| match shown(character) {
            Shown::As('\t') => Some(' '),
            Shown::As(character) => Some(character),
            Shown::Hidden => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn nothing_in_a_text_reaches_the_terminal_as_a_command() {
        assert_eq!(one_line("a\u{1b}[31mb\nc\td"), "a␛[31mb␊c d");
        assert_eq!(one_line("x\u{202e}y\u{feff}z"), "x\u{fffd}yz");
        assert_eq!(one_line("日本語 é 😀"), "日本語 é 😀");
    }
}
