//! What changes of a document are to code.

use serde_json::{Value, json};

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::diff::{Date, Notice, Options, compare_models};
use crate::load::{Input, Source as Bytes};
use crate::{Model, model};

fn made(tree: &Value) -> Model {
    let schema = Bytes::Bytes { name: "a.json".into(), bytes: tree.to_string().into_bytes() };
    let input = Input { schema, keeps_written: true, ..Input::default() };
    model(&input, &Config::default(), &mut Diagnostics::default()).unwrap()
}

/// `symbol fate verdict`, for each symbol; then the bump.
fn found(old: &Value, new: &Value) -> Vec<String> {
    let options = Options { today: Date::parse("2026-06-01").unwrap(), notice: Notice::default() };
    let diff = compare_models(&made(old), &made(new), &Config::default(), options);
    let source = diff.source.unwrap();
    let one = |change: &crate::diff::SymbolChange| {
        format!("{} {:?} {:?}", change.symbol, change.fate, change.source).to_lowercase()
    };
    source.symbols.iter().map(one).chain([format!("{:?}", source.bump()).to_lowercase()]).collect()
}

/// An API whose one answer is an object of some properties.
fn answers(properties: Value, required: Value) -> Value {
    api(json!({"type": "object", "properties": properties, "required": required}), json!([]))
}

fn api(pet: Value, parameters: Value) -> Value {
    json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"},
        "paths": {"/pets": {"get": {"operationId": "pets.list", "tags": ["pets"], "parameters": parameters,
            "responses": {"200": {"description": "", "content": {"application/json":
                {"schema": {"$ref": "#/components/schemas/Pet"}}}}}}}},
        "components": {"schemas": {"Pet": pet}}})
}

#[test]
fn fields() {
    let (none, id) = (answers(json!({}), json!([])), json!({"id": {"type": "integer"}}));
    let with = answers(json!({"id": {"type": "integer"}, "name": {"type": "string"}}), json!([]));
    let without = answers(id.clone(), json!([]));
    assert_eq!(found(&without, &with), ["pet::name added minor", "minor"]);
    assert_eq!(found(&with, &without), ["pet::name removed major", "major"]);
    let text = answers(json!({"id": {"type": "string"}}), json!([]));
    assert_eq!(found(&without, &text)[0], "pet::id changed major");
    // An integer that is missing has no honest value: it was optional in code before.
    assert_eq!(found(&without, &answers(id, json!(["id"]))), ["none"]);
    assert_eq!(found(&none, &none), ["none"]);
}

#[test]
fn values_of_an_open_enumeration() {
    let kinds = |kinds: Value| answers(json!({"kind": {"type": "string", "enum": kinds}}), json!([]));
    let (two, three) = (kinds(json!(["a", "b"])), kinds(json!(["a", "b", "c"])));
    assert_eq!(found(&two, &three), ["petkind::c added minor", "minor"]);
    assert_eq!(found(&three, &two), ["petkind::c removed major", "major"]);
}

#[test]
fn arguments() {
    let pet = || json!({"type": "object", "properties": {"id": {"type": "integer"}}});
    let with = |required: bool| {
        api(pet(), json!([{"name": "kind", "in": "query", "required": required, "schema": {"type": "string"}}]))
    };
    let none = api(pet(), json!([]));
    assert_eq!(found(&none, &with(false)).last().unwrap(), "minor");
    let changes = found(&none, &with(true));
    assert!(changes.contains(&"pets::list() changed major".to_owned()), "{changes:?}");
    let changes = found(&with(false), &with(true));
    assert!(changes.contains(&"pets::list() changed major".to_owned()), "{changes:?}");
}

#[test]
fn what_has_another_name_is_renamed_and_not_gone() {
    let old = answers(json!({"id": {"type": "integer"}, "mother": {"$ref": "#/components/schemas/Pet"}}), json!([]));
    let text = old.to_string().replace("schemas/Pet", "schemas/Animal").replace("\"Pet\"", "\"Animal\"");
    let new: Value = serde_json::from_str(&text).unwrap();
    let changes = found(&old, &new);
    assert_eq!(changes, ["animal renamed major", "major"]);
    let text = old.to_string().replace("pets.list", "pets.all");
    let changes = found(&old, &serde_json::from_str(&text).unwrap());
    assert!(changes.contains(&"pets::all() renamed major".to_owned()), "{changes:?}");
    assert!(!changes.iter().any(|change| change.contains("removed")), "{changes:?}");
}

#[test]
fn what_only_people_read_is_a_patch() {
    let old = answers(json!({"id": {"type": "integer"}}), json!([]));
    let new = answers(json!({"id": {"type": "integer", "description": "Its number."}}), json!([]));
    assert_eq!(found(&old, &new), ["patch"]);
}

#[test]
fn a_setter_is_of_its_own_call() {
    let limit = || json!([{"name": "limit", "in": "query", "schema": {"type": "integer"}}]);
    let pet = || json!({"type": "object", "properties": {"id": {"type": "integer"}}});
    let with = |parameters: Value| {
        let mut tree = api(pet(), parameters);
        let answers = json!({"204": {"description": ""}});
        tree["paths"]["/owners"] = json!({"get": {"operationId": "owners.list", "tags": ["owners"], "parameters": limit(), "responses": answers}});
        tree
    };
    // Another call has a setter of that name, and keeps it.
    let changes = found(&with(limit()), &with(json!([])));
    assert!(changes.contains(&"listpets::limit() removed major".to_owned()), "{changes:?}");
    let changes = found(&with(json!([])), &with(limit()));
    assert!(changes.contains(&"listpets::limit() added minor".to_owned()), "{changes:?}");
}

#[test]
fn what_a_call_gives_is_part_of_it() {
    let pet = json!({"type": "object", "properties": {"id": {"type": "integer"}}});
    let mut old = api(pet.clone(), json!([]));
    old["components"]["schemas"]["Cat"] = pet;
    let mut new = old.clone();
    let content = "/paths/~1pets/get/responses/200/content/application~1json/schema";
    *new.pointer_mut(content).unwrap() = json!({"$ref": "#/components/schemas/Cat"});
    let changes = found(&old, &new);
    assert!(changes.contains(&"listpets::output changed major".to_owned()), "{changes:?}");
}

#[test]
fn arguments_of_one_type_that_change_places_break_code_that_compiles() {
    let listed = |names: [&str; 2]| {
        let one = |name: &str| json!({"name": name, "in": "query", "required": true, "schema": {"type": "string"}});
        let day = json!({"name": "day", "in": "query", "required": true, "schema": {"type": "integer"}});
        api(json!({"type": "object"}), json!([one(names[0]), day, one(names[1])]))
    };
    let changes = found(&listed(["from", "to"]), &listed(["to", "from"]));
    assert_eq!(changes, ["pets::list() changed major", "major"]);
    // One that is only called otherwise is what it was.
    assert_eq!(found(&listed(["from", "to"]), &listed(["from", "until"])), ["patch"]);
}
