//! Where each node of the resolved tree was written.
//!
//! A node stands, unless said otherwise, where its parent stands plus its own key. Only the nodes
//! that came from elsewhere (an overlay, another file, another place) are recorded, in a trie over
//! the keys of their pointers.

use std::sync::Arc;

use serde_json::Value;

use crate::diagnostic::Origin;
use crate::maps::HashMap;

use super::pointer;

/// Origins of all nodes of one tree.
#[derive(Clone, Debug)]
pub(crate) struct Origins {
    root: Origin,
    trie: Trie,
}

#[derive(Clone, Debug, Default)]
struct Trie {
    origin: Option<Origin>,
    children: HashMap<Box<str>, Trie>,
}

impl Origins {
    /// All nodes stand in `document`, each at its own pointer.
    pub(crate) fn new(document: Arc<str>) -> Self {
        Self { root: Origin { document, pointer: String::new() }, trie: Trie::default() }
    }

    /// Where the node behind `pointer` was written.
    pub(crate) fn resolve(&self, pointer: &str) -> Origin {
        let mut origin = &self.root;
        let mut below = pointer;
        let mut node = Some(&self.trie);
        let mut rest = pointer;
        while let Some(token_and_rest) = rest.strip_prefix('/') {
            let (token, after) = match token_and_rest.find('/') {
                Some(end) => token_and_rest.split_at(end),
                None => (token_and_rest, ""),
            };
            node = node.and_then(|node| node.children.get(pointer::unescape(token).as_ref()));
            let Some(found) = node else { break };
            if let Some(set) = &found.origin {
                origin = set;
                below = after;
            }
            rest = after;
        }
        Origin { document: origin.document.clone(), pointer: format!("{}{below}", origin.pointer) }
    }

    /// The nodes in a member `parent` that came from elsewhere than what is around them, in order.
    pub(crate) fn come_into(&self, parent: &str) -> Vec<(String, &Origin)> {
        let mut found = Vec::new();
        self.trie.come_into(parent, false, String::new(), &mut found);
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        found
    }

    /// The node behind `pointer`, with everything below it, was written at `origin`.
    pub(crate) fn set(&mut self, pointer: &str, origin: Origin) {
        *self.trie.reach(pointer) = Trie { origin: Some(origin), children: HashMap::default() };
    }

    /// The node behind `to` is a copy of the one behind `from`.
    pub(crate) fn copy(&mut self, from: &str, to: &str) {
        let origin = self.resolve(from);
        let children = self.trie.find(from).map(|node| node.children.clone()).unwrap_or_default();
        *self.trie.reach(to) = Trie { origin: Some(origin), children };
    }

    /// The node behind `pointer` now stands at `below` (one or more keys) inside a new node of the same origin.
    pub(crate) fn wrap(&mut self, pointer: &str, below: &str) {
        let origin = self.resolve(pointer);
        let node = self.trie.reach(pointer);
        let children = std::mem::take(&mut node.children);
        node.origin = Some(origin.clone());
        *node.reach(below) = Trie { origin: Some(origin), children };
    }

    /// Of the array behind `pointer`, only the items at `kept` are left, in that order; they moved up.
    pub(crate) fn keep_items(&mut self, pointer: &str, kept: &[usize], length: usize) {
        let item = |index: usize| pointer::join(pointer, &index.to_string());
        for (now, before) in kept.iter().enumerate().filter(|(now, before)| now != *before) {
            self.copy(&item(*before), &item(now));
        }
        for gone in kept.len()..length {
            self.forget(&item(gone));
        }
    }

    /// Nothing is known any more about the node behind `pointer`.
    pub(crate) fn forget(&mut self, pointer: &str) {
        if let Some((parent, key)) = pointer::split(pointer)
            && let Some(node) = self.trie.find_mut(parent)
        {
            node.children.remove(key.as_ref());
        }
    }
}

/// Keeps the items at `kept` (ascending) of an array that stands at `at`.
pub(crate) fn keep_items(items: &mut Vec<Value>, at: &str, kept: &[usize], origins: &mut Origins) {
    if kept.len() == items.len() {
        return;
    }
    origins.keep_items(at, kept, items.len());
    let (mut index, mut next) = (0, kept.iter().peekable());
    items.retain(|_| {
        let is_kept = next.next_if_eq(&&index).is_some();
        index += 1;
        is_kept
    });
}

impl Trie {
    fn reach(&mut self, pointer: &str) -> &mut Self {
        pointer::tokens(pointer).fold(self, |node, token| node.children.entry(token.as_ref().into()).or_default())
    }

    fn come_into<'t>(&'t self, parent: &str, is_in: bool, at: String, found: &mut Vec<(String, &'t Origin)>) {
        for (key, child) in &self.children {
            let here = pointer::join(&at, key);
            found.extend(child.origin.as_ref().filter(|_| is_in).map(|origin| (here.clone(), origin)));
            child.come_into(parent, **key == *parent, here, found);
        }
    }

    fn find(&self, pointer: &str) -> Option<&Self> {
        pointer::tokens(pointer).try_fold(self, |node, token| node.children.get(token.as_ref()))
    }

    fn find_mut(&mut self, pointer: &str) -> Option<&mut Self> {
        pointer::tokens(pointer).try_fold(self, |node, token| node.children.get_mut(token.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins() -> Origins {
        Origins::new("a.yaml".into())
    }

    fn at(document: &str, pointer: &str) -> Origin {
        Origin { document: document.into(), pointer: pointer.into() }
    }

    #[test]
    fn unrecorded_nodes_stand_where_they_are() {
        assert_eq!(origins().resolve("/paths/~1a"), at("a.yaml", "/paths/~1a"));
        assert_eq!(origins().resolve(""), at("a.yaml", ""));
    }

    #[test]
    fn the_nearest_record_wins() {
        let mut origins = origins();
        origins.set("/x", at("b.yaml", "/actions/0/update"));
        origins.set("/x/y", at("c.yaml", ""));
        assert_eq!(origins.resolve("/x/y/z"), at("c.yaml", "/z"));
        assert_eq!(origins.resolve("/x/z"), at("b.yaml", "/actions/0/update/z"));
        origins.set("/x", at("d.yaml", "/q"));
        assert_eq!(origins.resolve("/x/y/z"), at("d.yaml", "/q/y/z"));
    }

    #[test]
    fn wrapping_keeps_what_was_below() {
        let mut origins = origins();
        origins.set("/s/description", at("o.yaml", "/d"));
        origins.wrap("/s", "/allOf/1");
        assert_eq!(origins.resolve("/s/allOf/1/description"), at("o.yaml", "/d"));
        assert_eq!(origins.resolve("/s/allOf/1/type"), at("a.yaml", "/s/type"));
        assert_eq!(origins.resolve("/s"), at("a.yaml", "/s"));
    }

    #[test]
    fn removed_items_move_the_others_up() {
        let mut origins = origins();
        origins.set("/l/2", at("o.yaml", "/u"));
        origins.keep_items("/l", &[1, 2], 3);
        assert_eq!(origins.resolve("/l/0"), at("a.yaml", "/l/1"));
        assert_eq!(origins.resolve("/l/1/k"), at("o.yaml", "/u/k"));
        assert_eq!(origins.resolve("/l/2"), at("a.yaml", "/l/2"));
    }
}
