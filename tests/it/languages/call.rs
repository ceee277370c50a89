//! A call as drivers read it: the model says where each argument goes and what it is called.

use base64::Engine as _;
use omise_generator::ir::{Api, Body, BodyPart, Name, Operation, Param, ParamPlace, Type};
use serde_json::{Map, Value, json};

/// The operation of that name, and the resource that has it.
pub(super) fn find<'a>(api: &'a Api, id: &str) -> Option<(&'a Name, &'a Operation)> {
    api.operations().find(|(_, operation)| operation.id == id).map(|(resource, operation)| (&resource.name, operation))
}

/// The part of a call that names its operation and arguments. What `given` has and the operation has not is an error.
pub(super) fn call(api: &Api, id: &str, given: &Map<String, Value>) -> Result<Map<String, Value>, String> {
    let (resource, operation) = find(api, id).ok_or_else(|| format!("there is no operation {id}"))?;
    let mut left = given.clone();
    let mut args: Vec<Value> = Vec::new();
    let mut params: Vec<&Param> = operation.params.iter().collect();
    // Those of the path come in its order: some languages take them by position.
    params.sort_by_key(|param| operation.path.find(&format!("{{{}}}", param.wire_name)));
    for param in params {
        let place = word(param.place);
        let value = left.remove(&format!("{place}:{}", param.wire_name)).or_else(|| left.remove(&param.wire_name));
        // What always has one value is no argument.
        let value = value.filter(|_| param.constant.is_none());
        args.extend(value.map(|value| of_param(param, place, value)));
    }
    if let Some(body) = &operation.body {
        of_body(body, &mut left, &mut args);
    }
    match left.keys().next() {
        Some(unknown) => Err(format!("{id} has no argument {unknown}")),
        None => Ok(json!({
            "operation": id, "resource": resource.0, "method": operation.name.0, "args": args,
        })
        .as_object()
        .cloned()
        .unwrap_or_default()),
    }
}

fn of_param(param: &Param, place: &str, value: Value) -> Value {
    json!({"name": param.name.0, "wire": param.wire_name, "place": place, "required": param.required, "value": value})
}

fn of_body(body: &Body, left: &mut Map<String, Value>, args: &mut Vec<Value>) {
    match &body.parts {
        Some(parts) => {
            let given = parts.iter().filter_map(|part| Some((part, left.remove(&part.wire_name)?)));
            let open = given.filter(|(part, _)| part.constant.is_none());
            args.extend(open.map(|(part, value)| of_part(part, value)));
        }
        None => {
            let value = left.remove("body").map(|value| bytes(&body.ty, value));
            args.extend(value.map(|value| {
                json!({"name": body.name.0, "wire": "", "place": "body", "required": body.required, "value": value})
            }));
        }
    }
}

fn of_part(part: &BodyPart, value: Value) -> Value {
    // Of several media types the caller must name one.
    let media_type = part.content_types.iter().find(|media_type| !media_type.contains('*'));
    let value = if part.is_file { file(value, media_type) } else { bytes(&part.ty, value) };
    json!({"name": part.name.0, "wire": part.wire_name, "place": "part", "required": part.required, "value": value})
}

/// Text that stands for bytes, in the words of drivers.
fn bytes(ty: &Type, value: Value) -> Value {
    match (ty, &value) {
        (Type::Bytes, Value::String(text)) => json!({"$base64": base64(text.as_bytes())}),
        _ => value,
    }
}

/// A file whose content is a text, or files.
fn file(value: Value, media_type: Option<&String>) -> Value {
    match value {
        Value::String(text) => {
            let mut file = json!({"name": "file.bin", "base64": base64(text.as_bytes())});
            media_type.into_iter().for_each(|media_type| file["type"] = json!(media_type));
            json!({"$file": file})
        }
        Value::Array(items) => items.into_iter().map(|item| file(item, media_type)).collect(),
        value => value,
    }
}

/// Base64 as everybody writes it.
pub(super) fn base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn word(place: ParamPlace) -> &'static str {
    match place {
        ParamPlace::Path => "path",
        ParamPlace::Query => "query",
        ParamPlace::Header => "header",
        ParamPlace::Cookie => "cookie",
    }
}
