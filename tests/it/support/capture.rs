//! A transport that keeps requests and answers from a script, so that a call needs no socket, or sends them on.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use omise::{Body, BoxFuture, Client, ClientBuilder, ReqwestTransport, Transport, TransportError};

/// Keeps every request.
#[derive(Clone, Default)]
pub(crate) struct Capture {
    requests: Arc<Mutex<Vec<http::Request<Bytes>>>>,
    answer: Arc<Mutex<(u16, Bytes)>>,
    /// Sends requests on, in place of the script.
    onward: Option<Arc<ReqwestTransport>>,
}

impl Capture {
    /// Answers every request with this.
    pub(crate) fn answering(status: u16, body: impl Into<Bytes>) -> Self {
        Self { answer: Arc::new(Mutex::new((status, body.into()))), ..Self::default() }
    }

    /// Sends every request on over the network.
    pub(crate) fn forwarding() -> Self {
        let onward = ReqwestTransport::new().expect("the transport");
        Self { onward: Some(Arc::new(onward)), ..Self::default() }
    }

    /// The last request.
    pub(crate) fn request(&self) -> http::Request<Bytes> {
        let requests = self.requests.lock().expect("the lock");
        let last = requests.last().expect("a request was made");
        let mut copy = http::Request::builder().method(last.method()).uri(last.uri());
        copy.headers_mut().expect("a builder").clone_from(last.headers());
        copy.body(last.body().clone()).expect("a request")
    }

    /// A client that sends through it, with every kind of key.
    pub(crate) fn client(&self) -> Client {
        self.builder().build().expect("the client builds")
    }

    /// What such a client is built from.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder()
            .secret_key("skey_test_1")
            .public_key("pkey_test_1")
            .links_plus_key("links_1")
            .transport(self.clone())
    }

    /// How many requests were made.
    pub(crate) fn count(&self) -> usize {
        self.requests.lock().expect("the lock").len()
    }
}

impl Transport for Capture {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let (parts, body) = request.into_parts();
        let bytes = body.as_bytes().cloned().unwrap_or_default();
        self.requests.lock().expect("the lock").push(http::Request::from_parts(parts.clone(), bytes));
        if let Some(onward) = &self.onward {
            return onward.send(http::Request::from_parts(parts, body));
        }
        let (status, body) = self.answer.lock().expect("the lock").clone();
        let answer = http::Response::builder().status(status).header("content-type", "application/json");
        Box::pin(async move { Ok(answer.body(Body::from(body)).expect("an answer")) })
    }

    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
        match &self.onward {
            Some(onward) => onward.sleep(time),
            None => Box::pin(async {}),
        }
    }
}
