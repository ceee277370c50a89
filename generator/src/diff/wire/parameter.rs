//! Parameters of an operation, and how they are written.

use super::super::rules as r;
use super::super::{Direction, Rule};
use super::lifecycle::{Gone, What, is_unstable};
use super::node::{Node, Side};
use super::operation::{Call, Names};
use super::view::View;
use super::{Both, Comparison, Draft, Role, Spot};
use crate::maps::HashMap;

/// Headers that OpenAPI tells otherwise: a parameter of such a name is ignored.
const IGNORED: [&str; 3] = ["Accept", "Content-Type", "Authorization"];

/// Where a parameter stands in a call, and its name there.
type Id = (String, String);

impl<'d> Comparison<'d> {
    pub(super) fn parameters(&mut self, operation: &Both<'d>, item: &Both<'d>, call: Call<'d, '_>) {
        let names = Names::of(call.old_path, call.path);
        let old = all(&self.old, &operation.old, &item.old, Some(&names));
        let new = all(&self.new, &operation.new, &item.new, None);
        let direction = call.flow.request;
        let by_id: HashMap<&Id, &Node<'d>> = new.iter().map(|(id, node)| (id, node)).collect();
        for (id, old) in &old {
            match by_id.get(id) {
                Some(new) => self.parameter(&operation.with(old.clone(), (*new).clone()), direction),
                None => self.parameter_gone(operation, old, direction),
            }
        }
        for (id, new) in new.iter().filter(|(id, _)| !old.iter().any(|(other, _)| other == id)) {
            let spots = (Spot::missing(&operation.old), Spot::from(new));
            let rule = match (id.0.as_str(), new.flag("required")) {
                ("path", _) => &r::REQUIRED_PATH_PARAMETER_ADDED,
                (_, true) => &r::REQUIRED_PARAMETER_ADDED,
                (_, false) => &r::OPTIONAL_PARAMETER_ADDED,
            };
            Draft::new(operation.id, rule, direction, spots).push(self);
        }
    }

    fn parameter_gone(&mut self, operation: &Both<'d>, old: &Node<'d>, direction: Direction) {
        let rule = match self.gone(old) {
            Gone::Undeclared if is_unstable(&operation.old) => &r::PARAMETER_REMOVED_WHILE_UNSTABLE,
            Gone::Undeclared => &r::PARAMETER_REMOVED,
            Gone::Declared => &r::PARAMETER_REMOVED_AFTER_DEPRECATION,
            Gone::Early => &r::PARAMETER_REMOVED_BEFORE_SUNSET,
            Gone::Unreadable => &r::PARAMETER_REMOVED_WITH_UNREADABLE_SUNSET,
        };
        let spots = (Spot::from(old), Spot::missing(&operation.new));
        let sunset = old.object().and_then(|old| old.get("x-sunset"));
        Draft::new(operation.id, rule, direction, spots).before(sunset).push(self);
    }

    fn parameter(&mut self, both: &Both<'d>, direction: Direction) {
        let place = both.new.text("in").unwrap_or_default();
        let is_required = |node: &Node<'_>| place == "path" || node.flag("required");
        let rule = match (is_required(&both.old), is_required(&both.new)) {
            (false, true) => Some(&r::PARAMETER_BECAME_REQUIRED),
            (true, false) => Some(&r::PARAMETER_BECAME_OPTIONAL),
            _ => None,
        };
        if let Some(rule) = rule {
            Draft::new(both.id, rule, direction, both.spots("required")).push(self);
        }
        let rule = match (both.old.flag("allowEmptyValue"), both.new.flag("allowEmptyValue")) {
            (false, true) => Some(&r::EMPTY_VALUE_ALLOWED),
            (true, false) => Some(&r::EMPTY_VALUE_REFUSED),
            _ => None,
        };
        if let Some(rule) = rule {
            Draft::new(both.id, rule, direction, both.spots("allowEmptyValue")).push(self);
        }
        self.lifecycle(both, direction, What::Parameter);
        self.style(both, place, direction);
        self.schema_or_content(both, direction, Role::Parameter);
    }

    /// Parameters and headers have a schema, or content of one media type.
    pub(super) fn schema_or_content(&mut self, both: &Both<'d>, direction: Direction, role: Role) {
        let has_content = both.old.get("content").is_some() || both.new.get("content").is_some();
        if has_content {
            self.content(both, direction);
        } else {
            self.schema_of(both, direction, role, false);
        }
    }

    /// How a list or an object is written into text.
    pub(super) fn style(&mut self, both: &Both<'d>, place: &str, direction: Direction) {
        if both.old.get("content").is_some() || both.new.get("content").is_some() {
            return;
        }
        let (old, new) = (written(&self.old, &both.old, place), written(&self.new, &both.new, place));
        if old != new {
            let key = if both.values("style").0 == both.values("style").1 { "explode" } else { "style" };
            let rule: &'static Rule = &r::PARAMETER_STYLE_CHANGED;
            Draft::new(both.id, rule, direction, both.spots(key)).was(old).is(new).push(self);
        }
    }
}

/// The parameters of an operation; what it lists itself comes before what its path lists.
fn all<'d>(side: &Side<'d>, operation: &Node<'d>, item: &Node<'d>, names: Option<&Names<'d>>) -> Vec<(Id, Node<'d>)> {
    let mut all: Vec<(Id, Node<'d>)> = Vec::new();
    for list in [operation, item].into_iter().filter_map(|node| node.get("parameters")) {
        for parameter in list.items().map(|parameter| side.resolve(&parameter)) {
            let (Some(place), Some(name)) = (parameter.text("in"), parameter.text("name")) else { continue };
            if place == "header" && IGNORED.iter().any(|ignored| name.eq_ignore_ascii_case(ignored)) {
                continue;
            }
            let name = match (place, names) {
                ("path", Some(names)) => names.renewed(name).to_owned(),
                ("header", _) => name.to_ascii_lowercase(),
                _ => name.to_owned(),
            };
            let id = (place.to_owned(), name);
            if !all.iter().any(|(other, _)| *other == id) {
                all.push((id, parameter));
            }
        }
    }
    all
}

/// How a parameter is written, defaults filled in: `form, exploded`.
fn written(side: &Side<'_>, parameter: &Node<'_>, place: &str) -> String {
    let usual = if matches!(place, "query" | "cookie") { "form" } else { "simple" };
    let style = parameter.text("style").unwrap_or(usual);
    let explode = parameter.object().and_then(|object| object.get("explode")).and_then(serde_json::Value::as_bool);
    let is_exploded = explode.unwrap_or(style == "form");
    let is_compound = parameter.get("schema").is_none_or(|schema| {
        let types = View::of(side, &schema).types();
        types.is_none_or(|types| types.has("array") || types.has("object"))
    });
    let reserved = if parameter.flag("allowReserved") { ", reserved characters as they are" } else { "" };
    match (is_compound, is_exploded) {
        (true, true) => format!("{style}, exploded{reserved}"),
        _ => format!("{style}{reserved}"),
    }
}
