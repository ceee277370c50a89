//! What all schemas at a place say together: one flat view of `openapiv3`'s many schema kinds.

use indexmap::{IndexMap, IndexSet};
use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type, VariantOrUnknownOrEmpty};
use serde_json::Value;

use super::Lowering;
use super::node::{Node, Part, Target};
use crate::ir::Constraints;
use crate::load::pointer;

/// Follows at most this many nested `allOf` and references, so that a cycle of them ends.
const MAX_NESTING: usize = 64;

/// A flat view of the schemas at a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape<'a> {
    pub(super) typ: Option<&'a str>,
    pub(super) format: Option<String>,
    pub(super) values: Vec<Value>,
    pub(super) properties: IndexMap<&'a str, Node<'a>>,
    pub(super) required: IndexSet<&'a str>,
    pub(super) additional: Option<Additional<'a>>,
    pub(super) items: Option<Node<'a>>,
    /// Each `oneOf` or `anyOf`, with its branches.
    pub(super) unions: Vec<Vec<Node<'a>>>,
    pub(super) discriminator: Option<&'a openapiv3::Discriminator>,
    pub(super) nullable: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) deprecated: bool,
    pub(super) doc: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    pub(super) default: Option<&'a Value>,
    pub(super) example: Option<&'a Value>,
    pub(super) constraints: Constraints,
    pub(super) untyped: Option<String>,
    pub(super) extensions: IndexMap<&'a str, &'a Value>,
    /// Components the place refers to, outermost first.
    pub(super) refs: Vec<&'a str>,
}

/// `additionalProperties`.
#[derive(Clone, Debug)]
pub(super) enum Additional<'a> {
    /// Allowed with any value, or not allowed.
    Any(bool),
    /// Allowed with values of a schema.
    Schema(Node<'a>),
}

