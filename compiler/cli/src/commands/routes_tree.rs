//! Draws the routes of a project as a tree of URL segments, with columns that line up.
//!
//! Pure text: what is drawn depends on its arguments alone.

use std::collections::BTreeMap;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};
use velox_core::analyze::Mode;
use velox_core::route::{ParamKind, Pattern, RouteKind, Segment};

/// A route, as it is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) pattern: &'a Pattern,
    /// Its file, relative to the root.
    pub(crate) file: &'a str,
    pub(crate) kind: RouteKind,
    pub(crate) mode: Mode,
    /// Why it has its mode, and for how long it is fresh.
    pub(crate) cause: String,
    /// The file that it conflicts with.
    pub(crate) conflict: Option<&'a str>,
}

/// How a route is answered, in the order of the summary: word, ANSI colour, what it means where the word does not say it.
const KINDS: [(&str, &str, &str); 5] = [
    ("ssr", "36", "on each request"),
    ("ssg", "32", "at build"),
    ("isr", "33", "kept for a time"),
    ("csr", "35", "in the browser"),
    ("endpoint", "34", ""),
];

impl Row<'_> {
    fn kind(&self) -> usize {
        match (self.kind, self.mode) {
            (RouteKind::Endpoint, _) => 4,
            (RouteKind::Page, Mode::Ssr) => 0,
            (RouteKind::Page, Mode::Ssg) => 1,
            (RouteKind::Page, Mode::Isr) => 2,
            (RouteKind::Page, Mode::Csr) => 3,
        }
    }
}

/// A segment of the tree. The order of its children is that of specificity.
#[derive(Default)]
struct Node<'a> {
    rows: Vec<&'a Row<'a>>,
    children: BTreeMap<Segment, Node<'a>>,
}

/// A line: the drawn branches, the segment, and a route if one ends there.
struct Line<'a> {
    branches: String,
    label: String,
    row: Option<&'a Row<'a>>,
}

