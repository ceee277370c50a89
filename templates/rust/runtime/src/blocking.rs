//! The same calls without an async runtime: `send` waits for the answer in the thread it is called from.
//!
//! Nothing else differs: resources, arguments, options, answers and errors are those of the calls that are awaited.
//! These calls do not belong in async code, whose thread they would hold up.

use std::cell::Cell;
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_core::Stream;

pub use super::mode::Blocking;
use super::transport::TransportErrorKind;
use super::{Answer, Body};

/// The most that is read at once.
pub(super) const CHUNK: usize = 16 * 1024;

/// A client whose calls hold the thread until their answer is there; its methods are those of
/// [`ApiClient`](super::ApiClient).
pub type Client = super::ApiClient<Blocking>;

/// Sets up a [`Client`].
pub type ClientBuilder = super::ClientBuilder<Blocking>;

/// A call that is ready to be made; `send` makes it.
pub type Request<O> = super::Request<O, Blocking>;

/// Every item of a list: an iterator.
pub type Items<O> = super::Items<O, Blocking>;

/// Every page of a list: an iterator.
pub type Pages<O> = super::Pages<O, Blocking>;

/// The body of an answer, read as it arrives.
pub struct Reader {
    body: Body,
    chunk: Bytes,
}

impl Reader {
    pub(super) fn of(answer: Answer<Body>) -> Answer<Self> {
        let mut answer = answer;
        let body = std::mem::take(&mut answer.value);
        answer.with_value(Self { body, chunk: Bytes::new() })
    }
}

impl io::Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.chunk.is_empty() {
            let next = block_on(self.body.chunk()).map_err(|error| {
                let kind = match error.kind() {
                    TransportErrorKind::Timeout => io::ErrorKind::TimedOut,
                    _ => io::ErrorKind::ConnectionAborted,
                };
                io::Error::new(kind, error)
            })?;
            match next {
                Some(chunk) => self.chunk = chunk,
                None => return Ok(0),
            }
        }
        let next = self.chunk.split_to(self.chunk.len().min(buffer.len()));
        (&*next).read(buffer)
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Reader")
    }
}

/// What can be read, as chunks.
pub(super) struct Chunks<R>(Box<R>);

impl<R> Chunks<R> {
    pub(super) fn of(reader: R) -> Self {
        Self(Box::new(reader))
    }
}

impl<R: io::Read> Stream for Chunks<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut buffer = vec![0; CHUNK];
        Poll::Ready(match self.0.read(&mut buffer) {
            Ok(0) => None,
            Ok(count) => {
                buffer.truncate(count);
                Some(Ok(buffer.into()))
            }
            Err(error) => Some(Err(error)),
        })
    }
}

thread_local! {
    /// Set while the thread waits for a future: when it must look at it again, if at all.
    static WAITING: Cell<Option<Wait>> = const { Cell::new(None) };
}

#[derive(Clone, Copy, Default)]
struct Wait {
    until: Option<Instant>,
}

/// Waits for a future in this thread, which sleeps until the future has something to do.
pub(super) fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    // A future may itself wait for another one in this thread.
    let outer = WAITING.take();
    let output = loop {
        WAITING.set(Some(Wait::default()));
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            break output;
        }
        match WAITING.get().and_then(|wait| wait.until) {
            Some(until) => thread::park_timeout(until.saturating_duration_since(Instant::now())),
            None => thread::park(),
        }
    };
    WAITING.set(outer);
    output
}

/// Wakes a thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// A pause, which a thread that waits sleeps through.
pub(super) struct Pause {
    /// `None` is later than any clock shows.
    until: Option<Instant>,
}

impl Pause {
    pub(super) fn of(duration: Duration) -> Self {
        Self { until: Instant::now().checked_add(duration) }
    }
}

impl Future for Pause {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let Some(until) = self.until else { return Poll::Pending };
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Poll::Ready(());
        }
        match WAITING.get() {
            Some(wait) => {
                let earliest = wait.until.map_or(until, |known| known.min(until));
                WAITING.set(Some(Wait { until: Some(earliest) }));
                Poll::Pending
            }
            // Whoever runs this is not ours and would never look again.
            None => {
                thread::sleep(left);
                Poll::Ready(())
            }
        }
    }
}
