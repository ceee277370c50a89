//! A transport that answers from a script, keeps what was sent, and has a clock that is told how late it is.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;

use crate::runtime::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

/// What the transport does with a request.
pub enum Act {
    /// Answers.
    Answer(http::Response<Body>),
    /// Answers, but not at once: others come in between.
    Later(http::Response<Body>),
    /// Fails that way.
    Fail(TransportErrorKind),
    /// Never answers.
    Hang,
}

/// A request as the transport saw it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub head: http::request::Parts,
    pub body: Bytes,
}

impl Seen {
    pub fn line(&self) -> String {
        format!("{} {}", self.head.method, self.head.uri)
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

#[derive(Clone, Default)]
pub struct Scripted {
    script: Arc<Mutex<VecDeque<Act>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    slept: Arc<Mutex<Vec<Duration>>>,
    /// Whether the alarm goes off at once.
    late: bool,
    /// How much time has passed on its clock.
    passed: Arc<Mutex<Duration>>,
    /// Requests that are not answered yet. Who sleeps meanwhile waits for an alarm, anybody else lets time pass.
    in_flight: Arc<AtomicUsize>,
}

/// A request on its way.
struct Flight(Arc<AtomicUsize>);

impl Flight {
    fn begin(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count.clone())
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Scripted {
    pub fn new(acts: impl IntoIterator<Item = Act>) -> Self {
        Self { script: Arc::new(Mutex::new(acts.into_iter().collect())), ..Self::default() }
    }

    /// Answers once with that status and body.
    pub fn answering(status: u16, body: &'static str) -> Self {
        Self::new([Act::Answer(response(status, body))])
    }

    /// Every wait is over at once.
    pub fn late(mut self) -> Self {
        self.late = true;
        self
    }

    /// Lets time pass.
    pub fn pass(&self, time: Duration) {
        *self.passed.lock().unwrap() += time;
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn slept(&self) -> Vec<Duration> {
        self.slept.lock().unwrap().clone()
    }
}

pub fn response(status: u16, body: &'static str) -> http::Response<Body> {
    http::Response::builder().status(status).body(Body::from(body)).unwrap()
}

impl Transport for Scripted {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let (head, body) = request.into_parts();
        self.seen.lock().unwrap().push(Seen { head, body: body.as_bytes().cloned().unwrap_or_default() });
        let act = self.script.lock().unwrap().pop_front();
        let flight = Flight::begin(&self.in_flight);
        Box::pin(async move {
            let _flight = flight;
            match act {
                Some(Act::Answer(response)) => Ok(response),
                Some(Act::Later(response)) => {
                    for _ in 0..20 {
                        tokio::task::yield_now().await;
                    }
                    Ok(response)
                }
                Some(Act::Fail(kind)) => Err(TransportError::new(kind, "scripted")),
                Some(Act::Hang) => std::future::pending().await,
                None => Ok(response(200, "{}")),
            }
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.slept.lock().unwrap().push(duration);
        Box::pin(async move {
            if !self.late && self.in_flight.load(Ordering::SeqCst) > 0 {
                std::future::pending::<()>().await;
            }
            self.pass(duration);
        })
    }

    fn now(&self) -> Instant {
        *START + *self.passed.lock().unwrap()
    }

    fn wall_clock(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + *self.passed.lock().unwrap()
    }
}
