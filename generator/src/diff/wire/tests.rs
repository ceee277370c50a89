//! What is found between two documents, and what is not.

use serde_json::{Value, json};

use crate::diagnostic::Diagnostics;
use crate::diff::{Change, Date, Direction, Effect, Notice, Options, Wire, compare};
use crate::load::{Document, Input, Source, load};

fn document(tree: &Value) -> Document {
    let schema = Source::Bytes { name: "a.json".into(), bytes: tree.to_string().into_bytes() };
    load(&Input { schema, keeps_written: true, ..Input::default() }, &mut Diagnostics::default()).unwrap()
}

fn changes(old: &Value, new: &Value) -> Vec<Change> {
    let options = Options { today: Date::parse("2026-06-01").unwrap(), notice: Notice::default() };
    compare(&document(old), &document(new), options).changes
}

/// `id direction verdict`, sorted.
fn found(old: &Value, new: &Value) -> Vec<String> {
    let one = |change: &Change| {
        let way = |reach: &crate::diff::Reach| {
            format!("{} {:?} {:?}", change.id(), reach.direction, reach.wire).to_lowercase()
        };
        change.reach.iter().map(way).collect::<Vec<_>>()
    };
    let mut found: Vec<String> = changes(old, new).iter().flat_map(one).collect();
    found.sort();
    found
}

fn api(version: &str, paths: Value) -> Value {
    json!({"openapi": version, "info": {"title": "t", "version": "1"}, "paths": paths})
}

/// An API that takes a schema and one that gives it.
fn with_schema(version: &str, schema: Value) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/S"}}});
    let mut api = api(
        version,
        json!({
            "/in": {"post": {"requestBody": {"content": content}, "responses": {"204": {"description": ""}}}},
            "/out": {"get": {"responses": {"200": {"description": "", "content": content}}}},
        }),
    );
    api["components"] = json!({"schemas": {"S": schema, "A": {"type": "object", "properties": {"a": {}}},
        "B": {"type": "object", "properties": {"b": {}}}}});
    api
}

/// The ids between two schemas with their effect; both directions must be met.
fn between(old: Value, new: Value) -> Vec<String> {
    let changes = changes(&with_schema("3.1.0", old), &with_schema("3.1.0", new));
    let mut found: Vec<String> = changes
        .iter()
        .map(|change| {
            let effect = |direction| {
                let way = change.reach.iter().find(|reach| reach.direction == direction);
                way.map_or("-", |way| match way.effect {
                    Effect::None => "=",
                    Effect::Widens => ">",
                    Effect::Narrows => "<",
                    Effect::Incomparable => "!",
                })
            };
            format!("{} {}{}", change.id(), effect(Direction::Request), effect(Direction::Response))
        })
        .collect();
    found.sort();
    found
}

/// Asserts what is found from one schema to another, and from the other back.
#[track_caller]
fn both_ways(one: Value, other: Value, there: &[&str], back: &[&str]) {
    assert_eq!(between(one.clone(), other.clone()), there);
    assert_eq!(between(other, one), back);
}

#[test]
fn types_and_values() {
    both_ways(json!({"type": "number"}), json!({"type": "integer"}), &["type-narrowed <<"], &["type-widened >>"]);
    both_ways(json!({"type": "string"}), json!({"type": "object"}), &["type-changed !!"], &["type-changed !!"]);
    both_ways(json!({}), json!({"type": "string"}), &["type-narrowed <<"], &["type-widened >>"]);
    both_ways(
        json!({"type": "string"}),
        json!({"type": ["string", "null"]}),
        &["became-nullable >>"],
        &["became-not-nullable <<"],
    );
    both_ways(
        json!({"type": "string"}),
        json!({"type": ["string", "integer"]}),
        &["type-widened >>"],
        &["type-narrowed <<"],
    );
    both_ways(
        json!({"type": "integer", "format": "int32"}),
        json!({"type": "integer", "format": "int64"}),
        &["format-widened >>"],
        &["format-narrowed <<"],
    );
    both_ways(
        json!({"enum": ["a", "b"]}),
        json!({"enum": ["a", "c"]}),
        &["enum-value-added >>", "enum-value-removed <<"],
        &["enum-value-added >>", "enum-value-removed <<"],
    );
    both_ways(
        json!({"type": "string"}),
        json!({"type": "string", "enum": ["a"]}),
        &["enum-added <<"],
        &["enum-removed >>"],
    );
    both_ways(json!({}), json!({"const": 1}), &["const-added <<"], &["const-removed >>"]);
    both_ways(json!({"const": 1}), json!({"const": 2}), &["const-changed !!"], &["const-changed !!"]);
    both_ways(json!({"default": 1}), json!({"default": 2}), &["default-changed !="], &["default-changed !="]);
    both_ways(json!({}), json!({"default": 2}), &["default-added =="], &["default-removed =="]);
}

