//! Required properties are properties.

use serde_json::Value;

use crate::load::closest::closest;
use crate::load::{codes, pointer};

use super::Review;

impl Review<'_> {
    /// Names in `required` that no property has, where the schema says by itself what its properties are.
    pub(super) fn required(&mut self) {
        let mut open = vec![(String::new(), self.tree, true)];
        while let Some((at, node, says_all)) = open.pop() {
            match node {
                Value::Object(members) => {
                    if says_all {
                        self.required_of(members, &at);
                    }
                    let below = members.iter().filter(|(key, _)| !is_free(key));
                    open.extend(below.map(|(key, member)| {
                        // What is part of a composition may speak of properties that the other parts have.
                        let is_part = matches!(key.as_str(), "allOf" | "anyOf" | "oneOf" | "not");
                        (pointer::join(&at, key), member, !is_part)
                    }));
                }
                Value::Array(items) => {
                    let items = items.iter().enumerate();
                    open.extend(items.map(|(index, item)| (pointer::join(&at, &index.to_string()), item, says_all)));
                }
                _ => {}
            }
        }
    }

    fn required_of(&mut self, schema: &serde_json::Map<String, Value>, at: &str) {
        let (Some(Value::Array(names)), Some(Value::Object(properties))) =
            (schema.get("required"), schema.get("properties"))
        else {
            return;
        };
        let is_open = ["allOf", "anyOf", "oneOf", "x-patternProperties"].iter().any(|key| schema.contains_key(*key))
            || schema.get("additionalProperties").is_some_and(|more| *more != Value::Bool(false));
        if is_open || properties.is_empty() {
            return;
        }
        for (index, name) in names.iter().enumerate() {
            let Some(name) = name.as_str().filter(|name| !properties.contains_key(*name)) else { continue };
            let meant = closest(name, properties.keys().map(String::as_str));
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "describe the property, or take the name out".to_owned(),
            };
            let message = format!("`{name}` is required, and there is no such property");
            self.warn(codes::REQUIRED_UNKNOWN, &format!("{at}/required/{index}"), message, &help);
        }
    }
}

/// Keys below which values stand, and no schemas.
fn is_free(key: &str) -> bool {
    matches!(key, "example" | "examples" | "default" | "enum") || key.starts_with("x-")
}
