//! The way to the network and the clock.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::{Duration, Instant, SystemTime};

use super::Body;

/// A future on the heap that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Sends one request and waits; everything a client needs from the world outside.
///
/// A transport never follows redirects and never sends a request twice: a repeated request may be a second
/// charge, and whether to repeat one is decided above it.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request and returns once the head of the answer is there. The request's body is bytes, which
    /// [`Body::as_bytes`] has, unless the caller uploads a stream. `Content-Length` is set when it is known; a stream
    /// without it goes in chunks.
    ///
    /// How long the answer may take is in the request's extensions as a [`Timeout`].
    ///
    /// Headers that hold keys are marked sensitive, and `Debug` hides them. A key that the API wants in the
    /// query can be hidden by nobody but the transport.
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Waits that long. Timeouts are measured with it.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;

    /// What time it is, for what takes time or expires. A transport for a machine without a clock of its own must say.
    fn now(&self) -> Instant {
        Instant::now()
    }

    /// What time it is in the world, for a server that names the moment when it may be asked again.
    fn wall_clock(&self) -> SystemTime {
        SystemTime::now()
    }
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(duration)
    }

    fn now(&self) -> Instant {
        (**self).now()
    }

    fn wall_clock(&self) -> SystemTime {
        (**self).wall_clock()
    }
}

/// How long an answer may take: in the extensions of every request that a transport gets.
///
/// A transport whose futures can be dropped on the way need not look at it: the client's own clock, which is
/// [`Transport::sleep`], ends the wait. One that holds its thread until it has an answer must end the wait by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Timeout {
    /// The whole answer, from the first step of the request to the last byte.
    Answer(Duration),
    /// The head of the answer; after it each wait for more of its body, which is read as it arrives.
    Head(Duration),
}

/// Why a transport has no answer.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Box<dyn StdError + Send + Sync>,
}

/// How far the request got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection was made: nothing of the request has left.
    Connect,
    /// The request, or some of it, may have arrived.
    Lost,
    /// The time that the request's [`Timeout`] allows is over. The request, or some of it, may have arrived.
    Timeout,
    /// The transport cannot send such a request: nothing of it has left.
    Invalid,
}

impl TransportError {
    /// A failure of that kind. What `source` says may be logged: it must not hold keys.
    pub fn new(kind: TransportErrorKind, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { kind, source: source.into() }
    }

    /// How far the request got.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::Lost => "the connection broke",
            TransportErrorKind::Timeout => "there was no answer in time",
            TransportErrorKind::Invalid => "the request cannot be sent",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.source)
    }
}
