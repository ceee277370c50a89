//! What a call answers with.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{DecodeError, RateLimit, decode};

/// The decoded answer of a call, with everything it came in.
///
/// It dereferences to the value, so `answer.id` is `answer.into_inner().id`.
#[derive(Clone)]
pub struct Answer<T> {
    pub(super) value: T,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) request_id: Option<String>,
    pub(super) rate_limit: Option<RateLimit>,
    pub(super) body: Bytes,
    pub(super) attempts: u32,
}

impl<T> Answer<T> {
    /// The value, owned.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The server's name for this request, to quote to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// What the answer says about the rate limit; `None` when it says nothing.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.rate_limit
    }

    /// The body as it came.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as any type that JSON is read into.
    ///
    /// # Errors
    /// When the body is something else.
    pub fn decode<D: DeserializeOwned>(&self) -> Result<D, DecodeError> {
        decode::json(&self.body)
    }

    /// The body as untyped JSON: it has the fields this version does not know.
    ///
    /// # Errors
    /// When the body is not JSON.
    pub fn json(&self) -> Result<serde_json::Value, DecodeError> {
        decode::json(&self.body)
    }

    /// How often the request was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    pub(super) fn with_value<U>(self, value: U) -> Answer<U> {
        Answer {
            value,
            status: self.status,
            headers: self.headers,
            request_id: self.request_id,
            rate_limit: self.rate_limit,
            body: self.body,
            attempts: self.attempts,
        }
    }
}

/// An answer that came another way than through a client: a recorded one, for [`Operation::decode`](super::Operation::decode_answer).
impl From<http::Response<Bytes>> for Answer<()> {
    fn from(response: http::Response<Bytes>) -> Self {
        let (head, body) = response.into_parts();
        let (status, headers) = (head.status, head.headers);
        Self { value: (), status, headers, request_id: None, rate_limit: None, body, attempts: 0 }
    }
}

impl<T> Deref for Answer<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Debug> fmt::Debug for Answer<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Answer")
            .field("status", &self.status)
            .field("request_id", &self.request_id)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}
