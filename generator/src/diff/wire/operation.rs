//! One operation: what it is called, what it takes, what it answers.

use serde_json::Value;

use super::super::Direction;
use super::super::rules as r;
use super::lifecycle::What;
use super::node::Node;
use super::{Both, Comparison, Context, Draft, Role, Spot};
use crate::maps::HashMap;

/// Which way the two halves of an operation travel, as the client sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flow {
    pub(super) request: Direction,
    pub(super) response: Direction,
}

impl Flow {
    /// The client calls.
    pub(super) const CALL: Self = Self { request: Direction::Request, response: Direction::Response };
    /// The API calls: webhooks and callbacks.
    pub(super) const DELIVERY: Self = Self { request: Direction::Response, response: Direction::Request };
}

/// What operations of a path have in common.
#[derive(Clone, Copy)]
pub(super) struct Call<'d, 's> {
    pub(super) path: &'d str,
    pub(super) old_path: &'d str,
    pub(super) flow: Flow,
    /// The node of the graph for each security scheme.
    pub(super) schemes: &'s HashMap<&'d str, usize>,
}

/// The names of a path's parameters on both sides, by their place.
#[derive(Clone, Debug)]
pub(super) struct Names<'d>(Vec<(&'d str, &'d str)>);

impl<'d> Names<'d> {
    pub(super) fn of(old: &'d str, new: &'d str) -> Self {
        Self(names(old).zip(names(new)).collect())
    }

    /// What a parameter of the old path is called in the new one.
    pub(super) fn renewed<'n>(&self, old: &'n str) -> &'n str
    where
        'd: 'n,
    {
        self.0.iter().find(|(name, _)| *name == old).map_or(old, |(_, new)| new)
    }

    pub(super) fn renamed(&self) -> impl Iterator<Item = (&'d str, &'d str)> {
        self.0.iter().copied().filter(|(old, new)| old != new)
    }
}

/// Deeper, callbacks within callbacks are not followed: they may lead back to themselves.
const DEEPEST_CALLBACK: usize = 8;

fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

impl<'d> Comparison<'d> {
    pub(super) fn operation(&mut self, both: &Both<'d>, item: &Both<'d>, call: Call<'d, '_>) {
        self.operation_at(both, item, call, 0);
    }

    fn operation_at(&mut self, both: &Both<'d>, item: &Both<'d>, call: Call<'d, '_>, depth: usize) {
        let Flow { request, response } = call.flow;
        self.labels(both, request);
        self.lifecycle(both, request, What::Operation);
        self.parameters(both, item, call);
        self.request_body(both, request);
        let (old, new) = both.get("responses");
        if let (Some(old), Some(new)) = (old, new) {
            self.responses(&both.with(old, new), response);
        }
        if depth == 0 {
            self.security(both, call.schemes);
            self.servers(both, item);
        }
        if depth < DEEPEST_CALLBACK {
            self.callbacks(both, call, depth);
        }
    }

    /// What an operation is called and filed under.
    fn labels(&mut self, both: &Both<'d>, direction: Direction) {
        let (old, new) = both.values("operationId");
        let rule = match (old, new) {
            (Some(old), Some(new)) if old != new => Some(&r::OPERATION_ID_CHANGED),
            (Some(_), None) => Some(&r::OPERATION_ID_REMOVED),
            (None, Some(_)) => Some(&r::OPERATION_ID_ADDED),
            _ => None,
        };
        if let Some(rule) = rule {
            Draft::new(both.id, rule, direction, both.spots("operationId")).before(old).after(new).push(self);
        }
        let (old, new) = both.values("tags");
        let list = |tags: Option<&'d Value>| tags.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let (old, new) = (list(old), list(new));
        for gone in old.iter().filter(|tag| !new.contains(tag)) {
            Draft::new(both.id, &r::TAG_REMOVED, direction, both.spots("tags")).before(Some(gone)).push(self);
        }
        for come in new.iter().filter(|tag| !old.contains(tag)) {
            Draft::new(both.id, &r::TAG_ADDED, direction, both.spots("tags")).after(Some(come)).push(self);
        }
    }

    fn request_body(&mut self, both: &Both<'d>, direction: Direction) {
        let (old, new) = both.get("requestBody");
        let (old, new) = (old.map(|node| self.old.resolve(&node)), new.map(|node| self.new.resolve(&node)));
        match (old, new) {
            (Some(old), Some(new)) => {
                let body = both.with(old, new);
                let rule = match (body.old.flag("required"), body.new.flag("required")) {
                    (false, true) => Some(&r::BODY_BECAME_REQUIRED),
                    (true, false) => Some(&r::BODY_BECAME_OPTIONAL),
                    _ => None,
                };
                if let Some(rule) = rule {
                    Draft::new(both.id, rule, direction, body.spots("required")).push(self);
                }
                self.content(&body, direction);
            }
            (Some(old), None) => {
                let spots = (Spot::from(&old), Spot::missing(&both.new));
                Draft::new(both.id, &r::BODY_REMOVED, direction, spots).push(self);
            }
            (None, Some(new)) => {
                let rule = if new.flag("required") { &r::REQUIRED_BODY_ADDED } else { &r::OPTIONAL_BODY_ADDED };
                let spots = (Spot::missing(&both.old), Spot::from(&new));
                Draft::new(both.id, rule, direction, spots).push(self);
            }
            (None, None) => {}
        }
    }

