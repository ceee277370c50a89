//! Text that is never shown.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use super::sending;

/// A key, a card number, anything that must not end up in a log.
///
/// `Debug` shows nothing of it and there is no `Display`. It is sent as the plain text it holds;
/// [`Secret::expose`] is the only way to read it.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        sending::note(self);
        serializer.serialize_str(&self.0)
    }
}

impl Secret {
    /// The text itself. Take care where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Takes it out of text that came from elsewhere.
    pub(super) fn redact(&self, text: String) -> String {
        without(text, &self.0)
    }
}

/// The text with something else in place of each `secret`, in whatever case its ASCII letters are.
fn without(text: String, secret: &str) -> String {
    // Nearly every text has none, and every answer has such a text.
    if secret.is_empty() || !has(&text, secret) {
        return text;
    }
    let (lower, secret) = (text.to_ascii_lowercase(), secret.to_ascii_lowercase());
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    // Lower case has the same letters at the same places, as long as only ASCII is changed.
    for (at, found) in lower.match_indices(&secret) {
        kept.push_str(text.get(from..at).unwrap_or_default());
        kept.push_str("[redacted]");
        from = at + found.len();
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

fn has(text: &str, secret: &str) -> bool {
    text.as_bytes().windows(secret.len()).any(|place| place.eq_ignore_ascii_case(secret.as_bytes()))
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(..)")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}

impl From<&Self> for Secret {
    fn from(secret: &Self) -> Self {
        secret.clone()
    }
}
