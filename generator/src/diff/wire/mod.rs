//! Compares what two documents say of requests and answers.

mod bounds;
mod branches;
mod content;
mod graph;
mod header;
mod lifecycle;
mod naming;
mod newer;
mod node;
mod object;
mod operation;
mod parameter;
mod paths;
mod schema;
mod security;
mod tell;
#[cfg(test)]
mod tests;
mod traits;
mod values;
mod view;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use serde_json::Value;

use crate::load::Document;
use crate::maps::{HashMap, HashSet};

use super::{Change, Direction, Effect, Options, Rule};

use graph::Graph;
use node::{Node, Side};

/// Compares two documents; the worst change comes first.
pub(super) fn compare(old: &Document, new: &Document, options: Options) -> Vec<Change> {
    let mut comparison = Comparison {
        old: Side::new(old.written()),
        new: Side::new(new.written()),
        options,
        graph: Graph::default(),
        known: HashMap::default(),
        queue: VecDeque::new(),
        findings: Vec::new(),
        callbacks_seen: HashSet::default(),
        traits: RefCell::new(HashMap::default()),
    };
    comparison.documents();
    while let Some(pair) = comparison.queue.pop_front() {
        comparison.schemas(pair);
    }
    tell::changes(&comparison, old, new)
}

/// The state of a comparison.
struct Comparison<'d> {
    old: Side<'d>,
    new: Side<'d>,
    options: Options,
    graph: Graph,
    /// Pairs of schemas that were met.
    known: HashMap<Key, usize>,
    /// Pairs that are still to be compared.
    queue: VecDeque<Pair<'d>>,
    findings: Vec<Finding<'d>>,
    /// Pairs of callbacks, each with the operation that led to it.
    callbacks_seen: HashSet<(usize, usize, usize)>,
    /// What schemas are told apart by, by what they are.
    traits: RefCell<HashMap<usize, Rc<traits::Traits<'d>>>>,
}

/// What a schema is compared as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Context {
    direction: Direction,
    /// Whether it stands below an odd number of `not`.
    negated: bool,
    role: Role,
    /// Whether the media type writes every value as text.
    loose: bool,
}

/// What a schema is the schema of, as far as that matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Role {
    Parameter,
    Other,
}

/// A pair of schemas, by what they are and not by what they equal.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    old: usize,
    new: usize,
    context: Context,
}

/// A pair of schemas to compare.
struct Pair<'d> {
    /// Its node in the graph.
    id: usize,
    old: Node<'d>,
    new: Node<'d>,
    context: Context,
}

/// Something found at a node of the graph.
struct Finding<'d> {
    node: usize,
    rule: &'static Rule,
    direction: Direction,
    effect: Effect,
    old: Spot,
    new: Spot,
    before: Option<Said<'d>>,
    after: Option<Said<'d>>,
    name: Option<String>,
}

/// A pointer into one of the two trees.
#[derive(Clone, Debug)]
struct Spot {
    at: String,
    exists: bool,
}

/// A value that is told.
#[derive(Clone, Debug)]
enum Said<'d> {
    Value(&'d Value),
    Text(String),
}

impl Said<'_> {
    fn value(&self) -> Value {
        match self {
            Self::Value(value) => (*value).clone(),
            Self::Text(text) => Value::String(text.clone()),
        }
    }
}

impl From<&Node<'_>> for Spot {
    fn from(node: &Node<'_>) -> Self {
        Self { at: node.at.clone(), exists: true }
    }
}

impl Spot {
    /// The place as one where something else would stand.
    fn into_missing(self) -> Self {
        Self { exists: false, ..self }
    }

    /// Where something would stand that is not there.
    fn missing(parent: &Node<'_>) -> Self {
        Self { at: parent.at.clone(), exists: false }
    }
}

/// A pair of nodes that are the same thing in the two documents.
#[derive(Clone, Debug)]
struct Both<'d> {
    /// The node of the graph that findings hang on.
    id: usize,
    old: Node<'d>,
    new: Node<'d>,
}

impl<'d> Both<'d> {
    fn with(&self, old: Node<'d>, new: Node<'d>) -> Self {
        Self { id: self.id, old, new }
    }

    /// The nodes under a key.
    fn get(&self, key: &str) -> (Option<Node<'d>>, Option<Node<'d>>) {
        (self.old.get(key), self.new.get(key))
    }

    /// What stands under a key.
    fn values(&self, key: &str) -> (Option<&'d Value>, Option<&'d Value>) {
        let value = |node: &Node<'d>| node.object().and_then(|object| object.get(key));
        (value(&self.old), value(&self.new))
    }

    /// Where a key stands or would stand.
    fn spots(&self, key: &str) -> (Spot, Spot) {
        let spot = |node: &Node<'d>| node.get(key).map_or_else(|| Spot::missing(node), |found| Spot::from(&found));
        (spot(&self.old), spot(&self.new))
    }
}

impl<'d> Comparison<'d> {
    /// Compares a pair of schemas later, unless it was or will be anyway.
    fn schema(&mut self, from: usize, old: &Node<'d>, new: &Node<'d>, context: Context) {
        let key = Key { old: old.identity(), new: new.identity(), context };
        let id = match self.known.get(&key) {
            Some(id) => *id,
            None => {
                let id = self.graph.add();
                self.known.insert(key, id);
                self.queue.push_back(Pair { id, old: old.clone(), new: new.clone(), context });
                id
            }
        };
        self.graph.link(from, id);
    }
}

/// A finding while it is put together.
#[must_use]
struct Draft<'d> {
    finding: Finding<'d>,
}

impl<'d> Draft<'d> {
    fn new(node: usize, rule: &'static Rule, direction: Direction, spots: (Spot, Spot)) -> Self {
        let (old, new) = spots;
        let effect = rule.effect(direction);
        Self { finding: Finding { node, rule, direction, effect, old, new, before: None, after: None, name: None } }
    }

    fn before(mut self, value: Option<&'d Value>) -> Self {
        self.finding.before = value.map(Said::Value);
        self
    }

    fn after(mut self, value: Option<&'d Value>) -> Self {
        self.finding.after = value.map(Said::Value);
        self
    }

    fn was(mut self, text: impl Into<String>) -> Self {
        self.finding.before = Some(Said::Text(text.into()));
        self
    }

    fn is(mut self, text: impl Into<String>) -> Self {
        self.finding.after = Some(Said::Text(text.into()));
        self
    }

    fn name(mut self, text: impl Into<String>) -> Self {
        self.finding.name = Some(text.into());
        self
    }

    fn negated(mut self, negated: bool) -> Self {
        if negated {
            self.finding.effect = self.finding.effect.negated();
        }
        self
    }

    fn push(self, comparison: &mut Comparison<'d>) {
        comparison.findings.push(self.finding);
    }
}
