//! The body of an answer: which of its media types is asked for, and what it is read as.

use indexmap::IndexMap;
use openapiv3::{Example, MediaType, ReferenceOr};
use serde_json::Value;

use super::Lowering;
use super::body::media_kind;
use super::media::{is_binary, is_media_type};
use super::node::Node;
use super::reference::resolve;
use super::types::nullable;
use crate::ir::{Literal, MediaKind, Type};
use crate::load::pointer;

/// The media type an answer is asked for in.
pub(super) struct Chosen<'a> {
    pub(super) media: &'a MediaType,
    /// Where it stands.
    at: String,
    /// As it is asked for; `None` when it is none.
    pub(super) media_type: Option<String>,
    pub(super) kind: MediaKind,
    /// Others that could be asked for.
    pub(super) alternatives: Vec<String>,
}

impl<'a> Lowering<'a> {
    /// Chooses what says most: JSON, then text, then bytes.
    pub(super) fn choose_answer(&mut self, content: &'a openapiv3::Content, at: &str) -> Option<Chosen<'a>> {
        let rank = |(key, media): &(&'a String, &'a MediaType)| match self.read_as(key, media) {
            MediaKind::Json if essence(key) == "application/json" => 0,
            MediaKind::Json => 1,
            MediaKind::Text => 2,
            _ => 3,
        };
        let (key, media) = content.iter().min_by_key(rank)?;
        let kind = self.read_as(key, media);
        let at = pointer::join(at, key);
        let asked = asked_for(key);
        if asked.is_none() {
            self.warn(
                "W081",
                format!("`{key}` is not a media type; the answer is not asked for by one"),
                &at,
                "a media type is `type/subtype`, with parameters after a `;`",
            );
        }
        let others = content.keys().filter(|other| *other != key).filter_map(|other| asked_for(other));
        let alternatives = others.filter(|other| Some(other) != asked.as_ref() && !other.contains('*')).collect();
        Some(Chosen { media, at, media_type: asked, kind, alternatives })
    }

    /// How a body is read. A range of media types says nothing of that, so its schema must; JSON that is a file is one.
    fn read_as(&self, key: &str, media: &'a MediaType) -> MediaKind {
        let essence = essence(key);
        let shape = media.schema.as_ref().map(|schema| self.shape(&Node::new(schema, String::new())));
        let is_bytes = shape.as_ref().is_some_and(|shape| is_binary(shape));
        let is_range = matches!(essence.as_str(), "*/*" | "application/*");
        match media_kind(&essence) {
            MediaKind::Json if is_bytes => MediaKind::Binary,
            MediaKind::Json | MediaKind::Binary if is_range && shape.is_none() => MediaKind::Binary,
            MediaKind::Binary if is_range && !is_bytes => MediaKind::Json,
            MediaKind::Text if is_bytes || matches!(essence.as_str(), "text/event-stream" | "text/xml") => {
                MediaKind::Binary
            }
            kind @ (MediaKind::Json | MediaKind::Text) => kind,
            MediaKind::Form | MediaKind::Multipart | MediaKind::Binary => MediaKind::Binary,
        }
    }

    /// What a chosen body is read as.
    pub(super) fn answer_type(&mut self, chosen: &Chosen<'a>, hint: &[String]) -> Type {
        let node = chosen.media.schema.as_ref().map(|schema| Node::new(schema, pointer::join(&chosen.at, "schema")));
        if chosen.kind == MediaKind::Json {
            let Some(node) = node else { return self.untyped(&chosen.at, "the answer has no schema") };
            let shape = self.shape(&node);
            let ty = self.type_of(&node, &shape, hint);
            return nullable(ty, self.is_nullable(&shape));
        }
        let ty = if chosen.kind == MediaKind::Text { Type::String } else { Type::Bytes };
        let shape = node.map(|node| self.shape(&node));
        let has_structure = shape.is_some_and(|shape| {
            shape.has_fields() || !shape.unions.is_empty() || matches!(shape.typ, Some("object" | "array"))
        });
        let media_type = chosen.media_type.as_deref().unwrap_or_default();
        if has_structure || media_type.starts_with("text/event-stream") {
            let given = if ty == Type::String { "text" } else { "bytes" };
            let message = format!("nothing is known of how `{media_type}` is read; the answer is given as {given}");
            self.warn("W082", message, &chosen.at, "offer the answer as JSON too, or describe it as a text or a file");
        }
        ty
    }

    /// The example of a place: its own, or the first of several that has a value.
    pub(super) fn example(
        &self,
        own: Option<&'a Value>,
        several: &'a IndexMap<String, ReferenceOr<Example>>,
    ) -> Option<Literal> {
        let components = self.document.api.components.as_ref().map(|components| &components.examples);
        let mut listed = several.values().filter_map(|example| {
            let (example, _) = resolve(example, components, "examples", String::new())?;
            example.value.as_ref()
        });
        own.or_else(|| listed.next()).map(Literal::from)
    }
}

/// A media type without its parameters, in lower case.
fn essence(key: &str) -> String {
    key.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A media type as an answer is asked for in it: a client that reads UTF-8 alone does not ask for other character sets.
fn asked_for(key: &str) -> Option<String> {
    let is_charset =
        |parameter: &&str| parameter.split('=').next().is_some_and(|name| name.trim().eq_ignore_ascii_case("charset"));
    let parts: Vec<&str> = key.split(';').map(str::trim).filter(|part| !is_charset(part) && !part.is_empty()).collect();
    let media_type = parts.join(";");
    // A range is a media type with `*` for what is left open: the subtype, or all of it.
    let essence = parts.first().copied().unwrap_or_default();
    let closed = match essence.strip_suffix("/*") {
        Some("*") => "any/any".to_owned(),
        Some(kind) => format!("{kind}/any"),
        None => essence.to_owned(),
    };
    let is_one = !closed.contains('*') && is_media_type(&media_type.replacen(essence, &closed, 1));
    is_one.then_some(media_type)
}

#[cfg(test)]
mod tests {
    use super::asked_for;

    #[test]
    fn media_types_are_asked_for_without_their_character_set() {
        let asked = |key| asked_for(key).unwrap_or_default();
        assert_eq!(asked("application/json; charset=utf-8"), "application/json");
        assert_eq!(asked("text/csv;header=present; Charset=\"UTF-8\""), "text/csv;header=present");
        for range in ["*/*", "image/*", "application/*;q=0.5"] {
            assert_eq!(asked(range), range);
        }
        for odd in ["", "json", "*/json", "a/b/c", "text/*x", "text/", "a/b;\u{e9}"] {
            assert_eq!(asked_for(odd), None, "{odd}");
        }
    }
}