impl<'a> Lowering<'a> {
    /// What the schemas of a node say together. References are followed, `allOf` is merged; a later schema's
    /// words (description, default, format) win over an earlier one's.
    pub(super) fn shape(&self, node: &Node<'a>) -> Shape<'a> {
        let mut shape = Shape::default();
        for part in &node.parts {
            self.add_part(&mut shape, part, MAX_NESTING);
        }
        shape
    }

    fn add_part(&self, shape: &mut Shape<'a>, part: &Part<'a>, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match part.target {
            Target::Ref(name) => {
                if !shape.refs.contains(&name) {
                    shape.refs.push(name);
                }
                if let Some(target) = self.component_node(name) {
                    for mut target_part in target.parts {
                        target_part.plain = part.plain;
                        self.add_part(shape, &target_part, depth);
                    }
                }
            }
            Target::Inline(schema) => self.add_schema(shape, schema, part, depth),
        }
    }

    fn add_schema(&self, shape: &mut Shape<'a>, schema: &'a Schema, part: &Part<'a>, depth: usize) {
        let at = part.pointer.as_str();
        if let SchemaKind::AllOf { all_of } = &schema.schema_kind {
            self.add_all_of(shape, all_of, part, depth);
        }
        if let SchemaKind::Any(any) = &schema.schema_kind {
            self.add_all_of(shape, &any.all_of, part, depth);
        }
        match &schema.schema_kind {
            SchemaKind::Type(typ) => add_type(shape, typ, at),
            SchemaKind::OneOf { one_of } if !part.plain => shape.unions.push(branches(one_of, at, "oneOf")),
            SchemaKind::AnyOf { any_of } if !part.plain => shape.unions.push(branches(any_of, at, "anyOf")),
            SchemaKind::Any(any) => add_any(shape, any, part),
            _ => {}
        }
        self.add_data(shape, schema, at);
    }

    fn add_all_of(&self, shape: &mut Shape<'a>, all_of: &'a [ReferenceOr<Schema>], part: &Part<'a>, depth: usize) {
        for branch in branches(all_of, &part.pointer, "allOf") {
            for mut branch_part in branch.parts {
                branch_part.plain = part.plain;
                self.add_part(shape, &branch_part, depth);
            }
        }
    }

    fn add_data(&self, shape: &mut Shape<'a>, schema: &'a Schema, at: &str) {
        let data = &schema.schema_data;
        shape.nullable |= data.nullable;
        shape.read_only |= data.read_only;
        shape.write_only |= data.write_only;
        shape.deprecated |= data.deprecated;
        shape.doc = data.description.as_deref().or(shape.doc);
        shape.title = data.title.as_deref().or(shape.title);
        shape.default = data.default.as_ref().or(shape.default);
        shape.example = data.example.as_ref().or(shape.example);
        shape.discriminator = data.discriminator.as_ref().or(shape.discriminator);
        for (key, value) in &data.extensions {
            shape.extensions.insert(key.as_str(), value);
        }
        if let Some(reason) = data.extensions.get("x-untyped") {
            shape.untyped = Some(reason.as_str().unwrap_or("it could not be read").to_owned());
        }
        self.add_bounds(shape, at);
    }

    /// Bounds keep their text, so they are read from the tree: `openapiv3` turns some into floats.
    fn add_bounds(&self, shape: &mut Shape<'a>, at: &str) {
        let Some(raw) = self.document.raw_at(at) else { return };
        let text = |key: &str| raw.get(key).filter(|value| value.is_number()).map(Value::to_string);
        let flag = |key: &str| raw.get(key).and_then(Value::as_bool).unwrap_or(false);
        if let Some(minimum) = text("minimum").or_else(|| text("x-minimum")) {
            shape.constraints.minimum = Some((minimum, flag("exclusiveMinimum")));
        }
        if let Some(maximum) = text("maximum").or_else(|| text("x-maximum")) {
            shape.constraints.maximum = Some((maximum, flag("exclusiveMaximum")));
        }
        if let Some(multiple_of) = text("multipleOf") {
            shape.constraints.multiple_of = Some(multiple_of);
        }
    }
}

fn add_type<'a>(shape: &mut Shape<'a>, typ: &'a Type, at: &str) {
    match typ {
        Type::String(string) => {
            shape.typ = Some("string");
            set_format(shape, &string.format);
            shape.constraints.pattern = string.pattern.clone().or(shape.constraints.pattern.take());
            set_limit(&mut shape.constraints.min_length, string.min_length);
            set_limit(&mut shape.constraints.max_length, string.max_length);
            add_values(shape, string.enumeration.iter().map(|value| Value::from(value.clone())));
        }
        Type::Number(number) => {
            shape.typ = Some("number");
            set_format(shape, &number.format);
            add_values(shape, number.enumeration.iter().map(|value| Value::from(*value)));
        }
        Type::Integer(integer) => {
            shape.typ = Some("integer");
            set_format(shape, &integer.format);
            add_values(shape, integer.enumeration.iter().map(|value| Value::from(*value)));
        }
        Type::Boolean(_) => shape.typ = Some("boolean"),
        Type::Object(object) => {
            shape.typ = Some("object");
            add_object(shape, &object.properties, &object.required, object.additional_properties.as_ref(), at);
        }
        Type::Array(array) => {
            shape.typ = Some("array");
            add_items(shape, array.items.as_ref(), at);
            set_limit(&mut shape.constraints.min_items, array.min_items);
            set_limit(&mut shape.constraints.max_items, array.max_items);
            shape.constraints.unique_items |= array.unique_items;
        }
    }
}

fn add_any<'a>(shape: &mut Shape<'a>, any: &'a AnySchema, part: &Part<'a>) {
    let at = part.pointer.as_str();
    shape.typ = any.typ.as_deref().or(shape.typ);
    shape.format = any.format.clone().or(shape.format.take());
    shape.constraints.pattern = any.pattern.clone().or(shape.constraints.pattern.take());
    set_limit(&mut shape.constraints.min_length, any.min_length);
    set_limit(&mut shape.constraints.max_length, any.max_length);
    set_limit(&mut shape.constraints.min_items, any.min_items);
    set_limit(&mut shape.constraints.max_items, any.max_items);
    shape.constraints.unique_items |= any.unique_items.unwrap_or(false);
    add_values(shape, any.enumeration.iter().cloned());
    add_object(shape, &any.properties, &any.required, any.additional_properties.as_ref(), at);
    add_items(shape, any.items.as_ref(), at);
    if part.plain {
        return;
    }
    if !any.one_of.is_empty() {
        shape.unions.push(branches(&any.one_of, at, "oneOf"));
    }
    if !any.any_of.is_empty() {
        shape.unions.push(branches(&any.any_of, at, "anyOf"));
    }
}

