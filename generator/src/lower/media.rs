//! Which of a request body's media types is sent, and what the others would have said.

use std::rc::Rc;

use openapiv3::{MediaType, ReferenceOr, Schema};

use super::Lowering;
use super::body::media_kind;
use super::node::Node;
use super::shape::Shape;
use crate::ir::MediaKind;
use crate::load::pointer;

/// The media type a body is sent in.
pub(super) struct Choice<'a> {
    /// As it is written, the key of `content`.
    pub(super) key: &'a str,
    pub(super) media: &'a MediaType,
    /// As it is sent: no wildcard, no boundary.
    pub(super) media_type: String,
    pub(super) kind: MediaKind,
    /// Others the same value can be sent in.
    pub(super) alternatives: Vec<String>,
    /// Others with a schema of their own.
    pub(super) dropped: Vec<&'a str>,
}

impl<'a> Lowering<'a> {
    /// Chooses what keeps most: JSON keeps numbers, null and nesting, multipart keeps files, a form turns all into
    /// text. JSON that would have to hold files comes after a form that can.
    pub(super) fn choose_media(&mut self, content: &'a openapiv3::Content, at: &str) -> Option<Choice<'a>> {
        let mut all: Vec<(&'a str, &'a MediaType, MediaKind, String)> = Vec::with_capacity(content.len());
        for (key, media) in content {
            let at = pointer::join(at, key);
            let (kind, media_type) = self.sent_as(key, media, &at);
            all.push((key, media, kind, media_type));
        }
        let rank = |(_, media, kind, media_type): &(&str, &'a MediaType, MediaKind, String)| match kind {
            MediaKind::Json if self.has_files(media) => 4,
            MediaKind::Json if media_type == "application/json" => 0,
            MediaKind::Json => 1,
            MediaKind::Multipart => 2,
            MediaKind::Form => 3,
            MediaKind::Text => 5,
            MediaKind::Binary => 6,
        };
        let best = (0..all.len()).min_by_key(|at| all.get(*at).map(&rank))?;
        let (key, media, kind, media_type) = all.get(best).cloned()?;
        let mut choice = Choice { key, media, media_type, kind, alternatives: Vec::new(), dropped: Vec::new() };
        for (key, media, kind, media_type) in all.into_iter().filter(|(key, ..)| *key != choice.key) {
            let same = media.schema == choice.media.schema;
            let same_kind = kind == choice.kind;
            match kind {
                MediaKind::Text | MediaKind::Binary if same_kind => choice.alternatives.push(media_type),
                MediaKind::Json if same_kind && same => choice.alternatives.push(media_type),
                _ if same => {}
                _ => choice.dropped.push(key),
            }
        }
        Some(choice)
    }

    /// What a media type is on the wire: a wildcard leaves the choice to the sender, a boundary is the sender's own.
    fn sent_as(&mut self, key: &str, media: &'a MediaType, at: &str) -> (MediaKind, String) {
        let essence = key.split(';').next().unwrap_or_default().trim();
        let kind = media_kind(key);
        let is_bytes = || media.schema.as_ref().is_none_or(|schema| is_binary(&self.shape_of(schema)));
        let (kind, media_type) = match essence.to_ascii_lowercase().split_once('/') {
            Some(("*" | "application", "*")) if is_bytes() => (MediaKind::Binary, "application/octet-stream"),
            Some(("*" | "application", "*")) => (MediaKind::Json, "application/json"),
            Some(("text", "*")) => (MediaKind::Text, "text/plain"),
            Some(("multipart", "*")) => (MediaKind::Multipart, "multipart/form-data"),
            Some((_, "*")) => (MediaKind::Binary, "application/octet-stream"),
            Some(_) if kind == MediaKind::Multipart => (kind, essence),
            _ => (kind, key.trim()),
        };
        if is_media_type(media_type) {
            return (kind, media_type.to_owned());
        }
        let fallback = "application/octet-stream";
        self.warn(
            "W071",
            format!("`{key}` is not a media type; the body is sent as `{fallback}`"),
            at,
            "a media type is `type/subtype`, with parameters after a `;`",
        );
        (MediaKind::Binary, fallback.to_owned())
    }

    fn shape_of(&self, schema: &'a ReferenceOr<Schema>) -> Rc<Shape<'a>> {
        self.shape(&Node::new(schema, String::new()))
    }

    /// Whether a body has files in it.
    fn has_files(&self, media: &'a MediaType) -> bool {
        let Some(schema) = &media.schema else { return false };
        self.shape_of(schema).properties.values().any(|node| self.is_file(&self.shape(node)))
    }

    /// Whether a field is a file, or a list of files.
    pub(super) fn is_file(&self, shape: &Shape<'a>) -> bool {
        is_binary(shape) || shape.items.as_ref().is_some_and(|items| is_binary(&self.shape(items)))
    }
}

pub(super) fn is_binary(shape: &Shape<'_>) -> bool {
    shape.format.as_deref() == Some("binary")
}

/// `type/subtype` of RFC 9110, with parameters that a header can carry.
pub(super) fn is_media_type(text: &str) -> bool {
    let is_token = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+%'`|~".contains(&byte))
    };
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    let essence = essence.trim().split_once('/');
    essence.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
        && parameters.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}
