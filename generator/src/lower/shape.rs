//! What all schemas at a place say together: one flat view of `openapiv3`'s many schema kinds.

use std::rc::Rc;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{AdditionalProperties, AnySchema, ReferenceOr, Schema, SchemaKind, Type, VariantOrUnknownOrEmpty};
use serde_json::Value;

use super::Lowering;
use super::node::{Node, Part, Target, component_name};
use super::words::{name, words};
use crate::ir::{Constraints, Literal, Name};
use crate::load::pointer;
use crate::maps::HashSet;

/// A flat view of the schemas at a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Shape<'a> {
    pub(super) typ: Option<&'a str>,
    /// Two types that are both said of every value.
    pub(super) conflict: Option<(&'a str, &'a str)>,
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
    /// Names for properties, by their wire names: `x-property-names`.
    pub(super) property_names: IndexMap<&'a str, &'a str>,
    /// Components the place refers to, outermost first.
    pub(super) refs: IndexSet<&'a str>,
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
    ///
    /// What one schema says is worked out once: documents refer to few schemas from many places.
    pub(super) fn shape(&self, node: &Node<'a>) -> Rc<Shape<'a>> {
        let Some(key) = node.key() else { return Rc::new(self.merged(node)) };
        if let Some(known) = self.shapes.borrow().get(&key) {
            return Rc::clone(known);
        }
        let shape = Rc::new(self.merged(node));
        self.shapes.borrow_mut().insert(key, Rc::clone(&shape));
        shape
    }

    fn merged(&self, node: &Node<'a>) -> Shape<'a> {
        let mut shape = Shape::default();
        let mut visited = Visited::default();
        let own = node.pointer().strip_prefix("/components/schemas/").unwrap_or_default();
        let mut open: Vec<Step<'a>> = Vec::new();
        enter(&mut open, node.parts.iter().cloned(), false);
        while let Some(step) = open.pop() {
            if self.members.get() > super::MOST_MEMBERS {
                break;
            }
            match step {
                Step::Enter(Part { target: Target::Ref(name), plain, loose, .. }, inherited) => {
                    if visited.is_new(name, plain) {
                        shape.refs.insert(name);
                        self.members.set(self.members.get() + 1);
                        let target = self.component_node(name).into_iter().flat_map(|target| target.parts);
                        enter(&mut open, target.map(|part| Part { plain, loose, ..part }), inherited);
                    }
                }
                Step::Enter(mut part, inherited) => {
                    let Target::Inline(schema) = part.target else { continue };
                    let all_of = all_of(schema, &part);
                    // A schema that lists those made of it as its alternatives is not one of them again.
                    part.plain |= inherited && lists(schema, |name| name == own || shape.refs.contains(name));
                    open.push(Step::Add(schema, part));
                    enter(&mut open, all_of.into_iter(), true);
                }
                Step::Add(schema, part) => {
                    self.add_schema(&mut shape, schema, &part);
                    self.members.set(self.members.get() + own_members(schema));
                }
            }
        }
        shape
    }

    /// Adds what a schema says itself, without what it refers to.
    fn add_schema(&self, shape: &mut Shape<'a>, schema: &'a Schema, part: &Part<'a>) {
        let at = part.pointer.as_str();
        match &schema.schema_kind {
            SchemaKind::Type(typ) => add_type(shape, typ, part),
            SchemaKind::OneOf { one_of } if !part.plain => shape.unions.push(branches(one_of, at, "oneOf")),
            SchemaKind::AnyOf { any_of } if !part.plain => shape.unions.push(branches(any_of, at, "anyOf")),
            SchemaKind::Any(any) => add_any(shape, any, part),
            _ => {}
        }
        add_data(shape, schema);
        if let Some(raw) = self.document.raw_at(at) {
            add_bounds(shape, raw);
            if let Some(excluded) = raw.get("not") {
                shape.constraints.excluded = Some(Literal::from(excluded));
            }
        }
    }
}

fn add_data<'a>(shape: &mut Shape<'a>, schema: &'a Schema) {
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
    let names = data.extensions.get("x-property-names").and_then(Value::as_object).into_iter().flatten();
    shape.property_names.extend(names.filter_map(|(wire_name, name)| Some((wire_name.as_str(), name.as_str()?))));
    if let Some(reason) = data.extensions.get("x-untyped") {
        shape.untyped = Some(reason.as_str().unwrap_or("it could not be read").to_owned());
    }
}

