//! A transport that answers from a script, keeps what was sent, and has a clock of its own.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant, SystemTime};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Body, BoxFuture, DecodeError, Timeout, Transport, TransportError, TransportErrorKind, decode};

/// A transport for tests: it answers with the replies it was given, in order, and keeps every request.
///
/// It serves clients of both kinds. Its clones share their script, so one goes into the client and another one stays with
/// the test. Nothing in it takes time: who waits only moves its clock on. When no reply is left, the call fails and says
/// so.
#[derive(Clone, Default)]
pub struct Scripted {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    replies: VecDeque<Reply>,
    requests: Vec<Recorded>,
    waits: Vec<Duration>,
    /// How much time has passed.
    passed: Duration,
    /// Requests on their way, such as an upload that stands still. Until they are through, nobody's wait ends: it might
    /// be the one that gives them up.
    in_flight: usize,
    waiting: Vec<Waker>,
}

/// Where clocks begin: any two would do.
static START: LazyLock<Instant> = LazyLock::new(Instant::now);
const WALL_CLOCK_START: Duration = Duration::from_secs(1_767_225_600);

impl Scripted {
    /// A transport that has no reply yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a reply to the script.
    pub fn push(&self, reply: Reply) {
        self.lock().replies.push_back(reply);
    }

    /// How many replies have not been given.
    #[must_use]
    pub fn left(&self) -> usize {
        self.lock().replies.len()
    }

    /// What was sent so far, retries included.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.lock().requests.clone()
    }

    /// How long the client waited between its attempts, each time.
    #[must_use]
    pub fn waits(&self) -> Vec<Duration> {
        self.lock().waits.clone()
    }

    /// How far its clock has moved.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.lock().passed
    }

    /// Moves its clock on. At first it shows 2026-01-01T00:00:00Z.
    pub fn advance(&self, time: Duration) {
        let mut state = self.lock();
        state.passed = state.passed.saturating_add(time);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn reply(&self, request: http::Request<Body>) -> Result<http::Response<Body>, TransportError> {
        let (head, mut body) = request.into_parts();
        let mut sent = BytesMut::new();
        while let Some(chunk) = body.chunk().await? {
            sent.extend_from_slice(&chunk);
        }
        let recorded = Recorded { method: head.method, uri: head.uri, headers: head.headers, body: sent.freeze() };
        let mut state = self.lock();
        state.requests.push(recorded);
        let count = state.requests.len();
        let Some(reply) = state.replies.pop_front() else {
            let problem = format!("the script has no reply left for request {count}");
            return Err(TransportError::new(TransportErrorKind::Invalid, problem));
        };
        match reply.0 {
            Said::Answer { status, headers, body } => {
                let mut response = http::Response::new(Body::from(body));
                *response.status_mut() = status;
                *response.headers_mut() = headers;
                Ok(response)
            }
            Said::Failure(kind) => {
                if let (TransportErrorKind::Timeout, Some(time)) = (kind, head.extensions.get::<Timeout>()) {
                    let (Timeout::Answer(time) | Timeout::Head(time)) = *time;
                    state.passed = state.passed.saturating_add(time);
                }
                Err(TransportError::new(kind, "the script says so"))
            }
            Said::Mistake(problem) => {
                let problem = format!("reply {count} of the script cannot be given: {problem}");
                Err(TransportError::new(TransportErrorKind::Invalid, problem))
            }
        }
    }

    /// Whether the wait is over.
    fn poll_wait(&self, context: &Context<'_>, time: Duration) -> Poll<()> {
        let mut state = self.lock();
        if state.in_flight > 0 {
            state.waiting.push(context.waker().clone());
            return Poll::Pending;
        }
        state.waits.push(time);
        state.passed = state.passed.saturating_add(time);
        Poll::Ready(())
    }
}

