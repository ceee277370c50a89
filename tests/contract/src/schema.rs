//! OpenAPI schemas as JSON Schema 2020-12: each in one piece, with all it refers to.

use std::collections::HashMap;
use std::sync::OnceLock;

use base64::Engine as _;
use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

use crate::document::{Document, decoded, join, reference};

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the server: nothing read-only, and no property that the document does not name.
    Request,
    /// From the server: nothing write-only.
    Response,
}

/// A schema of the document, converted when it is first used.
#[derive(Debug)]
pub(crate) struct Shape {
    /// As the document has it.
    raw: Value,
    direction: Direction,
    compiled: OnceLock<Compiled>,
}

/// A schema in JSON Schema's own words.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// In one piece: what it refers to is in `$defs`.
    pub(crate) schema: Value,
    /// Made when something is judged: samples need none.
    validator: OnceLock<Result<Validator, String>>,
}

impl Shape {
    pub(crate) fn new(schema: Option<&Value>, direction: Direction) -> Self {
        Self { raw: schema.cloned().unwrap_or(Value::Bool(true)), direction, compiled: OnceLock::new() }
    }

    pub(crate) fn compiled(&self, document: &Document) -> &Compiled {
        self.compiled.get_or_init(|| Compiled {
            schema: standalone(document, &self.raw, self.direction),
            validator: OnceLock::new(),
        })
    }
}

fn is_base64(text: &str) -> bool {
    base64::engine::general_purpose::STANDARD.decode(text).is_ok()
}

impl Compiled {
    /// The same schema, which takes properties that no schema names also in a request, unless the document says otherwise.
    pub(crate) fn open(&self) -> Self {
        let mut schema = self.schema.clone();
        if let Some(members) = schema.as_object_mut() {
            members.shift_remove("unevaluatedProperties");
        }
        Self { schema, validator: OnceLock::new() }
    }

    /// What is wrong with a value, as pointers into it and messages that do not repeat it.
    ///
    /// # Errors
    /// When the document's schema is none.
    pub(crate) fn problems(&self, value: &Value) -> Result<Vec<(String, String)>, String> {
        let validator = self.validator.get_or_init(|| {
            let options = jsonschema::options().with_draft(Draft::Draft202012).should_validate_formats(true);
            options.with_format("byte", is_base64).build(&self.schema).map_err(|error| error.to_string())
        });
        let validator = validator.as_ref().map_err(Clone::clone)?;
        let found = validator.iter_errors(value);
        Ok(found.map(|error| (error.instance_path().to_string(), error.masked().to_string())).collect())
    }

    /// Every schema that has a say about values at a node, alternatives included.
    pub(crate) fn all<'a>(&'a self, node: &'a Value) -> Vec<&'a Map<String, Value>> {
        let mut found: Vec<&Map<String, Value>> = Vec::new();
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            let Some(members) = node.as_object() else { continue };
            if found.iter().any(|known| std::ptr::eq(*known, members)) {
                continue;
            }
            found.push(members);
            let target = members.get("$ref").and_then(Value::as_str);
            waiting.extend(target.and_then(|target| self.schema.pointer(target.strip_prefix('#')?)));
            let lists = ["allOf", "anyOf", "oneOf"].iter().filter_map(|key| members.get(*key)?.as_array());
            waiting.extend(lists.flatten());
        }
        found
    }

    /// Names of the types that values at a node may have; empty when anything goes.
    pub(crate) fn types<'a>(&'a self, node: &'a Value) -> Vec<&'a str> {
        let mut types: Vec<&str> = Vec::new();
        for members in self.all(node) {
            match members.get("type") {
                Some(Value::String(name)) => types.push(name),
                Some(Value::Array(names)) => types.extend(names.iter().filter_map(Value::as_str)),
                _ if members.contains_key("properties") => types.push("object"),
                _ if members.contains_key("items") => types.push("array"),
                _ => {
                    let values = members.get("enum").and_then(Value::as_array);
                    types.extend(values.into_iter().flatten().chain(members.get("const")).map(type_of));
                }
            }
        }
        types
    }
}

