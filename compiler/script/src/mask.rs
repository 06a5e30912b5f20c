//! Makes one text that swc can parse out of the holes of a template, or out of a module with elements in it, without
//! moving a byte.
//!
//! All that is not code is blanked. Each hole's code becomes an element of an array literal, and so does each element's
//! place in code: `{a && <b>{c}</b>}` → `,a && [  ,c  ]`. Positions in the tree are therefore positions in the source.
//! Refuses to trust the spans that it is given: one that does not fit is left blank.

use crate::{Dialect, ElementInput, HoleInput, plain::Plain};
use std::borrow::Cow;
use velox_diagnostics::Span;

/// A hole, in the pre-order in which facts are reported.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hole<'a> {
    /// The input.
    pub(crate) input: &'a HoleInput,
    /// Index of the hole around it.
    pub(crate) parent: Option<u32>,
    /// One past the index of the last hole inside it.
    pub(crate) last: u32,
    /// Whether its spans fit the text. One that does not is left blank.
    pub(crate) usable: bool,
}

/// All holes, in pre-order.
pub(crate) fn flatten_holes<'a>(text: &str, holes: &'a [HoleInput]) -> Vec<Hole<'a>> {
    let mut flat = Vec::with_capacity(holes.len());
    add_holes(text, holes, Span::new(0, text.len() as u32), None, &mut flat);
    flat
}

/// All holes of elements that stand in a module, in pre-order.
pub(crate) fn flatten_elements<'a>(text: &str, elements: &'a [ElementInput]) -> Vec<Hole<'a>> {
    let mut flat = Vec::new();
    add_elements(text, elements, Span::new(0, text.len() as u32), None, &mut flat);
    flat
}

fn add_elements<'a>(
    text: &str,
    elements: &'a [ElementInput],
    around: Span,
    parent: Option<u32>,
    flat: &mut Vec<Hole<'a>>,
) {
    for element in elements {
        // The first and the last byte become brackets.
        let fits = is_written(text, element.span, around);
        let inside = if fits { Span::new(element.span.start + 1, element.span.end - 1) } else { Span::at(0) };
        add_holes(text, &element.holes, inside, parent, flat);
    }
}

fn add_holes<'a>(
    text: &str,
    holes: &'a [HoleInput],
    around: Span,
    parent: Option<u32>,
    flat: &mut Vec<Hole<'a>>,
) {
    let mut from = around.start;
    for input in holes {
        let index = flat.len() as u32;
        let room = Span::new(from, around.end);
        let usable = fits(text, input.span, room);
        flat.push(Hole { input, parent, last: 0, usable });
        let inside = if usable { input.span } else { Span::at(0) };
        if !input.elements.is_empty() {
            crate::depth::guarded(|| add_elements(text, &input.elements, inside, Some(index), flat));
        }
        flat[index as usize].last = flat.len() as u32;
        if usable {
            from = input.span.end;
        }
    }
}

fn fits(text: &str, span: Span, around: Span) -> bool {
    span.start <= span.end && around.contains(span) && text.get(span.range()).is_some()
}

/// Whether an element in code becomes an array: its first and last byte become brackets.
fn is_written(text: &str, element: Span, around: Span) -> bool {
    fits(text, element, around) && element.len() >= 3
}

/// A text to parse, and where it begins in the source.
pub(crate) struct Masked {
    /// The text.
    pub(crate) code: String,
    /// Offset in the source of its first byte; -1 where a prefix stands before the text.
    pub(crate) at: i64,
}

struct Mask<'a> {
    text: &'a str,
    flat: &'a [Hole<'a>],
    keep: &'a dyn Fn(u32) -> bool,
    /// Holes that are left out, but for holes in their elements.
    plain: Option<&'a Plain>,
    /// Whether the buffer is blank where nothing was written.
    fresh: bool,
    buffer: Vec<u8>,
    /// What to add to an offset to get the index in the buffer.
    shift: i64,
    /// Index of the next hole, in pre-order.
    next: u32,
}

