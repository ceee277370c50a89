//! Sends a request and waits for its answer: the only place that waits.
//!
//! One attempt for now, and a second one with a new token where the first was refused. Retries belong here, around
//! [`Sending::attempt`]: everything it needs to be sent again is in [`Outgoing`], unless its body is a stream, and an
//! [`Error`] says by itself whether that is worth it and whether it is safe.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::response::Parts;
use http::{StatusCode, header};

use super::body::{Body, ReadError};
use super::client::Shared;
use super::interpret::{interpret, request_id};
use super::oauth::{self, Grant};
use super::transport::{BoxFuture, TransportError, TransportErrorKind};
use super::{Answer, Client, Error, ErrorKind, RetryClass, Secret, download};

/// A request that is ready to be sent, but for its token.
pub(super) struct Outgoing {
    pub(super) request: http::Request<Body>,
    pub(super) grant: Option<Grant>,
    pub(super) operation: &'static str,
    pub(super) retry: RetryClass,
    pub(super) timeout: Duration,
    pub(super) idempotency_key: Option<String>,
}

/// How much of a success is waited for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// Its last byte.
    Read,
    /// Its head; the body comes as a stream.
    Begun,
}

/// Sends the request; the body of a success is still to be decoded.
pub(super) async fn exchange(client: Client, outgoing: Outgoing) -> Result<Answer<()>, Error> {
    Ok(attempts(&client, outgoing, Until::Read).await?.with_value(()))
}

/// Sends the request; the body of a success is still to be read.
pub(super) async fn open(client: Client, outgoing: Outgoing) -> Result<Answer<Body>, Error> {
    let patience = outgoing.timeout;
    let mut answer = attempts(&client, outgoing, Until::Begun).await?;
    let body = std::mem::take(&mut answer.value);
    Ok(answer.with_value(download::guarded(client, body, patience)))
}

async fn attempts(client: &Client, outgoing: Outgoing, until: Until) -> Result<Answer<Body>, Error> {
    let Outgoing { request, grant, operation, retry, timeout, idempotency_key } = outgoing;
    let sending = Sending { shared: &client.shared, timeout, until };
    let mut attempts = 0;
    let result = match grant {
        None => sending.attempt(request, &mut attempts).await,
        Some(grant) => sending.authorized(&grant, request, &mut attempts).await,
    };
    match result {
        Ok(answer) => Ok(Answer { attempts, ..answer }),
        Err(error) => Err(error.with_operation(operation).after(attempts, retry, idempotency_key)),
    }
}

/// What the attempts of one call have in common.
struct Sending<'a> {
    shared: &'a Shared,
    timeout: Duration,
    until: Until,
}

impl Sending<'_> {
    /// Sends the request with a token. A server that refuses the token has done nothing, so the request is sent once
    /// more with a new one, unless its body is a stream.
    async fn authorized(
        &self,
        grant: &Grant,
        mut request: http::Request<Body>,
        attempts: &mut u32,
    ) -> Result<Answer<Body>, Error> {
        let tokens = &self.shared.tokens;
        let again = copy(&request);
        let token = tokens.get(self.shared, grant, self.timeout).await?;
        request.headers_mut().insert(header::AUTHORIZATION, oauth::bearer(&token)?);
        let result = self.attempt(request, attempts).await;
        let is_refused = |error: &Error| error.status() == Some(StatusCode::UNAUTHORIZED);
        if !result.as_ref().is_err_and(is_refused) {
            return without(&token, result);
        }
        tokens.forget(grant, &token);
        let Some(mut again) = again else { return without(&token, result) };
        let token = tokens.get(self.shared, grant, self.timeout).await?;
        again.headers_mut().insert(header::AUTHORIZATION, oauth::bearer(&token)?);
        let result = self.attempt(again, attempts).await;
        if result.as_ref().is_err_and(is_refused) {
            tokens.forget(grant, &token);
        }
        without(&token, result)
    }

    /// One attempt, and what its answer means.
    async fn attempt(&self, request: http::Request<Body>, attempts: &mut u32) -> Result<Answer<Body>, Error> {
        *attempts += 1;
        let (head, bytes, rest) = receive(self.shared, request, self.timeout, self.until).await?;
        interpret(self.shared, head, bytes).map(|answer| answer.with_value(rest))
    }
}

/// The same request, unless its body is a stream.
fn copy(request: &http::Request<Body>) -> Option<http::Request<Body>> {
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
            let request_id = answer.request_id.as_deref().map(|id| token.redact(id));
            Ok(Answer { request_id, ..answer })
        }
        Err(error) => Err(error.without(token)),
    }
}

/// From the first byte sent to the last byte waited for: the head, what was read, and what is still to come. What
/// failed is always read to its end.
pub(super) async fn receive(
    shared: &Shared,
    request: http::Request<Body>,
    timeout: Duration,
    until: Until,
) -> Result<(Parts, Bytes, Body), Error> {
    let work = Box::pin(async move {
        let response = shared.transport.send(request).await.map_err(unsent)?;
        let (head, body) = response.into_parts();
        if until == Until::Begun && head.status.is_success() {
            return Ok((head, Bytes::new(), body));
        }
        match body.read(shared.max_response_bytes).await {
            Ok(bytes) => Ok((head, bytes, Body::empty())),
            // The head of a failure says enough by itself.
            Err(_) if !head.status.is_success() => Ok((head, Bytes::new(), Body::empty())),
            Err(problem) => Err(unread(shared, head, problem)),
        }
    });
    match within(work, shared.transport.sleep(timeout)).await {
        Some(result) => result,
        None => {
            let message = format!("no answer within {} seconds", timeout.as_secs_f64());
            Err(Error::new(ErrorKind::Timeout, message))
        }
    }
}

fn unsent(error: TransportError) -> Error {
    let kind = match error.kind() {
        TransportErrorKind::Connect => ErrorKind::Connect,
        TransportErrorKind::Invalid => ErrorKind::Config,
        TransportErrorKind::Lost => ErrorKind::Lost,
    };
    Error::new(kind, "").with_source(error)
}

/// The head of a success is there, its body is not.
fn unread(shared: &Shared, head: Parts, problem: ReadError) -> Error {
    let id = request_id(shared, &head);
    let error = match problem {
        ReadError::TooLarge => {
            Error::new(ErrorKind::TooLarge, format!("more than {} bytes", shared.max_response_bytes))
        }
        ReadError::Broken(error) => Error::new(ErrorKind::Lost, "").with_source(error),
    };
    error.with_answer(head.status, head.headers, Bytes::new(), id)
}

/// Runs the work until the alarm goes off.
async fn within<T>(mut work: BoxFuture<'_, T>, mut alarm: BoxFuture<'_, ()>) -> Option<T> {
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(result) => Poll::Ready(Some(result)),
        Poll::Pending => alarm.as_mut().poll(context).map(|()| None),
    })
    .await
}
