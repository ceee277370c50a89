//! `oneOf` and `anyOf` to unions, or to what they really are: one type, an open enum, an expandable.

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::Value;

use super::Lowering;
use super::node::{Node, component_name};
use super::shape::Shape;
use super::words::{name, words};
use crate::ir::{Type, TypeId, TypeKind, Union, UnionStyle, UnionVariant};

impl<'a> Lowering<'a> {
    /// Whether the place has alternatives that differ in type.
    pub(super) fn is_union(&self, shape: &Shape<'a>) -> bool {
        self.branches(shape).len() > 1
    }

    /// The type of a place with alternatives; `None` when its alternatives say nothing about its type.
    pub(super) fn union(&mut self, node: &Node<'a>, shape: &Shape<'a>, hint: &[String]) -> Option<Type> {
        let branches = self.branches(shape);
        if let [only] = branches.as_slice() {
            let only = with_base(node, shape, only);
            let only_shape = self.shape(&only);
            return Some(self.type_of(&only, &only_shape, hint));
        }
        if branches.is_empty() {
            return None;
        }
        if let Some(ty) = self.scalar_union(&branches, hint) {
            return Some(ty);
        }
        if let Some(expandable) = self.expandable(node, &branches) {
            return Some(expandable);
        }
        Some(Type::Ref(self.reserve(node, shape, hint)))
    }

    /// The alternatives of a place that say what a value looks like.
    fn branches(&self, shape: &Shape<'a>) -> Vec<Node<'a>> {
        let Some(union) = shape.unions.first() else { return Vec::new() };
        union
            .iter()
            .filter(|branch| {
                let shape = self.shape(branch);
                let is_null = !shape.values.is_empty() && shape.values.iter().all(Value::is_null);
                let says_nothing = shape.says_nothing() && shape.untyped.is_none();
                !is_null && !says_nothing
            })
            .cloned()
            .collect()
    }

    /// "A text, or one of these texts" is an open enum; "an integer or a number" is a number.
    fn scalar_union(&mut self, branches: &[Node<'a>], hint: &[String]) -> Option<Type> {
        let shapes: Vec<Rc<Shape<'a>>> = branches.iter().map(|branch| self.shape(branch)).collect();
        let all = |accepted: &[&str]| {
            shapes.iter().all(|shape| shape.unions.is_empty() && shape.typ.is_some_and(|typ| accepted.contains(&typ)))
        };
        if all(&["integer", "number"]) && shapes.iter().all(|shape| shape.values.is_empty()) {
            return Some(Type::Float { bits: 64 });
        }
        if !all(&["string"]) {
            return None;
        }
        let listed: Vec<usize> =
            (0..shapes.len()).filter(|i| shapes.get(*i).is_some_and(|s| !s.values.is_empty())).collect();
        match listed.as_slice() {
            [] => Some(Type::String),
            [only] => {
                let (branch, shape) = (branches.get(*only)?, shapes.get(*only)?);
                Some(self.type_of(branch, shape, hint))
            }
            _ => None,
        }
    }

    /// An object or the text that names it, when `sdk.toml` says that is what such a pair means.
    fn expandable(&mut self, node: &Node<'a>, branches: &[Node<'a>]) -> Option<Type> {
        if !self.config.expandable || branches.len() != 2 {
            return None;
        }
        let object =
            branches.iter().find(|branch| self.pure_component(branch).is_some() && self.shape(branch).has_fields())?;
        let text = branches.iter().find(|branch| {
            let shape = self.shape(branch);
            shape.typ == Some("string") && shape.values.is_empty()
        })?;
        let text_shape = self.shape(text);
        let id_type = self.type_of(text, &text_shape, &[]);
        let object_shape = self.shape(object);
        let object_type = self.type_of(object, &object_shape, &[]);
        let key = (id_type.clone(), object_type.clone());
        if let Some(known) = self.expandables.get(&key) {
            return Some(Type::Ref(*known));
        }
        let object_words = self.pure_component(object).map(words).unwrap_or_default();
        let mut union_words = vec!["expandable".to_owned()];
        union_words.extend(object_words);
        let variant = |text: &str, ty: Type| UnionVariant { name: name(words(text), "value"), ty, tags: Vec::new() };
        let kind = TypeKind::Union(Union {
            style: UnionStyle::Expandable,
            variants: vec![variant("id", id_type), variant("object", object_type)],
        });
        let id = self.draft(union_words, node, None, Some(kind));
        self.expandables.insert(key, id);
        Some(Type::Ref(id))
    }

    /// The body of a union whose id was reserved.
    pub(super) fn union_body(&mut self, id: TypeId, node: &Node<'a>, shape: &Shape<'a>) -> Union {
        let hint = self.draft_mut(id).map(|draft| draft.words.clone()).unwrap_or_default();
        let branches = self.branches(shape);
        let property = self.discriminator(shape, &branches);
        let mut seen = HashSet::new();
        let mut variants: Vec<UnionVariant> = Vec::with_capacity(branches.len());
        for (index, branch) in branches.iter().enumerate() {
            let variant_words = self.variant_words(branch, index, property.as_deref());
            let mut variant_hint = hint.clone();
            variant_hint.extend(variant_words.clone());
            let whole = with_base(node, shape, branch);
            let whole_shape = self.shape(&whole);
            let ty = self.type_of(&whole, &whole_shape, &variant_hint);
            let tags = property.as_deref().map(|property| self.tags(shape, branch, property)).unwrap_or_default();
            if seen.insert((ty.clone(), tags.clone())) {
                let variant_words = if variant_words.is_empty() { kind_words(&ty) } else { variant_words };
                variants.push(UnionVariant { name: name(variant_words, "value"), ty, tags });
            }
        }
        let style = match property {
            Some(property) => UnionStyle::Discriminator { property },
            None => UnionStyle::Shape,
        };
        Union { style, variants }
    }

    /// The property whose text tells the alternatives apart: declared, or one that has a different constant in each.
    fn discriminator(&self, shape: &Shape<'a>, branches: &[Node<'a>]) -> Option<String> {
        let is_object = |branch: &Node<'a>| self.shape(branch).has_fields();
        if let Some(declared) = shape.discriminator
            && branches.iter().all(|branch| !self.tags(shape, branch, &declared.property_name).is_empty())
        {
            return Some(declared.property_name.clone());
        }
        if !branches.iter().all(is_object) {
            return None;
        }
        let first = self.shape(branches.first()?);
        first.properties.keys().find_map(|property| {
            let mut values = HashSet::new();
            let differs = branches.iter().all(|branch| {
                let tags = self.constants(branch, property);
                !tags.is_empty() && tags.into_iter().all(|tag| values.insert(tag))
            });
            differs.then(|| (*property).to_owned())
        })
    }

