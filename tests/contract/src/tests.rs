//! Every kind of violation is caught: a server that takes everything proves nothing.

use bytes::Bytes;
use http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::{Contract, Document, KeyRule, PROBLEM_HEADER, Settings};

mod bodies;
mod parameters;
mod serving;

/// An API with two hosts and two kinds of key.
fn document() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://api.shop.example/v1"}, {"url": "https://vault.shop.example"}],
        "security": [{"secret": []}],
        "paths": {
            "/orders": {
                "get": {
                    "operationId": "orders.list",
                    "parameters": [
                        {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100}},
                        {"name": "since", "in": "query", "required": true, "schema": {"type": "string", "format": "date"}},
                        {"name": "Shop-Version", "in": "header", "required": true, "schema": {"type": "string", "pattern": "^[0-9]+$"}},
                    ],
                    "responses": {
                        "200": {"description": "", "headers": {"X-Total": {"schema": {"type": "integer"}}}, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/orders"}}}},
                        "default": {"$ref": "#/components/responses/error"},
                    },
                },
                "post": {
                    "operationId": "orders.create",
                    "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/order"}}}},
                    "responses": {"201": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/order"}}}}},
                },
            },
            "/orders/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string", "pattern": "^ordr_[a-z0-9]+$"}}],
                "get": {"operationId": "orders.retrieve", "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/order"}}}}}},
                "delete": {"operationId": "orders.destroy", "responses": {"204": {"description": ""}}},
            },
            "/orders/search": {"get": {"operationId": "orders.search", "responses": {"200": {"description": ""}}}},
            "/tokens": {
                "post": {
                    "operationId": "tokens.create",
                    "servers": [{"url": "https://vault.shop.example"}],
                    "security": [{"public": []}],
                    "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "required": ["card"], "properties": {"card": {"$ref": "#/components/schemas/card"}}}}}},
                    "responses": {"200": {"description": ""}},
                },
            },
        },
        "components": {
            "securitySchemes": {"secret": {"type": "http", "scheme": "basic"}, "public": {"type": "http", "scheme": "basic"}},
            "responses": {"error": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/error"}}}}},
            "schemas": {
                "error": {
                    "type": "object",
                    "required": ["object", "code", "message"],
                    "properties": {
                        "object": {"type": "string", "enum": ["error"]},
                        "code": {"type": "string", "enum": ["authentication_failure", "bad_request", "not_found"]},
                        "message": {"type": "string"},
                    },
                },
                "card": {"type": "object", "required": ["number"], "properties": {"number": {"type": "string"}, "month": {"type": "integer", "minimum": 1, "maximum": 12}}},
                "named": {"type": "object", "properties": {"name": {"type": "string", "nullable": true}}},
                "order": {
                    "allOf": [{"$ref": "#/components/schemas/named"}],
                    "type": "object",
                    "required": ["id", "object", "amount"],
                    "properties": {
                        "id": {"type": "string", "readOnly": true, "pattern": "^ordr_[a-z0-9]+$"},
                        "object": {"type": "string", "readOnly": true, "pattern": "order"},
                        "amount": {"type": "integer", "minimum": 0, "exclusiveMinimum": true},
                        "items": {"type": "array", "items": {"$ref": "#/components/schemas/named"}},
                        "metadata": {"type": "object"},
                        "parent": {"$ref": "#/components/schemas/order"},
                    },
                },
                "orders": {"type": "object", "required": ["data"], "properties": {"data": {"type": "array", "items": {"$ref": "#/components/schemas/order"}}}},
            },
        },
    })
}

fn contract() -> Contract {
    let key = |prefix: &str| KeyRule { prefixes: vec![prefix.to_owned()], as_username: true };
    let roles = [("api", "https://api.shop.example/v1"), ("vault", "https://vault.shop.example")];
    let settings = Settings {
        roles: roles.map(|(name, url)| (name.to_owned(), url.to_owned())).to_vec(),
        keys: [("secret".to_owned(), key("skey_")), ("public".to_owned(), key("pkey_"))].into(),
    };
    Contract::new(Document::new(document()), settings)
}

/// `skey_1:` and `pkey_1:` in base64.
const SECRET: &str = "Basic c2tleV8xOg==";
const PUBLIC: &str = "Basic cGtleV8xOg==";

fn request(line: &str, headers: &[(&str, &str)], body: &str) -> Request<Bytes> {
    let (method, uri) = line.split_once(' ').unwrap();
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Bytes::from(body.to_owned())).unwrap()
}

/// Status and problems of a request to the host `api`.
fn judged(line: &str, headers: &[(&str, &str)], body: &str) -> (u16, Vec<String>) {
    let verdict = contract().judge("api", &request(line, headers, body));
    (verdict.response.status().as_u16(), verdict.problems.iter().map(ToString::to_string).collect())
}

#[track_caller]
fn refused(line: &str, headers: &[(&str, &str)], body: &str, status: u16, problem: &str) {
    let (given, problems) = judged(line, headers, body);
    assert_eq!((given, problems), (status, vec![problem.to_owned()]), "{line}");
}

