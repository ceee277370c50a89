//! `oneOf` and `anyOf` to unions, or to what they really are: one type, an open enum, an expandable.

use std::rc::Rc;

use serde_json::Value;

use super::Lowering;
use super::node::{Node, component_name};
use super::shape::Shape;
use super::types::{integer, number};
use super::words::{name, words};
use crate::ir::{Type, TypeId, TypeKind, Union, UnionStyle, UnionVariant};
use crate::maps::HashSet;

/// What the alternatives at a place come to.
#[derive(Default)]
struct Alternatives<'a> {
    /// Schemas that hold whichever alternative it is.
    common: Vec<Node<'a>>,
    /// Alternatives, of which there are none or several.
    choices: Vec<Node<'a>>,
    /// Whether there are more lists of alternatives, which are left aside.
    is_partial: bool,
}

impl<'a> Lowering<'a> {
    /// Whether a value may be null, as the place or one of its alternatives says.
    pub(super) fn is_nullable(&self, shape: &Shape<'a>) -> bool {
        let says = |shape: &Shape<'_>| shape.nullable || shape.values.iter().any(Value::is_null);
        says(shape) || shape.unions.iter().flatten().any(|branch| says(&self.shape(branch)))
    }

    /// The type of a place with alternatives; `None` when its alternatives say nothing about its type.
    pub(super) fn union(&mut self, node: &Node<'a>, shape: &Shape<'a>, hint: &[String]) -> Option<Type> {
        if self.family(node, shape).is_some() {
            return Some(Type::Ref(self.reserve(node, shape, hint)));
        }
        let Alternatives { common, choices, is_partial } = self.alternatives(shape);
        if is_partial {
            self.warn(
                "W061",
                "several lists of alternatives hold together here; only the first tells values apart".to_owned(),
                node.pointer(),
                "write the values it may have as one list",
            );
        }
        if choices.is_empty() {
            return self.merged_alternatives(node, shape, common, hint);
        }
        if let Some(ty) = self.scalar_union(node, &choices, hint) {
            return Some(ty);
        }
        if let Some(expandable) = self.expandable(node, &choices) {
            return Some(expandable);
        }
        Some(Type::Ref(self.reserve(node, shape, hint)))
    }

    /// A place all of whose alternatives hold together.
    fn merged_alternatives(
        &mut self,
        node: &Node<'a>,
        shape: &Shape<'a>,
        common: Vec<Node<'a>>,
        hint: &[String],
    ) -> Option<Type> {
        if common.is_empty() {
            return None;
        }
        // An alternative that is made of this very place says nothing new, however often it is asked.
        let others: Vec<Node<'a>> = common.into_iter().filter(|branch| !node.holds(branch)).collect();
        let whole = match others.as_slice() {
            [] => node.clone().plain(),
            [only] if shape.properties.is_empty() => only.clone(),
            _ => others.into_iter().fold(node.clone().plain(), Node::and),
        };
        let whole_shape = self.shape(&whole);
        Some(self.type_of(&whole, &whole_shape, hint))
    }

