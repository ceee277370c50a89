//! The body of an answer that is read as it arrives.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use super::Body;
use super::client::Shared;
use super::transport::{BoxFuture, TransportError, TransportErrorKind};

/// The same body, which fails when nothing arrives for that long. The caller's own pauses are not counted.
pub(super) fn guarded(shared: Arc<Shared>, body: Body, patience: Duration) -> Body {
    let length = body.length();
    let guarded = Body::from_stream(Guarded { shared, body, patience, alarm: None });
    match length {
        Some(length) => guarded.with_length(length),
        None => guarded,
    }
}

struct Guarded {
    shared: Arc<Shared>,
    body: Body,
    patience: Duration,
    /// Set while bytes are waited for.
    alarm: Option<BoxFuture<'static, ()>>,
}

impl Guarded {
    fn alarm(&mut self) -> &mut BoxFuture<'static, ()> {
        let (shared, patience) = (&self.shared, self.patience);
        self.alarm.get_or_insert_with(|| {
            let shared = shared.clone();
            Box::pin(async move { shared.transport.sleep(patience).await })
        })
    }
}

impl Stream for Guarded {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(next) = self.body.poll_chunk(context) {
            self.alarm = None;
            return Poll::Ready(next);
        }
        if self.alarm().as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        let patience = self.patience.as_secs_f64();
        // What comes later would be read as if nothing were missing.
        self.body = Body::empty();
        self.alarm = None;
        let problem = format!("nothing arrived for {patience} seconds");
        Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Lost, problem))))
    }
}
