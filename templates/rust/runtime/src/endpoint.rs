//! The static side of an operation.

use http::Method;

/// Where an operation lives and what may be done about it.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Name of the operation: `charges.create`.
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Path below the host's base URL, arguments in braces: `/charges/{id}`.
    pub path: &'static str,
    /// Index of its host in the API's profile.
    pub host: usize,
    /// Alternatives, each a set of indices of the schemes in the API's profile.
    /// The first whose every scheme is configured is used; no alternative at all means no key is sent.
    pub security: &'static [&'static [usize]],
    /// What may be repeated.
    pub retry: RetryClass,
    /// How well the route is known.
    pub evidence: Evidence,
    /// Media type asked for.
    pub accept: Option<&'static str>,
}

/// What may be repeated after a failure whose outcome is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RetryClass {
    /// Changes nothing.
    Safe,
    /// Doing it twice is doing it once.
    Idempotent,
    /// Doing it twice may charge twice.
    Unsafe,
}

/// How well a route is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// Documented.
    Published,
    /// Known from one unofficial source.
    Weak,
    /// Never seen: refused unless
    /// [`ClientBuilder::allow_unverified`](super::ClientBuilder::allow_unverified) was called.
    Guess,
}
