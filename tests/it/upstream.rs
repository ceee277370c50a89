//! `schema/omise/openapi.yaml` says what the service's own document says, so that either can stand in for the other.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write as _},
    path::Path,
};

use serde_json::{Map, Value};

const OURS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/omise/openapi.yaml");
/// The served document, kept beside the project on some machines only.
const SERVED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/omise/upstream-2019-05-29.yaml");
const SHARED_PARAMETERS: &str = "#/components/parameters/";
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

#[test]
fn our_description_says_what_is_served() {
    let ours = facts(&read(OURS).unwrap());
    assert_eq!(counts(&ours), [87, 111, 50], "paths, operations, schemas");

    if !Path::new(SERVED).exists() {
        // Straight to the stream: the test harness hides what goes through the print macros.
        writeln!(io::stderr(), "skipped: {SERVED} not present").unwrap();
        return;
    }
    let found = differences(&ours, &facts(&read(SERVED).unwrap()));
    assert!(found.is_empty(), "{} differing:\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_comparison_sees_facts_and_overlooks_prose() {
    let document = |kind: &str, text: &str| {
        facts(&serde_json::json!({
            "paths": {"/a": {"get": {"description": text, "parameters": [{"name": "limit", "in": "query", "schema": {"type": kind}}]}}},
            "components": {"schemas": {"a": {"title": text, "properties": {"description": {"type": kind}}}}},
        }))
    };
    assert!(differences(&document("string", "one"), &document("string", "two")).is_empty());
    assert_eq!(
        differences(&document("string", ""), &document("integer", "")),
        [
            "#/components/schemas/a/properties/description/type: ours \"string\", served \"integer\"",
            "#/paths/~1a/get/parameters/query limit/schema/type: ours \"string\", served \"integer\"",
        ]
    );
}

fn read(file: &str) -> Result<Value, String> {
    let text = fs::read_to_string(file).map_err(|problem| format!("{file}: {problem}"))?;
    serde_yaml::from_str(&text).map_err(|problem| format!("{file}: {problem}"))
}

/// How many paths, operations and schemas a document has.
fn counts(document: &Value) -> [usize; 3] {
    let members = |pointer| document.pointer(pointer).and_then(Value::as_object);
    let operations = members("/paths").map(|paths| {
        paths
            .values()
            .filter_map(Value::as_object)
            .flat_map(Map::keys)
            .filter(|key| METHODS.contains(&key.as_str()))
            .count()
    });
    [members("/paths").map_or(0, Map::len), operations.unwrap_or(0), members("/components/schemas").map_or(0, Map::len)]
}

/// A document without prose and without the liberties of layout: shared parameters are put where they are used,
/// and a list of parameters becomes a map, as its order means nothing.
fn facts(document: &Value) -> Value {
    let mut facts = bare(document, document, false);
    if let Some(components) = facts.get_mut("components").and_then(Value::as_object_mut) {
        components.remove("parameters");
    }
    facts
}

/// `named` says that the keys of `value` are names of things, as below `properties`, and never prose.
fn bare(value: &Value, document: &Value, named: bool) -> Value {
    match value {
        Value::Object(map) => {
            if let Some(target) = shared_parameter(map, document) {
                return bare(target, document, false);
            }
            let kept = map
                .iter()
                .filter(|(key, _)| named || !matches!(key.as_str(), "description" | "title" | "summary"))
                .map(|(key, value)| (key.clone(), member(key, value, document, named)));
            Value::Object(kept.collect())
        }
        Value::Array(items) => items.iter().map(|item| bare(item, document, false)).collect(),
        _ => value.clone(),
    }
}

fn member(key: &str, value: &Value, document: &Value, named: bool) -> Value {
    match value {
        Value::Array(parameters) if key == "parameters" && !named => Value::Object(by_name(parameters, document)),
        _ => bare(value, document, key == "properties" && !named),
    }
}

fn shared_parameter<'a>(map: &Map<String, Value>, document: &'a Value) -> Option<&'a Value> {
    let name = map.get("$ref")?.as_str()?.strip_prefix(SHARED_PARAMETERS)?;
    document.get("components")?.get("parameters")?.get(name)
}

fn by_name(parameters: &[Value], document: &Value) -> Map<String, Value> {
    let mut map = Map::new();
    for parameter in parameters {
        let parameter = bare(parameter, document, false);
        let text = |key| parameter.get(key).and_then(Value::as_str).unwrap_or_default();
        let key = format!("{} {}", text("in"), text("name"));
        assert!(map.insert(key.clone(), parameter).is_none(), "{key} is declared twice");
    }
    map
}

fn differences(ours: &Value, served: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare("#", Some(ours), Some(served), &mut found);
    found
}

fn compare(at: &str, ours: Option<&Value>, served: Option<&Value>, found: &mut Vec<String>) {
    match (ours, served) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            for key in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
                let at = format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
                compare(&at, a.get(key), b.get(key), found);
            }
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            for index in 0..a.len().max(b.len()) {
                compare(&format!("{at}/{index}"), a.get(index), b.get(index), found);
            }
        }
        (Some(a), Some(b)) if a == b => {}
        (a, b) => found.push(format!("{at}: ours {}, served {}", shown(a), shown(b))),
    }
}

fn shown(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}
