//! Routes that never get a request, because others take all that they could match (language.md R2, R3).
//!
//! The order in which patterns are tried is that of the runtime's router. A URL is looked at by its form: fixed segments as they
//! are, and for each value of a param a segment that no fixed one equals. What takes that takes every value, so nothing is
//! said that depends on one. Refuses to judge patterns that are deeper than any that people write.

use super::pattern::{ParamKind, Pattern, Segment};
use super::table::Route;
use rustc_hash::FxHashMap;

/// A route that other routes hide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Its file.
    pub file: String,
    /// Its pattern.
    pub pattern: String,
    /// The form of its URLs that it never gets, such as `/atlas` of `/:region?/atlas`; nothing where it gets none at all.
    pub form: Option<String>,
    /// The files that answer instead, each with its pattern, in the order of their names.
    pub by: Vec<(String, String)>,
}

/// The most segments that a URL is followed with.
const DEEPEST: usize = 24;
/// The most optional segments of a pattern whose forms are looked at.
const OPTIONALS: usize = 4;
/// The most steps for one URL.
const STEPS: u32 = 2_000;

/// Finds routes that others hide, in the order of their files. `routes` are sorted, the more specific first. Of files with equal
/// patterns the first is looked at alone, as [`super::conflicts`] tells of the others.
#[must_use]
pub(super) fn hidden(routes: &[Route]) -> Vec<Hidden> {
    let is_open = |route: &&Route| {
        route.problems.is_empty()
            && route.pattern.params().any(|(_, kind)| kind != ParamKind::Param)
            && route.pattern.segments.len() <= DEEPEST
    };
    if !routes.iter().any(|route| is_open(&route)) {
        return Vec::new();
    }
    let tree = Tree::new(routes);
    let mut found: Vec<Hidden> = routes
        .iter()
        .enumerate()
        .filter(|(_, route)| is_open(route))
        .filter_map(|(at, route)| tree.hidden(at, route))
        .collect();
    found.sort_by(|a, b| a.file.cmp(&b.file));
    found
}

#[derive(Default)]
struct Node<'a> {
    fixed: FxHashMap<&'a str, usize>,
    param: Option<usize>,
    optional: Option<usize>,
    rest: Option<usize>,
    optional_rest: Option<usize>,
    leaf: Option<usize>,
}

/// The patterns as the router has them. Nodes by their index; what ends at a node is the index of a route.
struct Tree<'a> {
    routes: &'a [Route],
    nodes: Vec<Node<'a>>,
    /// The longest pattern.
    deepest: usize,
}

/// How a segment of a URL is taken: fixed, or by a param of this kind.
type Taken = Option<ParamKind>;

/// A form of a pattern's URLs: its segments, nothing for a value of a param.
struct Form<'a> {
    url: Vec<Option<&'a str>>,
    taken: Vec<Taken>,
}

impl<'a> Tree<'a> {
    fn new(routes: &'a [Route]) -> Self {
        let mut tree = Self { routes, nodes: vec![Node::default()], deepest: 0 };
        for (at, route) in routes.iter().enumerate() {
            if route.problems.is_empty() {
                tree.deepest = tree.deepest.max(route.pattern.segments.len());
                tree.insert(at, &route.pattern);
            }
        }
        tree
    }

    fn insert(&mut self, route: usize, pattern: &'a Pattern) {
        let mut node = 0;
        for segment in &pattern.segments {
            let fresh = self.nodes.len();
            let here = &mut self.nodes[node];
            let next = match segment {
                Segment::Static(value) => *here.fixed.entry(value).or_insert(fresh),
                Segment::Param(ParamKind::Param, _) => *here.param.get_or_insert(fresh),
                Segment::Param(ParamKind::Optional, _) => *here.optional.get_or_insert(fresh),
                Segment::Param(ParamKind::Rest, _) => {
                    here.rest.get_or_insert(route);
                    return;
                }
                Segment::Param(ParamKind::OptionalRest, _) => {
                    here.optional_rest.get_or_insert(route);
                    return;
                }
            };
            if next == fresh {
                self.nodes.push(Node::default());
            }
            node = next;
        }
        self.nodes[node].leaf.get_or_insert(route);
    }

