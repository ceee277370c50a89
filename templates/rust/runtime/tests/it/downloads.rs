//! Answers that are read as they arrive.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::Method;

use crate::runtime::{
    Answer, Body, BoxFuture, Call, Client, DecodeError, Endpoint, Error, ErrorKind, Evidence, Operation, Request,
    RetryClass, Streams, Transport, TransportError, TransportErrorKind, decode,
};
use crate::scripted::{Act, Scripted, response};

/// A file to fetch.
#[derive(Clone, Debug)]
struct Fetch;

impl Operation for Fetch {
    type Output = Bytes;
    const ENDPOINT: Endpoint = Endpoint {
        id: "files.fetch",
        method: Method::GET,
        path: "/file",
        host: 0,
        security: &[],
        retry: RetryClass::Safe,
        evidence: Evidence::Published,
        accept: Some("application/octet-stream"),
    };

    fn encode(&self, _call: &mut Call) -> Result<(), Error> {
        Ok(())
    }

    fn decode(body: &Bytes) -> Result<Bytes, DecodeError> {
        decode::bytes(body)
    }
}

impl Streams for Fetch {}

/// What happens to a body when it is asked for more.
enum Step {
    Chunk(&'static str),
    Fail,
    Stall,
}

/// A body from a script.
struct Steps(VecDeque<Step>);

impl Stream for Steps {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.pop_front() {
            Some(Step::Chunk(text)) => Poll::Ready(Some(Ok(Bytes::from_static(text.as_bytes())))),
            Some(Step::Fail) => Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Lost, "cut")))),
            Some(Step::Stall) => {
                self.0.push_front(Step::Stall);
                Poll::Pending
            }
            None => Poll::Ready(None),
        }
    }
}

fn body(steps: impl IntoIterator<Item = Step>) -> Body {
    Body::from_stream(Steps(steps.into_iter().collect()))
}

async fn stream(transport: impl Transport) -> Result<Answer<Body>, Error> {
    let client = Client::builder().transport(transport).max_response_bytes(4).build().unwrap();
    Request::new(&client, Fetch).timeout(Duration::from_secs(7)).stream().await
}

#[tokio::test]
async fn a_stream_is_larger_than_what_may_be_held_in_memory() {
    let chunks = || body((0..100).map(|_| Step::Chunk("abc")));
    let transport = Scripted::new([Act::Answer(response(200, "").map(|_| chunks()))]);
    let answer = stream(transport.clone()).await.unwrap();
    assert_eq!((answer.attempts(), answer.body().len()), (1, 0));
    let (mut body, mut read) = (answer.into_inner(), 0);
    while let Some(chunk) = body.chunk().await.unwrap() {
        read += chunk.len();
    }
    assert_eq!(read, 300);
    assert_eq!(transport.seen()[0].header("accept"), Some("application/octet-stream"));
}

#[tokio::test]
async fn failures_are_errors_and_never_streams() {
    let error = stream(Scripted::answering(404, "no")).await.unwrap_err();
    assert_eq!((error.kind(), error.operation(), error.attempts()), (ErrorKind::Api, Some("files.fetch"), 1));
    assert_eq!(error.body(), "no");
    let error = stream(Scripted::new([Act::Hang, Act::Hang, Act::Hang]).late()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 3));
    let error = stream(Scripted::answering(302, "")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Redirect);
}

#[tokio::test]
async fn a_broken_stream_says_so() {
    let broken = body([Step::Chunk("ab"), Step::Fail]);
    let mut read = stream(Scripted::new([Act::Answer(response(200, "").map(|_| broken))])).await.unwrap().into_inner();
    assert_eq!(read.chunk().await.unwrap().unwrap(), "ab");
    let error = read.chunk().await.unwrap_err();
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "cut");
}

/// Answers at once, with a body that stalls after a chunk; its clock goes off at the second look.
struct Stalling {
    alarms: Arc<AtomicU32>,
}

impl Transport for Stalling {
    fn send(&self, _: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let stalls = body([Step::Chunk("ab"), Step::Stall]);
        Box::pin(async move { Ok(response(200, "").map(|_| stalls)) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        assert_eq!(duration, Duration::from_secs(7));
        let count = self.alarms.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            // The first guards the head of the answer, which is there at once.
            if count == 0 {
                std::future::pending::<()>().await;
            }
        })
    }
}

#[tokio::test]
async fn a_stream_that_stands_still_ends_in_an_error() {
    let alarms = Arc::new(AtomicU32::new(0));
    let mut read = stream(Stalling { alarms: Arc::clone(&alarms) }).await.unwrap().into_inner();
    assert_eq!(read.chunk().await.unwrap().unwrap(), "ab");
    assert_eq!(alarms.load(Ordering::Relaxed), 1, "what is there needs no alarm");
    let error = read.chunk().await.unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(source, "nothing arrived for 7 seconds");
    assert!(read.chunk().await.unwrap().is_none(), "what comes later is not read as if nothing were missing");
}
