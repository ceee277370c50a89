//! Headers of answers.

use super::super::Direction;
use super::super::rules as r;
use super::lifecycle::What;
use super::node::Node;
use super::{Both, Comparison, Draft, Role, Spot};
use crate::maps::HashMap;

impl<'d> Comparison<'d> {
    pub(super) fn response_headers(&mut self, answer: &Both<'d>, direction: Direction) {
        let all = |node: Option<Node<'d>>| -> Vec<(String, Node<'d>)> {
            let members = node.map(|node| node.members().collect::<Vec<_>>()).unwrap_or_default();
            members.into_iter().map(|(name, node)| (name.to_ascii_lowercase(), node)).collect()
        };
        let (old, new) = answer.get("headers");
        let (old, new) = (all(old), all(new));
        let by_name: HashMap<&String, &Node<'d>> = new.iter().map(|(name, node)| (name, node)).collect();
        for (name, old) in &old {
            let old = self.old.resolve(old);
            match by_name.get(name) {
                Some(new) => {
                    let new = self.new.resolve(new);
                    self.header(&answer.with(old, new), direction);
                }
                None => {
                    let rule =
                        if old.flag("required") { &r::REQUIRED_HEADER_REMOVED } else { &r::OPTIONAL_HEADER_REMOVED };
                    let spots = (Spot::from(&old), Spot::missing(&answer.new));
                    Draft::new(answer.id, rule, direction, spots).push(self);
                }
            }
        }
        for (_, new) in new.iter().filter(|(name, _)| !old.iter().any(|(other, _)| other == name)) {
            let new = self.new.resolve(new);
            let is_demanded = direction == Direction::Request && new.flag("required");
            let rule = if is_demanded { &r::REQUIRED_HEADER_ADDED } else { &r::HEADER_ADDED };
            let spots = (Spot::missing(&answer.old), Spot::from(&new));
            Draft::new(answer.id, rule, direction, spots).push(self);
        }
    }

    fn header(&mut self, both: &Both<'d>, direction: Direction) {
        let rule = match (both.old.flag("required"), both.new.flag("required")) {
            (false, true) => Some(&r::HEADER_BECAME_REQUIRED),
            (true, false) => Some(&r::HEADER_BECAME_OPTIONAL),
            _ => None,
        };
        if let Some(rule) = rule {
            Draft::new(both.id, rule, direction, both.spots("required")).push(self);
        }
        self.lifecycle(both, direction, What::Parameter);
        self.style(both, "header", direction);
        self.schema_or_content(both, direction, Role::Other);
    }
}
