//! The order of nodes: the builder takes group after group, so that the nodes in a hole come behind all of the group that the hole
//! stands in, and those of its last hole first.
//!
//! Refuses to know more of nodes than which others they hold.

use crate::tree::{AttributeValue, Node, NodeId, NodeKind};

const NONE: u32 = u32::MAX;

/// Which nodes are in one group: those of the root, or those of one hole, without those of the holes in it.
pub(super) struct Groups {
    /// The innermost group that is not complete.
    current: u32,
    groups: Vec<Group>,
    /// From which node on another group is the innermost, and which.
    runs: Vec<(u32, u32)>,
    /// Nodes that hold elements in their code, and in which of their attributes, if they are elements.
    holders: Vec<(NodeId, usize)>,
}

struct Group {
    parent: u32,
    /// The last group that stands directly in it.
    last_child: u32,
    /// The group that stands before it in the same one.
    previous: u32,
}

impl Default for Groups {
    fn default() -> Self {
        let mut groups = Vec::with_capacity(8);
        groups.push(Group { parent: NONE, last_child: NONE, previous: NONE });
        Self { current: 0, groups, runs: Vec::with_capacity(16), holders: Vec::with_capacity(8) }
    }
}

impl Groups {
    /// A hole with elements begins before the node `next`.
    pub(super) fn begin(&mut self, next: usize) {
        let id = self.groups.len() as u32;
        let parent = &mut self.groups[self.current as usize];
        let previous = std::mem::replace(&mut parent.last_child, id);
        self.groups.push(Group { parent: self.current, last_child: NONE, previous });
        self.current = id;
        self.runs.push((next as u32, id));
    }

    /// The hole that began last, and has not ended, ends before the node `next`; it is the node `hole`, or an attribute
    /// of it, of this index.
    pub(super) fn end(&mut self, next: usize, hole: NodeId, attribute: usize) {
        self.current = self.groups[self.current as usize].parent;
        self.runs.push((next as u32, self.current));
        self.holders.push((hole, attribute));
    }

    /// Brings nodes that are in the order of the text into that of the builder.
    pub(super) fn arrange(self, nodes: &mut [Node], roots: &mut [NodeId]) {
        let Some((before, _)) = self.runs.first().copied() else { return };
        let mut places = self.places(nodes.len() as u32);
        let moved = |ids: &mut [NodeId]| {
            // Ids rise; what comes before the first hole keeps its place.
            if ids.last().is_some_and(|last| last.0 >= before) {
                for id in ids {
                    *id = NodeId(places[id.0 as usize]);
                }
            }
        };
        moved(roots);
        for (hole, attribute) in self.holders {
            match &mut nodes[hole.0 as usize].kind {
                NodeKind::Hole(code) => moved(&mut code.elements),
                NodeKind::Element(element) => {
                    if let AttributeValue::Expr(code) = &mut element.attributes[attribute].value {
                        moved(&mut code.elements);
                    }
                }
                _ => {}
            }
        }
        for node in nodes.iter_mut() {
            if let NodeKind::Element(element) = &mut node.kind {
                moved(&mut element.children);
            }
        }
        // Each swap brings one node to its place.
        for at in before as usize..nodes.len() {
            while places[at] as usize != at {
                let place = places[at] as usize;
                nodes.swap(at, place);
                places.swap(at, place);
            }
        }
    }

    /// The place of each of so many nodes.
    fn places(&self, nodes: u32) -> Vec<u32> {
        let ends = self.runs.iter().skip(1).map(|(start, _)| *start).chain([nodes]);
        let runs =
            || self.runs.iter().zip(ends.clone()).map(|((start, group), end)| (*group as usize, end - start));
        let before = self.runs.first().map_or(nodes, |(start, _)| *start);
        let mut next_of = vec![0; self.groups.len()];
        next_of[0] = before;
        for (group, length) in runs() {
            next_of[group] += length;
        }
        // Behind a group come those in it, the last first: then the one that stands before it.
        let mut next = 0;
        let mut rest = vec![0];
        while let Some(group) = rest.pop() {
            next += std::mem::replace(&mut next_of[group as usize], next);
            let Group { last_child, previous, .. } = self.groups[group as usize];
            rest.extend([previous, last_child].into_iter().filter(|group| *group != NONE));
        }
        let mut places = Vec::with_capacity(nodes as usize);
        places.extend(0..before);
        next_of[0] += before;
        for (group, length) in runs() {
            let place = next_of[group];
            places.extend(place..place + length);
            next_of[group] += length;
        }
        places
    }
}
