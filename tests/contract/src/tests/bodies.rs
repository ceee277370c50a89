//! Bodies of every media type, and schemas in the words of 3.0 and 3.1.

use serde_json::{Value, json};

use super::request;
use crate::{Contract, Document, Settings};

fn problems_in(version: &str, media: &str, content: Value, given: &str, body: &str) -> Vec<String> {
    let root = json!({
        "openapi": version,
        "paths": {"/a": {"post": {"requestBody": {"required": true, "content": {media: content}}, "responses": {"200": {"description": ""}}}}},
        "components": {"schemas": {
            "cat": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}},
            "pet": {
                "type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}},
                "discriminator": {"propertyName": "kind", "mapping": {"bird": "bird"}},
            },
            "bird": {"allOf": [
                {"$ref": "#/components/schemas/pet"},
                {"type": "object", "required": ["wings"], "properties": {"wings": {"type": "integer"}}},
            ]},
            "dog": {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "tail": {"type": "boolean"}}},
        }},
    });
    let verdict = Contract::new(Document::new(root), Settings::default())
        .judge("", &request("POST /a", &[("content-type", given)], body));
    verdict.problems.iter().map(ToString::to_string).collect()
}

fn problems(media: &str, content: Value, given: &str, body: &str) -> Vec<String> {
    problems_in("3.0.3", media, content, given, body)
}

fn form(body: &str) -> Vec<String> {
    let schema = json!({
        "type": "object",
        "required": ["amount"],
        "properties": {
            "amount": {"type": "integer"},
            "card": {"type": "object", "required": ["number"], "properties": {"number": {"type": "string"}, "month": {"type": "integer"}}},
            "urls": {"type": "array", "items": {"type": "string"}},
            "parts": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer"}, "m": {"type": "boolean"}}}},
            "codes": {"type": "array", "items": {"type": "integer"}},
            "extra": {"type": "object", "properties": {"x": {"type": "integer"}}},
        },
    });
    let encoding = json!({"codes": {"style": "pipeDelimited", "explode": false}, "extra": {"contentType": "application/json"}, "card": {"style": "deepObject", "explode": true}});
    let name = "application/x-www-form-urlencoded";
    problems(name, json!({"schema": schema, "encoding": encoding}), name, body)
}

#[test]
fn forms() {
    for good in [
        "amount=1",
        "amount=1&card[number]=42&card%5Bmonth%5D=12&urls[]=a&urls[]=b",
        "amount=1&urls=a&urls=b",
        "amount=1&urls=a",
        "amount=1&parts[][n]=1&parts[][m]=true&parts[][n]=2",
        "amount=1&codes=1%7C2&extra=%7B%22x%22%3A1%7D",
    ] {
        assert_eq!(form(good), Vec::<String>::new(), "{good}");
    }
    for (bad, problem) in [
        ("amount=1.5", "body /amount: value is not of type \"integer\""),
        ("card[number]=1", "body: \"amount\" is a required property"),
        ("amount=1&card[nubmer]=1", "body /card: \"number\" is a required property"),
        ("amount=1&card=1", "body /card: value is not of type \"object\""),
        ("amount=1&urls[0]=a", "body /urls: value is not of type \"array\""),
        ("amount=1&parts[][n]=x", "body /parts/0/n: value is not of type \"integer\""),
        ("amount=1&extra=x", "body: the field `extra` is no JSON"),
        ("amount=1&amount[a]=1", "body: `amount[a]` does not go with the fields before it"),
        ("amount=1&other=1", "body: Unevaluated properties are not allowed ('other' was unexpected)"),
        ("amount=1%", "body: the form is not percent-encoded"),
    ] {
        assert_eq!(form(bad).first().map(String::as_str), Some(problem), "{bad}");
    }
}

#[test]
fn multipart_forms() {
    let schema = json!({"type": "object", "required": ["file"], "properties": {"file": {"type": "string", "format": "binary"}, "count": {"type": "integer"}, "about": {"type": "object", "properties": {"a": {"type": "integer"}}}}});
    let content = json!({"schema": schema, "encoding": {"file": {"contentType": "image/png, text/*"}}});
    let part = |name: &str, more: &str, content: &str| {
        format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{content}\r\n")
    };
    let sent =
        |body: String| problems("multipart/form-data", content.clone(), "multipart/form-data; boundary=X", &body);
    let file = |media: &str| part("file", &format!("; filename=\"a\"\r\nContent-Type: {media}"), "\u{0}bytes");
    assert_eq!(sent(format!("{}{}--X--\r\n", file("text/csv"), part("count", "", "5"))), Vec::<String>::new());
    let about = part("about", "\r\nContent-Type: application/json", "{\"a\": 1}");
    assert_eq!(sent(format!("{}{about}--X--\r\n", file("image/png"))), Vec::<String>::new());
    assert_eq!(sent(format!("{}--X--\r\n", part("count", "", "5"))), ["body: \"file\" is a required property"]);
    assert_eq!(sent(format!("{}--X--\r\n", file("image/gif"))), ["body: the part `file` should be image/png, text/*"]);
    assert_eq!(
        sent(format!("{}{}--X--\r\n", file("text/csv"), part("count", "", "x"))),
        ["body /count: value is not of type \"integer\""]
    );
    assert!(sent(file("text/csv"))[0].starts_with("body: it is no multipart form"));
    let unbounded = problems("multipart/form-data", content.clone(), "multipart/form-data", "--X--");
    assert_eq!(unbounded, ["body: Content-Type has no boundary"]);
}

