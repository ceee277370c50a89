//! A JSON value held as its text.

use std::fmt;

use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::node::Entries;

/// The name by which `serde_json` recognises a request for the text itself.
const TEXT: &str = "$serde_json::private::RawValue";

/// A JSON value held as its text, to be looked at before it is decided what it is.
///
/// Read straight from JSON text it keeps every digit as written. Read from a buffer of serde's own
/// (`#[serde(flatten)]`, `#[serde(tag)]`) it is written anew from what that buffer kept.
#[derive(Clone, Debug)]
pub struct Raw(Box<RawValue>);

impl Raw {
    /// The JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.get()
    }

    /// The text in a property, when the value is an object that has it.
    #[must_use]
    pub fn tag(&self, property: &str) -> Option<String> {
        Tag::find(self.as_str(), property)
    }

    /// The value without a property, when it is an object.
    #[must_use]
    pub fn without(&self, property: &str) -> Self {
        let Ok(Entries(mut entries)) = serde_json::from_str(self.as_str()) else { return self.clone() };
        entries.retain(|(key, _)| key != property);
        serde_json::value::to_raw_value(&Entries(entries)).map_or_else(|_| self.clone(), Self)
    }

    /// Reads the value.
    ///
    /// # Errors
    /// When it is not a `T`.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.as_str())
    }

    /// The value, untyped.
    #[must_use]
    pub fn value(&self) -> Value {
        self.read().unwrap_or_default()
    }
}

impl Serialize for Raw {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(TEXT, Reader).map(Self)
    }
}

/// Takes the text where it is offered, and rebuilds it from the value elsewhere.
struct Reader;

impl Reader {
    fn rebuild<E: serde::de::Error>(value: impl Serialize) -> Result<Box<RawValue>, E> {
        serde_json::value::to_raw_value(&value).map_err(E::custom)
    }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Box<RawValue>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut object = serde_json::Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == TEXT {
                let text: String = map.next_value()?;
                return RawValue::from_string(text).map_err(A::Error::custom);
            }
            object.insert(key, map.next_value()?);
        }
        Self::rebuild(object)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        Self::rebuild(Value::deserialize(deserializer)?)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items: Vec<Value> = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Self::rebuild(items)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Self::rebuild(())
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Self::Value, E> {
        Self::rebuild(value)
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Self::Value, E> {
        Self::rebuild(value)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
        Self::rebuild(value)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Self::Value, E> {
        Self::rebuild(value)
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Self::Value, E> {
        Self::rebuild(value)
    }
}

/// Finds the text in one property without keeping the others.
struct Tag<'a>(&'a str);

impl Tag<'_> {
    fn find(json: &str, property: &str) -> Option<String> {
        serde_json::Deserializer::from_str(json).deserialize_map(Tag(property)).ok().flatten()
    }
}

impl<'de> Visitor<'de> for Tag<'_> {
    type Value = Option<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == self.0 {
                let value: Value = map.next_value()?;
                found = value.as_str().map(str::to_owned);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}
