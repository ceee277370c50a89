//! Answers: what a status, a range of them, or any other status comes with.

use serde::{Deserialize, Serialize};

use super::{Constraints, Literal, MediaKind, Name, Type};
use crate::diagnostic::Origin;

/// A documented answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Response {
    /// Which statuses it is documented for.
    pub status: Status,
    /// Words of the status: `["no", "content"]`.
    pub name: Name,
    /// Its body; `None` when it has none.
    pub content: Option<Content>,
    /// What can be called next, with what it says.
    pub links: Vec<Link>,
    /// Markdown.
    pub doc: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A header that answers have.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerHeader {
    /// Unique among the headers of the operation.
    pub name: Name,
    /// Name on the wire.
    pub wire_name: String,
    /// What its text is read as.
    pub ty: Type,
    /// Which answers have it, by their statuses.
    pub statuses: Vec<Status>,
    /// An example value.
    pub example: Option<Literal>,
    /// Limits, for documentation.
    pub constraints: Constraints,
    /// Marked deprecated.
    pub deprecated: bool,
    /// Markdown.
    pub doc: String,
}

/// A call that an answer leads to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Link {
    /// Key in the document.
    pub wire_name: String,
    /// What it leads to.
    pub target: LinkTarget,
    /// Its arguments by name, each a value or a runtime expression (`$response.body#/id`).
    pub arguments: Vec<(String, String)>,
    /// Markdown.
    pub doc: String,
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum LinkTarget {
    /// An operation of the API.
    Operation {
        /// Upper-case method.
        method: String,
        /// Path, as [`super::Operation::path`] has it.
        path: String,
    },
    /// Something else, as the document names it.
    Elsewhere {
        /// The reference.
        reference: String,
    },
}

/// A request that the API makes to its caller.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Callback {
    /// Key in the document.
    pub wire_name: String,
    /// Upper-case method.
    pub method: String,
    /// Where it goes: a runtime expression (`{$request.body#/url}`).
    pub url: String,
    /// What it brings, when it is JSON.
    pub body: Option<Type>,
    /// One line.
    pub summary: String,
    /// Markdown.
    pub doc: String,
    /// Where it stands.
    pub origin: Origin,
}

/// Which statuses an answer is for. A status listed beats its range, and a range beats `default`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// `404`.
    Code(u16),
    /// `4XX`: the hundreds.
    Range(u16),
    /// `default`: every status without an answer of its own.
    Default,
}

/// The body of an answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// The media type asked for, which may be a range (`image/*`); `None` when the document gives none that is one.
    pub media_type: Option<String>,
    /// How it is read: as JSON, as text, or not at all.
    pub kind: MediaKind,
    /// What it is read as.
    pub ty: Type,
    /// Other media types the document offers.
    pub alternatives: Vec<String>,
    /// An example value.
    pub example: Option<Literal>,
}

/// What a call gives when it succeeds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Output {
    /// Nothing.
    Nothing,
    /// The content of the response at that index, whatever the status.
    Always {
        /// Index in [`super::Operation::responses`].
        response: usize,
    },
    /// As `Always`, or nothing: some statuses have no content.
    Sometimes {
        /// Index in [`super::Operation::responses`].
        response: usize,
    },
    /// What it is depends on the status: one case for each of [`super::Operation::responses`].
    ByStatus,
}

impl Status {
    /// As a document writes it: `404`, `4XX`, `default`.
    pub fn text(self) -> String {
        match self {
            Self::Code(code) => code.to_string(),
            Self::Range(hundreds) => format!("{hundreds}XX"),
            Self::Default => "default".to_owned(),
        }
    }
}

impl Content {
    /// Whether both are read the same way into the same type.
    pub fn reads_as(&self, other: &Self) -> bool {
        self.kind == other.kind && self.ty == other.ty
    }
}
