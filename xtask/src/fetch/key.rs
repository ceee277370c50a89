//! The key a server is asked with. It is never printed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderValue;

use super::problem::{KEY, Problem};

/// A key. It has no `Debug`, so that no message can hold it by accident.
pub(super) struct Key {
    key: String,
    encoded: String,
}

impl Key {
    /// Reads the key from an environment variable; `None` when it is not set.
    pub(super) fn from_env(name: &str) -> Result<Option<Self>, Problem> {
        let unusable = |why: &str| {
            Problem::input(KEY, format!("the key in the environment variable `{name}` {why}"))
                .help("set it to the key alone, without quotes or line ends, or unset it to ask without a key")
        };
        match std::env::var(name) {
            Ok(key) => Self::new(key).map(Some).map_err(unusable),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => Err(unusable("is not text")),
        }
    }

    fn new(key: String) -> Result<Self, &'static str> {
        if key.is_empty() {
            return Err("is empty");
        }
        // RFC 7617: a user name has no colon and no control characters.
        if !key.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':') {
            return Err("holds spaces, colons or characters beyond ASCII");
        }
        let encoded = STANDARD.encode(format!("{key}:"));
        Ok(Self { key, encoded })
    }

    /// The `Authorization` header: the key as user name, without a password.
    pub(super) fn header(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::try_from(format!("Basic {}", self.encoded)).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    /// A text without the key: servers echo what they are sent.
    pub(super) fn hide(&self, text: &str) -> String {
        text.replace(&self.encoded, "[key]").replace(&self.key, "[key]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_user_name() {
        let key = Key::new("skey_test_1".into()).ok().unwrap();
        let header = key.header().unwrap();
        assert_eq!(header.to_str().unwrap(), "Basic c2tleV90ZXN0XzE6");
        assert!(!format!("{header:?}").contains("c2tl"));
        assert_eq!(key.hide("no skey_test_1, no c2tleV90ZXN0XzE6"), "no [key], no [key]");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for bad in ["", "a b", "a\n", "a:b", "ключ"] {
            assert!(Key::new(bad.into()).is_err(), "{bad:?}");
        }
    }
}