impl Mask<'_> {
    fn put(&mut self, offset: i64, byte: u8) {
        if let Ok(index) = usize::try_from(offset + self.shift)
            && let Some(place) = self.buffer.get_mut(index)
        {
            *place = byte;
        }
    }

    fn place(&mut self, span: Span) -> Option<&mut [u8]> {
        let start = usize::try_from(i64::from(span.start) + self.shift).ok()?;
        self.buffer.get_mut(start..start + span.len() as usize)
    }

    fn copy(&mut self, span: Span) {
        let source = &self.text.as_bytes()[span.range()];
        if let Some(place) = self.place(span) {
            place.copy_from_slice(source);
        }
    }

    fn blank(&mut self, span: Span) {
        if let Some(place) = self.place(span) {
            place.fill(b' ');
        }
    }

    /// Blanks an element but for the holes in it that are written: they are next.
    fn blank_around(&mut self, span: Span, holes: &[HoleInput]) {
        if self.fresh {
            return;
        }
        let (mut from, mut index) = (span.start, self.next);
        for input in holes {
            let hole = self.flat[index as usize];
            if hole.usable && (self.keep)(index) {
                self.blank(Span::new(from, input.span.start));
                from = input.span.end;
            }
            index = hole.last;
        }
        self.blank(Span::new(from, span.end));
    }

    /// Writes a hole's code, with a comma before it and a line break after it: it may end in a line comment.
    fn hole(&mut self, input: &HoleInput) {
        let index = self.next;
        let hole = self.flat[index as usize];
        if self.plain.is_some_and(|plain| plain.is_plain(index)) {
            self.next += 1;
            for inner in input.elements.iter().flat_map(|element| &element.holes) {
                crate::depth::guarded(|| self.hole(inner));
            }
            return;
        }
        if !hole.usable || !(self.keep)(index) {
            self.next = hole.last;
            return;
        }
        self.next += 1;
        // Elements write themselves: copying them too would cost their depth.
        let mut from = input.span.start;
        for element in &input.elements {
            if is_written(self.text, element.span, input.span) && element.span.start >= from {
                self.copy(Span::new(from, element.span.start));
                from = element.span.end;
            }
        }
        self.copy(Span::new(from, input.span.end));
        let mut before = i64::from(input.span.start) - 1;
        if input.spread {
            for _ in 0..3 {
                self.put(before, b'.');
                before -= 1;
            }
        }
        if before >= 0 {
            self.put(before, b',');
        }
        self.put(i64::from(input.span.end), b'\n');
        if !input.elements.is_empty() {
            crate::depth::guarded(|| self.elements(&input.elements, input.span));
        }
    }

    fn elements(&mut self, elements: &[ElementInput], around: Span) {
        let mut open: Option<Span> = None;
        for element in elements {
            let span = element.span;
            if !is_written(self.text, span, around) {
                for _ in &element.holes {
                    self.next = self.flat[self.next as usize].last;
                }
                continue;
            }
            self.blank_around(span, &element.holes);
            // Elements side by side are one array: the template's parser reports them, and nothing else should.
            let touching = open.filter(|before| {
                let (at, _) =
                    crate::scan::skip_trivia(self.text.as_bytes(), before.end as usize, span.start as usize);
                at == span.start as usize
            });
            if let Some(before) = touching {
                self.blank(Span::new(before.end - 1, span.start));
            }
            for hole in &element.holes {
                self.hole(hole);
            }
            // The comma before a name in a tag stands in the bracket's place: write it after that.
            if touching.is_none() {
                self.put(i64::from(span.start), b'[');
            }
            // The line break after an inner hole's code may stand in the bracket's place: write it last.
            self.put(i64::from(span.end) - 1, b']');
            open = Some(span);
        }
    }

    fn finish(self, at: i64) -> Masked {
        // All that was cut was cut between characters, so this never fails; if it did, nothing must be parsed.
        Masked { code: String::from_utf8(self.buffer).unwrap_or_default(), at }
    }
}

