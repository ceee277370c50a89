//! A call that is ready to be made, and the options of this one call.

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::time::Duration;

use super::attempts::{Plan, exchange, open};
#[cfg(feature = "blocking")]
use super::blocking::{Reader, block_on};
use super::exchange::Outgoing;
use super::interpret::Said;
use super::mode::Async;
#[cfg(feature = "blocking")]
use super::mode::Blocking;
use super::prepare::{Prepared, idempotency, prepare};
use super::retry::RetryPolicy;
use super::trace::Span;
use super::transport::BoxFuture;
use super::{
    Answer, ApiClient, Body, Call, Endpoint, Error, ErrorKind, Operation, RetryClass, Streams, credential, sending,
};

/// A call that is ready to be made.
///
/// `.await` makes it and gives the value; [`Request::send`] gives the whole [`Answer`]. It owns all it needs,
/// so it may be spawned, and dropping it before the answer is there abandons the call.
///
/// A request of a blocking client is not awaited: its `send` waits for the answer.
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Request<O, M = Async> {
    client: ApiClient<M>,
    operation: O,
    options: Options,
}

/// Options of one call.
#[derive(Clone, Default)]
pub(super) struct Options {
    pub(super) headers: Vec<(String, String)>,
    pub(super) timeout: Option<Duration>,
    pub(super) total_timeout: Option<Duration>,
    pub(super) max_retries: Option<u32>,
    pub(super) retry_ambiguous: bool,
    pub(super) idempotency_key: Option<String>,
}

impl<O: Operation, M> Request<O, M> {
    /// The call of that operation.
    #[doc(hidden)]
    pub fn new(client: &ApiClient<M>, operation: O) -> Self {
        Self { client: client.clone(), operation, options: Options::default() }
    }

    /// The arguments, for the setters of generated code.
    #[doc(hidden)]
    pub fn operation_mut(&mut self) -> &mut O {
        &mut self.operation
    }

    pub(super) fn client(&self) -> &ApiClient<M> {
        &self.client
    }

    /// The arguments.
    pub(super) fn operation(&self) -> &O {
        &self.operation
    }

    /// Another call of the same client with the same options, but for the idempotency key: that is one call's.
    pub(super) fn asking<P>(&self, operation: P) -> Request<P, M> {
        let options = Options { idempotency_key: None, ..self.options.clone() };
        Request { client: self.client.clone(), operation, options }
    }

    /// Sends this idempotency key with every attempt, so that the API can tell a repetition from a new call; how long it
    /// remembers a key is for its documentation to say. Without one the client makes a key for the call, where the API
    /// takes one; [`Error::idempotency_key`] has it. A method the API takes no key for is sent without. An empty key is
    /// refused.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.options.idempotency_key = Some(key.into());
        self
    }

    /// How long one attempt to make this call may take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// How long this call may take with all its attempts and the waits between.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.options.total_timeout = Some(timeout);
        self
    }

    /// How often this call is sent again after a failure; 0 for never. A body that is a stream is never sent again.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.options.max_retries = Some(retries);
        self
    }

    /// Sends this call again even when it may have been carried out already, though doing it twice is not doing it once:
    /// a payment may be taken twice. Only for calls whose repetition the API is known to recognise.
    pub fn retry_ambiguous(mut self, allow: bool) -> Self {
        self.options.retry_ambiguous = allow;
        self
    }

    /// Sends a header with this call, in place of one of that name the client would send by itself.
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.options.headers.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }
}

impl<O: Operation> Request<O> {
    /// Makes the call and gives the value with the status, headers and bytes it came in.
    ///
    /// # Errors
    /// When the call cannot be sent, is not answered, or is answered with an error: [`ErrorKind`] has them all.
    pub fn send(self) -> impl Future<Output = Result<Answer<O::Output>, Error>> + Send + 'static {
        answer(self)
    }

    /// Makes the call and gives the body of a success as it arrives, undecoded, in chunks of a size nobody chose.
    /// It is never held in memory as a whole, so no limit on the size of answers applies. The answer's own
    /// [`body`](Answer::body) is empty.
    ///
    /// The timeout is how long the answer may take to begin, and then how long it may stand still. The server's own
    /// failures are errors here as they are from [`send`](Self::send).
    ///
    /// # Errors
    /// When the call cannot be sent, is not answered, or is answered with an error.
    pub fn stream(self) -> impl Future<Output = Result<Answer<Body>, Error>> + Send + 'static
    where
        O: Streams,
    {
        begun(self)
    }
}

#[cfg(feature = "blocking")]
impl<O: Operation> Request<O, Blocking> {
    /// Makes the call, waits for its answer, and gives the value with the status, headers and bytes it came in.
    ///
    /// # Errors
    /// When the call cannot be sent, is not answered, or is answered with an error: [`ErrorKind`] has them all.
    pub fn send(self) -> Result<Answer<O::Output>, Error> {
        block_on(answer(self))
    }

