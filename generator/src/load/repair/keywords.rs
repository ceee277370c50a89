//! Every known key holds what the specification says; what does not is converted where its meaning is plain, else dropped.

use serde_json::{Number, Value};

use crate::load::grammar::{Holds, Kind};
use crate::load::{codes, pointer};

use super::{Context, Object, describe};

/// What is to be said where a property says of itself that it is required.
const REQUIRED: &str = "the object around a property lists the names of those that are required";

/// What becomes of a value.
enum Verdict {
    Fits,
    /// A different value of the same meaning; the message says how it was read.
    Becomes(Value),
    /// As if it were not there; nothing is lost.
    Empty,
    Wrong,
}

/// Checks all members of an object.
pub(super) fn repair(object: &mut Object, kind: Kind, at: &str, context: &mut Context<'_>) {
    object.retain(|key, value| match kind.holds(key) {
        Some(holds) => member(key, value, kind, holds, &pointer::join(at, key), context),
        None => true,
    });
}

/// Checks one member; `false` takes it out.
fn member(key: &str, value: &mut Value, kind: Kind, holds: Holds, at: &str, context: &mut Context<'_>) -> bool {
    match judge(holds, value, at, context) {
        Verdict::Empty => return false,
        Verdict::Fits => {}
        Verdict::Becomes(better) => {
            let (is, wanted, read) = (describe(value), wanted(holds), short(&better));
            context.warn(codes::COERCED, at, format!("`{key}` is {is}, not {wanted}; it is read as `{read}`"));
            *value = better;
        }
        Verdict::Wrong => {
            let (is, wanted) = (describe(value), wanted(holds));
            let is_operation = kind == Kind::PathItem && holds == Holds::One(Kind::Operation);
            let code = if is_operation { codes::OPERATION_LOST } else { codes::WRONG_KIND };
            let message = format!("`{key}` of this {} is {is}, not {wanted}; it is ignored", kind.noun());
            match (kind, key) {
                (Kind::Schema, "required") => context.warn_with_help(code, at, message, REQUIRED),
                _ => context.warn(code, at, message),
            }
            return false;
        }
    }
    members(holds, value, at, context);
    true
}

fn judge(holds: Holds, value: &Value, at: &str, context: &Context<'_>) -> Verdict {
    use Verdict::{Becomes, Empty, Fits, Wrong};
    match (holds, value) {
        (Holds::Anything, _) => Fits,
        (Holds::Text | Holds::Bool | Holds::Number | Holds::Count, Value::Null) => Empty,
        (Holds::Text, Value::String(_)) | (Holds::Bool, Value::Bool(_)) | (Holds::Number, Value::Number(_)) => Fits,
        (Holds::Text, Value::Number(_) | Value::Bool(_)) => {
            let text = context.written(at).unwrap_or_else(|| value.to_string());
            Becomes(Value::String(text))
        }
        (Holds::Bool, Value::String(text)) => match text.as_str() {
            "true" => Becomes(Value::Bool(true)),
            "false" => Becomes(Value::Bool(false)),
            _ => Wrong,
        },
        (Holds::Number, Value::String(text)) => number(text).map_or(Wrong, |number| Becomes(Value::Number(number))),
        (Holds::Count, Value::Number(number)) if number.is_u64() => Fits,
        (Holds::Count, Value::Number(_)) => count(&value.to_string()).map_or(Wrong, Becomes),
        (Holds::Count, Value::String(text)) => count(text).map_or(Wrong, Becomes),
        (Holds::Texts, Value::String(_)) => Becomes(Value::Array(vec![value.clone()])),
        (Holds::Values, Value::String(_) | Value::Number(_) | Value::Bool(_)) => {
            Becomes(Value::Array(vec![value.clone()]))
        }
        (Holds::Requirements, Value::Object(_)) => Becomes(Value::Array(vec![value.clone()])),
        (Holds::List(_), Value::Object(_)) => Becomes(Value::Array(vec![value.clone()])),
        (Holds::Texts | Holds::Values | Holds::Requirements | Holds::List(_), Value::Array(_)) => Fits,
        (Holds::One(Kind::Schema) | Holds::SchemaOrBool, Value::Bool(_)) => Fits,
        (Holds::SchemaOrBool, Value::String(text)) if text == "true" || text == "false" => {
            Becomes(Value::Bool(text == "true"))
        }
        (Holds::One(_) | Holds::Map(_) | Holds::TextMap | Holds::ValueMap | Holds::SchemaOrBool, Value::Object(_)) => {
            Fits
        }
        _ => Wrong,
    }
}

/// Checks what a list or a map holds.
fn members(holds: Holds, value: &mut Value, at: &str, context: &mut Context<'_>) {
    match (holds, value) {
        (Holds::Texts, Value::Array(items)) => list(items, at, context, "a text", text_item),
        (Holds::Requirements, Value::Array(items)) => list(items, at, context, "a security requirement", requirement),
        (Holds::List(kind), Value::Array(items)) => {
            let noun = kind.noun();
            list(items, at, context, noun, |item, _, _| is_object_of(kind, item).then_some(false));
        }
        (Holds::Map(kind), Value::Object(entries)) => map(entries, kind, at, context),
        (Holds::TextMap, Value::Object(entries)) => {
            entries.retain(|key, entry| text_entry(key, entry, &pointer::join(at, key), context));
        }
        _ => {}
    }
}

