//! Properties of objects and items of lists.

use indexmap::IndexMap;
use serde_json::Value;

use super::super::rules as r;
use super::super::{Direction, Rule};
use super::node::Node;
use super::schema::{Views, sent};
use super::view::View;
use super::{Comparison, Context, Draft, Spot};
use crate::maps::HashSet;

/// What an object says of properties it does not list.
enum Others<'d> {
    Open,
    Closed,
    Typed(Node<'d>),
}

impl<'d> Others<'d> {
    fn of(view: &View<'d>) -> Self {
        let Some(node) = view.get("additionalProperties") else { return Self::Open };
        match node.value {
            Value::Bool(false) => Self::Closed,
            Value::Object(schema) if !schema.is_empty() => Self::Typed(node),
            _ => Self::Open,
        }
    }
}

impl<'d> Comparison<'d> {
    pub(super) fn object(&mut self, views: &Views<'d>) {
        let (old, new) = (properties(&views.old), properties(&views.new));
        let (must, must_now) = (required(&views.old), required(&views.new));
        for (name, before) in &old {
            match new.get(name) {
                Some(after) => {
                    let (was, is) = (must.contains(name), must_now.contains(name));
                    self.property(views, (before, after), (was, is));
                }
                None => self.property_gone(views, before, must.contains(name)),
            }
        }
        for (name, after) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
            self.property_come(views, after, must_now.contains(name));
        }
        self.others(views);
        self.items(views);
    }

    fn property(&mut self, views: &Views<'d>, nodes: (&Node<'d>, &Node<'d>), required: (bool, bool)) {
        let (before, after) = nodes;
        let (old, new) = (View::of(&self.old, before), View::of(&self.new, after));
        let direction = views.context.direction;
        let (was, is) = (sent(direction, &old), sent(direction, &new));
        let rule = match required {
            (false, true) => Some(&r::PROPERTY_BECAME_REQUIRED),
            (true, false) => Some(&r::PROPERTY_BECAME_OPTIONAL),
            _ => None,
        };
        if let Some(rule) = rule {
            let draft = Draft::new(views.id, rule, is, (Spot::from(before), Spot::from(after)));
            draft.negated(views.context.negated).push(self);
        }
        for (key, rules) in [
            ("readOnly", [&r::OPTIONAL_BECAME_READ_ONLY, &r::REQUIRED_BECAME_READ_ONLY]),
            ("writeOnly", [&r::OPTIONAL_BECAME_WRITE_ONLY, &r::REQUIRED_BECAME_WRITE_ONLY]),
        ] {
            if !old.flag(key) && new.flag(key) {
                self.access(views, &rules, required.1, (Spot::from(before), new.spot(key)));
            }
        }
        for (key, rules) in [
            ("readOnly", [&r::OPTIONAL_BECAME_NOT_READ_ONLY, &r::REQUIRED_BECAME_NOT_READ_ONLY]),
            ("writeOnly", [&r::OPTIONAL_BECAME_NOT_WRITE_ONLY, &r::REQUIRED_BECAME_NOT_WRITE_ONLY]),
        ] {
            if old.flag(key) && !new.flag(key) {
                self.access(views, &rules, required.1, (old.spot(key), Spot::from(after)));
            }
        }
        let direction = if was == Direction::None && is == Direction::None { Direction::None } else { direction };
        self.schema(views.id, before, after, Context { direction, ..views.below() });
    }

    /// Says that a property is, or is no longer, only read or only written.
    fn access(&mut self, views: &Views<'d>, rules: &[&'static Rule; 2], is_required: bool, spots: (Spot, Spot)) {
        let [optional, required] = rules;
        let rule = if is_required { required } else { optional };
        views.draft_at(rule, spots).push(self);
    }

    fn property_gone(&mut self, views: &Views<'d>, before: &Node<'d>, is_required: bool) {
        let rule = if is_required { &r::REQUIRED_PROPERTY_REMOVED } else { &r::OPTIONAL_PROPERTY_REMOVED };
        let direction = sent(views.context.direction, &View::of(&self.old, before));
        let spots = (Spot::from(before), views.new.spot("properties").into_missing());
        Draft::new(views.id, rule, direction, spots).negated(views.context.negated).push(self);
    }

    fn property_come(&mut self, views: &Views<'d>, after: &Node<'d>, is_required: bool) {
        let view = View::of(&self.new, after);
        let rule = match (is_required, view.value("default").is_some()) {
            (true, true) => &r::REQUIRED_PROPERTY_WITH_DEFAULT_ADDED,
            (true, false) => &r::REQUIRED_PROPERTY_ADDED,
            (false, _) => &r::OPTIONAL_PROPERTY_ADDED,
        };
        let direction = sent(views.context.direction, &view);
        let spots = (views.old.spot("properties").into_missing(), Spot::from(after));
        Draft::new(views.id, rule, direction, spots).negated(views.context.negated).push(self);
    }

    fn others(&mut self, views: &Views<'d>) {
        use Others::{Closed, Open, Typed};
        let rule = match (Others::of(&views.old), Others::of(&views.new)) {
            (Typed(old), Typed(new)) => return self.schema(views.id, &old, &new, views.below()),
            (Open, Open) | (Closed, Closed) => return,
            (_, Closed) => &r::ADDITIONAL_PROPERTIES_REFUSED,
            (Closed, _) => &r::ADDITIONAL_PROPERTIES_ALLOWED,
            (Open, Typed(_)) => &r::ADDITIONAL_PROPERTIES_TYPED,
            (Typed(_), Open) => &r::ADDITIONAL_PROPERTIES_UNTYPED,
        };
        views.draft(rule, "additionalProperties").push(self);
    }

    /// Items that share one schema.
    fn items(&mut self, views: &Views<'d>) {
        let schema =
            |view: &View<'d>| view.get("items").filter(|node| node.object().is_some_and(|object| !object.is_empty()));
        match (schema(&views.old), schema(&views.new)) {
            (Some(old), Some(new)) => self.schema(views.id, &old, &new, views.below()),
            (Some(_), None) => views.draft(&r::ITEMS_REMOVED, "items").push(self),
            (None, Some(_)) => views.draft(&r::ITEMS_ADDED, "items").push(self),
            (None, None) => {}
        }
    }
}

/// The properties of every part; of two with one name the first.
pub(super) fn properties<'d>(view: &View<'d>) -> IndexMap<&'d str, Node<'d>> {
    let mut all = IndexMap::new();
    for map in view.every("properties") {
        let at = &map.at;
        for (name, value) in map.value.as_object().into_iter().flatten() {
            let node = || Node { value, at: crate::load::pointer::join(at, name) };
            all.entry(name.as_str()).or_insert_with(node);
        }
    }
    all
}

/// The names that any part requires.
fn required<'d>(view: &View<'d>) -> HashSet<&'d str> {
    let lists = view.every("required").into_iter();
    lists.flat_map(|list| list.value.as_array().into_iter().flatten()).filter_map(Value::as_str).collect()
}
