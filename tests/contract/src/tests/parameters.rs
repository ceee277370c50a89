//! Parameters of every style arrive as the values they were, and what is written in another way does not.

use serde_json::{Value, json};

use super::request;
use crate::{Contract, Document, Settings};

/// An operation with that one parameter `p`, which stands in the path `/a/{p}` or elsewhere on `/a`.
fn problems(parameter: &Value, line: &str, headers: &[(&str, &str)]) -> Vec<String> {
    let path = if parameter["in"] == "path" { "/a/{p}" } else { "/a" };
    let mut parameter = parameter.clone();
    parameter["name"] = json!("p");
    parameter["required"] = json!(true);
    let root = json!({"openapi": "3.0.3", "paths": {path: {"get": {"parameters": [parameter], "responses": {"200": {"description": ""}}}}}});
    let verdict = Contract::new(Document::new(root), Settings::default()).judge("", &request(line, headers, ""));
    verdict.problems.iter().map(ToString::to_string).collect()
}

fn parameter(place: &str, style: Option<&str>, explode: Option<bool>, schema: Value) -> Value {
    let mut parameter = json!({"in": place, "schema": schema});
    if let Some(style) = style {
        parameter["style"] = json!(style);
    }
    if let Some(explode) = explode {
        parameter["explode"] = json!(explode);
    }
    parameter
}

/// `[1, 2]`, and nothing else.
fn list() -> Value {
    json!({"type": "array", "items": {"type": "integer"}, "enum": [[1, 2]]})
}

/// `{"a": 1, "b": "x"}`, and nothing else.
fn object() -> Value {
    json!({"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "integer", "enum": [1]}, "b": {"type": "string", "enum": ["x"]}}})
}

#[test]
fn queries() {
    for (style, explode, schema, good, bad) in [
        (None, None, list(), "p=1&p=2", "p=1,2"),
        (None, None, list(), "p=1&p=2", "p[]=1&p[]=2"),
        (None, Some(false), list(), "p=1,2", "p=1&p=2"),
        (Some("spaceDelimited"), Some(false), list(), "p=1%202", "p=1,2"),
        (Some("pipeDelimited"), Some(false), list(), "p=1%7C2", "p=1,2"),
        (None, None, object(), "a=1&b=x", "p[a]=1&p[b]=x"),
        (None, Some(false), object(), "p=a,1,b,x", "a=1&b=x"),
        (Some("deepObject"), Some(true), object(), "p[a]=1&p%5Bb%5D=x", "a=1&b=x"),
        (Some("deepObject"), Some(true), object(), "p[a]=1&p[b]=x", "p[a]=1&p[b]=x&p[c]=y"),
        (None, None, json!({"type": "boolean"}), "p=true", "p=1"),
        (None, None, json!({"type": "string", "enum": ["a b+&"]}), "p=a+b%2B%26", "p=a+b+%26"),
    ] {
        let parameter = parameter("query", style, explode, schema);
        assert_eq!(problems(&parameter, &format!("GET /a?{good}"), &[]), Vec::<String>::new(), "{parameter} {good}");
        assert_ne!(problems(&parameter, &format!("GET /a?{bad}"), &[]), Vec::<String>::new(), "{parameter} {bad}");
    }
    let json = json!({"in": "query", "content": {"application/json": {"schema": object()}}});
    assert_eq!(problems(&json, "GET /a?p=%7B%22a%22:1,%22b%22:%22x%22%7D", &[]), Vec::<String>::new());
    assert_eq!(problems(&json, "GET /a?p=x", &[]), ["query /p: it is no JSON"]);
}

#[test]
fn paths_and_headers() {
    for (style, explode, schema, good, bad) in [
        (None, None, list(), "1,2", "1.2"),
        (None, None, object(), "a,1,b,x", "a=1,b=x"),
        (None, Some(true), object(), "a=1,b=x", "a,1,b,x"),
        (Some("label"), None, list(), ".1,2", "1,2"),
        (Some("label"), Some(true), object(), ".a=1.b=x", ".a.1.b.x"),
        (Some("matrix"), None, list(), ";p=1,2", ";q=1,2"),
        (Some("matrix"), Some(true), list(), ";p=1;p=2", ";p=1,2"),
        (Some("matrix"), Some(true), object(), ";a=1;b=x", ";p=a,1,b,x"),
        (None, None, json!({"type": "string", "enum": ["a/b"]}), "a%2Fb", "a%2fc"),
    ] {
        let parameter = parameter("path", style, explode, schema);
        assert_eq!(problems(&parameter, &format!("GET /a/{good}"), &[]), Vec::<String>::new(), "{parameter} {good}");
        assert_ne!(problems(&parameter, &format!("GET /a/{bad}"), &[]), Vec::<String>::new(), "{parameter} {bad}");
    }
    let header = parameter("header", None, None, list());
    assert_eq!(problems(&header, "GET /a", &[("p", "1, 2")]), Vec::<String>::new());
    assert_eq!(problems(&header, "GET /a", &[("p", "1"), ("p", "2")]), Vec::<String>::new());
    assert_ne!(problems(&header, "GET /a", &[("p", "1;2")]), Vec::<String>::new());
    let cookie = parameter("cookie", None, None, json!({"type": "integer"}));
    assert_eq!(problems(&cookie, "GET /a", &[("cookie", "q=x; p=1")]), Vec::<String>::new());
    assert_eq!(problems(&cookie, "GET /a", &[("cookie", "q=1")]), ["cookie /p: it is required, and missing"]);
}

#[test]
fn keys_elsewhere_than_in_authorization() {
    let scheme = |place: &str| json!({"type": "apiKey", "in": place, "name": "key"});
    let root = json!({
        "openapi": "3.0.3",
        "paths": {
            "/a": {"get": {"security": [{"q": []}, {"h": [], "c": []}], "responses": {"200": {}}}},
            "/b": {"get": {"security": [{"o": []}, {}], "responses": {"200": {}}}},
            "/c": {"get": {"security": [{"o": []}], "responses": {"200": {}}}},
        },
        "components": {"securitySchemes": {"q": scheme("query"), "h": scheme("header"), "c": scheme("cookie"), "o": {"type": "oauth2"}}},
    });
    let contract = Contract::new(Document::new(root), Settings::default());
    let is_taken =
        |line: &str, headers: &[(&str, &str)]| contract.judge("", &request(line, headers, "")).problems.is_empty();
    assert!(is_taken("GET /a?key=1", &[]));
    assert!(is_taken("GET /a", &[("key", "1"), ("cookie", "key=2")]));
    assert!(!is_taken("GET /a", &[("key", "1")]));
    assert!(!is_taken("GET /a?key=", &[]));
    assert!(is_taken("GET /b", &[]));
    assert!(is_taken("GET /c", &[("authorization", "Bearer t")]));
    assert!(!is_taken("GET /c", &[("authorization", "Basic t")]));
    assert!(!is_taken("GET /c", &[]));
}
