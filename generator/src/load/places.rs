//! The places of a document where schemas stand.

use serde_json::Value;

use super::grammar::{Holds, Kind};
use super::{Document, pointer};

impl Document {
    /// Shows every schema of the resolved tree with its pointer, those of 3.1 keywords without a 3.0 shape aside.
    ///
    /// What stands under `components` and is no schema is met where it is used, since it was copied there.
    pub fn schemas<'d>(&'d self, visit: &mut dyn FnMut(&str, &'d Value)) {
        let mut at = String::new();
        let Some(tree) = self.tree.as_object() else { return };
        for (key, value) in tree {
            match (key.as_str(), value) {
                ("components", Value::Object(components)) => {
                    if let Some(Value::Object(schemas)) = components.get("schemas") {
                        at.push_str("/components/schemas");
                        members(
                            schemas.iter().map(|(name, schema)| (name.as_str(), schema)),
                            Kind::Schema,
                            &mut at,
                            visit,
                        );
                        at.clear();
                    }
                }
                ("webhooks", Value::Object(items)) => {
                    at.push_str("/webhooks");
                    members(items.iter().map(|(name, item)| (name.as_str(), item)), Kind::PathItem, &mut at, visit);
                    at.clear();
                }
                ("paths", paths) => {
                    at.push_str("/paths");
                    walk(paths, Kind::Paths, &mut at, visit);
                    at.clear();
                }
                _ => {}
            }
        }
    }
}

fn walk<'d>(value: &'d Value, kind: Kind, at: &mut String, visit: &mut dyn FnMut(&str, &'d Value)) {
    if kind == Kind::Schema {
        visit(at, value);
    }
    let Some(object) = value.as_object().filter(|object| !object.contains_key("$ref")) else { return };
    for (key, child) in object {
        let Some(holds) = kind.holds(key) else { continue };
        let length = at.len();
        pointer::push(at, key);
        match (holds, child) {
            (Holds::One(kind), child) => walk(child, kind, at, visit),
            (Holds::SchemaOrBool, Value::Object(_)) => walk(child, Kind::Schema, at, visit),
            (Holds::List(kind), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    members([(index.to_string().as_str(), item)], kind, at, visit);
                }
            }
            (Holds::Map(kind), Value::Object(named)) => {
                members(named.iter().map(|(name, member)| (name.as_str(), member)), kind, at, visit);
            }
            _ => {}
        }
        at.truncate(length);
    }
}

fn members<'k, 'd>(
    members: impl IntoIterator<Item = (&'k str, &'d Value)>,
    kind: Kind,
    at: &mut String,
    visit: &mut dyn FnMut(&str, &'d Value),
) {
    for (key, member) in members {
        let length = at.len();
        pointer::push(at, key);
        walk(member, kind, at, visit);
        at.truncate(length);
    }
}
