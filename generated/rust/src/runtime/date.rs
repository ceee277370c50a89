//! Calendar dates as text.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A calendar date, `2026-11-24`, kept as the text it came as.
///
/// Text from users is checked; what a server sends is kept whatever it is. Dates are ordered as their texts are, which for
/// real ones is the order of the calendar.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date(String);

impl Date {
    /// A date of the Gregorian calendar.
    ///
    /// # Errors
    /// When there is no such day, or the year has more than four digits.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, ParseError> {
        format!("{year:04}-{month:02}-{day:02}").parse()
    }

    /// The date as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The year; `None` when the server sent something that is no date.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        parse(&self.0).map(|(year, _, _)| year)
    }

    /// The month, from 1; `None` when the server sent something that is no date.
    #[must_use]
    pub fn month(&self) -> Option<u8> {
        parse(&self.0).map(|(_, month, _)| month)
    }

    /// The day of the month, from 1; `None` when the server sent something that is no date.
    #[must_use]
    pub fn day(&self) -> Option<u8> {
        parse(&self.0).map(|(_, _, day)| day)
    }
}

/// Reads `YYYY-MM-DD`.
pub(super) fn parse(text: &str) -> Option<(u16, u8, u8)> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let (year, month, day) = (digits(year, 4)?, digits(month, 2)?, digits(day, 2)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    let exists = (1..=last).contains(&day) && parts.next().is_none();
    exists.then_some((year, u8::try_from(month).ok()?, u8::try_from(day).ok()?))
}

/// Reads a number of exactly so many digits.
pub(super) fn digits(text: &str, count: usize) -> Option<u16> {
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

impl FromStr for Date {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match parse(text) {
            Some(_) => Ok(Self(text.to_owned())),
            None => Err(ParseError::new("a date like 2026-11-24")),
        }
    }
}

impl TryFrom<&str> for Date {
    type Error = ParseError;

    fn try_from(text: &str) -> Result<Self, ParseError> {
        text.parse()
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Date({})", self.0)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}

/// Text that is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseError {
    expected: &'static str,
}

impl ParseError {
    pub(super) fn new(expected: &'static str) -> Self {
        Self { expected }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "expected {}", self.expected)
    }
}

impl std::error::Error for ParseError {}
