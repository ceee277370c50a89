//! Tokens of OAuth 2 that the client fetches for itself (RFC 6749, "Client Credentials Grant"): kept until shortly
//! before they expire, fetched once for all calls that wait, and dropped when a server refuses them.
//!
//! Who waits is kept here and not in a lock of some async runtime: the crate needs none, and those who waited for a
//! fetch that failed share its failure instead of failing one after the other.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use http::{HeaderValue, Method, StatusCode, Uri, header};
use serde::Deserialize;
use serde_json::Value;

use super::body::Body;
use super::client::Shared;
use super::exchange::{Until, receive};
use super::trace::Span;
use super::{Error, ErrorKind, Secret, percent};

/// A token is not used in the last seconds of its life: it would expire on its way.
const MARGIN: Duration = Duration::from_secs(30);

/// A token that a call needs, and where it is fetched.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    /// Index of the scheme.
    pub(super) scheme: usize,
    pub(super) scopes: &'static [&'static str],
    pub(super) url: Uri,
}

/// The tokens of a client, by what they are for.
#[derive(Default)]
pub(super) struct Tokens {
    slots: Mutex<Vec<Arc<Slot>>>,
}

struct Slot {
    grant: Grant,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// Why the last fetch failed, if it did.
    failure: Option<Arc<Error>>,
    /// How many fetches have ended.
    ended: u64,
    is_fetching: bool,
    waiting: Vec<Waker>,
}

struct Held {
    token: Secret,
    /// When to fetch another; never, if the server did not say.
    until: Option<Instant>,
}

/// What a call that wants a token finds.
enum Turn {
    Held(Secret),
    Failed(Arc<Error>),
    /// It must fetch the token itself.
    Fetch,
}

impl Tokens {
    /// The token for a call, fetched if need be.
    pub(super) async fn get(&self, shared: &Shared, grant: &Grant, timeout: Duration) -> Result<Secret, Error> {
        let slot = self.slot(grant);
        let mut since = None;
        match poll_fn(|context| slot.turn(context, shared.transport.now(), &mut since)).await {
            Turn::Held(token) => Ok(token),
            Turn::Failed(failure) => Err(no_token(failure)),
            Turn::Fetch => {
                let fetching = Fetching { slot: &slot };
                match fetch(shared, grant, timeout).await {
                    Ok(held) => Ok(fetching.end(held)),
                    Err(error) => Err(no_token(fetching.fail(error))),
                }
            }
        }
    }

    /// A server refused the token: the next call fetches another, unless one has been fetched already.
    pub(super) fn forget(&self, grant: &Grant, token: &Secret) {
        self.slot(grant).lock().held.take_if(|held| held.token == *token);
    }

    fn slot(&self, grant: &Grant) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.iter().find(|slot| slot.serves(grant)) {
            return slot.clone();
        }
        let slot = Arc::new(Slot { grant: grant.clone(), state: Mutex::default() });
        slots.push(slot.clone());
        slot
    }
}

impl Slot {
    fn serves(&self, grant: &Grant) -> bool {
        let own = &self.grant;
        own.scheme == grant.scheme && own.scopes == grant.scopes && own.url == grant.url
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A token, or the right to fetch one, or a place among those who wait. `since` is the number of fetches that had
    /// ended when this call began to wait.
    fn turn(&self, context: &Context<'_>, now: Instant, since: &mut Option<u64>) -> Poll<Turn> {
        let mut state = self.lock();
        if let Some(held) = state.held.as_ref().filter(|held| held.until.is_none_or(|until| now < until)) {
            return Poll::Ready(Turn::Held(held.token.clone()));
        }
        if let Some(failure) = state.failure.clone().filter(|_| since.is_some_and(|since| since < state.ended)) {
            return Poll::Ready(Turn::Failed(failure));
        }
        if !state.is_fetching {
            state.is_fetching = true;
            return Poll::Ready(Turn::Fetch);
        }
        since.get_or_insert(state.ended);
        if !state.waiting.iter().any(|waker| waker.will_wake(context.waker())) {
            state.waiting.push(context.waker().clone());
        }
        Poll::Pending
    }
}

/// The right to fetch. A call that is dropped on the way hands it to one of those who wait.
struct Fetching<'a> {
    slot: &'a Slot,
}