    /// Makes the call and gives the body of a success to be read as it arrives, undecoded. It is never held in memory
    /// as a whole, so no limit on the size of answers applies. The answer's own [`body`](Answer::body) is empty.
    ///
    /// The timeout is how long the answer may take to begin, and then how long it may stand still. The server's own
    /// failures are errors here as they are from [`send`](Self::send).
    ///
    /// # Errors
    /// When the call cannot be sent, is not answered, or is answered with an error.
    pub fn stream(self) -> Result<Answer<Reader>, Error>
    where
        O: Streams,
    {
        block_on(begun(self)).map(Reader::of)
    }
}

impl<O: Operation> IntoFuture for Request<O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        // Made within: what a call needs while it waits is large, and would be moved there.
        Box::pin(async move { answer(self).await.map(Answer::into_inner) })
    }
}

impl<O: Clone, M> Clone for Request<O, M> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), operation: self.operation.clone(), options: self.options.clone() }
    }
}

impl<O: Operation, M> fmt::Debug for Request<O, M> {
    /// Shows which call it is, and neither its arguments nor the values of its headers.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.options.headers.iter().map(|(name, _)| name.as_str()).collect();
        formatter
            .debug_struct("Request")
            .field("operation", &self.operation.endpoint().id)
            .field("headers", &names)
            .field("timeout", &self.options.timeout)
            .field("idempotency_key", &self.options.idempotency_key)
            .finish_non_exhaustive()
    }
}

// Functions, since every method of `Request` is a name that generated setters cannot have.

/// The whole answer, decoded.
pub(super) async fn answer<O: Operation, M>(request: Request<O, M>) -> Result<Answer<O::Output>, Error> {
    let span = Span::call(&request.operation.endpoint());
    let result = span.around(decoded(request, &span)).await;
    span.ended(&result);
    result
}

/// The answer with its body still to be read.
async fn begun<O: Operation, M>(request: Request<O, M>) -> Result<Answer<Body>, Error> {
    let span = Span::call(&request.operation.endpoint());
    let result = span.around(opened(request, &span)).await;
    span.ended(&result);
    result
}

async fn decoded<O: Operation, M>(request: Request<O, M>, span: &Span) -> Result<Answer<O::Output>, Error> {
    let endpoint = request.operation.endpoint();
    let (operation, changes) = (endpoint.id, endpoint.retry != RetryClass::Safe);
    let outgoing = outgoing(&request, &endpoint).map_err(|error| error.with_operation(operation))?;
    span.sends(&outgoing.plan, &outgoing.request);
    let key = outgoing.plan.idempotency_key.clone();
    let shared = request.client.shared;
    let mut answer = exchange(shared.clone(), outgoing).await?;
    let problem = match O::decode_answer(&answer) {
        Ok(value) => return Ok(answer.with_value(value)),
        Err(problem) => problem,
    };
    shared.hide(&mut answer.headers);
    Err(Error::new(ErrorKind::Decode, problem.to_string())
        .with_source(problem)
        .with_answer(answer.status, answer.headers, answer.body)
        .saying(Said { request_id: answer.request_id, rate_limit: answer.rate_limit, retry_after: None })
        .with_operation(operation)
        .after(answer.attempts, changes, &key))
}

async fn opened<O: Operation, M>(request: Request<O, M>, span: &Span) -> Result<Answer<Body>, Error> {
    let endpoint = request.operation.endpoint();
    let outgoing = outgoing(&request, &endpoint).map_err(|error| error.with_operation(endpoint.id))?;
    span.sends(&outgoing.plan, &outgoing.request);
    open(request.client.shared, outgoing).await
}

/// What is sent, and how.
fn outgoing<O: Operation, M>(request: &Request<O, M>, endpoint: &Endpoint) -> Result<Outgoing, Error> {
    let (shared, options) = (&request.client.shared, &request.options);
    let mut call = Call::default();
    let (encoded, mut secrets) = sending::secrets_of(|| request.operation.encode(&mut call));
    encoded?;
    secrets.extend(options.headers.iter().flat_map(|(_, value)| credential::carried(value)));
    let path = call.route.clone().map_or(Cow::Borrowed(endpoint.path), Cow::Owned);
    let idempotency_key = idempotency(shared, endpoint, options)?;
    let Prepared { request, grant } = prepare(shared, endpoint, O::SCOPES, call, options, idempotency_key.as_deref())?;
    let plan = Plan {
        operation: endpoint.id,
        path,
        class: endpoint.retry,
        policy: RetryPolicy { most: options.max_retries.unwrap_or(shared.policy.most), ..shared.policy },
        retry_ambiguous: options.retry_ambiguous,
        timeout: options.timeout.unwrap_or(shared.timeout),
        total_timeout: options.total_timeout.or(shared.total_timeout),
        idempotency_key,
        secrets,
    };
    Ok(Outgoing { request, grant, plan })
}
