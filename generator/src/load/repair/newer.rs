//! Keywords of OpenAPI 3.1 (JSON Schema 2020-12) in the shape of 3.0. What has no such shape goes to `x-` keys.

use serde_json::{Value, json};

use crate::load::{codes, pointer};

use super::types::{KEYWORDS, applies};
use super::{Context, Object};

/// Keywords without a 3.0 shape that only narrow what is valid: they are kept aside without a word.
const NARROWING: [&str; 13] = [
    "if",
    "then",
    "else",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "dependentSchemas",
    "dependentRequired",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentSchema",
    "contentMediaType",
];

/// `true` is the schema that allows everything, `false` the one that allows nothing.
pub(super) fn boolean_schema(value: &mut Value, at: &str, context: &mut Context<'_>) {
    if let Value::Bool(allows) = value {
        let better = if *allows { json!({}) } else { json!({"not": {}}) };
        belongs_to_31(at, "a boolean schema", context);
        *value = better;
    }
}

/// Rewrites the keywords of one schema.
pub(super) fn repair(object: &mut Object, at: &str, context: &mut Context<'_>) {
    // Nearly every schema has none of them: to look at its keys once takes less than to ask for each keyword.
    if !object.iter().any(|(key, value)| is_newer(key, value)) {
        return type_list(object, at, context);
    }
    constant(object, at, context);
    type_list(object, at, context);
    exclusive(object, at, context, "exclusiveMinimum", "minimum", |new, old| new >= old);
    exclusive(object, at, context, "exclusiveMaximum", "maximum", |new, old| new <= old);
    examples(object, at, context);
    content(object);
    tuple(object, at, context);
    pattern_properties(object, at, context);
    for key in NARROWING {
        context.rename(object, at, key, &format!("x-{key}"));
    }
}

/// Whether a keyword, its type aside, is for one of the functions below.
fn is_newer(key: &str, value: &Value) -> bool {
    match key {
        "const" | "exclusiveMinimum" | "exclusiveMaximum" | "examples" | "contentEncoding" | "prefixItems"
        | "patternProperties" => true,
        "items" => value.is_array(),
        _ => NARROWING.contains(&key),
    }
}

fn belongs_to_31(at: &str, what: &str, context: &mut Context<'_>) {
    if !context.version.is_newer {
        let message = format!("{what} belongs to OpenAPI 3.1; it is read as there");
        context.warn(codes::NEWER_KEYWORD, at, message);
    }
}

/// `const` is an `enum` of one value.
fn constant(object: &mut Object, at: &str, context: &mut Context<'_>) {
    if let Some(value) = object.shift_remove("const") {
        belongs_to_31(&pointer::join(at, "const"), "`const`", context);
        if !object.contains_key("enum") {
            object.insert("enum".to_owned(), json!([value]));
            context.origins.copy(&pointer::join(at, "const"), &pointer::join(at, "enum"));
        }
    }
}

/// `type: [string, null]` is a nullable text; several types are `anyOf` schemas of one type.
fn type_list(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let names: Vec<String> = match object.get("type") {
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(name)) if name == "null" => vec![name.clone()],
        Some(Value::Null) => vec!["null".to_owned()],
        _ => return,
    };
    belongs_to_31(&pointer::join(at, "type"), "a list of types, or the type null,", context);
    object.shift_remove("type");
    let is_nullable = names.iter().any(|name| name == "null");
    let mut types: Vec<&str> = names.iter().map(String::as_str).filter(|name| *name != "null").collect();
    types.dedup();
    if is_nullable {
        object.insert("nullable".to_owned(), json!(true));
    }
    match types.as_slice() {
        [] if is_nullable && !object.contains_key("enum") => {
            object.insert("enum".to_owned(), json!([null]));
        }
        [] => {}
        [only] => {
            object.insert("type".to_owned(), json!(only));
        }
        several => several_types(object, several, at, context),
    }
}

