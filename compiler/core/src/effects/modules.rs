//! Which modules run in the browser, and which reach modules of Node (language.md M5, M7, P4).
//!
//! A module that runs brings all that it imports along. What it only re-exports is followed by name, so that a barrel file brings
//! along what is asked of it and no more, as bundlers have it.

use super::environment::is_server_only_path;
use super::links::{FileLinks, Load};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// What is known of files, for whoever follows imports.
pub trait Modules<'a> {
    /// Facts of a file.
    fn links(&self, path: &str) -> Option<&'a FileLinks>;
    /// The file of the project that a specifier leads to.
    fn target(&self, path: &str, specifier: &str) -> Option<&'a str>;
    /// Whether a specifier in a file means a module of Node, and no file or package of the same name.
    fn is_node(&self, path: &str, specifier: &str) -> bool;
}

/// A module that runs (without a name), or an export of it that is asked for.
type Node<'a> = (&'a str, Option<&'a str>);

/// Follows imports by a single step.
struct Walker<'a, 'm> {
    modules: &'m dyn Modules<'a>,
    /// File, name → whether the file exports it, in some way.
    provided: FxHashMap<Node<'a>, bool>,
}

impl<'a> Walker<'a, '_> {
    /// What a load of `names` brings along.
    fn load(
        &self,
        file: &str,
        specifier: &'a str,
        names: &'a [String],
        each: &mut dyn FnMut(Node<'a>, &'a str),
    ) {
        let Some(target) = self.modules.target(file, specifier) else { return };
        each((target, None), specifier);
        for name in names {
            each((target, Some(name)), specifier);
        }
    }

    /// What a node brings along: the nodes, and the specifier that leads there. `taken` hears of specifiers of re-exports.
    fn expand(
        &mut self,
        (file, name): Node<'a>,
        taken: &mut dyn FnMut(&'a str),
        each: &mut dyn FnMut(Node<'a>, &'a str),
    ) {
        let Some(links) = self.modules.links(file) else { return };
        let Some(name) = name else {
            for load in &links.loads {
                self.load(file, &load.specifier, &load.names, each);
            }
            return;
        };
        let mut pass_on = |specifier: &'a str, name: &'a str| {
            taken(specifier);
            if let Some(target) = self.modules.target(file, specifier) {
                each((target, None), specifier);
                each((target, Some(name)), specifier);
            }
        };
        if name == "*" {
            links.from.iter().for_each(|(_, specifier, there)| pass_on(specifier, there));
            links.stars.iter().for_each(|specifier| pass_on(specifier, "*"));
            return;
        }
        let first = links.from.partition_point(|(exported, ..)| exported.as_str() < name);
        if let Some((_, specifier, there)) = links.from.get(first).filter(|(exported, ..)| exported == name) {
            return pass_on(specifier, there);
        }
        if links.own.binary_search_by(|own| own.as_str().cmp(name)).is_ok() {
            return;
        }
        for specifier in &links.stars {
            if let Some(target) = self.modules.target(file, specifier)
                && self.provides((target, Some(name)))
            {
                taken(specifier);
                each((target, None), specifier);
                return each((target, Some(name)), specifier);
            }
        }
    }

    fn provides(&mut self, node: Node<'a>) -> bool {
        if let Some(known) = self.provided.get(&node) {
            return *known;
        }
        let Some(name) = node.1 else { return false };
        let mut work = vec![node.0];
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        let mut found = false;
        while let Some(file) = work.pop() {
            if !seen.insert(file) {
                continue;
            }
            let Some(links) = self.modules.links(file) else { continue };
            let own = links.own.binary_search_by(|own| own.as_str().cmp(name)).is_ok();
            if own || links.from.binary_search_by(|(exported, ..)| exported.as_str().cmp(name)).is_ok() {
                found = true;
                break;
            }
            work.extend(links.stars.iter().filter_map(|specifier| self.modules.target(file, specifier)));
        }
        self.provided.insert(node, found);
        found
    }
}

/// Why code runs in the browser.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RootKind {
    /// The page is rendered there (`csr`).
    Page,
    /// A tag with a `client:` directive: its name.
    Island(String),
    /// A `<script>` of the page.
    Script,
}

/// Where code begins to run in the browser.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClientRoot {
    /// The file that says so.
    pub file: String,
    /// How.
    pub kind: RootKind,
    /// What it loads.
    pub load: Load,
}

/// How a module comes to run in the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The file that imports it, and the specifier.
    pub from: (String, String),
    /// The root that this file is itself, where it is one.
    pub root: Option<RootKind>,
    /// Specifiers of its own re-exports that are asked for, sorted.
    pub taken: Vec<String>,
}

