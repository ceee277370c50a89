//! What fell back to untyped JSON: listed with its place and reason, and for Omise no more than is allowed.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use crate::support::cargo::{text, xtask};
use crate::support::{repository, shared};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowed {
    allowed: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    why: String,
    places: Vec<String>,
}

fn allowed() -> BTreeSet<String> {
    let text = std::fs::read_to_string(repository().join("tests/untyped-omise.toml")).expect("it reads");
    let Allowed { allowed } = toml::from_str(&text).expect("it is a list of groups");
    let mut places = BTreeSet::new();
    for Group { why, places: group } in allowed {
        assert!(!why.trim().is_empty() && !group.is_empty());
        for place in group {
            assert!(places.insert(place.clone()), "{place} is listed twice");
        }
    }
    places
}

/// The untyped places of a schema, by what `inspect` is asked.
fn untyped(arguments: &[&str]) -> Vec<Value> {
    let ran = xtask(&[&["inspect", "--untyped", "--format", "json"], arguments].concat());
    assert!(ran.status.success(), "{}", text(&ran));
    let shown: Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    assert_eq!(shown["format"], 1);
    shown["untyped"].as_array().expect("a list").clone()
}

#[track_caller]
fn assert_allowed(found: &[Value]) {
    let found: BTreeSet<String> =
        found.iter().map(|place| place["pointer"].as_str().expect("a pointer").to_owned()).collect();
    let allowed = allowed();
    let new: Vec<_> = found.difference(&allowed).collect();
    let gone: Vec<_> = allowed.difference(&found).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "not in tests/untyped-omise.toml: {new:#?}\nthere, but typed: {gone:#?}"
    );
}

#[test]
fn omise_is_untyped_only_where_it_is_allowed() {
    assert_allowed(&untyped(&[]));
}

#[test]
fn so_is_the_document_omise_serves() {
    let Some(served) = shared("omise/upstream-2019-05-29.yaml") else { return };
    let config = repository().join("schema/omise/sdk.toml");
    let (config, served) = (config.to_str().expect("a plain path"), served.to_str().expect("a plain path"));
    assert_allowed(&untyped(&["--config", config, "--schema", served]));
}

const EVERY_REASON: &str = "\
openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /a:
    post:
      operationId: a
      requestBody: {content: {application/json: {}}}
      responses:
        '200': {description: d, content: {application/json: {}}}
components:
  schemas:
    box:
      type: object
      additionalProperties: true
      properties:
        anything: {}
        object: {type: object}
        list: {type: array}
        mixed: {enum: [a, 1]}
        nothing: {enum: [null]}
        unknown: {type: banana}
        dangling: {$ref: '#/components/schemas/none'}
        typed: {type: string}
    knot: {$ref: '#/components/schemas/knot'}
";

#[test]
fn every_place_has_its_line_and_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = folder.path().join("api.yaml");
    std::fs::write(&schema, EVERY_REASON).expect("it is written");
    let schema = schema.to_str().expect("a plain path");
    let places = untyped(&["--schema", schema]);
    let mut found: Vec<(u64, u64, &str, &str)> = Vec::new();
    for place in &places {
        assert_eq!(place["origin"]["document"], schema);
        found.push((
            place["line"].as_u64().expect("a line"),
            place["column"].as_u64().expect("a column"),
            place["pointer"].as_str().expect("a pointer"),
            place["reason"].as_str().expect("a reason"),
        ));
    }
    found.sort_unstable();
    insta::assert_debug_snapshot!(found);

    let table = xtask(&["inspect", "--untyped", "--schema", schema]);
    let rows = String::from_utf8(table.stdout.clone()).expect("text");
    assert_eq!(rows.lines().count(), found.len(), "{rows}");
    for (line, column, pointer, reason) in found {
        let row = format!("{schema}:{line}:{column} (#{pointer}): {reason}");
        assert!(rows.lines().any(|shown| shown == row), "no {row} in:\n{rows}");
    }
    let said = String::from_utf8_lossy(&table.stderr);
    assert!(said.contains(&format!("untyped JSON: {} places", places.len())), "{said}");
}
