//! Enumerations hold values of their schema's type.

use serde_json::{Number, Value, json};

use crate::load::{codes, pointer};
use crate::maps::HashSet;

use super::{Context, Object};

/// Converts values whose meaning is plain, drops the others, and names the type where only the values tell it.
pub(super) fn repair(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let Some(Value::Array(values)) = object.get_mut("enum") else { return };
    if values.is_empty() {
        context.warn(codes::WRONG_ENUM, &pointer::join(at, "enum"), "the enumeration is empty; it is ignored");
        object.shift_remove("enum");
        return;
    }
    duplicates(values, at, context);
    let name = object.get("type").and_then(Value::as_str).map(str::to_owned);
    match name.as_deref() {
        None => infer_type(object),
        Some("integer") if !integers_fit(object) => {
            context.warn(
                codes::WRONG_ENUM,
                &pointer::join(at, "enum"),
                "the enumeration holds what is no 64-bit integer; any integer is allowed",
            );
            context.rename(object, at, "enum", "x-enum");
        }
        Some(name @ ("string" | "integer" | "number" | "boolean")) => convert(object, name, at, context),
        Some(_) => {}
    }
}

/// Keeps the first of equal values.
fn duplicates(values: &mut Vec<Value>, at: &str, context: &mut Context<'_>) {
    let mut seen = HashSet::default();
    context.retain(values, &pointer::join(at, "enum"), |value, at, context| {
        let text = value.to_string();
        if seen.contains(&text) {
            context.warn(codes::DUPLICATE_ENUM_VALUE, at, format!("`{value}` stands twice in the enumeration"));
            return false;
        }
        seen.insert(text)
    });
}

/// The type that all values have, where nothing else says what the schema is.
fn infer_type(object: &mut Object) {
    let says_more = ["properties", "items", "allOf", "oneOf", "anyOf", "not", "additionalProperties"];
    if says_more.iter().any(|key| object.contains_key(*key)) {
        return;
    }
    let Some(Value::Array(values)) = object.get("enum") else { return };
    let mut values = values.iter().filter(|value| !value.is_null()).peekable();
    if values.peek().is_none() {
        return;
    }
    let all: Vec<&Value> = values.collect();
    let name = if all.iter().all(|value| value.is_string()) {
        "string"
    } else if all.iter().all(|value| value.is_i64()) {
        "integer"
    } else if all.iter().all(|value| value.is_boolean()) {
        "boolean"
    } else {
        return;
    };
    object.insert("type".to_owned(), json!(name));
}

fn integers_fit(object: &Object) -> bool {
    let Some(Value::Array(values)) = object.get("enum") else { return true };
    values.iter().all(|value| !value.is_number() || value.is_i64())
}

fn convert(object: &mut Object, name: &str, at: &str, context: &mut Context<'_>) {
    let here = pointer::join(at, "enum");
    let Some(Value::Array(values)) = object.get_mut("enum") else { return };
    context.retain(values, &here, |value, at, context| {
        if value.is_null() || super::types::is_of(value, name) {
            return true;
        }
        let better = converted(value, name, context.written(at));
        let outcome = match &better {
            Some(better) => format!("it is read as `{better}`"),
            None => "it is ignored".to_owned(),
        };
        context.warn(codes::WRONG_ENUM, at, format!("`{value}` is not of type `{name}`; {outcome}"));
        let is_kept = better.is_some();
        *value = better.unwrap_or_default();
        is_kept
    });
    if values.is_empty() {
        object.shift_remove("enum");
    }
}

fn converted(value: &Value, name: &str, written: Option<String>) -> Option<Value> {
    match (name, value) {
        ("string", Value::Number(_) | Value::Bool(_)) => {
            Some(Value::String(written.unwrap_or_else(|| value.to_string())))
        }
        ("integer", Value::String(text)) => text.parse::<i64>().ok().map(Value::from),
        ("number", Value::String(text)) => text.parse::<f64>().ok().and_then(Number::from_f64).map(Value::Number),
        ("boolean", Value::String(text)) => text.parse::<bool>().ok().map(Value::Bool),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::load::grammar::Kind;

    use super::super::testing::{repaired, schema};
    use super::*;

    #[test]
    fn values_take_the_type() {
        let (value, codes) = repaired(Kind::Schema, json!({"type": "string", "enum": ["a", 1, true, null, {}]}));
        assert_eq!(value, json!({"type": "string", "enum": ["a", "1", "true", null]}));
        assert_eq!(codes, ["W021", "W021", "W021"]);
        let (value, _) = repaired(Kind::Schema, json!({"type": "integer", "enum": ["1", "x"]}));
        assert_eq!(value, json!({"type": "integer", "enum": [1]}));
    }

    #[test]
    fn the_type_follows_from_the_values() {
        assert_eq!(schema(json!({"enum": ["a", null]})), json!({"enum": ["a", null], "type": "string"}));
        assert_eq!(schema(json!({"enum": ["a", 1]})), json!({"enum": ["a", 1]}));
        assert_eq!(
            schema(json!({"type": "boolean", "enum": [true, false]})),
            json!({"type": "boolean", "enum": [true, false]})
        );
    }

    #[test]
    fn integers_that_do_not_fit_are_kept_aside() {
        let (value, codes) =
            repaired(Kind::Schema, json!({"type": "integer", "enum": [1, 18_446_744_073_709_551_615_u64]}));
        assert_eq!(value, json!({"type": "integer", "x-enum": [1, 18_446_744_073_709_551_615_u64]}));
        assert_eq!(codes, ["W021"]);
    }
}