/// Bounds keep their text, so they are read from the tree: `openapiv3` turns some into floats.
fn add_bounds(shape: &mut Shape<'_>, raw: &Value) {
    let Some(raw) = raw.as_object() else { return };
    let text = |key: &str| pointer::member(raw, key).filter(|value| value.is_number()).map(Value::to_string);
    let flag = |key: &str| pointer::member(raw, key).and_then(Value::as_bool).unwrap_or(false);
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

/// A step of the walk through references and `allOf`, which takes no recursion, so that no document is too deep for it.
enum Step<'a> {
    /// Look at what a part refers to, or is made of; whether the place is made of it by `allOf`.
    Enter(Part<'a>, bool),
    /// Add what a schema says itself, after what it is made of.
    Add(&'a Schema, Part<'a>),
}

/// Puts parts before what is still to be looked at, in their order.
fn enter<'a>(open: &mut Vec<Step<'a>>, parts: impl DoubleEndedIterator<Item = Part<'a>>, inherited: bool) {
    open.extend(parts.rev().map(|part| Step::Enter(part, inherited)));
}

/// Whether a wanted component is among a schema's alternatives.
fn lists(schema: &Schema, is_wanted: impl Fn(&str) -> bool) -> bool {
    let (one_of, any_of): (&[_], &[_]) = match &schema.schema_kind {
        SchemaKind::OneOf { one_of } => (one_of, &[]),
        SchemaKind::AnyOf { any_of } => (any_of, &[]),
        SchemaKind::Any(any) => (&any.one_of, &any.any_of),
        _ => return false,
    };
    let mut names = one_of.iter().chain(any_of).filter_map(|branch| match branch {
        ReferenceOr::Reference { reference } => Some(component_name(reference)),
        ReferenceOr::Item(_) => None,
    });
    names.any(is_wanted)
}

/// Components that were added already. A second time they say nothing new, and in a lattice of `allOf` there would be
/// as many times as there are ways through it.
#[derive(Default)]
struct Visited<'a>(HashSet<(&'a str, bool)>);

impl<'a> Visited<'a> {
    fn is_new(&mut self, name: &'a str, plain: bool) -> bool {
        !self.0.contains(&(name, false)) && self.0.insert((name, plain))
    }
}

/// The schemas a schema is `allOf`.
fn all_of<'a>(schema: &'a Schema, part: &Part<'a>) -> Vec<Part<'a>> {
    let all_of = match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) => &any.all_of,
        _ => return Vec::new(),
    };
    let parts = branches(all_of, &part.pointer, "allOf").into_iter().flat_map(|branch| branch.parts);
    parts.map(|branch| Part { plain: part.plain, loose: part.loose, ..branch }).collect()
}

/// How many properties and alternatives a schema has, beside those of what it refers to.
fn own_members(schema: &Schema) -> usize {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => object.properties.len(),
        SchemaKind::OneOf { one_of: branches } | SchemaKind::AnyOf { any_of: branches } => branches.len(),
        SchemaKind::Any(any) => any.properties.len() + any.one_of.len() + any.any_of.len(),
        _ => 0,
    }
}

