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
    let before = &code[..span.start as usize];
    let indent = before.len() - before.trim_end_matches([' ', '\t']).len();
    let alone = before.len() == indent || before[..before.len() - indent].ends_with(['\n', '\r']);
    let after = &code[span.end as usize..];
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

/// What to cut out of the block so that `name` is no longer imported; `unused` says which names of the statement go with it or
/// before it. Nothing where the statement is written in a way that is not understood.
pub(super) fn removal(
    code: &str,
    import: &Import,
    name: &ImportedName,
    unused: &dyn Fn(&ImportedName) -> bool,
) -> Option<Span> {
    if import.names.iter().all(unused) {
        return Some(whole_line(code, import.span));
    }
    let head = Span::new(import.span.start, import.specifier_span.start);
    let clause = Clause::read(code, head)?;
    let (listed, others): (Vec<&ImportedName>, Vec<&ImportedName>) =
        import.names.iter().partition(|one| clause.braces.is_some_and(|braces| braces.contains(one.span)));
    if listed.len() != clause.listed.len() {
        return None;
    }
    let Some(at) = listed.iter().position(|one| one.span == name.span) else {
        // `default, * as all` or `default, { ... }`.
        let first = others.first()?;
        if first.span == name.span {
            let comma = clause.commas.first()?;
            let rest = &code[*comma as usize + 1..];
            let next = *comma + 1 + (rest.len() - rest.trim_start().len()) as u32;
            return Some(Span::new(name.span.start, next));
        }
        return Some(Span::new(first.span.end, name.span.end));
    };
    if listed.iter().all(|one| unused(one)) {
        // The default import stays.
        return Some(Span::new(others.first()?.span.end, clause.braces?.end));
    }
    let span = clause.listed[at];
    // Cuts of neighbours never overlap, so that all of them can be made at once.
    if listed[at + 1..].iter().any(|one| !unused(one)) {
        Some(Span::new(span.start, clause.listed.get(at + 1)?.start))
    } else {
        Some(Span::new(clause.listed.get(at.checked_sub(1)?)?.end, span.end))
    }
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
            .filter(|name| goes(name))
            .map(|name| removal(code, import, name, &goes).expect("a cut"))
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
