//! Which functions of which files reach the request, through calls and imports (language.md M1, S9).
//!
//! One walk against the direction of uses, from the hooks outwards: each function then knows the next step of the shortest way to
//! a hook. The graph holds no positions; a way is told by names.

use super::uses::{ExportUses, FileUses, Reference, Target, member_of};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// What is known of files, for whoever follows imports.
pub trait Files<'a> {
    /// Facts of a file.
    fn uses(&self, path: &str) -> Option<&'a FileUses>;
    /// The file of the project that a specifier leads to.
    fn target(&self, path: &str, specifier: &str) -> Option<&'a str>;
}

/// The next step of the way to the request.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    /// Index of the reference in the unit.
    reference: u32,
    /// The unit that it leads to; nothing where it is the request itself.
    to: Option<(String, u32)>,
}

/// Every unit that reaches the request, with its next step: by uses that surely run, and by any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestGraph {
    sure: FxHashMap<String, FxHashMap<u32, Step>>,
    any: FxHashMap<String, FxHashMap<u32, Step>>,
}

impl RequestGraph {
    fn step(&self, sure: bool, path: &str, unit: u32) -> Option<&Step> {
        if sure { &self.sure } else { &self.any }.get(path)?.get(&unit)
    }
}

/// A step of the way to the request, as it can be told.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hop {
    /// The file.
    pub file: String,
    /// The function in it; empty for what renders the file.
    pub unit: String,
    /// What it uses, as it is written there.
    pub shown: String,
    /// Whether it calls it.
    pub called: bool,
}

/// A use that reaches the request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reached {
    /// The use, as it is written.
    pub shown: String,
    /// Whether it is a call.
    pub called: bool,
    /// Whether it surely runs what needs the request.
    pub sure: bool,
    /// The name that gives the request: `useCookies`.
    pub name: String,
    /// The way there; the last one uses that name.
    pub hops: Vec<Hop>,
}

impl Reached {
    /// The file in which the request is read.
    #[must_use]
    pub fn file(&self) -> &str {
        self.hops.last().map_or("", |hop| &hop.file)
    }
}

