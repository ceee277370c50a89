//! References of all kinds, as the whole stage resolves them.

use serde_json::{Value, json};

use crate::diagnostic::Diagnostics;
use crate::load::{Document, Input, Limits, Source, load};

fn from_text(schema: Value) -> (Document, Vec<String>) {
    let input = Input {
        schema: Source::Bytes { name: "a.json".into(), bytes: schema.to_string().into_bytes() },
        ..Input::default()
    };
    run(&input)
}

fn run(input: &Input) -> (Document, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let document = load(input, &mut diagnostics).unwrap();
    let said = diagnostics.0.iter().map(|said| format!("{} {}", said.code, said.origin.as_ref().unwrap().pointer));
    (document, said.collect())
}

/// A document whose only operation answers with a schema.
fn answering(schema: &Value, schemas: &Value) -> Value {
    json!({
        "openapi": "3.0.0", "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}}}},
        "components": {"schemas": schemas},
    })
}

const ANSWER: &str = "/paths/~1a/get/responses/200/content/application~1json/schema";

#[test]
fn a_place_elsewhere_takes_the_place_of_its_reference() {
    let schemas = json!({"b": {"type": "object", "properties": {"c": {"type": "string", "description": "here"}}}});
    let (document, said) = from_text(answering(&json!({"$ref": "#/components/schemas/b/properties/c"}), &schemas));
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(document.raw_at(ANSWER), Some(&json!({"type": "string", "description": "here"})));
    assert_eq!(document.origin(ANSWER).pointer, "/components/schemas/b/properties/c");
}

#[test]
fn siblings_stand_beside_a_copy_too() {
    let schemas = json!({"b": {"type": "object", "properties": {"c": {"type": "string"}}}});
    let (document, said) =
        from_text(answering(&json!({"$ref": "#/components/schemas/b/properties/c", "description": "d"}), &schemas));
    assert_eq!(said, Vec::<String>::new());
    assert_eq!(document.raw_at(ANSWER), Some(&json!({"allOf": [{"type": "string"}, {"description": "d"}]})));
    assert_eq!(document.origin(&format!("{ANSWER}/allOf/0")).pointer, "/components/schemas/b/properties/c");
    assert_eq!(document.origin(&format!("{ANSWER}/allOf/1/description")).pointer, format!("{ANSWER}/description"));
}

#[test]
fn a_place_that_holds_itself_becomes_a_component() {
    let schemas = json!({"node": {"type": "object", "properties": {"child": {
        "type": "object", "properties": {"next": {"$ref": "#/components/schemas/node/properties/child"}},
    }}}});
    let (document, said) = from_text(answering(&json!({"$ref": "#/components/schemas/node"}), &schemas));
    assert_eq!(said, Vec::<String>::new());
    let next = json!({"$ref": "#/components/schemas/node_child"});
    assert_eq!(document.raw_at("/components/schemas/node/properties/child/properties/next"), Some(&next));
    assert_eq!(document.raw_at("/components/schemas/node_child/properties/next"), Some(&next));
    assert_eq!(document.origin("/components/schemas/node_child").pointer, "/components/schemas/node/properties/child");
}

#[test]
fn references_that_lead_nowhere_are_untyped() {
    let schemas = json!({
        "a": {"properties": {"b": {"$ref": "#/components/schemas/gone", "description": "d"}, "c": {"$ref": "http://example.org/c.yaml"}, "d": {"$ref": "./d.yaml"}}},
    });
    let (document, said) = from_text(answering(&json!({"$ref": "#/components/schemas/a"}), &schemas));
    let at = "/components/schemas/a/properties";
    assert_eq!(said, [format!("W004 {at}/b/$ref"), format!("W005 {at}/c/$ref"), format!("W005 {at}/d/$ref")]);
    let reason = "its reference `#/components/schemas/gone` leads nowhere: nothing is there";
    assert_eq!(document.raw_at(&format!("{at}/b")), Some(&json!({"description": "d", "x-untyped": reason})));
}

#[test]
fn circles_of_references_are_broken() {
    let schemas = json!({
        "a": {"$ref": "#/components/schemas/b"}, "b": {"$ref": "#/components/schemas/a"},
        "c": {"allOf": [{"$ref": "#/components/schemas/d"}]}, "d": {"$ref": "#/components/schemas/c", "description": "d"},
    });
    let (document, said) = from_text(answering(&json!({"$ref": "#/components/schemas/a"}), &schemas));
    assert_eq!(said.iter().filter(|said| said.starts_with("W007")).count(), said.len());
    assert!(document.raw_at(ANSWER).unwrap().get("x-untyped").is_some());
    assert!(document.raw_at("/components/schemas/c").unwrap().get("x-untyped").is_some());
}

