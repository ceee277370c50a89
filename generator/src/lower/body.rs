//! Request bodies.

use openapiv3::MediaType;

use super::Lowering;
use super::literal::default;
use super::media::Choice;
use super::node::Node;
use super::operation::Call;
use super::reference::resolve;
use super::shape::{Additional, Shape};
use super::structs::{access, constraints};
use super::types::nullable;
use super::words::{name, words};
use crate::ir::{Access, Body, BodyPart, Literal, MediaKind, Type};
use crate::load::pointer;

impl<'a> Lowering<'a> {
    /// The request body of an operation, in the media type that keeps most.
    pub(super) fn body(&mut self, call: &Call<'a>, type_words: &[String]) -> Option<Body> {
        let at = pointer::join(&call.pointer, "requestBody");
        let components = self.document.api.components.as_ref().map(|components| &components.request_bodies);
        let (body, at) = resolve(call.operation.request_body.as_ref()?, components, "requestBodies", at)?;
        let content_at = pointer::join(&at, "content");
        let choice = self.choose_media(&body.content, &content_at)?;
        self.report_dropped(&choice, &content_at);
        let media = choice.media;
        let media_at = pointer::join(&content_at, choice.key);
        let node = match &media.schema {
            Some(schema) => Node::new(schema, pointer::join(&media_at, "schema")),
            None => Node { parts: Vec::new() },
        };
        let shape = self.shape(&node);
        let kind = self.kind_of(&choice, &shape, &media_at);
        // Documents that leave `required` out mostly mean a body that is; those that say `false` mean it.
        let may_be_left_out = self.document.raw_at(&at).and_then(|raw| raw.get("required")) == Some(&false.into());
        let whole = may_be_left_out && !shape.required.is_empty() && kind != MediaKind::Multipart;
        let in_parts = self.is_given_in_parts(&node, &shape, kind, media) && !whole;
        if kind == MediaKind::Multipart && !shape.unions.is_empty() {
            let message = "a form of several shapes is given as one value, so files in it are sent as base64 text";
            self.warn("W075", message, &media_at, "describe the form as one object with optional fields");
        }
        let parts = in_parts.then(|| self.parts(&shape, media, &media_at, kind, type_words));
        let mut hint = type_words.to_vec();
        hint.push("body".to_owned());
        let ty = match kind {
            _ if parts.is_some() => Type::Json,
            MediaKind::Binary => Type::Bytes,
            MediaKind::Text => Type::String,
            _ if media.schema.is_none() => self.untyped(&media_at, "the body has no schema"),
            MediaKind::Json => {
                let ty = self.type_of(&node, &shape, &hint);
                nullable(ty, self.is_nullable(&shape))
            }
            _ => self.type_of(&node, &shape, &hint),
        };
        let required = body.required || parts.iter().flatten().any(|part| part.required);
        Some(Body {
            media_type: choice.media_type,
            alternatives: choice.alternatives,
            kind,
            required,
            ty,
            parts,
            name: name(vec!["body".to_owned()], "body"),
            doc: body.description.clone().or(shape.doc.map(str::to_owned)).unwrap_or_default(),
            origin: self.document.origin(&media_at),
        })
    }

    fn report_dropped(&mut self, choice: &Choice<'a>, at: &str) {
        for dropped in &choice.dropped {
            self.warn(
                "W070",
                format!(
                    "the body is sent as `{}`; `{dropped}` has another schema and cannot be sent",
                    choice.media_type
                ),
                &pointer::join(at, dropped),
                "remove the one that is not wanted in an overlay, or give both the same schema",
            );
        }
    }

    /// How a body is encoded, once its schema is looked at: not every schema fits every media type.
    fn kind_of(&mut self, choice: &Choice<'a>, shape: &Shape<'a>, at: &str) -> MediaKind {
        let scalar = matches!(shape.typ, Some("string" | "number" | "integer" | "boolean"));
        let structured = shape.has_fields() || matches!(shape.typ, Some("object" | "array"));
        let media_type = &choice.media_type;
        let (message, kind) = match choice.kind {
            MediaKind::Form | MediaKind::Multipart if scalar || shape.typ == Some("array") => (
                format!("`{media_type}` holds fields, and the schema has none; the body is given as bytes"),
                MediaKind::Binary,
            ),
            kind @ (MediaKind::Text | MediaKind::Binary) if structured => {
                (format!("nothing is known of how `{media_type}` is written; the caller writes the body"), kind)
            }
            kind => return kind,
        };
        self.warn("W074", message, at, "describe the body as JSON, as a form, or as a text");
        kind
    }

    /// An object written in place is given field by field; so is any form, whose fields travel one by one.
    fn is_given_in_parts(&self, node: &Node<'a>, shape: &Shape<'a>, kind: MediaKind, media: &MediaType) -> bool {
        let has_parts = shape.has_fields() && shape.unions.is_empty();
        let is_closed = matches!(shape.additional, None | Some(Additional::Any(false)));
        match kind {
            MediaKind::Json => has_parts && is_closed && !shape.nullable && self.pure_component(node).is_none(),
            MediaKind::Form => has_parts && (is_closed || !media.encoding.is_empty()),
            MediaKind::Multipart => has_parts,
            MediaKind::Text | MediaKind::Binary => false,
        }
    }

    fn parts(
        &mut self,
        shape: &Shape<'a>,
        media: &'a MediaType,
        at: &str,
        kind: MediaKind,
        type_words: &[String],
    ) -> Vec<BodyPart> {
        if kind != MediaKind::Json && !matches!(shape.additional, None | Some(Additional::Any(false))) {
            let message = "fields beyond those that are named cannot be given";
            self.warn("W075", message, at, "name the fields, or say `additionalProperties: false`");
        }
        let mut parts = Vec::with_capacity(shape.properties.len());
        for (wire_name, node) in &shape.properties {
            let part = self.part(wire_name, node, shape, (media, at, kind), type_words);
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
        (media, at, kind): (&'a MediaType, &str, MediaKind),
        type_words: &[String],
    ) -> BodyPart {
        let shape = self.shape(node);
        let mut hint = type_words.to_vec();
        hint.extend(words(wire_name));
        let required = body.required.contains(wire_name);
        let (ty, constant, only) = self.argument_type(node, &shape, required, &hint);
        let is_file = kind == MediaKind::Multipart && self.is_file(&shape);
        let ty = if is_file { file(ty) } else { ty };
        let encoding = self.encoding(wire_name, &shape, media, at, kind);
        BodyPart {
            name: body.property_name(wire_name),
            wire_name: wire_name.to_owned(),
            required,
            nullable: shape.nullable,
            access: access(&shape),
            constant,
            default: default(shape.default, &ty),
            example: shape.example.map(Literal::from).or(only),
            constraints: constraints(&shape, &ty),
            is_file,
            style: encoding.style,
            content_type: encoding.content_type,
            content_types: encoding.content_types,
            headers: encoding.headers,
            deprecated: shape.deprecated,
            doc: shape.doc.unwrap_or_default().to_owned(),
            origin: self.document.origin(node.pointer()),
            ty,
        }
    }
}

/// The texts in a file, or in a list of files, are bytes.
fn file(ty: Type) -> Type {
    match ty {
        Type::String => Type::Bytes,
        Type::List(item) => Type::List(Box::new(file(*item))),
        Type::Nullable(held) => Type::Nullable(Box::new(file(*held))),
        other => other,
    }
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
