//! Defaults, examples and constants as data of their own, so that no target meets raw JSON values of a document.

use serde::{Deserialize, Serialize};

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
