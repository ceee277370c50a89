//! Documents, path by path and operation by operation.

use crate::load::METHODS;
use crate::maps::{HashMap, HashSet};

use super::super::Direction;
use super::super::rules as r;
use super::lifecycle::Gone;
use super::node::{Node, Side};
use super::operation::{Call, Flow, Names};
use super::{Both, Comparison, Draft, Spot};

/// What stands under `paths` or `webhooks` on both sides, by its name there.
struct Matched<'d> {
    both: Vec<(Named<'d>, Named<'d>)>,
    gone: Vec<Named<'d>>,
    come: Vec<Named<'d>>,
}

type Named<'d> = (&'d str, Node<'d>);

impl<'d> Comparison<'d> {
    /// Compares all that two documents say.
    pub(super) fn documents(&mut self) {
        let schemes = self.security_schemes();
        let paths = matched(entries(&self.old, &["paths"]), entries(&self.new, &["paths"]));
        for ((old_path, old), (path, new)) in paths.both {
            let both = Both { id: 0, old: self.old.resolve(&old), new: self.new.resolve(&new) };
            self.path(&both, Call { path, old_path, flow: Flow::CALL, schemes: &schemes }, &title);
        }
        for (path, item) in paths.gone {
            self.path_gone(path, &item);
        }
        for (path, item) in paths.come {
            let item = self.new.resolve(&item);
            for (method, operation) in operations(&item) {
                self.operation_come(&title(method, path), &operation);
            }
        }
        self.webhooks(&schemes);
        self.components();
    }

    /// Schemas that are gone from `components`. What that means to calls is told where they were used.
    fn components(&mut self) {
        let keys = ["components", "schemas"];
        let Some(old) = self.old.find(&keys) else { return };
        let new = self.new.find(&keys);
        for (name, schema) in old.members() {
            if new.as_ref().is_none_or(|new| new.get(name).is_none()) {
                let id = self.graph.add();
                let missing = new.clone().unwrap_or_else(|| self.new.root());
                let spots = (Spot::from(&schema), Spot::missing(&missing));
                Draft::new(id, &r::SCHEMA_REMOVED, Direction::None, spots).push(self);
            }
        }
    }

    /// Compares two path items.
    fn path(&mut self, item: &Both<'d>, call: Call<'d, '_>, title: &dyn Fn(&str, &str) -> String) {
        for method in METHODS {
            let name = title(method, call.path);
            match item.get(method) {
                (Some(old), Some(new)) => {
                    let id = self.graph.root(name);
                    self.operation(&Both { id, old, new }, item, call);
                }
                (Some(old), None) => self.operation_gone(&name, &old, item),
                (None, Some(new)) => self.operation_come(&name, &new),
                (None, None) => {}
            }
        }
        self.path_names(item, call);
    }

    /// Says which parameters of a path have other names now.
    fn path_names(&mut self, item: &Both<'d>, call: Call<'d, '_>) {
        let names = Names::of(call.old_path, call.path);
        if names.renamed().next().is_none() {
            return;
        }
        let id = self.graph.add();
        let roots: Vec<String> = operations(&item.new).map(|(method, _)| title(method, call.path)).collect();
        for root in roots {
            self.graph.lead(root, id);
        }
        for (before, after) in names.renamed() {
            Draft::new(
                id,
                &r::PATH_PARAMETER_RENAMED,
                Direction::Request,
                (Spot::from(&item.old), Spot::from(&item.new)),
            )
            .was(before)
            .is(after)
            .push(self);
        }
    }

