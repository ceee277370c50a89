//! Any serialisable value as text, lists and maps: what forms and parameters are written from.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::value::RawValue;

/// A value whose scalars are text already.
///
/// It is read off the value's JSON text, so a number keeps its digits: nothing is turned into a binary float.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// Nothing.
    Null,
    /// A string, unquoted.
    Text(String),
    /// A number or a boolean, as JSON writes it.
    Bare(Box<RawValue>),
    /// A list.
    List(Vec<Node>),
    /// An object, in order.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// Reads a value.
    pub(super) fn of<V: Serialize + ?Sized>(value: &V) -> Result<Self, serde_json::Error> {
        Self::read(&serde_json::value::to_raw_value(value)?)
    }

    fn read(raw: &RawValue) -> Result<Self, serde_json::Error> {
        let text = raw.get();
        match text.as_bytes().first() {
            Some(b'n') => Ok(Self::Null),
            Some(b'"') => serde_json::from_str(text).map(Self::Text),
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text)?;
                items.into_iter().map(Self::read).collect::<Result<_, _>>().map(Self::List)
            }
            Some(b'{') => {
                let Entries(entries) = serde_json::from_str(text)?;
                entries
                    .into_iter()
                    .map(|(key, value)| Ok((key, Self::read(value)?)))
                    .collect::<Result<_, _>>()
                    .map(Self::Map)
            }
            _ => Ok(Self::Bare(raw.to_owned())),
        }
    }

    /// Whether there is nothing to write.
    pub(super) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Leaves out the members that are null, at any depth.
    pub(super) fn without_nulls(self) -> Self {
        match self {
            Self::List(items) => Self::List(items.into_iter().map(Self::without_nulls).collect()),
            Self::Map(entries) => {
                let entries = entries.into_iter().filter(|(_, value)| !value.is_null());
                Self::Map(entries.map(|(key, value)| (key, value.without_nulls())).collect())
            }
            scalar => scalar,
        }
    }

    /// The text of a scalar.
    pub(super) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bare(raw) => Some(raw.get()),
            _ => None,
        }
    }

    /// A scalar as it is, anything deeper as JSON.
    pub(super) fn to_text(&self) -> String {
        match (self, self.scalar()) {
            (_, Some(text)) => text.to_owned(),
            (Self::Null, _) => String::new(),
            (deep, _) => deep.to_json(),
        }
    }

    /// The value as JSON.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Writes the value the way Rack reads it: `a[b]=`, `list[]=`, `items[][name]=`.
    pub(super) fn rack(&self, name: &str, write: &mut dyn FnMut(&str, &str)) {
        match self {
            Self::Null => write(name, ""),
            Self::Text(text) => write(name, text),
            Self::Bare(raw) => write(name, raw.get()),
            Self::List(items) => {
                let name = format!("{name}[]");
                items.iter().for_each(|item| item.rack(&name, write));
            }
            Self::Map(entries) => {
                for (key, value) in entries {
                    value.rack(&format!("{name}[{key}]"), write);
                }
            }
        }
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Bare(raw) => raw.serialize(serializer),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, value))),
        }
    }
}

/// An object's members in the order they stand.
pub(super) struct Entries<'a>(pub(super) Vec<(String, &'a RawValue)>);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(entries)
            }
        }

        deserializer.deserialize_map(InOrder).map(Entries)
    }
}