#[test]
fn limits() {
    for (key, name) in [
        ("maximum", "maximum"),
        ("exclusiveMaximum", "exclusive-maximum"),
        ("maxLength", "max-length"),
        ("maxItems", "max-items"),
        ("maxProperties", "max-properties"),
    ] {
        let (lowered, raised) = (format!("{name}-lowered <<"), format!("{name}-raised >>"));
        both_ways(json!({key: 5}), json!({key: 4}), &[&lowered], &[&raised]);
        let (set, unset) = (format!("{name}-set <<"), format!("{name}-unset >>"));
        both_ways(json!({}), json!({key: 4}), &[&set], &[&unset]);
    }
    for (key, name) in [
        ("minimum", "minimum"),
        ("exclusiveMinimum", "exclusive-minimum"),
        ("minLength", "min-length"),
        ("minItems", "min-items"),
        ("minProperties", "min-properties"),
    ] {
        let (lowered, raised) = (format!("{name}-lowered >>"), format!("{name}-raised <<"));
        both_ways(json!({key: 5}), json!({key: 4}), &[&lowered], &[&raised]);
        let (set, unset) = (format!("{name}-set <<"), format!("{name}-unset >>"));
        both_ways(json!({}), json!({key: 4}), &[&set], &[&unset]);
    }
    both_ways(
        json!({"maximum": 5}),
        json!({"exclusiveMaximum": 5}),
        &["exclusive-maximum-set <<"],
        &["exclusive-maximum-unset >>"],
    );
    both_ways(
        json!({"multipleOf": 2}),
        json!({"multipleOf": 4}),
        &["multiple-of-narrowed <<"],
        &["multiple-of-widened >>"],
    );
    both_ways(json!({"pattern": "a"}), json!({"pattern": "b"}), &["pattern-changed !!"], &["pattern-changed !!"]);
    both_ways(json!({}), json!({"pattern": "b"}), &["pattern-added <<"], &["pattern-removed >>"]);
    both_ways(
        json!({}),
        json!({"uniqueItems": true}),
        &["unique-items-required <<"],
        &["unique-items-no-longer-required >>"],
    );
    assert_eq!(between(json!({"maximum": 5}), json!({"maximum": 5.0})), [""; 0]);
    assert_eq!(between(json!({}), json!({"minLength": 0})), [""; 0]);
}

#[test]
fn properties() {
    let with = |a: Value| json!({"type": "object", "properties": {"a": a}});
    let must = |a: Value| json!({"type": "object", "properties": {"a": a}, "required": ["a"]});
    let none = json!({"type": "object"});
    both_ways(none.clone(), with(json!({})), &["optional-property-added >="], &["optional-property-removed <<"]);
    both_ways(none.clone(), must(json!({})), &["required-property-added <="], &["required-property-removed <>"]);
    both_ways(with(json!({})), must(json!({})), &["property-became-required <<"], &["property-became-optional >>"]);
    // What one way never carries is no change there.
    let read = json!({"readOnly": true});
    let changes = found(&with_schema("3.0.3", none.clone()), &with_schema("3.0.3", must(read.clone())));
    assert_eq!(changes, ["required-property-added none unaffected", "required-property-added response unaffected"]);
    both_ways(with(json!({})), with(read), &["optional-became-read-only =="], &["optional-became-not-read-only >="]);
    both_ways(
        none.clone(),
        json!({"type": "object", "additionalProperties": false}),
        &["additional-properties-refused <<"],
        &["additional-properties-allowed >="],
    );
    both_ways(
        none.clone(),
        json!({"type": "object", "additionalProperties": {"type": "string"}}),
        &["additional-properties-typed <<"],
        &["additional-properties-untyped >>"],
    );
    // A name that is required and described nowhere says nothing of a property.
    assert_eq!(between(none, json!({"type": "object", "required": ["ghost"]})), [""; 0]);
}

