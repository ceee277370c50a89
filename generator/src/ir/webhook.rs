//! How events that an API delivers by itself are signed.

use serde::{Deserialize, Serialize};

use super::Type;

/// How deliveries are signed: HMAC with SHA-256 over a text that both sides put together.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WebhookScheme {
    /// Header with the digests.
    pub signature_header: String,
    /// Header with the moment of signing, in seconds since 1970.
    pub timestamp_header: Option<String>,
    /// What is signed, in order.
    pub signed: Vec<SignedPart>,
    /// How the secret is written.
    pub secret_encoding: SecretEncoding,
    /// How digests are written.
    pub digest_encoding: DigestEncoding,
    /// What stands between several digests.
    pub separator: String,
    /// Seconds that the moment of signing may be from now.
    pub tolerance_seconds: u32,
    /// What is delivered.
    pub event: Type,
}

/// A part of what is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "part", content = "text")]
pub enum SignedPart {
    /// The moment of signing, as its header has it.
    Timestamp,
    /// The body.
    Body,
    /// This text.
    Text(String),
}

/// How a secret is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecretEncoding {
    /// Its text is the key.
    Text,
    /// As base64.
    Base64,
}

/// How digests are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DigestEncoding {
    /// As hexadecimal digits.
    Hex,
    /// As base64.
    Base64,
}
