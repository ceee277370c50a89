//! What a call tells `tracing`: a span for itself, and in it one for each attempt, whose fields have the names that
//! OpenTelemetry gives to those of HTTP clients.
//!
//! Spans say what was called, who was asked, and how it ended. They hold no body, no header, no query and no argument: an
//! argument may be a token that is worth money, so `url.template` stands where `url.full` would. Nor do they hold what the
//! server said in words, which may quote what was sent.
//!
//! Without the feature `tracing` nothing of this is compiled, and what is called here does nothing.

use std::future::Future;

use http::StatusCode;
#[cfg(feature = "tracing")]
use tracing::Instrument;
#[cfg(feature = "tracing")]
use tracing::field::Empty;

#[cfg(feature = "tracing")]
use super::ErrorKind;
use super::attempts::Plan;
use super::{Answer, Body, Endpoint, Error};

/// A span that is open. Dropped before its end is told, it stands for something that was abandoned.
pub(super) struct Span {
    #[cfg(feature = "tracing")]
    open: Option<tracing::Span>,
}

/// A span with the fields that all of them have, and some of its own.
#[cfg(feature = "tracing")]
macro_rules! span {
    ($name:literal, $shown:expr, $kind:literal, $method:expr $(, $field:literal = $value:expr)*) => {
        Self::of(tracing::info_span!(
            $name,
            "otel.name" = $shown,
            "otel.kind" = $kind,
            "otel.status_code" = Empty,
            $($field = $value,)*
            "http.request.method" = $method,
            "http.response.status_code" = Empty,
            "server.address" = Empty,
            "server.port" = Empty,
            "url.scheme" = Empty,
            "error.type" = Empty,
        ))
    };
    ($name:literal, $shown:expr, $kind:literal, $method:expr, of $operation:expr) => {
        span!(
            $name, $shown, $kind, $method,
            "api.operation" = $operation, "http.request.resend_count" = Empty, "url.template" = Empty
        )
    };
}

#[cfg(feature = "tracing")]
impl Span {
    /// A call, from before its arguments are looked at until its answer is decoded. It is no request of HTTP itself, so
    /// it is none of a client to those who read traces.
    pub(super) fn call(endpoint: &Endpoint) -> Self {
        span!("call", endpoint.id, "internal", method(&endpoint.method), of endpoint.id)
    }

    /// An attempt. It is one also where it is sent once more with a new token, as it is to hooks.
    pub(super) fn attempt(plan: &Plan, request: &http::Request<Body>, resent: u32) -> Self {
        let method = method(request.method());
        let named = if method == OTHER { "HTTP" } else { method };
        let name = plan.template().map_or_else(|| named.to_owned(), |template| format!("{named} {template}"));
        let span = span!("attempt", name, "client", method, of plan.operation);
        span.sends(plan, request);
        span.resent(resent);
        span
    }

    /// The request for a token.
    pub(super) fn token(request: &http::Request<Body>) -> Self {
        let method = method(request.method());
        let span = span!("token", method, "client", method);
        span.asks(request.uri());
        span
    }

    fn of(span: tracing::Span) -> Self {
        Self { open: Some(span) }
    }

    /// The request that comes of it.
    pub(super) fn sends(&self, plan: &Plan, request: &http::Request<Body>) {
        self.asks(request.uri());
        if let (Some(span), Some(template)) = (&self.open, plan.template()) {
            span.record("url.template", template);
        }
    }

    /// Who is asked. Nothing else of a URL is told: its path and its query may hold secrets, and even its user name.
    fn asks(&self, uri: &http::Uri) {
        let Some(span) = &self.open else { return };
        if let Some(host) = uri.host() {
            span.record("server.address", host.trim_matches(['[', ']']));
        }
        let known = match uri.scheme_str() {
            Some("https") => Some(443),
            Some("http") => Some(80),
            _ => None,
        };
        if let Some(port) = uri.port_u16().or(known) {
            span.record("server.port", i64::from(port));
        }
        if let Some(scheme) = uri.scheme_str() {
            span.record("url.scheme", scheme);
        }
    }

    fn resent(&self, count: u32) {
        if let (Some(span), 1..) = (&self.open, count) {
            span.record("http.request.resend_count", i64::from(count));
        }
    }

    /// Does something within it.
    pub(super) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        match &self.open {
            Some(span) => span.in_scope(work),
            None => work(),
        }
    }

    /// Waits within it. It is entered only while the future runs, so that others may run in its thread meanwhile.
    pub(super) fn around<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
        work.instrument(self.open.clone().unwrap_or_else(tracing::Span::none))
    }

    /// It has come to an answer with that status.
    pub(super) fn answered(mut self, status: StatusCode) {
        if let Some(span) = self.open.take() {
            span.record("http.response.status_code", i64::from(status.as_u16()));
        }
    }

    /// It has come to an answer, of whatever status.
    pub(super) fn received(mut self, status: StatusCode) {
        let Some(span) = self.open.take() else { return };
        span.record("http.response.status_code", i64::from(status.as_u16()));
        if !status.is_success() {
            span.record("otel.status_code", "ERROR");
            span.record("error.type", status.as_str());
        }
    }

    /// It has failed.
    pub(super) fn failed(mut self, error: &Error) {
        let Some(span) = self.open.take() else { return };
        span.record("otel.status_code", "ERROR");
        if let Some(status) = error.status() {
            span.record("http.response.status_code", i64::from(status.as_u16()));
        }
        match error.status() {
            Some(status) if error.kind() == ErrorKind::Api => span.record("error.type", status.as_str()),
            _ => span.record("error.type", error.kind().name()),
        };
    }
}

#[cfg(feature = "tracing")]
impl Drop for Span {
    fn drop(&mut self) {
        if let Some(span) = self.open.take() {
            span.record("otel.status_code", "ERROR");
            span.record("error.type", "cancelled");
        }
    }
}

#[cfg(not(feature = "tracing"))]
impl Span {
    pub(super) fn call(_: &Endpoint) -> Self {
        Self {}
    }

    pub(super) fn attempt(_: &Plan, _: &http::Request<Body>, _: u32) -> Self {
        Self {}
    }

    pub(super) fn token(_: &http::Request<Body>) -> Self {
        Self {}
    }

    pub(super) fn sends(&self, _: &Plan, _: &http::Request<Body>) {}

    fn resent(&self, _: u32) {}

    pub(super) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        work()
    }

    pub(super) fn around<F: Future>(&self, work: F) -> impl Future<Output = F::Output> + use<F> {
        work
    }

    pub(super) fn answered(self, _: StatusCode) {}

    pub(super) fn received(self, _: StatusCode) {}

    pub(super) fn failed(self, _: &Error) {}
}

impl Span {
    /// A whole call has ended.
    pub(super) fn ended<T>(self, result: &Result<Answer<T>, Error>) {
        let attempts = match result {
            Ok(answer) => answer.attempts,
            Err(error) => error.attempts(),
        };
        self.resent(attempts.saturating_sub(1));
        match result {
            Ok(answer) => self.answered(answer.status),
            Err(error) => self.failed(error),
        }
    }
}

/// What stands for a method that HTTP itself does not define: those who call may write anything.
#[cfg(feature = "tracing")]
const OTHER: &str = "_OTHER";

#[cfg(feature = "tracing")]
fn method(method: &http::Method) -> &'static str {
    const KNOWN: [&str; 9] = ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"];
    KNOWN.into_iter().find(|known| *known == method.as_str()).unwrap_or(OTHER)
}
