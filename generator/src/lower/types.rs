//! A place to its type.

use std::rc::Rc;

use openapiv3::{Schema, SchemaKind};

use super::node::{Key, Node, Part, Target};
use super::shape::{Additional, Shape};
use super::structs::{constant, constant_type};
use super::words::{singular_words, words};
use super::{Lowering, Pending};
use crate::ir::{IdType, Literal, Type, TypeId, TypeKind};
use crate::load::pointer;

/// Lists and maps in each other: more have no name that people could read, and no document means them.
const DEEPEST: usize = 12;

impl<'a> Lowering<'a> {
    /// The type of the values at a place. `hint` is what an inline type would be called.
    pub(super) fn type_of(&mut self, node: &Node<'a>, shape: &Shape<'a>, hint: &[String]) -> Type {
        if let Some(reason) = shape.untyped.as_ref().filter(|_| shape.says_nothing()) {
            return self.untyped(node.pointer(), reason.clone());
        }
        if let Some(page) = self.page(node, shape, hint) {
            return page;
        }
        if let Some(component) = self.pure_component(node) {
            return self.component_type(component);
        }
        let place = if shape.refs.is_empty() { None } else { node.place() };
        let Some(place) = place else { return self.own_type(node, shape, hint) };
        if !self.within.insert(place.clone()) {
            let reason = "lists and maps that hold nothing but themselves";
            let help = "give the schema properties of its own";
            self.warn("W060", format!("{reason}; the inner one is untyped"), node.pointer(), help);
            return self.untyped(node.pointer(), reason);
        }
        let ty = self.own_type(node, shape, hint);
        self.within.remove(&place);
        ty
    }

    /// The type of a place, and the one value it always has, when it has one.
    pub(super) fn typed(&mut self, node: &Node<'a>, shape: &Shape<'a>, hint: &[String]) -> (Type, Option<Literal>) {
        match constant(shape).or_else(|| self.narrowed(shape)) {
            Some(constant) => (constant_type(&constant), Some(constant)),
            None => (self.type_of(node, shape, hint), None),
        }
    }

