//! Bodies of requests and answers.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::TransportError;

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// The body of a request or an answer: bytes, or a stream of them.
pub struct Body(Content);

enum Content {
    Bytes(Bytes),
    Stream(Chunks),
}

/// Why a body could not be read whole.
pub(super) enum ReadError {
    /// It is longer than the limit.
    TooLarge,
    /// The connection broke.
    Broken(TransportError),
}

impl Body {
    /// No body.
    #[must_use]
    pub fn empty() -> Self {
        Self::from(Bytes::new())
    }

    /// A body that arrives bit by bit.
    pub fn from_stream(stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static) -> Self {
        Self(Content::Stream(Box::pin(stream)))
    }

    /// The bytes, unless it is a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// Reads the whole body, and stops reading as soon as it is longer than `limit`.
    pub(super) async fn read(mut self, limit: usize) -> Result<Bytes, ReadError> {
        let mut whole = BytesMut::new();
        while let Some(chunk) = std::future::poll_fn(|context| self.poll_chunk(context)).await {
            let chunk = chunk.map_err(ReadError::Broken)?;
            if chunk.len() > limit.saturating_sub(whole.len()) {
                return Err(ReadError::TooLarge);
            }
            whole.extend_from_slice(&chunk);
        }
        Ok(whole.freeze())
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.0 {
            Content::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Bytes(bytes) => Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Content::Stream(stream) => stream.as_mut().poll_next(context),
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(context)
    }
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(Content::Bytes(bytes))
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Self::from(Bytes::from_static(text.as_bytes()))
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Content::Bytes(bytes) => write!(formatter, "Body({} bytes)", bytes.len()),
            Content::Stream(_) => formatter.write_str("Body(stream)"),
        }
    }
}
