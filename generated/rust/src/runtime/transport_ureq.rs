//! The built-in transport of blocking clients: ureq, with rustls on ring and the platform's certificates.
//!
//! ureq knows by itself how long a request may take, so nothing here needs a second thread. Of the part of its interface
//! that may change with a minor version only what tells failures to connect from others is used: [`Connector`] and
//! [`Resolver`], wrapped.

use std::error::Error as StdError;
use std::fmt;
use std::io::Read;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use ureq::config::{AutoHeaderValue, Config};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{
    ConnectionDetails, Connector, DefaultConnector, NextTimeout, Transport as Connection,
};
use ureq::{Agent, BodyReader, Proxy, SendBody};

use super::blocking::{CHUNK, Pause, block_on};
use super::network::{IDLE_TIMEOUT, Network};
use super::transport::{BoxFuture, Timeout, Transport, TransportError, TransportErrorKind};
use super::{Body, Error, tls};

/// Connections kept for other requests, as many as threads may need at once.
const MOST_IDLE: usize = 64;

/// Longest time that is waited for anything: ten years, in place of ever.
const LONGEST: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// HTTP/1.1 over TLS, in the thread of the caller.
///
/// What it returns is ready at once: the waiting is done before. It serves a blocking client; in an async one it would
/// hold up everything else.
#[derive(Clone)]
pub struct UreqTransport {
    agent: Agent,
}

impl UreqTransport {
    /// A transport that gives up connecting after 10 seconds.
    ///
    /// # Errors
    /// When TLS cannot be set up on this machine.
    pub fn new() -> Result<Self, Error> {
        Self::over(&Network::default(), None)
    }

    /// `timeout` is that of most requests.
    pub(super) fn over(network: &Network, timeout: Option<Duration>) -> Result<Self, Error> {
        let (timeout, connect_timeout) = (timeout.map(bounded), bounded(network.connect_timeout()));
        let mut config = Config::builder()
            .tls_config(tls::of_ureq(network.roots()?)?)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .timeout_global(timeout)
            .timeout_resolve(Some(connect_timeout))
            .timeout_connect(Some(connect_timeout))
            .max_idle_age(IDLE_TIMEOUT)
            .max_idle_connections(MOST_IDLE)
            .max_idle_connections_per_host(MOST_IDLE);
        if let Some(url) = network.proxy()? {
            let proxy = Proxy::new(url.expose()).map_err(|_| Network::no_proxy())?;
            config = config.proxy(Some(proxy));
        }
        let (connector, resolver) = (Connecting(DefaultConnector::new()), Resolving(DefaultResolver::default()));
        Ok(Self { agent: Agent::with_parts(config.build(), connector, resolver) })
    }

    fn run(&self, request: http::Request<Body>) -> Result<http::Response<Body>, TransportError> {
        let (mut head, body) = request.into_parts();
        let timeout = head.extensions.remove::<Timeout>().map(|timeout| match timeout {
            Timeout::Answer(time) => Timeout::Answer(bounded(time)),
            Timeout::Head(time) => Timeout::Head(bounded(time)),
        });
        let bytes = body.as_bytes().cloned();
        let body = match &bytes {
            Some(bytes) if bytes.is_empty() => SendBody::none(),
            Some(_) => SendBody::from_owned_reader(std::io::Cursor::new(bytes.unwrap_or_default())),
            None => SendBody::from_owned_reader(Outgoing { body, chunk: Bytes::new() }),
        };
        let request = self.limited(http::Request::from_parts(head, body), timeout);
        let response = self.agent.run(request).map_err(failure)?;
        Ok(response.map(|body| Body::from_stream(Incoming::of(body))))
    }

    /// The request with its own times, where they are others than the agent's: what an agent knows of TLS it keeps for
    /// requests that leave its settings alone.
    fn limited<'a>(
        &self,
        request: http::Request<SendBody<'a>>,
        timeout: Option<Timeout>,
    ) -> http::Request<SendBody<'a>> {
        match timeout {
            Some(Timeout::Answer(time)) if self.agent.config().timeouts().global == Some(time) => request,
            Some(Timeout::Answer(time)) => self.agent.configure_request(request).timeout_global(Some(time)).build(),
            // No limit of ureq's spans what comes before the body, so each step has it.
            Some(Timeout::Head(time)) => self
                .agent
                .configure_request(request)
                .timeout_global(None)
                .timeout_send_request(Some(time))
                .timeout_send_body(Some(time))
                .timeout_recv_response(Some(time))
                .timeout_per_read(Some(time))
                .build(),
            None => self.agent.configure_request(request).timeout_global(None).build(),
        }
    }
}

