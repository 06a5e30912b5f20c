//! What a byte may be part of, as one table: so that runs of bytes are walked over with one look at each.
//!
//! Refuses to look at more than a byte.

/// White space of markup.
pub(crate) const SPACE: u8 = 1;
/// What goes on with the name of a tag.
pub(crate) const NAME: u8 = 2;
/// What stands in the name of an attribute.
pub(crate) const ATTRIBUTE: u8 = 4;
/// What begins no attribute and means nothing in a tag.
pub(crate) const JUNK: u8 = 8;
/// What neither ends code nor opens or closes anything in it.
pub(crate) const PLAIN: u8 = 16;
/// What is plain in the text of a template literal.
pub(crate) const LITERAL: u8 = 32;

/// What means nothing to the end of a server block.
pub(crate) const BLOCK: u8 = 64;

const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0usize;
    while byte < classes.len() {
        classes[byte] = classes_of(byte as u8);
        byte += 1;
    }
    classes
};

const fn classes_of(byte: u8) -> u8 {
    let space = byte.is_ascii_whitespace();
    let name =
        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.' | b':' | b'-') || byte >= 0x80;
    let attribute = name || byte == b'@';
    let mark = matches!(byte, b'=' | b'{' | b'}' | b'>' | b'/' | b'<' | b'"' | b'\'' | b'`');
    let bracket = matches!(byte, b'(' | b')' | b'[' | b']');
    let mut classes = 0;
    if space {
        classes |= SPACE;
    }
    if name {
        classes |= NAME;
    }
    if attribute {
        classes |= ATTRIBUTE;
    }
    if !(space || attribute || mark) {
        classes |= JUNK;
    }
    if byte == b'=' || !(mark || bracket) {
        classes |= PLAIN;
    }
    if !matches!(byte, b'`' | b'\\' | b'$' | b'}') {
        classes |= LITERAL;
    }
    if !matches!(byte, b'\'' | b'"' | b'`' | b'/' | b'-') {
        classes |= BLOCK;
    }
    classes
}

/// Whether `byte` is of one of these classes.
pub(crate) fn is(byte: u8, classes: u8) -> bool {
    CLASSES[usize::from(byte)] & classes != 0
}

/// The end of the run of bytes of these classes that begins at `at`.
pub(crate) fn run_end(bytes: &[u8], at: usize, classes: u8) -> usize {
    let mut end = at;
    while end < bytes.len() && is(bytes[end], classes) {
        end += 1;
    }
    end
}