fn several_types(object: &mut Object, types: &[&str], at: &str, context: &mut Context<'_>) {
    // Beside another anyOf, the types are one more thing that all must hold.
    let list = if object.contains_key("anyOf") { "/allOf/0/anyOf" } else { "/anyOf" };
    if list != "/anyOf" && object.contains_key("allOf") {
        context.warn(
            codes::NEWER_KEYWORD,
            &pointer::join(at, "type"),
            "several types beside both `allOf` and `anyOf` cannot be told apart; the types are ignored",
        );
        return;
    }
    let mut branches = Vec::new();
    for (index, name) in types.iter().enumerate() {
        let branch_at = format!("{at}{list}/{index}");
        let origin = context.origins.resolve(at);
        context.origins.set(&branch_at, origin);
        let mut branch = Object::new();
        branch.insert("type".to_owned(), json!(name));
        for keyword in KEYWORDS.into_iter().filter(|keyword| applies(keyword, name)) {
            let Some(value) = object.get(keyword).and_then(|value| for_type(keyword, value, name)) else { continue };
            branch.insert(keyword.to_owned(), value);
            context.origins.copy(&pointer::join(at, keyword), &pointer::join(&branch_at, keyword));
        }
        branches.push(Value::Object(branch));
    }
    for keyword in KEYWORDS {
        object.shift_remove(keyword);
    }
    if list == "/anyOf" {
        object.insert("anyOf".to_owned(), Value::Array(branches));
    } else {
        object.insert("allOf".to_owned(), json!([{"anyOf": branches}]));
    }
}

/// The part of a keyword that speaks of one type.
fn for_type(keyword: &str, value: &Value, name: &str) -> Option<Value> {
    match (keyword, value) {
        ("enum", Value::Array(values)) => {
            let mine: Vec<Value> = values.iter().filter(|value| super::types::is_of(value, name)).cloned().collect();
            (!mine.is_empty()).then_some(Value::Array(mine))
        }
        ("format", Value::String(format)) => {
            let is_numeric = matches!(format.as_str(), "int32" | "int64" | "float" | "double");
            (is_numeric == (name != "string")).then(|| value.clone())
        }
        _ => Some(value.clone()),
    }
}

/// A numeric exclusive bound is a bound that is exclusive.
fn exclusive(
    object: &mut Object,
    at: &str,
    context: &mut Context<'_>,
    exclusive: &str,
    bound: &str,
    is_tighter: fn(f64, f64) -> bool,
) {
    let Some(Value::Number(number)) = object.get(exclusive) else { return };
    let number = number.clone();
    belongs_to_31(&pointer::join(at, exclusive), "a numeric exclusive bound", context);
    let wins = match object.get(bound).and_then(Value::as_f64) {
        Some(other) => number.as_f64().is_some_and(|number| is_tighter(number, other)),
        None => true,
    };
    if wins {
        object.insert(bound.to_owned(), Value::Number(number));
        object.insert(exclusive.to_owned(), json!(true));
        context.origins.copy(&pointer::join(at, exclusive), &pointer::join(at, bound));
    } else {
        object.shift_remove(exclusive);
    }
}

/// Of several examples the first is the example; all stay under `x-examples`.
fn examples(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let first = match object.get("examples") {
        Some(Value::Array(examples)) => examples.first().cloned(),
        Some(Value::Object(examples)) => {
            examples.values().next().map(|example| example.get("value").unwrap_or(example).clone())
        }
        _ => return,
    };
    if let Some(first) = first
        && !object.contains_key("example")
    {
        object.insert("example".to_owned(), first);
        context.origins.copy(&pointer::join(at, "examples"), &pointer::join(at, "example"));
    }
    context.rename(object, at, "examples", "x-examples");
}