    /// Several lists of alternatives at one place hold together. When all of them are objects, so does an object in which
    /// none of their properties must be there; what else there may be is not told apart.
    fn alternatives(&self, shape: &Shape<'a>) -> Alternatives<'a> {
        let mut found = Alternatives::default();
        let mut lists: Vec<Vec<Node<'a>>> = Vec::new();
        for union in &shape.unions {
            let mut branches = self.branches(union);
            match branches.len() {
                0 => {}
                // Beside one that allows anything, a single alternative is one of several all the same.
                1 if !shape.is_described() && union.iter().any(|branch| self.shape(branch).allows_anything()) => {
                    lists.push(branches);
                }
                1 => found.common.append(&mut branches),
                _ => lists.push(branches),
            }
        }
        let are_objects = || lists.iter().flatten().all(|branch| self.shape(branch).has_fields());
        if lists.len() > 1 && are_objects() {
            found.common.extend(lists.into_iter().flatten().map(|branch| branch.plain().loose()));
        } else {
            found.is_partial = lists.len() > 1;
            found.choices = lists.into_iter().next().unwrap_or_default();
        }
        found
    }

    /// The alternatives that say what a value looks like.
    fn branches(&self, union: &[Node<'a>]) -> Vec<Node<'a>> {
        let says_something = |branch: &&Node<'a>| {
            let shape = self.shape(branch);
            let is_null = !shape.values.is_empty() && shape.values.iter().all(Value::is_null);
            !is_null && (!shape.says_nothing() || shape.untyped.is_some())
        };
        union.iter().filter(says_something).cloned().collect()
    }

    /// "A text, or one of these texts" is an open enum, and so is "one of these, or one of those"; "an integer or a
    /// number" is a number that keeps its digits.
    fn scalar_union(&mut self, node: &Node<'a>, branches: &[Node<'a>], hint: &[String]) -> Option<Type> {
        let shapes: Vec<Rc<Shape<'a>>> = branches.iter().map(|branch| self.shape(branch)).collect();
        let all = |accepted: &[&str]| {
            shapes.iter().all(|shape| shape.unions.is_empty() && shape.typ.is_some_and(|typ| accepted.contains(&typ)))
        };
        let listed: Vec<usize> =
            (0..shapes.len()).filter(|i| shapes.get(*i).is_some_and(|s| !s.values.is_empty())).collect();
        let all_listed = listed.len() == shapes.len();
        if all(&["integer", "number"]) && listed.is_empty() {
            return Some(widest(&shapes));
        }
        if !all(&["string"]) && (!all_listed || !all(&["integer"])) {
            return None;
        }
        match listed.as_slice() {
            // The most general text holds them all.
            [] => Some(Type::String),
            [only] => {
                let (branch, shape) = (branches.get(*only)?, shapes.get(*only)?);
                Some(self.type_of(branch, shape, hint))
            }
            _ => {
                let mut together = Shape { typ: shapes.first()?.typ, ..Shape::default() };
                for value in shapes.iter().flat_map(|shape| &shape.values) {
                    if !together.values.contains(value) {
                        together.values.push(value.clone());
                    }
                }
                Some(self.enumeration(node, &together, hint))
            }
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

    /// The body of a union whose id was reserved; `None` when the place has no alternatives.
    pub(super) fn union_body(&mut self, id: TypeId, node: &Node<'a>, shape: &Shape<'a>) -> Option<Union> {
        let hint = self.draft_mut(id).map(|draft| draft.words.clone()).unwrap_or_default();
        if let Some(family) = self.family(node, shape) {
            return Some(self.family_body(node, shape, &family, &hint));
        }
        let Alternatives { common, choices, .. } = self.alternatives(shape);
        if choices.is_empty() {
            return None;
        }
        let property = self.discriminator(shape, &choices);
        let mut seen = HashSet::default();
        let mut variants: Vec<UnionVariant> = Vec::with_capacity(choices.len());
        for (index, branch) in choices.iter().enumerate() {
            let variant_words = self.variant_words(branch, index, property.as_deref());
            let mut variant_hint = hint.clone();
            variant_hint.extend(variant_words.clone());
            let whole = self.with_base(node, shape, &common, branch);
            let whole_shape = self.shape(&whole);
            let ty = self.type_of(&whole, &whole_shape, &variant_hint);
            let tags = property.as_deref().map(|property| self.tags(shape, branch, property)).unwrap_or_default();
            if seen.insert((ty.clone(), tags.clone())) {
                let variant_words = if variant_words.is_empty() { self.kind_words(&ty) } else { variant_words };
                variants.push(UnionVariant { name: name(variant_words, "value"), ty, tags });
            }
        }
        let style = match property {
            Some(property) => UnionStyle::Discriminator { property },
            None => UnionStyle::Shape,
        };
        Some(Union { style, variants })
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
            let mut values = HashSet::default();
            let differs = branches.iter().all(|branch| {
                let tags = self.constants(branch, property);
                !tags.is_empty() && tags.into_iter().all(|tag| values.insert(tag))
            });
            differs.then(|| (*property).to_owned())
        })
    }

    /// The discriminator values that mean a branch.
    pub(super) fn tags(&self, shape: &Shape<'a>, branch: &Node<'a>, property: &str) -> Vec<String> {
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

    /// What a nameless member is called after.
    fn kind_words(&mut self, ty: &Type) -> Vec<String> {
        let word = match ty {
            Type::Bool => "bool",
            Type::Int { .. } => "integer",
            Type::Float { .. } | Type::Decimal => "number",
            Type::List(item) => {
                let mut words = self.kind_words(item);
                words.insert(0, "list".to_owned());
                return words;
            }
            Type::Map(_) => "map",
            Type::Nullable(of) => return self.kind_words(of),
            Type::Ref(id) => {
                let named = self.draft_mut(*id).map(|draft| draft.words.clone()).filter(|words| !words.is_empty());
                return named.unwrap_or_else(|| vec!["value".to_owned()]);
            }
            Type::Json => "json",
            Type::Date => "date",
            Type::DateTime => return vec!["date".to_owned(), "time".to_owned()],
            Type::Uuid => "uuid",
            Type::Uri => "uri",
            Type::Bytes => "bytes",
            Type::String | Type::Secret => "text",
        };
        vec![word.to_owned()]
    }

    /// A branch together with what stands beside the alternatives, unless the branch says all of that itself.
    fn with_base(&self, node: &Node<'a>, shape: &Shape<'a>, common: &[Node<'a>], branch: &Node<'a>) -> Node<'a> {
        let own = self.shape(branch);
        if common.is_empty() && shape.properties.keys().all(|property| own.properties.contains_key(property)) {
            return branch.clone();
        }
        common.iter().cloned().fold(node.clone().plain(), Node::and).and(branch.clone())
    }
}

/// The type that holds the numbers of all shapes: whole ones beyond a float's precision stay what they are.
fn widest(shapes: &[Rc<Shape<'_>>]) -> Type {
    let mut types =
        shapes.iter().map(|shape| if shape.typ == Some("integer") { integer(shape) } else { number(shape) });
    let first = types.next().unwrap_or(Type::Decimal);
    types.fold(first, |widest, ty| match (&widest, &ty) {
        _ if widest == ty => widest,
        (Type::Int { signed: true, .. }, Type::Int { signed: true, .. }) => Type::Int { bits: 64, signed: true },
        (Type::Int { signed: false, .. }, Type::Int { signed: false, .. }) => Type::Int { bits: 64, signed: false },
        (Type::Float { .. }, Type::Float { .. }) => Type::Float { bits: 64 },
        _ => Type::Decimal,
    })
}