    /// The one value that a place has of all those that a component lists as alternatives.
    fn narrowed(&self, shape: &Shape<'a>) -> Option<Literal> {
        let [only] = shape.values.as_slice() else { return None };
        let lists_it = |union: &Vec<Node<'a>>| {
            let listed: Vec<_> = union.iter().map(|branch| self.shape(branch)).collect();
            listed.iter().all(|branch| !branch.values.is_empty() && branch.unions.is_empty())
                && listed.iter().any(|branch| branch.values.contains(only))
        };
        let is_narrowed = !shape.unions.is_empty() && shape.unions.iter().all(lists_it);
        (is_narrowed && (only.is_string() || only.is_i64())).then(|| Literal::from(only))
    }

    /// What a reference to a component is: a named type, or what the component stands for.
    pub(super) fn component_type(&mut self, name: &'a str) -> Type {
        if let Some(known) = self.components.get(name) {
            return known.clone();
        }
        let Some(node) = self.component_node(name) else { return Type::Json };
        if !self.open.insert(name.to_owned()) {
            self.warn(
                "W060",
                format!("`{name}` is made of nothing but itself"),
                node.pointer(),
                "give the schema a type, or properties of its own",
            );
            return self.untyped(node.pointer(), "a cycle of schemas without a type");
        }
        let shape = self.shape(&node);
        let drafts = self.drafts.len();
        let ty = self.type_of(&node, &shape, &words(name));
        self.open.remove(name);
        if let Type::Ref(id) = ty
            && id.0 as usize >= drafts
            && let Some(draft) = self.draft_mut(id)
        {
            draft.wire_name.get_or_insert_with(|| name.to_owned());
        }
        self.components.entry(name.to_owned()).or_insert(ty).clone()
    }

    /// The component a place stands for, when nothing beside the reference changes what it is.
    pub(super) fn pure_component(&self, node: &Node<'a>) -> Option<&'a str> {
        let mut refs: Vec<&'a str> = Vec::new();
        let mut beside: Vec<Rc<Shape<'a>>> = Vec::new();
        for part in &node.parts {
            self.split(part, &mut refs, &mut beside, 16)?;
        }
        let [only] = refs.as_slice() else { return None };
        let target = self.shape(&Node::component(only, String::new()));
        beside.iter().all(|shape| shape.is_annotation_beside(&target)).then_some(only)
    }

    /// Splits a part into the components it refers to and what it says itself.
    fn split(
        &self,
        part: &Part<'a>,
        refs: &mut Vec<&'a str>,
        beside: &mut Vec<Rc<Shape<'a>>>,
        depth: u8,
    ) -> Option<()> {
        let depth = depth.checked_sub(1)?;
        match part.target {
            Target::Ref(name) if refs.contains(&name) => {}
            Target::Ref(name) => refs.push(name),
            Target::Inline(Schema { schema_kind: SchemaKind::AllOf { all_of }, .. }) => {
                let at = pointer::join(&part.pointer, "allOf");
                for (index, schema) in all_of.iter().enumerate() {
                    let branch = Node::new(schema, pointer::join(&at, &index.to_string()));
                    for branch_part in &branch.parts {
                        self.split(branch_part, refs, beside, depth)?;
                    }
                }
            }
            Target::Inline(_) => beside.push(self.shape(&Node { parts: vec![part.clone()] })),
        }
        Some(())
    }

    fn own_type(&mut self, node: &Node<'a>, shape: &Shape<'a>, hint: &[String]) -> Type {
        if let Some((one, other)) = shape.conflict {
            let reason = format!("no value is of type `{one}` and of type `{other}`");
            let help = "correct one of the schemas that hold here together";
            self.warn("W062", format!("{reason}; the place is untyped"), node.pointer(), help);
            return self.untyped(node.pointer(), reason);
        }
        if let Some(union) = self.union(node, shape, hint) {
            return union;
        }
        if !shape.values.is_empty() && shape.typ != Some("boolean") {
            return self.enumeration(node, shape, hint);
        }
        match shape.typ {
            Some("string") => self.text(shape),
            Some("integer") => integer(shape),
            Some("number") => number(shape),
            Some("boolean") => Type::Bool,
            Some("array") => self.list(node, shape, hint),
            Some("object") => self.object(node, shape, hint),
            _ if shape.has_fields() || shape.additional.is_some() => self.object(node, shape, hint),
            _ if shape.items.is_some() => self.list(node, shape, hint),
            _ if shape.constraints.pattern.is_some() || shape.format.is_some() => self.text(shape),
            _ => self.untyped(node.pointer(), "the schema allows any value"),
        }
    }

    fn text(&mut self, shape: &Shape<'a>) -> Type {
        if let Some(id) = shape.constraints.pattern.as_deref().and_then(|pattern| self.typed_id(pattern)) {
            return Type::Ref(id);
        }
        match shape.format.as_deref() {
            Some("date") => Type::Date,
            Some("date-time") => Type::DateTime,
            Some("uuid") => Type::Uuid,
            Some("uri" | "url") => Type::Uri,
            Some("password") => Type::Secret,
            // `binary` is a file where bodies are forms or bytes. A text of JSON says nothing of how bytes are written in it,
            // so it is kept as it is.
            Some("byte") => Type::Bytes,
            Some("decimal" | "decimal128") => Type::Decimal,
            _ => Type::String,
        }
    }

    /// The typed id whose values a pattern describes, by the prefixes in `sdk.toml`.
    fn typed_id(&mut self, pattern: &str) -> Option<TypeId> {
        let text = pattern.strip_prefix('^').unwrap_or(pattern);
        let (name, prefixes) = self
            .config
            .ids
            .iter()
            .find(|(_, prefixes)| prefixes.iter().any(|prefix| text.starts_with(prefix.as_str())))?;
        if let Some(known) = self.ids.get(name) {
            return Some(*known);
        }
        let kind = TypeKind::Id(IdType { prefixes: prefixes.clone() });
        let id = self.draft(words(name), &Node { parts: Vec::new() }, None, Some(kind));
        self.ids.insert(name.clone(), id);
        Some(id)
    }

    fn list(&mut self, node: &Node<'a>, shape: &Shape<'a>, hint: &[String]) -> Type {
        let Some(items) = &shape.items else {
            let ty = self.untyped(node.pointer(), "the list does not say what it holds");
            return Type::List(Box::new(ty));
        };
        let item_shape = self.shape(items);
        let item = self.type_of(items, &item_shape, &singular_words(hint));
        Type::List(Box::new(self.shallow(items, nullable(item, self.is_nullable(&item_shape)))))
    }

    fn object(&mut self, node: &Node<'a>, shape: &Shape<'a>, hint: &[String]) -> Type {
        let is_empty = matches!(shape.additional, Some(Additional::Any(false)));
        if !shape.properties.is_empty() || is_empty {
            return Type::Ref(self.reserve(node, shape, hint));
        }
        let value = match &shape.additional {
            Some(Additional::Schema(schema)) => {
                let schema = schema.clone();
                let value_shape = self.shape(&schema);
                let mut value_hint = singular_words(hint);
                value_hint.push("value".to_owned());
                let value = self.type_of(&schema, &value_shape, &value_hint);
                self.shallow(&schema, nullable(value, self.is_nullable(&value_shape)))
            }
            _ => self.untyped(node.pointer(), "an object of any properties"),
        };
        Type::Map(Box::new(value))
    }

    /// The type of what a list or map holds, unless too many of them would stand in each other.
    fn shallow(&mut self, node: &Node<'a>, held: Type) -> Type {
        if depth(&held) < DEEPEST {
            return held;
        }
        let reason = format!("more than {DEEPEST} lists and maps stand in each other");
        let help = "give one of them in the middle a name of its own: an object with a field";
        self.warn("W041", format!("{reason}; the inner ones are untyped"), node.pointer(), help);
        self.untyped(node.pointer(), reason)
    }

    /// Gives a type its id; its body is lowered later. A place where components are merged has one type, however it is
    /// reached: it may well be reached from itself.
    pub(super) fn reserve(&mut self, node: &Node<'a>, shape: &Shape<'a>, hint: &[String]) -> TypeId {
        let place = node.place();
        let known = place.as_ref().and_then(|place| match shape.refs.is_empty() {
            true => self.around(place),
            false => self.merged.get(place).copied(),
        });
        if let Some(known) = known {
            return known;
        }
        let id = self.reserve_anew(node, shape, hint);
        if let Some(place) = place.clone().filter(|_| !shape.refs.is_empty()) {
            self.merged.insert(place, id);
        }
        self.lineage.entry(id).or_insert(super::Lineage { within: self.current, place });
        id
    }

    /// The type of a place among those that the current one stands in: schemas without a name may lead back to themselves
    /// by way of others, and would be made anew for ever.
    fn around(&self, place: &[(String, bool, bool)]) -> Option<TypeId> {
        let mut outer = self.current;
        while let Some(id) = outer {
            let lineage = self.lineage.get(&id)?;
            if lineage.place.as_deref() == Some(place) {
                return Some(id);
            }
            outer = lineage.within;
        }
        None
    }

    fn reserve_anew(&mut self, node: &Node<'a>, shape: &Shape<'a>, hint: &[String]) -> TypeId {
        self.named_once(node, |lowering| {
            let words = node.given_name().map_or_else(|| hint.to_vec(), words);
            let id = lowering.draft(words, node, shape.doc.or(shape.title), None);
            if let Some(draft) = lowering.draft_mut(id) {
                draft.deprecated = shape.deprecated;
            }
            lowering.pending.push_back(Pending { id, node: node.clone() });
            id
        })
    }

    /// The type of a place; of one that has a name in the document, the same one each time.
    pub(super) fn named_once(&mut self, node: &Node<'a>, make: impl FnOnce(&mut Self) -> TypeId) -> TypeId {
        let place = match (node.given_name(), node.key()) {
            (Some(_), Some(Key::At(place))) => place,
            _ => return make(self),
        };
        if let Some(known) = self.named.get(&place) {
            return *known;
        }
        let id = make(self);
        self.named.insert(place, id);
        id
    }

    /// Lowers the bodies that wait, and those they bring up.
    pub(super) fn drain(&mut self) {
        let mut made = 0_usize;
        while let Some(Pending { id, node }) = self.pending.pop_front() {
            self.current = Some(id);
            let shape = self.shape(&node);
            made += 1 + shape.properties.len();
            if made > super::MOST_MEMBERS {
                // The run is refused for it.
                self.members.set(made);
                self.pending.clear();
                break;
            }
            let kind = match self.union_body(id, &node, &shape) {
                Some(body) => TypeKind::Union(body),
                None => TypeKind::Struct(self.struct_body(id, &node, &shape)),
            };
            if let Some(draft) = self.draft_mut(id) {
                draft.kind = Some(kind);
            }
        }
        self.current = None;
    }
}

