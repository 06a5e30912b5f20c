//! File names to URL patterns (language.md section 2).

use serde::Serialize;

/// What answers a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RouteKind {
    /// A `.velox` or `.tsx` page.
    Page,
    /// A `+server.ts` or `+server.js` endpoint.
    Endpoint,
}

/// How much of a URL a segment of a pattern takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParamKind {
    /// `[slug]`: one segment.
    Param,
    /// `[[page]]`: one segment or none.
    Optional,
    /// `[...path]`: one segment or more.
    Rest,
    /// `[[...path]]`: any number of segments.
    OptionalRest,
}

/// One segment of a pattern. The order of the variants is the order of specificity (language.md R2).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Segment {
    /// Fixed text, percent-decoded.
    Static(String),
    /// A parameter.
    Param(ParamKind, String),
}

/// The pattern of a route.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pattern {
    /// Its segments.
    pub segments: Vec<Segment>,
}

impl Pattern {
    /// The parameters, in order.
    pub fn params(&self) -> impl Iterator<Item = (&str, ParamKind)> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Param(kind, name) => Some((&**name, *kind)),
            Segment::Static(_) => None,
        })
    }

    /// Whether it has parameters.
    #[must_use]
    pub fn is_dynamic(&self) -> bool {
        self.params().next().is_some()
    }

    /// As people write it: `/blog/:slug`, `/archive/:page?`, `/docs/:path+`, `/:slug*`.
    #[must_use]
    pub fn text(&self) -> String {
        if self.segments.is_empty() {
            return "/".to_owned();
        }
        self.segments.iter().fold(String::new(), |text, segment| match segment {
            Segment::Static(value) => text + "/" + value,
            Segment::Param(ParamKind::Param, name) => text + "/:" + name,
            Segment::Param(ParamKind::Optional, name) => text + "/:" + name + "?",
            Segment::Param(ParamKind::Rest, name) => text + "/:" + name + "+",
            Segment::Param(ParamKind::OptionalRest, name) => text + "/:" + name + "*",
        })
    }

    /// The pattern with the names of its parameters left out: what no request can tell apart is equal (language.md R3).
    #[must_use]
    pub fn shape(&self) -> Vec<Segment> {
        let nameless = |segment: &Segment| match segment {
            Segment::Static(value) => Segment::Static(value.clone()),
            Segment::Param(kind, _) => Segment::Param(*kind, String::new()),
        };
        self.segments.iter().map(nameless).collect()
    }
}

/// What is wrong with the name of a route file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RouteProblem {
    /// `[my-id]`: no JavaScript identifier (language.md R5).
    InvalidParam {
        /// The name as written.
        name: String,
        /// A name near it that would do, where there is one.
        suggestion: Option<String>,
    },
    /// The same parameter twice in one pattern (language.md R5).
    DuplicateParam {
        /// The name.
        name: String,
    },
    /// A catch-all before the last segment.
    CatchAllNotLast {
        /// Its segment, as written.
        segment: String,
    },
    /// A segment that is no URL segment, such as `post-[id]` or `a?b`.
    InvalidSegment {
        /// The segment, as written.
        segment: String,
        /// Why, worded to follow "because".
        reason: &'static str,
    },
}

/// What a file under `routes/` is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteName {
    /// Page or endpoint.
    pub kind: RouteKind,
    /// Its pattern, without the configured base.
    pub pattern: Pattern,
    /// What is wrong with its name.
    pub problems: Vec<RouteProblem>,
}

/// Reads a path relative to the routes directory; nothing where the file is no route (language.md R1).
#[must_use]
pub fn route_name(path: &str) -> Option<RouteName> {
    if path.split('/').any(|part| part.starts_with('_')) {
        return None;
    }
    let endpoint =
        [".ts", ".js"].iter().find_map(|extension| path.strip_suffix(extension)?.strip_suffix("+server"));
    let (kind, stem) = match endpoint {
        Some(stem) => (RouteKind::Endpoint, stem),
        None => {
            let page = |extension: &&str| path.strip_suffix(*extension);
            (RouteKind::Page, [".velox", ".tsx"].iter().find_map(page)?)
        }
    };
    let mut parts: Vec<&str> = stem.split('/').collect();
    if matches!(parts.last(), Some(&("index" | ""))) {
        parts.pop();
    }
    let mut name = RouteName { kind, pattern: Pattern::default(), problems: Vec::new() };
    let last = parts.iter().rposition(|part| !is_group(part)).unwrap_or(0);
    for (at, part) in parts.iter().enumerate() {
        if is_group(part) {
            continue;
        }
        match segment(part) {
            Ok(segment) => {
                if let Segment::Param(kind, param) = &segment {
                    check_param(&name.pattern, param, &mut name.problems);
                    if matches!(kind, ParamKind::Rest | ParamKind::OptionalRest) && at != last {
                        name.problems.push(RouteProblem::CatchAllNotLast { segment: (*part).to_owned() });
                    }
                }
                name.pattern.segments.push(segment);
            }
            Err(reason) => {
                name.problems.push(RouteProblem::InvalidSegment { segment: (*part).to_owned(), reason });
                name.pattern.segments.push(Segment::Static((*part).to_owned()));
            }
        }
    }
    Some(name)
}

