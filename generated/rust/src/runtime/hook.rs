//! Watching every attempt.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use super::Error;

/// Watches every attempt, and may add headers to it: for metrics, logs, and traces that go on in the server.
///
/// It sees no key, no body, and no argument: paths are shown with their braces.
pub trait Hook: Send + Sync + 'static {
    /// An attempt is about to be made. What is put into `headers` is sent with it, in place of what the client or the
    /// caller would send under that name; keys, idempotency keys and what frames a message cannot be replaced.
    fn before(&self, attempt: &Attempt<'_>, headers: &mut HeaderMap) {
        let _ = (attempt, headers);
    }

    /// The attempt is over. Every `before` is followed by one `after`.
    fn after(&self, attempt: &Attempt<'_>, outcome: &Outcome<'_>) {
        let _ = (attempt, outcome);
    }
}

/// An attempt to make a call.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// Name of the operation: `charges.create`.
    pub operation: &'static str,
    /// HTTP method.
    pub method: &'a Method,
    /// Path with its arguments in braces: `/charges/{id}`. Empty for a call of one's own, whose path may hold anything.
    pub path: &'a str,
    /// The host that is asked, without its path.
    pub host: &'a str,
    /// 1 for the first.
    pub number: u32,
    /// The idempotency key it carries; the same in all attempts of a call.
    pub idempotency_key: Option<&'a str>,
}

/// How an attempt ended.
#[non_exhaustive]
pub struct Outcome<'a> {
    /// How long it took.
    pub elapsed: Duration,
    /// What came of it.
    pub end: End<'a>,
    /// How long the client waits before it tries again; `None` when this attempt was the last.
    pub retry_in: Option<Duration>,
}

/// What came of an attempt.
#[non_exhaustive]
pub enum End<'a> {
    /// A success.
    Answer {
        /// HTTP status.
        status: StatusCode,
        /// The server's name for the request.
        request_id: Option<&'a str>,
    },
    /// A failure. Whether the outcome of the call is known is settled only with its last attempt.
    Failure(&'a Error),
    /// The caller dropped the call: whether it was carried out is not known.
    Abandoned,
}

impl fmt::Debug for Outcome<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("Outcome");
        shown.field("elapsed", &self.elapsed);
        match &self.end {
            End::Answer { status, .. } => shown.field("status", status),
            End::Failure(error) => shown.field("failure", error),
            End::Abandoned => shown.field("abandoned", &true),
        };
        shown.field("retry_in", &self.retry_in).finish()
    }
}
