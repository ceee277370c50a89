//! One value of a JSON text, found without reading the others.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer as _;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The value at a JSON pointer (RFC 6901) through objects; `None` when there is none, or the text is no JSON.
pub(super) fn find<'a>(json: &'a [u8], pointer: &str) -> Option<&'a RawValue> {
    let mut found: &RawValue = serde_json::from_slice(json).ok()?;
    for token in pointer.split('/').skip(1) {
        found = serde_json::Deserializer::from_str(found.get()).deserialize_map(Member(&key(token))).ok()??;
    }
    Some(found)
}

/// The key that a token of a JSON pointer stands for.
pub(super) fn key(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// A text that is not empty, or a number as it is written.
pub(super) fn text(value: &RawValue) -> Option<String> {
    let written = value.get();
    let text = match written.as_bytes().first()? {
        b'"' => serde_json::from_str(written).ok()?,
        b'-' | b'0'..=b'9' => written.to_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// `true` or `false`.
pub(super) fn flag(value: &RawValue) -> Option<bool> {
    serde_json::from_str(value.get()).ok()
}

/// Finds one member of an object.
struct Member<'k>(&'k str);

impl<'de> Visitor<'de> for Member<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            if key == self.0 {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}
