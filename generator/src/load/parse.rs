//! Text to a tree: one visitor for both formats, so that limits, duplicate keys and merge keys are seen while reading.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::maps::HashSet;

use super::locate::Place;
use super::source::{Format, Limits, SourceFile};
use super::{codes, json, pointer, yaml};

/// Why a parser of ours, not the format's, stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    Depth,
    Nodes,
}

/// What a parser reports when it fails.
#[derive(Debug)]
pub(super) struct SyntaxError {
    pub(super) message: String,
    /// Line and column, from one.
    pub(super) place: Option<(usize, usize)>,
}

/// Duplicate keys reported for one file; more say nothing new.
const MOST_DUPLICATES: usize = 100;

/// Reads a file's tree, counting its nodes against `nodes`.
pub(crate) fn parse(
    file: &mut SourceFile,
    limits: &Limits,
    nodes: &mut usize,
    diagnostics: &mut Diagnostics,
) -> Result<Value, Diagnostic> {
    let body = file.body();
    if body.trim().is_empty() {
        return Err(Diagnostic::error(codes::EMPTY, "the file is empty").at(file.origin("")));
    }
    let named_json = file.name.to_ascii_lowercase().ends_with(".json");
    let reader = Reader::new(limits, nodes);
    let looks_like_json = body.trim_start().starts_with('{');
    let first = if named_json || looks_like_json {
        (Format::Json, json::parse(body, &reader))
    } else {
        (Format::Yaml, yaml::parse(body, &reader))
    };
    let (format, result) = match first {
        // A flow mapping of YAML begins like JSON.
        (Format::Json, Err(_)) if !named_json && reader.stop.get().is_none() => {
            reader.restart();
            (Format::Yaml, yaml::parse(body, &reader))
        }
        first => first,
    };
    let (duplicates, stop) = (reader.duplicates.take(), reader.stop.get());
    *nodes = reader.nodes.get();
    file.format = format;
    let tree = match result {
        Ok(tree) => tree,
        Err(error) => {
            file.failed = error.place.map(|(line, column)| Place { line, column });
            return Err(refuse(file, &error, stop, limits).at(file.origin(&reader.at())));
        }
    };
    if tree.is_null() {
        return Err(Diagnostic::error(codes::EMPTY, "the file holds nothing").at(file.origin("")));
    }
    // What stands behind an alias is met wherever the alias is.
    let mut places = HashSet::default();
    for duplicate in duplicates {
        let place = file.index().place(&duplicate);
        if place.is_some_and(|place| !places.insert((place.line, place.column))) {
            continue;
        }
        let key = pointer::split(&duplicate).map(|(_, key)| key.into_owned());
        diagnostics.push(
            Diagnostic::warning(
                codes::DUPLICATE_KEY,
                format!("the key `{}` stands twice in one object; the last one counts", key.unwrap_or_default()),
            )
            .at(file.origin(&duplicate))
            .help("remove one of them"),
        );
    }
    Ok(tree)
}

fn refuse(file: &SourceFile, error: &SyntaxError, stop: Option<Stop>, limits: &Limits) -> Diagnostic {
    let too_deep = error.message.contains("recursion limit exceeded");
    let bomb = error.message.contains("repetition limit exceeded");
    if stop == Some(Stop::Depth) || too_deep {
        return Diagnostic::error(
            codes::TOO_DEEP,
            format!("arrays and objects are nested more than {} deep", limits.depth.min(128)),
        );
    }
    if stop == Some(Stop::Nodes) || bomb {
        return Diagnostic::error(codes::TOO_MANY_NODES, "the document has too many nodes")
            .help("YAML aliases count each time they are used");
    }
    let format = match file.format {
        Format::Json => "JSON",
        Format::Yaml => "YAML",
    };
    Diagnostic::error(codes::SYNTAX, format!("the file is not {format}: {}", error.message))
}

/// A key on the way to a node.
enum Step {
    Member(String),
    Item(usize),
}

/// State of one reading.
pub(super) struct Reader {
    /// Whether `<<` merges and tags mean what they mean in YAML.
    pub(super) merge: Cell<bool>,
    depth: Cell<usize>,
    pub(super) deepest: usize,
    nodes: Cell<usize>,
    nodes_before: usize,
    most_nodes: usize,
    /// The keys that lead to what is being read.
    way: RefCell<Vec<Step>>,
    duplicates: RefCell<Vec<String>>,
    pub(super) stop: Cell<Option<Stop>>,
}

