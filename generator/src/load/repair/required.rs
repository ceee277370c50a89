//! Keys that must be there: filled in where a value is plain, else the whole piece goes.

use serde_json::{Value, json};

use crate::load::grammar::{self, Holds, Kind};
use crate::load::refs::LOST;
use crate::load::{codes, pointer};

use super::{Context, Object};

/// Fills in what an object must have, and drops members of it that lack what cannot be filled in.
pub(super) fn repair(object: &mut Object, kind: Kind, at: &str, context: &mut Context<'_>) {
    match kind {
        Kind::Document => {
            fill(object, "info", json!({}), kind, at, context);
            // A 3.1 document may describe webhooks or components alone.
            if context.version.is_newer {
                object.entry("paths").or_insert_with(|| json!({}));
            } else {
                fill(object, "paths", json!({}), kind, at, context);
            }
        }
        Kind::Info => {
            fill(object, "title", json!("API"), kind, at, context);
            fill(object, "version", json!("0"), kind, at, context);
        }
        Kind::License => fill(object, "name", json!(""), kind, at, context),
        Kind::Server => fill(object, "url", json!("/"), kind, at, context),
        Kind::ServerVariable => {
            let first = object.get("enum").and_then(|values| values.get(0)).cloned();
            fill(object, "default", first.unwrap_or_else(|| json!("")), kind, at, context);
        }
        Kind::Operation if context.version.is_newer => {
            object.entry("responses").or_insert_with(|| json!({}));
        }
        Kind::Operation => fill(object, "responses", json!({}), kind, at, context),
        Kind::Response => fill(object, "description", json!(""), kind, at, context),
        Kind::Flow => flow(object, at, context),
        Kind::Parameter | Kind::Header => value(object, kind, at, context),
        _ => {}
    }
    members(object, kind, at, context);
}

fn fill(object: &mut Object, key: &str, value: Value, kind: Kind, at: &str, context: &mut Context<'_>) {
    if object.contains_key(key) {
        return;
    }
    let origin = context.origins.resolve(at);
    context.warn(codes::MISSING, at, format!("this {} has no `{key}`; it is read as `{value}`", kind.noun()));
    object.insert(key.to_owned(), value);
    context.origins.set(&pointer::join(at, key), origin);
}

/// Which keys a flow must have follows from its name, the last key of the pointer.
fn flow(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let name = at.rsplit('/').next().unwrap_or_default();
    if matches!(name, "implicit" | "authorizationCode") {
        fill(object, "authorizationUrl", json!(""), Kind::Flow, at, context);
    }
    if name != "implicit" {
        fill(object, "tokenUrl", json!(""), Kind::Flow, at, context);
    }
    fill(object, "scopes", json!({}), Kind::Flow, at, context);
}

/// A parameter or header has a schema or a content.
fn value(object: &mut Object, kind: Kind, at: &str, context: &mut Context<'_>) {
    if object.contains_key("schema") {
        object.shift_remove("content");
    } else if !object.contains_key("content") {
        let reason = format!("the {} has neither `schema` nor `content`", kind.noun());
        let origin = context.origins.resolve(at);
        context.warn(codes::MISSING, at, format!("{reason}; it is untyped"));
        object.insert("schema".to_owned(), json!({"x-untyped": reason}));
        context.origins.set(&pointer::join(at, "schema"), origin);
    }
}

/// Drops members that openapiv3 could not read.
fn members(object: &mut Object, kind: Kind, at: &str, context: &mut Context<'_>) {
    let keys: Vec<String> = object.keys().cloned().collect();
    for key in keys {
        let here = pointer::join(at, &key);
        let (holds, value) = (kind.holds(&key), object.get_mut(&key));
        match (holds, value) {
            (Some(Holds::One(member)), Some(value)) => {
                if let Some(reason) = lacks(member, value) {
                    lost(member, value, &here, &reason, context);
                    object.shift_remove(&key);
                }
            }
            (Some(Holds::List(member)), Some(Value::Array(items))) => {
                context.retain(items, &here, |item, at, context| match lacks(member, item) {
                    Some(reason) => {
                        lost(member, item, at, &reason, context);
                        false
                    }
                    None => true,
                });
            }
            (Some(Holds::Map(member)), Some(Value::Object(entries))) => {
                entries.retain(|name, entry| {
                    let reason = lacks(member, entry).or_else(|| has_no_place(member, entry));
                    if let Some(reason) = &reason {
                        lost(member, entry, &pointer::join(&here, name), reason, context);
                    }
                    reason.is_none()
                });
            }
            _ => {}
        }
    }
}

