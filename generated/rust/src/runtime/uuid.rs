//! UUIDs as text.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::ParseError;

/// A UUID, kept as the text it came as.
///
/// Text from users is checked; what a server sends is kept whatever it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Uuid(String);

impl Uuid {
    /// The UUID as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Uuid {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let groups: Vec<&str> = text.split('-').collect();
        let lengths_fit = groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12]);
        if lengths_fit && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_hexdigit())) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseError::new("a UUID"))
        }
    }
}

impl TryFrom<&str> for Uuid {
    type Error = ParseError;

    fn try_from(text: &str) -> Result<Self, ParseError> {
        text.parse()
    }
}

impl fmt::Display for Uuid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}
