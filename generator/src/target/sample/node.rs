//! A value together with what it is, so that a language can write it in its own types.

use serde::Serialize;
use serde_json::Value;

use crate::ir::{Api, BodyPart, EnumType, Literal, Name, Struct, Type, TypeId, TypeKind, Union, UnionStyle};
use crate::target::words::snake;

/// A value that is shown.
#[derive(Clone, Debug, Serialize)]
pub(in crate::target) struct Node {
    /// Its type, behind other names and without null.
    pub ty: Type,
    /// Whether null could stand there.
    pub nullable: bool,
    /// The value.
    #[serde(flatten)]
    pub content: Content,
}

/// What a value is made of.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(in crate::target) enum Content {
    /// Nothing.
    Null,
    /// A file, of which nothing but this is shown.
    File {
        /// What it is called, with an ending that fits what it is.
        name: String,
        /// What it is, where the caller must say it: the document allows several.
        media_type: Option<String>,
    },
    /// A value of a type that is no named one, or an id; untyped JSON may be anything.
    Scalar { literal: Literal },
    /// One of an enum's values, by position and name; no position when it is none that is listed.
    Enum { variant: Option<usize>, name: Option<Name>, literal: Literal },
    /// A list.
    List { items: Vec<Node> },
    /// A map, in the order of its keys.
    Map { members: Vec<(String, Node)> },
    /// An object, with the fields that are given.
    Struct { fields: Vec<NodeField> },
    /// One of a union's members, by position and name.
    Union { variant: usize, name: Name, value: Box<Node> },
}

/// A field that is given.
#[derive(Clone, Debug, Serialize)]
pub(in crate::target) struct NodeField {
    /// Its position among the fields of the type.
    pub at: usize,
    /// Its name.
    pub name: Name,
    /// Its name in JSON.
    pub wire_name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// The value as one of that type; `None` when it is not one.
    pub(in crate::target) fn of(api: &Api, ty: &Type, value: &Value) -> Option<Self> {
        let resolved = api.resolve(ty);
        if let Type::Nullable(inner) = resolved {
            if value.is_null() {
                return Some(Self { ty: (**inner).clone(), nullable: true, content: Content::Null });
            }
            return Some(Self { nullable: true, ..Self::of(api, inner, value)? });
        }
        let content = match (resolved, value) {
            (Type::List(item), Value::Array(items)) => {
                let items = items.iter().map(|value| Self::of(api, item, value));
                Content::List { items: items.collect::<Option<_>>()? }
            }
            (Type::Map(item), Value::Object(members)) => {
                let members = members.iter().map(|(key, value)| Some((key.clone(), Self::of(api, item, value)?)));
                Content::Map { members: members.collect::<Option<_>>()? }
            }
            (Type::List(_) | Type::Map(_), _) => return None,
            (Type::Ref(id), value) => Self::defined(api, *id, value)?,
            (_, value) => Content::Scalar { literal: Literal::from(value) },
        };
        Some(Self { ty: resolved.clone(), nullable: false, content })
    }

    /// Null, where a value of that type could stand.
    pub(in crate::target) fn null(api: &Api, ty: &Type) -> Self {
        let ty = match api.resolve(ty) {
            Type::Nullable(inner) => api.resolve(inner),
            ty => ty,
        };
        Self { ty: ty.clone(), nullable: true, content: Content::Null }
    }

    /// A file as it goes in a part of a form.
    pub(in crate::target) fn part(part: &BodyPart) -> Self {
        let one_of = part.content_types.iter().find(|media_type| !media_type.contains('*'));
        let known = one_of.or(part.content_type.as_ref()).map(String::as_str);
        let name = format!("{}.{}", snake(&part.name), ending(known.unwrap_or_default()));
        Self { ty: Type::Bytes, nullable: false, content: Content::File { name, media_type: one_of.cloned() } }
    }

    /// A file that is the whole body.
    pub(in crate::target) fn file() -> Self {
        Self { ty: Type::Bytes, nullable: false, content: Content::File { name: "file".to_owned(), media_type: None } }
    }

    fn defined(api: &Api, id: TypeId, value: &Value) -> Option<Content> {
        match (&api.type_def(id)?.kind, value) {
            (TypeKind::Struct(body), Value::Object(members)) => object(api, body, members),
            (TypeKind::Enum(body), value) => Some(listed(body, value)),
            (TypeKind::Id(_), Value::String(_)) => Some(Content::Scalar { literal: Literal::from(value) }),
            (TypeKind::Union(union), value) => member(api, union, value),
            _ => None,
        }
    }

    /// The value as JSON.
    pub(in crate::target) fn json(&self) -> Value {
        match &self.content {
            Content::Null => Value::Null,
            Content::File { name, .. } => Value::from(format!("@{name}")),
            Content::Scalar { literal } | Content::Enum { literal, .. } => super::untyped(literal).unwrap_or_default(),
            Content::List { items } => items.iter().map(Self::json).collect(),
            Content::Map { members } => {
                Value::Object(members.iter().map(|(key, value)| (key.clone(), value.json())).collect())
            }
            Content::Struct { fields } => {
                Value::Object(fields.iter().map(|field| (field.wire_name.clone(), field.value.json())).collect())
            }
            Content::Union { value, .. } => value.json(),
        }
    }
}

/// What ends the name of a file of a media type.
fn ending(media_type: &str) -> &'static str {
    match media_type {
        "application/json" => "json",
        "application/pdf" => "pdf",
        "image/gif" => "gif",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "text/csv" => "csv",
        _ => "txt",
    }
}

fn object(api: &Api, body: &Struct, members: &serde_json::Map<String, Value>) -> Option<Content> {
    let mut fields = Vec::new();
    for (key, value) in members {
        let (at, field) = body.fields.iter().enumerate().find(|(_, field)| field.wire_name == *key)?;
        let (name, wire_name, required) = (field.name.clone(), key.clone(), field.required);
        let value = match value {
            Value::Null if field.nullable => Node::null(api, &field.ty),
            value => Node::of(api, &field.ty, value)?,
        };
        fields.push(NodeField { at, name, wire_name, required, value });
    }
    fields.sort_by_key(|field| field.at);
    Some(Content::Struct { fields })
}

fn listed(body: &EnumType, value: &Value) -> Content {
    let literal = Literal::from(value);
    let variant = body.variants.iter().position(|variant| variant.value == literal);
    let name = variant.and_then(|at| body.variants.get(at)).map(|variant| variant.name.clone());
    Content::Enum { variant, name, literal }
}

/// The member that says it is meant, or the first that the value can be.
fn member(api: &Api, union: &Union, value: &Value) -> Option<Content> {
    let tag = match &union.style {
        UnionStyle::Discriminator { property } => value.get(property).and_then(Value::as_str),
        _ => None,
    };
    union.variants.iter().enumerate().find_map(|(at, variant)| {
        if tag.is_some_and(|tag| !variant.tags.iter().any(|own| own == tag)) {
            return None;
        }
        let value = Box::new(Node::of(api, &variant.ty, value)?);
        Some(Content::Union { variant: at, name: variant.name.clone(), value })
    })
}
