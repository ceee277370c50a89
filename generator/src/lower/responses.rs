//! Answers: the one of a success, and those of failures.

use openapiv3::{ReferenceOr, Response as Raw, StatusCode};

use super::Lowering;
use super::body::{media_kind, preferred};
use super::node::{Node, component_name};
use super::operation::Call;
use crate::ir::{MediaKind, Response, Type};
use crate::load::pointer;

impl<'a> Lowering<'a> {
    /// The answer of a success: the lowest `2XX` status, else the range, else `default`.
    pub(super) fn response(&mut self, call: &Call<'a>, type_words: &[String]) -> Response {
        let responses = &call.operation.responses;
        let at = pointer::join(&call.pointer, "responses");
        let success = responses
            .responses
            .iter()
            .filter(|(status, _)| is_success(status))
            .min_by_key(|(status, _)| match status {
                StatusCode::Code(code) => *code,
                StatusCode::Range(_) => u16::MAX,
            })
            .map(|(status, response)| (response, pointer::join(&at, &status.to_string())))
            .or_else(|| responses.default.as_ref().map(|response| (response, pointer::join(&at, "default"))));
        let Some((response, at)) = success.and_then(|(response, at)| self.resolve_response(response, at)) else {
            return Response { ty: None, kind: MediaKind::Json, media_type: None, doc: String::new() };
        };
        let mut hint = type_words.to_vec();
        hint.push("response".to_owned());
        self.answer(response, &at, &hint)
    }

    /// The answers documented for failures.
    pub(super) fn errors(&mut self, call: &Call<'a>, type_words: &[String]) -> Vec<(String, Option<Type>)> {
        let responses = &call.operation.responses;
        let at = pointer::join(&call.pointer, "responses");
        let mut errors = Vec::new();
        let failures = responses.responses.iter().filter(|(status, _)| !is_success(status));
        let mut failures: Vec<(String, &'a ReferenceOr<Raw>)> =
            failures.map(|(status, response)| (status.to_string(), response)).collect();
        let has_success = responses.responses.keys().any(is_success);
        if let Some(default) = responses.default.as_ref().filter(|_| has_success) {
            failures.push(("default".to_owned(), default));
        }
        for (status, response) in failures {
            let at = pointer::join(&at, &status);
            let Some((response, at)) = self.resolve_response(response, at) else { continue };
            let mut hint = type_words.to_vec();
            hint.extend(["error".to_owned(), status.to_ascii_lowercase()]);
            errors.push((status, self.answer(response, &at, &hint).ty));
        }
        errors
    }

    fn resolve_response(&self, response: &'a ReferenceOr<Raw>, at: String) -> Option<(&'a Raw, String)> {
        match response {
            ReferenceOr::Item(response) => Some((response, at)),
            ReferenceOr::Reference { reference } => {
                let name = component_name(reference);
                let components = self.document.api.components.as_ref()?;
                let response = components.responses.get(name)?.as_item()?;
                Some((response, pointer::join("/components/responses", name)))
            }
        }
    }

    fn answer(&mut self, response: &'a Raw, at: &str, hint: &[String]) -> Response {
        let doc = response.description.clone();
        let Some((media_type, media)) = preferred(response.content.iter()) else {
            return Response { ty: None, kind: MediaKind::Json, media_type: None, doc };
        };
        let kind = media_kind(media_type);
        let at = pointer::join(&pointer::join(at, "content"), media_type);
        let ty = match (kind, &media.schema) {
            (MediaKind::Text, _) => Type::String,
            (MediaKind::Json, Some(schema)) => {
                let node = Node::new(schema, pointer::join(&at, "schema"));
                let shape = self.shape(&node);
                self.type_of(&node, &shape, hint)
            }
            (MediaKind::Json, None) => self.untyped(&at, "the answer has no schema"),
            _ => Type::Bytes,
        };
        Response { ty: Some(ty), kind, media_type: Some(media_type.to_owned()), doc }
    }
}

fn is_success(status: &StatusCode) -> bool {
    match status {
        StatusCode::Code(code) => (200..300).contains(code),
        StatusCode::Range(range) => *range == 2,
    }
}