impl Reader {
    pub(super) fn new(limits: &Limits, nodes: &usize) -> Self {
        Self {
            merge: Cell::new(false),
            depth: Cell::new(0),
            deepest: limits.depth,
            nodes: Cell::new(*nodes),
            nodes_before: *nodes,
            most_nodes: limits.nodes,
            way: RefCell::new(Vec::new()),
            duplicates: RefCell::new(Vec::new()),
            stop: Cell::new(None),
        }
    }

    fn restart(&self) {
        self.depth.set(0);
        self.nodes.set(self.nodes_before);
        self.way.borrow_mut().clear();
        self.duplicates.borrow_mut().clear();
    }

    fn stop<E: Error>(&self, stop: Stop) -> E {
        self.stop.set(Some(stop));
        E::custom("limit exceeded")
    }

    /// Reads what stands below a key, one level deeper; gives the key back. After an error it stays, and says where.
    fn below<T, E: Error>(&self, key: Step, read: impl FnOnce() -> Result<T, E>) -> Result<(Option<Step>, T), E> {
        if self.depth.get() >= self.deepest {
            return Err(self.stop(Stop::Depth));
        }
        self.way.borrow_mut().push(key);
        self.depth.set(self.depth.get() + 1);
        let result = read();
        self.depth.set(self.depth.get() - 1);
        result.map(|read| (self.way.borrow_mut().pop(), read))
    }

    /// The pointer to what is being read.
    fn at(&self) -> String {
        let mut at = String::new();
        for step in self.way.borrow().iter() {
            match step {
                Step::Member(key) => pointer::push(&mut at, key),
                Step::Item(item) => pointer::push(&mut at, &item.to_string()),
            }
        }
        at
    }

    fn duplicate(&self, key: &str) {
        let mut duplicates = self.duplicates.borrow_mut();
        if duplicates.len() < MOST_DUPLICATES {
            let duplicate = pointer::join(&self.at(), key);
            if !duplicates.contains(&duplicate) {
                duplicates.push(duplicate);
            }
        }
    }
}

/// Reads one node.
#[derive(Clone, Copy)]
pub(super) struct Node<'reader>(pub(super) &'reader Reader);

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let nodes = self.0.nodes.get() + 1;
        self.0.nodes.set(nodes);
        if nodes > self.0.most_nodes {
            return Err(self.0.stop(Stop::Nodes));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        // JSON has no infinities; their text at least can be shown.
        Ok(Number::from_f64(value).map_or_else(|| Value::String(value.to_string()), Value::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<Value, E> {
        Ok(Value::String(String::from_utf8_lossy(value).into_owned()))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    /// A tag of YAML; what it stands before is kept, the tag is not.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (_, content) = data.variant_seed(Key)?;
        content.newtype_variant_seed(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            match self.0.below(Step::Item(list.len()), || items.next_element_seed(self))? {
                (_, Some(item)) => list.push(item),
                (_, None) => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        let mut merged = Vec::new();
        while let Some(key) = entries.next_key_seed(Key)? {
            let (key, value) = self.0.below(Step::Member(key), || entries.next_value_seed(self))?;
            let Some(Step::Member(key)) = key else { continue };
            if key == "<<" && self.0.merge.get() && is_mergeable(&value) {
                merged.push(value);
                continue;
            }
            match object.entry(key) {
                Entry::Vacant(place) => {
                    place.insert(value);
                }
                Entry::Occupied(mut place) => {
                    self.0.duplicate(place.key());
                    place.insert(value);
                }
            }
        }
        for source in merged {
            merge(&mut object, source);
        }
        Ok(Value::Object(object))
    }
}

fn is_mergeable(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().all(Value::is_object),
        _ => false,
    }
}

/// A YAML merge: keys the object has itself win, then those of earlier sources.
fn merge(object: &mut Map<String, Value>, source: Value) {
    match source {
        Value::Object(source) => {
            for (key, value) in source {
                object.entry(key).or_insert(value);
            }
        }
        Value::Array(sources) => {
            for source in sources {
                merge(object, source);
            }
        }
        _ => {}
    }
}

/// Reads a key as text: YAML writes status codes as numbers.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is a text")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }
}