/// The type of a value, as schemas name it.
fn type_of(value: &Value) -> &str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn standalone(document: &Document, schema: &Value, direction: Direction) -> Value {
    let mut converter = Converter { document, direction, names: HashMap::new(), waiting: Vec::new() };
    let mut converted = converter.whole(schema);
    let mut defs = Map::new();
    while let Some(Waiting { name, node, is_part }) = converter.waiting.pop() {
        let schema = document.resolved(node);
        let family = if is_part { None } else { converter.family(node) };
        let def = match family {
            Some(family) => family,
            // A reference that leads nowhere says nothing.
            None if schema.is_null() => Value::Bool(true),
            None => converter.part(schema),
        };
        defs.insert(name, def);
    }
    if let (false, Some(members)) = (defs.is_empty(), converted.as_object_mut()) {
        members.insert("$defs".to_owned(), Value::Object(defs));
    }
    converted
}

/// Keywords taken over as they are.
const PLAIN: [&str; 23] = [
    "const",
    "contentEncoding",
    "dependentRequired",
    "discriminator",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "required",
    "type",
    "uniqueItems",
];
/// Keywords that hold a schema for another value, lists of them, and maps of them.
const INNER: [&str; 6] =
    ["additionalProperties", "contains", "items", "propertyNames", "unevaluatedItems", "unevaluatedProperties"];
const INNER_LISTS: [&str; 1] = ["prefixItems"];
const INNER_MAPS: [&str; 2] = ["patternProperties", "properties"];
/// Keywords that hold schemas for the same value.
const SAME: [&str; 4] = ["else", "if", "not", "then"];
const SAME_LISTS: [&str; 3] = ["allOf", "anyOf", "oneOf"];
const SAME_MAPS: [&str; 1] = ["dependentSchemas"];

struct Converter<'a> {
    document: &'a Document,
    direction: Direction,
    /// Definitions by the reference that leads to them, and whether they are part of another schema.
    names: HashMap<(String, bool), String>,
    waiting: Vec<Waiting<'a>>,
}

/// A definition that is not converted yet.
struct Waiting<'a> {
    name: String,
    /// The schema, or a reference to it.
    node: &'a Value,
    /// Whether it is one of several that another schema is made of.
    is_part: bool,
}

impl<'a> Converter<'a> {
    /// The schema of a value of its own. In a request, a property that no schema names is refused.
    fn whole(&mut self, schema: &'a Value) -> Value {
        let mut converted = self.part(schema);
        if let (Direction::Request, Some(members)) = (self.direction, converted.as_object_mut())
            && !members.contains_key("unevaluatedProperties")
            && self.names_properties(schema, 0)
        {
            members.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
        }
        converted
    }

    /// One of the schemas of a value.
    fn part(&mut self, schema: &'a Value) -> Value {
        self.made(schema, false)
    }

    fn made(&mut self, schema: &'a Value, is_part: bool) -> Value {
        let Some(members) = schema.as_object() else { return schema.clone() };
        let mut out = Map::new();
        if let Some(target) = reference(schema) {
            out.insert("$ref".to_owned(), self.definition(target, schema, is_part));
        }
        for (key, value) in members {
            if let Some(converted) = self.keyword(key, value) {
                out.insert(key.clone(), converted);
            }
        }
        self.only_this_way(members, &mut out);
        self.discriminate(members, &mut out);
        mend(&mut out);
        if self.document.is_3_0() { as_in_3_0(out, members) } else { Value::Object(out) }
    }

    /// A reference to the definition of what a reference leads to.
    fn definition(&mut self, target: &str, node: &'a Value, is_part: bool) -> Value {
        let is_part = is_part && kinds(self.document.resolved(node)).is_some();
        let next = self.names.len();
        let name = self.names.entry((target.to_owned(), is_part)).or_insert_with(|| {
            self.waiting.push(Waiting { name: format!("d{next}"), node, is_part });
            format!("d{next}")
        });
        json!(format!("#/$defs/{name}"))
    }