/// All modules that run in the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clients {
    arrivals: FxHashMap<String, Arrival>,
}

/// Why a module runs in the browser.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientReason {
    /// The file in which the way begins.
    pub root: String,
    /// How it begins.
    pub kind: RootKind,
    /// Files that import the next one, with the specifier; the first is the root, and the last imports the module. Empty where the
    /// module is the root itself.
    pub hops: Vec<(String, String)>,
    /// Specifiers of the module's re-exports that are asked for, sorted.
    pub taken: Vec<String>,
}

impl Clients {
    /// Follows imports from where code begins to run in the browser. The shortest way to each module is kept.
    pub fn new<'a>(roots: &[&'a ClientRoot], modules: &dyn Modules<'a>) -> Self {
        let mut walker = Walker { modules, provided: FxHashMap::default() };
        let mut clients = Self::default();
        let mut seen: FxHashSet<Node<'a>> = FxHashSet::default();
        let mut work: VecDeque<Node<'a>> = VecDeque::new();
        let arrivals = &mut clients.arrivals;
        for root in roots {
            let mut found = Vec::new();
            walker.load(&root.file, &root.load.specifier, &root.load.names, &mut |node, specifier| {
                found.push((node, specifier));
            });
            for (node, specifier) in found {
                let from = (root.file.as_str(), specifier, Some(&root.kind));
                arrive(modules, arrivals, &mut seen, &mut work, from, node);
            }
        }
        while let Some(node) = work.pop_front() {
            let mut found = Vec::new();
            let mut taken = Vec::new();
            walker.expand(node, &mut |specifier| taken.push(specifier), &mut |node, specifier| {
                found.push((node, specifier));
            });
            if let Some(arrival) = arrivals.get_mut(node.0) {
                for specifier in taken {
                    if let Err(at) = arrival.taken.binary_search_by(|one| one.as_str().cmp(specifier)) {
                        arrival.taken.insert(at, specifier.to_owned());
                    }
                }
            }
            for (next, specifier) in found {
                arrive(modules, arrivals, &mut seen, &mut work, (node.0, specifier, None), next);
            }
        }
        clients
    }

    /// Why a module runs in the browser; nothing where it does not.
    #[must_use]
    pub fn reason(&self, file: &str) -> Option<ClientReason> {
        let arrival = self.arrivals.get(file)?;
        let mut hops = vec![arrival.from.clone()];
        let mut at = arrival;
        loop {
            if let Some(kind) = &at.root {
                hops.reverse();
                let root = hops.first()?.0.clone();
                return Some(ClientReason { root, kind: kind.clone(), hops, taken: arrival.taken.clone() });
            }
            // A way is as long as the walk was deep, and never comes back to a file.
            at = self.arrivals.get(&at.from.0)?;
            hops.push(at.from.clone());
        }
    }
}

fn arrive<'a>(
    modules: &dyn Modules<'a>,
    arrivals: &mut FxHashMap<String, Arrival>,
    seen: &mut FxHashSet<Node<'a>>,
    work: &mut VecDeque<Node<'a>>,
    (file, specifier, root): (&str, &str, Option<&RootKind>),
    node: Node<'a>,
) {
    // What is for the server alone is reported where it is imported; nothing is said of its insides.
    if is_server_only(modules, node.0) || !seen.insert(node) {
        return;
    }
    arrivals.entry(node.0.to_owned()).or_insert_with(|| Arrival {
        from: (file.to_owned(), specifier.to_owned()),
        root: root.cloned(),
        taken: Vec::new(),
    });
    work.push_back(node);
}

/// Whether a file says, by its name or by `import 'server-only'`, that it never leaves the server.
pub(crate) fn is_server_only<'a>(modules: &dyn Modules<'a>, file: &str) -> bool {
    is_server_only_path(file) || modules.links(file).is_some_and(|links| links.server_only)
}

/// The way from a module to a module of Node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NodeChain {
    /// The module of Node: `node:fs`.
    pub module: String,
    /// Files with the specifier that each imports next; the last one imports the module of Node.
    pub hops: Vec<(String, String)>,
}

/// A step towards a module of Node: the specifier, and the file and export that it leads to; nothing where that is Node's.
type NodeStep = (String, Option<(String, String)>);

/// The next step from each module to a module of Node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModuleGraph {
    /// By file, and export (empty for the module itself).
    steps: FxHashMap<String, FxHashMap<String, NodeStep>>,
}