    fn hidden(&self, at: usize, route: &Route) -> Option<Hidden> {
        let pattern = &route.pattern;
        let optionals = pattern.params().filter(|(_, kind)| *kind == ParamKind::Optional).count();
        let is_endless = matches!(
            pattern.segments.last(),
            Some(Segment::Param(ParamKind::Rest | ParamKind::OptionalRest, _))
        );
        if optionals > OPTIONALS || is_endless && self.deepest > DEEPEST {
            return None;
        }
        let mut all: Vec<usize> = Vec::new();
        let mut is_hidden = true;
        let mut part: Option<(u32, Vec<usize>)> = None;
        // First with all that may be left out, the bits of `left_out` from the last optional segment on.
        for left_out in 0..1u32 << optionals {
            let mut by: Vec<usize> = Vec::new();
            let (mut reached, mut surprises) = (false, false);
            for rest in self.rests(pattern) {
                let form = form_of(pattern, left_out, rest);
                let mut taken = Vec::new();
                let winner = self.find(0, &form.url, &mut taken, &mut 0)?;
                if winner == at || self.routes[winner].pattern.shape() == pattern.shape() {
                    reached = true;
                    break;
                }
                by.push(winner);
                surprises |= form.taken.iter().zip(&taken).any(|(own, its)| its.is_some() && own != its);
            }
            if reached {
                is_hidden = false;
            } else {
                all.extend(&by);
                if surprises && part.is_none() {
                    part = Some((left_out, by));
                }
            }
        }
        let (form, by) = if is_hidden {
            (None, all)
        } else {
            let (left_out, by) = part.filter(|_| optionals > 0)?;
            (Some(text_of_form(pattern, left_out)), by)
        };
        let name = |at: usize| (self.routes[at].file.clone(), self.routes[at].pattern.text());
        let mut by: Vec<(String, String)> = by.into_iter().map(name).collect();
        by.sort();
        by.dedup();
        Some(Hidden { file: route.file.clone(), pattern: pattern.text(), form, by })
    }

    /// How many segments a catch-all is tried with: up to more than any other pattern has, from where on nothing changes. The
    /// most first, as these are the least likely to be hidden.
    fn rests(&self, pattern: &Pattern) -> impl Iterator<Item = usize> + use<> {
        let least = match pattern.segments.last() {
            Some(Segment::Param(ParamKind::Rest, _)) => Some(1),
            Some(Segment::Param(ParamKind::OptionalRest, _)) => Some(0),
            _ => None,
        };
        let most = self.deepest + 1;
        (least.unwrap_or(0)..=least.map_or(0, |_| most)).rev()
    }

    /// The route that takes a URL, and how. Nothing where there is none, or where it is not found in time. Its depth is that of the
    /// URL and of its optional segments, both of which are bounded.
    fn find(
        &self,
        node: usize,
        url: &[Option<&str>],
        taken: &mut Vec<Taken>,
        steps: &mut u32,
    ) -> Option<usize> {
        *steps += 1;
        if *steps > STEPS {
            return None;
        }
        let node = &self.nodes[node];
        let depth = taken.len();
        let with = |next: Option<usize>, kind: Taken, taken: &mut Vec<Taken>, steps: &mut u32| {
            taken.push(kind);
            let found = next.and_then(|next| self.find(next, &url[1..], taken, steps));
            if found.is_none() {
                taken.truncate(depth);
            }
            found
        };
        if let Some(segment) = url.first() {
            let fixed = segment.and_then(|segment| node.fixed.get(segment)).copied();
            let found = with(fixed, None, taken, steps)
                .or_else(|| with(node.param, Some(ParamKind::Param), taken, steps))
                .or_else(|| with(node.optional, Some(ParamKind::Optional), taken, steps));
            if found.is_some() {
                return found;
            }
        } else if node.leaf.is_some() {
            return node.leaf;
        }
        if let Some(found) = node.optional.and_then(|next| self.find(next, url, taken, steps)) {
            return Some(found);
        }
        let (kind, found) = match (node.rest.filter(|_| !url.is_empty()), node.optional_rest) {
            (Some(rest), _) => (ParamKind::Rest, rest),
            (None, Some(rest)) => (ParamKind::OptionalRest, rest),
            (None, None) => return None,
        };
        // A step too many means that something before may have been found.
        if *steps > STEPS {
            return None;
        }
        taken.extend(url.iter().map(|_| Some(kind)));
        Some(found)
    }
}

/// A form of a pattern's URLs: without the optional segments of `left_out`, and with so many for a catch-all.
fn form_of(pattern: &Pattern, left_out: u32, rest: usize) -> Form<'_> {
    let mut form = Form { url: Vec::new(), taken: Vec::new() };
    let mut nth = 0;
    for segment in &pattern.segments {
        let (count, value, kind) = match segment {
            Segment::Static(value) => (1, Some(&**value), None),
            Segment::Param(ParamKind::Param, _) => (1, None, Some(ParamKind::Param)),
            Segment::Param(ParamKind::Optional, _) => {
                nth += 1;
                (1 - (left_out >> (nth - 1) & 1) as usize, None, Some(ParamKind::Optional))
            }
            Segment::Param(kind, _) => (rest, None, Some(*kind)),
        };
        form.url.extend(std::iter::repeat_n(value, count));
        form.taken.extend(std::iter::repeat_n(kind, count));
    }
    form
}