/// `(marketing)`: a folder, or a file's name, that leaves no trace in the URL.
fn is_group(part: &str) -> bool {
    part.len() > 2 && part.starts_with('(') && part.ends_with(')')
}

fn segment(part: &str) -> Result<Segment, &'static str> {
    // As most are.
    if !part.is_empty()
        && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    {
        return Ok(Segment::Static(part.to_owned()));
    }
    let param = |kind, name: &str| Ok(Segment::Param(kind, name.to_owned()));
    if let Some(inner) = part.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")) {
        return match inner.strip_prefix("...") {
            Some(name) => param(ParamKind::OptionalRest, name),
            None => param(ParamKind::Optional, inner),
        };
    }
    if let Some(inner) = part.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
        && !inner.contains(['[', ']'])
    {
        return match inner.strip_prefix("...") {
            Some(name) => param(ParamKind::Rest, name),
            None => param(ParamKind::Param, inner),
        };
    }
    if part.is_empty() {
        return Err("it is empty");
    }
    if part == "." || part == ".." {
        return Err("`.` and `..` are resolved before a URL is matched");
    }
    if part.contains(['[', ']']) {
        return Err("a parameter takes a whole segment");
    }
    if part.contains(['?', '#', '%', '\\', ':', '*', '+']) || part.contains(char::is_control) {
        return Err("it holds a character that has a meaning in URLs or patterns");
    }
    Ok(Segment::Static(part.to_owned()))
}

fn check_param(pattern: &Pattern, name: &str, problems: &mut Vec<RouteProblem>) {
    if !is_identifier(name) {
        problems
            .push(RouteProblem::InvalidParam { name: name.to_owned(), suggestion: identifier_near(name) });
    } else if pattern.params().any(|(other, _)| other == name) {
        problems.push(RouteProblem::DuplicateParam { name: name.to_owned() });
    }
}

/// Whether a name is a JavaScript identifier that can be a variable.
#[must_use]
pub fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(|first| first.is_alphabetic() || matches!(first, '_' | '$'))
        && characters.all(|next| next.is_alphanumeric() || matches!(next, '_' | '$'))
        && !RESERVED.contains(&name)
}

const RESERVED: &[&str] = &[
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// `post-id` → `postId`.
fn identifier_near(name: &str) -> Option<String> {
    let mut out = String::new();
    let mut upper = false;
    for character in name.chars() {
        if character.is_alphanumeric() || matches!(character, '_' | '$') {
            if upper && !out.is_empty() {
                out.extend(character.to_uppercase());
            } else {
                out.push(character);
            }
            upper = false;
        } else {
            upper = true;
        }
    }
    is_identifier(&out).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str) -> String {
        match route_name(path) {
            None => "no route".to_owned(),
            Some(name) if name.problems.is_empty() => name.pattern.text(),
            Some(name) => format!("{} {:?}", name.pattern.text(), name.problems),
        }
    }

    #[test]
    fn the_table_of_the_language() {
        let table = [
            ("index.velox", "/"),
            ("about.velox", "/about"),
            ("blog/[slug].velox", "/blog/:slug"),
            ("blog/[[page]].velox", "/blog/:page?"),
            ("docs/[...path].velox", "/docs/:path+"),
            ("[[...slug]].velox", "/:slug*"),
            ("(marketing)/pricing.velox", "/pricing"),
            ("api/users+server.ts", "/api/users"),
            ("api/users/[id]+server.ts", "/api/users/:id"),
            ("api/+server.js", "/api"),
            ("app/index.tsx", "/app"),
            ("_error.velox", "no route"),
            ("blog/_parts/card.velox", "no route"),
            ("notes.md", "no route"),
        ];
        for (path, pattern) in table {
            assert_eq!(check(path), pattern, "{path}");
        }
    }

    #[test]
    fn names_that_are_no_patterns_say_why() {
        assert!(check("[post-id].velox").contains("Some(\"postId\")"));
        assert!(check("[id]/[id].velox").contains("DuplicateParam"));
        assert!(check("[...a]/b.velox").contains("CatchAllNotLast"));
        assert!(check("post-[id].velox").contains("a parameter takes a whole segment"));
        assert!(check("a?b.velox").contains("InvalidSegment"));
        assert!(check("[class].velox").contains("InvalidParam"));
    }
}
