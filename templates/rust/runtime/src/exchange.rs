//! Sends a request once and waits for its answer; a second time with a new token where the first was refused.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::response::Parts;
use http::{StatusCode, header};

use super::attempts::Plan;
use super::body::{Body, ReadError};
use super::client::Shared;
use super::interpret::{interpret, said};
use super::oauth::{self, Grant};
use super::transport::{BoxFuture, Timeout, TransportError, TransportErrorKind};
use super::{Answer, Error, ErrorKind, Secret};

/// A request that is ready to be sent, but for its token.
pub(super) struct Outgoing {
    pub(super) request: http::Request<Body>,
    pub(super) grant: Option<Grant>,
    pub(super) plan: Plan,
}

/// How much of a success is waited for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// Its last byte.
    Read,
    /// Its head; the body comes as a stream.
    Begun,
}

/// What the attempts of one call have in common, and how often they sent it.
pub(super) struct Sending<'a> {
    pub(super) shared: &'a Shared,
    /// What the call sends and no error may repeat.
    pub(super) secrets: &'a [Secret],
    /// For one attempt.
    pub(super) timeout: Duration,
    /// For all of them.
    pub(super) deadline: Option<Instant>,
    pub(super) until: Until,
    pub(super) sent: u32,
}

impl Sending<'_> {
    /// Makes one attempt, with a token where one is needed.
    pub(super) async fn once(
        &mut self,
        grant: Option<&Grant>,
        request: http::Request<Body>,
    ) -> Result<Answer<Body>, Error> {
        let result = match grant {
            None => self.send(request).await,
            Some(grant) => self.authorized(grant, request).await,
        };
        result.map_err(|error| self.secrets.iter().fold(error, |error, secret| error.without(secret)))
    }

    /// Sends the request with a token. A server that refuses the token has done nothing, so the request is sent once
    /// more with a new one, unless its body is a stream.
    async fn authorized(&mut self, grant: &Grant, mut request: http::Request<Body>) -> Result<Answer<Body>, Error> {
        let tokens = &self.shared.tokens;
        let again = copy(&request);
        let token = self.token(grant).await?;
        request.headers_mut().insert(header::AUTHORIZATION, oauth::bearer(&token)?);
        let result = self.send(request).await;
        let is_refused = |error: &Error| error.status() == Some(StatusCode::UNAUTHORIZED);
        if !result.as_ref().is_err_and(is_refused) {
            return without(&token, result);
        }
        tokens.forget(grant, &token);
        let Some(mut again) = again else { return without(&token, result) };
        let token = self.token(grant).await?;
        again.headers_mut().insert(header::AUTHORIZATION, oauth::bearer(&token)?);
        let result = self.send(again).await;
        if result.as_ref().is_err_and(is_refused) {
            tokens.forget(grant, &token);
        }
        without(&token, result)
    }

    /// A token, which another call may be fetching just now.
    async fn token(&self, grant: &Grant) -> Result<Secret, Error> {
        let time = self.time();
        let get = self.shared.tokens.get(self.shared, grant, time);
        if self.deadline.is_none() {
            return get.await;
        }
        let got = within(Box::pin(get), self.shared.transport.sleep(time)).await;
        got.unwrap_or_else(|| Err(oauth::no_token(Arc::new(late(time)))))
    }

    /// Sends the request, and says what its answer means.
    async fn send(&mut self, request: http::Request<Body>) -> Result<Answer<Body>, Error> {
        self.sent += 1;
        let (head, bytes, rest) = receive(self.shared, request, self.time(), self.until).await?;
        interpret(self.shared, head, bytes).map(|answer| answer.with_value(rest))
    }

    /// How long the next step may take.
    fn time(&self) -> Duration {
        let left = |deadline: Instant| deadline.saturating_duration_since(self.shared.transport.now());
        self.deadline.map_or(self.timeout, |deadline| self.timeout.min(left(deadline)))
    }
}

/// The same request, unless its body is a stream.
pub(super) fn copy(request: &http::Request<Body>) -> Option<http::Request<Body>> {
    let mut copy = http::Request::new(Body::from(request.body().as_bytes()?.clone()));
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    Some(copy)
}

/// Takes the token out of what the server said.
fn without<T>(token: &Secret, result: Result<Answer<T>, Error>) -> Result<Answer<T>, Error> {
    match result {
        Ok(answer) => {
            let request_id = answer.request_id.map(|id| token.redact(id));
            Ok(Answer { request_id, ..answer })
        }
        Err(error) => Err(error.without(token)),
    }
}

/// From the first byte sent to the last byte waited for: the head, what was read, and what is still to come. What
/// failed is always read to its end.
pub(super) async fn receive(
    shared: &Shared,
    mut request: http::Request<Body>,
    timeout: Duration,
    until: Until,
) -> Result<(Parts, Bytes, Body), Error> {
    request.extensions_mut().insert(match until {
        Until::Read => Timeout::Answer(timeout),
        Until::Begun => Timeout::Head(timeout),
    });
    let work = async move {
        let response = shared.transport.send(request).await.map_err(|error| unsent(error, timeout))?;
        let (head, body) = response.into_parts();
        if until == Until::Begun && head.status.is_success() {
            return Ok((head, Bytes::new(), body));
        }
        match body.read(shared.max_response_bytes).await {
            Ok(bytes) => Ok((head, bytes, Body::empty())),
            // The head of a failure says enough by itself.
            Err(_) if !head.status.is_success() => Ok((head, Bytes::new(), Body::empty())),
            Err(ReadError::Broken(error)) if error.kind() == TransportErrorKind::Timeout => Err(unsent(error, timeout)),
            Err(problem) => Err(unread(shared, head, problem)),
        }
    };
    match within(work, shared.transport.sleep(timeout)).await {
        Some(result) => result,
        None => Err(late(timeout)),
    }
}

fn late(time: Duration) -> Error {
    Error::new(ErrorKind::Timeout, format!("no answer within {} seconds", seconds(time)))
}

/// For people: no finer than a thousandth.
fn seconds(time: Duration) -> f64 {
    Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)).as_secs_f64()
}

fn unsent(error: TransportError, time: Duration) -> Error {
    let kind = match error.kind() {
        TransportErrorKind::Timeout => return late(time).with_source(error),
        TransportErrorKind::Connect => ErrorKind::Connect,
        TransportErrorKind::Invalid => ErrorKind::Config,
        TransportErrorKind::Lost => ErrorKind::Lost,
    };
    Error::new(kind, "").with_source(error)
}

/// The head of a success is there, its body is not.
fn unread(shared: &Shared, mut head: Parts, problem: ReadError) -> Error {
    let said = said(shared, &head);
    let error = match problem {
        ReadError::TooLarge => {
            Error::new(ErrorKind::TooLarge, format!("more than {} bytes", shared.max_response_bytes))
        }
        ReadError::Broken(error) => Error::new(ErrorKind::Lost, "").with_source(error),
    };
    shared.hide(&mut head.headers);
    error.with_answer(head.status, head.headers, Bytes::new()).saying(said)
}

/// Runs the work until the alarm goes off.
async fn within<F: Future>(work: F, mut alarm: BoxFuture<'_, ()>) -> Option<F::Output> {
    let mut work = pin!(work);
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(result) => Poll::Ready(Some(result)),
        Poll::Pending => alarm.as_mut().poll(context).map(|()| None),
    })
    .await
}