/// `contentEncoding` and `contentMediaType` are formats in 3.0.
fn content(object: &mut Object) {
    if object.contains_key("format") {
        return;
    }
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    let format = match (text("contentEncoding"), text("contentMediaType")) {
        (Some(encoding), _) if encoding.to_ascii_lowercase().starts_with("base64") => "byte",
        (None, Some("application/octet-stream")) => "binary",
        _ => return,
    };
    object.insert("format".to_owned(), json!(format));
    object.entry("type").or_insert_with(|| json!("string"));
}

/// A tuple is a list of whatever may stand at any of its places: 3.0 has no shape for their order.
fn tuple(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let key = match (object.get("prefixItems"), object.get("items")) {
        (Some(Value::Array(_)), _) => "prefixItems",
        (_, Some(Value::Array(_))) => "items",
        _ => return,
    };
    belongs_to_31(&pointer::join(at, key), "an array with a schema for each place", context);
    let Some(Value::Array(first)) = object.shift_remove(key) else { return };
    let rest_key = if key == "items" { "additionalItems" } else { "items" };
    let rest = object.shift_remove(rest_key);
    let mut held: Vec<(Value, String)> = Vec::new();
    let first = first.into_iter().enumerate().map(|(index, schema)| (schema, format!("{at}/{key}/{index}")));
    let rest = rest.into_iter().filter(|rest| !rest.is_boolean()).map(|rest| (rest, pointer::join(at, rest_key)));
    for (schema, from) in first.chain(rest) {
        if !held.iter().any(|(known, _)| *known == schema) {
            held.push((schema, from));
        }
    }
    let items = pointer::join(at, "items");
    let origins: Vec<_> = held.iter().map(|(_, from)| context.origins.resolve(from)).collect();
    let value = match <[_; 1]>::try_from(held) {
        Ok([(only, _)]) => {
            origins.into_iter().for_each(|origin| context.origins.set(&items, origin));
            only
        }
        Err(held) if held.is_empty() => json!({}),
        Err(held) => {
            for (index, origin) in origins.into_iter().enumerate() {
                context.origins.set(&format!("{items}/anyOf/{index}"), origin);
            }
            json!({"anyOf": held.into_iter().map(|(schema, _)| schema).collect::<Vec<_>>()})
        }
    };
    object.insert("items".to_owned(), value);
    object.entry("type").or_insert_with(|| json!("array"));
}

/// Properties named by one pattern are additional properties of that type.
fn pattern_properties(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let Some(Value::Object(patterns)) = object.get("patternProperties") else { return };
    let is_open = !matches!(object.get("additionalProperties"), Some(Value::Object(_)));
    if patterns.len() == 1
        && is_open
        && let Some((pattern, schema)) = patterns.iter().next()
    {
        let from = pointer::join(&format!("{at}/patternProperties"), pattern);
        let schema = schema.clone();
        object.insert("additionalProperties".to_owned(), schema);
        context.origins.copy(&from, &pointer::join(at, "additionalProperties"));
    } else if is_open {
        object.insert("additionalProperties".to_owned(), json!(true));
    }
    context.rename(object, at, "patternProperties", "x-patternProperties");
}

/// A branch that allows only null makes the whole nullable.
pub(super) fn null_branches(object: &mut Object, at: &str, context: &mut Context<'_>) {
    for key in ["anyOf", "oneOf"] {
        let Some(Value::Array(branches)) = object.get_mut(key) else { continue };
        let here = pointer::join(at, key);
        let all = branches.len();
        context.retain(branches, &here, |branch, _, _| !is_null(branch));
        let found = branches.len() < all;
        let is_empty = branches.is_empty();
        if is_empty {
            object.shift_remove(key);
        }
        if found {
            object.insert("nullable".to_owned(), json!(true));
        }
        if found && is_empty {
            object.entry("enum").or_insert_with(|| json!([null]));
        }
    }
}

