//! The one error of every call.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::interpret::Said;
use super::retry::Remedy;
use super::{DecodeError, RateLimit, Secret, decode};

type Source = Box<dyn StdError + Send + Sync>;

/// Why a call has no answer.
///
/// It says which operation failed and how, and never shows a key or what was sent.
pub struct Error {
    inner: Box<Inner>,
}

/// What kind of failure it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is not set up for this: a missing key, a bad base URL. Nothing was sent.
    Config,
    /// An argument cannot be sent: an empty id in a path, a line break in a header. Nothing was sent.
    Argument,
    /// Nobody has seen this route yet and the client does not allow such calls. Nothing was sent.
    Unverified,
    /// The token that the call needs could not be fetched. Nothing of the call was sent.
    Token,
    /// No connection could be made. Nothing was sent.
    Connect,
    /// No answer within the time allowed.
    Timeout,
    /// The connection broke before the answer was there.
    Lost,
    /// The server redirected, which is never followed: a repeated request may be a second charge.
    Redirect,
    /// The server answered with an error.
    Api,
    /// The server answered with success, but not with what the operation answers with.
    Decode,
    /// The answer is larger than the client allows.
    TooLarge,
    /// The API says that a list goes on, and its pages do not. The items there were have been given.
    Paging,
}

#[derive(Default)]
struct Inner {
    kind: Option<ErrorKind>,
    operation: Option<&'static str>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Bytes,
    code: Option<String>,
    message: String,
    request_id: Option<String>,
    rate_limit: Option<RateLimit>,
    retry_after: Option<Duration>,
    idempotency_key: Option<String>,
    attempts: u32,
    outcome_unknown: bool,
    source: Option<Source>,
}

impl Error {
    /// What kind of failure it was.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.inner.kind.unwrap_or(ErrorKind::Config)
    }

    /// Name of the operation, `charges.create`; `None` for a client that could not be built.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.inner.operation
    }

    /// HTTP status, when there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.inner.status
    }

    /// Headers of the answer; empty when there was none.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.headers
    }

    /// Raw body of the answer, as it came: it may quote what was sent. Empty when there was none.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.inner.body
    }

    /// The body of the answer as the type that the API documents for it.
    ///
    /// # Errors
    /// When there was no answer, or its body is something else: a proxy's HTML, say.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        decode::json(&self.inner.body)
    }

    /// The body of the answer as untyped JSON: it has the fields this version does not know.
    ///
    /// # Errors
    /// When there was no answer, or it is not JSON.
    pub fn json(&self) -> Result<serde_json::Value, DecodeError> {
        self.decode()
    }

    /// The status of an answer that refuses, for generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn refusal(&self) -> Option<u16> {
        self.inner.status.filter(|status| !status.is_success()).map(|status| status.as_u16())
    }

    /// The API's own code for the failure, as sent.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.inner.code.as_deref()
    }

    /// The API's own words, or ours when it said nothing. May be empty.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// The server's name for this request, to quote to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.inner.request_id.as_deref()
    }

    /// What the answer says about the rate limit; `None` when it says nothing.
    #[must_use]
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.inner.rate_limit
    }

    /// How long the server asks to wait before the next call (`Retry-After`).
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.inner.retry_after
    }

    /// The idempotency key that all attempts carried: the caller's, or one the client made. To try the same call once
    /// more, give it to [`Request::idempotency_key`](super::Request::idempotency_key).
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.inner.idempotency_key.as_deref()
    }

    /// How often the request was sent, or tried to be, retries included; 0 when it was refused before that.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.inner.attempts
    }

    /// Whether the same call may succeed later: no connection, a timeout, 408, 429, a server's own failure.
    ///
    /// This is about success, not about safety: ask [`Error::outcome_unknown`] before sending again.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.kind() {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Lost => true,
            ErrorKind::Api => self.inner.status.is_some_and(|status| {
                status.is_server_error()
                    || status == StatusCode::REQUEST_TIMEOUT
                    || status == StatusCode::TOO_MANY_REQUESTS
            }),
            ErrorKind::Token => {
                let source = self.inner.source.as_deref().and_then(|source| source.downcast_ref::<Arc<Self>>());
                source.is_some_and(|source| source.is_retryable())
            }
            _ => false,
        }
    }

    /// Whether the server may have carried out the call although it ended in this error.
    ///
    /// True for a call that changes something when one of its attempts may have arrived and no readable verdict came
    /// back for it, whatever became of the others. Sending such a call again may do it twice: look whether it was done
    /// first.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        self.inner.outcome_unknown
    }

    pub(super) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let inner = Inner { kind: Some(kind), message: message.into(), ..Inner::default() };
        Self { inner: Box::new(inner) }
    }

    pub(super) fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    pub(super) fn argument(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Argument, message)
    }

    pub(super) fn with_operation(mut self, operation: &'static str) -> Self {
        self.inner.operation = Some(operation);
        self
    }

    pub(super) fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.inner.source = Some(source.into());
        self
    }

    pub(super) fn with_code(mut self, code: Option<String>) -> Self {
        self.inner.code = code;
        self
    }

    pub(super) fn with_answer(mut self, status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        self.inner.status = Some(status);
        self.inner.headers = headers;
        self.inner.body = body;
        self
    }

    /// Keeps what the head of the answer said.
    pub(super) fn saying(mut self, said: Said) -> Self {
        self.inner.request_id = said.request_id;
        self.inner.rate_limit = said.rate_limit;
        self.inner.retry_after = said.retry_after;
        self
    }

    /// Takes a secret out of what the server said.
    pub(super) fn without(mut self, secret: &Secret) -> Self {
        let inner = &mut self.inner;
        inner.message = secret.redact(std::mem::take(&mut inner.message));
        inner.code = inner.code.take().map(|code| secret.redact(code));
        inner.request_id = inner.request_id.take().map(|id| secret.redact(id));
        self
    }

    /// Says how the call was made, and whether any of its attempts may have been carried out.
    pub(super) fn after(mut self, attempts: u32, outcome_unknown: bool, key: &Option<String>) -> Self {
        self.inner.attempts = attempts;
        self.inner.idempotency_key.clone_from(key);
        self.inner.outcome_unknown = outcome_unknown;
        self
    }

    /// What it says about sending the same request again.
    pub(super) fn remedy(&self) -> Remedy {
        let is_too_many = self.inner.status == Some(StatusCode::TOO_MANY_REQUESTS);
        match self.kind() {
            _ if !self.is_retryable() => Remedy::None,
            ErrorKind::Connect | ErrorKind::Token => Remedy::Again,
            ErrorKind::Api if is_too_many => Remedy::Again,
            _ => Remedy::AgainIfHarmless,
        }
    }

    /// Whether the request may have been carried out although it ended in this error.
    pub(super) fn may_have_happened(&self) -> bool {
        let status = self.inner.status;
        match self.kind() {
            ErrorKind::Timeout | ErrorKind::Lost | ErrorKind::Decode | ErrorKind::TooLarge => true,
            // 307 and 308 ask for the request to be made elsewhere; the others follow something done.
            ErrorKind::Redirect => {
                !matches!(status, Some(StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT))
            }
            // A refusal is certain; what servers in between invent, such as 499 or 600, is not.
            ErrorKind::Api => status
                .is_some_and(|status| !(400..499).contains(&status.as_u16()) || status == StatusCode::REQUEST_TIMEOUT),
            _ => false,
        }
    }
}

