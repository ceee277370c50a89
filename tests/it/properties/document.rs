//! Documents that look like OpenAPI, with a wild value here and there.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::text::{json, name, object, prose};

/// Components that references find.
const COMPONENTS: &[&str] = &["A", "B", "C", "Option", "a", "日本"];

const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object"];

const FORMATS: &[&str] = &[
    "int32",
    "int64",
    "uint64",
    "float",
    "double",
    "decimal",
    "byte",
    "binary",
    "date",
    "date-time",
    "password",
    "uuid",
    "uri",
    "email",
    "x",
];

const MEDIA_TYPES: &[&str] = &[
    "application/json",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/plain",
    "application/octet-stream",
    "application/vnd.x+json; charset=utf-8",
    "*/*",
    "x",
];

/// A schema.
pub(super) fn schema() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        3 => reference("schemas"),
        3 => (select(TYPES), select(FORMATS)).prop_map(|(kind, format)| json!({"type": kind, "format": format})),
        1 => prop::collection::vec(json(), 0..4).prop_map(|values| json!({"enum": values})),
        1 => prop::collection::vec(name(), 0..5).prop_map(|values| json!({"type": "string", "enum": values})),
        1 => Just(json!({})),
        1 => json(),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        let list = || prop::collection::vec(inner.clone(), 0..4);
        let members = || prop::collection::vec((name(), inner.clone()), 0..4).prop_map(members);
        prop_oneof![
            4 => (words(), members(), prop::collection::vec(name(), 0..3), prop::option::of(inner.clone())).prop_map(
                |(mut schema, properties, required, additional)| {
                    schema.insert("type".into(), json!("object"));
                    schema.insert("properties".into(), properties);
                    schema.insert("required".into(), json!(required));
                    if let Some(additional) = additional {
                        schema.insert("additionalProperties".into(), additional);
                    }
                    Value::Object(schema)
                }
            ),
            1 => (words(), inner.clone()).prop_map(|(schema, items)| with(schema, "items", items)),
            3 => (words(), select(&["allOf", "oneOf", "anyOf"]), list(), discriminator()).prop_map(
                |(mut schema, keyword, branches, discriminator)| {
                    schema.insert(keyword.into(), branches.into());
                    if let Some(discriminator) = discriminator {
                        schema.insert("discriminator".into(), discriminator);
                    }
                    Value::Object(schema)
                }
            ),
            1 => (words(), inner.clone()).prop_map(|(schema, not)| with(schema, "not", not)),
        ]
    })
    .boxed()
}

/// A whole document.
pub(super) fn document() -> BoxedStrategy<Value> {
    let version = select(&["3.0.3", "3.0.0", "3.1.0", "3.2.0"]);
    let paths = prop::collection::vec((path(), path_item()), 0..4).prop_map(members);
    let servers = prop::collection::vec(json!({"url": "https://a.test/{x}"}).into_strategy(), 0..2);
    (version, prose(), name(), paths, components(), servers, object(vec![("tags", json()), ("security", json())]))
        .prop_map(|(version, prose, title, paths, components, servers, rest)| {
            let mut document = Map::new();
            document.insert("openapi".into(), json!(version));
            document.insert("info".into(), json!({"title": title, "version": "1", "description": prose}));
            document.insert("paths".into(), paths);
            document.insert("components".into(), components);
            document.insert("servers".into(), json!(servers));
            document.extend(rest);
            Value::Object(document)
        })
        .boxed()
}

trait IntoStrategy {
    fn into_strategy(self) -> BoxedStrategy<Value>;
}

impl IntoStrategy for Value {
    /// This value most of the time, and any other sometimes.
    fn into_strategy(self) -> BoxedStrategy<Value> {
        prop_oneof![9 => Just(self), 1 => json()].boxed()
    }
}

fn reference(kind: &'static str) -> BoxedStrategy<Value> {
    let known = select(COMPONENTS).prop_map(move |name| json!({"$ref": format!("#/components/{kind}/{name}")}));
    prop_oneof![12 => known, 1 => name().prop_map(|target| json!({"$ref": target}))].boxed()
}

/// What any schema may say beside what it is.
fn words() -> BoxedStrategy<Map<String, Value>> {
    object(vec![
        ("description", prose().prop_map(Value::from).boxed()),
        ("nullable", json!(true).into_strategy()),
        ("deprecated", json!(true).into_strategy()),
        ("default", json()),
        ("example", json()),
        ("readOnly", json!(true).into_strategy()),
        ("maximum", json!(10).into_strategy()),
        ("pattern", json!("^a*/$").into_strategy()),
    ])
}

