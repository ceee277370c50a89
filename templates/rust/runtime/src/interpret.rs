//! A response becomes an answer or an error. Nothing here waits or reaches the network.

use std::time::Duration;

use bytes::Bytes;
use http::response::Parts;
use serde_json::Value;

use super::client::Shared;
use super::rate_limit::rate_limit;
use super::retry_after::retry_after;
use super::{Answer, Error, ErrorKind, RateLimit};

/// What the head of an answer says beside its status.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub(super) request_id: Option<String>,
    pub(super) rate_limit: Option<RateLimit>,
    pub(super) retry_after: Option<Duration>,
}

/// Reads the head of an answer. What it asks to wait matters only when it refuses.
pub(super) fn said(shared: &Shared, head: &Parts) -> Said {
    let asks = |headers| retry_after(headers, || shared.transport.wall_clock());
    Said {
        request_id: request_id(shared, head),
        rate_limit: rate_limit(shared.profile.rate_limit.as_ref(), &head.headers),
        retry_after: if head.status.is_success() { None } else { asks(&head.headers) },
    }
}

/// Judges a response by its status. The body of a success is not looked at yet.
pub(super) fn interpret(shared: &Shared, mut head: Parts, body: Bytes) -> Result<Answer<()>, Error> {
    let said = said(shared, &head);
    let status = head.status;
    if status.is_success() {
        let Said { request_id, rate_limit, .. } = said;
        return Ok(Answer { value: (), status, headers: head.headers, request_id, rate_limit, body, attempts: 0 });
    }
    let error = if status.is_redirection() {
        Error::new(ErrorKind::Redirect, "the server points elsewhere, which is never followed")
    } else {
        // A body that is not JSON, a proxy's HTML say, has no code and no message; the status must do.
        let json: Value = serde_json::from_slice(&body).unwrap_or_default();
        let code = find(shared, &json, shared.profile.error_code);
        let message = find(shared, &json, shared.profile.error_message);
        Error::new(ErrorKind::Api, message.unwrap_or_default()).with_code(code)
    };
    shared.hide(&mut head.headers);
    Err(error.with_answer(status, head.headers, body).saying(said))
}

/// The text at a JSON pointer. Keys and card numbers that the server quotes are taken out.
fn find(shared: &Shared, json: &Value, pointer: &str) -> Option<String> {
    if pointer.is_empty() {
        return None;
    }
    match json.pointer(pointer)? {
        Value::Null => None,
        Value::String(text) => Some(shared.redact(text)),
        other => Some(shared.redact(&other.to_string())),
    }
}

/// The first header there is of those that identify a request.
fn request_id(shared: &Shared, head: &Parts) -> Option<String> {
    let names = shared.profile.request_id_headers;
    let value = names.iter().find_map(|name| head.headers.get(*name))?;
    Some(shared.redact(&String::from_utf8_lossy(value.as_bytes())))
}
