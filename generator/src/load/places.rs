//! The places of a document where schemas stand.

use serde_json::Value;

use super::grammar::{Holds, Kind};
use super::{Document, pointer};

impl Document {
    /// Shows every schema of the resolved tree with its pointer, those of 3.1 keywords without a 3.0 shape aside.
    ///
    /// What stands under `components` and is no schema is met where it is used, since it was copied there.
    pub fn schemas<'d>(&'d self, visit: &mut dyn FnMut(&str, &'d Value)) {
        walk(&self.tree, Kind::Document, &mut String::new(), visit);
    }
}

fn walk<'d>(value: &'d Value, kind: Kind, at: &mut String, visit: &mut dyn FnMut(&str, &'d Value)) {
    if kind == Kind::Schema {
        visit(at, value);
    }
    let Some(object) = value.as_object().filter(|object| !object.contains_key("$ref")) else { return };
    for (key, child) in object.iter().filter(|(key, _)| kind != Kind::Components || *key == "schemas") {
        let Some(holds) = kind.holds(key) else { continue };
        let length = at.len();
        pointer::push(at, key);
        match (holds, child) {
            (Holds::One(kind), child) => walk(child, kind, at, visit),
            (Holds::SchemaOrBool, Value::Object(_)) => walk(child, Kind::Schema, at, visit),
            (Holds::List(kind), Value::Array(items)) => {
                items.iter().enumerate().for_each(|(index, item)| member(&index.to_string(), item, kind, at, visit));
            }
            (Holds::Map(kind), Value::Object(named)) => {
                named.iter().for_each(|(name, value)| member(name, value, kind, at, visit));
            }
            _ => {}
        }
        at.truncate(length);
    }
}

fn member<'d>(key: &str, value: &'d Value, kind: Kind, at: &mut String, visit: &mut dyn FnMut(&str, &'d Value)) {
    let length = at.len();
    pointer::push(at, key);
    walk(value, kind, at, visit);
    at.truncate(length);
}
