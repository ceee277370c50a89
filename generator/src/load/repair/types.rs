//! `type`: one of the six names, and keywords that speak of it.

use serde_json::{Value, json};

use crate::load::{codes, pointer};

use super::{Context, Object};

/// Keywords that speak of some types and not of others.
pub(super) const KEYWORDS: [&str; 18] = [
    "enum",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "multipleOf",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "maxProperties",
    "items",
    "minItems",
    "maxItems",
];

/// Whether a keyword speaks of a type.
pub(super) fn applies(keyword: &str, name: &str) -> bool {
    match keyword {
        // An enumeration of objects or lists is rare and meant.
        "enum" => true,
        "format" => matches!(name, "string" | "number" | "integer"),
        "pattern" | "minLength" | "maxLength" => name == "string",
        "multipleOf" | "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
            matches!(name, "number" | "integer")
        }
        "properties" | "required" | "additionalProperties" | "minProperties" | "maxProperties" => name == "object",
        "items" | "minItems" | "maxItems" | "uniqueItems" => name == "array",
        _ => true,
    }
}

/// Whether a value has a type.
pub(super) fn is_of(value: &Value, name: &str) -> bool {
    match name {
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        _ => true,
    }
}

/// Brings names that other systems use for types to the six of OpenAPI.
pub(super) fn repair(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let Some(Value::String(name)) = object.get("type") else { return };
    if matches!(name.as_str(), "string" | "number" | "integer" | "boolean" | "object" | "array") {
        return;
    }
    let name = name.clone();
    let here = pointer::join(at, "type");
    let (better, format) = match name.to_ascii_lowercase().as_str() {
        "string" | "str" | "text" | "varchar" | "char" => ("string", None),
        "number" | "decimal" => ("number", None),
        "float" => ("number", Some("float")),
        "double" => ("number", Some("double")),
        "integer" | "int" => ("integer", None),
        "int32" => ("integer", Some("int32")),
        "int64" | "long" => ("integer", Some("int64")),
        "boolean" | "bool" => ("boolean", None),
        "object" | "dict" | "map" | "hash" => ("object", None),
        "array" | "list" => ("array", None),
        "date" => ("string", Some("date")),
        "datetime" | "date-time" | "timestamp" => ("string", Some("date-time")),
        "uuid" => ("string", Some("uuid")),
        "uri" | "url" => ("string", Some("uri")),
        "email" => ("string", Some("email")),
        "file" | "binary" => ("string", Some("binary")),
        "any" | "mixed" => ("", None),
        _ => {
            unknown(object, &name, at, context);
            return;
        }
    };
    if better.is_empty() {
        context.warn(codes::UNKNOWN_TYPE, &here, format!("`{name}` is not a type; leave `type` out to allow anything"));
        object.shift_remove("type");
        return;
    }
    context.warn(codes::UNKNOWN_TYPE, &here, format!("`{name}` is not a type; it is read as `{better}`"));
    object.insert("type".to_owned(), json!(better));
    if let Some(format) = format {
        object.entry("format").or_insert_with(|| json!(format));
    }
}

fn unknown(object: &mut Object, name: &str, at: &str, context: &mut Context<'_>) {
    context.warn_with_help(
        codes::UNKNOWN_TYPE,
        &pointer::join(at, "type"),
        format!("`{name}` is not a type; it is ignored"),
        "the types are string, number, integer, boolean, object and array",
    );
    object.shift_remove("type");
    let says_more =
        ["properties", "items", "allOf", "oneOf", "anyOf", "enum"].iter().any(|key| object.contains_key(*key));
    if !says_more {
        object.insert("x-untyped".to_owned(), json!(format!("its type `{name}` is unknown")));
    }
}

/// Takes away keywords that say nothing about the schema's type, so that openapiv3 knows the type.
pub(super) fn stray_keywords(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let Some(name) = object.get("type").and_then(Value::as_str) else { return };
    if object.keys().all(|key| applies(key, name)) {
        return;
    }
    let name = name.to_owned();
    if ["allOf", "oneOf", "anyOf", "not"].iter().any(|key| object.contains_key(*key)) {
        return;
    }
    for keyword in KEYWORDS.into_iter().chain(["uniqueItems"]).filter(|keyword| !applies(keyword, &name)) {
        let is_structure = matches!(keyword, "properties" | "items")
            && object.get(keyword).and_then(Value::as_object).is_some_and(|members| !members.is_empty());
        if is_structure {
            context.warn_with_help(
                codes::STRAY_KEYWORD,
                &pointer::join(at, keyword),
                format!("`{keyword}` says nothing about a schema of type `{name}`; it is ignored"),
                if keyword == "items" { "should the type be `array`?" } else { "should the type be `object`?" },
            );
        }
        context.rename(object, at, keyword, &format!("x-{keyword}"));
    }
}

#[cfg(test)]
mod tests {
    use crate::load::grammar::Kind;

    use super::super::testing::{repaired, schema};
    use super::*;

    #[test]
    fn other_names_are_understood() {
        assert_eq!(
            repaired(Kind::Schema, json!({"type": "Long"})),
            (json!({"type": "integer", "format": "int64"}), vec!["W013".to_owned()])
        );
        let (value, codes) = repaired(Kind::Schema, json!({"type": "banana"}));
        assert_eq!((value, codes), (json!({"x-untyped": "its type `banana` is unknown"}), vec!["W013".to_owned()]));
    }

    #[test]
    fn stray_keywords_step_aside() {
        assert_eq!(
            schema(json!({"type": "object", "format": "currency", "minLength": 2})),
            json!({"type": "object", "x-format": "currency", "x-minLength": 2})
        );
        let (value, codes) = repaired(Kind::Schema, json!({"type": "object", "items": {"type": "string"}}));
        assert_eq!(value, json!({"type": "object", "x-items": {"type": "string"}}));
        assert_eq!(codes, ["W022"]);
        let composed = json!({"type": "object", "format": "x", "allOf": [{}]});
        assert_eq!(schema(composed.clone()), composed);
    }
}