    /// A schema whose discriminator names others that are made of it: where a value has such a name, it is one of those
    /// (OpenAPI, "Discriminator Object"). In `allOf` it stands for itself alone.
    fn family(&mut self, node: &'a Value) -> Option<Value> {
        let base = self.document.resolved(node);
        let (property, mapping) = kinds(base)?;
        let (mut family, mut tags) = (Vec::new(), Vec::new());
        for (tag, target) in mapping {
            let target = target.as_str()?;
            let fragment = target.strip_prefix('#');
            let pointer = fragment.map_or_else(|| join("/components/schemas", target), decoded);
            let Some(kind) = self.document.at(&pointer).filter(|kind| !std::ptr::eq(*kind, base)) else { continue };
            let reference = self.definition(&format!("#{pointer}"), kind, true);
            family.push(json!({"$ref": reference, "properties": {property: {"const": tag}}, "required": [property]}));
            tags.push(tag);
        }
        let itself = self.definition(reference(node)?, node, true);
        family.push(json!({"$ref": itself, "properties": {property: {"not": {"enum": tags}}}}));
        Some(json!({"anyOf": family}))
    }

    fn keyword(&mut self, key: &str, value: &'a Value) -> Option<Value> {
        let is = |list: &[&str]| list.contains(&key);
        Some(match value {
            _ if is(&PLAIN) => value.clone(),
            _ if is(&INNER) => self.whole(value),
            _ if is(&SAME) => self.part(value),
            Value::Array(items) if is(&INNER_LISTS) => items.iter().map(|item| self.whole(item)).collect(),
            Value::Array(items) if is(&SAME_LISTS) => {
                // As an alternative beside others, this is how null itself is written in 3.0.
                let is_null = |item: &Value| key != "allOf" && *item == json!({"nullable": true});
                let item = |item| if is_null(item) { json!({"type": "null"}) } else { self.made(item, key == "allOf") };
                items.iter().map(item).collect()
            }
            Value::Object(map) if is(&INNER_MAPS) => {
                Value::Object(map.iter().map(|(key, item)| (key.clone(), self.whole(item))).collect())
            }
            Value::Object(map) if is(&SAME_MAPS) => {
                Value::Object(map.iter().map(|(key, item)| (key.clone(), self.part(item))).collect())
            }
            _ => return None,
        })
    }

    /// Takes out the properties that only go the other way.
    fn only_this_way(&self, members: &Map<String, Value>, out: &mut Map<String, Value>) {
        let mark = if self.direction == Direction::Request { "readOnly" } else { "writeOnly" };
        let marked = |schema: &Value| schema.get(mark) == Some(&Value::Bool(true));
        let properties = members.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            if !marked(schema) && !marked(self.document.resolved(schema)) {
                continue;
            }
            if let Some(properties) = out.get_mut("properties").and_then(Value::as_object_mut) {
                properties.insert(name.clone(), Value::Bool(false));
            }
            if let Some(required) = out.get_mut("required").and_then(Value::as_array_mut) {
                required.retain(|required| required != name);
            }
        }
    }

    /// Each alternative says which values of the discriminating property choose it.
    fn discriminate(&self, members: &Map<String, Value>, out: &mut Map<String, Value>) {
        let Some(discriminator) = out.remove("discriminator") else { return };
        let Some(property) = discriminator.get("propertyName").and_then(Value::as_str) else { return };
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        for key in ["anyOf", "oneOf"] {
            let (Some(raw), Some(Value::Array(alternatives))) = (members.get(key), out.get_mut(key)) else { continue };
            for (raw, alternative) in raw.as_array().into_iter().flatten().zip(alternatives) {
                let (Some(target), Some(alternative)) = (reference(raw), alternative.as_object_mut()) else { continue };
                let name = target.rsplit('/').next().unwrap_or(target);
                let chosen = |value: &Value| value.as_str().is_some_and(|to| to == target || to == name);
                let mut tags: Vec<&str> =
                    mapping.into_iter().flatten().filter(|(_, to)| chosen(to)).map(|(tag, _)| tag.as_str()).collect();
                if tags.is_empty() {
                    tags.push(name);
                }
                alternative.insert("properties".to_owned(), json!({property: {"enum": tags}}));
                alternative.insert("required".to_owned(), json!([property]));
            }
        }
    }

    /// Whether what a value's properties are is told, so that others are none.
    fn names_properties(&self, schema: &Value, depth: usize) -> bool {
        let list = |key: &str| schema.get(key).and_then(Value::as_array).filter(|list| !list.is_empty());
        let told = |schema: &Value| self.names_properties(schema, depth + 1);
        let may_be_object = |schema: &Value| match self.document.resolved(schema).get("type") {
            Some(Value::String(name)) => name == "object",
            Some(Value::Array(names)) => names.iter().any(|name| name == "object"),
            _ => true,
        };
        // Schemas that refer to each other in a circle have no end.
        depth < 32
            && (schema.get("properties").and_then(Value::as_object).is_some_and(|known| !known.is_empty())
                || (reference(schema).is_some() && told(self.document.resolved(schema)))
                || list("allOf").is_some_and(|list| list.iter().any(told))
                || ["anyOf", "oneOf"].iter().filter_map(|key| list(key)).any(|list| {
                    let mut objects = list.iter().filter(|schema| may_be_object(schema)).peekable();
                    objects.peek().is_some() && objects.all(told)
                }))
    }
}

