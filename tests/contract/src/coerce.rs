//! Texts to the values that a schema wants: paths, queries, headers and forms have nothing but texts.

use serde_json::{Map, Number, Value};

use crate::schema::Compiled;

/// The value with its texts read as the schema has them; a text that cannot be read so stays, for the schema to refuse.
pub(crate) fn coerce(schema: &Compiled, value: Value) -> Value {
    at(schema, &[&schema.schema], value)
}

fn at(schema: &Compiled, nodes: &[&Value], value: Value) -> Value {
    let types: Vec<&str> = nodes.iter().flat_map(|node| schema.types(node)).collect();
    match value {
        Value::String(text) if types.contains(&"array") && !types.contains(&"string") => {
            Value::Array(vec![at(schema, &inner(schema, nodes, "items"), Value::String(text))])
        }
        Value::String(text) => scalar(&types, text),
        Value::Array(items) => {
            let inner = inner(schema, nodes, "items");
            items.into_iter().map(|item| at(schema, &inner, item)).collect()
        }
        Value::Object(members) => {
            let member = |(name, value): (String, Value)| {
                let own = property(schema, nodes, &name);
                let own = if own.is_empty() { inner(schema, nodes, "additionalProperties") } else { own };
                let value = at(schema, &own, value);
                (name, value)
            };
            Value::Object(members.into_iter().map(member).collect())
        }
        value => value,
    }
}

fn scalar(types: &[&str], text: String) -> Value {
    let may_be = |name: &str| types.contains(&name);
    if types.is_empty() || may_be("string") {
        return Value::String(text);
    }
    if may_be("boolean") && (text == "true" || text == "false") {
        return Value::Bool(text == "true");
    }
    if (may_be("integer") || may_be("number"))
        && let Ok(number) = serde_json::from_str::<Number>(&text)
    {
        return Value::Number(number);
    }
    if may_be("null") && text.is_empty() { Value::Null } else { Value::String(text) }
}

/// Every schema that a keyword holds for what is inside these.
pub(crate) fn inner<'a>(schema: &'a Compiled, nodes: &[&'a Value], key: &str) -> Vec<&'a Value> {
    nodes.iter().flat_map(|node| schema.all(node)).filter_map(|members| members.get(key)).collect()
}

/// Every schema of a property.
pub(crate) fn property<'a>(schema: &'a Compiled, nodes: &[&'a Value], name: &str) -> Vec<&'a Value> {
    inner(schema, nodes, "properties").into_iter().filter_map(|properties| properties.get(name)).collect()
}

/// Names of the properties an object may have, where they are told.
pub(crate) fn property_names(schema: &Compiled) -> Vec<&str> {
    let all = inner(schema, &[&schema.schema], "properties");
    all.into_iter().filter_map(Value::as_object).flat_map(Map::keys).map(String::as_str).collect()
}

/// The types of a property, or of a list's items.
pub(crate) fn types_of_items(schema: &Compiled) -> Vec<&str> {
    inner(schema, &[&schema.schema], "items").into_iter().flat_map(|node| schema.types(node)).collect()
}
