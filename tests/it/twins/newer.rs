//! A 3.0 document as its author would write it in 3.1.

use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// The document in 3.1: every schema rewritten that 3.1 writes in another way.
pub(crate) fn document(mut older: Value) -> Value {
    older["openapi"] = json!("3.1.0");
    around(&mut older);
    older
}

/// How many schemas are written in another way.
pub(super) fn rewritten(older: &Value, newer: &Value) -> usize {
    match (older, newer) {
        (Value::Object(older), Value::Object(newer)) => {
            let own =
                usize::from(older.keys().any(|key| !newer.contains_key(key)) || older.get("type") != newer.get("type"));
            own + older.iter().filter_map(|(key, older)| Some(rewritten(older, newer.get(key)?))).sum::<usize>()
        }
        (Value::Array(older), Value::Array(newer)) => {
            older.iter().zip(newer).map(|(older, newer)| rewritten(older, newer)).sum()
        }
        _ => 0,
    }
}

/// What is no schema, until schemas are met.
fn around(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match key.as_str() {
                    "schema" => schema(member),
                    "schemas" => each(member),
                    "example" | "examples" | "value" | "default" => {}
                    key if key.starts_with("x-") => {}
                    _ => around(member),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(around),
        _ => {}
    }
}

fn each(members: &mut Value) {
    if let Value::Object(members) = members {
        members.values_mut().for_each(schema);
    }
}

fn schema(value: &mut Value) {
    let Value::Object(object) = value else { return };
    if object.is_empty() {
        *value = json!(true);
        return;
    }
    if object.contains_key("$ref") {
        return;
    }
    for key in ["properties", "patternProperties"] {
        object.get_mut(key).into_iter().for_each(each);
    }
    for key in ["items", "not", "additionalProperties"] {
        object.get_mut(key).into_iter().for_each(schema);
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        object.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten().for_each(schema);
    }
    nullable(object);
    bound(object, "minimum", "exclusiveMinimum");
    bound(object, "maximum", "exclusiveMaximum");
    content(object);
    sibling(object);
    if let Some(example) = object.shift_remove("example") {
        object.insert("examples".to_owned(), json!([example]));
    }
    if let Some([only]) = object.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
        let only = only.clone();
        object.shift_remove("enum");
        object.insert("const".to_owned(), only);
    }
}

/// A schema of no type allows null already; alternatives get one more.
fn nullable(object: &mut Object) {
    if object.get("nullable") != Some(&json!(true)) {
        return;
    }
    if let Some(Value::String(name)) = object.get("type") {
        let types = json!([name, "null"]);
        object.insert("type".to_owned(), types);
    } else if let Some(Value::Array(branches)) =
        ["oneOf", "anyOf"].into_iter().find(|key| object.contains_key(*key)).and_then(|key| object.get_mut(key))
    {
        branches.push(json!({"type": "null"}));
    } else {
        return;
    }
    object.shift_remove("nullable");
    if let Some(Value::Array(values)) = object.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
}

fn bound(object: &mut Object, bound: &str, exclusive: &str) {
    match object.get(exclusive) {
        Some(Value::Bool(true)) => {
            if let Some(number) = object.shift_remove(bound) {
                object.insert(exclusive.to_owned(), number);
            }
        }
        Some(Value::Bool(false)) => drop(object.shift_remove(exclusive)),
        _ => {}
    }
}

fn content(object: &mut Object) {
    let (key, value) = match object.get("format").and_then(Value::as_str) {
        Some("byte") => ("contentEncoding", "base64"),
        Some("binary") => ("contentMediaType", "application/octet-stream"),
        _ => return,
    };
    object.shift_remove("format");
    object.insert(key.to_owned(), json!(value));
}

/// What stands beside a lone reference no longer needs `allOf`.
fn sibling(object: &mut Object) {
    let Some(Value::Array(parts)) = object.get("allOf") else { return };
    let [Value::Object(only)] = parts.as_slice() else { return };
    if let (1, Some(reference)) = (only.len(), only.get("$ref").cloned()) {
        object.shift_remove("allOf");
        object.insert("$ref".to_owned(), reference);
    }
}