impl ErrorKind {
    /// A name for metrics and traces, in snake case. It stays what it is in later versions.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Argument => "argument",
            Self::Unverified => "unverified",
            Self::Token => "token",
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Lost => "lost",
            Self::Redirect => "redirect",
            Self::Api => "api",
            Self::Decode => "decode",
            Self::TooLarge => "too_large",
            Self::Paging => "paging",
        }
    }

    fn describe(self) -> &'static str {
        match self {
            Self::Config => "configuration",
            Self::Argument => "argument",
            Self::Unverified => "unverified operation",
            Self::Token => "no token",
            Self::Connect => "no connection",
            Self::Timeout => "timeout",
            Self::Lost => "connection lost",
            Self::Redirect => "redirect",
            Self::Api => "error answer",
            Self::Decode => "unreadable answer",
            Self::TooLarge => "answer too large",
            Self::Paging => "incomplete list",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.inner.operation {
            write!(formatter, "{operation}: ")?;
        }
        match (self.kind(), self.inner.status) {
            (ErrorKind::Api, Some(status)) => write!(formatter, "HTTP {status}")?,
            (kind, Some(status)) => write!(formatter, "{} (HTTP {status})", kind.describe())?,
            (kind, None) => formatter.write_str(kind.describe())?,
        }
        if let Some(code) = self.code() {
            write!(formatter, ": {}", OneLine(code))?;
        }
        if !self.inner.message.is_empty() {
            write!(formatter, ": {}", OneLine(&self.inner.message))?;
        }
        if let Some(id) = self.request_id() {
            write!(formatter, " (request id {})", OneLine(id))?;
        }
        if self.inner.outcome_unknown {
            formatter.write_str("; it may have been carried out")?;
        }
        Ok(())
    }
}

/// Text from a server, kept from forging lines in a log or flooding it.
struct OneLine<'a>(&'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        use std::fmt::Write as _;

        for (count, letter) in self.0.chars().enumerate() {
            if count == 500 {
                return formatter.write_str("...");
            }
            formatter.write_char(if letter.is_control() { ' ' } else { letter })?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &self.inner;
        formatter
            .debug_struct("Error")
            .field("kind", &self.kind())
            .field("operation", &inner.operation)
            .field("status", &inner.status)
            .field("code", &inner.code)
            .field("message", &inner.message)
            .field("request_id", &inner.request_id)
            .field("attempts", &inner.attempts)
            .field("outcome_unknown", &inner.outcome_unknown)
            .field("body_length", &inner.body.len())
            .field("source", &inner.source)
            .finish()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.inner.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}
