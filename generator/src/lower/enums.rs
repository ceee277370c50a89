//! Lists of values to open enums.

use serde_json::Value;

use super::Lowering;
use super::node::Node;
use super::shape::Shape;
use super::structs::{constant, constant_type};
use super::words::{name, value_words, words};
use crate::ir::{EnumBase, EnumType, Literal, Type, TypeKind, Variant};
use crate::maps::HashSet;

impl<'a> Lowering<'a> {
    /// The type of a place whose values are listed.
    pub(super) fn enumeration(&mut self, node: &Node<'a>, shape: &Shape<'a>, hint: &[String]) -> Type {
        let values: Vec<&Value> = shape.values.iter().filter(|value| !value.is_null()).collect();
        if let Some(constant) =
            constant(shape).filter(|_| !node.pointer().starts_with("/components/schemas/") || is_nested(node))
        {
            return constant_type(&constant);
        }
        let base = if values.is_empty() {
            return self.untyped(node.pointer(), "the only value is null");
        } else if values.iter().all(|value| value.is_string()) {
            EnumBase::String
        } else if values.iter().all(|value| value.is_i64()) {
            EnumBase::Int
        } else if values.iter().all(|value| value.is_boolean()) {
            return Type::Bool;
        } else if values.iter().all(|value| value.is_number()) {
            return Type::Float { bits: 64 };
        } else {
            return self.untyped(node.pointer(), "the listed values are of several types");
        };
        let variants = variants(&values, shape);
        let words = node.given_name().map_or_else(|| hint.to_vec(), words);
        let kind = TypeKind::Enum(EnumType { base, variants });
        Type::Ref(self.named_once(node, |lowering| {
            let id = lowering.draft(words, node, shape.doc.or(shape.title), Some(kind));
            if let Some(draft) = lowering.draft_mut(id) {
                draft.deprecated = shape.deprecated;
            }
            id
        }))
    }
}

/// Whether the node stands inside a component rather than being one.
fn is_nested(node: &Node<'_>) -> bool {
    node.pointer().matches('/').count() > 3
}

fn variants(values: &[&Value], shape: &Shape<'_>) -> Vec<Variant> {
    let mut variants: Vec<Variant> = Vec::with_capacity(values.len());
    let mut seen = HashSet::with_capacity_and_hasher(values.len(), Default::default());
    for (index, value) in values.iter().enumerate() {
        if !seen.insert(value.to_string()) {
            continue;
        }
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let given = named(shape, "x-enum-names", &text)
            .or_else(|| listed(shape, "x-enum-varnames", index))
            .or_else(|| listed(shape, "x-enumNames", index));
        let doc = named(shape, "x-enum-descriptions", &text).or_else(|| listed(shape, "x-enum-descriptions", index));
        let words = given.map_or_else(|| value_words(&text), |given| words(&given));
        variants.push(Variant {
            name: name(words, "empty"),
            value: Literal::from(*value),
            doc: doc.unwrap_or_default(),
            deprecated: false,
        });
    }
    variants
}

fn named(shape: &Shape<'_>, extension: &str, value: &str) -> Option<String> {
    shape.extensions.get(extension)?.as_object()?.get(value)?.as_str().map(str::to_owned)
}

fn listed(shape: &Shape<'_>, extension: &str, index: usize) -> Option<String> {
    shape.extensions.get(extension)?.as_array()?.get(index)?.as_str().map(str::to_owned)
}
