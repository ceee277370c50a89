//! Which operations lead to which pairs of schemas.

use std::rc::Rc;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::maps::HashMap;

/// Operations and pairs of schemas, and what leads from one to the next.
#[derive(Debug, Default)]
pub(super) struct Graph {
    graph: DiGraph<(), ()>,
    /// What roots are called, by their node.
    roots: Vec<(NodeIndex, String)>,
}

impl Graph {
    pub(super) fn add(&mut self) -> usize {
        self.graph.add_node(()).index()
    }

    /// A node that others are reached from.
    pub(super) fn root(&mut self, name: String) -> usize {
        let node = self.graph.add_node(());
        self.roots.push((node, name));
        node.index()
    }

    /// A root that leads to a node and to nothing else.
    pub(super) fn lead(&mut self, name: String, to: usize) {
        let root = self.root(name);
        self.link(root, to);
    }

    pub(super) fn link(&mut self, from: usize, to: usize) {
        self.graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
    }

    /// For each of some nodes, the roots that lead to it.
    ///
    /// Cycles are taken as one; then sets of roots flow from the roots down, once over each edge.
    pub(super) fn reached(&self, wanted: impl Iterator<Item = usize>) -> HashMap<usize, Roots> {
        let words = self.roots.len().div_ceil(64);
        let cycles = kosaraju_scc(&self.graph);
        let mut cycle_of = vec![0; self.graph.node_count()];
        for (index, cycle) in cycles.iter().enumerate() {
            for node in cycle {
                if let Some(slot) = cycle_of.get_mut(node.index()) {
                    *slot = index;
                }
            }
        }
        let cycle_of = |node: NodeIndex| cycle_of.get(node.index()).copied().unwrap_or_default();
        let mut sets: Vec<Roots> = vec![Roots::default(); cycles.len()];
        for (bit, (node, _)) in self.roots.iter().enumerate() {
            if let Some(set) = sets.get_mut(cycle_of(*node)) {
                set.add(bit, words);
            }
        }
        // What is given begins with what leads nowhere else.
        for (index, cycle) in cycles.iter().enumerate().rev() {
            let set = sets.get(index).cloned().unwrap_or_default();
            for to in cycle.iter().flat_map(|node| self.graph.neighbors(*node)).map(cycle_of) {
                if to != index
                    && let Some(below) = sets.get_mut(to)
                {
                    below.join(&set);
                }
            }
        }
        let of = |node: usize| (node, sets.get(cycle_of(NodeIndex::new(node))).cloned().unwrap_or_default());
        wanted.map(of).collect()
    }

    /// What the roots of a set are called, in the order they were added.
    pub(super) fn names<'g>(&'g self, roots: &'g Roots) -> impl Iterator<Item = &'g str> {
        self.roots.iter().enumerate().filter(|(bit, _)| roots.has(*bit)).map(|(_, (_, name))| name.as_str())
    }
}

/// A set of roots. Most nodes are reached by the very roots that reach the node before them, and share its set.
#[derive(Clone, Debug, Default)]
pub(super) struct Roots(Option<Rc<Vec<u64>>>);

impl Roots {
    fn add(&mut self, bit: usize, words: usize) {
        let set = Rc::make_mut(self.0.get_or_insert_with(|| Rc::new(vec![0; words])));
        if let Some(word) = set.get_mut(bit / 64) {
            *word |= 1 << (bit % 64);
        }
    }

    fn has(&self, bit: usize) -> bool {
        let word = self.0.as_ref().and_then(|set| set.get(bit / 64));
        word.is_some_and(|word| word & (1 << (bit % 64)) != 0)
    }

    /// Takes in the roots of another set of the same graph.
    pub(super) fn join(&mut self, other: &Self) {
        let Some(others) = &other.0 else { return };
        match &mut self.0 {
            None => self.0 = Some(Rc::clone(others)),
            Some(mine) if Rc::ptr_eq(mine, others) || is_within(others, mine) => {}
            Some(mine) if is_within(mine, others) => *mine = Rc::clone(others),
            Some(mine) => {
                Rc::make_mut(mine).iter_mut().zip(others.iter()).for_each(|(mine, others)| *mine |= others);
            }
        }
    }
}

/// Whether a set has no root that another has not.
fn is_within(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).all(|(one, other)| one & !other == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_is_reached_by_whoever_reaches_a_part_of_it() {
        let mut graph = Graph::default();
        let (first, second) = (graph.root("GET /a".into()), graph.root("GET /b".into()));
        let (one, two, three) = (graph.add(), graph.add(), graph.add());
        for (from, to) in [(first, one), (one, two), (two, one), (two, three), (second, three)] {
            graph.link(from, to);
        }
        let reached = graph.reached([one, two, three].into_iter());
        let names = |node| graph.names(&reached[&node]).collect::<Vec<_>>();
        assert_eq!(names(one), ["GET /a"]);
        assert_eq!(names(two), ["GET /a"]);
        assert_eq!(names(three), ["GET /a", "GET /b"]);
    }
}
