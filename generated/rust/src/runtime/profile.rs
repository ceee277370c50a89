//! What is always true of an API: its hosts, its keys, the headers it wants.

/// The static description of an API that a client is built from.
#[derive(Clone, Copy, Debug)]
pub struct Profile {
    /// `User-Agent` of every request.
    pub user_agent: &'static str,
    /// Hosts; operations refer to them by index.
    pub hosts: &'static [HostProfile],
    /// Security schemes; operations refer to them by index.
    pub schemes: &'static [Scheme],
    /// Headers every request carries unless the builder or the request says otherwise.
    pub headers: &'static [HeaderProfile],
    /// How a write is made repeatable, when the API has a header for it.
    pub idempotency: Option<IdempotencyProfile>,
    /// Response headers that identify a request, most telling first.
    pub request_id_headers: &'static [&'static str],
    /// Response headers that tell the rate limit, when the API has them.
    pub rate_limit: Option<RateLimitProfile>,
    /// JSON pointer to the code in an error answer; empty when there is none.
    pub error_code: &'static str,
    /// JSON pointer to the message in an error answer; empty when there is none.
    pub error_message: &'static str,
}

/// A host and the role it plays.
#[derive(Clone, Copy, Debug)]
pub struct HostProfile {
    /// Role, used in messages: `api`, `vault`.
    pub name: &'static str,
    /// Base URL; may hold `{variables}`. A relative or empty one must be replaced on the builder before its first use.
    pub url: &'static str,
    /// The keys its calls take, as alternatives: those of most calls first.
    pub security: &'static [&'static [usize]],
    /// Its variables.
    pub variables: &'static [VariableProfile],
}

/// A variable in a host's URL.
#[derive(Clone, Copy, Debug)]
pub struct VariableProfile {
    /// What stands in the braces.
    pub name: &'static str,
    /// Which setting of the builder gives its value; hosts may share one.
    pub setting: usize,
    /// Value used when none is set; without one it must be.
    pub default: Option<&'static str>,
}

/// A security scheme.
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    /// The builder method that sets its credential, used in messages: `secret_key`.
    pub name: &'static str,
    /// How the credential travels.
    pub kind: SchemeKind,
    /// Accepted beginnings of the key; empty when any will do.
    pub prefixes: &'static [&'static str],
}

/// How a credential travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// HTTP Basic with user name and password.
    Basic,
    /// HTTP Basic with one key as the user name and an empty password.
    BasicKey,
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Bearer` with a token of OAuth 2: the caller's own, or one fetched at this URL, which may be
    /// relative to the base URL of the call, with the client's id and secret.
    ClientCredentials(&'static str),
    /// `Authorization` in the named scheme of HTTP, with what the caller gives after it.
    Http(&'static str),
    /// The raw key in the named header.
    Header(&'static str),
    /// The raw key in the named query parameter.
    Query(&'static str),
    /// The raw key in the named cookie.
    Cookie(&'static str),
}

impl SchemeKind {
    /// The header it travels in, when it travels in one.
    pub(super) fn header(self) -> Option<&'static str> {
        match self {
            Self::Basic | Self::BasicKey | Self::Bearer | Self::ClientCredentials(_) | Self::Http(_) => {
                Some("authorization")
            }
            Self::Header(name) => Some(name),
            Self::Query(_) | Self::Cookie(_) => None,
        }
    }
}

/// A header that every request carries.
#[derive(Clone, Copy, Debug)]
pub struct HeaderProfile {
    /// Header name.
    pub name: &'static str,
    /// Value sent unless overridden.
    pub value: &'static str,
}

/// The header that makes a write repeatable.
#[derive(Clone, Copy, Debug)]
pub struct IdempotencyProfile {
    /// Header name.
    pub header: &'static str,
    /// Upper-case methods whose requests may carry it.
    pub methods: &'static [&'static str],
}

/// The response headers that tell the rate limit. An empty name is one the API has not.
#[derive(Clone, Copy, Debug)]
pub struct RateLimitProfile {
    /// Requests allowed in a window.
    pub limit: &'static str,
    /// Requests left in it.
    pub remaining: &'static str,
    /// When it ends.
    pub reset: &'static str,
}