#[track_caller]
fn taken(line: &str, headers: &[(&str, &str)], body: &str) {
    let (status, problems) = judged(line, headers, body);
    assert!((200..300).contains(&status) && problems.is_empty(), "{line}: {status} {problems:?}");
}

const LIST: &[(&str, &str)] = &[("authorization", SECRET), ("shop-version", "1")];
const JSON: &[(&str, &str)] = &[("authorization", SECRET), ("content-type", "application/json; charset=utf-8")];

#[test]
fn calls_that_fit_are_answered_with_samples() {
    let verdict = contract().judge("api", &request("GET /v1/orders?since=2030-01-31&limit=100", LIST, ""));
    assert_eq!(verdict.problems, []);
    assert_eq!(verdict.operation.as_deref(), Some("orders.list"));
    assert_eq!(verdict.response.headers()["x-total"], "1");
    let body: Value = serde_json::from_slice(verdict.response.body()).unwrap();
    let first = json!({"id": "ordr_1", "object": "order", "amount": 1, "items": [], "metadata": {}, "name": "text"});
    let second = json!({"id": "ordr_2", "object": "order", "amount": 2, "items": [], "metadata": {}, "name": "1 text"});
    assert_eq!(body, json!({"data": [first, second]}));
    let verdict = contract().judge("api", &request("POST /v1/orders", JSON, r#"{"amount": 5}"#));
    assert_eq!((verdict.response.status(), verdict.problems), (StatusCode::CREATED, vec![]));
    taken("GET /v1/orders/search", LIST, "");
    taken("GET /v1/orders/ordr_1", LIST, "");
    let gone = contract().judge("api", &request("DELETE /v1/orders/ordr_1", LIST, ""));
    assert_eq!((gone.response.status().as_u16(), gone.response.body().len()), (204, 0));
}

#[test]
fn samples_are_what_the_document_promises() {
    let samples = contract().samples();
    assert_eq!(samples.len(), 4);
    for (name, value, wrong) in samples {
        assert_eq!(wrong, Vec::<String>::new(), "{name}: {value}");
    }
}

#[test]
fn a_path_that_is_missing_or_has_another_method() {
    refused("GET /v1/order", LIST, "", 404, "path: no operation has this path");
    refused("GET /orders/search", LIST, "", 404, "path: no operation has this path");
    refused("GET /v1/orders/", LIST, "", 404, "path: no operation has this path");
    refused("PUT /v1/orders", LIST, "", 405, "method: the path takes GET, POST");
    let verdict = contract().judge("api", &request("PUT /v1/orders", LIST, ""));
    assert_eq!(verdict.response.headers()["allow"], "GET, POST");
}

#[test]
fn a_call_to_the_wrong_host() {
    refused("POST /tokens", &[], "", 404, "path: this host does not take the call; `vault` does");
    let verdict = contract().judge("vault", &request("GET /v1/orders/search", LIST, ""));
    assert_eq!(verdict.problems[0].to_string(), "path: this host does not take the call; `api` does");
}

#[test]
fn a_key_that_is_missing_or_of_the_wrong_kind() {
    let line = "GET /v1/orders/search";
    refused(line, &[], "", 401, "key: the key `secret` is missing");
    refused(line, &[("authorization", PUBLIC)], "", 401, "key: the key is one of `public`, where `secret` is wanted");
    refused(
        line,
        &[("authorization", "Basic eGtleV8xOg==")],
        "",
        401,
        "key: the key does not begin like one of `secret`",
    );
    refused(line, &[("authorization", "Bearer skey_1")], "", 401, "key: `secret` goes into Authorization as basic");
    refused(line, &[("authorization", "Basic skey_1")], "", 401, "key: the user name and password are not in base64");
    // `skey_1:password` and `:`.
    refused(
        line,
        &[("authorization", "Basic c2tleV8xOnBhc3N3b3Jk")],
        "",
        401,
        "key: `secret` is the user name alone, without a password",
    );
    refused(line, &[("authorization", "Basic Og==")], "", 401, "key: the key `secret` is missing");
}

#[test]
fn a_parameter_that_is_missing_unknown_or_of_the_wrong_type() {
    refused("GET /v1/orders", LIST, "", 400, "query /since: it is required, and missing");
    refused("GET /v1/orders?since=soon", LIST, "", 400, "query /since: value is not a \"date\"");
    refused(
        "GET /v1/orders?since=2030-01-31&limit=many",
        LIST,
        "",
        400,
        "query /limit: value is not of type \"integer\"",
    );
    refused(
        "GET /v1/orders?since=2030-01-31&limit=101",
        LIST,
        "",
        400,
        "query /limit: value is greater than the maximum of 100",
    );
    refused(
        "GET /v1/orders?since=2030-01-31&limit=1&limit=2",
        LIST,
        "",
        400,
        "query /limit: it is given more than once",
    );
    refused(
        "GET /v1/orders?since=2030-01-31&page=1",
        LIST,
        "",
        400,
        "query /page: the operation has no such parameter",
    );
    let (_, problems) = judged("GET /v1/orders?since=2030-01-31&limit=%zz", LIST, "");
    assert_eq!(problems[1], "query: a `%` is not followed by two hexadecimal digits");
    refused("GET /v1/orders/chrg_1", LIST, "", 400, "path parameter /id: value does not match \"^ordr_[a-z0-9]+$\"");
    let keyed = &[("authorization", SECRET)];
    refused("GET /v1/orders?since=2030-01-31", keyed, "", 400, "header /Shop-Version: it is required, and missing");
    let headers = &[("authorization", SECRET), ("shop-version", "one")];
    refused(
        "GET /v1/orders?since=2030-01-31",
        headers,
        "",
        400,
        "header /Shop-Version: value does not match \"^[0-9]+$\"",
    );
}

#[test]
fn a_body_that_does_not_fit() {
    let line = "POST /v1/orders";
    refused(line, &JSON[..1], "", 400, "body: the body is missing");
    refused(line, &JSON[..1], "{}", 415, "media type: the header Content-Type is missing");
    refused(
        line,
        &[JSON[0], ("content-type", "text/plain")],
        "{}",
        415,
        "media type: the operation takes application/json",
    );
    refused(line, JSON, "{", 400, "body: it is no JSON: EOF while parsing an object at line 1 column 1");
    refused(line, JSON, "{}", 400, "body: \"amount\" is a required property");
    refused(line, JSON, r#"{"amount": "5"}"#, 400, "body /amount: value is not of type \"integer\"");
    refused(line, JSON, r#"{"amount": 0}"#, 400, "body /amount: value is less than or equal to the minimum of 0");
    refused(
        line,
        JSON,
        r#"{"amount": 5, "amuont": 5}"#,
        400,
        "body: Unevaluated properties are not allowed ('amuont' was unexpected)",
    );
    refused(
        line,
        JSON,
        r#"{"amount": 5, "items": [{"nmae": "a"}]}"#,
        400,
        "body /items/0: Unevaluated properties are not allowed ('nmae' was unexpected)",
    );
    refused(line, JSON, r#"{"amount": 5, "id": "ordr_1"}"#, 400, "body /id: False schema does not allow value");
    taken(line, JSON, r#"{"amount": 5, "items": [{"name": null}], "name": "n", "metadata": {"any": {"thing": 1}}}"#);
    refused("GET /v1/orders/search", LIST, "{}", 400, "body: the operation takes no body");
}

#[test]
fn problems_are_told_in_the_shape_of_the_api_and_in_headers() {
    let verdict = contract().judge("api", &request("GET /v1/orders?limit=0", LIST, ""));
    let headers: Vec<&str> =
        verdict.response.headers().get_all(PROBLEM_HEADER).iter().map(|line| line.to_str().unwrap()).collect();
    assert_eq!(
        headers,
        ["query /limit: value is less than the minimum of 1", "query /since: it is required, and missing"]
    );
    let body: Value = serde_json::from_slice(verdict.response.body()).unwrap();
    assert_eq!(body, json!({"object": "error", "code": "bad_request", "message": headers.join("\n")}));
    let code = |line: &str, headers: &[(&str, &str)]| {
        let verdict = contract().judge("api", &request(line, headers, ""));
        serde_json::from_slice::<Value>(verdict.response.body()).unwrap()["code"].clone()
    };
    assert_eq!(code("GET /v1/orders", &[]), "authentication_failure");
    assert_eq!(code("GET /v1/nothing", &[]), "not_found");
}

#[test]
fn an_api_without_a_shape_for_errors_gets_a_list() {
    let bare = json!({"openapi": "3.1.0", "paths": {"/a": {"get": {"responses": {"200": {}}}}}});
    let contract = Contract::new(Document::new(bare), Settings::default());
    let verdict = contract.judge("", &request("GET /b", &[], ""));
    let body: Value = serde_json::from_slice(verdict.response.body()).unwrap();
    assert_eq!(body, json!({"problems": [{"part": "path", "pointer": "", "message": "no operation has this path"}]}));
}

#[test]
fn what_may_be_left_out_is_counted() {
    let verdict = contract().judge("api", &request("GET /v1/orders?since=2030-01-31", LIST, ""));
    assert_eq!((verdict.coverage.sent, verdict.coverage.left_out), (vec![], vec!["query /limit".to_owned()]));
    let body = r#"{"amount": 5, "metadata": {}, "parent": {"amount": 1, "items": [{"name": "a"}]}}"#;
    let coverage = contract().judge("api", &request("POST /v1/orders", JSON, body)).coverage;
    let sent = ["body /metadata", "body /parent", "body /parent/items", "body /parent/items/name"];
    assert_eq!(coverage.sent, sent);
    assert_eq!(
        coverage.left_out,
        ["body /items", "body /parent/metadata", "body /parent/parent", "body /parent/name", "body /name"]
    );
}
