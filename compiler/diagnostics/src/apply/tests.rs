//! Fixes applied to texts in memory, with a check that reads marks in them.

use super::{Mended, Trust, Workspace, edited, mend};
use crate::{Code, Diagnostic, Edit, Severity, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Files in which each mark is a mistake: `BAD` is mended to `good`, `RISK` only by an unsafe fix, `TRAP` by a fix whose
/// result (`ERROR`) is worse, `LOOP` to itself behind a `_`, `INTO x` by moving to the file `x`.
#[derive(Default)]
struct Marked(BTreeMap<String, Arc<str>>);

impl Marked {
    fn with(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(file, text)| ((*file).to_owned(), Arc::from(*text))).collect())
    }
}

impl Workspace for Marked {
    fn text(&self, file: &str) -> Option<Arc<str>> {
        self.0.get(file).cloned()
    }

    fn set_text(&mut self, file: &str, text: Arc<str>) {
        self.0.insert(file.to_owned(), text);
    }

    fn check(&mut self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (file, text) in &self.0 {
            for (mark, safe, into) in [
                ("BAD", true, "good"),
                ("RISK", false, "good"),
                ("TRAP", true, "ERROR"),
                ("LOOP", true, "_LOOP"),
            ] {
                for (at, _) in text.match_indices(mark) {
                    let span = Span::from(at..at + mark.len());
                    found.push(Diagnostic::new(Code::UNKNOWN_META_KEY, file, span, mark).fix(
                        "mend",
                        safe,
                        vec![(span, into.to_owned())],
                    ));
                }
            }
            for (at, _) in text.match_indices("ERROR") {
                found.push(Diagnostic::new(Code::UNKNOWN_LAYOUT, file, Span::at(at as u32), "an error"));
            }
            for (at, _) in text.match_indices("INTO b") {
                let mut moved = Diagnostic::new(Code::UNKNOWN_META_KEY, file, Span::at(at as u32), "INTO")
                    .fix("move", true, vec![(Span::from(at..at + 6), String::new())]);
                moved.fixes[0].edits.push(Edit {
                    file: "b".to_owned(),
                    span: Span::at(0),
                    text: "moved\n".to_owned(),
                });
                found.push(moved);
            }
        }
        found
    }
}

fn texts(files: &Marked) -> Vec<&str> {
    files.0.values().map(|text| &**text).collect()
}

fn after(files: &[(&str, &str)], trust: Trust) -> (Marked, Mended) {
    let mut files = Marked::with(files);
    let mended = mend(&mut files, trust, &|_| true);
    (files, mended)
}

#[test]
fn safe_fixes_are_applied_and_the_rest_is_told() {
    let (files, mended) = after(&[("a", "BAD, RISK, BAD"), ("b", "x BAD")], Trust::Safe);
    assert_eq!(texts(&files), ["good, RISK, good", "x good"]);
    assert_eq!((mended.fixed, mended.remaining.len()), (3, 1));
    assert_eq!(mended.changes.keys().collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(&*mended.changes["b"].before, "x BAD");
}

#[test]
fn unsafe_fixes_are_applied_where_they_are_wanted() {
    let (files, mended) = after(&[("a", "BAD RISK")], Trust::All);
    assert_eq!(texts(&files), ["good good"]);
    assert_eq!(mended.remaining, []);
}

#[test]
fn a_fix_that_makes_an_error_is_taken_back_and_named_and_the_others_stay() {
    let (files, mended) = after(&[("a", "BAD TRAP BAD BAD TRAP")], Trust::Safe);
    assert_eq!(texts(&files), ["good TRAP good good TRAP"]);
    assert_eq!(mended.fixed, 3);
    let told: Vec<_> = mended.taken_back.iter().map(|back| (&*back.title, &*back.because)).collect();
    assert_eq!(told, [("mend", "an error"), ("mend", "an error")]);
    assert_eq!(mended.remaining.len(), 2);
}

#[test]
fn a_fix_of_two_files_is_applied_to_both_or_to_none() {
    let (files, mended) = after(&[("a", "INTO b!"), ("b", "text")], Trust::Safe);
    assert_eq!(texts(&files), ["!", "moved\ntext"]);
    assert_eq!(mended.fixed, 1);
    let (files, mended) = after(&[("a", "INTO b!")], Trust::Safe);
    assert_eq!(texts(&files), ["INTO b!"]);
    assert_eq!((mended.fixed, mended.changes.len()), (0, 0));
}

#[test]
fn insertions_at_one_place_come_one_after_another() {
    let (files, mended) = after(&[("a", "INTO b INTO b"), ("b", "")], Trust::Safe);
    assert_eq!(texts(&files), [" ", "moved\nmoved\n"]);
    // Their edits are different, for they stand at different places of `a`.
    assert_eq!(mended.fixed, 2);
}

#[test]
fn fixes_that_never_come_to_rest_end() {
    let (files, mended) = after(&[("a", "LOOP")], Trust::Safe);
    assert!(files.0["a"].len() > 4 && !mended.remaining.is_empty());
}

fn edit(span: std::ops::Range<usize>, text: &str) -> Edit {
    Edit { file: String::new(), span: Span::from(span), text: text.to_owned() }
}

#[test]
fn line_ends_and_byte_order_mark_are_kept() {
    let text = "\u{feff}a\r\nb\r\n";
    assert_eq!(edited(text, &[edit(0..0, "x\ny\r\n")]).as_deref(), Some("\u{feff}x\r\ny\r\na\r\nb\r\n"));
    assert_eq!(edited(text, &[edit(3..4, "z")]).as_deref(), Some("\u{feff}z\r\nb\r\n"));
    assert_eq!(edited("a\nb", &[edit(1..1, "\n")]).as_deref(), Some("a\n\nb"));
}

#[test]
fn edits_that_do_not_fit_are_no_edits() {
    assert_eq!(edited("abc", &[edit(0..2, ""), edit(1..3, "")]), None);
    assert_eq!(edited("abc", &[edit(2..9, "")]), None);
    assert_eq!(edited("é", &[edit(1..2, "")]), None);
    assert_eq!(edited("abc", &[edit(2..3, "z"), edit(0..1, "x")]).as_deref(), Some("xbz"));
}

#[test]
fn an_error_is_an_error_whatever_its_code_is_called() {
    let syntax = Diagnostic::new(Code::UNCLOSED_ELEMENT, "a", Span::at(0), "x");
    let other = Diagnostic::new(Code::UNKNOWN_LAYOUT, "a", Span::at(0), "y");
    let hint = Diagnostic { severity: Severity::Hint, ..other.clone() };
    let (syntax, other, hint) = (&[syntax][..], &[other][..], &[hint][..]);
    assert!(super::made_worse(&[], syntax).is_some() && super::made_worse(&[], other).is_some());
    assert!(super::made_worse(other, other).is_none() && super::made_worse(&[], hint).is_none());
    // What could not be told before is told now.
    assert!(super::made_worse(syntax, other).is_none());
}
