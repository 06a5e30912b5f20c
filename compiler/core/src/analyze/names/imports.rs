//! Edits of import statements: a name taken out, a statement taken out, a statement put in.

use super::scope::Scope;
use velox_diagnostics::Span;
use velox_script::{Import, ImportedName};

/// The edit that adds an import: after the last one, else at the start of the block, which it makes where there is none.
pub(super) fn insertion(scope: &Scope<'_>, import: &str) -> (Span, String) {
    let file = &scope.file;
    let newline = if file.text.contains("\r\n") { "\r\n" } else { "\n" };
    match (&file.regions.server, file.block.imports.last()) {
        (Some(_), Some(last)) => (Span::at(scope.base + last.span.end), format!("{newline}{import}")),
        (Some(server), None) => {
            let mark = u32::from(scope.code().starts_with('\u{feff}')) * 3;
            (Span::at(server.body.start + mark), format!("{import}{newline}"))
        }
        (None, _) => {
            (Span::at(file.regions.template.start), format!("---{newline}{import}{newline}---{newline}"))
        }
    }
}

/// The span of a statement with the end of its line, where nothing else stands in that line.
pub(super) fn whole_line(code: &str, span: Span) -> Span {
    let (Some(before), Some(after)) = (code.get(..span.start as usize), code.get(span.end as usize..)) else {
        return span;
    };
    let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
    let alone = before.len() == indent || before[..before.len() - indent].ends_with(['\n', '\r']);
    let blank = after.len() - after.trim_start_matches([' ', '\t', ';']).len();
    let line_end = match after.as_bytes().get(blank..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([b'\n' | b'\r', ..]) => 1,
        Some([]) => 0,
        _ => return span,
    };
    if !alone {
        return span;
    }
    Span::new(span.start - indent as u32, span.end + (blank + line_end) as u32)
}

/// What to cut out of the block so that the names of an import that `unused` picks are no longer imported: one span for each name
/// of the import, in order, nothing for those that stay and where the statement is written in a way that is not understood. Cuts
/// of several names never overlap otherwise than by being equal, so that all of them can be made at once.
pub(super) fn removals(
    code: &str,
    import: &Import,
    unused: &dyn Fn(&ImportedName) -> bool,
) -> Vec<Option<Span>> {
    let names = &import.names;
    let goes: Vec<bool> = names.iter().map(unused).collect();
    if goes.iter().all(|goes| *goes) {
        return vec![Some(whole_line(code, import.span)); names.len()];
    }
    let mut cuts = vec![None; names.len()];
    let head = Span::new(import.span.start, import.specifier_span.start);
    let Some(clause) = Clause::read(code, head) else { return cuts };
    // The default import and `* as all` stand before the names in braces.
    let listed = clause
        .braces
        .and_then(|braces| names.iter().position(|name| braces.contains(name.span)))
        .unwrap_or(names.len());
    if names.len() - listed != clause.listed.len() {
        return cuts;
    }
    if let (true, Some(comma)) = (goes[0] && listed > 0, clause.commas.first()) {
        let rest = &code[*comma as usize + 1..];
        let next = *comma + 1 + (rest.len() - rest.trim_start().len()) as u32;
        cuts[0] = Some(Span::new(names[0].span.start, next));
    }
    if listed == 2 && goes[1] {
        cuts[1] = Some(Span::new(names[0].span.end, names[1].span.end));
    }
    let Some(last_kept) = goes[listed..].iter().rposition(|goes| !goes) else {
        // What stands before the braces stays.
        if let (Some(braces), Some(before)) = (clause.braces, listed.checked_sub(1)) {
            cuts[listed..].fill(Some(Span::new(names[before].span.end, braces.end)));
        }
        return cuts;
    };
    for (at, span) in clause.listed.iter().enumerate().filter(|(at, _)| goes[listed + at]) {
        // Before one that stays a name goes with the comma after it, else with the one before it.
        cuts[listed + at] = Some(if at < last_kept {
            Span::new(span.start, clause.listed[at + 1].start)
        } else {
            Span::new(clause.listed[at - 1].end, span.end)
        });
    }
    cuts
}

/// Where the parts of an import's clause stand. Spans are offsets in the code.
#[derive(Debug, Default)]
struct Clause {
    /// `{ ... }`.
    braces: Option<Span>,
    /// What stands between the commas in the braces, without white space and comments around.
    listed: Vec<Span>,
    /// Commas outside of braces.
    commas: Vec<u32>,
}

