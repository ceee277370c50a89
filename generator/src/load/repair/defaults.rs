//! Defaults are values that the schema allows.

use serde_json::Value;

use crate::load::{codes, pointer};

use super::types::is_of;
use super::{Context, Object, describe};

/// Reports a default that the schema itself does not allow. It stays where it is: a target leaves out what does not fit.
pub(super) fn schema(object: &Object, at: &str, context: &mut Context<'_>) {
    let Some(value) = object.get("default").filter(|value| !value.is_null()) else { return };
    let here = pointer::join(at, "default");
    if let Some(name) = object.get("type").and_then(Value::as_str)
        && !is_of(value, name)
    {
        let message = format!("the default is {}, the type is `{name}`; the default is ignored", describe(value));
        context.warn(codes::WRONG_DEFAULT, &here, message);
        return;
    }
    if let Some(name) = object.get("items").and_then(|items| items.get("type")).and_then(Value::as_str) {
        let items = value.as_array().into_iter().flatten();
        if let Some(wrong) = items.into_iter().find(|item| !is_of(item, name) && !item.is_null()) {
            let message = format!("the default holds {}, the type of the items is `{name}`", describe(wrong));
            context.warn(codes::WRONG_DEFAULT, &here, message);
        }
    }
    if let Some(Value::Array(values)) = object.get("enum")
        && !values.contains(value)
    {
        let message = format!("the default `{value}` is not one of the enumeration's values");
        context.warn(codes::FORBIDDEN_DEFAULT, &here, message);
    }
    if let Some(bound) = crossed(object, value) {
        context.warn(codes::FORBIDDEN_DEFAULT, &here, format!("the default `{value}` is beyond `{bound}`"));
    }
}

/// The bound that a number or a text's length crosses.
fn crossed(object: &Object, value: &Value) -> Option<&'static str> {
    let limit = |key: &str| object.get(key).and_then(Value::as_f64);
    let excludes = |key: &str| object.get(key) == Some(&Value::Bool(true));
    let (low, high, measured) = match value {
        Value::Number(number) => ("minimum", "maximum", number.as_f64()?),
        Value::String(text) => ("minLength", "maxLength", f64::from(u32::try_from(text.chars().count()).ok()?)),
        Value::Array(items) => ("minItems", "maxItems", f64::from(u32::try_from(items.len()).ok()?)),
        _ => return None,
    };
    let is_number = value.is_number();
    let is_low = |bound: f64| measured < bound || (is_number && excludes("exclusiveMinimum") && measured <= bound);
    let is_high = |bound: f64| measured > bound || (is_number && excludes("exclusiveMaximum") && measured >= bound);
    if limit(low).is_some_and(is_low) {
        Some(low)
    } else if limit(high).is_some_and(is_high) {
        Some(high)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::load::grammar::Kind;

    use super::super::testing::repaired;

    #[test]
    fn defaults_are_allowed_values() {
        for (value, wanted) in [
            (json!({"type": "boolean", "default": "false"}), vec!["W020"]),
            (json!({"type": "object", "default": []}), vec!["W020"]),
            (json!({"type": "integer", "default": 1.0}), vec![]),
            (json!({"type": "string", "default": null}), vec![]),
            (json!({"type": "array", "items": {"type": "string"}, "default": ["a", 1]}), vec!["W020"]),
            (json!({"type": "string", "enum": ["a"], "default": "b"}), vec!["W028"]),
            (json!({"type": "string", "enum": ["a"], "default": "a"}), vec![]),
            (json!({"type": "integer", "minimum": 1, "maximum": 9, "default": 0}), vec!["W028"]),
            (json!({"type": "integer", "minimum": 0, "exclusiveMinimum": true, "default": 0}), vec!["W028"]),
            (json!({"type": "integer", "minimum": 0, "maximum": 9, "default": 9}), vec![]),
            (json!({"type": "string", "maxLength": 2, "default": "äöü"}), vec!["W028"]),
        ] {
            let (after, codes) = repaired(Kind::Schema, value.clone());
            assert_eq!((after, codes.iter().map(String::as_str).collect::<Vec<_>>()), (value, wanted));
        }
    }
}