impl Transport for UreqTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move { self.run(request) })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(Pause::of(duration))
    }
}

impl fmt::Debug for UreqTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("UreqTransport")
    }
}

/// ureq adds times to the clock, which panics where there is no such moment.
fn bounded(time: Duration) -> Duration {
    time.min(LONGEST)
}

/// A failure before there was a connection.
#[derive(Debug)]
struct Unconnected(ureq::Error);

impl Unconnected {
    fn mark(error: ureq::Error) -> ureq::Error {
        ureq::Error::Other(Box::new(Self(error)))
    }
}

impl fmt::Display for Unconnected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl StdError for Unconnected {}

/// Connects as ureq does, TLS and proxies included, and marks what fails.
#[derive(Debug)]
struct Connecting(DefaultConnector);

impl Connector for Connecting {
    type Out = Box<dyn Connection>;

    fn connect(&self, details: &ConnectionDetails<'_>, chained: Option<()>) -> Result<Option<Self::Out>, ureq::Error> {
        self.0.connect(details, chained).map_err(Unconnected::mark)
    }
}

/// Finds addresses as ureq does, and marks what fails.
#[derive(Debug)]
struct Resolving(DefaultResolver);

impl Resolver for Resolving {
    fn resolve(
        &self,
        uri: &http::Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        self.0.resolve(uri, config, timeout).map_err(Unconnected::mark)
    }
}

fn failure(error: ureq::Error) -> TransportError {
    match error {
        // Its text has the URL, whose query may hold a key.
        ureq::Error::BadUri(_) => TransportError::new(TransportErrorKind::Invalid, "the URL has no host"),
        ureq::Error::Http(error) => TransportError::new(TransportErrorKind::Invalid, error),
        ureq::Error::Timeout(_) => TransportError::new(TransportErrorKind::Timeout, error),
        ureq::Error::Other(source) => match source.downcast::<Unconnected>() {
            // Connecting to a proxy is connecting within connecting.
            Ok(unconnected) => match unconnected.0 {
                ureq::Error::Other(inner) if inner.is::<Unconnected>() => failure(ureq::Error::Other(inner)),
                error => TransportError::new(TransportErrorKind::Connect, error),
            },
            Err(source) => TransportError::new(TransportErrorKind::Lost, source),
        },
        error => TransportError::new(TransportErrorKind::Lost, error),
    }
}

/// A request's body as it leaves.
struct Outgoing {
    body: Body,
    chunk: Bytes,
}

impl Read for Outgoing {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.chunk.is_empty() {
            match block_on(self.body.chunk()).map_err(std::io::Error::other)? {
                Some(chunk) => self.chunk = chunk,
                None => return Ok(0),
            }
        }
        let next = self.chunk.split_to(self.chunk.len().min(buffer.len()));
        (&*next).read(buffer)
    }
}

/// An answer's body as it arrives; nothing is left after its end or a failure. The lock is never waited for: the body
/// has one owner, and is only shared in the eyes of the type system.
struct Incoming {
    reader: Mutex<Option<BodyReader<'static>>>,
    /// What is read into. A chunk is no longer than what came: bodies may be kept.
    buffer: Vec<u8>,
}

impl Incoming {
    fn of(body: ureq::Body) -> Self {
        Self { reader: Mutex::new(Some(body.into_reader())), buffer: vec![0; CHUNK] }
    }
}

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { reader, buffer } = &mut *self;
        let reader = reader.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Some(open) = reader else { return Poll::Ready(None) };
        match open.read(buffer) {
            Ok(0) => {
                *reader = None;
                Poll::Ready(None)
            }
            Ok(count) => Poll::Ready(Some(Ok(Bytes::copy_from_slice(buffer.get(..count).unwrap_or_default())))),
            Err(error) => {
                *reader = None;
                Poll::Ready(Some(Err(failure(error.into()))))
            }
        }
    }
}