fn is_null(branch: &Value) -> bool {
    let Some(object) = branch.as_object() else { return false };
    let says_null = |key: &str| match object.get(key) {
        Some(Value::Array(values)) => {
            values.len() == 1 && values.iter().all(|value| value.is_null() || value == "null")
        }
        Some(value) => value.is_null() || value == "null",
        None => false,
    };
    says_null("type")
        || (!object.contains_key("type")
            && (object.get("const") == Some(&Value::Null) || object.get("enum") == Some(&json!([null]))))
}

#[cfg(test)]
mod tests {
    use crate::load::grammar::Kind;

    use super::super::testing::{repaired, schema};
    use super::*;

    /// Codes of 3.1 shapes in the 3.0 document of these tests are not what is asked here.
    fn newer(value: Value) -> Value {
        let (value, codes) = repaired(Kind::Schema, value);
        assert!(codes.iter().all(|code| code == codes::NEWER_KEYWORD), "{codes:?}");
        value
    }

    #[test]
    fn type_lists() {
        assert_eq!(newer(json!({"type": ["string", "null"]})), json!({"type": "string", "nullable": true}));
        assert_eq!(newer(json!({"type": "null"})), json!({"nullable": true, "enum": [null]}));
        assert_eq!(
            newer(
                json!({"type": ["string", "integer", "null"], "minLength": 1, "minimum": 0, "enum": ["a", 1], "description": "d"})
            ),
            json!({"description": "d", "nullable": true, "anyOf": [
                {"type": "string", "enum": ["a"], "minLength": 1},
                {"type": "integer", "enum": [1], "minimum": 0},
            ]})
        );
    }

    #[test]
    fn constants_and_examples() {
        assert_eq!(
            newer(json!({"const": "a", "examples": ["a", "b"]})),
            json!({"type": "string", "enum": ["a"], "example": "a", "x-examples": ["a", "b"]})
        );
    }

    #[test]
    fn exclusive_bounds() {
        assert_eq!(
            newer(json!({"type": "integer", "exclusiveMinimum": 3, "minimum": 1, "exclusiveMaximum": 9, "maximum": 5})),
            json!({"type": "integer", "minimum": 3, "exclusiveMinimum": true, "maximum": 5})
        );
    }

    #[test]
    fn null_branches_make_nullable() {
        assert_eq!(
            schema(json!({"oneOf": [{"$ref": "#/components/schemas/a"}, {"type": "null"}]})),
            json!({"oneOf": [{"$ref": "#/components/schemas/a"}], "nullable": true})
        );
        assert_eq!(schema(json!({"anyOf": [{"enum": [null]}]})), json!({"nullable": true, "enum": [null]}));
    }

    #[test]
    fn booleans_and_tuples() {
        assert_eq!(
            newer(json!({"properties": {"a": true, "b": false}})),
            json!({"properties": {"a": {}, "b": {"not": {}}}})
        );
        let tuple = |value: Value| newer(value)["items"].clone();
        assert_eq!(
            tuple(json!({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": false})),
            json!({"anyOf": [{"type": "string"}, {"type": "integer"}]})
        );
        assert_eq!(
            tuple(json!({"prefixItems": [{"type": "string"}, {"type": "string"}], "items": {"type": "string"}})),
            json!({"type": "string"})
        );
        assert_eq!(
            tuple(
                json!({"type": "array", "items": [{"type": "string"}, {"type": "integer"}], "additionalItems": false})
            ),
            json!({"anyOf": [{"type": "string"}, {"type": "integer"}]})
        );
        assert_eq!(
            newer(json!({"type": "array", "items": [{"type": "string"}]})),
            json!({"type": "array", "items": {"type": "string"}})
        );
    }

    #[test]
    fn pattern_properties_are_a_map() {
        assert_eq!(
            schema(json!({"type": "object", "patternProperties": {"^x": {"type": "string"}}})),
            json!({"type": "object", "additionalProperties": {"type": "string"}, "x-patternProperties": {"^x": {"type": "string"}}})
        );
    }
}