/// The tree with its summary. `width` is that of the terminal; nothing for as wide as it gets.
pub(crate) fn tree(rows: &[Row<'_>], routes: &str, width: Option<usize>, color: bool) -> String {
    let paint = |text: &str, ansi: &str| {
        if color && !text.is_empty() { format!("\u{1b}[{ansi}m{text}\u{1b}[0m") } else { text.to_owned() }
    };
    if rows.is_empty() {
        return format!("No routes in {routes}/.\n");
    }
    let mut root = Node::default();
    for row in rows {
        let node = row
            .pattern
            .segments
            .iter()
            .fold(&mut root, |node, segment| node.children.entry(segment.clone()).or_default());
        node.rows.push(row);
    }
    let mut lines = Vec::new();
    push(&root, "/".to_owned(), "", "", &mut lines);
    let columns = Columns::of(&lines, routes, width);
    let mut out = String::new();
    for line in &lines {
        let head = format!("{}{}", paint(&line.branches, "2"), paint_label(&line.label, color));
        let Some(row) = line.row else {
            out.push_str(&format!("{head}\n"));
            continue;
        };
        let used = count(&line.branches) + count(&line.label);
        let (mode, ansi, _) = KINDS[row.kind()];
        let cells = [
            (columns.mode, mode.to_owned(), ansi),
            (columns.params, params(row.pattern), "2"),
            (columns.file, shorten_front(in_routes(row.file, routes), columns.file), ""),
            (
                columns.cause,
                shorten(&note(row, routes), columns.cause),
                if row.conflict.is_some() { "31" } else { "2" },
            ),
        ];
        let mut text = format!("{head}{}", " ".repeat(columns.tree.saturating_sub(used)));
        for (width, cell, ansi) in cells.into_iter().filter(|(width, ..)| *width > 0) {
            let cell = visible(cell);
            text.push_str("  ");
            text.push_str(&if ansi.is_empty() { cell.clone() } else { paint(&cell, ansi) });
            text.push_str(&" ".repeat(width.saturating_sub(count(&cell))));
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out.push('\n');
    out.push_str(&summary(rows, &paint));
    out
}

fn push<'a>(node: &'a Node<'a>, label: String, branches: &str, below: &str, lines: &mut Vec<Line<'a>>) {
    let first = node.rows.first().copied();
    lines.push(Line { branches: branches.to_owned(), label: label.clone(), row: first });
    for row in node.rows.iter().skip(1) {
        let branches = if node.children.is_empty() { below.to_owned() } else { format!("{below}│  ") };
        lines.push(Line { branches, label: String::new(), row: Some(*row) });
    }
    let count = node.children.len();
    for (at, (segment, child)) in node.children.iter().enumerate() {
        let (mut child, mut label) = (child, text(segment));
        // A folder that leads to one thing alone needs no line of its own.
        while child.rows.is_empty()
            && child.children.len() == 1
            && let Some((segment, next)) = child.children.first_key_value()
        {
            label = format!("{label}/{}", text(segment));
            child = next;
        }
        let last = at + 1 == count;
        let branch = format!("{below}{}", if last { "└─ " } else { "├─ " });
        let under = format!("{below}{}", if last { "   " } else { "│  " });
        push(child, label, &branch, &under, lines);
    }
}

fn text(segment: &Segment) -> String {
    visible(Pattern { segments: vec![segment.clone()] }.text().trim_start_matches('/').to_owned())
}

/// A name without what would move the cursor, recolour the terminal or turn the direction of writing.
fn visible(text: String) -> String {
    let hides = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(hides) { text.replace(hides, "\u{fffd}") } else { text }
}

/// Widths of the columns, in characters; 0 for one that is left out.
struct Columns {
    tree: usize,
    mode: usize,
    params: usize,
    file: usize,
    cause: usize,
}

impl Columns {
    /// As wide as the contents, then narrower where the terminal is: first without params, then with shorter causes,
    /// then without them, then with shorter file names.
    fn of(lines: &[Line<'_>], routes: &str, width: Option<usize>) -> Self {
        let rows = || lines.iter().filter_map(|line| line.row);
        let widest = |cells: &mut dyn Iterator<Item = usize>| cells.max().unwrap_or(0);
        let mut columns = Self {
            tree: widest(&mut lines.iter().map(|line| count(&line.branches) + count(&line.label))),
            mode: widest(&mut rows().map(|row| KINDS[row.kind()].0.len())),
            params: widest(&mut rows().map(|row| count(&params(row.pattern)))),
            file: widest(&mut rows().map(|row| count(in_routes(row.file, routes)))),
            cause: widest(&mut rows().map(|row| count(&note(row, routes)))),
        };
        let Some(width) = width else { return columns };
        if columns.total() > width {
            columns.params = 0;
        }
        if columns.total() > width {
            let rest = width.saturating_sub(columns.total() - columns.cause);
            columns.cause = if rest >= 12 { rest } else { 0 };
        }
        if columns.total() > width {
            columns.file = width.saturating_sub(columns.total() - columns.file).max(12);
        }
        columns
    }

    fn total(&self) -> usize {
        let cells = [self.mode, self.params, self.file, self.cause];
        self.tree + cells.iter().filter(|width| **width > 0).map(|width| width + 2).sum::<usize>()
    }
}

/// What stands in the last column: a conflict before all else.
fn note(row: &Row<'_>, routes: &str) -> String {
    match (row.conflict, row.kind) {
        (Some(other), _) => format!("✗ conflicts with {}", in_routes(other, routes)),
        (None, RouteKind::Endpoint) => String::new(),
        (None, RouteKind::Page) => row.cause.clone(),
    }
}

/// `slug: string`, as the file's code sees them.
fn params(pattern: &Pattern) -> String {
    let param = |(name, kind): (&str, ParamKind)| match kind {
        ParamKind::Param => format!("{name}: string"),
        ParamKind::Optional => format!("{name}?: string"),
        ParamKind::Rest | ParamKind::OptionalRest => format!("{name}: string[]"),
    };
    pattern.params().map(param).collect::<Vec<_>>().join(", ")
}

fn in_routes<'a>(file: &'a str, routes: &str) -> &'a str {
    file.strip_prefix(routes).and_then(|rest| rest.strip_prefix('/')).unwrap_or(file)
}

/// Columns that a text takes on a terminal.
fn count(text: &str) -> usize {
    text.width()
}

fn shorten(text: &str, width: usize) -> String {
    if count(text) <= width {
        text.to_owned()
    } else {
        fitting(text.chars(), width).into_iter().chain(['…']).collect()
    }
}

/// Of a path the end says most.
fn shorten_front(text: &str, width: usize) -> String {
    if count(text) <= width {
        return text.to_owned();
    }
    std::iter::once('…').chain(fitting(text.chars().rev(), width).into_iter().rev()).collect()
}

/// As many characters as fit into `width` with one column left over.
fn fitting(characters: impl Iterator<Item = char>, width: usize) -> Vec<char> {
    let mut used = 1;
    characters
        .take_while(|character| {
            used += character.width().unwrap_or(0);
            used <= width
        })
        .collect()
}

/// Parameters stand out from fixed text.
fn paint_label(label: &str, color: bool) -> String {
    if !color {
        return label.to_owned();
    }
    let paint = |part: &str| match part.strip_prefix(':') {
        Some(_) => format!("\u{1b}[1;35m{part}\u{1b}[0m"),
        None => format!("\u{1b}[1m{part}\u{1b}[0m"),
    };
    match label {
        "" => String::new(),
        "/" => paint("/"),
        label => label.split('/').map(paint).collect::<Vec<_>>().join("/"),
    }
}

/// `12 routes: 5 ssr, 4 ssg, 2 isr, 1 endpoint`, then what the words mean.
fn summary(rows: &[Row<'_>], paint: &dyn Fn(&str, &str) -> String) -> String {
    let count = |kind: usize| rows.iter().filter(|row| row.kind() == kind).count();
    let present: Vec<usize> = (0..KINDS.len()).filter(|kind| count(*kind) > 0).collect();
    let counted = |kind: &usize| {
        let (name, ansi, _) = KINDS[*kind];
        let plural = if name == "endpoint" && count(*kind) > 1 { "s" } else { "" };
        paint(&format!("{} {name}{plural}", count(*kind)), ansi)
    };
    let counts: Vec<String> = present.iter().map(counted).collect();
    let conflicts = rows.iter().filter(|row| row.conflict.is_some()).count();
    let conflicts = match conflicts {
        0 => String::new(),
        number => paint(&format!("  ✗ {number} in conflict"), "31"),
    };
    let meaning = |kind: &usize| {
        let (name, _, meaning) = KINDS[*kind];
        (!meaning.is_empty()).then(|| format!("{name} {meaning}"))
    };
    let legend: Vec<String> = present.iter().filter_map(meaning).collect();
    let legend = if legend.is_empty() { String::new() } else { paint(&legend.join(" · "), "2") + "\n" };
    let routes = if rows.len() == 1 { "1 route".to_owned() } else { format!("{} routes", rows.len()) };
    format!("{}: {}{conflicts}\n{legend}", paint(&routes, "1"), counts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use velox_core::route::{Route, RouteFiles};

    fn routes(files: &[&str]) -> Vec<Route> {
        let folder = RouteFiles { directory: "routes", base: "/" };
        files.iter().map(|file| folder.route(&format!("routes/{file}")).unwrap()).collect()
    }

    fn rows(routes: &[Route]) -> Vec<Row<'_>> {
        let cause = "uses `request` in layouts/default.velox";
        routes
            .iter()
            .map(|route| Row {
                pattern: &route.pattern,
                file: &route.file,
                kind: route.kind,
                mode: Mode::Ssr,
                cause: cause.to_owned(),
                conflict: None,
            })
            .collect()
    }

    const FILES: [&str; 5] = [
        "index.velox",
        "shop/[category]/[product].velox",
        "shop/[category]/index.velox",
        "docs/[...path].velox",
        "api/v1/orders/[id]+server.ts",
    ];

    #[test]
    fn every_line_fits_the_terminal() {
        let routes = routes(&FILES);
        for width in [60, 80, 100, 140] {
            let text = tree(&rows(&routes), "routes", Some(width), false);
            let (lines, _) = text.split_once("\n\n").unwrap();
            for line in lines.lines() {
                assert!(count(line) <= width, "{width}: {line}");
            }
        }
        assert!(tree(&rows(&routes), "routes", None, false).contains("category: string, product: string"));
        assert!(!tree(&rows(&routes), "routes", Some(80), false).contains("product: string"));
        assert!(tree(&rows(&routes), "routes", Some(80), false).contains('…'));
    }

    #[test]
    fn colour_changes_nothing_but_colour() {
        let routes = routes(&FILES);
        let colored = tree(&rows(&routes), "routes", Some(80), true);
        let mut plain = String::new();
        for part in colored.split('\u{1b}') {
            plain.push_str(if plain.is_empty() && !colored.starts_with('\u{1b}') {
                part
            } else {
                part.split_once('m').map_or("", |(_, rest)| rest)
            });
        }
        assert_eq!(plain, tree(&rows(&routes), "routes", Some(80), false));
    }

    #[test]
    fn wide_characters_keep_the_columns() {
        let routes = routes(&["日本.velox", "ab.velox"]);
        let text = tree(&rows(&routes), "routes", None, false);
        let at = |name: &str| {
            text.lines()
                .find(|line| line.contains(name))
                .and_then(|line| Some(count(&line[..line.find("ssr")?])))
        };
        assert_eq!(at("日本"), at("ab"));
    }

    #[test]
    fn several_files_for_one_url_stand_below_each_other() {
        let routes = routes(&["(a)/x.velox", "(b)/x.velox", "x/y.velox"]);
        let mut rows = rows(&routes);
        rows[0].conflict = Some("routes/(b)/x.velox");
        rows[1].conflict = Some("routes/(a)/x.velox");
        let text = tree(&rows, "routes", None, false);
        let lines: Vec<&str> = text.lines().take(4).collect();
        assert_eq!(lines[0], "/");
        assert!(lines[1].starts_with("└─ x     ssr  (a)/x.velox  ✗ conflicts with (b)/x.velox"), "{text}");
        assert!(lines[2].starts_with("   │     ssr  (b)/x.velox  ✗ conflicts with (a)/x.velox"), "{text}");
        assert!(lines[3].starts_with("   └─ y  ssr  x/y.velox"), "{text}");
        assert!(text.contains("3 routes: 3 ssr  ✗ 2 in conflict"), "{text}");
    }
}