/// Walks from the modules of Node outwards, over these files.
pub fn module_graph<'a>(paths: &[&'a str], modules: &dyn Modules<'a>) -> ModuleGraph {
    let mut walker = Walker { modules, provided: FxHashMap::default() };
    let mut ids: FxHashMap<Node<'a>, u32> = FxHashMap::default();
    let mut nodes: Vec<Node<'a>> = Vec::new();
    let mut id = |node: Node<'a>, nodes: &mut Vec<Node<'a>>| {
        *ids.entry(node).or_insert_with(|| {
            nodes.push(node);
            nodes.len() as u32 - 1
        })
    };
    for path in paths {
        id((path, None), &mut nodes);
    }
    let mut users: Vec<Vec<(u32, &'a str)>> = Vec::new();
    let mut sources: Vec<(u32, &'a str)> = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        let node = nodes[at];
        let mut found = Vec::new();
        let mut taken = Vec::new();
        walker.expand(node, &mut |specifier| taken.push(specifier), &mut |node, specifier| {
            found.push((node, specifier));
        });
        if let (None, Some(links)) = (node.1, modules.links(node.0)) {
            taken.extend(links.loads.iter().filter(|load| !load.dynamic).map(|load| &*load.specifier));
        }
        sources.extend(
            taken
                .into_iter()
                .filter(|one| modules.is_node(node.0, one))
                .map(|specifier| (at as u32, specifier)),
        );
        for (next, specifier) in found {
            let next = id(next, &mut nodes) as usize;
            if users.len() <= next {
                users.resize(next + 1, Vec::new());
            }
            users[next].push((at as u32, specifier));
        }
        at += 1;
    }
    users.resize(nodes.len(), Vec::new());
    let mut graph = ModuleGraph::default();
    let mut seen = vec![false; nodes.len()];
    let mut work: VecDeque<u32> = VecDeque::new();
    let key = |(file, name): Node<'_>| (file.to_owned(), name.unwrap_or_default().to_owned());
    let mut reach = |at: u32, specifier: &str, to: Option<(String, String)>, work: &mut VecDeque<u32>| {
        if !std::mem::replace(&mut seen[at as usize], true) {
            let (file, name) = key(nodes[at as usize]);
            graph.steps.entry(file).or_default().insert(name, (specifier.to_owned(), to));
            work.push_back(at);
        }
    };
    for (at, specifier) in sources {
        reach(at, specifier, None, &mut work);
    }
    while let Some(at) = work.pop_front() {
        for (user, specifier) in &users[at as usize] {
            reach(*user, specifier, Some(key(nodes[at as usize])), &mut work);
        }
    }
    graph
}

impl ModuleGraph {
    /// The way from what a load in `file` brings along to a module of Node. `file` itself is no part of it.
    pub fn chain<'a>(
        &self,
        file: &str,
        specifier: &'a str,
        names: &'a [String],
        modules: &dyn Modules<'a>,
    ) -> Option<NodeChain> {
        let mut walker = Walker { modules, provided: FxHashMap::default() };
        let mut seen: FxHashSet<Node<'a>> = FxHashSet::default();
        // Re-exports that only entry files ask for are in no graph: they are followed here, to the first module that is.
        let mut work: VecDeque<(Node<'a>, Vec<(String, String)>)> = VecDeque::new();
        walker.load(file, specifier, names, &mut |node, _| work.push_back((node, Vec::new())));
        while let Some((node, way)) = work.pop_front() {
            if !seen.insert(node) {
                continue;
            }
            if let Some(rest) = self.rest(node) {
                let module = rest.last()?.1.clone();
                return Some(NodeChain { module, hops: way.into_iter().chain(rest).collect() });
            }
            if node.1.is_none() {
                continue;
            }
            let (mut found, mut taken) = (Vec::new(), Vec::new());
            walker.expand(node, &mut |specifier| taken.push(specifier), &mut |node, specifier| {
                found.push((node, specifier));
            });
            let hop = |specifier: &str| (node.0.to_owned(), specifier.to_owned());
            if let Some(module) = taken.into_iter().find(|one| modules.is_node(node.0, one)) {
                let hops = way.into_iter().chain([hop(module)]).collect();
                return Some(NodeChain { module: module.to_owned(), hops });
            }
            for (next, specifier) in found {
                let mut way = way.clone();
                way.push(hop(specifier));
                work.push_back((next, way));
            }
        }
        None
    }

    /// The steps from a node of the graph to a module of Node.
    fn rest(&self, (file, name): Node<'_>) -> Option<Vec<(String, String)>> {
        let (mut file, mut name) = (file, name.unwrap_or_default());
        let mut hops = Vec::new();
        loop {
            let (specifier, next) = self.steps.get(file)?.get(name)?;
            hops.push((file.to_owned(), specifier.clone()));
            match next {
                None => return Some(hops),
                Some((to, export)) => (file, name) = (to, export),
            }
        }
    }
}
