//! A place in one of the two documents, and the ways from it to others.

use serde_json::{Map, Value};

use crate::load::{Written, pointer};
use crate::maps::HashSet;

/// A place in a tree.
#[derive(Clone, Debug)]
pub(super) struct Node<'d> {
    pub(super) value: &'d Value,
    /// Its pointer in the tree.
    pub(super) at: String,
}

/// References that are followed from one to the next.
const LONGEST_CHAIN: usize = 64;

impl<'d> Node<'d> {
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        let value = pointer::member(self.value.as_object()?, key)?;
        Some(Self { value, at: pointer::join(&self.at, key) })
    }

    pub(super) fn object(&self) -> Option<&'d Map<String, Value>> {
        self.value.as_object()
    }

    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        pointer::member(self.object()?, key)?.as_str()
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        self.object().and_then(|object| pointer::member(object, key)).and_then(Value::as_bool) == Some(true)
    }

    /// The members of an object, extensions aside.
    pub(super) fn members(&self) -> impl Iterator<Item = (&'d str, Self)> + use<'d> {
        let at = self.at.clone();
        let members = self.value.as_object().into_iter().flatten().filter(|(key, _)| !key.starts_with("x-"));
        members.map(move |(key, value)| (key.as_str(), Self { value, at: pointer::join(&at, key) }))
    }

    /// The items of an array.
    pub(super) fn items(&self) -> impl Iterator<Item = Self> + use<'d> {
        let at = self.at.clone();
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(move |(index, value)| Self { value, at: pointer::join(&at, &index.to_string()) })
    }

    /// What the node is, whatever else it equals.
    pub(super) fn identity(&self) -> usize {
        std::ptr::from_ref(self.value).addr()
    }
}

/// One of the two documents.
#[derive(Debug)]
pub(super) struct Side<'d> {
    root: Node<'d>,
    origins: Option<&'d Written>,
}

static NOTHING: Value = Value::Null;

impl<'d> Side<'d> {
    pub(super) fn new(written: Option<&'d Written>) -> Self {
        let value = written.map_or(&NOTHING, Written::tree);
        Self { root: Node { value, at: String::new() }, origins: written }
    }

    pub(super) fn root(&self) -> Node<'d> {
        self.root.clone()
    }

    pub(super) fn origin(&self, at: &str) -> crate::diagnostic::Origin {
        self.origins.map(|written| written.origin(at)).unwrap_or_default()
    }

    /// The node that a node stands for: itself, or what its reference leads to in the end.
    pub(super) fn resolve(&self, node: &Node<'d>) -> Node<'d> {
        let mut node = node.clone();
        let mut seen = HashSet::default();
        while let Some(target) = self.target(&node) {
            if !seen.insert(target.identity()) || seen.len() > LONGEST_CHAIN {
                break;
            }
            node = target;
        }
        node
    }

    /// What a reference leads to.
    pub(super) fn target(&self, node: &Node<'d>) -> Option<Node<'d>> {
        let at = node.text("$ref")?.strip_prefix('#')?;
        let at = pointer::percent_decode(at);
        let value = pointer::get(self.root.value, &at)?;
        Some(Node { value, at: at.into_owned() })
    }

    /// Follows keys from the root.
    pub(super) fn find(&self, keys: &[&str]) -> Option<Node<'d>> {
        keys.iter().try_fold(self.root(), |node, key| node.get(key))
    }
}