fn lost(kind: Kind, value: &Value, at: &str, reason: &str, context: &mut Context<'_>) {
    if value.get(LOST).is_some() {
        return;
    }
    context.warn(codes::PIECE_LOST, at, format!("this {} {reason}; it is ignored", kind.noun()));
}

/// Why an object cannot be kept, if it cannot.
fn lacks(kind: Kind, value: &Value) -> Option<String> {
    let object = value.as_object()?;
    if kind.may_refer() && object.get("$ref").is_some_and(Value::is_string) {
        return None;
    }
    let has =
        |key: &str| object.get(key).is_some_and(|value| !value.is_null() && !value.is_object() && !value.is_array());
    let lacks_all_but = |keys: &[&str]| keys.iter().find(|key| !has(key)).map(|key| format!("has no `{key}`"));
    if object.contains_key(LOST) {
        return Some(String::new());
    }
    match kind {
        Kind::Tag => lacks_all_but(&["name"]),
        Kind::ExternalDocs => lacks_all_but(&["url"]),
        Kind::Discriminator => lacks_all_but(&["propertyName"]),
        Kind::Parameter => lacks_all_but(&["name", "in"]),
        Kind::Link if !has("operationId") && !has("operationRef") => Some("names no operation".to_owned()),
        Kind::SecurityScheme => scheme(object, &lacks_all_but),
        _ => None,
    }
}

/// Why a shared parameter cannot be kept; those of an operation are looked at together.
fn has_no_place(kind: Kind, value: &Value) -> Option<String> {
    let place = value.get("in").and_then(Value::as_str);
    let is_wrong = kind == Kind::Parameter
        && grammar::reference(value).is_none()
        && !matches!(place, Some("query" | "header" | "path" | "cookie"));
    is_wrong.then(|| "stands in no known place".to_owned())
}

fn scheme(object: &Object, lacks: &dyn Fn(&[&str]) -> Option<String>) -> Option<String> {
    match object.get("type").and_then(Value::as_str) {
        Some("apiKey") => lacks(&["name", "in"]).or_else(|| {
            let place = object.get("in").and_then(Value::as_str);
            let is_known = matches!(place, Some("query" | "header" | "cookie"));
            (!is_known).then(|| "stands in no known place".to_owned())
        }),
        Some("http") => lacks(&["scheme"]),
        Some("oauth2") => (!object.get("flows").is_some_and(Value::is_object)).then(|| "has no `flows`".to_owned()),
        Some("openIdConnect") => lacks(&["openIdConnectUrl"]),
        Some(other) => {
            Some(format!("has the type `{other}`, which is not one of apiKey, http, oauth2 and openIdConnect"))
        }
        None => Some("has no `type`".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::repaired;
    use super::*;

    #[test]
    fn an_empty_document_gets_what_it_must_have() {
        let (document, codes) = repaired(Kind::Document, json!({"openapi": "3.0.0"}));
        assert_eq!(document, json!({"openapi": "3.0.0", "info": {"title": "API", "version": "0"}, "paths": {}}));
        assert_eq!(codes, ["W010", "W010", "W010", "W010"]);
    }

    #[test]
    fn pieces_without_their_name_go() {
        let (components, codes) = repaired(
            Kind::Components,
            json!({"securitySchemes": {"a": {"type": "mutualTLS"}, "b": {"type": "http", "scheme": "basic"}, "c": {"type": "oauth2", "flows": {"password": {}}}},
                   "parameters": {"p": {"name": "p"}}}),
        );
        assert_eq!(
            components,
            json!({"securitySchemes": {"b": {"type": "http", "scheme": "basic"}, "c": {"type": "oauth2", "flows": {"password": {"tokenUrl": "", "scopes": {}}}}},
                   "parameters": {}})
        );
        assert_eq!(codes, ["W041", "W041", "W010", "W010"]);
    }
}
