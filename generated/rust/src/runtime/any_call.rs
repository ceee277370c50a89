//! A call that the API has and generated code does not.

use bytes::Bytes;
use http::Method;
use serde::Serialize;

use super::{
    ApiClient, Call, DecodeError, Endpoint, Error, Evidence, Operation, Request, RetryClass, Streams, Upload, sending,
};

/// A call that the API has and this crate does not know: made with [`ApiClient::request`], it carries the same keys and
/// headers, and fails in the same ways, as any other.
///
/// Its value is the body as it came; [`Answer::json`](super::Answer::json) and
/// [`Answer::decode`](super::Answer::decode) read it.
#[derive(Clone)]
pub struct AnyCall {
    method: Method,
    path: String,
    host: usize,
    security: &'static [&'static [usize]],
    retry: RetryClass,
    query: Vec<(String, String)>,
    body: Option<Upload>,
}

impl<M> ApiClient<M> {
    /// A call that this crate does not know. The path begins with `/`, goes below the base URL of the first host, and
    /// holds its arguments already, each percent-encoded.
    ///
    /// What is repeated after a failure follows from the method: GET, HEAD and OPTIONS change nothing, PUT and DELETE do
    /// no harm twice, any other method may.
    pub fn request(&self, method: Method, path: impl Into<String>) -> Request<AnyCall, M> {
        let retry = match method {
            Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE => RetryClass::Safe,
            Method::PUT | Method::DELETE => RetryClass::Idempotent,
            _ => RetryClass::Unsafe,
        };
        let call = AnyCall { method, path: path.into(), host: 0, security: &[], retry, query: Vec::new(), body: None };
        Request::new(self, call).host_at(0)
    }
}

impl<M> Request<AnyCall, M> {
    /// Asks the host with that index, with the keys its calls take.
    #[doc(hidden)]
    pub fn host_at(mut self, host: usize) -> Self {
        let security = self.client().shared.profile.hosts.get(host).map_or(&[][..], |host| host.security);
        let call = self.operation_mut();
        call.host = host;
        call.security = security;
        self
    }

    /// Adds to the query. Both are percent-encoded.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.operation_mut().query.push((name.into(), value.into()));
        self
    }

    /// Sends the value as JSON.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn json<V: Serialize + ?Sized>(self, value: &V) -> Result<Self, Error> {
        let body = sending::written("the body", || serde_json::to_vec(value))?;
        Ok(self.body("application/json", body))
    }

    /// Sends bytes, text, or a stream.
    pub fn body(mut self, content_type: impl Into<String>, content: impl Into<Upload>) -> Self {
        self.operation_mut().body = Some(content.into().with_content_type(content_type));
        self
    }

    /// Says that the call does no harm when it is made twice, or that it may.
    pub fn retry_class(mut self, class: RetryClass) -> Self {
        self.operation_mut().retry = class;
        self
    }
}

impl Operation for AnyCall {
    type Output = Bytes;
    const ENDPOINT: Endpoint = Endpoint {
        id: "request",
        method: Method::GET,
        path: "/",
        host: 0,
        security: &[],
        retry: RetryClass::Unsafe,
        evidence: Evidence::Published,
        accept: None,
    };

    fn endpoint(&self) -> Endpoint {
        let (method, host, security, retry) = (self.method.clone(), self.host, self.security, self.retry);
        Endpoint { method, host, security, retry, ..Self::ENDPOINT }
    }

    fn encode(&self, call: &mut Call) -> Result<(), Error> {
        call.route = Some(self.path.clone());
        for (name, value) in &self.query {
            call.any_query(name, value);
        }
        match &self.body {
            None => Ok(()),
            Some(content) => call.bytes("application/octet-stream", content.clone()),
        }
    }

    fn decode(body: &Bytes) -> Result<Bytes, DecodeError> {
        Ok(body.clone())
    }
}

impl Streams for AnyCall {}

impl std::fmt::Debug for AnyCall {
    /// Shows neither its path, which may name people, nor its query, nor its body.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("AnyCall").field("method", &self.method).finish_non_exhaustive()
    }
}
