//! Bodies of requests and answers.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::transport::{TransportError, TransportErrorKind};

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// The body of a request or an answer: bytes, or a stream of them.
pub struct Body(Content);

enum Content {
    Bytes(Bytes),
    Stream {
        chunks: Chunks,
        /// Bytes still to come, when that is known.
        left: Option<u64>,
    },
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
        Self(Content::Stream { chunks: Box::pin(stream), left: None })
    }

    /// Says how many bytes a stream has. It fails when there are fewer or more.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Content::Stream { left, .. } = &mut self.0 {
            *left = Some(bytes);
        }
        self
    }

    /// How many bytes there are, when that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.0 {
            Content::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Content::Stream { left, .. } => *left,
        }
    }

    /// Bodies one after another.
    pub(super) fn chain(bodies: Vec<Self>) -> Self {
        let length = bodies.iter().map(Self::length).try_fold(0_u64, |sum, length| sum.checked_add(length?));
        let whole = Self::from_stream(Chain(bodies.into()));
        match length {
            Some(length) => whole.with_length(length),
            None => whole,
        }
    }

    /// The bytes, unless it is a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.0 {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream { .. } => None,
        }
    }

    /// Reads the whole body, and stops reading as soon as it is longer than `limit`.
    pub(super) async fn read(mut self, limit: usize) -> Result<Bytes, ReadError> {
        // Most bodies come in one piece.
        let (mut first, mut whole) = (Bytes::new(), BytesMut::new());
        while let Some(chunk) = std::future::poll_fn(|context| self.poll_chunk(context)).await {
            let chunk = chunk.map_err(ReadError::Broken)?;
            if chunk.len() > limit.saturating_sub(first.len().max(whole.len())) {
                return Err(ReadError::TooLarge);
            }
            if first.is_empty() && whole.is_empty() {
                first = chunk;
                continue;
            }
            whole.extend_from_slice(&std::mem::take(&mut first));
            whole.extend_from_slice(&chunk);
        }
        Ok(if whole.is_empty() { first } else { whole.freeze() })
    }

    /// The next bytes; `None` at the end. For those who would rather not name the `Stream` trait.
    ///
    /// # Errors
    /// When the connection breaks before the end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, TransportError> {
        std::future::poll_fn(|context| self.poll_chunk(context)).await.transpose()
    }

    pub(super) fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        match &mut self.0 {
            Content::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Content::Bytes(bytes) => Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Content::Stream { chunks, left: None } => chunks.as_mut().poll_next(context),
            Content::Stream { chunks, left: Some(left) } => {
                let next = chunks.as_mut().poll_next(context);
                let missing = match &next {
                    Poll::Ready(Some(Ok(chunk))) => {
                        let rest = u64::try_from(chunk.len()).ok().and_then(|length| left.checked_sub(length));
                        rest.map(|rest| *left = rest).is_none()
                    }
                    Poll::Ready(None) => std::mem::take(left) > 0,
                    _ => false,
                };
                if missing { Poll::Ready(Some(Err(wrong_length()))) } else { next }
            }
        }
    }
}

/// Sending on would make the rest of it, or the next request, be read as something it is not.
fn wrong_length() -> TransportError {
    TransportError::new(TransportErrorKind::Lost, "the stream has not the length that was announced")
}

/// Bodies one after another.
struct Chain(VecDeque<Body>);

impl Stream for Chain {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(first) = self.0.front_mut() {
            match first.poll_chunk(context) {
                Poll::Ready(None) => drop(self.0.pop_front()),
                other => return other,
            }
        }
        Poll::Ready(None)
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
            Content::Stream { .. } => formatter.write_str("Body(stream)"),
        }
    }
}