#[test]
fn schemas_of_schemas() {
    let (a, b) = (json!({"$ref": "#/components/schemas/A"}), json!({"$ref": "#/components/schemas/B"}));
    both_ways(json!({"anyOf": [a]}), json!({"anyOf": [a, b]}), &["any-of-added >>"], &["any-of-removed <<"]);
    both_ways(json!({"oneOf": [a, b]}), json!({"oneOf": [b, a]}), &[], &[]);
    both_ways(json!({"allOf": [a]}), json!({"allOf": [a, b]}), &["all-of-added <<"], &["all-of-removed >>"]);
    // What is put together in another way is the same.
    let whole = json!({"type": "object", "properties": {"a": {}, "c": {"type": "string"}}});
    let parts = json!({"allOf": [a, {"type": "object", "properties": {"c": {"type": "string"}}}]});
    both_ways(whole, parts, &[], &[]);
    both_ways(a.clone(), json!({"allOf": [a]}), &[], &[]);
    both_ways(a.clone(), json!({"oneOf": [a, b]}), &["wrapped-in-one-of !>"], &["unwrapped-from-one-of <<"]);
    // Possibilities without a name are told apart by a property with one value.
    let of = |kind: &str| json!({"type": "object", "properties": {"kind": {"enum": [kind]}, "x": {}}});
    both_ways(
        json!({"oneOf": [of("a"), of("b")]}),
        json!({"oneOf": [of("b"), of("c")]}),
        &["one-of-added >>", "one-of-removed <<"],
        &["one-of-added >>", "one-of-removed <<"],
    );
    // Below `not` a tighter limit allows more.
    both_ways(
        json!({"not": {"maxLength": 5}}),
        json!({"not": {"maxLength": 4}}),
        &["max-length-lowered >>"],
        &["max-length-raised <<"],
    );
    both_ways(json!({}), json!({"not": {"maxLength": 4}}), &["not-added <<"], &["not-removed >>"]);
    let told = |property: &str| json!({"oneOf": [a, b], "discriminator": {"propertyName": property}});
    both_ways(told("a"), told("b"), &["discriminator-property-changed !!"], &["discriminator-property-changed !!"]);
}

#[test]
fn keywords_of_3_1() {
    for (key, name) in [
        ("if", "if"),
        ("then", "then"),
        ("else", "else"),
        ("contains", "contains"),
        ("propertyNames", "property-names"),
        ("contentSchema", "content-schema"),
        ("unevaluatedProperties", "unevaluated-properties"),
        ("unevaluatedItems", "unevaluated-items"),
    ] {
        let (added, removed) = (format!("{name}-added <<"), format!("{name}-removed >>"));
        both_ways(json!({}), json!({key: {"type": "string"}}), &[&added], &[&removed]);
        both_ways(
            json!({key: {"maximum": 2}}),
            json!({key: {"maximum": 1}}),
            &["maximum-lowered <<"],
            &["maximum-raised >>"],
        );
    }
    let tuple = |items: Value| json!({"type": "array", "prefixItems": items});
    both_ways(tuple(json!([{}])), tuple(json!([{}, {}])), &["prefix-items-added <<"], &["prefix-items-removed >>"]);
    let closed = |items: Value| json!({"type": "array", "prefixItems": items, "items": false});
    both_ways(closed(json!([{}])), closed(json!([{}, {}])), &["tuple-longer >>"], &["tuple-shorter <<"]);
    both_ways(
        json!({}),
        json!({"dependentRequired": {"a": ["b"]}}),
        &["dependent-required-added <<"],
        &["dependent-required-removed >>"],
    );
    both_ways(
        json!({}),
        json!({"dependentSchemas": {"a": {}}}),
        &["dependent-schema-added <<"],
        &["dependent-schema-removed >>"],
    );
    both_ways(
        json!({}),
        json!({"patternProperties": {"^a": {}}}),
        &["pattern-property-added <<"],
        &["pattern-property-removed >>"],
    );
}

