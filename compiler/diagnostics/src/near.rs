//! Finds the name that was probably meant.

/// The candidate nearest to `written`, where it is near enough to be worth naming: an edit distance of at most a
/// third of the length (at least 1, at most 3), swapped neighbours counting once, letter case not at all.
#[must_use]
pub fn nearest<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = written.to_lowercase();
    let limit = (written.chars().count() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != written)
        .map(|candidate| (distance(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *distance < candidate.chars().count())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut before = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (row, a) in from.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, b) in to.iter().enumerate() {
            let mut cost =
                (last[column + 1] + 1).min(current[column] + 1).min(last[column] + usize::from(a != b));
            if row > 0 && column > 0 && *a == to[column - 1] && from[row - 1] == *b {
                let before: &Vec<usize> = &before;
                cost = cost.min(before[column - 1] + 1);
            }
            current.push(cost);
        }
        before = std::mem::replace(&mut last, current);
    }
    last[to.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn names_what_was_meant_and_keeps_silent_otherwise() {
        let modes = ["ssr", "ssg", "isr", "csr"];
        assert_eq!(nearest("srr", modes), Some("ssr"));
        assert_eq!(nearest("revaldate", ["render", "revalidate", "edge"]), Some("revalidate"));
        assert_eq!(nearest("title", ["description", "keywords"]), None);
        assert_eq!(nearest("x", ["y"]), None);
    }
}
