//! A schema with a discriminator, and the schemas that are `allOf` it: a place of the first may hold any of them.
//!
//! OpenAPI 3.0, "Discriminator Object", second example: the alternatives are not listed where they are used.

use std::collections::VecDeque;

use indexmap::IndexSet;
use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaKind};

use super::Lowering;
use super::node::{Node, Part, Target, component_name};
use super::shape::Shape;
use super::words::{name, words};
use crate::ir::{Type, Union, UnionStyle, UnionVariant};
use crate::maps::HashMap;

/// Schemas that are made of one, and what tells them apart.
pub(super) struct Family<'a> {
    discriminator: &'a Discriminator,
    members: Vec<&'a str>,
}

impl<'a> Lowering<'a> {
    /// The components that are made of the one at this place, when it tells them apart.
    pub(super) fn family(&self, node: &Node<'a>, shape: &Shape<'a>) -> Option<Family<'a>> {
        let [Part { target: Target::Inline(schema), pointer, plain: false, loose: false }] = node.parts.as_slice()
        else {
            return None;
        };
        let discriminator = schema.schema_data.discriminator.as_ref()?;
        let own = pointer.strip_prefix("/components/schemas/").filter(|name| !name.contains('/'))?;
        let is_plain_object = shape.unions.is_empty() && shape.has_fields();
        let members = if is_plain_object { self.descendants(own) } else { Vec::new() };
        (!members.is_empty()).then_some(Family { discriminator, members })
    }

    /// Components that are `allOf` the named one, also over others: the nearest first, in document order.
    fn descendants(&self, root: &str) -> Vec<&'a str> {
        let children = self.children.get_or_init(|| self.all_children());
        let mut members: IndexSet<&'a str> = IndexSet::new();
        let mut open: VecDeque<&str> = VecDeque::from([root]);
        while let Some(parent) = open.pop_front() {
            for child in children.get(parent).into_iter().flatten() {
                if *child != root && members.insert(child) {
                    open.push_back(child);
                }
            }
        }
        members.into_iter().collect()
    }

    /// By component, those that are directly made of it.
    fn all_children(&self) -> HashMap<&'a str, Vec<&'a str>> {
        let mut children: HashMap<&'a str, Vec<&'a str>> = HashMap::default();
        let components = self.document.api.components.as_ref();
        for (name, schema) in components.into_iter().flat_map(|components| &components.schemas) {
            for parent in parents(schema) {
                children.entry(parent).or_default().push(name);
            }
        }
        children
    }

    /// The union of a schema and its family.
    pub(super) fn family_body(
        &mut self,
        node: &Node<'a>,
        shape: &Shape<'a>,
        Family { discriminator, members }: &Family<'a>,
        hint: &[String],
    ) -> Union {
        let property = discriminator.property_name.clone();
        let mut variants = Vec::with_capacity(members.len() + 1);
        for member in members {
            let branch = Node::component(member, node.pointer().to_owned());
            let tags = self.tags(shape, &branch, &property);
            variants.push(UnionVariant { name: name(words(member), "value"), ty: self.component_type(member), tags });
        }
        let own = node.pointer().rsplit('/').next().unwrap_or_default();
        let mapped = discriminator.mapping.iter().filter(|(_, target)| component_name(target) == own);
        let mut tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
        if discriminator.mapping.is_empty() {
            tags.push(own.to_owned());
        }
        if !tags.is_empty() {
            let mut own_hint = hint.to_vec();
            own_hint.push("itself".to_owned());
            let id = self.reserve(&node.clone().plain(), shape, &own_hint);
            variants.push(UnionVariant { name: name(words("itself"), "value"), ty: Type::Ref(id), tags });
        }
        Union { style: UnionStyle::Discriminator { property }, variants }
    }
}

/// The components a schema is directly made of.
fn parents(schema: &ReferenceOr<Schema>) -> impl Iterator<Item = &str> {
    let all_of = match schema {
        ReferenceOr::Item(Schema { schema_kind: SchemaKind::AllOf { all_of }, .. }) => all_of.as_slice(),
        ReferenceOr::Item(Schema { schema_kind: SchemaKind::Any(any), .. }) => any.all_of.as_slice(),
        _ => &[],
    };
    all_of.iter().filter_map(|part| match part {
        ReferenceOr::Reference { reference } => Some(component_name(reference)),
        ReferenceOr::Item(_) => None,
    })
}