#[test]
fn two_versions_that_say_the_same_do_not_differ() {
    let older = json!({"type": "object", "properties": {
        "a": {"type": "string", "nullable": true},
        "b": {"type": "integer", "minimum": 1, "exclusiveMinimum": true},
        "c": {"enum": ["x"]},
        "d": {"type": "string", "format": "byte"},
        "e": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        "f": {"allOf": [{"$ref": "#/components/schemas/A"}], "nullable": true},
    }});
    let newer = json!({"type": "object", "properties": {
        "a": {"type": ["string", "null"]},
        "b": {"type": "integer", "exclusiveMinimum": 1},
        "c": {"const": "x"},
        "d": {"type": "string", "contentEncoding": "base64"},
        "e": {"type": ["integer", "string"]},
        "f": {"oneOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]},
    }});
    let (older, newer) = (with_schema("3.0.3", older), with_schema("3.1.0", newer));
    assert_eq!(found(&older, &newer), [""; 0]);
    assert_eq!(found(&newer, &older), [""; 0]);
}

#[test]
fn a_change_of_a_component_is_told_once_with_all_it_reaches() {
    let old = with_schema("3.0.3", json!({"type": "object", "properties": {"n": {"type": "integer", "maximum": 9}}}));
    let new = with_schema("3.0.3", json!({"type": "object", "properties": {"n": {"type": "integer", "maximum": 5}}}));
    let changes = changes(&old, &new);
    let [change] = changes.as_slice() else { panic!("{changes:?}") };
    assert_eq!(change.subject, "`S.n`");
    assert_eq!(change.new.pointer, "/components/schemas/S/properties/n/maximum");
    assert!(change.new.line.is_some() && change.old.column.is_some());
    assert_eq!(change.operations(), ["POST /in", "GET /out"]);
    assert_eq!((change.wire(), change.reach.len()), (Wire::Breaking, 2));
}

#[test]
fn schemas_that_refer_to_themselves_end() {
    let tree = |limit: u64| {
        json!({"type": "object", "properties": {
            "left": {"$ref": "#/components/schemas/S"},
            "right": {"allOf": [{"$ref": "#/components/schemas/S"}]},
            "all": {"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/S"}, {"type": "string"}]}},
            "depth": {"type": "integer", "maximum": limit},
        }})
    };
    assert_eq!(between(tree(5), tree(4)), ["maximum-lowered <<"]);
    let itself = json!({"allOf": [{"$ref": "#/components/schemas/S"}]});
    assert_eq!(between(itself.clone(), itself), [""; 0]);
}

#[test]
fn paths_and_operations() {
    let get = || json!({"get": {"responses": {"200": {"description": ""}}}});
    let old = api("3.0.3", json!({"/a/{id}": get(), "/b": get(), "/c": get()}));
    let new = api("3.0.3", json!({"/a/{a_id}": get(), "/c": {"put": get()["get"]}, "/d": get()}));
    assert_eq!(
        found(&old, &new),
        [
            "operation-added request compatible",
            "operation-added request compatible",
            "operation-removed request breaking",
            "path-parameter-renamed request unaffected",
            "path-removed request breaking",
        ]
    );
}

#[test]
fn deprecation_tells_how_something_goes() {
    let get = |more: Value| {
        let mut get = json!({"responses": {"200": {"description": ""}}});
        get.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        api("3.0.3", json!({"/a": {"get": get}}))
    };
    let none = api("3.0.3", json!({}));
    let gone = |more: Value| found(&get(more), &none);
    assert_eq!(gone(json!({})), ["path-removed request breaking"]);
    assert_eq!(gone(json!({"deprecated": true})), ["path-removed-after-deprecation request breaking"]);
    let until = |day: &str| json!({"deprecated": true, "x-sunset": day});
    assert_eq!(gone(until("2026-05-31")), ["path-removed-after-deprecation request breaking"]);
    assert_eq!(gone(until("2026-06-02")), ["path-removed-before-sunset request breaking"]);
    assert_eq!(gone(until("soon")), ["removed-with-unreadable-sunset request breaking"]);
    let plain = get(json!({}));
    assert_eq!(found(&plain, &get(until("2027-01-01"))), ["deprecated-with-sunset request unaffected"]);
    assert_eq!(found(&get(until("2027-01-01")), &plain), ["reactivated request unaffected"]);
}

