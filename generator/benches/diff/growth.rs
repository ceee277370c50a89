//! Documents of any size, each before and after a few edits.

use divan::Bencher;
use divan::counter::ItemsCount;
use omise_generator::load::Source;
use serde_json::{Value, json};

use super::whole;

/// Operations of each document.
const SIZES: [usize; 6] = [250, 500, 1000, 2000, 4000, 8000];

/// How schemas refer to each other.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// Each operation has a schema of its own.
    Apart,
    /// Each schema refers to the next one: every operation reaches all that follow.
    Chain,
    /// All schemas refer to one.
    Star,
    /// Each schema refers to the next, to the one before, and to two far away, round in a ring: all reach all.
    Knot,
    /// Each schema is `allOf` one that all share, or one of its two neighbours.
    Family,
}

impl Shape {
    /// The schemas that a schema refers to.
    fn neighbours(self, at: usize, size: usize) -> Vec<usize> {
        match self {
            Self::Apart => Vec::new(),
            Self::Chain => (at + 1 < size).then_some(at + 1).into_iter().collect(),
            Self::Star | Self::Family => (at > 0).then_some(0).into_iter().collect(),
            Self::Knot => vec![(at + 1) % size, (at + size - 1) % size, (at * 7 + 3) % size, (at * 13 + 5) % size],
        }
    }
}

/// A document; the new one differs from the old one in every fiftieth schema.
fn document(shape: Shape, size: usize, is_new: bool) -> Source {
    let reference = |at: usize| json!({"$ref": format!("#/components/schemas/Thing{at}")});
    let (mut paths, mut schemas) = (serde_json::Map::new(), serde_json::Map::new());
    for at in 0..size {
        let is_changed = is_new && at % 50 == 7;
        let body = json!({"content": {"application/json": {"schema": reference(at)}}});
        let answer =
            json!({"200": {"description": "The thing.", "content": {"application/json": {"schema": reference(at)}}}});
        let parameters = json!([{"name": "limit", "in": "query", "description": "How many there are at most.",
            "schema": {"type": "integer", "maximum": if is_changed { 50 } else { 100 }}}]);
        let mut call = json!({"operationId": format!("make_thing_{at}"), "tags": [format!("tag{}", at / 10)],
            "summary": "Makes a thing.", "parameters": parameters, "responses": answer});
        call["requestBody"] = body;
        paths.insert(format!("/things{at}"), json!({"post": call}));
        schemas.insert(format!("Thing{at}"), schema(shape, at, size, is_changed));
    }
    let tree = json!({"openapi": "3.0.3", "info": {"title": "Growth", "version": if is_new { "2" } else { "1" }},
        "paths": paths, "components": {"schemas": schemas}});
    Source::Bytes { name: "growth.json".to_owned(), bytes: tree.to_string().into_bytes() }
}

fn schema(shape: Shape, at: usize, size: usize, is_changed: bool) -> Value {
    let mut properties = json!({
        "id": {"type": "string", "description": "What the thing is known by."},
        "count": {"type": if is_changed { "string" } else { "integer" }},
        "kind": {"type": "string", "enum": ["small", "large", "other"]},
        "made_at": {"type": "string", "format": "date-time"},
    });
    let neighbours = shape.neighbours(at, size).into_iter().map(|to| format!("#/components/schemas/Thing{to}"));
    let neighbours: Vec<Value> = neighbours.map(|to| json!({"$ref": to})).collect();
    if matches!(shape, Shape::Family) && at > 0 {
        let own = json!({"type": "object", "properties": properties});
        let all: Vec<Value> = neighbours.into_iter().chain([own]).collect();
        return json!({"allOf": all});
    }
    for (nth, reference) in neighbours.into_iter().enumerate() {
        properties[format!("other{nth}")] = reference;
    }
    json!({"type": "object", "required": ["id"], "properties": properties})
}

fn grow(bencher: Bencher<'_, '_>, shape: Shape, size: usize) {
    let (old, new) = (document(shape, size, false), document(shape, size, true));
    bencher.counter(ItemsCount::new(size)).bench(|| whole(&old, &new));
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn apart(bencher: Bencher<'_, '_>, size: usize) {
    grow(bencher, Shape::Apart, size);
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn chain(bencher: Bencher<'_, '_>, size: usize) {
    grow(bencher, Shape::Chain, size);
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn star(bencher: Bencher<'_, '_>, size: usize) {
    grow(bencher, Shape::Star, size);
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn knot(bencher: Bencher<'_, '_>, size: usize) {
    grow(bencher, Shape::Knot, size);
}

#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn family(bencher: Bencher<'_, '_>, size: usize) {
    grow(bencher, Shape::Family, size);
}