    /// A path that is gone is one change where nothing tells its operations apart.
    fn path_gone(&mut self, path: &str, item: &Node<'d>) {
        let item = self.old.resolve(item);
        let all: Vec<(String, Node<'d>)> =
            operations(&item).map(|(method, operation)| (title(method, path), operation)).collect();
        let how: Vec<Gone> = all.iter().map(|(_, operation)| self.gone(operation)).collect();
        let missing = self.new.find(&["paths"]).unwrap_or_else(|| self.new.root());
        if how.windows(2).all(|pair| matches!(pair, [one, other] if one == other)) {
            let id = self.graph.add();
            let Some((how, (_, first))) = how.first().zip(all.first()) else { return };
            let spots = (Spot::from(&item), Spot::missing(&missing));
            let draft = Draft::new(id, how.of_path(), Direction::Request, spots);
            draft.before(first.object().and_then(|first| first.get("x-sunset"))).push(self);
            all.into_iter().for_each(|(name, _)| self.graph.lead(name, id));
            return;
        }
        for ((name, operation), how) in all.into_iter().zip(how) {
            let id = self.graph.root(name);
            let spots = (Spot::from(&operation), Spot::missing(&missing));
            let draft = Draft::new(id, how.of_path(), Direction::Request, spots);
            draft.before(operation.object().and_then(|operation| operation.get("x-sunset"))).push(self);
        }
    }

    fn operation_gone(&mut self, name: &str, operation: &Node<'d>, item: &Both<'d>) {
        let id = self.graph.root(name.to_owned());
        let spots = (Spot::from(operation), Spot::missing(&item.new));
        let draft = Draft::new(id, self.gone(operation).of_operation(), Direction::Request, spots);
        draft.before(operation.object().and_then(|operation| operation.get("x-sunset"))).push(self);
    }

    fn operation_come(&mut self, name: &str, operation: &Node<'d>) {
        let id = self.graph.root(name.to_owned());
        let missing = self.old.find(&["paths"]).unwrap_or_else(|| self.old.root());
        let spots = (Spot::missing(&missing), Spot::from(operation));
        Draft::new(id, &r::OPERATION_ADDED, Direction::Request, spots).push(self);
    }

    /// What the API sends by itself: who reads it is the client.
    fn webhooks(&mut self, schemes: &HashMap<&'d str, usize>) {
        let all = |side: &Side<'d>| {
            let named = |key| entries(side, &[key]);
            if side.find(&["webhooks"]).is_some() { named("webhooks") } else { named("x-webhooks") }
        };
        let (old, new) = (all(&self.old), all(&self.new));
        let title = |method: &str, name: &str| format!("webhook {} {name}", method.to_uppercase());
        for (path, old) in &old {
            let spot = Spot::from(old);
            match new.iter().find(|(name, _)| name == path) {
                Some((_, new)) => {
                    let both = Both { id: 0, old: self.old.resolve(old), new: self.new.resolve(new) };
                    self.path(&both, Call { path, old_path: path, flow: Flow::DELIVERY, schemes }, &title);
                }
                None => {
                    let id = self.graph.root(format!("webhook {path}"));
                    let spots = (spot, Spot::missing(&self.new.root()));
                    Draft::new(id, &r::WEBHOOK_REMOVED, Direction::Response, spots).push(self);
                }
            }
        }
        for (path, new) in new.iter().filter(|(path, _)| !old.iter().any(|(name, _)| name == path)) {
            let id = self.graph.root(format!("webhook {path}"));
            let spots = (Spot::missing(&self.old.root()), Spot::from(new));
            Draft::new(id, &r::WEBHOOK_ADDED, Direction::Response, spots).push(self);
        }
    }
}

fn title(method: &str, path: &str) -> String {
    format!("{} {path}", method.to_uppercase())
}

fn entries<'d>(side: &Side<'d>, keys: &[&str]) -> Vec<Named<'d>> {
    side.find(keys).map(|map| map.members().collect()).unwrap_or_default()
}

/// The operations of a path item.
fn operations<'d>(item: &Node<'d>) -> impl Iterator<Item = (&'static str, Node<'d>)> {
    METHODS.into_iter().filter_map(|method| Some((method, item.get(method)?)))
}

/// Which paths are the same: those written alike, then those that differ in the names of parameters only.
fn matched<'d>(old: Vec<Named<'d>>, new: Vec<Named<'d>>) -> Matched<'d> {
    let mut by_name: HashMap<&str, Node<'d>> = new.iter().cloned().collect();
    let mut matched = Matched { both: Vec::new(), gone: Vec::new(), come: Vec::new() };
    let mut left = Vec::new();
    for (path, item) in old {
        match by_name.remove(path) {
            Some(same) => matched.both.push(((path, item), (path, same))),
            None => left.push((path, item)),
        }
    }
    let rest: Vec<Named<'d>> = new.into_iter().filter(|(path, _)| by_name.contains_key(path)).collect();
    let mut taken = HashSet::default();
    for (path, item) in left {
        let shape = shape(path);
        let same = rest.iter().find(|(other, _)| !taken.contains(other) && self::shape(other) == shape);
        match same {
            Some((other, same)) => {
                taken.insert(*other);
                matched.both.push(((path, item), (other, same.clone())));
            }
            None => matched.gone.push((path, item)),
        }
    }
    matched.come = rest.into_iter().filter(|(path, _)| !taken.contains(path)).collect();
    matched
}

/// A path without the names of its parameters: `/charges/{}`.
fn shape(path: &str) -> String {
    let mut shape = String::with_capacity(path.len());
    let mut inside = false;
    for letter in path.chars() {
        match letter {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        shape.push(letter);
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_of_a_path_has_no_names() {
        assert_eq!(shape("/charges/{id}/refunds/{refund_id}.json"), "/charges/{}/refunds/{}.json");
    }
}
