//! Moments as text.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use super::ParseError;
use super::date;

const DAY: i64 = 86_400;

/// A moment, `2026-11-24T09:30:00Z` (RFC 3339), kept as the text it came as.
///
/// Text from users is checked; what a server sends is kept whatever it is. Equality compares the text:
/// one moment written in two time zones is two values; compare [`DateTime::unix_seconds`] instead.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DateTime(String);

impl DateTime {
    /// The moment so many seconds after 1970-01-01T00:00:00Z, in UTC.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Self {
        let (day, second) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        let (year, month, day) = civil(day);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        Self(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
    }

    /// The moment as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whole seconds since 1970-01-01T00:00:00Z; `None` when the server sent something that is no moment.
    #[must_use]
    pub fn unix_seconds(&self) -> Option<i64> {
        parse(&self.0)
    }
}

/// Reads RFC 3339 into seconds since 1970. A leap second counts as the second after it.
fn parse(text: &str) -> Option<i64> {
    let (day, rest) = text.split_at_checked(10)?;
    let (year, month, day) = date::parse(day)?;
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (clock, rest) = rest.split_at_checked(8)?;
    let mut parts = clock.split(':');
    let hour = date::digits(parts.next()?, 2)?;
    let minute = date::digits(parts.next()?, 2)?;
    let second = date::digits(parts.next()?, 2)?;
    if hour > 23 || minute > 59 || second > 60 || parts.next().is_some() {
        return None;
    }
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            (zone.len() < fraction.len()).then_some(zone)?
        }
        None => rest,
    };
    let seconds = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    Some(days(i64::from(year), i64::from(month), i64::from(day)) * DAY + seconds - offset(zone)?)
}

/// Seconds east of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" || zone == "z" {
        return Some(0);
    }
    let (sign, clock) = match (zone.strip_prefix('+'), zone.strip_prefix('-')) {
        (Some(clock), _) => (1, clock),
        (_, Some(clock)) => (-1, clock),
        _ => return None,
    };
    let (hour, minute) = clock.split_once(':')?;
    let (hour, minute) = (date::digits(hour, 2)?, date::digits(minute, 2)?);
    (hour < 24 && minute < 60).then(|| sign * (i64::from(hour) * 3600 + i64::from(minute) * 60))
}

/// Days from 1970-01-01 to a date of the Gregorian calendar. Years are counted from March, so that the leap
/// day is their last; 400 of them are 146,097 days.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year * 365 + year / 4 - year / 100 + day_of_year - 719_468
}

/// The date so many days from 1970-01-01: the inverse of [`days`].
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, day) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    (year, month, day)
}

impl From<SystemTime> for DateTime {
    /// To the whole second, in UTC.
    fn from(time: SystemTime) -> Self {
        let seconds = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).unwrap_or(i64::MAX / 2),
            Err(before) => {
                let before = before.duration();
                let whole = i64::try_from(before.as_secs()).unwrap_or(i64::MAX / 2);
                -whole - i64::from(before.subsec_nanos() > 0)
            }
        };
        Self::from_unix(seconds)
    }
}

impl FromStr for DateTime {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match parse(text) {
            Some(_) => Ok(Self(text.to_owned())),
            None => Err(ParseError::new("a moment like 2026-11-24T09:30:00Z")),
        }
    }
}

impl TryFrom<&str> for DateTime {
    type Error = ParseError;

    fn try_from(text: &str) -> Result<Self, ParseError> {
        text.parse()
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "DateTime({})", self.0)
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.0)
    }
}
