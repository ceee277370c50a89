//! Who may call, and where.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::Direction;
use super::super::rules as r;
use super::node::Node;
use super::{Both, Comparison, Draft, Spot};
use crate::maps::HashMap;

/// One way to be let in: scopes by scheme. Empty for calls without a key.
type Alternative<'d> = BTreeMap<&'d str, Vec<&'d str>>;

impl<'d> Comparison<'d> {
    /// Compares what an operation asks for, be it said by itself or by the document.
    pub(super) fn security(&mut self, both: &Both<'d>, schemes: &HashMap<&'d str, usize>) {
        let (old_root, new_root) = (self.old.root(), self.new.root());
        let old_at = if both.old.get("security").is_some() { both.old.clone() } else { old_root };
        let new_at = if both.new.get("security").is_some() { both.new.clone() } else { new_root };
        let (old, new) = (alternatives(&old_at), alternatives(&new_at));
        for scheme in old.iter().chain(&new).flat_map(BTreeMap::keys) {
            if let Some(node) = schemes.get(scheme) {
                self.graph.link(both.id, *node);
            }
        }
        let both = both.with(old_at, new_at);
        let is_open = |all: &[Alternative<'_>]| all.is_empty() || all.iter().any(BTreeMap::is_empty);
        match (is_open(&old), is_open(&new)) {
            (true, false) => {
                let spots = both.spots("security");
                Draft::new(both.id, &r::SECURITY_REQUIRED, Direction::Request, spots).is(told(&new)).push(self);
            }
            (false, true) => {
                let spots = both.spots("security");
                let draft = Draft::new(both.id, &r::SECURITY_NO_LONGER_REQUIRED, Direction::Request, spots);
                draft.was(told(&old)).push(self);
            }
            _ => self.alternatives(&both, &old, &new),
        }
    }

    /// Alternatives that are the same go first, then those of the same schemes with other scopes.
    fn alternatives(&mut self, both: &Both<'d>, old: &[Alternative<'d>], new: &[Alternative<'d>]) {
        let mut gone: Vec<&Alternative<'d>> = old.iter().filter(|one| !new.contains(one)).collect();
        let mut come: Vec<&Alternative<'d>> = new.iter().filter(|one| !old.contains(one)).collect();
        gone.retain(|before| match come.iter().position(|after| is_same(before, after)) {
            Some(index) => {
                let after = come.remove(index);
                self.scopes(both, before, after);
                false
            }
            None => true,
        });
        for before in gone {
            let draft =
                Draft::new(both.id, &r::SECURITY_ALTERNATIVE_REMOVED, Direction::Request, both.spots("security"));
            draft.was(one(before)).push(self);
        }
        for after in come {
            let draft = Draft::new(both.id, &r::SECURITY_ALTERNATIVE_ADDED, Direction::Request, both.spots("security"));
            draft.is(one(after)).push(self);
        }
    }

    fn scopes(&mut self, both: &Both<'d>, old: &Alternative<'d>, new: &Alternative<'d>) {
        for (scheme, before) in old {
            let after = new.get(scheme).map(Vec::as_slice).unwrap_or_default();
            for scope in before.iter().filter(|scope| !after.contains(scope)) {
                let spots = both.spots("security");
                let draft = Draft::new(both.id, &r::SECURITY_SCOPE_REMOVED, Direction::Request, spots);
                draft.was(*scope).name(*scheme).push(self);
            }
            for scope in after.iter().filter(|scope| !before.contains(scope)) {
                let spots = both.spots("security");
                let draft = Draft::new(both.id, &r::SECURITY_SCOPE_ADDED, Direction::Request, spots);
                draft.is(*scope).name(*scheme).push(self);
            }
        }
    }

    /// Compares the schemes; each has a node in the graph that operations which use it lead to.
    pub(super) fn security_schemes(&mut self) -> HashMap<&'d str, usize> {
        let keys = ["components", "securitySchemes"];
        let (old, new) = (self.old.find(&keys), self.new.find(&keys));
        let mut nodes = HashMap::default();
        for (name, old) in old.iter().flat_map(Node::members) {
            let id = self.graph.add();
            nodes.insert(name, id);
            let old = self.old.resolve(&old);
            match new.as_ref().and_then(|schemes| schemes.get(name)) {
                Some(new) => {
                    let new = self.new.resolve(&new);
                    self.scheme(&Both { id, old, new });
                }
                None => {
                    let missing = new.clone().unwrap_or_else(|| self.new.root());
                    let spots = (Spot::from(&old), Spot::missing(&missing));
                    Draft::new(id, &r::SECURITY_SCHEME_REMOVED, Direction::Request, spots).push(self);
                }
            }
        }
        for (name, scheme) in new.iter().flat_map(Node::members).collect::<Vec<_>>() {
            if nodes.contains_key(name) {
                continue;
            }
            let id = self.graph.add();
            nodes.insert(name, id);
            let missing = old.clone().unwrap_or_else(|| self.old.root());
            let spots = (Spot::missing(&missing), Spot::from(&scheme));
            Draft::new(id, &r::SECURITY_SCHEME_ADDED, Direction::Request, spots).push(self);
        }
        nodes
    }

