//! A few values of a schema that differ in what code may get wrong.

use serde_json::{Value, json};

use crate::document::{Document, join};
use crate::sample::{Choice, UNLISTED, chosen};
use crate::schema::{Direction, Shape};

/// A value of a schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// What is particular about it.
    pub what: &'static str,
    /// The value.
    pub value: Value,
}

/// The property that no schema knows.
pub const UNKNOWN_FIELD: &str = "field-of-tomorrow";
/// The value of properties that are required, and that nobody described.
pub const UNDESCRIBED: &str = "described-by-nobody";

/// Alternatives that are tried of each schema.
const ALTERNATIVES: usize = 4;
/// Depth of values, and how many are made of one schema: documents whose schemas all lead to each other have large ones.
const DEPTH: usize = 3;
const MOST: usize = 500;

/// Values of a schema under `components`, the same ones every time: whole ones, with each of the first alternatives; with only
/// what is required; with null wherever it may be; with a text that is not listed where texts are listed; and with a
/// property that nobody described. The schema itself is asked whether they are values of it.
#[must_use]
pub fn instances(document: &Document, component: &str, is_sent: bool) -> Vec<Instance> {
    let direction = if is_sent { Direction::Request } else { Direction::Response };
    let at = join("/components/schemas", component);
    if document.at(&at).is_none() {
        return Vec::new();
    }
    let reference = json!({"$ref": format!("#{at}")});
    let shape = Shape::new(Some(&reference), direction);
    let compiled = shape.compiled(document);
    let base = Choice { depth: DEPTH, most: MOST, undescribed: Some(UNDESCRIBED), ..Choice::WHOLE };
    let is_valid = |value: &Value| compiled.problems(value).is_ok_and(|problems| problems.is_empty());
    let whole = chosen(&compiled.schema, base).filter(is_valid);
    let first = whole.clone().map(|value| Instance { what: "whole", value });
    let mut found: Vec<Instance> = first.into_iter().collect();
    let mut choices: Vec<_> = (1..ALTERNATIVES).map(|alternative| ("whole", Choice { alternative, ..base })).collect();
    choices.push(("required alone", Choice { optional: false, ..base }));
    choices.push(("null where it may be", Choice { null: true, ..base }));
    for (what, choice) in choices {
        let Some(value) = chosen(&compiled.schema, choice) else { continue };
        if is_valid(&value) && !found.iter().any(|known| known.value == value) {
            found.push(Instance { what, value });
        }
    }
    // What is made of the first of everything is a value but for what is not listed in it.
    let Some(whole) = whole else { return found };
    let unlisted = chosen(&compiled.schema, Choice { unlisted: true, ..base });
    if let Some(value) = unlisted.filter(|value| mentions(value, UNLISTED)) {
        found.push(Instance { what: "a text that is not listed", value });
    }
    if let Value::Object(mut members) = whole {
        members.insert(UNKNOWN_FIELD.to_owned(), json!({"a": [1, null]}));
        let value = Value::Object(members);
        if compiled.open().problems(&value).is_ok_and(|problems| problems.is_empty()) {
            found.push(Instance { what: "a property that nobody described", value });
        }
    }
    found
}

fn mentions(value: &Value, text: &str) -> bool {
    match value {
        Value::String(own) => own == text,
        Value::Array(items) => items.iter().any(|item| mentions(item, text)),
        Value::Object(members) => members.values().any(|member| mentions(member, text)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_differ_in_what_matters() {
        let document = Document::new(json!({"openapi": "3.1.0", "components": {"schemas": {"pet": {
            "type": "object",
            "required": ["kind"],
            "properties": {
                "kind": {"enum": ["cat", "dog"], "type": "string"},
                "name": {"type": ["string", "null"]},
                "secret": {"type": "string", "readOnly": true},
                "size": {"oneOf": [{"type": "integer"}, {"type": "string"}]},
            },
        }}}}));
        let of = |is_sent| -> Vec<_> {
            instances(&document, "pet", is_sent).into_iter().map(|made| (made.what, made.value)).collect()
        };
        assert_eq!(
            of(true),
            [
                ("whole", json!({"kind": "cat", "name": "text", "size": 1})),
                ("whole", json!({"kind": "dog", "name": "text", "size": "text"})),
                ("required alone", json!({"kind": "cat"})),
                ("null where it may be", json!({"kind": "cat", "name": null, "size": 1})),
                ("a text that is not listed", json!({"kind": "of-tomorrow", "name": "text", "size": 1})),
                (
                    "a property that nobody described",
                    json!({"kind": "cat", "name": "text", "size": 1, UNKNOWN_FIELD: {"a": [1, null]}})
                ),
            ]
        );
        assert_eq!(of(false)[0].1, json!({"kind": "cat", "name": "text", "secret": "text", "size": 1}));
    }
}
