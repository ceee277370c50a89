//! Answers: those of a success, those of failures, and what a success gives when all of its are taken together.

use openapiv3::{ReferenceOr, Response as Raw, Schema, StatusCode};

use super::Lowering;
use super::operation::Call;
use super::reference::resolve;
use super::words::{name, words};
use crate::ir::{AnswerHeader, Content, Name, Output, Response, Status};
use crate::load::pointer;

/// The answers of an operation.
pub(super) struct Responses {
    pub(super) successes: Vec<Response>,
    pub(super) output: Output,
    pub(super) failures: Vec<Response>,
    /// Those of all answers.
    pub(super) headers: Vec<AnswerHeader>,
}

/// A documented answer, found.
struct Found<'a> {
    status: Status,
    raw: &'a Raw,
    at: String,
}

/// Contents met so far: what two answers write alike is one type.
type Known<'a> = Vec<(&'a ReferenceOr<Schema>, Content)>;

impl<'a> Lowering<'a> {
    /// The answers of an operation. `default` stands for failures, unless no success has an answer of its own.
    pub(super) fn responses(&mut self, call: &Call<'a>, type_words: &[String]) -> Responses {
        let mut found = self.documented(call);
        found.sort_by_key(|found| found.status);
        let headers = self.answer_headers(found.iter().map(|found| (found.status, found.raw, &*found.at)), type_words);
        let has_success = found.iter().any(|found| is_success(found.status));
        let (successes, failures): (Vec<Found<'a>>, Vec<Found<'a>>) = found
            .into_iter()
            .partition(|found| is_success(found.status) || (found.status == Status::Default && !has_success));
        let contents: Vec<_> = successes.iter().map(|found| &found.raw.content).filter(|all| !all.is_empty()).collect();
        let differ = contents.iter().any(|content| Some(content) != contents.first());
        let successes = self.lowered(call, successes, |status| match differ {
            true => [type_words, &status_name(status).0].concat(),
            false => [type_words, &["response".to_owned()]].concat(),
        });
        let failures = self.lowered(call, failures, |status| {
            [type_words, &["error".to_owned(), status.text().to_ascii_lowercase()]].concat()
        });
        Responses { output: output(&successes), successes, failures, headers }
    }

    fn documented(&self, call: &Call<'a>) -> Vec<Found<'a>> {
        let responses = &call.operation.responses;
        let components = self.document.api.components.as_ref().map(|components| &components.responses);
        let listed = responses.responses.iter().map(|(status, response)| match status {
            StatusCode::Code(code) => (Status::Code(*code), status.to_string(), response),
            StatusCode::Range(range) => (Status::Range(*range), status.to_string(), response),
        });
        let default = responses.default.iter().map(|response| (Status::Default, "default".to_owned(), response));
        let at = pointer::join(&call.pointer, "responses");
        let found = listed.chain(default).filter_map(|(status, key, response)| {
            let (raw, at) = resolve(response, components, "responses", pointer::join(&at, &key))?;
            Some(Found { status, raw, at })
        });
        found.collect()
    }

    fn lowered(
        &mut self,
        call: &Call<'a>,
        found: Vec<Found<'a>>,
        hint: impl Fn(Status) -> Vec<String>,
    ) -> Vec<Response> {
        let mut known = Known::new();
        let mut responses = Vec::with_capacity(found.len());
        for Found { status, raw, at } in found {
            let content = self.content_of(call, status, raw, &at, &mut known, &hint(status));
            responses.push(Response {
                status,
                name: status_name(status),
                content,
                links: self.links(raw, &at),
                doc: raw.description.clone(),
                origin: self.document.origin(&at),
            });
        }
        responses
    }

    fn content_of(
        &mut self,
        call: &Call<'a>,
        status: Status,
        raw: &'a Raw,
        at: &str,
        known: &mut Known<'a>,
        hint: &[String],
    ) -> Option<Content> {
        // RFC 9110, "Content": what answers HEAD has none, whatever GET would have.
        if call.method == "head" || raw.content.is_empty() {
            return None;
        }
        let at = pointer::join(at, "content");
        if matches!(status, Status::Code(204 | 205 | 304)) {
            let message = format!("an answer of status {} has no content; its content is ignored", status.text());
            self.warn("W080", message, &at, "move the content to the status it comes with, 200 say");
            return None;
        }
        let chosen = self.choose_answer(&raw.content, &at)?;
        let same = |(schema, content): &&(&ReferenceOr<Schema>, Content)| {
            Some(*schema) == chosen.media.schema.as_ref() && content.kind == chosen.kind
        };
        let ty = match known.iter().find(same) {
            Some((_, content)) => content.ty.clone(),
            None => self.answer_type(&chosen, hint),
        };
        let content = Content {
            media_type: chosen.media_type,
            kind: chosen.kind,
            ty,
            alternatives: chosen.alternatives,
            example: self.example(chosen.media.example.as_ref(), &chosen.media.examples),
        };
        if let Some(schema) = &chosen.media.schema {
            known.push((schema, content.clone()));
        }
        Some(content)
    }
}

/// What a success gives, its answers taken together.
fn output(responses: &[Response]) -> Output {
    let mut contents = responses.iter().enumerate().filter_map(|(at, response)| Some((at, response.content.as_ref()?)));
    let Some((response, first)) = contents.next() else { return Output::Nothing };
    if !contents.all(|(_, other)| other.reads_as(first)) {
        return Output::ByStatus;
    }
    if responses.iter().all(|response| response.content.is_some()) {
        Output::Always { response }
    } else {
        Output::Sometimes { response }
    }
}

fn is_success(status: Status) -> bool {
    match status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Range(hundreds) => hundreds == 2,
        Status::Default => false,
    }
}

/// The words of a status: those HTTP has for it.
fn status_name(status: Status) -> Name {
    let text = match status {
        Status::Code(code) => {
            let known = http::StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason());
            known.map_or_else(|| format!("status {code}"), str::to_owned)
        }
        Status::Range(1) => "informational".to_owned(),
        Status::Range(2) => "success".to_owned(),
        Status::Range(3) => "redirection".to_owned(),
        Status::Range(4) => "client error".to_owned(),
        Status::Range(_) => "server error".to_owned(),
        Status::Default => "other".to_owned(),
    };
    name(words(&text), "other")
}
