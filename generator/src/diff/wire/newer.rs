//! Keywords that only OpenAPI 3.1 (JSON Schema 2020-12) knows.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::Rule;
use super::super::rules as r;
use super::Comparison;
use super::node::Node;
use super::schema::Views;
use super::view::View;

/// A keyword that holds one schema: what is said when it comes and when it goes.
type One = (&'static str, &'static Rule, &'static Rule);

static ONES: [One; 8] = [
    ("if", &r::IF_ADDED, &r::IF_REMOVED),
    ("then", &r::THEN_ADDED, &r::THEN_REMOVED),
    ("else", &r::ELSE_ADDED, &r::ELSE_REMOVED),
    ("contains", &r::CONTAINS_ADDED, &r::CONTAINS_REMOVED),
    ("propertyNames", &r::PROPERTY_NAMES_ADDED, &r::PROPERTY_NAMES_REMOVED),
    ("contentSchema", &r::CONTENT_SCHEMA_ADDED, &r::CONTENT_SCHEMA_REMOVED),
    ("unevaluatedProperties", &r::UNEVALUATED_PROPERTIES_ADDED, &r::UNEVALUATED_PROPERTIES_REMOVED),
    ("unevaluatedItems", &r::UNEVALUATED_ITEMS_ADDED, &r::UNEVALUATED_ITEMS_REMOVED),
];

impl<'d> Comparison<'d> {
    pub(super) fn newer(&mut self, views: &Views<'d>) {
        for (key, added, removed) in &ONES {
            match (views.old.get(key), views.new.get(key)) {
                (Some(old), Some(new)) if is_closed(&old) == is_closed(&new) => {
                    self.schema(views.id, &old, &new, views.below());
                }
                (Some(old), Some(_)) if is_closed(&old) => views.draft(removed, key).push(self),
                (Some(_), None) => views.draft(removed, key).push(self),
                (None, Some(_)) | (Some(_), Some(_)) => views.draft(added, key).push(self),
                (None, None) => {}
            }
        }
        for (key, rule) in
            [("contentMediaType", &r::CONTENT_MEDIA_TYPE_CHANGED), ("contentEncoding", &r::CONTENT_ENCODING_CHANGED)]
        {
            self.content_keyword(views, key, rule);
        }
        self.tuple(views);
        self.named(views, "patternProperties", &r::PATTERN_PROPERTY_ADDED, &r::PATTERN_PROPERTY_REMOVED);
        self.named(views, "dependentSchemas", &r::DEPENDENT_SCHEMA_ADDED, &r::DEPENDENT_SCHEMA_REMOVED);
        self.dependent_required(views);
    }

    fn content_keyword(&mut self, views: &Views<'d>, key: &str, rule: &'static Rule) {
        let (before, after) = (views.old.value(key), views.new.value(key));
        // What one side says with a format is no change.
        let says_format = |view: &View<'d>| matches!(view.text("format"), Some("byte" | "binary"));
        let is_twin = (before.is_none() && says_format(&views.old)) || (after.is_none() && says_format(&views.new));
        if before != after && !is_twin {
            let told = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or("anything").to_owned();
            views.draft(rule, key).was(told(before)).is(told(after)).push(self);
        }
    }

    /// Lists whose places each have a schema.
    fn tuple(&mut self, views: &Views<'d>) {
        let places = |view: &View<'d>| -> Vec<Node<'d>> {
            let list = view.get("prefixItems").or_else(|| view.get("items").filter(|items| items.value.is_array()));
            list.map(|list| list.items().collect()).unwrap_or_default()
        };
        let (old, new) = (places(&views.old), places(&views.new));
        for (old, new) in old.iter().zip(&new) {
            self.schema(views.id, old, new, views.below());
        }
        let ends = |view: &View<'d>| view.get("items").is_some_and(|items| is_closed(&items));
        let was = if ends(&views.old) { &r::TUPLE_LONGER } else { &r::PREFIX_ITEMS_ADDED };
        let is = if ends(&views.new) { &r::TUPLE_SHORTER } else { &r::PREFIX_ITEMS_REMOVED };
        // Places count from one for people.
        let told =
            |from: usize, to: usize| if from + 1 == to { to.to_string() } else { format!("{} to {to}", from + 1) };
        if old.len() < new.len() {
            views.draft(was, "prefixItems").name(told(old.len(), new.len())).push(self);
        }
        if new.len() < old.len() {
            views.draft(is, "prefixItems").name(told(new.len(), old.len())).push(self);
        }
    }

    /// Schemas by a name or a pattern.
    fn named(&mut self, views: &Views<'d>, key: &str, added: &'static Rule, removed: &'static Rule) {
        let all = |view: &View<'d>| -> BTreeMap<&'d str, Node<'d>> {
            view.get(key).map(|map| map.members().collect()).unwrap_or_default()
        };
        let (old, new) = (all(&views.old), all(&views.new));
        for (name, before) in &old {
            match new.get(name) {
                Some(after) => self.schema(views.id, before, after, views.below()),
                None => views.draft(removed, key).name(format!("`{name}`")).push(self),
            }
        }
        for name in new.keys().filter(|name| !old.contains_key(*name)) {
            views.draft(added, key).name(format!("`{name}`")).push(self);
        }
    }

    fn dependent_required(&mut self, views: &Views<'d>) {
        const KEY: &str = "dependentRequired";
        let all = |view: &View<'d>| -> BTreeMap<&'d str, &'d Value> {
            let map = view.value(KEY).and_then(Value::as_object);
            map.into_iter().flatten().map(|(name, list)| (name.as_str(), list)).collect()
        };
        let (old, new) = (all(&views.old), all(&views.new));
        for (name, before) in &old {
            let named = format!("`{name}`");
            match new.get(name) {
                Some(after) if after == before => {}
                Some(after) => {
                    let draft = views.draft(&r::DEPENDENT_REQUIRED_CHANGED, KEY);
                    draft.name(named).before(Some(before)).after(Some(after)).push(self);
                }
                None => {
                    views.draft(&r::DEPENDENT_REQUIRED_REMOVED, KEY).name(named).before(Some(before)).push(self);
                }
            }
        }
        for (name, after) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
            let draft = views.draft(&r::DEPENDENT_REQUIRED_ADDED, KEY);
            draft.name(format!("`{name}`")).after(Some(after)).push(self);
        }
    }
}

/// Whether a schema allows nothing.
fn is_closed(node: &Node<'_>) -> bool {
    node.value == &Value::Bool(false)
}