/// All holes as elements of one array literal. `keep` says for a hole's index whether it is to be there.
pub(crate) fn mask_holes(
    text: &str,
    holes: &[HoleInput],
    flat: &[Hole<'_>],
    keep: &dyn Fn(u32) -> bool,
) -> Masked {
    let mut buffer = vec![b' '; text.len() + 2];
    buffer[0] = b'[';
    let mut mask = Mask { text, flat, keep, plain: None, fresh: true, buffer, shift: 1, next: 0 };
    for hole in holes {
        mask.hole(hole);
    }
    // A hole may end where the text ends, in a line comment: then the last byte is its line break.
    let end = mask.buffer.len() - 1;
    if mask.buffer[end] == b'\n' {
        mask.buffer.push(b']');
    } else {
        mask.buffer[end] = b']';
    }
    mask.finish(-1)
}

/// The same for the holes that are not plain, where there are any; the text begins and ends with these.
pub(crate) fn mask_among_plain(text: &str, flat: &[Hole<'_>], plain: &Plain) -> Option<Masked> {
    let parsed = |index: &u32| plain.is_parsed(*index);
    let first = flat[(0..flat.len() as u32).find(parsed)? as usize].input;
    let ends = (0..flat.len() as u32).filter(parsed).map(|index| flat[index as usize].input.span.end);
    let end = i64::from(ends.max()?);
    // A bracket, a comma and three dots may stand before the code, a line break and a bracket after it.
    let start = (i64::from(first.span.start) - if first.spread { 5 } else { 2 }).max(-1);
    let mut buffer = vec![b' '; usize::try_from(end + 2 - start).ok()?];
    *buffer.first_mut()? = b'[';
    *buffer.last_mut()? = b']';
    let keep = |index: u32| plain.is_parsed(index);
    let mut mask =
        Mask { text, flat, keep: &keep, plain: Some(plain), fresh: true, buffer, shift: -start, next: 0 };
    while let Some(hole) = flat.get(mask.next as usize) {
        mask.hole(hole.input);
    }
    Some(mask.finish(start))
}

/// One hole's code in parentheses, elements in it as arrays. Its spans must fit the text.
pub(crate) fn mask_hole(text: &str, index: u32, flat: &[Hole<'_>], keep: &dyn Fn(u32) -> bool) -> Masked {
    let input = flat[index as usize].input;
    let mut buffer = Vec::with_capacity(input.span.len() as usize + 3);
    buffer.push(b'(');
    buffer.extend_from_slice(input.span.text(text).as_bytes());
    let shift = 1 - i64::from(input.span.start);
    let mut mask = Mask { text, flat, keep, plain: None, fresh: false, buffer, shift, next: index + 1 };
    mask.elements(&input.elements, input.span);
    mask.buffer.extend_from_slice(b"\n)");
    mask.finish(i64::from(input.span.start) - 1)
}

/// The code of a module as swc can read it: the elements of a `.tsx` file are taken for values.
pub(crate) fn module_code<'t>(text: &'t str, dialect: Dialect, elements: &[ElementInput]) -> Cow<'t, str> {
    if dialect != Dialect::Tsx || elements.is_empty() {
        return Cow::Borrowed(text);
    }
    let flat = flatten_elements(text, elements);
    Cow::Owned(mask_module(text, elements, &flat, &|_| true).code)
}

/// A module's text, elements in it as arrays.
pub(crate) fn mask_module(
    text: &str,
    elements: &[ElementInput],
    flat: &[Hole<'_>],
    keep: &dyn Fn(u32) -> bool,
) -> Masked {
    let buffer = text.as_bytes().to_vec();
    let mut mask = Mask { text, flat, keep, plain: None, fresh: false, buffer, shift: 0, next: 0 };
    mask.elements(elements, Span::new(0, text.len() as u32));
    mask.finish(0)
}
