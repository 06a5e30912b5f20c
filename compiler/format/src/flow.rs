//! Prints what stands side by side in an element that is broken: a paragraph of words and inline elements, or a line for each.
//!
//! White space that is rendered stays rendered. Between words a line break is as good as a space; beside a tag it would be dropped,
//! so a line breaks there as a last resort, and with a `{' '}`.

use crate::children::{Atom, Children, Joint, wants_line};
use crate::printer::Printer;
use std::ops::Range;
use velox_syntax::NodeKind;

/// The space that a line break would drop.
const SPACE: &str = "{' '}";

impl<'a> Printer<'a> {
    /// Children in lines of `level`; the first stands where the printer is, at the begin of a line.
    pub(crate) fn flow(&mut self, children: &Children<'a>, level: u32) {
        let list = &children.list;
        let mut start = 0;
        while start < list.len() {
            // A stretch without a place where a line may break freely.
            let mut end = start + 1;
            while end < list.len() && !self.breaks_freely(children, end) {
                end += 1;
            }
            let last = end == list.len();
            self.stretch(children, start..end, level);
            if last && children.end == Joint::Space {
                if !self.fits(SPACE.len() as u32) {
                    self.new_line(level);
                }
                self.out.push_str(SPACE);
            }
            start = end;
        }
        if list.is_empty() && children.end == Joint::Space {
            self.out.push_str(SPACE);
        }
    }

    /// Whether a line may break before the child at `at` without a `{' '}`.
    fn breaks_freely(&self, children: &Children<'a>, at: usize) -> bool {
        let (joint, atom) = children.list[at];
        match joint {
            Joint::Line | Joint::Blank => true,
            // A line of dashes might be taken for a fence.
            Joint::Word => !matches!(atom, Atom::Word(word) if word.starts_with("---")),
            Joint::Space => false,
            Joint::None => {
                let before = children.list[at - 1].1;
                // Where no words are around, elements are a list.
                let listed = !children.words && self.is_element(before) && self.is_element(atom);
                listed
                    || self.wants_line(before) && self.is_node(atom)
                    || self.wants_line(atom) && self.is_node(before)
                    || self.is_line_break(before)
            }
        }
    }

    fn is_node(&self, atom: Atom<'_>) -> bool {
        !matches!(atom, Atom::Word(_))
    }

    fn is_element(&self, atom: Atom<'_>) -> bool {
        let (Atom::Node(id) | Atom::Verbatim(id)) = atom else { return false };
        matches!(self.tree.node(id).kind, NodeKind::Element(_))
    }

    fn wants_line(&self, atom: Atom<'_>) -> bool {
        match atom {
            Atom::Word(_) => false,
            Atom::Node(id) | Atom::Verbatim(id) => wants_line(self.text, self.tree, id),
        }
    }

    fn is_comment(&self, atom: Atom<'_>) -> bool {
        let (Atom::Node(id) | Atom::Verbatim(id)) = atom else { return false };
        match &self.tree.node(id).kind {
            NodeKind::Comment(_) => true,
            NodeKind::Hole(code) => code.empty,
            _ => false,
        }
    }

    /// `<br>`
    fn is_line_break(&self, atom: Atom<'_>) -> bool {
        let (Atom::Node(id) | Atom::Verbatim(id)) = atom else { return false };
        matches!(&self.tree.node(id).kind, NodeKind::Element(element) if element.name.text(self.text) == "br")
    }

    /// Prints children that keep together.
    fn stretch(&mut self, children: &Children<'a>, range: Range<usize>, level: u32) {
        let list = &children.list[range.clone()];
        let mut flat = Some(0);
        for (at, (joint, atom)) in list.iter().enumerate() {
            let space = u32::from(at > 0 && *joint != Joint::None);
            flat = match (flat, self.flat_atom(*atom)) {
                (Some(sum), Some(wide)) if sum <= self.options.line_width => Some(sum + space + wide),
                _ => None,
            };
        }
        self.lead(children, range.start, flat, level);
        if flat.is_some_and(|flat| self.fits(flat)) {
            for (at, (joint, atom)) in list.iter().enumerate() {
                if at > 0 && *joint != Joint::None {
                    self.out.push(' ');
                }
                self.print_flat_atom(*atom);
            }
            return;
        }
        let mut was_broken = false;
        for (at, (_, atom)) in list.iter().enumerate() {
            if at > 0 {
                self.join(list, at, was_broken, level);
            }
            was_broken = match self.flat_atom(*atom) {
                Some(wide) if self.fits(wide) || matches!(atom, Atom::Word(_)) => {
                    self.print_flat_atom(*atom);
                    false
                }
                _ => {
                    match atom {
                        Atom::Node(id) => self.print(*id, level),
                        other => self.print_flat_atom(*other),
                    }
                    true
                }
            };
        }
    }

    /// What comes before a stretch.
    fn lead(&mut self, children: &Children<'a>, at: usize, flat: Option<u32>, level: u32) {
        let (joint, _) = children.list[at];
        if at == 0 {
            if joint == Joint::Space {
                self.out.push_str(SPACE);
                self.new_line(level);
            }
            return;
        }
        match joint {
            Joint::Word
                if flat.is_some_and(|flat| self.fits(flat + 1)) && !self.after_lines(children, at) =>
            {
                self.out.push(' ');
            }
            Joint::Blank => {
                self.new_line(0);
                self.new_line(level);
            }
            _ => self.new_line(level),
        }
    }

    /// Whether what was printed last has several lines.
    fn after_lines(&mut self, children: &Children<'a>, at: usize) -> bool {
        let (_, before) = children.list[at - 1];
        self.flat_atom(before).is_none()
    }

    /// What comes between two children of a stretch that does not fit on a line. Where nothing lies between them no line is broken:
    /// nobody would look for a word in two lines.
    fn join(&mut self, list: &[(Joint, Atom<'a>)], at: usize, was_broken: bool, level: u32) {
        match list[at].0 {
            Joint::None => {}
            Joint::Word => self.out.push(' '),
            _ => {
                // A `<` in text needs white space after it.
                // And a comment may be about its line.
                let glued = matches!(list[at - 1].1, Atom::Word(word) if word.ends_with('<'))
                    || self.is_comment(list[at].1);
                if glued || !was_broken && self.group(&list[at..]).is_some_and(|flat| self.fits(flat + 1)) {
                    self.out.push(' ');
                } else {
                    self.out.push_str(SPACE);
                    self.new_line(level);
                }
            }
        }
    }

    /// The width of the first child with all that nothing divides from it.
    fn group(&mut self, list: &[(Joint, Atom<'a>)]) -> Option<u32> {
        let mut sum = 0;
        for (at, (joint, atom)) in list.iter().enumerate() {
            if at > 0 && *joint != Joint::None {
                break;
            }
            sum += self.flat_atom(*atom)?;
        }
        Some(sum)
    }
}
