//! A place in the document where a schema stands, made of one or more schemas that must all hold.
//!
//! `allOf`, and siblings of a `$ref`, put several schemas at one place; so does a property that two of them
//! define. Keeping them as parts of one node makes every later step indifferent to how they were written.

use openapiv3::{ReferenceOr, Schema};

/// One schema as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target<'a> {
    /// The name of a component.
    Ref(&'a str),
    /// A schema written in place.
    Inline(&'a Schema),
}

/// A schema and where it is written.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub(super) target: Target<'a>,
    /// JSON pointer into the resolved document.
    pub(super) pointer: String,
    /// Leave `oneOf` and `anyOf` of this part aside: set on the base of each of their branches.
    pub(super) plain: bool,
    /// What this part requires is required only sometimes: set on the branches of several alternatives at one place.
    pub(super) loose: bool,
}

/// Schemas that all hold at one place.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub(super) parts: Vec<Part<'a>>,
}

/// What tells a node of one schema from others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key<'a> {
    /// A reference to a component, wherever it stands.
    Component(&'a str),
    /// A schema written at a place.
    At(String),
}

impl<'a> Node<'a> {
    /// The node's key; none when it is several schemas, or part of one, or stands nowhere.
    pub(super) fn key(&self) -> Option<Key<'a>> {
        match self.parts.as_slice() {
            [Part { plain: true, .. } | Part { loose: true, .. }] => None,
            [Part { target: Target::Ref(name), .. }] => Some(Key::Component(name)),
            [Part { pointer, .. }] if !pointer.is_empty() => Some(Key::At(pointer.clone())),
            _ => None,
        }
    }

    /// Where all of its schemas are written, and how they are taken; none when one of them stands nowhere.
    pub(super) fn place(&self) -> Option<Vec<(String, bool, bool)>> {
        let place =
            |part: &Part<'a>| (!part.pointer.is_empty()).then(|| (part.pointer.clone(), part.plain, part.loose));
        self.parts.iter().map(place).collect()
    }

    /// The schema written at `pointer`.
    pub(super) fn new(schema: &'a ReferenceOr<Schema>, pointer: String) -> Self {
        let target = match schema {
            ReferenceOr::Reference { reference } => Target::Ref(component_name(reference)),
            ReferenceOr::Item(schema) => Target::Inline(schema),
        };
        Self::of(target, pointer)
    }

    /// The boxed schema written at `pointer`.
    pub(super) fn boxed(schema: &'a ReferenceOr<Box<Schema>>, pointer: String) -> Self {
        let target = match schema {
            ReferenceOr::Reference { reference } => Target::Ref(component_name(reference)),
            ReferenceOr::Item(schema) => Target::Inline(schema),
        };
        Self::of(target, pointer)
    }

    fn of(target: Target<'a>, pointer: String) -> Self {
        Self { parts: vec![Part { target, pointer, plain: false, loose: false }] }
    }

    /// The component of that name, as a place that refers to it.
    pub(super) fn component(name: &'a str, pointer: String) -> Self {
        Self::of(Target::Ref(name), pointer)
    }

    /// Where the node is written; the first part's place when there are several.
    pub(super) fn pointer(&self) -> &str {
        self.parts.first().map_or("", |part| part.pointer.as_str())
    }

    /// The name it is given here: not in what it refers to, which has a name of its own.
    pub(super) fn given_name(&self) -> Option<&'a str> {
        self.parts.iter().rev().find_map(|part| match part.target {
            Target::Inline(schema) => schema.schema_data.extensions.get("x-name")?.as_str(),
            Target::Ref(_) => None,
        })
    }

    /// Puts another node's schemas at this place, but for those that are here already.
    pub(super) fn add(&mut self, other: Node<'a>) {
        for part in other.parts {
            if !self.parts.iter().any(|known| known.pointer == part.pointer) {
                self.parts.push(part);
            }
        }
    }

    /// Whether another node's schemas are all here.
    pub(super) fn holds(&self, other: &Node<'a>) -> bool {
        other.parts.iter().all(|part| self.parts.iter().any(|known| known.pointer == part.pointer))
    }

    /// Both nodes' schemas at one place. One that is here already is not asked again: its alternatives are looked at just now.
    pub(super) fn and(mut self, other: Node<'a>) -> Self {
        self.add(other);
        self
    }

    /// The same schemas with their `oneOf` and `anyOf` left aside.
    pub(super) fn plain(mut self) -> Self {
        for part in &mut self.parts {
            part.plain = true;
        }
        self
    }

    /// The same schemas, none of whose properties must be there.
    pub(super) fn loose(mut self) -> Self {
        for part in &mut self.parts {
            part.loose = true;
        }
        self
    }
}

/// `Pet` of `#/components/schemas/Pet`; loading has made every reference of that form.
pub(super) fn component_name(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}
