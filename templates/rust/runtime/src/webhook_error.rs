//! Why a delivery is not taken.

use std::error::Error as StdError;
use std::fmt;

use super::DecodeError;

/// Why a delivery is not taken. It never shows a secret, a signature or what was delivered.
#[derive(Clone, Debug)]
pub struct WebhookError {
    kind: WebhookErrorKind,
    message: String,
    source: Option<DecodeError>,
}

/// What kind of problem it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookErrorKind {
    /// No secret was given, or one that is none. Nothing was verified.
    Secret,
    /// A header that every delivery has is not there.
    MissingHeader,
    /// A header is there, and is not what deliveries have.
    BadHeader,
    /// None of the signatures is right: it comes from someone else, was changed on the way, or the secret is another.
    Mismatch,
    /// Rightly signed, longer ago than is tolerated: late, or sent again by someone who saw it.
    TooOld,
    /// Rightly signed, at a moment that is still to come: one of the clocks is wrong.
    TooNew,
    /// Genuine, and not an event that this crate can read.
    Decode,
}

impl WebhookError {
    pub(super) fn new(kind: WebhookErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), source: None }
    }

    pub(super) fn decode(source: DecodeError) -> Self {
        Self { source: Some(source), ..Self::new(WebhookErrorKind::Decode, "this is not an event") }
    }

    /// What kind of problem it is.
    #[must_use]
    pub fn kind(&self) -> WebhookErrorKind {
        self.kind
    }

    /// Whether the delivery is to be refused, with status 400 or 401 say: it cannot be told who sent it, or it was sent
    /// at another time.
    ///
    /// What is genuine and cannot be read ([`WebhookErrorKind::Decode`]) is not refused by this: delivered again it reads
    /// no better. A wrong secret is a fault of the receiver.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        !matches!(self.kind, WebhookErrorKind::Decode | WebhookErrorKind::Secret)
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)?;
        match &self.source {
            Some(source) => write!(formatter, ": {source}"),
            None => Ok(()),
        }
    }
}

impl StdError for WebhookError {}