impl Transport for Scripted {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let _flight = Flight::begin(self);
            self.reply(request).await
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(poll_fn(move |context| self.poll_wait(context, duration)))
    }

    fn now(&self) -> Instant {
        let passed = self.lock().passed;
        START.checked_add(passed).unwrap_or(*START)
    }

    fn wall_clock(&self) -> SystemTime {
        let since = WALL_CLOCK_START.saturating_add(self.lock().passed);
        SystemTime::UNIX_EPOCH.checked_add(since).unwrap_or(SystemTime::UNIX_EPOCH)
    }
}

impl fmt::Debug for Scripted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        formatter
            .debug_struct("Scripted")
            .field("left", &state.replies.len())
            .field("requests", &state.requests)
            .field("waits", &state.waits)
            .finish_non_exhaustive()
    }
}

/// A request on its way.
struct Flight<'a>(&'a Scripted);

impl<'a> Flight<'a> {
    fn begin(transport: &'a Scripted) -> Self {
        transport.lock().in_flight += 1;
        Self(transport)
    }
}

impl Drop for Flight<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.in_flight = state.in_flight.saturating_sub(1);
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// What the script says to a request. One that cannot be given, for its status or a header, fails the call that gets it.
#[derive(Clone)]
pub struct Reply(Said);

#[derive(Clone)]
enum Said {
    Answer {
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
    },
    Failure(TransportErrorKind),
    /// What is wrong with what the test wrote.
    Mistake(String),
}

impl Reply {
    /// An answer with that status and that value as JSON.
    #[must_use]
    pub fn json<V: Serialize + ?Sized>(status: u16, value: &V) -> Self {
        match serde_json::to_vec(value) {
            Ok(body) => Self::bytes(status, body).header(header::CONTENT_TYPE, "application/json"),
            Err(_) => Self(Said::Mistake("its value cannot be written as JSON".to_owned())),
        }
    }

    /// An answer with that status and those bytes.
    #[must_use]
    pub fn bytes(status: u16, body: impl Into<Bytes>) -> Self {
        Self(match StatusCode::from_u16(status) {
            Ok(status) => Said::Answer { status, headers: HeaderMap::new(), body: body.into() },
            Err(_) => Said::Mistake(format!("{status} is no status")),
        })
    }

    /// No answer: the connection is not made, breaks, or the time is over, by which the clock then moves on.
    #[must_use]
    pub fn failure(kind: TransportErrorKind) -> Self {
        Self(Said::Failure(kind))
    }

    /// Adds a header to an answer.
    #[must_use]
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        if let Said::Answer { headers, .. } = &mut self.0 {
            match (name.try_into(), value.try_into()) {
                (Ok(name), Ok(value)) => drop(headers.append(name, value)),
                _ => self.0 = Said::Mistake("one of its headers cannot be sent".to_owned()),
            }
        }
        self
    }
}

impl fmt::Debug for Reply {
    /// Shows no header and no body.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Said::Answer { status, body, .. } => write!(formatter, "Reply({status}, {} bytes)", body.len()),
            Said::Failure(kind) => write!(formatter, "Reply({kind:?})"),
            Said::Mistake(problem) => write!(formatter, "Reply({problem})"),
        }
    }
}

/// A request as it was sent.
#[derive(Clone)]
pub struct Recorded {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl Recorded {
    /// HTTP method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The whole URL.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Path of the URL, escaped as it was sent.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }

    /// Query of the URL, escaped as it was sent; empty when there is none.
    #[must_use]
    pub fn query(&self) -> &str {
        self.uri.query().unwrap_or_default()
    }

    /// All headers. Those that hold keys are hidden in `Debug`.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header; `None` when it was not sent, or is no text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body; empty when there was none.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The body as what it is in JSON.
    ///
    /// # Errors
    /// When it is not JSON or not a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        decode::json(&self.body)
    }
}

impl fmt::Debug for Recorded {
    /// Shows neither the query, which may hold a key, nor the body, nor the values of headers.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Recorded")
            .field("method", &self.method)
            .field("host", &self.uri.host())
            .field("path", &self.uri.path())
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body_length", &self.body.len())
            .finish_non_exhaustive()
    }
}
