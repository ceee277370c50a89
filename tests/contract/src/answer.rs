//! Answers: samples of what the document promises, and errors in its own shape.

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::{Value, json};

use crate::document::Document;
use crate::operation::{Answer, Operation, is_json};
use crate::problem::{Part, Problem};
use crate::sample::sample;
use crate::schema::Shape;

/// The header that says what is wrong, once for each problem.
pub const PROBLEM_HEADER: &str = "x-contract-problem";
/// Problems that are listed in headers, and characters of each.
const MOST_PROBLEMS: usize = 20;
const MOST_CHARACTERS: usize = 400;

/// The first success that the document promises.
pub(crate) fn success(document: &Document, operation: &Operation) -> Response<Bytes> {
    let (status, answer) = chosen(operation);
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = status;
    let Some(answer) = answer else { return response };
    for (name, shape) in &answer.headers {
        let value = sample(&shape.compiled(document).schema).map(|value| text(&value));
        let value = value.and_then(|value| HeaderValue::try_from(value).ok());
        if let (Ok(name), Some(value)) = (HeaderName::try_from(name), value) {
            response.headers_mut().insert(name, value);
        }
    }
    if let Some((media, shape)) = content(answer).filter(|_| status != StatusCode::NO_CONTENT) {
        let value = sample(&shape.compiled(document).schema);
        let media = if media.contains('*') { "application/octet-stream" } else { media };
        let body = match value {
            Some(value) if is_json(media) => value.to_string(),
            Some(value) => text(&value),
            None => String::new(),
        };
        put(&mut response, media, body);
    }
    response
}

/// An answer to a request that does not fit: in the API's own shape if it has one for errors.
pub(crate) fn failure(
    document: &Document,
    all: &[Operation],
    operation: Option<&Operation>,
    problems: &[Problem],
) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    let status = problems
        .iter()
        .min_by_key(|problem| problem.part)
        .map_or(StatusCode::BAD_REQUEST, |problem| problem.part.status());
    *response.status_mut() = status;
    for problem in problems.iter().take(MOST_PROBLEMS) {
        let visible = |letter: char| if letter.is_ascii_graphic() || letter == ' ' { letter } else { '?' };
        let line: String = problem.to_string().chars().map(visible).take(MOST_CHARACTERS).collect();
        if let Ok(line) = HeaderValue::try_from(line) {
            response.headers_mut().append(PROBLEM_HEADER, line);
        }
    }
    let said = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let shape = operation.into_iter().chain(all).find_map(|operation| error_shape(operation, status));
    let body = shape
        .and_then(|shape| sample(&shape.compiled(document).schema))
        .map(|body| told(body, shape, document, status, &said));
    let listed = || {
        problems
            .iter()
            .map(|problem| json!({"part": problem.part.word(), "pointer": problem.pointer, "message": problem.message}))
    };
    put(
        &mut response,
        "application/json",
        body.unwrap_or_else(|| json!({"problems": listed().collect::<Value>()})).to_string(),
    );
    response
}

/// With the methods that the path has.
pub(crate) fn allowing(mut response: Response<Bytes>, methods: &[&str]) -> Response<Bytes> {
    if let Ok(methods) = HeaderValue::try_from(methods.join(", ")) {
        response.headers_mut().insert(ALLOW, methods);
    }
    response
}

/// The answer of the lowest success, else of `default`, else the first.
fn chosen(operation: &Operation) -> (StatusCode, Option<&Answer>) {
    let success = |(name, _): &&(String, Answer)| name.starts_with('2');
    let found = operation.answers.iter().filter(success).min_by_key(|(name, _)| name.to_ascii_lowercase());
    let found =
        found.or_else(|| operation.answers.iter().find(|(name, _)| name == "default")).or(operation.answers.first());
    let status = found.and_then(|(name, _)| name.to_ascii_lowercase().replace('x', "0").parse::<u16>().ok());
    (
        status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or(StatusCode::OK),
        found.map(|(_, answer)| answer),
    )
}

/// JSON if there is any, else the first.
fn content(answer: &Answer) -> Option<(&str, &Shape)> {
    let found = answer.content.iter().find(|(name, _)| is_json(name)).or(answer.content.first());
    found.map(|(name, shape)| (name.as_str(), shape))
}

/// What the document says of an error of that status.
fn error_shape(operation: &Operation, status: StatusCode) -> Option<&Shape> {
    let range = format!("{}XX", status.as_u16() / 100);
    let names = [status.as_str().to_owned(), range, "default".to_owned()];
    let found =
        names.iter().find_map(|name| operation.answers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)));
    // What is the only answer is a success, whatever it is called.
    let (_, answer) = found.filter(|_| operation.answers.len() > 1)?;
    content(answer).filter(|(media, _)| is_json(media)).map(|(_, shape)| shape)
}

/// The words that errors have for their message.
const MESSAGES: [&str; 5] = ["message", "detail", "error_description", "description", "title"];

/// An error's sample that says what is wrong: in its message, and by the code that sounds like the status.
fn told(mut body: Value, shape: Option<&Shape>, document: &Document, status: StatusCode, said: &str) -> Value {
    let Some(members) = body.as_object_mut() else { return body };
    if let Some(message) = MESSAGES.iter().find(|name| members.get(**name).is_some_and(Value::is_string)) {
        members.insert((*message).to_owned(), json!(said));
    }
    let words = match status {
        StatusCode::UNAUTHORIZED => vec!["authenticat", "unauthori", "auth"],
        StatusCode::NOT_FOUND => vec!["not_found", "notfound", "missing"],
        StatusCode::METHOD_NOT_ALLOWED => vec!["method", "not_allowed", "bad_request"],
        _ => vec!["bad_request", "invalid_request", "invalid", "validation"],
    };
    let Some(compiled) = shape.map(|shape| shape.compiled(document)) else { return body };
    for name in ["code", "error", "type"] {
        let schemas =
            compiled.all(&compiled.schema).into_iter().filter_map(|schema| schema.get("properties")?.get(name));
        let values: Vec<&str> = schemas
            .flat_map(|schema| compiled.all(schema))
            .filter_map(|schema| schema.get("enum")?.as_array())
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        if let Some(value) = words.iter().find_map(|word| values.iter().find(|value| value.contains(word))) {
            members.insert(name.to_owned(), json!(value));
        }
    }
    body
}

fn put(response: &mut Response<Bytes>, media: &str, body: String) {
    if let Ok(media) = HeaderValue::try_from(media) {
        response.headers_mut().insert(CONTENT_TYPE, media);
    }
    *response.body_mut() = Bytes::from(body);
}

/// A value where there is nothing but text.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A problem that is not about one operation.
pub(crate) fn too_large() -> Problem {
    Problem::new(Part::Size, "", "the body is larger than this server reads")
}