#[test]
fn parameters() {
    let list = |parameters: Value| {
        api("3.0.3", json!({"/a": {"get": {"parameters": parameters, "responses": {"200": {"description": ""}}}}}))
    };
    let one = |more: Value| {
        let mut one = json!({"name": "q", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}});
        one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!([one])
    };
    let (none, plain) = (list(json!([])), list(one(json!({}))));
    assert_eq!(found(&none, &plain), ["optional-parameter-added request compatible"]);
    assert_eq!(found(&plain, &none), ["parameter-removed request breaking"]);
    let must = list(one(json!({"required": true})));
    assert_eq!(found(&none, &must), ["required-parameter-added request breaking"]);
    assert_eq!(found(&plain, &must), ["parameter-became-required request breaking"]);
    assert_eq!(found(&plain, &list(one(json!({"explode": true, "style": "form"})))), [""; 0]);
    assert_eq!(found(&plain, &list(one(json!({"explode": false})))), ["parameter-style-changed request breaking"]);
    let header = |name: &str| list(json!([{"name": name, "in": "header", "schema": {"type": "string"}}]));
    assert_eq!(found(&header("X-A"), &header("x-a")), [""; 0]);
    // OpenAPI ignores parameters that say what headers of its own say.
    assert_eq!(found(&header("Content-Type"), &none), [""; 0]);
    // What a path lists for all its operations is the operation's too.
    let mut shared = none.clone();
    shared["paths"]["/a"]["parameters"] = one(json!({}));
    assert_eq!(found(&plain, &shared), [""; 0]);
}

#[test]
fn security_and_servers() {
    let with = |security: Value| {
        let mut api = api("3.0.3", json!({"/a": {"get": {"responses": {"200": {"description": ""}}}}}));
        api["security"] = security;
        api["components"] = json!({"securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "k"}, "token": {"type": "http", "scheme": "bearer"}}});
        api
    };
    let (open, key) = (with(json!([])), with(json!([{"key": []}])));
    let either = with(json!([{"key": []}, {"token": []}]));
    assert_eq!(found(&open, &key), ["security-required request breaking"]);
    assert_eq!(found(&key, &open), ["security-no-longer-required request compatible"]);
    assert_eq!(found(&key, &either), ["security-alternative-added request compatible"]);
    assert_eq!(found(&either, &key), ["security-alternative-removed request breaking"]);
    // Of one scheme with several scopes each alternative is its own.
    let scopes = with(json!([{"key": ["a"]}, {"key": ["b"]}]));
    assert_eq!(found(&scopes, &scopes), [""; 0]);
    assert_eq!(
        found(&scopes, &with(json!([{"key": ["b"]}, {"key": ["a", "c"]}]))),
        ["security-scope-added request breaking"]
    );
    let mut other = key.clone();
    other["components"]["securitySchemes"]["key"] = json!({"type": "http", "scheme": "basic"});
    assert_eq!(found(&key, &other), ["security-scheme-changed request breaking"]);
    let at = |url: &str| {
        let mut api = open.clone();
        api["servers"] = json!([{"url": url}]);
        api
    };
    assert_eq!(found(&at("https://a"), &at("https://a/")), [""; 0]);
    assert_eq!(
        found(&at("https://a"), &at("https://b")),
        ["server-added request compatible", "server-removed request breaking"]
    );
}

#[test]
fn what_the_api_sends_by_itself_is_read_by_clients() {
    let with = |schema: Value| {
        let hook = json!({"post": {"requestBody": {"content": {"application/json": {"schema": schema}}},
            "responses": {"200": {"description": ""}}}});
        let mut api = api(
            "3.1.0",
            json!({"/a": {"post": {"responses": {"200": {"description": ""}},
            "callbacks": {"done": {"{$request.body#/url}": hook}}}}}),
        );
        api["webhooks"] = json!({"paid": hook});
        api
    };
    let (old, new) = (with(json!({"enum": ["a"]})), with(json!({"enum": ["a", "b"]})));
    assert_eq!(found(&old, &new), ["enum-value-added response breaking"; 2]);
}

#[test]
fn answers_by_status_and_media_type() {
    let answers = |answers: Value| api("3.0.3", json!({"/a": {"get": {"responses": answers}}}));
    let one = |status: &str, media: &str| {
        answers(json!({status: {"description": "", "content": {media: {"schema": {"type": "string"}}}}}))
    };
    let ok = one("200", "application/json");
    assert_eq!(
        found(&ok, &one("200", "application/json; charset=utf-8")),
        ["media-type-parameters-changed response unaffected"]
    );
    assert_eq!(
        found(&ok, &one("200", "text/csv")),
        ["media-type-added response unaffected", "media-type-removed response breaking"]
    );
    assert_eq!(
        found(&ok, &one("201", "application/json")),
        ["success-status-added response breaking", "success-status-removed response breaking"]
    );
    assert_eq!(
        found(&one("404", "a/b"), &one("410", "a/b")),
        ["failure-status-added response unaffected", "failure-status-removed response compatible"]
    );
}
