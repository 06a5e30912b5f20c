//! Holes that are read without the parser: names, members, calls, operators, `?:`, strings, elements, lists, and arrow functions
//! in arguments, as in `{post.title}` and `{items.map((item) => <li>{item.name}</li>)}`.
//!
//! Nearly all holes are such, and a tree that is made, walked and dropped for each costs more than all else that is asked
//! of a template. Refuses to judge: whatever is not known for certain to be right, and to mean what it seems to, is left to
//! the parser. A test compares random holes with what the parser says of them.

mod function;
mod list;
mod operand;
mod read;
mod words;

use crate::{Shape, Value, holes::is_blank, mask::Hole};
use memchr::memmem;
use read::Reader;
use velox_diagnostics::Span;

/// Whether a word is a name wherever a name may stand. Words that are keywords in some places are not.
pub(crate) fn is_name(word: &str) -> bool {
    words::word(word.as_bytes()) == words::Word::Name
}

/// What happens in a hole, in the order of the source.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Event {
    /// A name is used.
    Name(Span),
    /// A member is read of it.
    Member(Span),
    /// The same, as a string in brackets.
    Key(Span),
    /// It is called.
    Called,
    /// An arrow function begins.
    Enter,
    /// It has this parameter.
    Parameter(Span),
    /// Its body is a block.
    Body,
    /// The block declares this constant.
    Constant(Span),
    /// The block ends.
    End,
    /// The function ends.
    Leave,
    /// The next element in the code of the hole.
    Element,
}

impl Event {
    /// Whether it reads a member of the name before it.
    pub(crate) fn is_member(&self) -> bool {
        matches!(self, Self::Member(_) | Self::Key(_))
    }
}

/// What becomes of a hole.
#[derive(Debug)]
pub(crate) enum Reading {
    /// Its code is for the parser.
    Parsed,
    /// There is nothing in it.
    Blank,
    /// It was read.
    Plain(Read),
}

/// What was found in a hole.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) shape: Shape,
    /// Its value, where that is told.
    pub(crate) value: Option<Box<Value>>,
    /// Where its events begin and end.
    pub(crate) events: (u32, u32),
}

/// Whether a comment of this text may have no end. The last `/*` is in such a comment, or begins it.
fn may_lack_end(bytes: &[u8]) -> bool {
    memmem::rfind(bytes, b"/*").is_some_and(|at| memmem::find(&bytes[at + 2..], b"*/").is_none())
}

/// The holes of a template that were read.
#[derive(Default, Debug)]
pub(crate) struct Plain {
    events: Vec<Event>,
    /// For each hole in pre-order; none where all holes are for the parser.
    readings: Vec<Reading>,
}

impl Plain {
    /// Reads what can be read without the parser.
    pub(crate) fn read(text: &str, flat: &[Hole<'_>]) -> Self {
        // Spans that do not fit are left to the slower way, which minds them.
        if !flat.iter().all(|hole| hole.usable) || !flat.is_sorted_by_key(|hole| hole.input.span.start) {
            return Self::default();
        }
        let mut plain =
            Self { events: Vec::with_capacity(4 * flat.len()), readings: Vec::with_capacity(flat.len()) };
        // The end of the plain hole around the next one.
        let mut inside = 0;
        let mut awaits = None;
        for (index, hole) in flat.iter().enumerate() {
            let start = plain.events.len();
            let reading = match Reader::new(text, hole.input, &mut plain.events).hole() {
                Some((shape, value)) => {
                    inside = inside.max(hole.last);
                    Reading::Plain(Read { shape, value, events: (start as u32, plain.events.len() as u32) })
                }
                None => {
                    plain.events.truncate(start);
                    let span = hole.input.span;
                    if !hole.input.spread && is_blank(text, span) {
                        // A comment without an end takes what follows the hole with it.
                        if may_lack_end(span.text(text).as_bytes()) {
                            return Self::default();
                        }
                        Reading::Blank
                    } else {
                        // Parsed on its own it would not be known to stand in a function, where `await` is wrong. One look at
                        // the text is enough, since holes nest.
                        if (index as u32) < inside
                            && *awaits
                                .get_or_insert_with(|| memmem::find(text.as_bytes(), b"await").is_some())
                        {
                            return Self::default();
                        }
                        Reading::Parsed
                    }
                }
            };
            plain.readings.push(reading);
        }
        plain
    }

    /// Whether the holes are told apart: else all of them are for the parser.
    pub(crate) fn is_some(&self) -> bool {
        !self.readings.is_empty()
    }

    /// Whether this hole is for the parser.
    pub(crate) fn is_parsed(&self, index: u32) -> bool {
        matches!(self.readings.get(index as usize), None | Some(Reading::Parsed))
    }

    /// Whether this hole was read, so that it leaves nothing but what is parsed in its elements.
    pub(crate) fn is_plain(&self, index: u32) -> bool {
        matches!(self.readings.get(index as usize), Some(Reading::Plain(_)))
    }

    /// What was found in a hole that was read; it is given once.
    pub(crate) fn take(&mut self, index: usize) -> Option<Read> {
        match std::mem::replace(self.readings.get_mut(index)?, Reading::Blank) {
            Reading::Plain(read) => Some(read),
            Reading::Parsed | Reading::Blank => None,
        }
    }

    /// Whether a hole that was read was never asked for.
    pub(crate) fn is_left(&self) -> bool {
        self.readings.iter().any(|reading| matches!(reading, Reading::Plain(_)))
    }

    /// Events between these places.
    pub(crate) fn events(&self, from: u32, to: u32) -> &[Event] {
        self.events.get(from as usize..to as usize).unwrap_or_default()
    }
}
