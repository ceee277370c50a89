//! Parameters as Swagger 2.0 wrote them, places and styles that do not exist, and the same parameter twice.

use serde_json::{Value, json};

use crate::load::grammar::{self, Kind};
use crate::load::{codes, pointer};
use crate::maps::{HashMap, HashSet};

use super::{Context, Object};

/// Makes a request body of a parameter in the body, and drops parameters in places that do not exist.
pub(super) fn body_parameters(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let here = pointer::join(at, "parameters");
    let has_body = object.contains_key("requestBody");
    let mut body = None;
    let Some(Value::Array(parameters)) = object.get_mut("parameters") else { return };
    context.retain(parameters, &here, |parameter, at, context| {
        let is_body = parameter.get("in").and_then(Value::as_str) == Some("body");
        if !is_body || has_body || body.is_some() || grammar::reference(parameter).is_some() {
            return true;
        }
        context.warn(
            codes::UNKNOWN_PLACE,
            at,
            "a parameter in the body is Swagger 2.0; it is read as the request body",
        );
        let schema = parameter.get("schema").cloned().unwrap_or_else(|| json!({}));
        let required = parameter.get("required").cloned().unwrap_or(json!(false));
        body = Some((
            json!({"required": required, "content": {"application/json": {"schema": schema}}}),
            context.origins.resolve(at),
        ));
        false
    });
    if let Some((body, origin)) = body {
        object.insert("requestBody".to_owned(), body);
        let body_at = pointer::join(at, "requestBody");
        let schema_origin = crate::diagnostic::Origin {
            pointer: pointer::join(&origin.pointer, "schema"),
            document: origin.document.clone(),
        };
        context.origins.set(&body_at, origin);
        context.origins.set(&format!("{body_at}/content/application~1json/schema"), schema_origin);
    }
}

/// Keywords that Swagger 2.0 put beside a parameter's name.
const BESIDE: [&str; 14] = [
    "type",
    "format",
    "items",
    "enum",
    "default",
    "pattern",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "multipleOf",
];

/// Moves the type that stands beside a parameter's name into a schema.
pub(super) fn schema_beside(object: &mut Object, at: &str, context: &mut Context<'_>) {
    if object.contains_key("type") && !object.contains_key("schema") && !object.contains_key("content") {
        context.warn(codes::WRONG_KIND, at, "the type stands beside the parameter's name; it is read as its `schema`");
        let schema_at = pointer::join(at, "schema");
        let origin = context.origins.resolve(at);
        context.origins.set(&schema_at, origin);
        let mut schema = Object::new();
        for key in BESIDE {
            if let Some(value) = object.shift_remove(key) {
                schema.insert(key.to_owned(), value);
                context.origins.copy(&pointer::join(at, key), &pointer::join(&schema_at, key));
            }
        }
        object.insert("schema".to_owned(), Value::Object(schema));
    }
}

/// Drops a style that its place does not know.
pub(super) fn style(object: &mut Object, kind: Kind, at: &str, context: &mut Context<'_>) {
    let Some(style) = object.get("style").and_then(Value::as_str) else { return };
    let place = match kind {
        Kind::Encoding => Some("query"),
        Kind::Parameter => object.get("in").and_then(Value::as_str),
        _ => None,
    };
    let is_known = match place {
        Some("path") => matches!(style, "matrix" | "label" | "simple"),
        Some("query") => matches!(style, "form" | "spaceDelimited" | "pipeDelimited" | "deepObject"),
        Some("cookie") => style == "form",
        _ => style == "simple",
    };
    if !is_known {
        let message = format!("the style `{style}` is not one for this place; the default is used");
        context.warn(codes::WRONG_KIND, &pointer::join(at, "style"), message);
        object.shift_remove("style");
    }
}

/// Drops a reference to a parameter whose name and place another of the same list has.
pub(super) fn behind_references(tree: &mut Value, context: &mut Context<'_>) {
    let parameters = tree.pointer("/components/parameters").and_then(Value::as_object);
    let shared: HashMap<String, (String, String)> = parameters
        .into_iter()
        .flatten()
        .filter_map(|(key, parameter)| {
            let target = format!("#{}", pointer::join("/components/parameters", key));
            name_and_place(parameter).map(|known| (target, known))
        })
        .collect();
    grammar::walk(tree, Kind::Document, false, &mut String::new(), &mut |value, kind, at| {
        if matches!(kind, Kind::Operation | Kind::PathItem)
            && let Some(Value::Array(parameters)) = value.get_mut("parameters")
        {
            let mut seen = HashSet::default();
            context.retain(parameters, &pointer::join(at, "parameters"), |parameter, at, context| {
                let target = grammar::reference(parameter);
                let known = target.map_or_else(|| name_and_place(parameter), |target| shared.get(target).cloned());
                let Some((name, place)) = known else { return true };
                let message = format!("the {place} parameter `{name}` stands here twice; the second is ignored");
                let is_first = seen.insert((name, place));
                if !is_first {
                    context.warn(codes::DUPLICATE_PARAMETER, at, message);
                }
                is_first
            });
        }
        true
    });
}

fn name_and_place(parameter: &Value) -> Option<(String, String)> {
    let text = |key: &str| parameter.get(key).and_then(Value::as_str).map(str::to_owned);
    text("name").zip(text("in"))
}

/// Drops parameters in places that do not exist, and the second of two with the same name and place.
pub(super) fn duplicates(object: &mut Object, at: &str, context: &mut Context<'_>) {
    let here = pointer::join(at, "parameters");
    let Some(Value::Array(parameters)) = object.get_mut("parameters") else { return };
    let mut seen = HashSet::default();
    context.retain(parameters, &here, |parameter, at, context| {
        let text = |key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (name, place) = (text("name"), text("in"));
        let problem = if let Some(target) = grammar::reference(parameter) {
            (!seen.insert((target.to_owned(), "$ref".to_owned()))).then(|| {
                (codes::DUPLICATE_PARAMETER, format!("`{target}` is referred to twice; the second is ignored"))
            })
        } else if !matches!(place.as_str(), "query" | "header" | "path" | "cookie") {
            Some((codes::UNKNOWN_PLACE, format!("there are no parameters in `{place}`; `{name}` is ignored")))
        } else if seen.insert((name.clone(), place.clone())) {
            None
        } else {
            let message = format!("the {place} parameter `{name}` stands here twice; the second is ignored");
            Some((codes::DUPLICATE_PARAMETER, message))
        };
        match problem {
            Some((code, message)) => {
                context.warn(code, at, message);
                false
            }
            None => true,
        }
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::repaired;
    use super::*;

    #[test]
    fn swagger_parameters_are_understood() {
        let (operation, codes) = repaired(
            Kind::Operation,
            json!({"responses": {}, "parameters": [
                {"in": "body", "name": "b", "required": true, "schema": {"type": "object"}},
                {"in": "query", "name": "q", "type": "string", "style": "simple"},
                {"in": "query", "name": "q", "schema": {}},
                {"in": "formData", "name": "f", "schema": {}},
            ]}),
        );
        assert_eq!(
            operation,
            json!({"responses": {}, "parameters": [{"in": "query", "name": "q", "schema": {"type": "string"}}],
                   "requestBody": {"required": true, "content": {"application/json": {"schema": {"type": "object"}}}}})
        );
        assert_eq!(codes, ["W017", "W024", "W017", "W011", "W011"]);
    }
}
