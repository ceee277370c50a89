//! An OpenAPI document as JSON: read, overlaid, one tree, and what its references lead to.

use std::fmt;
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::{bundle, overlay};

/// Why a document cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// A file cannot be read.
    #[error("cannot read {}: {error}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A file is neither YAML nor JSON.
    #[error("{} is neither YAML nor JSON: {problem}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What the parser says.
        problem: String,
    },
    /// A file is not what it should be.
    #[error("{}: {problem}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        problem: String,
    },
}

/// A document whose references all lead into itself.
#[derive(Clone, Debug)]
pub struct Document {
    root: Value,
}

/// References that are followed one after another before they count as a circle.
const MOST_REFERENCES: usize = 64;

impl Document {
    /// Reads a document, applies overlays in order, and takes in the files it refers to below its folder.
    ///
    /// # Errors
    /// When a file cannot be read, is no YAML or JSON, or is not what it should be.
    pub fn read(path: &Path, overlays: &[PathBuf]) -> Result<Self, ReadError> {
        let mut root = read(path)?;
        if !root.get("openapi").is_some_and(|version| version.as_str().is_some_and(|text| text.starts_with("3."))) {
            let problem = "this is not an OpenAPI 3 document".to_owned();
            return Err(ReadError::Content { path: path.to_owned(), problem });
        }
        for file in overlays {
            overlay::apply(&mut root, &read(file)?)
                .map_err(|problem| ReadError::Content { path: file.clone(), problem })?;
        }
        bundle::bundle(&mut root, path)?;
        Ok(Self { root })
    }

    /// A document that already is one tree.
    pub fn new(root: Value) -> Self {
        Self { root }
    }

    /// Whether `nullable` and exclusive bounds are written as in 3.0.
    pub(crate) fn is_3_0(&self) -> bool {
        self.root.get("openapi").and_then(Value::as_str).is_some_and(|version| version.starts_with("3.0"))
    }

    /// The tree.
    pub fn root(&self) -> &Value {
        &self.root
    }

    /// The node behind a pointer; references on the way are followed, one at the end is not.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Value> {
        let mut node = &self.root;
        for token in pointer.split('/').skip(1) {
            node = child(node, &plain(token)).or_else(|| child(self.resolved(node), &plain(token)))?;
        }
        Some(node)
    }

    /// The node a reference leads to, or the node itself; null where a reference leads nowhere.
    pub(crate) fn resolved<'a>(&'a self, node: &'a Value) -> &'a Value {
        let mut node = node;
        for _ in 0..MOST_REFERENCES {
            let Some(target) = reference(node) else { return node };
            match target.strip_prefix('#').and_then(|pointer| self.at(&decoded(pointer))) {
                Some(found) => node = found,
                None => return &Value::Null,
            }
        }
        &Value::Null
    }
}

/// The target of a reference.
pub(crate) fn reference(node: &Value) -> Option<&str> {
    node.get("$ref").and_then(Value::as_str)
}

/// The pointer of a reference's fragment, which may be percent-encoded.
pub(crate) fn decoded(fragment: &str) -> String {
    percent_decode_str(fragment).decode_utf8_lossy().into_owned()
}

/// A pointer with one more token.
pub(crate) fn join(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", token.replace('~', "~0").replace('/', "~1"))
}

fn plain(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

fn child<'a>(node: &'a Value, token: &str) -> Option<&'a Value> {
    match node {
        Value::Array(items) => items.get(token.parse::<usize>().ok()?),
        _ => node.get(token),
    }
}

/// YAML, of which JSON is a part.
pub(crate) fn read(path: &Path) -> Result<Value, ReadError> {
    let text = std::fs::read_to_string(path).map_err(|error| ReadError::File { path: path.to_owned(), error })?;
    let parsed = serde_json::from_str(&text).or_else(|_| serde_yaml::from_str(&text).map(|Tree(tree)| tree));
    parsed.map_err(|error| ReadError::Syntax { path: path.to_owned(), problem: error.to_string() })
}

/// YAML as JSON. An integer that no 64 bits hold, as some bounds are, is the nearest number that JSON libraries have.
struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Builder).map(Self)
    }
}

struct Builder;

impl<'de> Visitor<'de> for Builder {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("what JSON has too")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok((value as f64).into())
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok((value as f64).into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Tree(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(items.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some((Tree(key), Tree(member))) = map.next_entry()? {
            // Keys such as 200 and true are texts in JSON.
            let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
            members.insert(key, member);
        }
        Ok(members.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn yaml_is_read_as_json() {
        let Tree(tree) = serde_yaml::from_str("a: [1, -2, 1.5, x, null, true]\n200: -9223372036854776000").unwrap();
        assert_eq!(tree, json!({"a": [1, -2, 1.5, "x", null, true], "200": -9.223_372_036_854_776e18}));
    }

    #[test]
    fn references_are_followed_also_on_the_way() {
        let document = Document::new(json!({
            "paths": {"/a/{b}": {"get": {"parameters": [{"$ref": "#/components/parameters/p"}]}}},
            "components": {
                "parameters": {"p": {"name": "p", "schema": {"type": "string"}}},
                "schemas": {
                    "far": {"$ref": "#/paths/~1a~1%7Bb%7D/get/parameters/0/schema"},
                    "round": {"$ref": "#/components/schemas/round"},
                },
            },
        }));
        let far = document.at("/components/schemas/far").unwrap();
        assert_eq!(document.resolved(far), &json!({"type": "string"}));
        let round = document.at("/components/schemas/round").unwrap();
        assert_eq!(document.resolved(round), &Value::Null);
    }
}