/// Finds what exports stand for.
struct Resolver<'a, 'f> {
    files: &'f dyn Files<'a>,
    /// File, exported name → what it is in the end.
    known: FxHashMap<(&'a str, String), Option<Found<'a>>>,
}

/// What an export is in the end: a unit, or a module as a whole.
#[derive(Clone, Copy, Debug)]
enum Found<'a> {
    Unit(&'a str, u32),
    Module(&'a str),
}

impl<'a> Resolver<'a, '_> {
    /// Units that a use of this path in `file` may mean, with whether it surely runs what is inside.
    fn resolve(
        &mut self,
        file: &'a str,
        path: &[String],
        called: bool,
        each: &mut dyn FnMut(&'a str, u32, bool),
    ) {
        let (mut file, mut path) = (file, path);
        loop {
            let Some((name, rest)) = path.split_first() else { return self.all(file, each) };
            match self.export(file, name) {
                None => return,
                Some(Found::Module(module)) => (file, path) = (module, rest),
                Some(Found::Unit(file, unit)) => {
                    let Some(uses) = self.files.uses(file) else { return };
                    let (unit, runs) = member_of(&|at| &uses.units[at as usize], unit, rest, called);
                    return each(file, unit, runs);
                }
            }
        }
    }

    /// All units that a module exports by itself: it is handed on as a whole.
    fn all(&mut self, file: &'a str, each: &mut dyn FnMut(&'a str, u32, bool)) {
        let Some(uses) = self.files.uses(file) else { return };
        for (_, export) in &uses.exports {
            if let ExportUses::Unit(unit) = export {
                each(file, *unit, false);
            }
        }
    }

    fn export(&mut self, file: &'a str, name: &str) -> Option<Found<'a>> {
        if let Some(found) = self.known.get(&(file, name.to_owned())) {
            return *found;
        }
        let found = self.search(file, name);
        self.known.insert((file, name.to_owned()), found);
        found
    }

    /// Looks through re-exports; the first declaration found is the one, as ambiguous names are no exports.
    fn search(&self, file: &'a str, name: &str) -> Option<Found<'a>> {
        let mut work: Vec<(&'a str, String)> = vec![(file, name.to_owned())];
        let mut seen: FxHashSet<(&'a str, String)> = FxHashSet::default();
        while let Some((file, name)) = work.pop() {
            if !seen.insert((file, name.clone())) {
                continue;
            }
            let Some(uses) = self.files.uses(file) else { continue };
            if name == "default"
                && uses.exports.is_empty()
                && let Some(body) = uses.body
            {
                return Some(Found::Unit(file, body));
            }
            match uses.exports.binary_search_by(|(exported, _)| exported.as_str().cmp(&name)) {
                Ok(at) => match &uses.exports[at].1 {
                    ExportUses::Unit(unit) => return Some(Found::Unit(file, *unit)),
                    ExportUses::From { specifier, name } => {
                        let Some(target) = self.files.target(file, specifier) else { continue };
                        if name == "*" {
                            return Some(Found::Module(target));
                        }
                        work.push((target, name.clone()));
                    }
                },
                Err(_) if name != "default" => {
                    for specifier in uses.stars.iter().rev() {
                        work.extend(self.files.target(file, specifier).map(|target| (target, name.clone())));
                    }
                }
                Err(_) => {}
            }
        }
        None
    }
}

/// Builds the graph of these files.
pub fn request_graph<'a>(paths: &[&'a str], files: &dyn Files<'a>) -> RequestGraph {
    let is_request = |reference: &Reference| matches!(reference.target, Target::Request(_));
    let listed: Vec<(&'a str, &'a FileUses)> =
        paths.iter().filter_map(|path| Some((*path, files.uses(path)?))).collect();
    let all = || listed.iter().flat_map(|(_, uses)| &uses.units);
    if !all().any(|unit| unit.references.iter().any(is_request)) {
        return RequestGraph::default();
    }
    let mut first: FxHashMap<&str, u32> = FxHashMap::default();
    let mut nodes: Vec<(&'a str, u32)> = Vec::new();
    for (path, uses) in &listed {
        first.insert(path, nodes.len() as u32);
        nodes.extend((0..uses.units.len() as u32).map(|unit| (*path, unit)));
    }
    let mut resolver = Resolver { files, known: FxHashMap::default() };
    // For each node, who uses it: the user, its reference, and whether that surely runs the node.
    let mut users: Vec<Vec<(u32, u32, bool)>> = vec![Vec::new(); nodes.len()];
    let mut sources: Vec<(u32, u32)> = Vec::new();
    for (path, uses) in &listed {
        let base = first[path];
        for (unit, facts) in uses.units.iter().enumerate() {
            let from = base + unit as u32;
            for (at, reference) in facts.references.iter().enumerate() {
                let at = at as u32;
                match &reference.target {
                    Target::Request(_) => sources.push((from, at)),
                    Target::Local(to, runs) => users[(base + to) as usize].push((from, at, *runs)),
                    Target::Import { specifier, path: names } => {
                        let Some(target) = files.target(path, specifier) else { continue };
                        resolver.resolve(target, names, reference.called, &mut |file, unit, runs| {
                            if let Some(base) = first.get(file) {
                                users[(base + unit) as usize].push((from, at, runs));
                            }
                        });
                    }
                }
            }
        }
    }
    RequestGraph { sure: walk(&nodes, &users, &sources, true), any: walk(&nodes, &users, &sources, false) }
}

fn walk(
    nodes: &[(&str, u32)],
    users: &[Vec<(u32, u32, bool)>],
    sources: &[(u32, u32)],
    sure: bool,
) -> FxHashMap<String, FxHashMap<u32, Step>> {
    let mut steps: FxHashMap<String, FxHashMap<u32, Step>> = FxHashMap::default();
    let mut seen = vec![false; nodes.len()];
    let mut work: VecDeque<u32> = VecDeque::new();
    let mut reach = |at: u32, step: Step, work: &mut VecDeque<u32>| {
        if !std::mem::replace(&mut seen[at as usize], true) {
            let (file, unit) = nodes[at as usize];
            steps.entry(file.to_owned()).or_default().insert(unit, step);
            work.push_back(at);
        }
    };
    for (from, reference) in sources {
        reach(*from, Step { reference: *reference, to: None }, &mut work);
    }
    while let Some(at) = work.pop_front() {
        for (from, reference, runs) in &users[at as usize] {
            if *runs || !sure {
                let (file, unit) = nodes[at as usize];
                let to = Some((file.to_owned(), unit));
                reach(*from, Step { reference: *reference, to }, &mut work);
            }
        }
    }
    steps
}

/// Uses in a page, layout or component (its body) that reach the request through imports, in the order of their names.
pub fn reached<'a>(path: &str, files: &dyn Files<'a>, graph: &RequestGraph) -> Vec<Reached> {
    if graph.any.is_empty() {
        return Vec::new();
    }
    let Some(uses) = files.uses(path) else { return Vec::new() };
    let Some(body) = uses.body else { return Vec::new() };
    let mut resolver = Resolver { files, known: FxHashMap::default() };
    let mut found = Vec::new();
    for reference in &uses.units[body as usize].references {
        let Target::Import { specifier, path: names } = &reference.target else { continue };
        let Some(target) = files.target(path, specifier) else { continue };
        let mut best: Option<Reached> = None;
        resolver.resolve(target, names, reference.called, &mut |file, unit, runs| {
            let sure = runs && graph.step(true, file, unit).is_some();
            if best.as_ref().is_some_and(|best| best.sure || !sure) {
                return;
            }
            best = way(file, unit, sure, files, graph).map(|(hops, name)| Reached {
                shown: reference.shown.clone(),
                called: reference.called,
                sure,
                name,
                hops,
            });
        });
        found.extend(best);
    }
    found
}

/// The steps from a unit to the request.
fn way<'a>(
    file: &str,
    unit: u32,
    sure: bool,
    files: &dyn Files<'a>,
    graph: &RequestGraph,
) -> Option<(Vec<Hop>, String)> {
    let (mut file, mut unit) = (file.to_owned(), unit);
    let mut hops = Vec::new();
    loop {
        let step = graph.step(sure, &file, unit)?;
        let facts = files.uses(&file)?.units.get(unit as usize)?;
        let reference = facts.references.get(step.reference as usize)?;
        let (unit_name, shown) = (facts.name.clone(), reference.shown.clone());
        hops.push(Hop { file: file.clone(), unit: unit_name, shown, called: reference.called });
        match (&step.to, &reference.target) {
            (None, Target::Request(name)) => return Some((hops, name.clone())),
            (Some((next, at)), _) => (file, unit) = (next.clone(), *at),
            _ => return None,
        }
    }
}