fn add_type<'a>(shape: &mut Shape<'a>, typ: &'a Type, part: &Part<'a>) {
    match typ {
        Type::String(string) => {
            set_type(shape, "string");
            set_format(shape, &string.format);
            shape.constraints.pattern = string.pattern.clone().or(shape.constraints.pattern.take());
            set_limit(&mut shape.constraints.min_length, string.min_length);
            set_limit(&mut shape.constraints.max_length, string.max_length);
            add_values(shape, string.enumeration.iter().map(|value| Value::from(value.clone())));
        }
        Type::Number(number) => {
            set_type(shape, "number");
            set_format(shape, &number.format);
            add_values(shape, number.enumeration.iter().map(|value| Value::from(*value)));
        }
        Type::Integer(integer) => {
            set_type(shape, "integer");
            set_format(shape, &integer.format);
            add_values(shape, integer.enumeration.iter().map(|value| Value::from(*value)));
        }
        Type::Boolean(boolean) => {
            set_type(shape, "boolean");
            add_values(shape, boolean.enumeration.iter().map(|value| Value::from(*value)));
        }
        Type::Object(object) => {
            set_type(shape, "object");
            add_object(shape, &object.properties, &object.required, object.additional_properties.as_ref(), part);
        }
        Type::Array(array) => {
            set_type(shape, "array");
            add_items(shape, array.items.as_ref(), &part.pointer);
            set_limit(&mut shape.constraints.min_items, array.min_items);
            set_limit(&mut shape.constraints.max_items, array.max_items);
            shape.constraints.unique_items |= array.unique_items;
        }
    }
}

fn add_any<'a>(shape: &mut Shape<'a>, any: &'a AnySchema, part: &Part<'a>) {
    let at = part.pointer.as_str();
    if let Some(typ) = any.typ.as_deref() {
        set_type(shape, typ);
    }
    shape.format = any.format.clone().or(shape.format.take());
    shape.constraints.pattern = any.pattern.clone().or(shape.constraints.pattern.take());
    set_limit(&mut shape.constraints.min_length, any.min_length);
    set_limit(&mut shape.constraints.max_length, any.max_length);
    set_limit(&mut shape.constraints.min_items, any.min_items);
    set_limit(&mut shape.constraints.max_items, any.max_items);
    shape.constraints.unique_items |= any.unique_items.unwrap_or(false);
    add_values(shape, any.enumeration.iter().cloned());
    add_object(shape, &any.properties, &any.required, any.additional_properties.as_ref(), part);
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
    part: &Part<'a>,
) {
    let at = part.pointer.as_str();
    for (name, schema) in properties {
        let node = Node::boxed(schema, pointer::join(&pointer::join(at, "properties"), name));
        match shape.properties.get_mut(name.as_str()) {
            Some(known) => known.add(node),
            None => {
                shape.properties.insert(name, node);
            }
        }
    }
    if !part.loose {
        shape.required.extend(required.iter().map(String::as_str));
    }
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
        Some(mut known) => {
            known.add(node);
            known
        }
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

/// Where schemas that all hold say different types, no value fits them all; an integer is a number too.
fn set_type<'a>(shape: &mut Shape<'a>, typ: &'a str) {
    shape.typ = match (shape.typ, typ) {
        (Some("integer"), "number") => Some("integer"),
        (Some(known), typ) if known != typ && (known, typ) != ("number", "integer") => {
            shape.conflict = Some((known, typ));
            Some(typ)
        }
        _ => Some(typ),
    };
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

    /// Whether every value is allowed, or a keyword that is not read says which are.
    pub(super) fn allows_anything(&self) -> bool {
        self.says_nothing() && !self.nullable && self.required.is_empty() && self.constraints == Constraints::default()
    }

    /// Whether the place itself says what a value is, whatever its alternatives say.
    pub(super) fn is_described(&self) -> bool {
        self.typ.is_some() || !self.properties.is_empty()
    }

    /// Whether it is an object with known properties.
    pub(super) fn has_fields(&self) -> bool {
        !self.properties.is_empty() && matches!(self.typ, None | Some("object"))
    }

    /// The name of a property: the one it is given, else that on the wire.
    pub(super) fn property_name(&self, wire_name: &str) -> Name {
        name(words(self.property_names.get(wire_name).copied().unwrap_or(wire_name)), "value")
    }
}