/// The property that tells apart what is made of a schema, and the names of the kinds; `None` where it lists them itself.
fn kinds(base: &Value) -> Option<(&str, &Map<String, Value>)> {
    let discriminator = base.get("discriminator").filter(|_| base.get("anyOf").or(base.get("oneOf")).is_none())?;
    Some((discriminator.get("propertyName")?.as_str()?, discriminator.get("mapping")?.as_object()?))
}

/// What documents get wrong in a way that leaves no doubt.
fn mend(out: &mut Map<String, Value>) {
    // Ruby's anchors, which other expressions do not have.
    if let Some(Value::String(pattern)) = out.get_mut("pattern") {
        *pattern = pattern.replace(r"\A", "^").replace(r"\z", "$").replace(r"\Z", "$");
    }
    // The values of a list's items, beside the list instead of in its items.
    let of_items = out.get("enum").and_then(Value::as_array).is_some_and(|values| !values.iter().any(Value::is_array));
    if of_items && out.get("type").is_some_and(|name| name == "array") {
        let values = out.remove("enum").unwrap_or_default();
        if let Some(items) = out.entry("items").or_insert_with(|| json!({})).as_object_mut() {
            items.insert("enum".to_owned(), values);
        }
    }
}

/// Null, exclusive bounds and sizes of numbers, where 3.0 has words of its own for them.
fn as_in_3_0(mut out: Map<String, Value>, members: &Map<String, Value>) -> Value {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if let Some(Value::Bool(is_exclusive)) = out.get(exclusive).cloned() {
            out.remove(exclusive);
            if is_exclusive && let Some(value) = out.remove(bound) {
                out.insert(exclusive.to_owned(), value);
            }
        }
    }
    if out.get("format").is_some_and(|format| format == "int32") {
        out.entry("minimum").or_insert(json!(i32::MIN));
        out.entry("maximum").or_insert(json!(i32::MAX));
    }
    if members.get("nullable") != Some(&Value::Bool(true)) {
        return Value::Object(out);
    }
    match out.get("type").cloned() {
        Some(Value::String(name))
            if !out.contains_key("$ref") && !SAME_LISTS.iter().any(|key| out.contains_key(*key)) =>
        {
            out.insert("type".to_owned(), json!([name, "null"]));
            if let Some(Value::Array(values)) = out.get_mut("enum") {
                values.push(Value::Null);
            }
            Value::Object(out)
        }
        _ => json!({"anyOf": [out, {"type": "null"}]}),
    }
}