#[test]
fn a_reference_may_lead_over_others() {
    let schemas = json!({"a": {"$ref": "#/components/schemas/b"}, "b": {"properties": {"c": {"type": "integer"}}}});
    let (document, said) = from_text(answering(&json!({"$ref": "#/components/schemas/a/properties/c"}), &schemas));
    assert_eq!((said, document.raw_at(ANSWER)), (vec![], Some(&json!({"type": "integer"}))));
}

#[test]
fn copies_have_a_limit() {
    // Each schema holds the next one twice: without a limit 2^40 copies.
    let mut schemas = serde_json::Map::new();
    for level in 0..40 {
        let next = json!({"$ref": format!("#/components/schemas/s{}/properties/x", level + 1)});
        schemas.insert(format!("s{level}"), json!({"properties": {"x": {"properties": {"l": next, "r": next}}}}));
    }
    schemas.insert("s40".to_owned(), json!({"properties": {"x": {"type": "string"}}}));
    let (document, said) = from_text(answering(&json!({"$ref": "#/components/schemas/s0"}), &schemas.into()));
    assert_eq!(said, Vec::<String>::new());
    assert!(document.raw().to_string().len() < 50_000_000);
}

#[test]
fn other_files_are_read_below_the_folder_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("secret.yaml", "type: string\n");
    write(
        "api/openapi.yaml",
        "openapi: 3.0.0\ninfo: {title: t, version: 1.10, description: {$ref: about.md.yaml}}\npaths:\n  /a:\n    $ref: paths/a.yaml\n  /b:\n    get: {$ref: paths/b.yaml#/get}\ncomponents:\n  schemas:\n    Pet: {type: string}\n    Out: {$ref: ../secret.yaml}\n    Gone: {$ref: ../gone.yaml}\n    Missing: {$ref: missing.yaml}\n    Broken: {$ref: broken.yaml}\n",
    );
    write("api/about.md.yaml", "About\n");
    write("api/broken.yaml", "a: [\n");
    write(
        "api/paths/a.yaml",
        "get:\n  parameters: {$ref: ../shared.yaml#/parameters}\n  responses:\n    '200':\n      description: ''\n      content:\n        application/json:\n          schema: {$ref: '../shared.yaml#/schemas/Pet'}\n",
    );
    write("api/paths/b.yaml", "get:\n  responses: {'200': {$ref: '../shared.yaml#/ok'}}\n");
    write(
        "api/shared.yaml",
        "ok: {description: fine}\nparameters:\n- {name: q, in: query, schema: {$ref: '#/schemas/Tag'}}\nschemas:\n  Pet: {type: object, properties: {tag: {$ref: '#/schemas/Tag'}, parent: {$ref: '#/schemas/Pet'}, root: {$ref: '../api/openapi.yaml#/components/schemas/Pet'}}}\n  Tag: {type: string}\n",
    );
    let input = Input {
        schema: Source::Path(folder.path().join("api/openapi.yaml")),
        limits: Limits::default(),
        ..Input::default()
    };
    let (document, mut said) = run(&input);
    let at = "/components/schemas";
    said.sort();
    assert_eq!(
        said,
        [
            format!("W005 {at}/Gone/$ref"),
            format!("W005 {at}/Out/$ref"),
            format!("W006 {at}/Broken/$ref"),
            format!("W006 {at}/Missing/$ref"),
            "W012 /info/version".to_owned(),
        ]
    );
    assert_eq!(document.api.info.version, "1.10");
    assert_eq!(document.api.info.description.as_deref(), Some("About"));
    assert_eq!(document.api.operations().count(), 2);
    assert_eq!(document.raw_at(ANSWER), Some(&json!({"$ref": "#/components/schemas/shared_Pet"})));
    let pet = document.raw_at("/components/schemas/shared_Pet/properties").unwrap();
    assert_eq!(pet["parent"], json!({"$ref": "#/components/schemas/shared_Pet"}));
    assert_eq!(pet["root"], json!({"$ref": "#/components/schemas/Pet"}));
    assert_eq!(
        document.raw_at("/paths/~1a/get/parameters/0/schema"),
        Some(&json!({"$ref": "#/components/schemas/Tag"}))
    );
    let origin = document.origin("/components/schemas/shared_Pet/properties/tag");
    assert!(origin.to_string().ends_with("api/shared.yaml#/schemas/Pet/properties/tag"), "{origin}");
    let place = document.locate(&origin).unwrap();
    assert_eq!((place.line, place.column), (5, 36));
}
