//! How requests are authenticated: schemes, and which of them an operation accepts.

use serde::{Deserialize, Serialize};

use super::Name;

/// How requests are authenticated.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Auth {
    /// Schemes; a [`Requirement`] refers to one by its index.
    pub schemes: Vec<AuthScheme>,
}

/// One security scheme, and the name of the builder method that sets its credential.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AuthScheme {
    /// Words of the builder method: `secret_key`.
    pub name: Name,
    /// Key under `components.securitySchemes`.
    pub wire_name: String,
    /// How the credential travels.
    pub kind: AuthKind,
    /// Where a token comes from, when the document says.
    pub source: Option<TokenSource>,
    /// Accepted beginnings of the key, or empty for any: a wrong-kind key is refused before any I/O.
    pub prefixes: Vec<String>,
    /// Markdown.
    pub doc: String,
}

/// How a credential travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AuthKind {
    /// HTTP Basic with user name and password.
    Basic,
    /// HTTP Basic with one key as the user name and an empty password.
    BasicKey,
    /// `Authorization: Bearer`; also what tokens of OpenID Connect and other flows of OAuth 2 travel as.
    Bearer,
    /// `Authorization: Bearer` with a token of OAuth 2 that the client fetches for itself, or that the user has.
    ClientCredentials {
        /// Where it is fetched; may be relative to the server's URL.
        token_url: String,
    },
    /// `Authorization` in another scheme of HTTP: its name, and after it whatever the user gives.
    Http {
        /// Name of the scheme: `Digest`.
        scheme: String,
    },
    /// The raw key in a header.
    Header {
        /// Header name.
        name: String,
    },
    /// The raw key in the query.
    Query {
        /// Parameter name.
        name: String,
    },
    /// The raw key in a cookie.
    Cookie {
        /// Cookie name.
        name: String,
    },
}

/// Where a token comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum TokenSource {
    /// Somewhere; what such a token looks like.
    Format {
        /// `JWT`.
        format: String,
    },
    /// A provider of OpenID Connect.
    OpenId {
        /// Where the provider describes itself.
        url: String,
    },
    /// OAuth 2.
    Oauth2 {
        /// The ways to a token, as the document lists them.
        flows: Vec<Flow>,
    },
}

/// A way to a token of OAuth 2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// Which way.
    pub kind: FlowKind,
    /// Where the user is asked.
    pub authorization_url: Option<String>,
    /// Where the token is fetched.
    pub token_url: Option<String>,
    /// Scopes and what each allows.
    pub scopes: Vec<(String, String)>,
}

/// The grants of OAuth 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowKind {
    /// The user agrees in a browser, and the token is fetched with a code.
    AuthorizationCode,
    /// The client asks for itself, with its id and secret.
    ClientCredentials,
    /// The user agrees in a browser, which hands over the token.
    Implicit,
    /// The client asks with the user's own name and password.
    Password,
}

/// A scheme that an operation needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// Index in [`Auth::schemes`].
    pub scheme: usize,
    /// What its token must allow.
    pub scopes: Vec<String>,
}

impl AuthKind {
    /// The header it travels in, when it travels in one.
    pub fn header(&self) -> Option<&str> {
        match self {
            Self::Basic | Self::BasicKey | Self::Bearer | Self::ClientCredentials { .. } | Self::Http { .. } => {
                Some("Authorization")
            }
            Self::Header { name } => Some(name),
            Self::Query { .. } | Self::Cookie { .. } => None,
        }
    }
}