fn discriminator() -> BoxedStrategy<Option<Value>> {
    let mapping = prop::collection::vec((name(), select(COMPONENTS).prop_map(Value::from)), 0..3).prop_map(members);
    prop::option::of(
        (name(), mapping).prop_map(|(property, mapping)| json!({"propertyName": property, "mapping": mapping})),
    )
    .boxed()
}

fn path() -> BoxedStrategy<String> {
    prop_oneof![
        3 => select(&["/a", "/a/{id}", "/a/{id}/b", "/{x}{y}", "/", "/a/{}", "/{id"]).prop_map(str::to_owned),
        1 => name().prop_map(|name| format!("/{name}")),
    ]
    .boxed()
}

fn path_item() -> BoxedStrategy<Value> {
    let method = select(&["get", "post", "put", "patch", "delete", "head", "options", "trace"]);
    let parameters = prop::collection::vec(parameter(), 0..2).prop_map(Value::from);
    (prop::collection::vec((method.prop_map(str::to_owned), operation()), 1..3), prop::option::of(parameters))
        .prop_map(|(operations, parameters)| {
            let mut item: Map<String, Value> = operations.into_iter().collect();
            item.extend(parameters.map(|parameters| ("parameters".to_owned(), parameters)));
            Value::Object(item)
        })
        .boxed()
}

fn operation() -> BoxedStrategy<Value> {
    let parts = object(vec![
        ("operationId", name().prop_map(Value::from).boxed()),
        ("summary", prose().prop_map(Value::from).boxed()),
        ("description", prose().prop_map(Value::from).boxed()),
        ("tags", prop::collection::vec(name(), 0..2).prop_map(Value::from).boxed()),
        ("parameters", prop::collection::vec(parameter(), 0..4).prop_map(Value::from).boxed()),
        ("requestBody", prop_oneof![content(), reference("requestBodies")].boxed()),
        ("deprecated", json!(true).into_strategy()),
        ("security", json()),
        ("callbacks", json()),
    ]);
    let status = select(&["200", "201", "204", "2XX", "4XX", "400", "default", "x"]).prop_map(str::to_owned);
    let responses = prop::collection::vec((status, prop_oneof![content(), reference("responses")]), 0..4);
    (parts, responses.prop_map(members)).prop_map(|(parts, responses)| with(parts, "responses", responses)).boxed()
}

fn parameter() -> BoxedStrategy<Value> {
    let place = select(&["query", "path", "header", "cookie", "x"]);
    let style = prop::option::of(select(&["form", "simple", "label", "matrix", "deepObject", "pipeDelimited", "x"]));
    let written = (name(), place, style, schema(), any::<bool>()).prop_map(|(name, place, style, schema, required)| {
        let mut parameter = json!({"name": name, "in": place, "schema": schema, "required": required});
        if let (Some(style), Some(parameter)) = (style, parameter.as_object_mut()) {
            parameter.insert("style".into(), style.into());
        }
        parameter
    });
    prop_oneof![8 => written, 1 => reference("parameters"), 1 => json()].boxed()
}

fn content() -> BoxedStrategy<Value> {
    let media = select(MEDIA_TYPES).prop_map(str::to_owned);
    let schema = schema().prop_map(|schema| json!({"schema": schema}));
    (prose(), prop::collection::vec((media, schema), 0..3).prop_map(members))
        .prop_map(|(prose, content)| json!({"description": prose, "content": content}))
        .boxed()
}

fn components() -> BoxedStrategy<Value> {
    let names = || prop_oneof![6 => select(COMPONENTS).prop_map(str::to_owned), 1 => name()];
    let schemas = prop::collection::vec((names(), schema()), 0..6).prop_map(members).boxed();
    let parameters = prop::collection::vec((names(), parameter()), 0..2).prop_map(members).boxed();
    let responses = prop::collection::vec((names(), content()), 0..2).prop_map(members).boxed();
    object(vec![
        ("schemas", schemas),
        ("parameters", parameters),
        ("responses", responses.clone()),
        ("requestBodies", responses),
        ("securitySchemes", json()),
    ])
    .prop_map(Value::Object)
    .boxed()
}

fn members(members: Vec<(String, Value)>) -> Value {
    Value::Object(members.into_iter().collect())
}

fn with(mut schema: Map<String, Value>, key: &str, value: Value) -> Value {
    schema.insert(key.to_owned(), value);
    Value::Object(schema)
}
