//! What is wrong with a request.

use std::fmt;

use http::StatusCode;

/// The part of a request that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Part {
    /// The document's schema cannot be used, so the request cannot be judged.
    Document,
    /// No operation has this path, or only on another host.
    Path,
    /// The path has no such operation.
    Method,
    /// The key is missing, or not the one the operation takes.
    Key,
    /// The body is larger than any is read.
    Size,
    /// The operation does not take a body of this media type.
    MediaType,
    /// A parameter in the path.
    PathParameter,
    /// A parameter in the query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// The body.
    Body,
}

/// One thing that is wrong with a request. Keys and values that were sent are never repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub part: Part,
    /// JSON pointer to the place in that part: `/limit` in the query, `/card/number` in the body. Empty for the whole.
    pub pointer: String,
    /// What.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(part: Part, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        Self { part, pointer: pointer.into(), message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = if self.pointer.is_empty() { "" } else { " " };
        write!(formatter, "{}{between}{}: {}", self.part.word(), self.pointer, self.message)
    }
}

impl Part {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Path => "path",
            Self::Method => "method",
            Self::Key => "key",
            Self::Size => "size",
            Self::MediaType => "media type",
            Self::PathParameter => "path parameter",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
        }
    }

    /// The status that answers it.
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::Document => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Path => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Key => StatusCode::UNAUTHORIZED,
            Self::Size => StatusCode::PAYLOAD_TOO_LARGE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::PathParameter | Self::Query | Self::Header | Self::Cookie | Self::Body => StatusCode::BAD_REQUEST,
        }
    }
}