/// The type, wrapped when the place cannot say otherwise that it may be null.
pub(super) fn nullable(ty: Type, is_nullable: bool) -> Type {
    if is_nullable && ty != Type::Json { Type::Nullable(Box::new(ty)) } else { ty }
}

/// How many lists, maps and nullable types stand in each other.
fn depth(ty: &Type) -> usize {
    match ty {
        Type::List(held) | Type::Map(held) | Type::Nullable(held) => 1 + depth(held),
        _ => 0,
    }
}

pub(super) fn integer(shape: &Shape<'_>) -> Type {
    match shape.format.as_deref() {
        Some("int32" | "int16" | "int8") => Type::Int { bits: 32, signed: true },
        Some("uint32" | "uint16" | "uint8") => Type::Int { bits: 32, signed: false },
        Some("uint64" | "uint") => Type::Int { bits: 64, signed: false },
        _ => Type::Int { bits: 64, signed: true },
    }
}

pub(super) fn number(shape: &Shape<'_>) -> Type {
    match shape.format.as_deref() {
        // A time in seconds may have a fraction, and must not lose it.
        Some("decimal" | "decimal128" | "sf-decimal" | "unixtime") => Type::Decimal,
        Some("float") => Type::Float { bits: 32 },
        Some(format) if format.starts_with("int") || format.starts_with("uint") => integer(shape),
        Some("double-int" | "sf-integer") => integer(shape),
        _ => Type::Float { bits: 64 },
    }
}
