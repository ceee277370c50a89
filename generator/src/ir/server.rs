//! Hosts, and the variables in their URLs.

use serde::{Deserialize, Serialize};

use super::Name;

/// A host and what it is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Server {
    /// Role: `api`, `vault`.
    pub name: Name,
    /// URL without a trailing slash; may hold `{variables}`, and may be relative.
    pub url: String,
    /// Variables of the URL, in order.
    pub variables: Vec<ServerVariable>,
    /// Index of the server whose calls it takes as well, when the document lists it as another choice.
    pub stands_in_for: Option<usize>,
    /// Markdown.
    pub doc: String,
}

/// A `{variable}` in a server's URL. Variables of several servers with one wire name and the same values are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerVariable {
    /// Words of the builder method.
    pub name: Name,
    /// Name in the URL.
    pub wire_name: String,
    /// Value used when the user gives none; without one the user must.
    pub default: Option<String>,
    /// Values allowed, or empty for any.
    pub values: Vec<ServerValue>,
    /// Markdown.
    pub doc: String,
}

/// A value that a variable may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServerValue {
    /// Words, unique among those of its variable.
    pub name: Name,
    /// As it stands in the URL.
    pub value: String,
}
