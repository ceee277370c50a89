//! How an API signs what it delivers, and the keys that do it.

use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{Secret, base64};

/// Longest text that can be a digest.
const LONGEST_DIGEST: usize = 128;

/// How deliveries are signed: HMAC-SHA256 over a text that both sides put together.
#[derive(Clone, Copy, Debug)]
pub struct WebhookScheme {
    /// Header with the digests.
    pub signature_header: &'static str,
    /// Header with the moment of signing, in seconds since 1970, when there is one.
    pub timestamp_header: Option<&'static str>,
    /// What is signed, put together in this order.
    pub signed: &'static [SignedPart],
    /// How the secret is written.
    pub secret: SecretEncoding,
    /// How digests are written.
    pub digest: DigestEncoding,
    /// What stands between digests, of which any may be the right one.
    pub separator: &'static str,
    /// How far the moment of signing may be from now, unless the verifier says otherwise.
    pub tolerance: Duration,
}

/// A part of what is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignedPart {
    /// The moment of signing, as its header has it.
    Timestamp,
    /// The body, byte for byte.
    Body,
    /// This text.
    Text(&'static str),
}

/// How a secret is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SecretEncoding {
    /// Its text is the key.
    Text,
    /// As base64.
    Base64,
}

/// How a digest is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DigestEncoding {
    /// As hexadecimal digits of either case.
    Hex,
    /// As base64.
    Base64,
}

impl DigestEncoding {
    /// The bytes of a digest; `None` when the text is none.
    pub(super) fn decode(self, text: &str) -> Option<Vec<u8>> {
        if text.len() > LONGEST_DIGEST {
            return None;
        }
        match self {
            Self::Hex => hexadecimal(text),
            Self::Base64 => base64::decode(text),
        }
    }

    fn encode(self, bytes: &[u8]) -> String {
        match self {
            Self::Hex => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
            Self::Base64 => base64::encode(bytes),
        }
    }
}

fn hexadecimal(text: &str) -> Option<Vec<u8>> {
    if text.len() % 2 == 1 {
        return None;
    }
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let bytes =
        digits?.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect::<Vec<u32>>();
    bytes.into_iter().map(|byte| u8::try_from(byte).ok()).collect()
}

/// A key, ready to sign. It has no `Debug`.
#[derive(Clone)]
pub(super) struct Key(Hmac<Sha256>);

impl Key {
    /// The key a secret stands for; else what is wrong with the secret, which is never shown.
    pub(super) fn new(scheme: &WebhookScheme, secret: &Secret) -> Result<Self, &'static str> {
        // Secrets are copied from a page or read from a file, which often adds a line break.
        let text = secret.expose().trim();
        let bytes = match scheme.secret {
            SecretEncoding::Text => text.as_bytes().to_vec(),
            SecretEncoding::Base64 => base64::decode(text).ok_or("is not base64")?,
        };
        if bytes.is_empty() {
            // Anyone can sign with an empty key.
            return Err("is empty");
        }
        Hmac::new_from_slice(&bytes).map(Self).map_err(|_| "has a length that no key has")
    }

    /// What this key makes of a delivery.
    pub(super) fn sign(&self, scheme: &WebhookScheme, timestamp: &str, body: &[u8]) -> Signing {
        let mut mac = self.0.clone();
        for part in scheme.signed {
            mac.update(match part {
                SignedPart::Timestamp => timestamp.as_bytes(),
                SignedPart::Body => body,
                SignedPart::Text(text) => text.as_bytes(),
            });
        }
        Signing(mac)
    }
}

/// A delivery that a key has read.
pub(super) struct Signing(Hmac<Sha256>);

impl Signing {
    /// Whether this is the digest, in a time that does not depend on how much of it is right.
    pub(super) fn is(&self, digest: &[u8]) -> bool {
        self.0.clone().verify_slice(digest).is_ok()
    }

    /// The digest as it is sent.
    pub(super) fn text(self, encoding: DigestEncoding) -> String {
        encoding.encode(&self.0.finalize().into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_read_in_either_case() {
        assert_eq!(hexadecimal("00ffAb"), Some(vec![0, 255, 171]));
        assert_eq!(hexadecimal(""), Some(Vec::new()));
        for wrong in ["0", "0g", "0x00", "é", "+1"] {
            assert_eq!(hexadecimal(wrong), None, "{wrong}");
        }
        assert_eq!(DigestEncoding::Hex.decode(&"0".repeat(LONGEST_DIGEST + 2)), None);
        assert_eq!(DigestEncoding::Base64.decode("AP+r"), Some(vec![0, 255, 171]));
        assert_eq!(DigestEncoding::Base64.encode(&[0, 255, 171]), "AP+r");
        assert_eq!(DigestEncoding::Hex.encode(&[0, 255, 171]), "00ffab");
    }
}