/// `/:region/atlas` or `/atlas`, of `/:region?/atlas`.
fn text_of_form(pattern: &Pattern, left_out: u32) -> String {
    let mut nth = 0;
    let kept = |segment: &Segment| match segment {
        Segment::Param(ParamKind::Optional, name) => {
            nth += 1;
            let is_left_out = left_out >> (nth - 1) & 1 == 1;
            (!is_left_out).then(|| Segment::Param(ParamKind::Param, name.clone()))
        }
        other => Some(other.clone()),
    };
    Pattern { segments: pattern.segments.iter().filter_map(kept).collect() }.text()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::{RouteFiles, by_specificity};

    fn check(files: &[&str]) -> Vec<String> {
        let names = RouteFiles { directory: "routes", base: "/" };
        let mut routes: Vec<Route> =
            files.iter().filter_map(|file| names.route(&format!("routes/{file}.velox"))).collect();
        routes.sort_by(by_specificity);
        let text = |hidden: Hidden| {
            let by: Vec<&str> = hidden.by.iter().map(|(_, pattern)| &**pattern).collect();
            let form = hidden.form.map_or(String::new(), |form| format!(" {form}"));
            format!("{}{form} by {}", hidden.pattern, by.join(" "))
        };
        hidden(&routes).into_iter().map(text).collect()
    }

    #[test]
    fn what_gets_no_request_at_all() {
        assert_eq!(check(&["index", "[id]", "[[page]]"]), ["/:page? by /:id /"]);
        assert_eq!(check(&["index", "[...a]", "[[...b]]"]), ["/:b* by /:a+ /"]);
        assert_eq!(check(&["[id]/[[...rest]]", "[...all]"]), ["/:all+ by /:id/:rest*"]);
        assert_eq!(check(&["x/[a]", "x/[a]/[...b]", "x/[...c]"]), ["/x/:c+ by /x/:a /x/:a/:b+"]);
        assert_eq!(check(&["[[a]]/x", "x", "[a]/x"]), ["/:a?/x by /:a/x /x"]);
    }

    #[test]
    fn what_gets_only_a_part_of_its_urls_because_a_param_takes_the_others() {
        assert_eq!(check(&["[locale]/index", "[[region]]/atlas"]), ["/:region?/atlas /atlas by /:locale"]);
        assert_eq!(check(&["blog/[slug]", "blog/[[page]]"]), ["/blog/:page? /blog/:page by /blog/:slug"]);
        assert_eq!(check(&["[[lang]]/index", "[[lang]]/about"]), ["/:lang?/about /about by /:lang?"]);
        assert_eq!(
            check(&["[[lang]]/[...all]", "[[lang]]/docs/[...path]", "[a]/[b]", "[a]/[b]/[...c]"]),
            ["/:lang?/:all+ /:lang/:all+ by /:a/:b /:a/:b/:c+", "/:lang?/docs/:path+ by /:a/:b /:a/:b/:c+"]
        );
    }

    #[test]
    fn what_is_more_specific_hides_nothing_that_is_not_meant() {
        for files in [
            &["index", "[[page]]"][..],
            &["index", "[id]", "[...rest]"],
            &["blog/index", "blog/[[page]]", "blog/archive"],
            &["[lang]/index", "[lang]/[[page]]"],
            &["a/[[b]]/c", "a/c"],
            &["[[...all]]", "index", "about", "[lang]/about"],
            &["[...all]", "[[x]]"],
            &["maps/[[region]]/atlas", "maps/[[region]]/weather/[day]", "[locale]/index"],
            &["docs/[version]/[...path]", "docs/index", "docs/[...rest]"],
        ] {
            assert!(check(files).is_empty(), "{files:?} {:?}", check(files));
        }
    }

    #[test]
    fn what_is_too_deep_is_not_judged() {
        let deep = format!("{}[[last]]", "[a]/".repeat(40).replace("[a]", "x"));
        let many = (0..12).map(|at| format!("[[o{at}]]/")).collect::<String>() + "x";
        assert!(check(&[&deep, &many, "[...all]"]).is_empty());
    }
}
