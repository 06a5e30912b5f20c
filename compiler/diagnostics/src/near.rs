//! Finds the name that was probably meant.
//!
//! A misspelt name is compared with many that are nothing like it, so what cannot be near is put aside by its length and its
//! letters, without a look at their order.

/// The candidate nearest to `written`, where it is near enough to be worth naming: an edit distance of at most a
/// third of the length (at least 1, at most 3), swapped neighbours counting once, letter case not at all.
#[must_use]
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = Wanted::new(written);
    wanted.nearest(candidates.into_iter().map(|name| (name, Letters::of(name))), |_| true)
}

/// Many names, among which a misspelt one is looked for again and again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    names: Vec<(Letters, String)>,
}

impl Names {
    /// Takes the names in.
    #[must_use]
    pub fn new(names: impl IntoIterator<Item = String>) -> Self {
        Self { names: names.into_iter().map(|name| (Letters::of(&name), name)).collect() }
    }

    /// As [`nearest`], among those that `fits` accepts. It is asked of near ones alone.
    #[must_use]
    pub fn nearest(&self, written: &str, fits: impl Fn(&str) -> bool) -> Option<&str> {
        let candidates = self.names.iter().map(|(letters, name)| (name.as_str(), *letters));
        Wanted::new(written).nearest(candidates, fits)
    }
}

/// How many characters a name has, and which: a bit for each letter and digit, in lower case, and some for all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Letters {
    set: u64,
    count: u32,
}

impl Letters {
    fn of(name: &str) -> Self {
        let mut letters = Self::default();
        if name.is_ascii() {
            for byte in name.bytes() {
                letters.add(byte.to_ascii_lowercase().into());
            }
        } else {
            for char in name.chars().flat_map(char::to_lowercase) {
                letters.add(char.into());
            }
        }
        letters
    }

    fn add(&mut self, char: u32) {
        self.set |= 1 << (char % 61);
        self.count += 1;
    }

    /// Whether so few edits can make one of the other: each adds or takes one character, and changes two bits at most.
    fn within(self, other: Self, edits: u32) -> bool {
        self.count.abs_diff(other.count) <= edits && (self.set ^ other.set).count_ones() <= 2 * edits
    }
}

/// A name that was written.
struct Wanted<'w> {
    written: &'w str,
    chars: Vec<char>,
    letters: Letters,
    /// How far another name may be.
    limit: usize,
}

impl<'w> Wanted<'w> {
    fn new(written: &'w str) -> Self {
        let limit = (written.chars().count() / 3).clamp(1, 3);
        let chars = written.chars().flat_map(char::to_lowercase).collect();
        Self { written, chars, letters: Letters::of(written), limit }
    }

    fn nearest<'a>(
        &self,
        candidates: impl Iterator<Item = (&'a str, Letters)>,
        fits: impl Fn(&str) -> bool,
    ) -> Option<&'a str> {
        let mut best: Option<(usize, &str)> = None;
        let mut rows = Rows::default();
        for (name, letters) in candidates {
            if !letters.within(self.letters, self.limit as u32) || name == self.written {
                continue;
            }
            // The first of those that are equally near is taken.
            let limit = best.map_or(self.limit, |(nearest, _)| nearest.saturating_sub(1));
            if let Some(distance) = rows.distance(&self.chars, name, limit)
                && best.is_none_or(|(nearest, _)| distance < nearest)
                && distance < letters.count as usize
                && fits(name)
            {
                best = Some((distance, name));
            }
        }
        best.map(|(_, name)| name)
    }
}

/// The rows of the table by which a distance is computed, kept for the next one.
#[derive(Default)]
struct Rows {
    to: Vec<char>,
    before: Vec<usize>,
    last: Vec<usize>,
    current: Vec<usize>,
}

impl Rows {
    /// Optimal string alignment distance, where it is within the limit: insertions, deletions, substitutions, swaps of neighbours.
    fn distance(&mut self, from: &[char], to: &str, limit: usize) -> Option<usize> {
        self.to.clear();
        if to.is_ascii() {
            self.to.extend(to.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        } else {
            self.to.extend(to.chars().flat_map(char::to_lowercase));
        }
        self.last.clear();
        self.last.extend(0..=self.to.len());
        for (row, a) in from.iter().enumerate() {
            self.current.clear();
            self.current.push(row + 1);
            for (column, b) in self.to.iter().enumerate() {
                let replaced = self.last[column] + usize::from(a != b);
                let mut cost = (self.last[column + 1] + 1).min(self.current[column] + 1).min(replaced);
                if row > 0 && column > 0 && *a == self.to[column - 1] && from[row - 1] == *b {
                    cost = cost.min(self.before[column - 1] + 1);
                }
                self.current.push(cost);
            }
            // A swap reaches back over one row, so two rows in a row have to be beyond it.
            let beyond = |row: &[usize]| row.iter().all(|cost| *cost > limit);
            if row > 0 && beyond(&self.current) && beyond(&self.last) {
                return None;
            }
            std::mem::swap(&mut self.before, &mut self.last);
            std::mem::swap(&mut self.last, &mut self.current);
        }
        Some(self.last[self.to.len()]).filter(|distance| *distance <= limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_what_was_meant_and_keeps_silent_otherwise() {
        let modes = ["ssr", "ssg", "isr", "csr"];
        assert_eq!(nearest("srr", modes), Some("ssr"));
        assert_eq!(nearest("revaldate", ["render", "revalidate", "edge"]), Some("revalidate"));
        assert_eq!(nearest("title", ["description", "keywords"]), None);
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(nearest("Ärger", ["ärgre"]), Some("ärgre"));
        assert_eq!(nearest("", ["a"]), None);
    }

    #[test]
    fn names_that_do_not_fit_are_passed_over() {
        let names = Names::new(["about", "abuots"].map(str::to_owned));
        assert_eq!(names.nearest("abuot", |_| true), Some("about"));
        assert_eq!(names.nearest("abuot", |name| name != "about"), Some("abuots"));
    }

    proptest::proptest! {
        #[test]
        fn a_limit_changes_no_distance_within_it(one in "[a-c]{0,8}", other in "[a-c]{0,8}", limit in 0usize..4) {
            let one: Vec<char> = one.chars().collect();
            let distance = Rows::default().distance(&one, &other, usize::MAX);
            let limited = Rows::default().distance(&one, &other, limit);
            assert_eq!(limited, distance.filter(|distance| *distance <= limit));
        }

        #[test]
        fn what_is_put_aside_is_not_near(written in "[a-cA-C.é]{0,8}", name in "[a-cA-C.é]{0,8}") {
            let wanted = Wanted::new(&written);
            if Rows::default().distance(&wanted.chars, &name, wanted.limit).is_some() {
                assert!(Letters::of(&name).within(wanted.letters, wanted.limit as u32));
            }
        }
    }
}