    fn responses(&mut self, both: &Both<'d>, direction: Direction) {
        for (status, old) in both.old.members() {
            match both.new.get(status) {
                Some(new) => {
                    let answer = both.with(self.old.resolve(&old), self.new.resolve(&new));
                    self.response_headers(&answer, direction);
                    self.content(&answer, direction);
                }
                None => {
                    let rule = if is_success(status) { &r::SUCCESS_STATUS_REMOVED } else { &r::FAILURE_STATUS_REMOVED };
                    let spots = (Spot::from(&old), Spot::missing(&both.new));
                    Draft::new(both.id, rule, direction, spots).was(status).push(self);
                }
            }
        }
        for (status, new) in both.new.members().filter(|(status, _)| both.old.get(status).is_none()) {
            let rule = if is_success(status) { &r::SUCCESS_STATUS_ADDED } else { &r::FAILURE_STATUS_ADDED };
            let spots = (Spot::missing(&both.old), Spot::from(&new));
            Draft::new(both.id, rule, direction, spots).is(status).push(self);
        }
    }

    /// What the API sends to addresses that a call names.
    fn callbacks(&mut self, both: &Both<'d>, call: Call<'d, '_>, depth: usize) {
        let (old, new) = both.get("callbacks");
        let all = |node: Option<Node<'d>>| node.map(|node| node.members().collect::<Vec<_>>()).unwrap_or_default();
        let (old, new) = (all(old), all(new));
        for (name, old) in &old {
            match new.iter().find(|(other, _)| other == name) {
                Some((_, new)) => {
                    let callback = both.with(self.old.resolve(old), self.new.resolve(new));
                    self.callback(&callback, call, depth);
                }
                None => {
                    let spots = (Spot::from(old), Spot::missing(&both.new));
                    Draft::new(both.id, &r::CALLBACK_REMOVED, Direction::Response, spots).was(*name).push(self);
                }
            }
        }
        for (name, new) in new.iter().filter(|(name, _)| !old.iter().any(|(other, _)| other == name)) {
            let spots = (Spot::missing(&both.old), Spot::from(new));
            Draft::new(both.id, &r::CALLBACK_ADDED, Direction::Response, spots).is(*name).push(self);
        }
    }

    fn callback(&mut self, both: &Both<'d>, call: Call<'d, '_>, depth: usize) {
        if !self.callbacks_seen.insert((both.old.identity(), both.new.identity(), both.id)) {
            return;
        }
        for (address, old) in both.old.members() {
            let Some(new) = both.new.get(address) else { continue };
            let item = both.with(self.old.resolve(&old), self.new.resolve(&new));
            for method in crate::load::METHODS {
                if let (Some(old), Some(new)) = item.get(method) {
                    let call = Call { path: address, old_path: address, flow: Flow::DELIVERY, schemes: call.schemes };
                    self.operation_at(&both.with(old, new), &item, call, depth + 1);
                }
            }
        }
    }

    /// Compares what is behind a `schema` key.
    pub(super) fn schema_of(&mut self, both: &Both<'d>, direction: Direction, role: Role, loose: bool) {
        let context = Context { direction, negated: false, role, loose };
        match both.get("schema") {
            (Some(old), Some(new)) => self.schema(both.id, &old, &new, context),
            (Some(_), None) => {
                Draft::new(both.id, &r::MEDIA_TYPE_SCHEMA_REMOVED, direction, both.spots("schema")).push(self);
            }
            (None, Some(_)) => {
                Draft::new(both.id, &r::MEDIA_TYPE_SCHEMA_ADDED, direction, both.spots("schema")).push(self);
            }
            (None, None) => {}
        }
    }
}

/// Whether a status tells of success. `default` is what is left, which is mostly failure.
fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_a_path_are_matched_by_their_place() {
        let names = Names::of("/a/{id}/b/{x}", "/a/{a_id}/b/{x}");
        assert_eq!((names.renewed("id"), names.renewed("x"), names.renewed("other")), ("a_id", "x", "other"));
        assert_eq!(names.renamed().collect::<Vec<_>>(), [("id", "a_id")]);
    }
}
