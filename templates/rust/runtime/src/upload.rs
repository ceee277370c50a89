//! Content to send: bytes, or a stream that is never held in memory as a whole.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;

use super::transport::{TransportError, TransportErrorKind};
use super::{Body, Error};

/// Content to send: bytes, or a stream that is never held in memory as a whole.
///
/// Bytes, text and [`Body`] become one by `into()`. Bytes may be sent any number of times. A stream is read once:
/// a request made of it, and every copy of that request, can be sent once in all.
#[derive(Clone)]
pub struct Upload {
    content: Content,
    pub(super) content_type: Option<String>,
}

#[derive(Clone)]
enum Content {
    Bytes(Bytes),
    /// Shared by all copies; empty once it was sent.
    Stream {
        body: Arc<Mutex<Option<Body>>>,
        length: Option<u64>,
    },
}

impl Upload {
    /// Content that is read as it is sent. Without [`with_length`](Self::with_length) it goes in chunks
    /// (`Transfer-Encoding: chunked`), which some servers refuse.
    ///
    /// An error of the stream breaks the connection off, and the call fails with it.
    pub fn stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        Self::from(Body::from_stream(Outgoing(Box::pin(stream))))
    }

    /// Content that is read as it is sent, from a file or whatever else can be read. As with [`stream`](Self::stream),
    /// it goes in chunks unless its length is said, and an error breaks the connection off.
    ///
    /// Reading holds the thread, so this is for blocking clients.
    #[cfg(feature = "blocking")]
    pub fn reader(reader: impl std::io::Read + Send + 'static) -> Self {
        Self::stream(super::blocking::Chunks::of(reader))
    }

    /// Says how many bytes a stream has, so that `Content-Length` is sent. A stream of another length breaks the
    /// call off. The length of bytes is known: this changes nothing for them.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Content::Stream { length, .. } = &mut self.content {
            *length = Some(bytes);
        }
        self
    }

    /// Says what the content is, `image/png`, in place of what the operation would say.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The bytes, unless it is a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream { .. } => None,
        }
    }

    /// How many bytes will be sent, when that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.content {
            Content::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Content::Stream { length, .. } => *length,
        }
    }

    /// The content as a body. Takes a stream away from all copies.
    pub(super) fn take(&self) -> Result<Body, Error> {
        match &self.content {
            Content::Bytes(bytes) => Ok(Body::from(bytes.clone())),
            Content::Stream { body, length } => {
                let taken = body.lock().unwrap_or_else(PoisonError::into_inner).take();
                let body = taken.ok_or_else(|| Error::argument("this stream was sent before: it can be read once"))?;
                Ok(match length {
                    Some(length) => body.with_length(*length),
                    None => body,
                })
            }
        }
    }
}

impl From<Body> for Upload {
    fn from(body: Body) -> Self {
        let content = match body.as_bytes() {
            Some(bytes) => Content::Bytes(bytes.clone()),
            None => Content::Stream { length: body.length(), body: Arc::new(Mutex::new(Some(body))) },
        };
        Self { content, content_type: None }
    }
}

impl From<Bytes> for Upload {
    fn from(bytes: Bytes) -> Self {
        Self { content: Content::Bytes(bytes), content_type: None }
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<&'static [u8]> for Upload {
    fn from(bytes: &'static [u8]) -> Self {
        Self::from(Bytes::from_static(bytes))
    }
}

impl<const LENGTH: usize> From<&'static [u8; LENGTH]> for Upload {
    fn from(bytes: &'static [u8; LENGTH]) -> Self {
        Self::from(Bytes::from_static(bytes))
    }
}

impl From<String> for Upload {
    fn from(text: String) -> Self {
        Self::from(Bytes::from(text))
    }
}

impl From<&'static str> for Upload {
    fn from(text: &'static str) -> Self {
        Self::from(Bytes::from_static(text.as_bytes()))
    }
}

impl fmt::Debug for Upload {
    /// Shows how much it is, never what.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(formatter, "Upload({length} bytes)"),
            None => formatter.write_str("Upload(stream)"),
        }
    }
}

/// A stream of the caller's, its errors as the transport knows them.
struct Outgoing<S: ?Sized>(Pin<Box<S>>);

impl<S, E> Stream for Outgoing<S>
where
    S: Stream<Item = Result<Bytes, E>> + ?Sized,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map_err(|error| TransportError::new(TransportErrorKind::Lost, error))
    }
}