    /// The discriminator values that mean a branch.
    fn tags(&self, shape: &Shape<'a>, branch: &Node<'a>, property: &str) -> Vec<String> {
        let component = self.pure_component(branch);
        let mapped: Vec<String> = shape
            .discriminator
            .iter()
            .flat_map(|discriminator| &discriminator.mapping)
            .filter(|(_, target)| component == Some(component_name(target)))
            .map(|(tag, _)| tag.clone())
            .collect();
        if !mapped.is_empty() {
            return mapped;
        }
        let constants = self.constants(branch, property);
        if !constants.is_empty() {
            return constants;
        }
        // OpenAPI 3.0, "Discriminator Object": without a mapping the value is the schema's name.
        component.filter(|_| shape.discriminator.is_some()).map(|name| vec![name.to_owned()]).unwrap_or_default()
    }

    fn constants(&self, branch: &Node<'a>, property: &str) -> Vec<String> {
        let shape = self.shape(branch);
        let Some(node) = shape.properties.get(property) else { return Vec::new() };
        let values = &self.shape(node).values;
        if values.len() > 1 && shape.discriminator.is_none() {
            return Vec::new();
        }
        values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
    }

    fn variant_words(&self, branch: &Node<'a>, index: usize, property: Option<&str>) -> Vec<String> {
        if let Some(component) = self.pure_component(branch) {
            return words(component);
        }
        let shape = self.shape(branch);
        if let Some(title) = shape.title.filter(|title| title.len() <= 40) {
            return words(title);
        }
        if let Some(tag) = property.and_then(|property| self.constants(branch, property).into_iter().next()) {
            return words(&tag);
        }
        if shape.has_fields() { vec!["variant".to_owned(), (index + 1).to_string()] } else { Vec::new() }
    }
}

/// A branch together with the properties that stand beside the alternatives, when there are any.
fn with_base<'a>(node: &Node<'a>, shape: &Shape<'a>, branch: &Node<'a>) -> Node<'a> {
    if shape.properties.is_empty() { branch.clone() } else { node.clone().plain().and(branch.clone()) }
}

/// What a nameless member is called after.
fn kind_words(ty: &Type) -> Vec<String> {
    let word = match ty {
        Type::Bool => "bool",
        Type::Int { .. } => "integer",
        Type::Float { .. } | Type::Decimal => "number",
        Type::List(item) => {
            let mut words = kind_words(item);
            words.insert(0, "list".to_owned());
            return words;
        }
        Type::Map(_) => "map",
        Type::Nullable(of) => return kind_words(of),
        Type::Ref(_) => "value",
        Type::Json => "json",
        _ => "text",
    };
    vec![word.to_owned()]
}
