//! Sends a request and waits for its answer: the only place that waits.
//!
//! One attempt for now. Retries belong here, around [`attempt`]: everything it needs to be sent again is in
//! [`Outgoing`], unless its body is a stream, and an [`Error`] says by itself whether that is worth it and whether it
//! is safe.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use bytes::Bytes;
use http::response::Parts;

use super::body::{Body, ReadError};
use super::client::Shared;
use super::interpret::{interpret, request_id};
use super::transport::{BoxFuture, TransportError, TransportErrorKind};
use super::{Answer, Client, Error, ErrorKind, RetryClass, download};

/// A request that is ready to be sent.
pub(super) struct Outgoing {
    pub(super) request: http::Request<Body>,
    pub(super) operation: &'static str,
    pub(super) retry: RetryClass,
    pub(super) timeout: Duration,
    pub(super) idempotency_key: Option<String>,
}

/// How much of a success is waited for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Until {
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
    let Outgoing { request, operation, retry, timeout, idempotency_key } = outgoing;
    let attempts = 1;
    match attempt(&client.shared, request, timeout, until).await {
        Ok(answer) => Ok(Answer { attempts, ..answer }),
        Err(error) => Err(error.with_operation(operation).after(attempts, retry, idempotency_key)),
    }
}

/// One attempt, from the first byte sent to the last byte waited for. What failed is always read to its end.
async fn attempt(
    shared: &Shared,
    request: http::Request<Body>,
    timeout: Duration,
    until: Until,
) -> Result<Answer<Body>, Error> {
    let work = Box::pin(async move {
        let response = shared.transport.send(request).await.map_err(unsent)?;
        let (head, body) = response.into_parts();
        if until == Until::Begun && head.status.is_success() {
            return interpret(shared, head, Bytes::new()).map(|answer| answer.with_value(body));
        }
        match body.read(shared.max_response_bytes).await {
            Ok(body) => interpret(shared, head, body).map(|answer| answer.with_value(Body::empty())),
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

/// The head is there, the body is not. The head of a failure says enough by itself.
fn unread(shared: &Shared, head: Parts, problem: ReadError) -> Error {
    if !head.status.is_success()
        && let Err(error) = interpret(shared, head.clone(), Bytes::new())
    {
        return error;
    }
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