    fn scheme(&mut self, both: &Both<'d>) {
        for key in ["type", "scheme", "in", "name", "openIdConnectUrl"] {
            let (before, after) = both.values(key);
            if before != after {
                let draft = Draft::new(both.id, &r::SECURITY_SCHEME_CHANGED, Direction::Request, both.spots(key));
                draft.before(before).after(after).name(format!("`{key}`")).push(self);
                // A scheme of another type has other keys: that is no change more.
                if key == "type" {
                    return;
                }
            }
        }
        let (Some(old), Some(new)) = both.get("flows") else { return };
        for (name, old) in old.members() {
            if let Some(new) = new.get(name) {
                self.flow(&both.with(old, new));
            }
        }
    }

    fn flow(&mut self, both: &Both<'d>) {
        for (key, rule) in
            [("authorizationUrl", &r::OAUTH_AUTHORIZATION_URL_CHANGED), ("tokenUrl", &r::OAUTH_TOKEN_URL_CHANGED)]
        {
            let (before, after) = both.values(key);
            if before != after {
                let draft = Draft::new(both.id, rule, Direction::Request, both.spots(key));
                draft.before(before).after(after).push(self);
            }
        }
        let (Some(old), Some(new)) = both.get("scopes") else { return };
        let both = both.with(old, new);
        for (scope, before) in both.old.members() {
            let rule = match both.new.get(scope) {
                None => &r::OAUTH_SCOPE_REMOVED,
                Some(after) if after.value != before.value => &r::OAUTH_SCOPE_CHANGED,
                Some(_) => continue,
            };
            Draft::new(both.id, rule, Direction::Request, both.spots(scope)).name(scope).push(self);
        }
        for (scope, _) in both.new.members().filter(|(scope, _)| both.old.get(scope).is_none()) {
            Draft::new(both.id, &r::OAUTH_SCOPE_ADDED, Direction::Request, both.spots(scope)).name(scope).push(self);
        }
    }

    /// Compares the addresses an operation is served at, where both documents name some.
    pub(super) fn servers(&mut self, both: &Both<'d>, item: &Both<'d>) {
        let holder = |operation: &Node<'d>, item: &Node<'d>, root: Node<'d>| {
            let says = |node: &&Node<'d>| node.get("servers").is_some();
            [operation.clone(), item.clone(), root].iter().find(says).cloned()
        };
        let old = holder(&both.old, &item.old, self.old.root());
        let new = holder(&both.new, &item.new, self.new.root());
        let (Some(old), Some(new)) = (old, new) else { return };
        let both = both.with(old, new);
        let (old, new) = (addresses(&both.old), addresses(&both.new));
        if old.is_empty() || new.is_empty() {
            return;
        }
        for gone in old.iter().filter(|address| !new.contains(address)) {
            let draft = Draft::new(both.id, &r::SERVER_REMOVED, Direction::Request, both.spots("servers"));
            draft.was(gone.as_str()).push(self);
        }
        for come in new.iter().filter(|address| !old.contains(address)) {
            let draft = Draft::new(both.id, &r::SERVER_ADDED, Direction::Request, both.spots("servers"));
            draft.is(come.as_str()).push(self);
        }
    }
}

fn addresses(holder: &Node<'_>) -> Vec<String> {
    let servers = holder.get("servers").map(|servers| servers.items().collect::<Vec<_>>()).unwrap_or_default();
    servers.iter().filter_map(|server| server.text("url")).map(|url| url.trim_end_matches('/').to_owned()).collect()
}

fn alternatives<'d>(holder: &Node<'d>) -> Vec<Alternative<'d>> {
    let items = holder.get("security").map(|security| security.items().collect::<Vec<_>>()).unwrap_or_default();
    let scopes = |value: &'d Value| value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let one = |node: Node<'d>| {
        node.object().map(|all| all.iter().map(|(name, list)| (name.as_str(), scopes(list))).collect())
    };
    items.into_iter().filter_map(one).collect()
}

fn is_same(one: &Alternative<'_>, other: &Alternative<'_>) -> bool {
    one.keys().eq(other.keys())
}

fn one(alternative: &Alternative<'_>) -> String {
    if alternative.is_empty() {
        return "no key".to_owned();
    }
    alternative.keys().copied().collect::<Vec<_>>().join(" and ")
}

fn told(alternatives: &[Alternative<'_>]) -> String {
    alternatives.iter().map(one).collect::<Vec<_>>().join(", or ")
}
