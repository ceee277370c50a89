//! `[webhooks]`: how an API signs the events that it delivers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::header::is_header_name;

/// What stands for the moment of signing in `signed`.
pub const TIMESTAMP: &str = "{timestamp}";
/// What stands for the body in `signed`.
pub const BODY: &str = "{body}";

/// How an API signs the events that it delivers.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhooksRule {
    /// How a digest is made of the secret and of what is signed.
    pub scheme: WebhookScheme,
    /// Header with the digests.
    pub signature_header: String,
    /// Header with the moment of signing, in seconds since 1970; else there is none, and no tolerance.
    pub timestamp_header: Option<String>,
    /// What is signed: text in which `{timestamp}` stands for that header and `{body}` for the body.
    pub signed: String,
    /// How the secret is written; `text` unless given.
    #[serde(default)]
    pub secret_encoding: SecretEncoding,
    /// How digests are written; `hex` unless given.
    #[serde(default)]
    pub digest_encoding: DigestEncoding,
    /// What stands between several digests; `,` unless given.
    #[serde(default = "comma")]
    pub separator: String,
    /// Seconds that the moment of signing may be from now, unless the caller says otherwise; 300 unless given.
    #[serde(default = "five_minutes")]
    pub tolerance_seconds: u32,
    /// Name of the event under `components.schemas`; else events are untyped JSON.
    pub event: Option<String>,
}

/// How a digest is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookScheme {
    /// HMAC with SHA-256.
    HmacSha256,
}

/// How a secret is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecretEncoding {
    /// Its text is the key.
    #[default]
    Text,
    /// As base64.
    Base64,
}

/// How digests are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DigestEncoding {
    /// As hexadecimal digits.
    #[default]
    Hex,
    /// As base64.
    Base64,
}

fn comma() -> String {
    ",".to_owned()
}

fn five_minutes() -> u32 {
    300
}

impl WebhooksRule {
    /// What cannot be meant: the key, and why.
    pub(super) fn refused(&self) -> Option<(&'static str, String)> {
        let timestamp = self.timestamp_header.as_deref();
        for (key, name) in [("signature_header", Some(self.signature_header.as_str())), ("timestamp_header", timestamp)]
        {
            if let Some(name) = name.filter(|name| !is_header_name(name)) {
                return Some((key, format!("`{name}` is no name of a header")));
            }
        }
        if self.signed.matches(BODY).count() != 1 {
            return Some(("signed", format!("`{BODY}` stands in it once")));
        }
        if self.signed.matches(TIMESTAMP).count() != usize::from(timestamp.is_some()) {
            return Some(("signed", format!("`{TIMESTAMP}` stands in it once if there is a `timestamp_header`")));
        }
        // A digest of either encoding must survive being parted.
        let is_digest = |c: char| c.is_ascii_alphanumeric() || "+/=-_".contains(c);
        if self.separator.is_empty() || self.separator.contains(is_digest) {
            return Some(("separator", "it is not empty and holds nothing that a digest may hold".to_owned()));
        }
        None
    }
}
