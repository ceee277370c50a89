//! Defaults, examples and constants as data of their own, so that no target meets raw JSON values of a document.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A value written in a document.
///
/// Numbers keep their text: an amount or an id never passes through a float.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as written in JSON.
    Number(String),
    /// Text.
    String(String),
    /// An array.
    List(Vec<Literal>),
    /// An object, in document order.
    Object(Vec<(String, Literal)>),
}

impl From<&Value> for Literal {
    /// The literal of a value; numbers keep their text.
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number.to_string()),
            Value::String(text) => Self::String(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                Self::Object(members.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect())
            }
        }
    }
}
