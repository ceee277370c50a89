//! Decimal numbers that keep their digits.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::{ParseError, Raw};

/// A decimal number that keeps its text, `0.10` staying `0.10`: it never becomes a binary float.
///
/// One that was read as a JSON string is written as a string again, all others as JSON numbers.
/// Equality compares the text: `1.0` is not `1.00`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal {
    text: String,
    quoted: bool,
}

impl Decimal {
    /// The number as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same number, written as a JSON string.
    #[must_use]
    pub fn into_quoted(mut self) -> Self {
        self.quoted = true;
        self
    }
}

/// Whether the text is a number by JSON's grammar.
fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
        && serde_json::from_str::<&RawValue>(text).is_ok()
}

impl FromStr for Decimal {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        if is_number(text) {
            Ok(Self { text: text.to_owned(), quoted: false })
        } else {
            Err(ParseError::new("a decimal number"))
        }
    }
}

impl TryFrom<&str> for Decimal {
    type Error = ParseError;

    fn try_from(text: &str) -> Result<Self, ParseError> {
        text.parse()
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {
        $(impl From<$integer> for Decimal {
            fn from(number: $integer) -> Self {
                Self { text: number.to_string(), quoted: false }
            }
        })*
    };
}

from_integers!(i32, i64, u32, u64);

impl fmt::Debug for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Decimal({})", self.text)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.text)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.quoted {
            return serializer.serialize_str(&self.text);
        }
        RawValue::from_string(self.text.clone()).map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Raw::deserialize(deserializer)?;
        if raw.as_str().starts_with('"') {
            let text = raw.read().map_err(D::Error::custom)?;
            Ok(Self { text, quoted: true })
        } else {
            raw.as_str().parse().map_err(|_| D::Error::custom("invalid type, expected a decimal number"))
        }
    }
}
