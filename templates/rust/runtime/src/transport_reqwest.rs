//! The built-in transport: reqwest, with rustls on ring and the platform's certificates.

use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body as _, Frame, SizeHint};

use super::network::{IDLE_TIMEOUT, Network};
use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
use super::{Body, Error, tls};

/// HTTP/1.1 over TLS, on tokio.
#[derive(Clone)]
pub struct ReqwestTransport {
    http: reqwest::Client,
}

impl ReqwestTransport {
    /// A transport that gives up connecting after 10 seconds.
    ///
    /// # Errors
    /// When TLS cannot be set up on this machine.
    pub fn new() -> Result<Self, Error> {
        Self::over(&Network::default())
    }

    pub(super) fn over(network: &Network) -> Result<Self, Error> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(network.connect_timeout())
            .pool_idle_timeout(IDLE_TIMEOUT);
        if let Some(url) = network.proxy()? {
            builder = builder.proxy(reqwest::Proxy::all(url.expose()).map_err(|_| Network::no_proxy())?);
        }
        let http = tls::of_reqwest(builder, network.roots()?)?
            .build()
            .map_err(|error| Error::config("HTTP cannot be set up").with_source(error))?;
        Ok(Self { http })
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            if !has_tokio() {
                let problem = "reqwest needs a tokio runtime, and this task runs on none";
                return Err(TransportError::new(TransportErrorKind::Invalid, problem));
            }
            let (head, body) = request.into_parts();
            let body = match body.as_bytes() {
                Some(bytes) => reqwest::Body::from(bytes.clone()),
                None => reqwest::Body::wrap(Outgoing(Mutex::new(body))),
            };
            let request = http::Request::from_parts(head, body);
            let request =
                reqwest::Request::try_from(request).map_err(|error| failure(TransportErrorKind::Invalid, error))?;
            let response = self.http.execute(request).await.map_err(|error| {
                let kind = if error.is_connect() {
                    TransportErrorKind::Connect
                } else if error.is_builder() {
                    TransportErrorKind::Invalid
                } else {
                    TransportErrorKind::Lost
                };
                failure(kind, error)
            })?;
            Ok(http::Response::from(response).map(|body| Body::from_stream(Incoming(body))))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        if has_tokio() { Box::pin(tokio::time::sleep(duration)) } else { Box::pin(std::future::pending()) }
    }
}

/// Without a runtime, tokio panics; an error is better.
fn has_tokio() -> bool {
    tokio::runtime::Handle::try_current().is_ok()
}

/// The URL is taken out of the error: its query may hold a key.
fn failure(kind: TransportErrorKind, error: reqwest::Error) -> TransportError {
    TransportError::new(kind, error.without_url())
}

/// A request's body as it leaves. The lock is never waited for: the body has one owner, and is only shared in the eyes of the type system.
struct Outgoing(Mutex<Body>);

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        Pin::new(body).poll_next(context).map_ok(Frame::data)
    }

    fn size_hint(&self) -> SizeHint {
        let body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        body.length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// An answer's body as it arrives.
struct Incoming(reqwest::Body);

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            return match Pin::new(&mut self.0).poll_frame(context) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(None) => Poll::Ready(None),
                Poll::Ready(Some(Err(error))) => Poll::Ready(Some(Err(failure(TransportErrorKind::Lost, error)))),
                // Frames that are not data are trailers, which nobody asked for.
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => Poll::Ready(Some(Ok(data))),
                    Err(_) => continue,
                },
            };
        }
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ReqwestTransport")
    }
}
