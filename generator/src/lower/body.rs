//! Request bodies.

use openapiv3::{MediaType, ReferenceOr, RequestBody};

use super::Lowering;
use super::literal::{default, literal};
use super::node::{Node, component_name};
use super::operation::Call;
use super::params::query_style;
use super::shape::Shape;
use super::structs::{access, constraints};
use super::words::{name, words};
use crate::ir::{Access, Body, BodyPart, MediaKind, Type};
use crate::load::pointer;

impl<'a> Lowering<'a> {
    /// The request body of an operation, in the media type that keeps most.
    pub(super) fn body(&mut self, call: &Call<'a>, type_words: &[String]) -> Option<Body> {
        let at = pointer::join(&call.pointer, "requestBody");
        let (body, at) = self.request_body(call.operation.request_body.as_ref()?, at)?;
        let (media_type, media) = preferred(body.content.iter())?;
        let kind = media_kind(media_type);
        let at = pointer::join(&pointer::join(&at, "content"), media_type);
        let node = match &media.schema {
            Some(schema) => Node::new(schema, pointer::join(&at, "schema")),
            None => Node { parts: Vec::new() },
        };
        let shape = self.shape(&node);
        let parts = self.is_given_in_parts(&node, &shape, kind).then(|| self.parts(&shape, media, type_words));
        let mut hint = type_words.to_vec();
        hint.push("body".to_owned());
        let ty = match kind {
            _ if parts.is_some() => Type::Json,
            MediaKind::Binary => Type::Bytes,
            MediaKind::Text => Type::String,
            _ => self.type_of(&node, &shape, &hint),
        };
        let required = body.required || parts.iter().flatten().any(|part| part.required);
        Some(Body {
            media_type: media_type.to_owned(),
            kind,
            required,
            ty,
            parts,
            name: name(vec!["body".to_owned()], "body"),
            doc: body.description.clone().or(shape.doc.map(str::to_owned)).unwrap_or_default(),
            origin: self.document.origin(&at),
        })
    }

    fn request_body(&self, body: &'a ReferenceOr<RequestBody>, at: String) -> Option<(&'a RequestBody, String)> {
        match body {
            ReferenceOr::Item(body) => Some((body, at)),
            ReferenceOr::Reference { reference } => {
                let name = component_name(reference);
                let components = self.document.api.components.as_ref()?;
                let body = components.request_bodies.get(name)?.as_item()?;
                Some((body, pointer::join("/components/requestBodies", name)))
            }
        }
    }

    /// An object written in place is given field by field; so is any form, whose fields travel one by one.
    fn is_given_in_parts(&self, node: &Node<'a>, shape: &Shape<'a>, kind: MediaKind) -> bool {
        let has_parts = shape.has_fields() && shape.unions.is_empty();
        match kind {
            MediaKind::Json => {
                has_parts && shape.additional.is_none() && !shape.nullable && self.pure_component(node).is_none()
            }
            MediaKind::Form | MediaKind::Multipart => has_parts,
            MediaKind::Text | MediaKind::Binary => false,
        }
    }

    fn parts(&mut self, shape: &Shape<'a>, media: &'a MediaType, type_words: &[String]) -> Vec<BodyPart> {
        let mut parts = Vec::with_capacity(shape.properties.len());
        for (wire_name, node) in &shape.properties {
            let part = self.part(wire_name, node, shape, media, type_words);
            if part.access != Access::ReadOnly {
                parts.push(part);
            }
        }
        parts
    }

    fn part(
        &mut self,
        wire_name: &str,
        node: &Node<'a>,
        body: &Shape<'a>,
        media: &'a MediaType,
        type_words: &[String],
    ) -> BodyPart {
        let shape = self.shape(node);
        let mut hint = type_words.to_vec();
        hint.extend(words(wire_name));
        let (ty, constant) = self.typed(node, &shape, &hint);
        let encoding = media.encoding.get(wire_name);
        BodyPart {
            name: name(words(wire_name), "value"),
            wire_name: wire_name.to_owned(),
            required: body.required.contains(wire_name),
            nullable: shape.nullable,
            access: access(&shape),
            constant,
            default: default(shape.default, &ty),
            example: shape.example.map(literal),
            constraints: constraints(&shape, &ty),
            style: encoding.and_then(|encoding| encoding.style.as_ref().map(|style| query_style(style, true))),
            content_type: encoding.and_then(|encoding| encoding.content_type.clone()),
            deprecated: shape.deprecated,
            doc: shape.doc.unwrap_or_default().to_owned(),
            origin: self.document.origin(node.pointer()),
            ty,
        }
    }
}

/// JSON keeps numbers, null and nesting; multipart keeps files; a form turns all into text.
pub(super) fn preferred<'m>(
    content: impl Iterator<Item = (&'m String, &'m MediaType)>,
) -> Option<(&'m str, &'m MediaType)> {
    content.map(|(media_type, media)| (media_type.as_str(), media)).min_by_key(|(media_type, _)| {
        match media_kind(media_type) {
            MediaKind::Json => 0,
            MediaKind::Multipart => 1,
            MediaKind::Form => 2,
            MediaKind::Text => 3,
            MediaKind::Binary => 4,
        }
    })
}

/// How a body of a media type is encoded.
pub(super) fn media_kind(media_type: &str) -> MediaKind {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "application/x-www-form-urlencoded" => MediaKind::Form,
        "application/json" | "*/*" | "text/json" => MediaKind::Json,
        _ if essence.ends_with("+json") => MediaKind::Json,
        _ if essence.starts_with("multipart/") => MediaKind::Multipart,
        _ if essence.starts_with("text/") => MediaKind::Text,
        _ => MediaKind::Binary,
    }
}
