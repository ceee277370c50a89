//! Parameters as they are written (OpenAPI, "Style Values"), back to values.

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::coerce::{property_names, types_of_items};
use crate::operation::{Parameter, Place};
use crate::rack;
use crate::schema::Compiled;

/// A pair of the query, escaped as it came; `taken` when a parameter has read it.
#[derive(Debug)]
pub(crate) struct Pair<'a> {
    pub(crate) name: String,
    pub(crate) raw: &'a str,
    pub(crate) taken: bool,
}

/// The pairs of a query.
pub(crate) fn pairs(query: &str) -> Vec<Pair<'_>> {
    let pieces = query.split('&').filter(|piece| !piece.is_empty());
    let pair = |piece| {
        let (name, raw): (&str, &str) = str::split_once(piece, '=').unwrap_or((piece, ""));
        Pair { name: plain(name), raw, taken: false }
    };
    pieces.map(pair).collect()
}

/// An escaped piece of a query, where `+` is a space.
pub(crate) fn plain(text: &str) -> String {
    percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
}

/// The value of a parameter in the query; `None` when it is not there.
pub(crate) fn in_query(
    parameter: &Parameter,
    schema: &Compiled,
    pairs: &mut [Pair<'_>],
) -> Result<Option<Value>, String> {
    let name = parameter.name.as_str();
    let types = schema.types(&schema.schema);
    let (is_list, is_object) = (types.contains(&"array"), types.contains(&"object"));
    let of_objects = types_of_items(schema).iter().any(|name| ["object", "array"].contains(name));
    let style = parameter.style.as_str();
    // Every member is a parameter of its own.
    if style == "form" && parameter.explode && is_object && !is_list && !parameter.is_json {
        return members(schema, pairs);
    }
    let brackets = style == "deepObject" || of_objects;
    let is_own = |known: &str| known == name || (brackets && known.starts_with(&format!("{name}[")));
    let own: Vec<&mut Pair<'_>> = pairs.iter_mut().filter(|pair| is_own(&pair.name)).collect();
    let mut values = Vec::new();
    for pair in own {
        pair.taken = true;
        values.push((pair.name.clone(), pair.raw));
    }
    let Some((first, raw)) = values.first().cloned() else { return Ok(None) };
    if brackets && first != name {
        let pairs: Vec<(String, Value)> =
            values.into_iter().map(|(name, raw)| (name, Value::String(plain(raw)))).collect();
        return Ok(rack::tree(&pairs)?.remove(name));
    }
    if is_list && parameter.explode && !parameter.is_json {
        return Ok(Some(values.into_iter().map(|(_, raw)| Value::String(plain(raw))).collect()));
    }
    if values.len() > 1 {
        return Err("it is given more than once".to_owned());
    }
    if parameter.is_json {
        return json(&plain(raw)).map(Some);
    }
    let between: &[&str] = match style {
        "spaceDelimited" => &["%20", "+"],
        "pipeDelimited" => &["|", "%7C", "%7c"],
        _ => &[","],
    };
    Ok(Some(joined(raw, between, is_list, is_object, plain)?))
}

/// An object whose members are parameters: those it names, or all that nobody else names.
fn members(schema: &Compiled, pairs: &mut [Pair<'_>]) -> Result<Option<Value>, String> {
    let names = property_names(schema);
    let first = |name: &str| name.split('[').next().unwrap_or_default().to_owned();
    let is_own =
        |pair: &&mut Pair<'_>| !pair.taken && (names.is_empty() || names.contains(&first(&pair.name).as_str()));
    let mut own = Vec::new();
    for pair in pairs.iter_mut().filter(is_own) {
        pair.taken = true;
        own.push((pair.name.clone(), Value::String(plain(pair.raw))));
    }
    Ok(if own.is_empty() { None } else { Some(Value::Object(rack::tree(&own)?)) })
}

/// The value of a parameter in a path's segment, a header or a cookie. `plain` takes the escapes out of a piece.
pub(crate) fn inline(parameter: &Parameter, schema: &Compiled, raw: &str) -> Result<Value, String> {
    let plain = if parameter.place == Place::Path { percent_decoded } else { str::to_owned };
    if parameter.is_json {
        return json(&plain(raw));
    }
    let types = schema.types(&schema.schema);
    let (is_list, is_object) = (types.contains(&"array"), types.contains(&"object"));
    let named = format!(";{}=", parameter.name);
    let (raw, between) = match (parameter.style.as_str(), parameter.explode) {
        ("label", explode) => {
            (raw.strip_prefix('.').ok_or("it does not begin with `.`")?, if explode { "." } else { "," })
        }
        ("matrix", true) if is_object => (raw.strip_prefix(';').ok_or("it does not begin with `;`")?, ";"),
        ("matrix", true) if is_list => {
            (raw.strip_prefix(&named).ok_or("it does not begin with `;name=`")?, named.as_str())
        }
        ("matrix", _) => (raw.strip_prefix(&named).ok_or("it does not begin with `;name=`")?, ","),
        _ => (raw, ","),
    };
    if is_object && parameter.explode {
        let pairs = raw.split(between).map(|piece| piece.split_once('=').ok_or("a member has no `=`"));
        let pairs = pairs.map(|pair| pair.map(|(key, value)| (plain(key), Value::String(plain(value)))));
        return Ok(Value::Object(pairs.collect::<Result<_, _>>()?));
    }
    joined(raw, &[between], is_list, is_object, plain)
}

/// A list, an object as `key,value,…`, or a text.
fn joined(
    raw: &str,
    between: &[&str],
    is_list: bool,
    is_object: bool,
    plain: fn(&str) -> String,
) -> Result<Value, String> {
    if !is_list && !is_object {
        return Ok(Value::String(plain(raw)));
    }
    let mut pieces = vec![raw];
    for between in between {
        pieces = pieces.into_iter().flat_map(|piece| piece.split(between)).collect();
    }
    let pieces: Vec<String> = pieces.into_iter().map(|piece| plain(piece.trim())).collect();
    if is_list {
        return Ok(pieces.into_iter().map(Value::String).collect());
    }
    let mut object = Map::new();
    for pair in pieces.chunks(2) {
        let [key, value] = pair else { return Err("a key has no value".to_owned()) };
        object.insert(key.clone(), Value::String(value.clone()));
    }
    Ok(Value::Object(object))
}

fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|_| "it is no JSON".to_owned())
}
