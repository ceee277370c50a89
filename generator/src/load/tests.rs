//! The whole stage at once.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::diagnostic::{Diagnostics, Severity};

use super::*;

fn text(name: &str, bytes: impl Into<Vec<u8>>) -> Source {
    Source::Bytes { name: name.into(), bytes: bytes.into() }
}

fn codes(schema: Source, overlays: Vec<Source>) -> (Option<Document>, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let document = load(&Input { schema, overlays, ..Input::default() }, &mut diagnostics);
    assert_eq!(document.is_none(), diagnostics.has_errors());
    (document, diagnostics.0.into_iter().map(|said| said.code).collect())
}

#[test]
fn what_is_not_a_document_is_an_error() {
    let deep = format!("{{\"openapi\": {}", "[".repeat(5_000));
    let flow = format!("openapi: {}", "[".repeat(5_000));
    let block: String = (0..5_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    let bomb = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e]\ng: &g [*f, *f, *f, *f, *f, *f, *f, *f]\nh: [*g, *g, *g, *g, *g, *g, *g, *g]\n";
    for (name, bytes, code) in [
        ("a.yaml", "", "E003"),
        ("a.yaml", " \n# nothing\n", "E003"),
        ("a.yaml", "\u{feff}", "E003"),
        ("a.yaml", "a: [", "E004"),
        ("a.json", "{\"a\": }", "E004"),
        ("a.json", deep.as_str(), "E006"),
        ("a.yaml", flow.as_str(), "E006"),
        ("a.yaml", block.as_str(), "E006"),
        ("a.yaml", bomb, "E007"),
        ("a.yaml", "- a", "E008"),
        ("a.yaml", "just text", "E008"),
        ("a.yaml", "swagger: 2.0\n", "E009"),
        ("a.yaml", "info: {}\n", "E010"),
        ("a.yaml", "openapi: 4.0.0\n", "E010"),
    ] {
        let (_, said) = codes(text(name, bytes), vec![]);
        assert_eq!(said, [code], "{}", bytes.chars().take(40).collect::<String>());
    }
}

#[test]
fn the_size_has_a_limit() {
    let schema = text("a.yaml", "openapi: 3.0.0\n".repeat(100));
    let mut diagnostics = Diagnostics::default();
    let limits = Limits { bytes: 1_000, ..Limits::default() };
    assert!(load(&Input { schema, overlays: vec![], limits, ..Input::default() }, &mut diagnostics).is_none());
    assert_eq!(diagnostics.0[0].code, "E005");
}

const SMALL: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a/{id}:\n    get:\n      parameters:\n      - {name: id, in: path, required: true, schema: {type: string}}\n      responses:\n        '200': {description: fine}\n";

#[test]
fn a_clean_document_says_nothing() {
    let (document, said) = codes(text("a.yaml", SMALL), vec![]);
    let document = document.unwrap();
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(document.openapi_version(), "3.0.3");
    assert_eq!(document.api.operations().count(), 1);
    let place = document.locate(&document.origin("/paths/~1a~1{id}/get/responses/200")).unwrap();
    assert_eq!((place.line, place.column, place.text_of_line.as_str()), (9, 9, "        '200': {description: fine}"));
    assert_eq!(
        document.sources().map(|(name, bytes)| (name, bytes.len())).collect::<Vec<_>>(),
        [("a.yaml", SMALL.len())]
    );
}

#[test]
fn overlays_are_where_their_nodes_were_written() {
    let overlay = "overlay: 1.0.0\ninfo: {title: o, version: '1'}\nactions:\n- target: $.paths['/a/{id}'].get\n  update:\n    operationId: a.get\n    description: {$ref: nowhere}\n";
    let (document, said) = codes(text("a.yaml", SMALL), vec![text("o.yaml", overlay)]);
    let document = document.unwrap();
    let place = document.locate(&document.origin("/paths/~1a~1{id}/get/operationId")).unwrap();
    assert_eq!((place.path.as_str(), place.line, place.column), ("o.yaml", 6, 5));
    assert_eq!(said, ["W005"]);
}

#[test]
fn errors_of_overlays_have_a_place_too() {
    let input = Input {
        schema: text("a.yaml", SMALL),
        overlays: vec![text("o.yaml", "overlay: 1.0.0\nactions:\n- target: $[\n  remove: true\n")],
        ..Input::default()
    };
    let mut diagnostics = Diagnostics::default();
    let files = load_or_files(&input, &mut diagnostics).unwrap_err();
    let place = files.locate(diagnostics.0[0].origin.as_ref().unwrap()).unwrap();
    assert_eq!((diagnostics.0[0].code.as_str(), place.line, place.column), ("E012", 3, 3));
}

#[test]
fn syntax_errors_have_a_place() {
    let input = Input { schema: text("a.yaml", "openapi: 3.0.0\npaths:\n a: b: c\n"), ..Input::default() };
    let mut diagnostics = Diagnostics::default();
    let files = load_or_files(&input, &mut diagnostics).unwrap_err();
    let place = files.locate(diagnostics.0[0].origin.as_ref().unwrap()).unwrap();
    assert_eq!((diagnostics.0[0].code.as_str(), place.line), ("E004", 3));
}