impl Fetching<'_> {
    fn end(self, held: Held) -> Secret {
        let token = held.token.clone();
        let mut state = self.slot.lock();
        state.ended += 1;
        state.failure = None;
        state.held = Some(held);
        token
    }

    fn fail(self, error: Error) -> Arc<Error> {
        let failure = Arc::new(error);
        let mut state = self.slot.lock();
        state.ended += 1;
        state.failure = Some(failure.clone());
        failure
    }
}

impl Drop for Fetching<'_> {
    fn drop(&mut self) {
        let mut state = self.slot.lock();
        state.is_fetching = false;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// The body of an answer with a token. It is never shown.
#[derive(Deserialize)]
struct Granted {
    access_token: Secret,
    token_type: Option<String>,
    #[serde(default)]
    expires_in: Value,
}

async fn fetch(shared: &Shared, grant: &Grant, timeout: Duration) -> Result<Held, Error> {
    let request = request(shared, grant)?;
    let span = Span::token(&request);
    let (head, body, _) = match span.around(receive(shared, request, timeout, Until::Read)).await {
        Ok(received) => received,
        Err(error) => {
            span.failed(&error);
            return Err(error);
        }
    };
    span.received(head.status);
    if head.status.is_redirection() {
        return Err(Error::new(ErrorKind::Redirect, "the server points elsewhere, which is never followed")
            .with_answer(head.status, head.headers, bytes::Bytes::new()));
    }
    if !head.status.is_success() {
        return Err(refusal(shared, head.status, &body));
    }
    // What the parser says may quote the token.
    let unreadable = |what: &str| Error::new(ErrorKind::Decode, what);
    let granted: Granted =
        serde_json::from_slice(&body).map_err(|_| unreadable("the answer is not an object with an `access_token`"))?;
    if granted.token_type.is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err(unreadable("the token is not a bearer token"));
    }
    if granted.access_token.expose().is_empty() || bearer(&granted.access_token).is_err() {
        return Err(unreadable("the token is empty, or cannot be sent in a header"));
    }
    let until = lifetime(&granted.expires_in)
        .map(|lifetime| lifetime.saturating_sub(MARGIN.min(lifetime / 10)))
        .and_then(|usable| shared.transport.now().checked_add(usable));
    Ok(Held { token: granted.access_token, until })
}

/// The request for a token: a form, and the client's id and secret as HTTP Basic, each encoded as in a form.
fn request(shared: &Shared, grant: &Grant) -> Result<http::Request<Body>, Error> {
    let credential = shared.credentials.get(grant.scheme).and_then(Option::as_ref);
    let authorization = credential.and_then(|credential| HeaderValue::from_str(&credential.client()).ok());
    let mut authorization = authorization.ok_or_else(|| Error::config("the client has no id and secret"))?;
    authorization.set_sensitive(true);
    let mut form = "grant_type=client_credentials".to_owned();
    if !grant.scopes.is_empty() {
        form.push_str(&format!("&scope={}", percent::form(&grant.scopes.join(" "))));
    }
    let mut request = http::Request::new(Body::default());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = grant.url.clone();
    let headers = request.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(form.len()));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert(header::AUTHORIZATION, authorization);
    if let Some(agent) = shared.headers.get(header::USER_AGENT) {
        headers.insert(header::USER_AGENT, agent.clone());
    }
    *request.body_mut() = Body::from(form.into_bytes());
    Ok(request)
}

/// What a server says that gives no token (RFC 6749, "Error Response"); its body is not kept.
fn refusal(shared: &Shared, status: StatusCode, body: &[u8]) -> Error {
    let json: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |key: &str| json.get(key).and_then(Value::as_str).map(|text| shared.redact(text));
    Error::new(ErrorKind::Api, text("error_description").unwrap_or_default()).with_code(text("error")).with_answer(
        status,
        http::HeaderMap::new(),
        bytes::Bytes::new(),
    )
}

/// Seconds, which some servers write as text.
fn lifetime(expires_in: &Value) -> Option<Duration> {
    let seconds = match expires_in {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    };
    seconds.map(Duration::from_secs)
}

/// The failure of a fetch, as that of the call that needed the token.
pub(super) fn no_token(failure: Arc<Error>) -> Error {
    Error::new(ErrorKind::Token, failure.to_string()).with_source(failure)
}

/// The header that carries a token.
pub(super) fn bearer(token: &Secret) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(&format!("Bearer {}", token.expose()))
        .map_err(|_| Error::config("the token cannot be sent in a header"))?;
    value.set_sensitive(true);
    Ok(value)
}
