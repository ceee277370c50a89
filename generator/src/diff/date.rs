//! Days, as sunset dates name them.

use jiff::civil;

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(civil::Date);

impl Date {
    /// Reads `2027-01-31`, alone or as the beginning of an RFC 3339 time.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_time = |rest: &str| rest.starts_with(['T', 't', ' ']) && rest.contains(':');
        let (day, rest) = text.split_at_checked(10)?;
        if !rest.is_empty() && !is_time(rest) {
            return None;
        }
        day.parse().ok().map(Self)
    }

    /// The day a number of seconds after the beginning of 1970, in UTC.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        let days = i32::try_from(seconds.div_euclid(86_400)).ok()?;
        let epoch = civil::Date::new(1970, 1, 1).ok()?;
        epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok().map(Self)
    }

    /// Days from another day to this one.
    pub fn days_since(self, other: Self) -> i64 {
        self.0.since(other.0).map_or(0, |span| i64::from(span.get_days()))
    }
}

impl Default for Date {
    fn default() -> Self {
        Self(civil::Date::ZERO)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_counted() {
        let day = Date::parse("2026-11-26").unwrap();
        assert_eq!(Date::parse("2026-12-26T10:00:00Z").unwrap().days_since(day), 30);
        assert_eq!(Date::parse("2026-11-25").unwrap().days_since(day), -1);
        assert_eq!(Date::from_unix(0).unwrap().to_string(), "1970-01-01");
        for wrong in ["", "soon", "2026-13-01", "2026-11-26x", "26-11-2026"] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }
}