impl Clause {
    fn read(code: &str, head: Span) -> Option<Self> {
        let bytes = code.as_bytes();
        let end = head.end as usize;
        let mut clause = Self::default();
        let mut open: Option<usize> = None;
        let mut part: Option<(usize, usize)> = None;
        let mut at = head.start as usize;
        while at < end {
            let start = at;
            match bytes[at] {
                b'/' if bytes.get(at + 1) == Some(&b'/') => {
                    at = code[at..end].find(['\n', '\r']).map_or(end, |length| at + length);
                    continue;
                }
                b'/' if bytes.get(at + 1) == Some(&b'*') => {
                    at = code[at..end].find("*/").map(|length| at + length + 2)?;
                    continue;
                }
                quote @ (b'\'' | b'"') => {
                    let length = code[at + 1..end].find(quote as char)?;
                    at += length + 1;
                }
                b'{' => open = Some(at),
                b',' if open.is_none() => clause.commas.push(at as u32),
                b',' | b'}' if open.is_some() => {
                    if let Some((from, to)) = part.take() {
                        clause.listed.push(Span::new(from as u32, to as u32));
                    }
                    if bytes[at] == b'}' {
                        clause.braces = Some(Span::new(open? as u32, at as u32 + 1));
                        open = None;
                    }
                }
                _ => {}
            }
            at += 1;
            let counts = !matches!(bytes[start], b'{' | b'}' | b',') && !bytes[start].is_ascii_whitespace();
            if open.is_some() && counts {
                part = Some((part.map_or(start, |(from, _)| from), at));
            }
        }
        open.is_none().then_some(clause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use velox_script::{Dialect, parse_module};

    /// Takes the names that `unused` lists out of the one import, each by its own cut, and gives what is left.
    fn cut(code: &str, unused: &str) -> String {
        let facts = parse_module(code, Dialect::TypeScript, &[], true);
        let import = &facts.imports[0];
        let goes = |name: &ImportedName| unused.split(' ').any(|other| other == name.local);
        let mut cuts: Vec<Span> = import
            .names
            .iter()
            .zip(removals(code, import, &goes))
            .filter(|(name, _)| goes(name))
            .map(|(_, cut)| cut.expect("a cut"))
            .collect();
        cuts.sort();
        cuts.dedup();
        assert!(cuts.windows(2).all(|pair| pair[0].end <= pair[1].start), "cuts overlap: {cuts:?}");
        let mut left = code.to_owned();
        for span in cuts.into_iter().rev() {
            left.replace_range(span.range(), "");
        }
        left
    }

    #[test]
    fn names_go_with_their_commas_and_statements_with_their_lines() {
        for (code, unused, left) in [
            ("import { a, b, c } from 'x';", "a", "import { b, c } from 'x';"),
            ("import { a, b, c } from 'x';", "b", "import { a, c } from 'x';"),
            ("import { a, b, c } from 'x';", "c", "import { a, b } from 'x';"),
            ("import { a, b, c, } from 'x';", "b c", "import { a, } from 'x';"),
            ("import { a, b, c, d } from 'x';", "a c", "import { b, d } from 'x';"),
            ("import { a as b, type C as D } from 'x';", "b", "import { type C as D } from 'x';"),
            ("import { a as b, type C as D } from 'x';", "D", "import { a as b } from 'x';"),
            ("import { 'a-b' as b, c } from 'x';", "b", "import { c } from 'x';"),
            (
                "import { /* one */ a, b /* two */ } from 'x';",
                "a",
                "import { /* one */ b /* two */ } from 'x';",
            ),
            ("import {\n  a,\n  b, // why, so\n  c,\n} from 'x';", "b", "import {\n  a,\n  c,\n} from 'x';"),
            ("import d, { a, b } from 'x';", "d", "import { a, b } from 'x';"),
            ("import d, { a, b } from 'x';", "a b", "import d from 'x';"),
            ("import d, { a, b } from 'x';", "b", "import d, { a } from 'x';"),
            ("import d, * as all from 'x';", "d", "import * as all from 'x';"),
            ("import d, * as all from 'x';", "all", "import d from 'x';"),
            ("import type { A, B } from 'x';", "A", "import type { B } from 'x';"),
            ("import { a } from 'x';\nrest();", "a", "rest();"),
            ("import { a } from 'x';\r\nrest();", "a", "rest();"),
            ("  import d, { a } from 'x'\nrest();", "d a", "rest();"),
            ("import { a } from 'x'; rest();", "a", " rest();"),
            ("first();\nimport a from 'x'", "a", "first();\n"),
            ("import data from './x.json' with { type: 'json' };", "data", ""),
        ] {
            assert_eq!(cut(code, unused), left, "{unused} out of {code:?}");
        }
    }
}