#[test]
fn other_media() {
    let text = json!({"schema": {"type": "string", "maxLength": 3}});
    assert_eq!(problems("text/*", text.clone(), "text/csv", "a,b"), Vec::<String>::new());
    assert_eq!(problems("text/*", text, "text/csv", "a,b,c"), ["body: value is longer than 3 characters"]);
    assert_eq!(problems("application/octet-stream", json!({}), "application/octet-stream", "a"), Vec::<String>::new());
    assert_eq!(problems("application/octet-stream", json!({}), "application/octet-stream", ""), ["body: it is empty"]);
    assert_eq!(
        problems("application/vnd.x+json", json!({"schema": {"type": "integer"}}), "application/vnd.x+json", "\"1\""),
        ["body: value is not of type \"integer\""]
    );
}

fn json_in(version: &str, schema: Value, body: &Value) -> usize {
    problems_in(version, "application/json", json!({"schema": schema}), "application/json", &body.to_string()).len()
}

#[test]
fn the_words_of_3_0() {
    for (schema, good, bad) in [
        (json!({"type": "string", "nullable": true}), json!(null), json!(1)),
        (json!({"type": "string", "nullable": true, "enum": ["a"]}), json!(null), json!("b")),
        (json!({"nullable": true, "allOf": [{"$ref": "#/components/schemas/cat"}]}), json!(null), json!(1)),
        (json!({"type": "string"}), json!("a"), json!(null)),
        (json!({"type": "number", "maximum": 5, "exclusiveMaximum": true}), json!(4.5), json!(5)),
        (json!({"type": "number", "minimum": 5, "exclusiveMinimum": false}), json!(5), json!(4)),
        (json!({"type": "integer", "format": "int32"}), json!(2_147_483_647), json!(2_147_483_648_u32)),
        (json!({"type": "string", "format": "byte"}), json!("AAAA"), json!("A")),
        (json!({"type": "array", "enum": ["a"], "items": {"type": "string"}}), json!(["a"]), json!(["b"])),
        (json!({"type": "string", "pattern": r"\A\d\z"}), json!("1"), json!("12")),
    ] {
        assert_eq!(json_in("3.0.3", schema.clone(), &good), 0, "{schema} {good}");
        assert_ne!(json_in("3.0.3", schema.clone(), &bad), 0, "{schema} {bad}");
    }
}

#[test]
fn the_words_of_3_1() {
    for (schema, good, bad) in [
        (json!({"type": ["string", "null"]}), json!(null), json!(1)),
        (json!({"exclusiveMinimum": 1}), json!(2), json!(1)),
        (json!({"const": "a"}), json!("a"), json!("b")),
        (json!({"prefixItems": [{"type": "integer"}]}), json!([1, "a"]), json!(["a"])),
        (
            json!({"if": {"properties": {"a": {"const": 1}}}, "then": {"required": ["b"]}}),
            json!({"a": 1, "b": 1}),
            json!({"a": 1}),
        ),
    ] {
        assert_eq!(json_in("3.1.0", schema.clone(), &good), 0, "{schema} {good}");
        assert_ne!(json_in("3.1.0", schema.clone(), &bad), 0, "{schema} {bad}");
    }
}

#[test]
fn alternatives_are_chosen_by_their_property() {
    let pet = json!({
        "oneOf": [{"$ref": "#/components/schemas/cat"}, {"$ref": "#/components/schemas/dog"}],
        "discriminator": {"propertyName": "kind", "mapping": {"felis": "#/components/schemas/cat"}},
    });
    for good in [json!({"kind": "felis", "lives": 9}), json!({"kind": "dog", "tail": true}), json!({"kind": "dog"})] {
        assert_eq!(json_in("3.0.3", pet.clone(), &good), 0, "{good}");
    }
    for bad in [json!({"kind": "felis", "tail": true}), json!({"kind": "bird"}), json!({"lives": 9})] {
        assert_ne!(json_in("3.0.3", pet.clone(), &bad), 0, "{bad}");
    }
}

#[test]
fn what_has_the_name_of_a_kind_is_of_that_kind() {
    let pet = json!({"$ref": "#/components/schemas/pet"});
    for good in [json!({"kind": "bird", "wings": 2}), json!({"kind": "newt"})] {
        assert_eq!(json_in("3.0.3", pet.clone(), &good), 0, "{good}");
    }
    for bad in [json!({"kind": "bird"}), json!({"kind": "newt", "wings": 2}), json!({"wings": 2})] {
        assert_ne!(json_in("3.0.3", pet.clone(), &bad), 0, "{bad}");
    }
}