#[test]
fn duplicate_keys_are_found_where_they_stand() {
    let schema = format!("{SMALL}  /a/{{id}}:\n    summary: again\n");
    let mut diagnostics = Diagnostics::default();
    let document = load(&Input { schema: text("a.yaml", schema), ..Input::default() }, &mut diagnostics).unwrap();
    assert_eq!(diagnostics.0[0].code, "W001");
    assert_eq!(document.locate(diagnostics.0[0].origin.as_ref().unwrap()).unwrap().line, 10);
}

#[test]
fn callbacks_and_links_are_read() {
    let schema = json!({
        "openapi": "3.0.0", "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"post": {
            "responses": {"200": {"description": "", "links": {"l": {"operationId": "x"}, "m": {}}}},
            "callbacks": {"c": {"$ref": "#/components/callbacks/c"}},
        }}},
        "components": {"callbacks": {"c": {"x-note": 1, "{$request.body#/url}": {"post": {"responses": {"200": {"description": ""}}}}}}},
    });
    let (document, said) = codes(text("a.json", schema.to_string()), vec![]);
    let document = document.unwrap();
    assert_eq!(said, ["W041"]);
    let (_, _, operation) = document.api.operations().next().unwrap();
    assert_eq!(operation.callbacks["c"].len(), 1);
}

/// A piece of a document: mostly what belongs there, sometimes anything else.
fn any_tree() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z/~{}$#]{0,8}".prop_map(Value::from),
        prop::sample::select(vec![
            "string",
            "object",
            "array",
            "integer",
            "null",
            "path",
            "query",
            "body",
            "apiKey",
            "#/components/schemas/a",
            "#/components/schemas/b",
            "#/paths/~1a",
            "#/components/schemas/a/properties/b",
            "#",
            "x.yaml",
            "form",
            "3.1.0",
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(7, 96, 6, |inner| {
        let keys = prop::sample::select(vec![
            "$ref", "paths", "/a", "/a/{b}", "get", "post", "parameters", "schema", "content", "application/json", "responses",
            "200", "4xx", "default", "components", "schemas", "a", "b", "properties", "items", "allOf", "oneOf", "anyOf", "not",
            "additionalProperties", "type", "enum", "const", "required", "name", "in", "style", "explode", "headers", "links",
            "callbacks", "security", "securitySchemes", "flows", "password", "scopes", "discriminator", "mapping",
            "propertyName", "servers", "url", "variables", "tags", "info", "title", "version", "examples", "example", "minimum",
            "maximum", "exclusiveMinimum", "minLength", "multipleOf", "pattern", "format", "nullable", "requestBody", "encoding",
            "description", "prefixItems", "patternProperties", "$defs", "externalDocs", "x-a", "webhooks", "contentEncoding",
        ]);
        prop_oneof![
            4 => prop::collection::vec((keys, inner.clone()), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())),
            1 => prop::collection::vec(inner, 0..4).prop_map(Value::Array),
        ]
    })
}

/// A document whose parts are arbitrary.
fn any_document() -> impl Strategy<Value = Value> {
    let tree = any_tree;
    (tree(), tree(), tree(), tree(), tree(), prop::bool::ANY).prop_map(|(item, operation, schema, other, parts, is_newer)| {
        json!({
            "openapi": if is_newer { "3.1.0" } else { "3.0.0" },
            "info": {"title": "t", "version": "1"},
            "paths": {"/a": item, "/a/{b}": {"get": operation, "post": {"parameters": [other], "requestBody": {"content": {"a/b": {"schema": schema}}}, "responses": {"200": other}}}},
            "components": {"schemas": {"a": schema, "b": other}, "parameters": {"a": other}, "securitySchemes": {"a": parts}, "responses": {"a": parts}, "links": {"a": item}},
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), is_json: bool) {
        codes(text(if is_json { "a.json" } else { "a.yaml" }, bytes), vec![]);
    }

    #[test]
    fn arbitrary_text_never_panics(body in "(openapi: 3\\.0\n)?[a-z{}\\[\\]&*<!:,\"'|>% \n-]{0,120}") {
        codes(text("a.yaml", body), vec![]);
    }

    #[test]
    fn arbitrary_trees_become_documents(tree in any_document(), overlay in any_tree()) {
        let actions = json!({"overlay": "1.0.0", "actions": [
            {"target": "$.paths.*", "update": overlay}, {"target": "$..b", "remove": true}, overlay,
        ]});
        for overlays in [vec![], vec![text("o.json", actions.to_string())]] {
            let has_overlay = !overlays.is_empty();
            let mut diagnostics = Diagnostics::default();
            let input = Input { schema: text("a.json", tree.to_string()), overlays, ..Input::default() };
            let Some(document) = load(&input, &mut diagnostics) else {
                prop_assert!(has_overlay && diagnostics.has_errors());
                continue;
            };
            for said in &diagnostics.0 {
                prop_assert!(said.severity == Severity::Warning);
                prop_assert!(!said.message.contains("cannot be read:"), "repair let through: {}", said.message);
                prop_assert!(document.locate(said.origin.as_ref().unwrap()).is_some());
            }
            // Both forms hold the same operations.
            let raw: usize = document.raw()["paths"].as_object().unwrap().values()
                .map(|item| super::grammar::METHODS.iter().filter(|method| item.get(**method).is_some()).count()).sum();
            prop_assert_eq!(raw, document.api.operations().count());
        }
    }
}
