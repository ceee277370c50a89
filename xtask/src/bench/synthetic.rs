//! Documents of any size, with as many operations as types.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use clap::ValueEnum;
use serde_json::{Value, json};

/// How types refer to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Shape {
    /// Not at all.
    Apart,
    /// Each to the next one: every operation reaches all that follow.
    Chain,
    /// All to one, and that one to a hundred of them.
    Star,
    /// Each to the next, to the one before, and to two far away, round in a ring: all reach all.
    Knot,
}

/// Every shape, in the order of the table.
pub(super) const SHAPES: [Shape; 4] = [Shape::Apart, Shape::Chain, Shape::Star, Shape::Knot];

/// Operations of one resource.
const EACH: usize = 20;

impl Shape {
    fn neighbours(self, at: usize, size: usize) -> Vec<usize> {
        match self {
            Self::Apart => Vec::new(),
            Self::Chain => (at + 1 < size).then_some(at + 1).into_iter().collect(),
            Self::Star if at > 0 => vec![0],
            Self::Star => (1..size.min(100)).collect(),
            Self::Knot => vec![(at + 1) % size, (at + size - 1) % size, (at * 7 + 3) % size, (at * 13 + 5) % size],
        }
    }
}

/// Writes a document, piece by piece.
pub(super) fn write(shape: Shape, size: usize, out: &Path) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(out)?);
    let head = json!({"title": "Growth", "version": "1"});
    write!(file, "{{\"openapi\":\"3.0.3\",\"info\":{head},\"paths\":{{")?;
    for at in 0..size {
        pair(&mut file, at, &format!("/group{}/things{at}/{{id}}", at / EACH), &path(at))?;
    }
    write!(file, "}},\"components\":{{\"schemas\":{{")?;
    for at in 0..size {
        pair(&mut file, at, &format!("Thing{at}"), &schema(shape, at, size))?;
    }
    write!(file, "}}}}}}")?;
    file.flush()
}

fn pair(file: &mut impl io::Write, at: usize, name: &str, value: &Value) -> io::Result<()> {
    let separator = if at > 0 { ",\n" } else { "" };
    write!(file, "{separator}{}:{value}", json!(name))
}

fn reference(at: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/Thing{at}")})
}

/// A call that takes an id in its path, and gives a thing.
fn path(at: usize) -> Value {
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
    let answer = json!({"description": "The thing.", "content": {"application/json": {"schema": reference(at)}}});
    json!({"get": {"operationId": format!("group{}.thing{at}", at / EACH), "parameters": [id],
        "responses": {"200": answer}}})
}

fn schema(shape: Shape, at: usize, size: usize) -> Value {
    let own = [
        ("id".to_owned(), json!({"type": "string", "description": "What it is known by."})),
        ("count".to_owned(), json!({"type": "integer"})),
    ];
    let others = shape.neighbours(at, size).into_iter().enumerate();
    let others = others.map(|(nth, to)| (format!("other{nth}"), reference(to)));
    let properties: serde_json::Map<String, Value> = own.into_iter().chain(others).collect();
    json!({"type": "object", "required": ["id"], "properties": properties})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_a_document_of_its_size() {
        let folder = tempfile::tempdir().expect("a folder");
        for shape in SHAPES {
            let file = folder.path().join("a.json");
            write(shape, 50, &file).expect("it is written");
            let text = std::fs::read_to_string(&file).expect("it reads");
            let tree: Value = serde_json::from_str(&text).expect("it is JSON");
            assert_eq!(tree["paths"].as_object().expect("an object").len(), 50);
            assert_eq!(tree["components"]["schemas"].as_object().expect("an object").len(), 50);
            for reference in text.split("schemas/Thing").skip(1) {
                let number = reference.split('"').next().and_then(|number| number.parse::<usize>().ok());
                assert!(number.is_some_and(|number| number < 50), "{shape:?}: {reference:.10}");
            }
        }
    }
}
