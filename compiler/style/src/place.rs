//! Converts the lines and columns of lightningcss into byte offsets.
//!
//! They are not those of the rest of the compiler: lines count from 0 and end at a form feed too, as CSS has it;
//! columns count from 1, in UTF-16 code units.

/// A line and a column as lightningcss counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct CssPlace {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// The byte offsets of `places`, in their order. One walk through the text for all of them.
pub(crate) fn offsets(css: &str, places: &[CssPlace]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    order.sort_by_key(|nth| places[*nth]);
    let mut found = vec![css.len() as u32; places.len()];
    let mut waiting = order.into_iter().peekable();
    let mut here = CssPlace { line: 0, column: 1 };
    let mut characters = css.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let ends_line = match character {
            '\n' | '\x0c' => true,
            '\r' => characters.peek().is_none_or(|(_, next)| *next != '\n'),
            _ => false,
        };
        let next = if ends_line {
            CssPlace { line: here.line + 1, column: 1 }
        } else {
            CssPlace { line: here.line, column: here.column + character.len_utf16() as u32 }
        };
        // A place past the end of its line is the line's end.
        while let Some(nth) = waiting.next_if(|nth| places[*nth] < next) {
            found[nth] = at as u32;
        }
        here = next;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_of_css_counts_and_columns_are_utf16() {
        let css = "é😀x\r\na\x0cb\rc\nd";
        let at = |line, column| offsets(css, &[CssPlace { line, column }])[0] as usize;
        assert_eq!(&css[at(0, 4)..][..1], "x");
        assert_eq!(&css[at(1, 1)..][..1], "a");
        assert_eq!(&css[at(2, 1)..][..1], "b");
        assert_eq!(&css[at(3, 1)..][..1], "c");
        assert_eq!(&css[at(4, 1)..][..1], "d");
        assert_eq!(at(9, 9), css.len());
    }

    #[test]
    fn answers_keep_the_order_of_the_questions() {
        let place = |line, column| CssPlace { line, column };
        assert_eq!(offsets("ab\ncd", &[place(1, 2), place(0, 2), place(1, 1)]), [4, 1, 3]);
    }
}