fn add_object<'a>(
    shape: &mut Shape<'a>,
    properties: &'a IndexMap<String, ReferenceOr<Box<Schema>>>,
    required: &'a [String],
    additional: Option<&'a AdditionalProperties>,
    at: &str,
) {
    for (name, schema) in properties {
        let node = Node::boxed(schema, pointer::join(&pointer::join(at, "properties"), name));
        match shape.properties.get_mut(name.as_str()) {
            Some(known) => known.parts.extend(node.parts),
            None => {
                shape.properties.insert(name, node);
            }
        }
    }
    shape.required.extend(required.iter().map(String::as_str));
    match additional {
        Some(AdditionalProperties::Any(allowed)) => shape.additional = Some(Additional::Any(*allowed)),
        Some(AdditionalProperties::Schema(schema)) => {
            let node = Node::new(schema, pointer::join(at, "additionalProperties"));
            shape.additional = Some(Additional::Schema(node));
        }
        None => {}
    }
}

fn add_items<'a>(shape: &mut Shape<'a>, items: Option<&'a ReferenceOr<Box<Schema>>>, at: &str) {
    let Some(items) = items else { return };
    let node = Node::boxed(items, pointer::join(at, "items"));
    shape.items = Some(match shape.items.take() {
        Some(known) => known.and(node),
        None => node,
    });
}

/// Where several schemas list values, only those in all of them remain.
fn add_values(shape: &mut Shape<'_>, values: impl Iterator<Item = Value>) {
    let values: Vec<Value> = values.collect();
    if values.is_empty() {
    } else if shape.values.is_empty() {
        shape.values = values;
    } else {
        let both: Vec<Value> = shape.values.iter().filter(|value| values.contains(value)).cloned().collect();
        if !both.is_empty() {
            shape.values = both;
        }
    }
}

fn branches<'a>(schemas: &'a [ReferenceOr<Schema>], at: &str, keyword: &str) -> Vec<Node<'a>> {
    let at = pointer::join(at, keyword);
    schemas
        .iter()
        .enumerate()
        .map(|(index, schema)| Node::new(schema, pointer::join(&at, &index.to_string())))
        .collect()
}

fn set_format<T: serde::Serialize>(shape: &mut Shape<'_>, format: &VariantOrUnknownOrEmpty<T>) {
    let format = match format {
        VariantOrUnknownOrEmpty::Item(known) => {
            serde_json::to_value(known).ok().and_then(|value| value.as_str().map(str::to_owned))
        }
        VariantOrUnknownOrEmpty::Unknown(name) => Some(name.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    };
    if format.is_some() {
        shape.format = format;
    }
}

fn set_limit(slot: &mut Option<u64>, limit: Option<usize>) {
    if let Some(limit) = limit {
        *slot = u64::try_from(limit).ok();
    }
}

impl<'a> Shape<'a> {
    /// Whether the schema only adds words (description, default, nullable, …) to what it stands beside.
    pub(super) fn is_annotation_beside(&self, other: &Shape<'a>) -> bool {
        self.properties.is_empty()
            && self.required.is_empty()
            && self.items.is_none()
            && self.unions.is_empty()
            && self.additional.is_none()
            && self.refs.is_empty()
            && (self.typ.is_none() || self.typ == other.typ)
            && (self.constraints.pattern.is_none() || !other.values.is_empty())
            && self.values.iter().all(|value| other.values.contains(value))
    }

    /// Whether anything says what the value looks like.
    pub(super) fn says_nothing(&self) -> bool {
        self.typ.is_none()
            && self.properties.is_empty()
            && self.items.is_none()
            && self.unions.is_empty()
            && self.additional.is_none()
            && self.values.is_empty()
            && self.constraints.pattern.is_none()
            && self.format.is_none()
    }

    /// Whether it is an object with known properties.
    pub(super) fn has_fields(&self) -> bool {
        !self.properties.is_empty() && matches!(self.typ, None | Some("object"))
    }

    /// An extension as text.
    pub(super) fn extension(&self, key: &str) -> Option<&'a str> {
        self.extensions.get(key).and_then(|value| value.as_str())
    }
}