/// Keeps the items that `check` accepts; it says whether it had to change one.
fn list(
    items: &mut Vec<Value>,
    at: &str,
    context: &mut Context<'_>,
    wanted: &str,
    check: impl Fn(&mut Value, &str, &Context<'_>) -> Option<bool>,
) {
    context.retain(items, at, |item, at, context| match check(item, at, context) {
        Some(false) => true,
        Some(true) => {
            context.warn(codes::COERCED, at, format!("this is not {wanted}; it is read as `{}`", short(item)));
            true
        }
        None => {
            let message = format!("this is {}, not {wanted}; it is ignored", describe(item));
            context.warn(codes::WRONG_KIND, at, message);
            false
        }
    });
}

fn text_entry(key: &str, entry: &mut Value, at: &str, context: &mut Context<'_>) -> bool {
    let outcome = text_item(entry, at, context);
    match outcome {
        Some(false) => {}
        Some(true) => context.warn(codes::COERCED, at, format!("`{key}` is not a text; it is read as one")),
        None => {
            let message = format!("`{key}` is {}, not a text; it is ignored", describe(entry));
            context.warn(codes::WRONG_KIND, at, message);
        }
    }
    outcome.is_some()
}

fn map(entries: &mut Object, kind: Kind, at: &str, context: &mut Context<'_>) {
    let may_be_empty = matches!(kind, Kind::MediaType | Kind::Schema | Kind::Example | Kind::Encoding);
    entries.retain(|key, entry| {
        if is_object_of(kind, entry) {
            return true;
        }
        let (here, noun) = (pointer::join(at, key), kind.noun());
        if entry.is_null() && may_be_empty {
            context.warn(codes::COERCED, &here, format!("the {noun} `{key}` is null; it is read as an empty one"));
            *entry = Value::Object(Object::new());
            return true;
        }
        let message = format!("the {noun} `{key}` is {}, not an object; it is ignored", describe(entry));
        context.warn(codes::WRONG_KIND, &here, message);
        false
    });
}

fn is_object_of(kind: Kind, value: &Value) -> bool {
    value.is_object() || (kind == Kind::Schema && value.is_boolean())
}

fn text_item(item: &mut Value, at: &str, context: &Context<'_>) -> Option<bool> {
    match item {
        Value::String(_) => Some(false),
        Value::Number(_) | Value::Bool(_) => {
            *item = Value::String(context.written(at).unwrap_or_else(|| item.to_string()));
            Some(true)
        }
        _ => None,
    }
}

fn requirement(item: &mut Value, _: &str, _: &Context<'_>) -> Option<bool> {
    if let Value::String(scheme) = item {
        let scheme = std::mem::take(scheme);
        *item = Value::Object([(scheme, Value::Array(Vec::new()))].into_iter().collect());
        return Some(true);
    }
    let mut changed = false;
    for scopes in item.as_object_mut()?.values_mut() {
        match scopes {
            Value::Array(scopes) if scopes.iter().all(Value::is_string) => {}
            Value::Null => {
                *scopes = Value::Array(Vec::new());
                changed = true;
            }
            Value::String(_) => {
                *scopes = Value::Array(vec![scopes.take()]);
                changed = true;
            }
            Value::Array(list) => {
                list.retain(Value::is_string);
                changed = true;
            }
            _ => {
                *scopes = Value::Array(Vec::new());
                changed = true;
            }
        }
    }
    Some(changed)
}

fn number(text: &str) -> Option<Number> {
    match serde_json::from_str::<Value>(text.trim()) {
        Ok(Value::Number(number)) => Some(number),
        _ => None,
    }
}

/// A count that is written as a text or as `3.0`.
fn count(text: &str) -> Option<Value> {
    let whole = text.trim().strip_suffix(".0").unwrap_or(text.trim());
    whole.parse::<u64>().ok().map(|count| Value::Number(count.into()))
}

fn wanted(holds: Holds) -> &'static str {
    match holds {
        Holds::Anything => "a value",
        Holds::Text => "a text",
        Holds::Bool => "true or false",
        Holds::Number => "a number",
        Holds::Count => "a whole number from zero",
        Holds::Texts => "a list of texts",
        Holds::Values => "a list of values",
        Holds::Requirements | Holds::List(_) => "a list of objects",
        Holds::TextMap | Holds::ValueMap | Holds::One(_) | Holds::Map(_) => "an object",
        Holds::SchemaOrBool => "a schema, true or false",
    }
}

/// A value short enough for a message.
fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::repaired;
    use super::*;

    #[test]
    fn plain_meanings_are_kept_and_the_rest_is_dropped() {
        let (schema, codes) = repaired(
            Kind::Schema,
            json!({"type": "string", "required": true, "nullable": "true", "minLength": 2.0, "maxLength": -1, "title": 7, "description": null}),
        );
        assert_eq!(schema, json!({"type": "string", "nullable": true, "minLength": 2, "title": "7"}));
        assert_eq!(codes, ["W011", "W012", "W012", "W011", "W012"]);
    }

    #[test]
    fn lists_lose_only_their_wrong_items() {
        let (operation, codes) = repaired(
            Kind::Operation,
            json!({"tags": ["a", 1, {}], "parameters": "none", "security": ["key", {"o": null}], "responses": {"200": {"description": ""}}}),
        );
        assert_eq!(
            operation,
            json!({"tags": ["a", "1"], "security": [{"key": []}, {"o": []}], "responses": {"200": {"description": ""}}})
        );
        assert_eq!(codes, ["W012", "W011", "W011", "W012", "W012"]);
    }

    #[test]
    fn empty_media_types_stay() {
        let (body, codes) = repaired(Kind::RequestBody, json!({"content": {"application/json": null, "b/c": 3}}));
        assert_eq!(body, json!({"content": {"application/json": {}}}));
        assert_eq!(codes, ["W012", "W011"]);
    }
}
